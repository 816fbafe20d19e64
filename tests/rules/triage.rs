//! Rules worth a test of their own. Every combination is gone through in `combinations.rs`.

#![allow(clippy::unwrap_used, reason = "a test that stops has failed")]

use crate::common::{self, date};
use putright::domain::guidance::triage::{ChildStatus, Facts, Flag, Outcome, Route, StageReached, Topic, Who, advise};

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
