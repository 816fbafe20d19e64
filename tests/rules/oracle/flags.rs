//! Flags and signposts that come with people, topics, proceedings and times. They hold at every stage.

use super::{
    Given, Place, Said,
    clocks::{a_year_after, working_days_after},
};

/// The signpost and the further point that come with a topic. Family time, transport and school depend on more.
const WITH_TOPICS: [(&str, &[&str], &[&str]); 19] = [
    ("staff_dishonesty", &["SOCIAL_WORK_ENGLAND"], &[]),
    ("homeless_child", &["HOMELESS_CHILD"], &[]),
    ("housing", &["HOUSING"], &[]),
    ("age_assessment", &["LEGAL_ADVICE"], &[]),
    ("cp_conference", &["CP_CONFERENCE"], &[]),
    ("court_application", &["COURT"], &["ombudsman_not_court"]),
    ("court_evidence", &["COURT"], &["ombudsman_not_court", "council_may_decline"]),
    ("records_wrong", &["DATA_PROTECTION"], &["records_rectify"]),
    ("data_protection", &["DATA_PROTECTION"], &["council_first"]),
    ("carer_approval", &["IRM"], &["date_on_letter"]),
    ("childrens_home_or_agency", &["OFSTED"], &[]),
    ("ehc_plan_delay", &["SEND_TRIBUNAL"], &[]),
    ("ehc_plan_content", &["SEND_TRIBUNAL"], &["date_on_letter"]),
    ("school_admission", &["ADMISSION"], &["date_on_letter"]),
    ("school_exclusion", &["EXCLUSION"], &["date_on_letter"]),
    ("nhs", &["NHS"], &[]),
    ("adult_social_care", &["ADULT_SOCIAL_CARE"], &[]),
    ("police_conduct", &["POLICE_CONDUCT"], &[]),
    ("other_body", &["OTHER_BODY"], &[]),
];

/// Everything but what the stage brings.
pub fn people_and_topics(said: &mut Said, given: Given<'_>, place: Place) {
    topics(said, given);
    people(said, given);
    agreement(said, given);
    procedure(said, given);
    now(said, given);
    proceedings(said, given, place);
}

fn topics(said: &mut Said, given: Given<'_>) {
    let topic = |id: &str| given.has("topics", id);
    for (_, signposts, flags) in WITH_TOPICS.iter().filter(|(id, ..)| topic(id)) {
        said.signpost(signposts);
        said.flag(flags);
    }
    let in_care_or_unsaid = ["looked_after", "none", "not_known"].contains(&given.child_status());
    if topic("family_time") && in_care_or_unsaid && !given.truth("child_died") {
        said.signpost(&["COURT"]);
    }
    if topic("send_transport") && given.is("transport_issue", &["eligibility"]) {
        said.signpost(&["TRAVEL_APPEAL"]);
        said.flag(&["date_on_letter"]);
    } else if said.parts.get("send_transport") == Some(&"signpost") {
        said.signpost(&["SEND_TRANSPORT"]);
        said.flag(&["then_council"]);
    }
    if topic("school") {
        said.signpost(&[match given.text("school_type") {
            None | Some("maintained") => "SCHOOL_MAINTAINED",
            Some("academy") => "ACADEMY",
            Some("independent") => "SCHOOL_INDEPENDENT",
            Some("college") => "COLLEGE",
            Some("university") => "UNIVERSITY",
            Some(other) => panic!("no signpost for {other}"),
        }]);
    }
}

/// Adds those who can support the person.
fn people(said: &mut Said, given: Given<'_>) {
    let young_care_leaver = given.who(&["care_leaver"]) && !given.is("age_band", &["over-25"]);
    if given.who(&["child"]) || young_care_leaver {
        said.flag(&["advocate_offer"]);
        said.signpost(&["ADVOCACY"]);
    }
    if given.who(&["child"]) {
        said.signpost(&["CHILDLINE"]);
        if said.has_childrens_part() {
            said.flag(&["may_wait_for_advocate"]);
        }
    }
    let helped = ["looked_after", "care_leaver", "in_need"].contains(&given.child_status());
    if young_care_leaver || given.who(&["child", "advocate"]) && helped {
        said.signpost(&["HELP_AT_HAND"]);
    }
    let adults = ["parent", "parental_responsibility", "special_guardian", "kinship_carer", "relative"];
    if given.who(&adults) && said.has_childrens_part() {
        said.flag(&["adult_help"]);
        said.signpost(&["FAMILY_RIGHTS_GROUP"]);
    }
}

/// Adds the flags for an agreement that must be asked for.
fn agreement(said: &mut Said, given: Given<'_>) {
    let died = given.truth("child_died");
    if died {
        said.flag(&["bereaved"]);
    }
    if given.who(&["relative", "someone_else"]) && said.has_council_part() {
        said.flag(&["sufficient_interest_check"]);
        if given.acting_for("parent_agrees") != Some("yes") && !died {
            said.flag(&["parents_agreement"]);
        }
    }
    let for_a_child = given.who(&["relative", "someone_else", "advocate"]);
    if for_a_child && said.has_childrens_part() && given.acting_for("child_agrees") != Some("yes") && !died {
        said.flag(&["childs_view_needed"]);
    }
}

/// The question to put to the council: which procedure, and why?
fn procedure(said: &mut Said, given: Given<'_>) {
    let unsure = ["asked", "disabled", "none", "not_known"].contains(&given.child_status());
    let by_law = given.who(&["care_leaver", "adopter", "foster_carer"]);
    if said.has_part(&["council_decides"])
        || said.has_part(&["statutory"]) && unsure && !by_law
        || said.parts.get("concern_not_acted_on") == Some(&"statutory")
    {
        said.flag(&["which_procedure_ask"]);
    }
}

/// A child who may not be safe, and something that is about to happen.
fn now(said: &mut Said, given: Given<'_>) {
    if given.truth("safeguarding_worry") {
        said.flag(&["safeguarding_worry"]);
        let helpline = if given.who(&["child"]) { "CHILDLINE" } else { "NSPCC" };
        said.signpost(&["SAFEGUARDING", helpline]);
    }
    let upcoming = given.text("about_to_happen");
    let urgent = match upcoming {
        None => false,
        Some("today" | "not_known") => true,
        // A month counts from its first day. Without a day of sending nothing can be said to be near.
        Some(_) => given.sent().is_some_and(|sent| {
            let day = given.date("about_to_happen").unwrap().first;
            day <= working_days_after(sent, 10)
        }),
    };
    if urgent {
        said.flag(&["urgent"]);
    }
    let held = given.has("topics", "placement") || upcoming.is_some() && said.has_council_part();
    if held && !given.truth("child_died") {
        said.flag(&["ask_to_hold_decision"]);
    }
}

/// Adds the flags and signposts for proceedings elsewhere. If the council answers no part, there is nothing to pause.
fn proceedings(said: &mut Said, given: Given<'_>, place: Place) {
    let going_on = |ids: &[&str]| ids.iter().any(|id| given.has("proceedings", id));
    let pausing = ["court", "police", "tribunal", "disciplinary", "safeguarding_review", "legal_claim", "inquest"];
    let named = going_on(&["councillor_or_mp"]) && place == Place::Bromley;
    if (going_on(&pausing) || named) && said.has_council_part() {
        said.flag(&["may_be_paused", "resubmit_within_a_year"]);
    }
    if named && said.has_council_part() {
        said.signpost(&["COUNCILLOR_MP"]);
    }
    if going_on(&["court", "court_ended"]) {
        said.signpost(&["COURT"]);
        said.flag(&["ombudsman_not_court"]);
    }
    if going_on(&["police"]) {
        said.signpost(&["POLICE"]);
    }
    if going_on(&["tribunal"]) {
        said.signpost(&["TRIBUNAL"]);
    }
}

/// A first complaint about something over a year ago, never a bar: later than the same day a year on, 28 February for the
/// 29th. A month counts as its last day.
pub fn over_a_year(said: &mut Said, given: Given<'_>) {
    let (Some(event), Some(sent)) = (given.date("event_date"), given.sent()) else { return };
    if sent > a_year_after(event.last) && said.has_council_part() {
        said.flag(&["over_12_months", "give_reason"]);
    }
}
