//! Every combination of what the rules go by, decided twice: by the rules and by the oracle. What comes of each must have
//! its words in every register, somebody to go to, and dates that can be kept.
//!
//! Not every answer is combined with every other: that would be some thousand million. Each test says which it goes
//! through whole, and which of them hang on nothing but the route of a part, so that one topic of each route is enough.
//! Random cases (`oracle/compare.rs`) combine all of them.
//!
//! The number of combinations is worked out from the vocabularies, so that a new id that is not gone through is noticed.
//! No feature changes the rules, so they are gone through once, without any.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

mod later;
mod trial;

use std::collections::BTreeMap;

use crate::common::COUNCILS;
use putright_domain::guidance::triage::{
    AgeBand, Agreement, ChildStatus, ParentAgreement, Proceeding, SchoolType, StageReached, Topic, TransportIssue, Who,
};
use serde_json::json;

use trial::{Answers, Matter, at_every_council, count_of_matters, matter, matters, with_none};

/// A Thursday before Christmas, so that every clock meets bank holidays.
const SENT: &str = "2026-12-17";
/// A year ago to the day: not yet over a year.
const A_YEAR_AGO: &str = "2025-12-17";
const OVER_A_YEAR_AGO: &str = "2025-12-16";
/// The tenth working day from the day of sending, and the eleventh.
const TEN_DAYS_ON: &str = "2027-01-05";
const ELEVEN_DAYS_ON: &str = "2027-01-06";

/// Topics for each set of routes that a complaint can have, for a child in need: none, each alone, and together.
const ROUTES: [&[Matter]; 8] = [
    &[],
    &[matter("support")],
    &[matter("other_council_service")],
    &[matter("records_wrong")],
    &[matter("nhs")],
    &[matter("support"), matter("other_council_service")],
    &[matter("records_wrong"), matter("other_council_service")],
    &[matter("support"), matter("records_wrong"), matter("other_council_service"), matter("nhs")],
];

fn sent() -> Answers {
    Answers::default().with("sent_date", SENT)
}

/// Everybody, with every child and every topic. The two agreements are each gone through beside the other's absence, as
/// each has a flag of its own.
#[test]
fn each_topic_for_each_person_and_child_is_decided_as_by_the_oracle() {
    let agreements: Vec<_> = with_none::<Agreement>()
        .into_iter()
        .map(|child| (child, None))
        .chain(ParentAgreement::IDS.iter().map(|parent| (None, Some(*parent))))
        .collect();
    let matters = matters();
    let count = at_every_council(|trial| {
        let mut answers = sent();
        for who in with_none::<Who>() {
            for status in with_none::<ChildStatus>() {
                answers.put("who", who).put("child_status", status);
                for (child, parent) in &agreements {
                    let agree = [("child_agrees", child), ("parent_agrees", parent)];
                    let given = agree.into_iter().filter_map(|(key, said)| Some((key, (*said)?)));
                    answers.put("acting_for", Some(json!(given.collect::<BTreeMap<_, _>>())));
                    for died in [false, true] {
                        answers.put("child_died", Some(died));
                        for matter in &matters {
                            answers.about(&[*matter]);
                            trial.hold(&answers);
                        }
                    }
                }
            }
        }
    });
    let agreements = Agreement::ALL.len() + 1 + ParentAgreement::ALL.len();
    let people = (Who::ALL.len() + 1) * (ChildStatus::ALL.len() + 1) * agreements * 2;
    assert_eq!(count, people * count_of_matters() * COUNCILS.len());
    println!("{count} combinations");
}

/// Every two topics with their details, for everybody, with a child of each column of the table of routes and one who is
/// disabled. The others go the same ways: each topic alone is gone through for every child.
#[test]
fn every_two_topics_are_decided_as_by_the_oracle() {
    let children = [None, Some("in_need"), Some("none"), Some("disabled")];
    let matters = matters();
    let pairs: Vec<[Matter; 2]> = matters
        .iter()
        .enumerate()
        .flat_map(|(at, one)| matters[at + 1..].iter().map(|other| [*one, *other]))
        .filter(|[one, other]| one.topic != other.topic)
        .collect();
    let count = at_every_council(|trial| {
        let mut answers = sent();
        for pair in &pairs {
            answers.about(pair);
            for who in with_none::<Who>() {
                for status in children {
                    trial.hold(answers.put("who", who).put("child_status", status));
                }
            }
        }
    });
    let several = |count: usize| count * (count - 1) / 2;
    let same = several(SchoolType::ALL.len() + 1) + several((TransportIssue::ALL.len() + 1) * 3);
    let people = (Who::ALL.len() + 1) * children.len();
    assert_eq!(count, (several(count_of_matters()) - same) * people * COUNCILS.len());
    println!("{count} combinations");
}

/// Every set of proceedings, at each set of routes. Proceedings hang on no more than that.
#[test]
fn every_set_of_proceedings_is_decided_as_by_the_oracle() {
    let sets: Vec<Vec<&str>> = (0..1_usize << Proceeding::IDS.len())
        .map(|bits| {
            Proceeding::IDS.iter().enumerate().filter(|(at, _)| bits & (1 << at) != 0).map(|(_, id)| *id).collect()
        })
        .collect();
    let count = at_every_council(|trial| {
        let mut answers = sent().with("who", "parent").with("child_status", "in_need");
        for topics in ROUTES {
            answers.about(topics);
            for set in &sets {
                trial.hold(answers.put("proceedings", Some(json!(set))));
            }
        }
    });
    assert_eq!(count, ROUTES.len() * (1 << Proceeding::ALL.len()) * COUNCILS.len());
    println!("{count} combinations");
}

/// Every age of everybody, a worry about a child, what happened when, and what is about to happen, at each set of routes and
/// with each proceeding alone.
#[test]
fn every_age_worry_and_time_is_decided_as_by_the_oracle() {
    let events = [None, Some(A_YEAR_AGO), Some(OVER_A_YEAR_AGO), Some("2025-12"), Some("2025-11")];
    let soon = [
        None,
        Some("today"),
        Some("not_known"),
        Some(TEN_DAYS_ON),
        Some(ELEVEN_DAYS_ON),
        Some("2027-01"),
        Some("2027-02"),
    ];
    let count = at_every_council(|trial| {
        let mut answers = sent().with("child_status", "in_need");
        for topics in ROUTES.into_iter().chain([[matter("placement")].as_slice()]) {
            answers.about(topics);
            for who in with_none::<Who>() {
                for age in with_none::<AgeBand>() {
                    answers.put("who", who).put("age_band", age);
                    for worry in [None, Some(true)] {
                        trial.hold(answers.put("safeguarding_worry", worry));
                    }
                }
                answers.put("age_band", None::<&str>);
                for event in events {
                    for upcoming in soon {
                        for died in [None, Some(true)] {
                            answers.put("event_date", event).put("about_to_happen", upcoming).put("child_died", died);
                            trial.hold(&answers);
                        }
                    }
                }
                answers.put("child_died", None::<bool>).put("about_to_happen", None::<&str>);
                for proceeding in with_none::<Proceeding>() {
                    trial.hold(answers.put("proceedings", proceeding.map(|id| json!([id]))));
                }
                answers.put("proceedings", None::<&str>).put("event_date", None::<&str>);
            }
        }
    });
    let ages = (AgeBand::ALL.len() + 1) * 2;
    let times = events.len() * soon.len() * 2;
    let each = ages + times + Proceeding::ALL.len() + 1;
    assert_eq!(count, (ROUTES.len() + 1) * (Who::ALL.len() + 1) * each * COUNCILS.len());
    println!("{count} combinations");
}

/// Before anything else, whatever else is said.
#[test]
fn danger_comes_before_everything_else_for_everybody() {
    let count = at_every_council(|trial| {
        let mut answers = sent().with("immediate_danger", true).with("event_date", OVER_A_YEAR_AGO);
        answers.put("proceedings", Some(json!(Proceeding::IDS))).put("safeguarding_worry", Some(true));
        for who in with_none::<Who>() {
            for topic in with_none::<Topic>() {
                answers.put("who", who).put("topics", topic.map(|id| json!([id])));
                for stage in with_none::<StageReached>() {
                    let advice = trial.hold(answers.put("stage_reached", stage));
                    assert_eq!(advice.outcome.id(), "emergency");
                    assert!(advice.parts.is_empty() && advice.flags.is_empty() && advice.deadlines.is_empty());
                }
            }
        }
    });
    let stages = StageReached::ALL.len() + 1;
    assert_eq!(count, (Who::ALL.len() + 1) * (Topic::ALL.len() + 1) * stages * COUNCILS.len());
}

#[test]
fn nothing_said_still_comes_out_somewhere() {
    let count = at_every_council(|trial| {
        trial.hold(&Answers::default());
    });
    assert_eq!(count, COUNCILS.len());
}
