//! The words, measured: every string of the three registers. The limits of the young are here, those of adults in `adults`.
//!
//! * No sentence is longer than the register's limit.
//! * The Flesch–Kincaid grade level (Kincaid, Fishburne, Rogers and Chissom 1975, *Derivation of new readability formulas for
//!   Navy enlisted personnel*, Research Branch Report 8-75): 0.39 × words a sentence + 11.8 × syllables a word − 15.59, which
//!   is a school grade of the United States: 4 is read at about nine. Of each page by itself, and of the register as a whole.
//! * No word of the lists, which are data: `data/words.json`, with the limits, the names left out of the measure (nobody can
//!   write them otherwise) and the words whose syllables the rule of [`syllables`] gets wrong.
//!
//! A line without a full stop, such as a heading or an option, is a sentence; in the grade, only those with one count: short
//! lines would make any page look easy. Numbers, and what stands in `{ }`, are words of a sentence but not of the grade.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a test that stops has failed, and its counts are small"
)]

mod adults;
mod measure;
mod wording;

use std::collections::{BTreeMap, BTreeSet};

use crate::common::{self, COUNCILS, drive, public, session_in};
use measure::{DATA, Measure, limits, page, sentences, strings};
use putright_app::{
    Model,
    view_model::{self, PageBody},
};
use putright_domain::{
    form::{answer::FormInput, flow::Flow, question::QuestionKind},
    messages::Messages,
};
use serde_json::Value;

const YOUNG: [&str; 2] = ["8-11", "12-17"];

#[test]
fn no_sentence_is_long() {
    let mut long = Vec::new();
    for register in YOUNG {
        for (at, text) in strings(register) {
            for sentence in sentences(&text).iter().filter(|sentence| sentence.len() > limits(register).sentence) {
                let words: Vec<&str> = sentence.iter().map(|word| word.text.as_str()).collect();
                long.push(format!("{register} {at}: {} words: {}", words.len(), words.join(" ")));
            }
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn every_page_and_the_whole_register_are_easy_to_read() {
    let mut hard = Vec::new();
    for register in YOUNG {
        let mut pages: BTreeMap<String, Measure> = BTreeMap::new();
        let mut whole = Measure::default();
        for (at, text) in strings(register) {
            let measure = Measure::of(&text);
            pages.entry(page(&at)).or_default().add(measure);
            whole.add(measure);
        }
        assert!(pages.len() > 30, "nothing was measured");
        // A few words alone say nothing of a page; they count for the whole.
        pages.retain(|_, measure| measure.words >= 20);
        let (hardest, measure) = pages.iter().max_by(|left, right| left.1.grade().total_cmp(&right.1.grade())).unwrap();
        println!("{register}: grade {:.1}, hardest {hardest} {:.1}", whole.grade(), measure.grade());
        hard.extend(
            pages
                .iter()
                .filter(|(_, measure)| measure.grade() > limits(register).page)
                .map(|(page, measure)| format!("{register} {page}: grade {:.1}", measure.grade())),
        );
        if whole.grade() > limits(register).grade {
            hard.push(format!("{register} as a whole: grade {:.1}", whole.grade()));
        }
    }
    assert!(hard.is_empty(), "{}", hard.join("\n"));
}

#[test]
fn no_word_of_the_lists_is_used() {
    let mut used = Vec::new();
    for register in YOUNG {
        for (at, text) in strings(register) {
            for word in sentences(&text).iter().flatten().map(|token| token.text.to_lowercase().replace("’s", "")) {
                if DATA.banned.contains(&word) || limits(register).banned.contains(&word) {
                    used.push(format!("{register} {at}: {word}"));
                }
            }
        }
    }
    assert!(used.is_empty(), "{}", used.join("\n"));
}

/// Everybody uses it, whatever words they chose before.
#[test]
fn the_plain_form_is_as_easy_as_the_words_for_12_to_17() {
    let limits = limits("12-17");
    let mut wrong = Vec::new();
    let mut whole = Measure::default();
    for (at, text) in strings("plain") {
        whole.add(Measure::of(&text));
        for sentence in sentences(&text) {
            if sentence.len() > limits.sentence {
                wrong.push(format!("{at}: {} words: {text}", sentence.len()));
            }
            let words = sentence.iter().map(|token| token.text.to_lowercase().replace("’s", ""));
            let used = words.filter(|word| DATA.banned.contains(word) || limits.banned.contains(word));
            wrong.extend(used.map(|word| format!("{at}: {word}")));
        }
    }
    assert!(whole.words > 300, "nothing was measured");
    assert!(whole.grade() <= limits.grade, "grade {:.1}", whole.grade());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every word of a page as it is drawn, but for the names of councils.
fn drawn(model: &Model) -> String {
    format!("{:?}", view_model::page(model))
}

fn has_gap(text: &str) -> bool {
    // Debug writes the braces of a structure with a space behind them; a name that stands for nothing has none.
    text.match_indices('{')
        .any(|(at, _)| text[at + 1..].starts_with(|next: char| next.is_ascii_lowercase() || next == '?' || next == '!'))
}

/// Goes through every answer of every choice, one question at a time, and looks at each page on the way.
#[test]
fn every_page_that_a_child_can_come_to_has_its_words() {
    for register in YOUNG {
        for council in COUNCILS {
            let flow = common::flow_in(register);
            for question in flow.questions() {
                for option in question.options() {
                    let mut model = session_in(register, council, "2026-12-17");
                    let chosen = match question.kind {
                        QuestionKind::Reach { .. } => continue,
                        _ => FormInput::choosing([option]),
                    };
                    let want = if question.id == "want" { chosen.clone() } else { FormInput::choosing(["complaint"]) };
                    let old = FormInput::default()
                        .with(putright_domain::form::answer::Field::Month, "1")
                        .with(putright_domain::form::answer::Field::Year, "2024");
                    let answers = [(question.id.as_str(), chosen), ("want", want), ("event_date", old)];
                    for page in flow.questions() {
                        drive::to(&mut model, &page.id, &answers);
                        let text = drawn(&model);
                        assert!(!has_gap(&text), "{register}, {council}, {}: {text}", page.id);
                        if let PageBody::Advice(advice) = view_model::page(&model).body {
                            let told = model.bundle().content.outcome(model.advice().outcome).unwrap();
                            assert!(!told.title.is_empty() && !advice.title.is_empty());
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn a_flow_of_the_young_and_its_words_are_complete_and_its_pictures_are_there() {
    for register in YOUNG {
        let content: Box<Messages> = common::content_in(register);
        let flow: Flow = common::flow_in(register);
        assert_eq!(content.register, register);
        content.check_covers(register, &flow).unwrap();
        // The page about keeping a draft is no question of a flow.
        for (id, words) in content.questions.iter().filter(|(id, _)| *id != "draft") {
            let asked = flow.question(id).unwrap_or_else(|| panic!("{register}: nothing asks {id}"));
            for (option, words) in words.options.iter() {
                let known = asked.options().contains(&option) || option == "agreed";
                assert!(known, "{register}: {id} does not offer {option}");
                if !words.picture.is_empty() {
                    public(&format!("pictures/{}.svg", words.picture));
                }
            }
        }
    }
}

/// The words for children have no placeholder in `{ }` that the adult words lack at the same place. The app fills in
/// the adult ones.
#[test]
fn nothing_is_to_be_filled_in_that_the_app_does_not_fill_in() {
    fn names(value: &Value) -> BTreeSet<String> {
        let text = value.to_string();
        let inside = text.split('{').filter_map(|part| part.split_once('}')).map(|(name, _)| name);
        let plain =
            inside.filter(|name| !name.contains('"')).map(|name| name.trim_start_matches(['?', '!']).to_owned());
        plain.collect()
    }
    let read = |register: &str| serde_json::from_str::<Value>(&public(&format!("content/en/{register}.json"))).unwrap();
    let adult = read("adult");
    for register in YOUNG {
        let young = read(register);
        for section in [
            "words",
            "errors",
            "outcomes",
            "flags",
            "routes",
            "clocks",
            "clock_names",
            "milestones",
            "letters",
            "bases",
        ] {
            for (key, words) in young[section].as_object().unwrap() {
                let (mine, known) = (names(words), names(&adult[section][key]));
                // The council's name can stand in these wherever it is wanted.
                let named = ["outcomes", "flags", "routes", "clocks", "bases"].contains(&section);
                let unfilled = |name: &&String| !(known.contains(*name) || named && *name == "council");
                let unknown: Vec<&String> = mine.iter().filter(unfilled).collect();
                assert!(unknown.is_empty(), "{register} /{section}/{key}: {unknown:?}");
                assert!(section != "letters" || known.contains("name") == mine.contains("name"), "{register} {key}");
            }
        }
        let asked = names(&young["questions"]);
        assert!(asked.iter().all(|name| name == "council"), "{register}: {asked:?}");
    }
}

/// A link is drawn in a paragraph alone: elsewhere its marks would be read out.
#[test]
fn links_stand_only_in_paragraphs() {
    for register in YOUNG {
        for (at, text) in strings(register) {
            let drawn = [
                "danger_line",
                "danger_panel_now",
                "danger_self_now",
                "danger_body",
                "safeguarding_for",
                "no_way_back",
            ];
            let drawn_as_prose =
                at.contains("/body/") || drawn.iter().any(|word| at.strip_prefix("/words/") == Some(word));
            assert!(drawn_as_prose || !text.contains("]("), "{register} {at}: {text}");
        }
    }
}

/// A picture says nothing that its words do not: it has no text of its own, is small, and is there because it is used.
#[test]
fn pictures_are_small_plain_and_in_use() {
    let mut used = BTreeSet::new();
    for register in common::REGISTERS {
        let content = common::content_in(register);
        let options = content.questions.iter().flat_map(|(_, words)| words.options.iter());
        used.extend(options.map(|(_, words)| words.picture.clone()).filter(|picture| !picture.is_empty()));
    }
    let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("public/pictures");
    let mut there = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let svg = std::fs::read_to_string(&path).unwrap();
        assert!(svg.len() < 1500, "{name} has {} bytes", svg.len());
        for banned in ["<text", "radient", "<script", "href", "<style"] {
            assert!(!svg.contains(banned), "{name} has {banned}");
        }
        there.insert(name);
    }
    assert_eq!(there, used, "pictures there, and pictures in use");
}

/// Not knowing and not wanting to say are two answers, wherever a child is asked to choose about themselves.
#[test]
fn not_knowing_and_not_wanting_to_say_are_two_answers() {
    for register in YOUNG {
        let flow = common::flow_in(register);
        for id in ["feeling", "safe_now", "topics", "wishes"] {
            let options = flow.question(id).unwrap().options();
            assert!(options.contains(&"not_known") && options.contains(&"not_say"), "{register}: {id}");
        }
    }
}
