//! Later stages, in the order in which they are decided.

use super::{
    Place, Said,
    clocks::{Dates, a_year_after, corporate, line, working_days_after},
    first_complaint,
};

/// The reasons of a refusal that is answered with a letter. Another court or the police is a pause.
const REFUSED: [(&str, &str); 9] = [
    ("late", "refused_late"),
    ("request_late", "refused_request_late"),
    ("person", "refused_person"),
    ("consent", "refused_consent"),
    ("not_in_need", "refused_not_in_need"),
    ("nothing_more", "refused_nothing_more"),
    ("early_referral", "refused_early_referral"),
    ("not_this_procedure", "refused_not_this_procedure"),
    ("no_reason", "refused_no_reason"),
];

pub fn decide(said: &mut Said, dates: Dates<'_>, stage: &str, response: &str) {
    let refused = ["refused_all", "refused_stage2", "refused_stage3"].contains(&response);
    let reason = dates.given.text("refusal_reason").unwrap_or("no_reason");
    let used_corporate = response == "used_corporate" && (said.parts.is_empty() || said.has_childrens_part());
    let answered_as_corporate =
        ["corporate_stage1_reply", "corporate_stage2_reply"].contains(&stage) && said.has_part(&["statutory"]);
    let mut paused = false;
    if response == "paused" || refused && reason == "court_or_police" {
        paused = true;
        said.outcome = Some("wait");
        said.flag(&["may_be_paused", "resubmit_within_a_year"]);
    } else if refused {
        said.outcome = Some("challenge");
        said.flag(&[REFUSED.iter().find(|(known, _)| *known == reason).unwrap().1]);
        if response != "refused_all" {
            said.flag(&["finish_all_stages"]);
        }
    } else if used_corporate || answered_as_corporate {
        said.outcome = Some("challenge");
        said.flag(&["wrong_procedure"]);
        if stage == "corporate_stage1_reply" && said.has_part(&["corporate"]) {
            said.show(corporate("2", dates.given.date("sent_date"), None));
        }
    } else if stage == "none" {
        // What the council did changes nothing: a first complaint after all, but nobody is told that it is over a year.
        first_complaint(said, dates);
    } else {
        said.outcome = Some(at(said, dates, stage));
    }
    if paused || matches!(said.outcome, Some("ombudsman" | "challenge")) {
        ombudsman(said, dates);
    }
}

/// The Ombudsman can be asked: free, and within a year of knowing. Told to be late only when the year is past however the
/// month is read.
fn ombudsman(said: &mut Said, dates: Dates<'_>) {
    said.signpost(&["LGSCO"]);
    let Some(aware) = dates.given.date("aware_since") else { return };
    said.show(line("ombudsman.contact", Some(aware)));
    let past = dates.is_past(a_year_after(aware.last));
    said.flag(&[if past { "ombudsman_late" } else { "contact_before_12_months" }]);
}

/// The outcome of a stage, with its flags and clocks.
fn at(said: &mut Said, dates: Dates<'_>, stage: &str) -> &'static str {
    match stage {
        "not_known" => not_known(said, dates),
        "stage1_waiting" => {
            said.show(dates.from("statutory.s1.response", "stage1_sent"));
            let outcome = waiting(said, dates, "statutory.s1.response", "escalate_stage2");
            if outcome == "escalate_stage2" {
                said.show(dates.from("statutory.s2.response", "sent_date"));
            }
            outcome
        }
        "stage1_reply" => {
            request(said, dates, "complainant.s2.request", "stage1_reply_received");
            said.show(dates.from("statutory.s2.response", "sent_date"));
            councils_own_count(said, dates);
            "escalate_stage2"
        }
        "stage2_waiting" => {
            said.show(dates.from("statutory.s2.response", "stage2_sent"));
            councils_own_count(said, dates);
            waiting(said, dates, "statutory.s2.response", "ombudsman")
        }
        "stage2_reply" => {
            request(said, dates, "complainant.s3.request", "stage2_reply_received");
            said.show(dates.from("statutory.s3.panel", "sent_date"));
            said.show(dates.from("statutory.s3.report", "panel_met"));
            said.show(dates.from("statutory.s3.response", "panel_report_received"));
            "escalate_stage3"
        }
        "stage3_waiting" => panel(said, dates),
        "stage3_reply" => {
            said.show(dates.from("statutory.s3.response", "panel_report_received"));
            "ombudsman"
        }
        "corporate_stage1_waiting" => {
            corporate_waiting(said, dates, "1", "stage1_sent");
            let outcome = waiting(said, dates, "corporate.s1.response", "escalate_corporate_stage2");
            if outcome == "escalate_corporate_stage2" {
                said.show(corporate("2", dates.given.date("sent_date"), None));
            }
            outcome
        }
        "corporate_stage2_waiting" => {
            corporate_waiting(said, dates, "2", "stage2_sent");
            waiting(said, dates, "corporate.s2.response", "ombudsman")
        }
        "corporate_stage1_reply" => {
            said.show(corporate("2", dates.given.date("sent_date"), None));
            "escalate_corporate_stage2"
        }
        "corporate_stage2_reply" => "ombudsman",
        _ => panic!("no row for {stage}"),
    }
}

/// Ask the council. Never a first complaint.
fn not_known(said: &mut Said, dates: Dates<'_>) -> &'static str {
    said.flag(&["which_procedure_ask"]);
    let asked = dates.given.date("stage1_sent");
    if asked.is_some() {
        said.show(line("statutory.s1.response", asked));
        said.show(corporate("1", asked, dates.given.date("acknowledged")));
    }
    "ask_stage"
}

/// Waiting for an answer whose clock is shown already: past its latest day, past its ordinary one, or neither. No clock, no
/// lateness.
fn waiting(said: &mut Said, dates: Dates<'_>, clock: &str, when_late: &'static str) -> &'static str {
    let Some(line) = said.deadlines.iter().find(|line| line.clock == clock).copied() else { return "wait" };
    if dates.is_past(line.latest.unwrap()) {
        said.flag(&["council_late"]);
        return when_late;
    }
    if dates.is_past(line.due) {
        said.flag(&["ask_why_longer"]);
    }
    "wait"
}

/// Both clocks of the stage; today stands in for a day of asking that is not known.
fn corporate_waiting(said: &mut Said, dates: Dates<'_>, stage: &str, asked: &str) {
    let asked = dates.given.date(asked).or(dates.given.date("sent_date"));
    said.show(corporate(stage, asked, dates.given.date("acknowledged")));
}

/// The person's own clock for the next stage, which is soft. Told to be late only when it is past however a month is read.
fn request(said: &mut Said, dates: Dates<'_>, clock: &str, answered: &str) {
    said.show(dates.from(clock, answered));
    let last_day = dates.given.date(answered).map(|answered| working_days_after(answered.last, 20));
    if last_day.is_some_and(|day| dates.is_past(day)) {
        said.flag(&["late_request", "give_reason"]);
    }
}

/// Stage 2 counted as the council counts it, beside the law's count.
fn councils_own_count(said: &mut Said, dates: Dates<'_>) {
    if dates.place == Place::BiBorough && dates.given.date("statement_agreed").is_some() {
        said.show(dates.from("council.s2.investigation", "statement_agreed"));
        said.flag(&["two_clocks"]);
    }
}

/// The panel: it meets, it reports, the council answers. A report means that the panel has met. "As soon as it can" is read
/// as 20 and 30 working days.
fn panel(said: &mut Said, dates: Dates<'_>) -> &'static str {
    let [asked, met, reported] = ["stage3_sent", "panel_met", "panel_report_received"].map(|key| dates.given.date(key));
    said.show(line("statutory.s3.panel", asked));
    said.show(line("statutory.s3.report", met));
    said.show(line("statutory.s3.response", reported));
    let (from, due, late) = match (asked, met, reported) {
        (_, _, Some(reported)) => (reported, 15, 30),
        (_, Some(met), None) => (met, 5, 20),
        (Some(asked), None, None) => (asked, 30, 30),
        (None, None, None) => return "wait",
    };
    if dates.is_past(working_days_after(from.last, late)) {
        said.flag(&["council_late"]);
        return "ombudsman";
    }
    if dates.is_past(working_days_after(from.last, due)) {
        said.flag(&["ask_why_longer"]);
    }
    "wait"
}
