//! Later stages: every stage with its dates, and with every answer of the council.

use super::{
    ROUTES, SENT, sent,
    trial::{Answers, at_every_council, matter, with_none},
};
use crate::{
    common::{COUNCILS, date, naive::Naive},
    oracle::clocks::{TABLE, a_year_after},
};
use putright_domain::{
    date::Date,
    guidance::triage::{CouncilResponse, Flag, Outcome, RefusalReason, StageReached, Topic, Who},
};

/// When something happened, against the clock that runs from it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Timing {
    Absent,
    /// The ordinary limit ends today.
    InTime,
    /// The ordinary limit ended on the working day before.
    PastDue,
    /// The longest ended on the working day before; where there is none, as `PastDue`.
    PastLatest,
    /// As `PastLatest`, but all that is known is the month.
    Month,
}

const TIMINGS: [Timing; 5] = [Timing::Absent, Timing::InTime, Timing::PastDue, Timing::PastLatest, Timing::Month];

/// A stage's own dates, and the clock that runs from each.
const DATES: [(&str, &[(&str, &str)]); 12] = [
    ("none", &[]),
    ("stage1_waiting", &[("stage1_sent", "statutory.s1.response")]),
    (
        "stage1_reply",
        &[("stage1_reply_received", "complainant.s2.request"), ("statement_agreed", "council.s2.investigation")],
    ),
    ("stage2_waiting", &[("stage2_sent", "statutory.s2.response"), ("statement_agreed", "council.s2.investigation")]),
    (
        "stage2_reply",
        &[
            ("stage2_reply_received", "complainant.s3.request"),
            ("panel_met", "statutory.s3.report"),
            ("panel_report_received", "statutory.s3.response"),
        ],
    ),
    (
        "stage3_waiting",
        &[
            ("stage3_sent", "statutory.s3.panel"),
            ("panel_met", "statutory.s3.report"),
            ("panel_report_received", "statutory.s3.response"),
        ],
    ),
    ("stage3_reply", &[("panel_report_received", "statutory.s3.response"), ("aware_since", "ombudsman.contact")]),
    ("corporate_stage1_waiting", &[("stage1_sent", "corporate.s1.ack"), ("acknowledged", "corporate.s1.response")]),
    ("corporate_stage1_reply", &[("acknowledged", "corporate.s1.response")]),
    ("corporate_stage2_waiting", &[("stage2_sent", "corporate.s2.ack"), ("acknowledged", "corporate.s2.response")]),
    ("corporate_stage2_reply", &[("acknowledged", "corporate.s2.response"), ("aware_since", "ombudsman.contact")]),
    ("not_known", &[("stage1_sent", "statutory.s1.response"), ("acknowledged", "corporate.s1.response")]),
];

/// The day on which a clock must have begun.
fn begun(clock: &str, timing: Timing) -> Option<String> {
    let (naive, sent) = (Naive::shipped(), date(SENT));
    let the_day_before = naive.before(sent, 1);
    let (_, due, latest) = TABLE.iter().find(|(known, ..)| *known == clock).unwrap();
    let start = |end: Date, days: u32| match clock {
        "ombudsman.contact" => date(&format!("{}{}", end.year() - 1, &end.to_string()[4..])),
        _ => naive.before(end, days),
    };
    let longest = start(the_day_before, longest_of(clock).or(*latest).unwrap_or(*due));
    match timing {
        Timing::Absent => None,
        Timing::InTime => Some(start(sent, *due).to_string()),
        Timing::PastDue => Some(start(the_day_before, *due).to_string()),
        Timing::PastLatest => Some(longest.to_string()),
        Timing::Month => Some(longest.to_string()[..7].to_owned()),
    }
}

/// "As soon as it can", in days.
fn longest_of(clock: &str) -> Option<u32> {
    match clock {
        "statutory.s3.report" => Some(20),
        "statutory.s3.response" => Some(30),
        _ => None,
    }
}

/// Every stage with its own dates in every timing, at each set of routes. People matter no more here than for a first complaint:
/// somebody for each flag is enough.
#[test]
fn every_stage_with_each_of_its_dates_is_decided_as_by_the_oracle() {
    assert_eq!(DATES.map(|row| row.0), StageReached::IDS);
    assert_eq!(a_year_after(date("2025-12-17")), date(SENT));
    let people = [None, Some("child"), Some("parent"), Some("relative")];
    let count = at_every_council(|trial| {
        for (stage, dated) in DATES {
            for code in 0..TIMINGS.len().pow(u32::try_from(dated.len()).unwrap()) {
                let mut answers = sent().with("child_status", "in_need").with("stage_reached", stage);
                let mut rest = code;
                for (key, clock) in dated {
                    answers.put(key, begun(clock, TIMINGS[rest % TIMINGS.len()]));
                    rest /= TIMINGS.len();
                }
                for topics in ROUTES {
                    answers.about(topics);
                    for who in people {
                        let advice = trial.hold(answers.put("who", who));
                        // Only with a date that is not known is somebody told to wait for a day that has been.
                        let first_is_known = code % TIMINGS.len() != 0;
                        let is_plain = advice.outcome == Outcome::Wait && !advice.flags.contains(Flag::AskWhyLonger);
                        let has_time = advice.deadlines.iter().any(|deadline| deadline.due >= date(SENT));
                        assert!(!is_plain || !first_is_known || has_time, "a wait for a day that has been: {advice:?}");
                    }
                }
            }
        }
    });
    let of_dates: usize = DATES.iter().map(|(_, dated)| TIMINGS.len().pow(u32::try_from(dated.len()).unwrap())).sum();
    assert_eq!(count, of_dates * ROUTES.len() * people.len() * COUNCILS.len());
    println!("{count} combinations");
}

/// Every stage with everything that the council can have answered and every reason, at each set of routes, before and after
/// the Ombudsman's year.
#[test]
fn every_answer_of_the_council_at_every_stage_is_decided_as_by_the_oracle() {
    let aware = [None, Some("2025-12-17"), Some("2025-12-16"), Some("2025-12"), Some("2025-11")];
    let count = at_every_council(|trial| {
        let mut answers =
            sent().with("child_status", "in_need").with("who", "parent").with("stage1_sent", "2026-10-01");
        for stage in with_none::<StageReached>() {
            for response in with_none::<CouncilResponse>() {
                for reason in with_none::<RefusalReason>() {
                    answers.put("stage_reached", stage).put("council_response", response).put("refusal_reason", reason);
                    for topics in ROUTES {
                        answers.about(topics);
                        for aware in aware {
                            let advice = trial.hold(answers.put("aware_since", aware));
                            assert!(!advice.is_paused() || !advice.flags.contains(Flag::CouncilLate), "{advice:?}");
                        }
                    }
                }
            }
        }
    });
    let answers = (CouncilResponse::ALL.len() + 1) * (RefusalReason::ALL.len() + 1);
    assert_eq!(count, (StageReached::ALL.len() + 1) * answers * ROUTES.len() * aware.len() * COUNCILS.len());
    println!("{count} combinations");
}

/// Every topic, for everybody, at every stage.
#[test]
fn each_topic_at_every_stage_is_decided_as_by_the_oracle() {
    let count = at_every_council(|trial| {
        let mut answers: Answers = sent();
        for stage in with_none::<StageReached>() {
            for who in with_none::<Who>() {
                answers.put("stage_reached", stage).put("who", who);
                for topic in Topic::IDS {
                    trial.hold(answers.about(&[matter(topic)]));
                }
            }
        }
    });
    assert_eq!(count, (StageReached::ALL.len() + 1) * (Who::ALL.len() + 1) * Topic::ALL.len() * COUNCILS.len());
    println!("{count} combinations");
}
