//! Words that no page uses, and lines that a page would say twice.

use std::collections::BTreeSet;

use super::{YOUNG, measure::sentences};
use crate::common::{self, COUNCILS, drive, public, session_in};
use putright_app::view_model::{self, PageBody};
use putright_domain::form::answer::{Field, FormInput};
use serde_json::Value;

/// The command line has the same list: `putright check` warns of these in a council's own words.
const AVOIDED: &str = include_str!("../../../crates/site/src/lint/avoided.json");

/// The words to avoid, each with what to write instead.
fn avoided() -> Vec<(String, String)> {
    let list: Value = serde_json::from_str(AVOIDED).unwrap();
    let pairs = list.as_object().unwrap().iter();
    pairs.map(|(words, instead)| (words.clone(), instead.as_str().unwrap().to_owned())).collect()
}

/// Returns a message for each word to avoid: the file, the pointer, the word and what to write instead.
fn found_in(file: &str) -> Vec<String> {
    fn inside(file: &str, at: &str, value: &Value, found: &mut Vec<String>) {
        match value {
            Value::String(text) => {
                let plain: String = text
                    .to_lowercase()
                    .chars()
                    .map(|letter| if letter.is_alphabetic() { letter } else { ' ' })
                    .collect();
                let plain = format!(" {} ", plain.split_whitespace().collect::<Vec<_>>().join(" "));
                for (words, instead) in avoided() {
                    if plain.contains(&format!(" {words} ")) {
                        found.push(format!("{file} at {at}: uses “{words}”; write {instead}"));
                    }
                }
            }
            Value::Array(list) => {
                list.iter().enumerate().for_each(|(index, item)| inside(file, &format!("{at}/{index}"), item, found));
            }
            Value::Object(object) => {
                object.iter().for_each(|(key, item)| inside(file, &format!("{at}/{key}"), item, found));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    inside(file, "", &serde_json::from_str(&public(file)).unwrap(), &mut found);
    found
}

#[test]
fn no_content_file_uses_a_word_to_avoid() {
    let content =
        ["adult", "12-17", "8-11", "plain", "accessibility", "inbox"].map(|name| format!("content/en/{name}.json"));
    let councils = COUNCILS.iter().map(|id| format!("councils/{id}.json"));
    let others = ["signposts.json".to_owned()];
    let found: Vec<String> =
        content.into_iter().chain(councils).chain(others).flat_map(|file| found_in(&file)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The sentences of a page's paragraphs, four words or longer.
fn said(paragraphs: &[String]) -> Vec<String> {
    let own = paragraphs.iter().map(|words| words.split("Basis:").next().unwrap_or_default().to_owned());
    own.flat_map(|words| sentences(&words))
        .filter(|sentence| sentence.len() > 3)
        .map(|sentence| sentence.iter().map(|word| word.text.to_lowercase()).collect::<Vec<_>>().join(" "))
        .collect()
}

#[test]
fn no_line_of_the_advice_is_said_twice() {
    let mut twice = BTreeSet::new();
    for register in YOUNG.iter().copied().chain(["adult"]) {
        let flow = common::flow_in(register);
        let topics = flow.question("topics").unwrap().options();
        let other = |topic: &str| if topic == "support" { "school" } else { "support" };
        for topic in topics.iter().filter(|topic| !["not_known", "not_say", "other"].contains(topic)) {
            for (who, status) in [("parent", "in_need"), ("relative", "none"), ("advocate", "looked_after")] {
                for chosen in [FormInput::choosing([*topic]), FormInput::choosing([*topic, other(topic)])] {
                    let mut model = session_in(register, "bromley", "2026-12-17");
                    let answers = [
                        ("who", FormInput::choosing([who])),
                        ("child_status", FormInput::choosing([status])),
                        ("topics", chosen),
                        ("about_to_happen", FormInput::choosing(["today"])),
                    ];
                    drive::to(&mut model, "advice", &answers);
                    let PageBody::Advice(advice) = view_model::page(&model).body else { continue };
                    let told = advice.first.told.iter().chain(&advice.flags).flat_map(|told| told.body.clone());
                    let reasons: BTreeSet<String> = advice.parts.iter().map(|part| part.why.clone()).collect();
                    let help = advice.signposts.iter().map(|card| card.about.clone());
                    let all: Vec<String> = advice.body.iter().cloned().chain(told).chain(reasons).chain(help).collect();
                    let mut seen = BTreeSet::new();
                    for line in said(&all) {
                        if !seen.insert(line.clone()) {
                            twice.insert(format!("{register} {topic}, {who}: {line}"));
                        }
                    }
                }
            }
        }
    }
    assert!(twice.is_empty(), "{}", twice.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn no_line_about_a_complaint_under_way_is_said_twice() {
    let mut twice = BTreeSet::new();
    let mut pages = 0;
    for register in ["12-17", "adult"] {
        let flow = common::flow_in(register);
        let options = |id: &str| flow.question(id).unwrap().options();
        let stages = flow.questions().filter(|question| question.id.starts_with("stage_"));
        let mut ways: Vec<[&str; 3]> =
            stages.flat_map(|question| question.options()).map(|stage| [stage, "paused", "late"]).collect();
        ways.extend(options("council_response").into_iter().map(|done| ["stopped", done, "late"]));
        ways.extend(options("refusal_reason").into_iter().map(|reason| ["stopped", "refused_stage2", reason]));
        for [stage, done, reason] in ways {
            let day = FormInput::default().with(Field::Day, "1").with(Field::Month, "6").with(Field::Year, "2026");
            let dates = flow.questions().filter(|question| question.id.ends_with("_sent")).map(|question| &question.id);
            let mut answers = vec![
                ("want", FormInput::choosing(["progress"])),
                ("stage_reached", FormInput::choosing([stage])),
                ("council_response", FormInput::choosing([done])),
                ("refusal_reason", FormInput::choosing([reason])),
            ];
            answers.extend(dates.map(|id| (id.as_str(), day.clone())));
            let mut model = session_in(register, "bromley", "2026-12-17");
            drive::to(&mut model, "progress", &answers);
            let PageBody::Progress(page) = view_model::page(&model).body else { continue };
            pages += 1;
            let flags = page.flags.iter().flat_map(|told| told.body.clone());
            let help = page.signposts.iter().map(|card| card.about.clone());
            let all: Vec<String> = page.body.iter().cloned().chain(flags).chain(help).collect();
            let mut seen = BTreeSet::new();
            for line in said(&all).into_iter().filter(|line| !seen.insert(line.clone())) {
                twice.insert(format!("{register} {stage}, {done}, {reason}: {line}"));
            }
        }
    }
    assert!(pages > 30, "only {pages} pages were looked at");
    assert!(twice.is_empty(), "{}", twice.into_iter().collect::<Vec<_>>().join("\n"));
}
