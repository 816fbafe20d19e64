//! Tests of the guide and the advice: the rule behind each, the limits in force, and a council's own words, shown
//! separately.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that stops has failed")]

use std::sync::Arc;

use crate::common::{self, COUNCILS, drive, model};
use putright_app::{
    Model,
    view_model::{self, AdvicePage, PageBody},
};
use putright_domain::{
    council::{Council, ExclusionEffect, Stage},
    form::answer::FormInput,
    guidance::{
        signpost::SignpostId,
        time_limits::TimeLimit,
        triage::{Flag, Outcome, ProcedureRoute, Topic},
    },
};

/// The sites where a rule can be read.
const LAW: [&str; 3] = ["https://www.legislation.gov.uk/", "https://www.lgo.org.uk/", "https://ico.org.uk/"];

fn names_a_rule(body: &[String]) -> bool {
    body.iter().any(|words| LAW.iter().any(|address| words.contains(&["](", address].concat())))
}

/// The guide's text as a council's people read it.
fn guide(model: &Model) -> Vec<String> {
    view_model::guide(model).into_iter().flat_map(|part| [vec![part.told.title], part.told.body].concat()).collect()
}

fn advice(model: &Model) -> AdvicePage {
    match view_model::page(model).body {
        PageBody::Advice(advice) => *advice,
        other => panic!("not the advice: {other:?}"),
    }
}

/// The advice to some answers.
fn advised(council: &str, answers: &[(&str, FormInput)]) -> AdvicePage {
    let mut model = model(council, "2026-12-17");
    drive::to(&mut model, "told_team", answers);
    drive::answer(&mut model, "told_team", FormInput::choosing(["yes"]));
    advice(&model)
}

#[test]
fn each_date_says_who_set_its_limit() {
    let page = advised("bromley", &[("topics", FormInput::choosing(["support", "other_council_service"]))]);
    let said: Vec<&str> = page.dates.iter().map(|date| date.basis.as_str()).collect();
    let (law, code) = ("Set by law", "Set by the Ombudsman’s code");
    assert_eq!(said, [law, code, code]);
    assert_eq!(page.dates[0].what, "The council answers under the children’s complaints law (stage 1)");
}

#[test]
fn a_council_that_sends_transport_to_the_company_first_is_quoted_until_the_company_knows() {
    let quoted = |told: &str| {
        let answers = [
            ("topics", FormInput::choosing(["send_transport"])),
            ("transport_issue", FormInput::choosing(["service"])),
            ("told_provider", FormInput::choosing([told])),
        ];
        advised("bromley", &answers).body.iter().any(|line| line.contains("the company that runs school transport"))
    };
    assert!(quoted("no") && !quoted("yes"));
}

#[test]
fn every_outcome_says_why_and_links_to_its_rule() {
    let content = common::content();
    for outcome in Outcome::ALL {
        let told = content.outcome(*outcome).unwrap();
        if *outcome == Outcome::Emergency {
            continue;
        }
        assert!(names_a_rule(&told.body), "{outcome:?} names no rule");
        let [why, what_to_do, .., basis] = told.body.as_slice() else { panic!("{outcome:?} is too short") };
        // An order is no reason: the second paragraph says what to do.
        let orders = ["Ask ", "Go ", "Send ", "Write "];
        let is_order = |words: &str| orders.iter().any(|order| words.starts_with(order));
        assert!(!is_order(why) && is_order(what_to_do), "{outcome:?} does not give a reason, then one thing to do");
        assert!(why.matches(['.', '?']).count() <= 2, "{outcome:?} gives its reason in more than two sentences");
        assert!(basis.starts_with("Basis: "), "{outcome:?} does not end with its rule");
        // Where a list of who can help follows, or it is the Ombudsman, the words need not say who.
        if !matches!(outcome, Outcome::Signpost | Outcome::Ombudsman | Outcome::EscalateCorporateStage2) {
            assert!(told.body.iter().any(|words| words.contains(" can help you")), "{outcome:?} names nobody");
        }
    }
}

#[test]
fn every_flag_that_rests_on_a_rule_links_to_it() {
    let content = common::content();
    // These ask for something, or tell where to look: no rule stands behind them.
    let plain = [Flag::AskToHoldDecision, Flag::ThenCouncil, Flag::DateOnLetter, Flag::Urgent];
    for flag in Flag::ALL.iter().filter(|flag| !plain.contains(flag)) {
        assert!(names_a_rule(&content.flag(*flag).unwrap().body), "{flag:?} names no rule");
    }
}

#[test]
fn every_route_says_why() {
    let content = common::content();
    for (topic, route) in
        Topic::ALL.iter().flat_map(|topic| ProcedureRoute::ALL.iter().map(move |route| (*topic, *route)))
    {
        let told = content.route(topic, route).unwrap();
        assert!(!told.title.is_empty() && !told.body.concat().is_empty(), "{topic:?} {route:?}");
    }
}

#[test]
fn no_gap_is_left_in_the_guide_of_any_council() {
    for id in COUNCILS {
        let whole_site = common::of_a_whole_site(id);
        for model in [model(id, "2026-12-17"), Model::new(Arc::new(whole_site), common::date("2026-12-17"))] {
            for words in guide(&model) {
                assert!(!words.contains('{') && !words.contains('}'), "{id}: {words}");
            }
        }
    }
}

/// Numbers that would be a limit, wherever they stand: `10 working days`, `12 months`.
fn names_a_length(words: &str) -> bool {
    let words: Vec<&str> = words.split_whitespace().collect();
    words.windows(2).any(|pair| {
        let unit = pair[1].trim_end_matches(|last: char| last.is_ascii_punctuation());
        pair[0].chars().all(|one| one.is_ascii_digit()) && ["working", "days", "weeks", "months"].contains(&unit)
    })
}

#[test]
fn limits_stand_in_the_words_by_name_alone() {
    let content = common::content();
    let guide = content.guide.iter().flat_map(|section| &section.body);
    let outcomes = Outcome::ALL.iter().flat_map(|outcome| &content.outcome(*outcome).unwrap().body);
    for words in guide.chain(outcomes) {
        assert!(!names_a_length(words), "a limit written out: {words}");
    }
    assert!(names_a_length("within 10 working days") && names_a_length("go within 12 months."));
}

#[test]
fn a_limit_that_a_council_shortens_is_shorter_in_its_guide() {
    let shortest = |clock: TimeLimit| {
        let file = common::public("councils/bromley.json");
        let mut value: serde_json::Value = serde_json::from_str(&file).unwrap();
        value["limits"] = serde_json::json!({ clock.id(): 1 });
        let bundle = common::loaded_as(Council::parse("bromley.json", &value.to_string()).unwrap());
        guide(&Model::new(Arc::new(bundle), common::date("2026-12-17"))).concat()
    };
    let usual = guide(&model("bromley", "2026-12-17")).concat();
    for clock in TimeLimit::ALL {
        let named = common::content().guide.iter().any(|section| {
            let name = ["{limit:", clock.id(), "}"].concat();
            section.body.iter().any(|words| words.contains(&name))
        });
        if named && *clock != TimeLimit::Ombudsman {
            assert_ne!(shortest(*clock), usual, "{} is written out", clock.id());
        }
    }
    assert!(!shortest(TimeLimit::StatutoryOne).contains("10 working days. If it is complicated"));
}

#[test]
fn what_a_council_promises_stands_apart_under_its_name_with_its_source_and_date() {
    for id in COUNCILS {
        let council = common::council(id);
        assert!(!council.promises.is_empty(), "{id}");
        let model = model(id, "2026-12-17");
        let words = guide(&model);
        let title = [">> ## What else ", &council.short_name, " promises"].concat();
        assert!(words.contains(&title), "{id}: {words:#?}");
        assert!(words.iter().any(|line| line.starts_with(">> From ") && line.ends_with("Checked 21 November 2026.")));
        for block in words.split(|line| !line.starts_with(">> ") || line.starts_with(">> #")) {
            let mut sources: Vec<&String> = block.iter().filter(|line| line.starts_with(">> From ")).collect();
            let told = sources.len();
            sources.dedup();
            assert_eq!(told, sources.len(), "{id}: one source after another is told once: {block:#?}");
        }
        let apart = words.iter().filter(|line| line.starts_with(">> * ")).count();
        let shown: Vec<Council> = match id {
            "bromley" => vec![council.clone()],
            // Two councils share it, and nobody has said yet which one.
            _ => COUNCILS[1..].iter().map(|id| common::council(id)).collect(),
        };
        assert_eq!(apart, shown.iter().map(|one| one.promises.len() + one.exclusions.len()).sum::<usize>(), "{id}");
        for name in shown.iter().map(|one| &one.short_name) {
            assert!(words.contains(&[">> This is ", name, "’s own promise. It is not set by law."].concat()));
        }
    }
}

#[test]
fn a_council_without_times_of_its_own_is_said_to_have_none() {
    let none = |id: &str| guide(&model(id, "2026-12-17")).iter().any(|line| line.contains("We found no times set by"));
    assert!(common::council("bromley").promises.iter().all(|promise| promise.stage == Stage::Every));
    assert!(none("bromley"));
    assert!(!none("westminster"));
}

#[test]
fn a_promised_contact_is_counted_by_the_council_s_own_limit() {
    let words = guide(&model("westminster", "2026-12-17"));
    assert!(words.iter().any(|line| line.contains("gets in touch with you within 3 working days")), "{words:#?}");
}

#[test]
fn once_the_borough_is_known_the_other_one_s_promises_are_gone() {
    let mut model = model("westminster", "2026-12-17");
    let title = |name: &str| [">> ## What else ", name, " promises"].concat();
    assert!(guide(&model).contains(&title("Kensington and Chelsea")));
    drive::to(&mut model, "who", &[("borough", FormInput::choosing(["westminster"]))]);
    let words = guide(&model);
    assert!(words.contains(&title("Westminster")) && !words.contains(&title("Kensington and Chelsea")));
}

#[test]
fn a_council_s_list_is_shown_as_its_view_by_what_it_does() {
    let words = guide(&model("bromley", "2026-12-17"));
    let council = common::council("bromley");
    for exclusion in &council.exclusions {
        assert!(words.contains(&[">> * ", &exclusion.said.words].concat()), "{:?}", exclusion.id);
    }
    let views = words.iter().filter(|line| line.contains("You can still send your complaint.")).count();
    let effects =
        ExclusionEffect::ALL.iter().filter(|effect| council.exclusions.iter().any(|one| one.effect == **effect));
    assert_eq!(views, effects.count());
}

#[test]
fn advice_that_a_council_s_list_brings_about_says_so_and_lets_the_person_send_it() {
    let school = [("topics", FormInput::choosing(["school"])), ("school_type", FormInput::choosing(["academy"]))];
    let says = |id: &str, answers: &[(&str, FormInput)]| {
        let page = advised(id, answers);
        assert!(!page.id.is_empty());
        page.body.into_iter().filter(|words| words.starts_with("> ")).collect::<Vec<_>>()
    };
    let bromley = says("bromley", &school);
    assert_eq!(bromley.len(), 1, "{bromley:?}");
    assert!(
        bromley[0].contains("Academies and free schools") && bromley[0].contains("You can still send your complaint")
    );
    // The two boroughs' list says "school" and means each kind; nobody knows which borough it is.
    let both = [school.as_slice(), &[("borough", FormInput::choosing(["not_known"]))]].concat();
    assert_eq!(says("westminster", &both).len(), 2);
    let police = [("topics", FormInput::choosing(["support"])), ("proceedings", FormInput::choosing(["police"]))];
    assert!(says("bromley", &police)[0].contains("The police are investigating."));
    assert!(says("bromley", &[("topics", FormInput::choosing(["housing"]))]).is_empty());
    assert!(says("bromley", &[("topics", FormInput::choosing(["court_evidence"]))])[0].contains("ourt"));
    let westminster = |topic: &str| {
        let eligible = ("transport_issue", FormInput::choosing(["eligibility"]));
        says(
            "westminster",
            &[("topics", FormInput::choosing([topic])), ("borough", FormInput::choosing(["westminster"])), eligible],
        )
    };
    for topic in ["school_admission", "school_exclusion", "ehc_plan_content", "send_transport"] {
        let said = westminster(topic);
        assert!(said.len() == 1 && said[0].contains("There is an appeal for it"), "{topic}: {said:?}");
    }
}

#[test]
fn each_part_of_a_mixed_complaint_says_where_it_goes_and_why() {
    let page = advised("bromley", &[("topics", FormInput::choosing(["support", "delay"]))]);
    assert_eq!(page.parts.len(), 2, "two topics of one route are told apart too");
    assert!(page.parts.iter().all(|part| !part.route.is_empty() && !part.why.is_empty()));
    assert!(advised("bromley", &[("topics", FormInput::choosing(["support"]))]).parts.is_empty());
}

#[test]
fn every_body_that_can_help_is_listed() {
    let bundle = common::bundle("bromley");
    let listed: Vec<SignpostId> = bundle.directory.iter().map(|(id, _)| id).collect();
    assert!(SignpostId::ALL.iter().all(|id| listed.contains(id)), "{listed:?}");
    assert!(listed.iter().all(|id| bundle.directory.contact(*id).is_some()));
}
