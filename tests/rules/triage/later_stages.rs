//! Complaints that have been made: lateness on either side, pauses, refusals, and a month alone.

use super::{advice, at, has, told};
use putright_domain::guidance::{
    deadline::Deadline,
    signpost::SignpostId,
    triage::{
        Advice, Flag,
        Outcome::{self, AskStage, Challenge, EscalateCorporateStage2, EscalateStage2, Ombudsman, Wait},
        RefusalReason, StageReached,
    },
};
use serde_json::{Value, json};

/// The dates of a clock as they are printed: from, due, latest, and whether they are about.
fn dates(advice: &Advice, clock: &str) -> (String, String, String, bool) {
    let deadline = advice.deadlines.iter().find(|deadline| deadline.clock.id() == clock).unwrap();
    let Deadline { from, due, latest, about, .. } = *deadline;
    (from.to_string(), due.to_string(), latest.map(|day| day.to_string()).unwrap_or_default(), about)
}

fn shown(from: &str, due: &str, latest: &str, about: bool) -> (String, String, String, bool) {
    (from.to_owned(), due.to_owned(), latest.to_owned(), about)
}

fn clocks(advice: &Advice) -> Vec<&'static str> {
    advice.deadlines.iter().map(|deadline| deadline.clock.id()).collect()
}

#[test]
fn a_request_a_day_late_is_flagged_and_never_barred() {
    let late = |received: &str, sent: &str| {
        let facts = json!({ "stage_reached": "stage1_reply", "stage1_reply_received": received, "sent_date": sent });
        let advice = advice(facts);
        assert_eq!(advice.outcome, EscalateStage2);
        assert_eq!(has(&advice, Flag::LateRequest), has(&advice, Flag::GiveReason));
        has(&advice, Flag::LateRequest)
    };
    assert!(!late("2026-12-21", "2027-01-21"), "the last day is in time");
    assert!(late("2026-12-21", "2027-01-22"));
    // The limit that is shown counts from 1 December; it is called late only past the one from 31 December.
    assert!(!late("2026-12", "2027-01-29") && late("2026-12", "2027-02-01"));
}

#[test]
fn a_month_alone_is_counted_to_the_safe_side() {
    let request = advice(json!({ "stage_reached": "stage1_reply", "stage1_reply_received": "2026-12" }));
    // The person's own clock, from the first day.
    assert_eq!(dates(&request, "complainant.s2.request"), shown("2026-12-01", "2026-12-31", "", true));
    // The council's, from the last.
    let waiting =
        |sent: &str| advice(json!({ "stage_reached": "stage1_waiting", "stage1_sent": "2026-11", "sent_date": sent }));
    let in_time = waiting("2026-12-14");
    assert_eq!(dates(&in_time, "statutory.s1.response"), shown("2026-11-30", "2026-12-14", "2026-12-30", true));
    assert_eq!((in_time.outcome, told(&in_time).1), (Wait, String::new()));
    assert_eq!((waiting("2026-12-15").outcome, told(&waiting("2026-12-15")).1), (Wait, "ask_why_longer".to_owned()));
    assert!(has(&waiting("2026-12-30"), Flag::AskWhyLonger));
    let late = waiting("2026-12-31");
    assert_eq!((late.outcome, told(&late).1), (EscalateStage2, "council_late".to_owned()));
    assert!(!dates(&late, "statutory.s2.response").3, "the request is sent on a day that is known");
}

#[test]
fn what_hangs_on_a_month_is_about_as_well() {
    let waiting = |more: Value| {
        let mut facts = json!({ "stage_reached": "corporate_stage1_waiting", "sent_date": "2026-12-02" });
        facts.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        advice(facts)
    };
    let month = waiting(json!({ "stage1_sent": "2026-11" }));
    assert_eq!(dates(&month, "corporate.s1.ack"), shown("2026-11-30", "2026-12-07", "", true));
    assert_eq!(dates(&month, "corporate.s1.response"), shown("2026-12-07", "2026-12-21", "2027-01-07", true));
    let known = waiting(json!({ "stage1_sent": "2026-11", "acknowledged": "2026-12-01" }));
    assert_eq!(dates(&known, "corporate.s1.response"), shown("2026-12-01", "2026-12-15", "2026-12-31", false));
    let ack_in_a_month = waiting(json!({ "stage1_sent": "2026-11-02", "acknowledged": "2026-11" }));
    assert_eq!(dates(&ack_in_a_month, "corporate.s1.ack"), shown("2026-11-02", "2026-11-09", "", false));
    assert_eq!(dates(&ack_in_a_month, "corporate.s1.response"), shown("2026-11-30", "2026-12-14", "2026-12-30", true));
    // Today stands in for a day of asking that is not known.
    assert_eq!(dates(&waiting(json!({})), "corporate.s1.ack"), shown("2026-12-02", "2026-12-09", "", false));
}

#[test]
fn a_missing_date_gives_no_clock_and_no_lateness() {
    for stage in ["stage1_waiting", "stage2_waiting", "stage3_waiting"] {
        let advice = advice(json!({ "stage_reached": stage, "sent_date": "2026-12-17" }));
        assert_eq!((advice.outcome, clocks(&advice).len(), told(&advice).1), (Wait, 0, String::new()), "{stage}");
    }
    let reply = advice(json!({ "stage_reached": "stage1_reply", "sent_date": "2026-12-17" }));
    assert_eq!((reply.outcome, clocks(&reply)), (EscalateStage2, vec!["statutory.s2.response"]));
    let unsaid = advice(json!({ "stage_reached": "stage1_waiting", "stage1_sent": "2020-01-01" }));
    assert_eq!((unsaid.outcome, told(&unsaid).1), (Wait, String::new()), "today is not known");
}

#[test]
fn the_panel_is_late_after_thirty_days_and_its_report_and_answer_after_twenty_and_thirty() {
    let waiting = |dates: &[(&str, &str)], sent: &str| -> (Outcome, String) {
        let mut facts = json!({ "stage_reached": "stage3_waiting", "sent_date": sent });
        for (key, day) in dates {
            facts[*key] = json!(day);
        }
        let advice = advice(facts);
        assert_eq!(clocks(&advice).len(), dates.len(), "each date that is given shows its clock");
        (advice.outcome, told(&advice).1)
    };
    let said = |outcome: Outcome, flags: &str| (outcome, flags.to_owned());
    // No panel: the 30th working day from 1 October is 12 November.
    let asked = ("stage3_sent", "2026-10-01");
    assert_eq!(waiting(&[asked], "2026-11-12"), said(Wait, ""));
    assert_eq!(waiting(&[asked], "2026-11-13"), said(Ombudsman, "council_late"));
    // A panel without a report: 5 working days, and 20 as we read "as soon as it can".
    let met = ("panel_met", "2026-11-02");
    assert_eq!(waiting(&[asked, met], "2026-11-09"), said(Wait, ""));
    assert_eq!(waiting(&[asked, met], "2026-11-10"), said(Wait, "ask_why_longer"));
    assert_eq!(waiting(&[asked, met], "2026-11-30"), said(Wait, "ask_why_longer"));
    assert_eq!(waiting(&[met], "2026-12-01"), said(Ombudsman, "council_late"));
    // A report without an answer: 15 and 30. It means that the panel has met, whatever is known of that.
    let report = ("panel_report_received", "2026-11-09");
    for dates in [&[report][..], &[asked, report], &[asked, met, report]] {
        assert_eq!(waiting(dates, "2026-11-30"), said(Wait, ""));
        assert_eq!(waiting(dates, "2026-12-01"), said(Wait, "ask_why_longer"));
        assert_eq!(waiting(dates, "2026-12-21"), said(Wait, "ask_why_longer"));
        assert_eq!(waiting(dates, "2026-12-22"), said(Ombudsman, "council_late"));
    }
}

#[test]
fn the_ombudsman_is_late_only_past_a_year_however_a_month_is_read() {
    let asked = |aware: &str, sent: &str| {
        let advice = advice(json!({ "stage_reached": "stage3_reply", "aware_since": aware, "sent_date": sent }));
        assert!(advice.signposts.contains(SignpostId::Ombudsman));
        assert_ne!(has(&advice, Flag::OmbudsmanLate), has(&advice, Flag::ContactBefore12Months));
        (has(&advice, Flag::OmbudsmanLate), dates(&advice, "ombudsman.contact"))
    };
    assert_eq!(asked("2026-01-08", "2027-01-08"), (false, shown("2026-01-08", "2027-01-08", "", false)));
    assert!(asked("2026-01-08", "2027-01-09").0);
    assert_eq!(asked("2026-01", "2027-01-31"), (false, shown("2026-01-01", "2027-01-01", "", true)));
    assert!(asked("2026-01", "2027-02-01").0);
}

#[test]
fn what_is_paused_is_never_late() {
    for stage in StageReached::IDS {
        for (response, reason) in [
            ("paused", json!(null)),
            ("refused_all", json!("court_or_police")),
            ("refused_stage2", json!("court_or_police")),
            ("refused_stage3", json!("court_or_police")),
        ] {
            let mut facts = json!({
                "stage_reached": stage, "council_response": response, "refusal_reason": reason,
                "sent_date": "2027-06-01", "aware_since": "2026-09-01", "topics": ["support"], "child_status": "in_need",
            });
            for date in ["stage1_sent", "stage2_sent", "stage3_sent", "stage1_reply_received", "acknowledged"] {
                facts[date] = json!("2026-10-01");
            }
            let advice = advice(facts);
            assert!(advice.is_paused());
            assert_eq!(told(&advice).1, "may_be_paused contact_before_12_months resubmit_within_a_year", "{stage}");
            assert_eq!((told(&advice).0.as_str(), clocks(&advice)), ("LGSCO", vec!["ombudsman.contact"]), "{stage}");
        }
    }
}

#[test]
fn an_escalation_never_counts_from_an_acknowledgement() {
    let acknowledged = |more: Value| {
        let mut facts = json!({ "sent_date": "2027-01-04", "acknowledged": "2026-11-04", "topics": ["records_wrong"] });
        facts.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        advice(facts)
    };
    let from_last_day = shown("2027-01-11", "2027-02-08", "2027-03-08", false);
    let late = acknowledged(json!({ "stage_reached": "corporate_stage1_waiting", "stage1_sent": "2026-11-02" }));
    assert_eq!((late.outcome, has(&late, Flag::CouncilLate)), (EscalateCorporateStage2, true));
    assert_eq!(dates(&late, "corporate.s1.response").0, "2026-11-04");
    assert_eq!(dates(&late, "corporate.s2.response"), from_last_day);
    let reply = acknowledged(json!({ "stage_reached": "corporate_stage1_reply" }));
    assert_eq!(reply.outcome, EscalateCorporateStage2);
    assert_eq!(dates(&reply, "corporate.s2.response"), from_last_day);
    let both = json!(["support", "other_council_service"]);
    let wrong = acknowledged(json!({ "stage_reached": "corporate_stage1_reply", "topics": both }));
    assert_eq!((wrong.outcome, has(&wrong, Flag::WrongProcedure)), (Challenge, true));
    assert_eq!(dates(&wrong, "corporate.s2.response"), from_last_day);
    // Where the stage is not known, the answer may be on its way.
    let not_known = acknowledged(json!({ "stage_reached": "not_known", "stage1_sent": "2026-11-02" }));
    assert_eq!((not_known.outcome, has(&not_known, Flag::WhichProcedureAsk)), (AskStage, true));
    assert_eq!(dates(&not_known, "corporate.s1.response").0, "2026-11-04");
    // Nor does a first complaint.
    let first = acknowledged(json!({}));
    assert_eq!(dates(&first, "corporate.s1.response").0, "2027-01-11");
}

#[test]
fn a_refusal_is_challenged_by_its_reason() {
    for reason in RefusalReason::IDS.iter().filter(|reason| **reason != "court_or_police") {
        for response in ["refused_all", "refused_stage2", "refused_stage3"] {
            let advice = advice(json!({ "council_response": response, "refusal_reason": reason }));
            assert_eq!(advice.outcome, Challenge);
            assert!(has(&advice, Flag::from_id(&format!("refused_{reason}")).unwrap()), "{reason}");
            assert_eq!(has(&advice, Flag::FinishAllStages), response != "refused_all");
            assert!(advice.signposts.contains(SignpostId::Ombudsman) && clocks(&advice).is_empty());
        }
    }
    let unsaid = advice(json!({ "council_response": "refused_all" }));
    assert!(has(&unsaid, Flag::RefusedNoReason));
}

#[test]
fn the_general_procedure_for_help_to_a_child_is_challenged() {
    let used = |topics: Value| {
        let facts = json!({
            "council_response": "used_corporate", "topics": topics, "child_status": "in_need",
            "sent_date": "2027-01-04", "event_date": "2025-01-01",
        });
        advice(facts)
    };
    for topics in [json!([]), json!(["support"]), json!(["records_wrong", "nhs"])] {
        assert_eq!((used(topics.clone()).outcome, has(&used(topics), Flag::WrongProcedure)), (Challenge, true));
    }
    // Rightly used, it changes nothing: a first complaint, but nobody is told that it is over a year.
    let right = used(json!(["other_council_service"]));
    assert_eq!((right.outcome, told(&right)), (Outcome::CorporateStage1, (String::new(), String::new())));
    let replied = |stage: &str, topic: &str| {
        advice(json!({ "stage_reached": stage, "topics": [topic], "child_status": "in_need" })).outcome
    };
    assert_eq!(replied("corporate_stage1_reply", "support"), Challenge);
    assert_eq!(replied("corporate_stage2_reply", "support"), Challenge);
    assert_eq!(replied("corporate_stage1_reply", "records_wrong"), EscalateCorporateStage2);
    assert_eq!(replied("corporate_stage2_reply", "records_wrong"), Ombudsman);
}

#[test]
fn stage_two_has_two_clocks_where_the_council_counts_from_the_statement() {
    for stage in ["stage1_reply", "stage2_waiting"] {
        let facts = json!({ "stage_reached": stage, "statement_agreed": "2027-02-01", "sent_date": "2027-02-02" });
        for (council, counts) in [("westminster", true), ("kensington-and-chelsea", true), ("bromley", false)] {
            let advice = at(council, facts.clone());
            assert_eq!(has(&advice, Flag::TwoClocks), counts, "{council}");
            assert_eq!(clocks(&advice).contains(&"council.s2.investigation"), counts, "{council}");
        }
    }
}
