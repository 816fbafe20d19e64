//! Topics and their routes.
//!
//! A topic's route hangs on the child. *Known* is a child who had help, was in care, is a care leaver or is disabled,
//! or for whose help somebody asked. A care leaver who complains is always known. The others are *not known*, or *none*
//! of these.

use super::{Given, Place};

/// A row of the table.
struct Row {
    topics: &'static [&'static str],
    /// Known, not known, none.
    columns: [&'static str; 3],
    /// The people who have a statutory route, whatever the column.
    statutory_for: &'static [&'static str],
    /// The kinds of child that make the route statutory, whatever the column.
    statutory_with: &'static [&'static str],
}

const fn row(topics: &'static [&'static str], columns: [&'static str; 3]) -> Row {
    Row { topics, columns, statutory_for: &[], statutory_with: &[] }
}

const fn same(topics: &'static [&'static str], route: &'static str) -> Row {
    row(topics, [route; 3])
}

impl Row {
    const fn statutory_for(self, statutory_for: &'static [&'static str]) -> Self {
        Self { statutory_for, ..self }
    }
}

const TABLE: [Row; 15] = [
    row(
        &["staff_conduct", "staff_dishonesty", "visits_missed", "placement", "assessment", "family_time"],
        ["statutory", "statutory", "council_decides"],
    )
    .statutory_for(&["adopter", "foster_carer"]),
    row(&["support", "short_breaks", "delay"], ["statutory", "statutory", "council_decides"]).statutory_for(&[
        "adopter",
        "foster_carer",
        "special_guardian",
        "kinship_carer",
    ]),
    same(
        &[
            "foster_support",
            "special_guardianship_support",
            "adoption_support",
            "leaving_care",
            "kinship_support",
            "homeless_child",
            "age_assessment",
        ],
        "statutory",
    ),
    same(&["cp_enquiry"], "council_decides").statutory_for(&["child", "care_leaver"]),
    row(&["concern_not_acted_on"], ["statutory", "council_decides", "council_decides"]).statutory_for(&["child"]),
    same(&["cp_conference"], "corporate"),
    same(&["court_application"], "statutory"),
    same(&["court_evidence"], "corporate"),
    same(&["records_wrong"], "council_decides"),
    same(&["carer_approval"], "signpost"),
    row(&["childrens_home_or_agency"], ["statutory", "signpost", "signpost"]).statutory_for(&["foster_carer"]),
    Row {
        statutory_with: &["in_need", "asked"],
        ..same(&["housing"], "signpost").statutory_for(&["child", "care_leaver"])
    },
    same(&["allegation_about_me", "ehc_plan_not_given", "ehc_plan_delay", "other_council_service"], "corporate"),
    // Its details decide: see `transport`.
    same(&["send_transport"], ""),
    same(
        &[
            "school",
            "school_admission",
            "school_exclusion",
            "ehc_plan_content",
            "nhs",
            "adult_social_care",
            "police_conduct",
            "other_body",
            "data_protection",
        ],
        "signpost",
    ),
];

/// Every topic, in the order of the table.
pub fn topics() -> impl Iterator<Item = &'static str> {
    TABLE.iter().flat_map(|row| row.topics).copied()
}

/// A topic's name as the table has it.
pub fn name(topic: &str) -> &'static str {
    topics().find(|known| *known == topic).unwrap_or_else(|| panic!("no row for {topic}"))
}

/// The route of one topic.
pub fn route(topic: &str, given: Given<'_>, place: Place) -> &'static str {
    if topic == "send_transport" {
        return transport(given, place);
    }
    let row = TABLE.iter().find(|row| row.topics.contains(&topic)).unwrap();
    let status = given.child_status();
    if given.who(row.statutory_for) || row.statutory_with.contains(&status) {
        return "statutory";
    }
    let known = ["in_need", "looked_after", "care_leaver", "asked", "disabled"].contains(&status);
    let column = match status {
        _ if known || given.who(&["care_leaver"]) => 0,
        "not_known" => 1,
        "none" => 2,
        _ => panic!("no column for {status}"),
    };
    row.columns[column]
}

/// An appeal where it is about who gets help. About the service: the provider first where the council's list says so and it
/// has not been told; otherwise the council. Without an answer it is about the service, and the provider has not been told.
fn transport(given: Given<'_>, place: Place) -> &'static str {
    let provider_first = place == Place::Bromley && !given.truth("told_provider");
    if given.is("transport_issue", &["eligibility"]) || provider_first { "signpost" } else { "corporate" }
}
