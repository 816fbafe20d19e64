//! Every combination of what the rules go by comes out somewhere a person can go on from.

#![allow(clippy::unwrap_used, reason = "a test that stops has failed")]

mod common;

use common::date;
use putright::domain::guidance::triage::{
    ChildStatus, Facts, Flag, Outcome, Route, SchoolType, StageReached, Topic, TransportIssue, Who, advise,
};

#[test]
fn every_combination_reaches_the_council_or_somebody_else_who_can_help() {
    let calendar = common::calendar();
    let content = common::content();
    let mut count = 0;
    for id in common::COUNCILS {
        let council = common::council(id);
        for (who, status) in pairs(Who::ALL, ChildStatus::ALL) {
            for topic in Topic::ALL {
                for (school, issue) in pairs(SchoolType::ALL, TransportIssue::ALL) {
                    let facts = Facts {
                        who: Some(who),
                        child_status: Some(status),
                        topics: [*topic].into_iter().collect(),
                        school_type: Some(school),
                        transport_issue: Some(issue),
                        sent_date: Some(date("2026-12-17")),
                        ..Facts::default()
                    };
                    let advice = advise(&facts, &council.rules, council.counting(&calendar));
                    let told = content.outcome(advice.outcome).unwrap();
                    assert!(!told.title.is_empty() && !told.body.is_empty(), "{:?} has no words", advice.outcome);
                    if advice.is_for_the_council() {
                        assert!(!advice.deadlines.is_empty(), "{topic:?} {who:?}: no dates");
                    } else {
                        assert_eq!(advice.outcome, Outcome::Signpost);
                        assert!(!advice.signposts.is_empty(), "{topic:?} {who:?}: nobody to go to");
                    }
                    count += 1;
                }
            }
        }
    }
    assert_eq!(count, 3 * Who::ALL.len() * ChildStatus::ALL.len() * Topic::ALL.len() * SchoolType::ALL.len() * 2);
}

fn pairs<A: Copy, B: Copy>(left: &[A], right: &[B]) -> Vec<(A, B)> {
    left.iter().flat_map(|one| right.iter().map(|other| (*one, *other))).collect()
}

#[test]
fn a_request_a_day_late_is_flagged_and_never_barred() {
    let council = common::council("bromley");
    let calendar = common::calendar();
    let ask = |sent| {
        let facts = Facts {
            stage_reached: Some(StageReached::Stage1Reply),
            stage1_reply_received: Some(date("2026-12-21")),
            sent_date: Some(date(sent)),
            ..Facts::default()
        };
        advise(&facts, &council.rules, council.counting(&calendar))
    };
    assert!(!ask("2027-01-21").flags.contains(Flag::LateRequest), "the last day is in time");
    let late = ask("2027-01-22");
    assert!(late.flags.contains(Flag::LateRequest) && late.flags.contains(Flag::GiveReason));
    assert_eq!(late.outcome, Outcome::EscalateStage2);
}

#[test]
fn a_care_leaver_without_a_social_worker_keeps_the_statutory_procedure() {
    let council = common::council("bromley");
    let calendar = common::calendar();
    let route = |who| {
        let facts = Facts {
            who: Some(who),
            child_status: Some(ChildStatus::None),
            topics: [Topic::Support].into_iter().collect(),
            ..Facts::default()
        };
        advise(&facts, &council.rules, council.counting(&calendar)).parts.get(Topic::Support).copied()
    };
    assert_eq!((route(Who::Parent), route(Who::CareLeaver)), (Some(Route::Corporate), Some(Route::Statutory)));
}
