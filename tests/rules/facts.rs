//! From answers to what the rules go by: nothing is guessed against a person.

use crate::common::date;
use putright::domain::{
    guidance::{
        procedure::Milestone,
        triage::{Agreement, Facts, Proceeding, StageReached, Topic, Who},
    },
    journey::answer::{Answer, Answers, When},
};

const TODAY: &str = "2026-12-17";

fn facts(given: &[(&str, Answer)]) -> Facts {
    let mut answers = Answers::default();
    for (question, answer) in given {
        answers.set(question, answer.clone());
    }
    Facts::from_answers(&answers, date(TODAY))
}

fn one(option: &str) -> Answer {
    Answer::One(option.to_owned())
}

#[test]
fn what_was_answered_is_a_fact_and_nothing_else_is() {
    let nothing = facts(&[]);
    assert!(nothing == Facts { sent_date: Some(date(TODAY)), ..Facts::default() });
    let said = facts(&[
        ("who", one("advocate")),
        ("topics", Answer::Many(vec!["support".to_owned(), "not_known".to_owned()])),
        ("proceedings", Answer::Many(vec!["none".to_owned()])),
        ("told_provider", one("no")),
        ("late_reason", Answer::Text("I was ill".to_owned())),
        ("stage_reached", one("stage1_waiting")),
    ]);
    assert_eq!(
        (said.who, said.told_provider, said.late_reason.as_deref()),
        (Some(Who::Advocate), Some(false), Some("I was ill"))
    );
    assert_eq!(said.topics.iter().collect::<Vec<_>>(), [Topic::Support]);
    assert_eq!(said.proceedings.iter().collect::<Vec<Proceeding>>(), []);
    assert_eq!(said.stage_reached, Some(StageReached::Stage1Waiting));
    assert_eq!(facts(&[("told_provider", one("yes"))]).told_provider, Some(true));
    assert_eq!(facts(&[("told_provider", one("not_known"))]).told_provider, None);
}

#[test]
fn every_day_of_a_complaint_s_life_that_is_given_is_known() {
    for milestone in Milestone::ALL {
        let day = date("2026-03-05");
        let said = facts(&[(milestone.id(), Answer::When(When::Day { date: day }))]);
        for other in Milestone::ALL {
            assert_eq!(said.date_of(*other), (other == milestone).then_some(day), "{milestone:?} {other:?}");
        }
    }
}

#[test]
fn a_month_counts_as_its_last_day_and_never_as_one_to_come() {
    let happened = |when: When| facts(&[("event_date", Answer::When(when))]).event_date;
    assert_eq!(happened(When::Day { date: date("2026-03-05") }), Some(date("2026-03-05")));
    assert_eq!(happened(When::Month { year: 2026, month: 2 }), Some(date("2026-02-28")));
    assert_eq!(happened(When::Month { year: 2026, month: 12 }), Some(date(TODAY)));
    assert_eq!(happened(When::About { words: "in spring".to_owned() }), None);
    assert_eq!(happened(When::NotKnown), None);
}

#[test]
fn children_agree_where_all_do_else_it_is_what_the_first_says_who_does_not() {
    let agree = |said: &[&str]| {
        let ids = ["child_agrees", "child_agrees-2", "child_agrees-3"];
        let given: Vec<(&str, Answer)> = ids.into_iter().zip(said.iter().map(|option| one(option))).collect();
        facts(&given).acting_for.child_agrees
    };
    assert_eq!(agree(&[]), None);
    assert_eq!(agree(&["yes", "yes"]), Some(Agreement::Yes));
    assert_eq!(agree(&["yes", "no", "yes"]), Some(Agreement::No));
    assert_eq!(agree(&["cannot_say", "no"]), Some(Agreement::CannotSay));
}
