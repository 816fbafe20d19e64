//! Tests of the submission: its round trip, its schema, and the absence of answers that are no longer on the path.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use crate::common::{self, drive, model};
use proptest::prelude::*;
use putright_app::{Effect, Event, Model, view_model};
use putright_domain::{
    delivery::response::DeliveryError,
    form::answer::{Field, FormInput},
    submission::format::Submission,
};
use serde_json::Value;

fn sent(model: &mut Model) -> Value {
    let attempt = drive::send(model, "0123456789abcdef0123456789abcdef");
    serde_json::from_str(&attempt.body).unwrap()
}

#[test]
fn a_submission_is_read_back_as_it_was_written() {
    let text = include_str!("../../crates/cli/tests/data/submission.json");
    let read: Submission = serde_json::from_str(text).unwrap();
    let again: Submission = serde_json::from_str(&read.to_json()).unwrap();
    assert!(read == again);
    let controls: String = (0..=0x20_u8).map(char::from).chain("\"\\/\u{7f}é😀".chars()).collect();
    let mut odd: Submission = serde_json::from_str(text).unwrap();
    odd.points[0].what_happened.clone_from(&controls);
    let odd: Submission = serde_json::from_str(&odd.to_json()).unwrap();
    assert!(odd.points[0].what_happened == controls, "{:?}", odd.points[0].what_happened);
    let printed = format!("{read:?}");
    assert!(printed.contains(&read.id) && !printed.contains(&read.points[0].what_happened), "{printed}");
    let (as_value, written): (Value, Value) =
        (serde_json::from_str(text).unwrap(), serde_json::from_str(&read.to_json()).unwrap());
    let mut lost = Vec::new();
    compare("", &as_value, &written, &mut lost);
    assert!(lost.is_empty(), "not written, or written otherwise: {lost:?}");
}

/// The places where two values differ. The order of a list of ids does not count.
fn compare(at: &str, left: &Value, right: &Value, lost: &mut Vec<String>) {
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => {
            for key in left.keys().chain(right.keys()) {
                let empty = Value::Null;
                compare(
                    &format!("{at}/{key}"),
                    left.get(key).unwrap_or(&empty),
                    right.get(key).unwrap_or(&empty),
                    lost,
                );
            }
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            if left.iter().any(|item| !right.contains(item)) {
                lost.push(at.to_owned());
            }
        }
        _ if left == right => {}
        _ => lost.push(at.to_owned()),
    }
}

#[test]
fn only_answers_on_the_way_are_sent() {
    let mut model = model("bromley", "2026-12-17");
    drive::to_check(
        &mut model,
        &[("topics", FormInput::choosing(["school", "support"])), ("school_type", FormInput::choosing(["academy"]))],
    );
    model.update(Event::Change("topics".into()), model.today());
    drive::answer(&mut model, "topics", FormInput::choosing(["support"]));
    drive::to_check(&mut model, &[]);
    let sent = sent(&mut model);
    assert_eq!(sent["about"]["topics"], serde_json::json!(["support"]));
    assert!(sent["about"].get("school_type").is_none(), "the school is no longer on the way");
}

#[test]
fn the_same_answers_are_sent_again_as_the_very_same_body() {
    let mut model = model("bromley", "2026-12-17");
    drive::to_check(&mut model, &[]);
    let first = drive::send(&mut model, "0123456789abcdef0123456789abcdef");
    drive::fail(&mut model, &DeliveryError::Unreachable);
    let second = drive::send(&mut model, "fedcba9876543210fedcba9876543210");
    assert!(first.body == second.body && first.id == second.id, "even on another day");
}

#[test]
fn changed_answers_are_sent_as_a_new_one_that_names_what_may_have_arrived() {
    let mut model = model("bromley", "2026-12-17");
    drive::to_check(&mut model, &[]);
    let first = drive::send(&mut model, "0123456789abcdef0123456789abcdef");
    drive::fail(&mut model, &DeliveryError::TimedOut);
    model.update(Event::Change("what_happened".into()), model.today());
    drive::answer(&mut model, "what_happened", FormInput::default().with(Field::Text, "Said otherwise"));
    let second = drive::send(&mut model, "fedcba9876543210fedcba9876543210");
    let body: Value = serde_json::from_str(&second.body).unwrap();
    assert_eq!((body["replaces"].as_str(), body["id"].as_str()), (Some(first.id.as_str()), Some(second.id.as_str())));
}

#[test]
fn nothing_is_sent_twice_at_a_time() {
    let mut model = model("bromley", "2026-12-17");
    drive::to_check(&mut model, &[]);
    drive::send(&mut model, "0123456789abcdef0123456789abcdef");
    assert_eq!(model.update(Event::Send, model.today()), []);
    assert_eq!(model.update(Event::IdMade("f".repeat(32)), model.today()), []);
}

#[test]
fn a_person_of_the_shared_service_names_the_borough_and_it_is_sent() {
    let mut named = model("kensington-and-chelsea", "2026-12-17");
    drive::to_check(&mut named, &[("borough", FormInput::choosing(["westminster"]))]);
    assert_eq!(sent(&mut named)["council"], "westminster");
    let mut unknown = model("kensington-and-chelsea", "2026-12-17");
    drive::to_check(&mut unknown, &[("borough", FormInput::choosing(["not_known"]))]);
    let body = sent(&mut unknown);
    assert_eq!((&body["council"], &body["council_not_known"]), (&"kensington-and-chelsea".into(), &true.into()));
}

proptest! {
    #[test]
    fn whatever_is_typed_arrives_as_it_was_typed(text in "\\PC{1,200}") {
        prop_assume!(!text.trim().is_empty());
        let mut model = model("bromley", "2026-12-17");
        drive::to_check(&mut model, &[("what_happened", FormInput::default().with(Field::Text, text.as_str()))]);
        let attempt = drive::send(&mut model, "0123456789abcdef0123456789abcdef");
        let read: Submission = serde_json::from_str(&attempt.body).unwrap();
        prop_assert_eq!(&read.points[0].what_happened, text.trim());
    }
}

#[test]
fn nothing_a_person_wrote_is_in_any_debug_output() {
    let mut model = model("bromley", "2026-12-17");
    drive::to_check(&mut model, &[("what_happened", FormInput::default().with(Field::Text, "SECRET"))]);
    let attempt = drive::send(&mut model, "0123456789abcdef0123456789abcdef");
    let submission: Submission = serde_json::from_str(&attempt.body).unwrap();
    assert!(attempt.body.contains("SECRET"));
    assert!(!format!("{attempt:?} {model:?} {submission:?} {:?}", view_model::page(&model)).contains("SECRET"));
}

#[test]
fn a_command_tells_the_browser_to_send_and_nothing_else_is_needed() {
    let mut model = model("bromley", "2026-12-17");
    drive::to_check(&mut model, &[]);
    assert_eq!(model.update(Event::Send, model.today()), [Effect::MakeId]);
}

/// Not knowing, not wanting to say and something else have no ids in the format: they are sent under the question's own.
#[test]
fn not_knowing_and_not_wanting_to_say_are_sent_as_two_things() {
    let sent_with = |topics: FormInput| {
        let mut model = common::session_in("12-17", "bromley", "2026-12-17");
        drive::to_check(&mut model, &[("topics", topics)]);
        sent(&mut model)
    };
    let told = |options: &[&str]| FormInput {
        chosen: options.iter().map(|id| (*id).to_owned()).collect(),
        ..FormInput::default()
    };
    let body = sent_with(told(&["not_say"]));
    assert_eq!(
        (&body["about"]["topics"], &body["other_answers"]["topics"]),
        (&Value::Array(vec![]), &serde_json::json!(["not_say"]))
    );
    assert_eq!(body["guidance"]["outcome"], "signpost", "and it is sent all the same");
    let body = sent_with(told(&["placement", "other", "not_known"]));
    assert_eq!(body["about"]["topics"], serde_json::json!(["placement"]));
    assert_eq!(body["other_answers"]["topics"], serde_json::json!(["other", "not_known"]));
    assert!(body["other_answers"].get("child_status").is_none());
}

#[test]
fn what_has_its_own_place_and_that_nothing_applies_are_not_said_again() {
    let mut model = common::model("bromley", "2026-12-17");
    let answers =
        [("child_status", FormInput::choosing(["not_known"])), ("proceedings", FormInput::choosing(["none"]))];
    drive::to_check(&mut model, &answers);
    let body = sent(&mut model);
    assert_eq!(body["about"]["child_status"], "not_known");
    let others = &body["other_answers"];
    assert!(others.get("child_status").is_none() && others.get("proceedings").is_none(), "{others}");
}

#[test]
fn what_a_child_wants_held_or_would_rather_say_by_telephone_is_a_wish_and_help() {
    let mut model = common::session_in("12-17", "bromley", "2026-12-17");
    let answers = [("about_to_happen", FormInput::choosing(["today"])), ("tell_how", FormInput::choosing(["ring"]))];
    drive::to_check(&mut model, &answers);
    let body = sent(&mut model);
    assert_eq!(body["wishes"]["chosen"], serde_json::json!(["hold_decision"]));
    assert_eq!(body["help"]["chosen"], serde_json::json!(["telephone"]));
    let today = serde_json::json!({ "known": "day", "date": "2026-12-17" });
    assert_eq!((&body["about"]["about_to_happen"], &body["register"]), (&today, &"12-17".into()));
    assert_eq!(body["points"][0]["what_happened"], "I would rather talk to someone");
    assert!(body.get("representative").is_none() && body.get("children").is_none(), "nobody acts for them: {body}");
    // What the questions themselves say of the person is sent, and is not a row to be changed.
    assert_eq!(body["about"]["who"], "child");
    assert!(view_model::rows(&model).iter().all(|row| row.question != "who"));
}

/// Something good and an idea come to the council from every register, with what was written.
#[test]
fn something_good_and_an_idea_are_sent_from_every_register() {
    for register in common::REGISTERS {
        for (want, question) in [("compliment", "what_was_good"), ("comment", "comment")] {
            let mut model = common::session_in(register, "bromley", "2026-12-17");
            let written = FormInput::default().with(Field::Text, "She came to my play.");
            drive::to_check(&mut model, &[("want", FormInput::choosing([want])), (question, written)]);
            let body = sent(&mut model);
            let point = &body["points"][0]["what_happened"];
            assert_eq!((&body["kind"], point), (&want.into(), &"She came to my play.".into()), "{register}");
            assert!(body.get("child").is_none() && body.get("guidance").is_none(), "{register}");
        }
    }
}
