//! A flow that could lead a person nowhere is refused, with its place in the file and what was meant.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use std::sync::Arc;

use crate::common::{self, drive};
use putright_app::Model;
use putright_domain::{
    data::InvalidFile,
    form::{answer::FormInput, condition::Condition, flow::Flow},
    submission::from_answers,
};
use serde_json::{Value, json};

fn refused(change: impl FnOnce(&mut Value)) -> InvalidFile {
    let mut flow = json!({
        "schema_version": 1,
        "start": "first",
        "pages": [
            {"id": "first", "kind": {"choose_one": {"options": ["yes", "no"]}}, "next": [
                {"when": {"answer": {"question": "first", "is": ["yes"]}}, "go": "second"},
                {"go": "check"},
            ]},
            {"id": "second", "kind": "date", "next": [{"go": "check"}]},
        ],
    });
    Flow::parse("flow.json", &flow.to_string()).expect("the flow is sound before it is changed");
    change(&mut flow);
    let error = Flow::parse("flow.json", &flow.to_string()).unwrap_err();
    assert_eq!(error.file, "flow.json");
    error
}

#[test]
fn the_flow_that_ships_is_sound() {
    assert!(common::flow().questions().count() > 20);
}

#[test]
fn a_target_that_is_not_there() {
    let error = refused(|flow| flow["pages"][1]["next"][0]["go"] = "third".into());
    assert_eq!(error.pointer, "/pages/1/next/0/go");
    assert!(error.problem.contains("third") && error.problem.contains("first, second"), "{error}");
}

#[test]
fn an_id_that_could_be_no_address_or_is_another_page_s() {
    for id in ["", "Third", "a b", "a/b", "é", "check", "guide", "contacts", "first"] {
        let error = refused(|flow| {
            let question = json!({"id": id, "kind": "date", "next": [{"go": "check"}]});
            flow["pages"].as_array_mut().unwrap().push(question);
        });
        assert_eq!(error.pointer, "/pages/2/id", "{id}");
        assert_eq!(error.apart().count(), 1, "{id}: where it leads is not looked at");
    }
}

#[test]
fn a_question_that_nothing_leads_to() {
    let error = refused(|flow| flow["pages"][0]["next"] = json!([{"go": "check"}]));
    assert_eq!((error.pointer.as_str(), error.problem.as_str()), ("/pages/1", "is never asked: nothing leads to it"));
}

#[test]
fn a_loop() {
    let error = refused(|flow| flow["pages"][1]["next"][0]["go"] = "first".into());
    assert_eq!(error.pointer, "/pages/1/next/0/go");
    assert!(error.problem.contains("first"), "{error}");
}

#[test]
fn an_answer_that_no_rule_covers() {
    let error = refused(|flow| {
        flow["pages"][0]["next"].as_array_mut().unwrap().pop();
    });
    assert_eq!(error.pointer, "/pages/0/next");
    assert!(error.problem.contains("\"no\""), "{error}");
}

#[test]
fn a_condition_on_an_option_that_is_not_there() {
    let error = refused(|flow| flow["pages"][0]["next"][0]["when"]["answer"]["is"][0] = "maybe".into());
    assert_eq!(error.pointer, "/pages/0/next/0/when/answer/is/0");
    assert!(error.problem.contains("yes, no"), "{error}");
}

#[test]
fn none_of_these_is_one_of_the_options() {
    let many = |none: &str| json!({"choose_many": {"groups": [{"id": "", "options": ["a", "none"]}], "none": none}});
    let error = refused(|flow| flow["pages"][1]["kind"] = many("nothing"));
    assert_eq!(error.pointer, "/pages/1/kind/choose_many/none");
    assert!(error.problem.contains("nothing"), "{error}");
}

#[test]
fn a_rule_that_can_never_apply() {
    let error = refused(|flow| flow["pages"][1]["next"] = json!([{"go": "check"}, {"go": "check"}]));
    assert_eq!(error.pointer, "/pages/1/next/1");
}

#[test]
fn a_kind_or_a_key_that_is_not_known() {
    let error = refused(|flow| flow["pages"][1]["kind"] = "calendar".into());
    assert_eq!(error.pointer, "/pages/1/kind");
    assert!(error.problem.contains("long_text"), "{error}");
    let error = refused(|flow| flow["pages"][1]["hint"] = "In words".into());
    assert_eq!(error.pointer, "/pages/1/hint");
}

#[test]
fn what_a_flow_itself_gives_must_be_known_to_the_rules() {
    let mut file: Value = serde_json::from_str(&common::public("flows/12-17.json")).unwrap();
    let parse = |file: &Value| Flow::parse("12-17.json", &file.to_string()).unwrap();
    from_answers::check_flow("12-17.json", &parse(&file)).unwrap();
    for (question, option) in [("who", "somebody"), ("moon", "full"), ("full_name", "Rosalind")] {
        let mut wrong = file.clone();
        wrong["given"][question] = option.into();
        let error = from_answers::check_flow("12-17.json", &parse(&wrong)).unwrap_err();
        assert_eq!(error.pointer, format!("/given/{question}"));
    }
    file["given"] = json!({});
    let error = from_answers::check_flow("12-17.json", &parse(&file)).unwrap_err();
    assert!(error.problem.contains("\"who\""), "nobody says who it is: {error}");
}

#[test]
fn an_outcome_that_a_flow_asks_for_is_one_that_the_rules_know() {
    let mut file: Value = serde_json::from_str(&common::public("flows/adult.json")).unwrap();
    let asks = |rule: &Value| rule["when"]["outcome"].is_array();
    let questions = file["pages"].as_array().unwrap().iter().enumerate();
    let mut found =
        questions.filter_map(|(at, question)| Some((at, question["next"].as_array()?.iter().position(asks)?)));
    let (at, rule) = found.next_back().expect("some rule asks for an outcome");
    let when = &mut file["pages"][at]["next"][rule]["when"];
    *when = json!({ "not": { "any": [{ "outcome": ["lost"] }, when.clone()] } });
    let error =
        from_answers::check_flow("adult.json", &Flow::parse("adult.json", &file.to_string()).unwrap()).unwrap_err();
    assert_eq!(error.pointer, format!("/pages/{at}/next/{rule}/when"));
    assert!(error.problem.contains("lost") && error.problem.contains("ombudsman"), "{error}");
}

#[test]
fn not_wanting_to_say_is_offered_anywhere_and_other_things_are_not() {
    let mut file: Value = serde_json::from_str(&common::public("flows/adult.json")).unwrap();
    let place = {
        let flow = common::flow();
        let asked = flow.asked().find(|asked| asked.question.id == "child_status").unwrap();
        [&asked.place, "/kind/choose_one/options"].concat()
    };
    file.pointer_mut(&place).unwrap().as_array_mut().unwrap().push("not_say".into());
    let parse = |file: &Value| Flow::parse("adult.json", &file.to_string()).unwrap();
    from_answers::check_flow("adult.json", &parse(&file)).unwrap();
    file.pointer_mut(&place).unwrap().as_array_mut().unwrap().push("uncle".into());
    let error = from_answers::check_flow("adult.json", &parse(&file)).unwrap_err();
    assert!(error.problem.contains("uncle"), "{error}");
}

#[test]
fn words_that_are_missing_for_a_question_or_an_option() {
    let content = common::public("content/en/adult.json");
    let mut words: Value = serde_json::from_str(&content).unwrap();
    words["questions"]["who"]["options"].as_object_mut().unwrap().remove("adopter");
    let content = putright_domain::messages::Messages::parse("adult.json", &words.to_string()).unwrap();
    let error = content.check_covers("adult.json", &common::flow()).unwrap_err();
    assert_eq!(error.pointer, "/questions/who/options/adopter");
}

#[test]
fn a_way_to_reach_a_person_that_is_not_known() {
    let ways = |method: &str| json!({"reach": {"methods": ["email", method], "none": "none"}});
    let error = refused(|flow| flow["pages"][1]["kind"] = ways("pigeon"));
    assert!(error.pointer.starts_with("/pages/1/kind/reach/methods/1"), "{error}");
    assert!(error.problem.contains("email, telephone, post"), "{error}");
}

#[test]
fn a_rule_for_each_option_is_enough_where_the_question_must_be_answered() {
    let covered = |optional: bool| {
        let leads =
            |option: &str, go: &str| json!({"when": {"answer": {"question": "first", "is": [option]}}, "go": go});
        let flow = json!({
            "schema_version": 1,
            "start": "first",
            "pages": [
                {"id": "first", "kind": {"choose_one": {"options": ["yes", "no"]}}, "optional": optional,
                 "next": [leads("yes", "second"), leads("no", "check")]},
                {"id": "second", "kind": "date", "next": [{"go": "check"}]},
            ],
        });
        Flow::parse("flow.json", &flow.to_string())
    };
    covered(false).unwrap();
    let error = covered(true).unwrap_err();
    assert_eq!(error.pointer, "/pages/0/next");
    assert!(error.problem.contains("no answer"), "{error}");
}

/// Two pages, of which the first has three questions and may be filled in up to three times.
fn pages() -> Value {
    json!({
        "schema_version": 1,
        "start": "first",
        "pages": [
            {
                "questions": [
                    {"id": "first", "kind": {"choose_one": {"options": ["yes", "no"]}}},
                    {"id": "when", "kind": "date", "when": {"answer": {"question": "first", "is": ["yes"]}}},
                    {"id": "why", "kind": {"text": {"max": 9}}, "optional": true, "when": {"older_than": {"question": "when", "months": 12}}},
                ],
                "repeat": {"question": "more", "most": 3, "first": ["why"]},
                "next": [{"when": {"not": {"answer": {"question": "first", "is": ["no"]}}}, "go": "second"}, {"go": "check"}],
            },
            {"id": "second", "kind": "date", "next": [{"go": "check"}]},
        ],
        "extras": [{"id": "third", "kind": {"text": {"max": 9}}, "optional": true}],
        "check": {"questions": [{"id": "agreed", "kind": "agreement"}]},
    })
}

fn refused_page(change: impl FnOnce(&mut Value)) -> InvalidFile {
    let mut flow = pages();
    Flow::parse("flow.json", &flow.to_string()).expect("the flow is sound before it is changed");
    change(&mut flow);
    Flow::parse("flow.json", &flow.to_string()).unwrap_err()
}

#[test]
fn repeated_page_is_written_once_and_asked_up_to_its_most() {
    let flow = Flow::parse("flow.json", &pages().to_string()).unwrap();
    let ids: Vec<Vec<&str>> = flow
        .pages()
        .iter()
        .map(|page| page.questions.iter().map(|asked| asked.question.id.as_str()).collect())
        .collect();
    assert_eq!(
        ids,
        [
            vec!["first", "when", "why", "more"],
            vec!["first-2", "when-2", "more-2"],
            vec!["first-3", "when-3"],
            vec!["second"],
        ]
    );
    let asked = flow.asked().find(|asked| asked.question.id == "when-3").unwrap();
    assert_eq!(asked.place, "/pages/0/questions/1");
    let own = Condition::Answer { question: "first-3".into(), is: vec!["yes".into()] };
    assert_eq!(asked.when.as_ref(), Some(&own), "a copy depends on its own questions");
    assert_eq!(flow.page_of("when-2").unwrap().id(), "first-2");
    assert_eq!(flow.extras().len(), 1);
    assert_eq!(flow.check()[0].question.id, "agreed");
}

#[test]
fn page_that_could_not_be_asked_is_refused_with_its_place() {
    type Change = fn(&mut Value);
    let cases: [(Change, &str, &str); 8] = [
        (|flow| flow["pages"][0]["questions"] = json!([]), "/pages/0/questions", "from 1 to 16"),
        (|flow| flow["pages"][0]["questions"][2]["id"] = "when".into(), "/pages/0/questions/2/id", "used twice"),
        (
            |flow| flow["pages"][0]["questions"][1]["when"]["answer"]["question"] = "second".into(),
            "/pages/0/questions/1/when/answer/is/0",
            "is not an option",
        ),
        (
            |flow| flow["pages"][0]["questions"][0]["when"] = json!({"older_than": {"question": "when", "months": 1}}),
            "/pages/0/questions/0/when",
            "stands after it",
        ),
        (|flow| flow["pages"][0]["repeat"]["most"] = 40.into(), "/pages/0/repeat/most", "from 2 to 9"),
        (|flow| flow["pages"][0]["next"][0]["go"] = "when".into(), "/pages/0/next/1/go", "is no page"),
        (|flow| flow["pages"][1]["step"] = "story".into(), "/pages/1/step", "is no step"),
        (|flow| flow["extras"][0]["optional"] = false.into(), "/extras/0", "must be optional"),
    ];
    for (change, place, problem) in cases {
        let error = refused_page(change);
        assert!(error.pointer == place && error.problem.contains(problem), "{place}: {error}");
    }
}

#[test]
fn condition_turned_round_holds_where_the_other_did_not() {
    let flow: Value = serde_json::from_str(&common::public("flows/adult.json")).unwrap();
    let place = {
        let flow = common::flow();
        let asked = flow.asked().find(|asked| asked.question.id == "care_leaver_age").unwrap();
        [&asked.place, "/when"].concat()
    };
    for turned in [false, true] {
        let mut file = flow.clone();
        let when = file.pointer_mut(&place).unwrap();
        if turned {
            *when = json!({ "not": when.clone() });
        }
        let mut bundle = common::bundle("bromley");
        bundle.flow = Flow::parse("adult.json", &file.to_string()).unwrap().into();
        let mut model = Model::new(Arc::new(bundle), common::date("2026-12-17"));
        drive::to(&mut model, "who", &[]);
        drive::answer(&mut model, "who", FormInput::choosing(["care_leaver"]));
        assert_eq!(model.walk().open().unwrap().id == "care_leaver_age", !turned);
    }
}
