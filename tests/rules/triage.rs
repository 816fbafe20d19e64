//! First complaints: the rules worth a test of their own. Every combination is gone through in `combinations.rs`.

#![allow(clippy::unwrap_used, reason = "a test that stops has failed")]

mod later_stages;

use crate::common;
use putright_domain::{
    guidance::{
        signpost::SignpostId,
        triage::{Advice, CouncilRules, Facts, Flag, Outcome, ProcedureRoute, Topic, Who, advise},
    },
    id_enum::IdSet,
};
use serde_json::{Value, json};

/// The advice of a council on facts as they stand on the wire.
fn at(council: &str, facts: Value) -> Advice {
    let (council, calendar) = (common::council(council), common::calendar());
    let facts: Facts = serde_json::from_value(facts).unwrap();
    advise(&facts, &council.rules, council.counting(&calendar))
}

/// The same at a council whose list names neither transport nor councillors.
fn advice(facts: Value) -> Advice {
    at("westminster", facts)
}

fn has(advice: &Advice, flag: Flag) -> bool {
    advice.flags.contains(flag)
}

/// Returns the signposts and the flags, by their names on the wire.
fn told(advice: &Advice) -> (String, String) {
    let (signposts, flags): (&IdSet<SignpostId>, &IdSet<Flag>) = (&advice.signposts, &advice.flags);
    let signposts: Vec<_> = signposts.iter().map(SignpostId::id).collect();
    let flags: Vec<_> = flags.iter().map(Flag::id).collect();
    (signposts.join(" "), flags.join(" "))
}

const S: ProcedureRoute = ProcedureRoute::Statutory;
const C: ProcedureRoute = ProcedureRoute::Corporate;
const D: ProcedureRoute = ProcedureRoute::CouncilDecides;
const N: ProcedureRoute = ProcedureRoute::Signpost;

/// The topics by their names on the wire. Each has its routes for a known child, a child not known and none of these,
/// then its signposts and its flags.
const TOPICS: [(&str, [ProcedureRoute; 3], &str, &str); 39] = [
    ("staff_conduct", [S, S, D], "", ""),
    ("staff_dishonesty", [S, S, D], "SOCIAL_WORK_ENGLAND", ""),
    ("placement", [S, S, D], "", "ask_to_hold_decision"),
    ("assessment", [S, S, D], "", ""),
    ("support", [S, S, D], "", ""),
    ("short_breaks", [S, S, D], "", ""),
    ("visits_missed", [S, S, D], "", ""),
    ("family_time", [S, S, D], "", ""),
    ("delay", [S, S, D], "", ""),
    ("foster_support", [S, S, S], "", ""),
    ("special_guardianship_support", [S, S, S], "", ""),
    ("adoption_support", [S, S, S], "", ""),
    ("leaving_care", [S, S, S], "", ""),
    ("kinship_support", [S, S, S], "", ""),
    ("homeless_child", [S, S, S], "HOMELESS_CHILD", ""),
    ("age_assessment", [S, S, S], "LEGAL_ADVICE", ""),
    ("cp_enquiry", [D, D, D], "", "which_procedure_ask"),
    ("concern_not_acted_on", [S, D, D], "", "which_procedure_ask"),
    ("cp_conference", [C, C, C], "CP_CONFERENCE", ""),
    ("court_application", [S, S, S], "COURT", "ombudsman_not_court"),
    ("court_evidence", [C, C, C], "COURT", "ombudsman_not_court council_may_decline"),
    ("records_wrong", [D, D, D], "DATA_PROTECTION", "which_procedure_ask records_rectify"),
    ("carer_approval", [N, N, N], "IRM", "date_on_letter"),
    ("allegation_about_me", [C, C, C], "", ""),
    ("send_transport", [C, C, C], "", ""),
    ("school", [N, N, N], "SCHOOL_MAINTAINED", ""),
    ("school_admission", [N, N, N], "ADMISSION", "date_on_letter"),
    ("school_exclusion", [N, N, N], "EXCLUSION", "date_on_letter"),
    ("ehc_plan_not_given", [C, C, C], "", ""),
    ("ehc_plan_delay", [C, C, C], "SEND_TRIBUNAL", ""),
    ("ehc_plan_content", [N, N, N], "SEND_TRIBUNAL", "date_on_letter"),
    ("nhs", [N, N, N], "NHS", ""),
    ("housing", [S, N, N], "HOUSING", ""),
    ("adult_social_care", [N, N, N], "ADULT_SOCIAL_CARE", ""),
    ("police_conduct", [N, N, N], "POLICE_CONDUCT", ""),
    ("other_body", [N, N, N], "OTHER_BODY", ""),
    ("childrens_home_or_agency", [S, N, N], "OFSTED", ""),
    ("data_protection", [N, N, N], "DATA_PROTECTION", "council_first"),
    ("other_council_service", [C, C, C], "", ""),
];

#[test]
fn each_topic_has_its_routes_and_who_else_can_help() {
    assert_eq!(TOPICS.map(|row| row.0), Topic::IDS);
    let calendar = common::calendar();
    let council = common::council("westminster");
    let rules = CouncilRules { transport_to_provider_first: false, ..council.rules.clone() };
    for (name, routes, signposts, flags) in TOPICS {
        let topic = Topic::from_id(name).unwrap();
        for (status, route) in [Some("in_need"), Some("not_known"), Some("none"), None]
            .into_iter()
            .zip([routes[0], routes[1], routes[2], routes[1]])
        {
            let mut facts = json!({ "topics": [name], "who": "parent" });
            if let Some(status) = status {
                facts["child_status"] = json!(status);
            }
            let facts: Facts = serde_json::from_value(facts).unwrap();
            let advice = advise(&facts, &rules, council.counting(&calendar));
            assert_eq!(advice.parts.get(topic), Some(&route), "{name} {status:?}");
            assert_eq!(advice.is_for_the_council(), route != N, "{name} {status:?}");
        }
        // Nobody in particular, so that nothing comes with the person.
        let advice = advice(json!({ "topics": [name], "child_status": "in_need" }));
        assert_eq!(told(&advice), (signposts.to_owned(), flags.to_owned()), "{name}");
    }
}

#[test]
fn carers_and_children_keep_the_statutory_procedure_where_the_law_names_them() {
    let route = |who: &str, status: &str, topic: &str| {
        let advice = advice(json!({ "who": who, "child_status": status, "topics": [topic] }));
        *advice.parts.get(Topic::from_id(topic).unwrap()).unwrap()
    };
    for (topic, people) in [
        ("staff_conduct", "adopter foster_carer care_leaver"),
        ("support", "adopter foster_carer special_guardian kinship_carer care_leaver"),
        ("cp_enquiry", "child care_leaver"),
        ("concern_not_acted_on", "child care_leaver"),
        ("housing", "child care_leaver"),
        ("childrens_home_or_agency", "foster_carer care_leaver"),
    ] {
        for person in Who::IDS {
            let named = people.split(' ').any(|named| named == *person);
            assert_eq!(route(person, "none", topic) == S, named, "{topic} {person}");
        }
    }
    for (status, expected) in [("in_need", S), ("asked", S), ("looked_after", N), ("disabled", N), ("not_known", N)] {
        assert_eq!(route("parent", status, "housing"), expected, "{status}");
    }
}

/// For words alone.
#[test]
fn where_the_council_decides_each_topic_leans_one_way() {
    let statutory = ["placement", "assessment", "support", "short_breaks", "delay", "concern_not_acted_on"];
    for (name, routes, ..) in TOPICS.into_iter().filter(|(_, routes, ..)| routes.contains(&D)) {
        let lean = if statutory.contains(&name) { S } else { C };
        assert_eq!(Topic::from_id(name).unwrap().lean(), lean, "{name} {routes:?}");
    }
}

#[test]
fn the_question_which_procedure_is_put_where_councils_often_get_it_wrong() {
    let asked = |who: &str, status: Value, topic: &str| {
        has(&advice(json!({ "who": who, "child_status": status, "topics": [topic] })), Flag::WhichProcedureAsk)
    };
    for status in ["asked", "disabled", "not_known"] {
        assert!(asked("parent", json!(status), "support"), "{status}");
        assert!(!asked("foster_carer", json!(status), "support"), "{status}");
        assert!(!asked("parent", json!(status), "other_council_service"), "{status}");
    }
    assert!(asked("parent", Value::Null, "support") && !asked("care_leaver", Value::Null, "support"));
    assert!(!asked("parent", json!("in_need"), "support") && asked("parent", json!("in_need"), "cp_enquiry"));
    assert!(asked("foster_carer", json!("in_need"), "concern_not_acted_on"));
}

#[test]
fn who_complains_decides_who_stands_by_them() {
    let asked = |who: &str, status: &str, topic: &str| {
        told(&advice(json!({ "who": who, "child_status": status, "topics": [topic] })))
    };
    let told = |signposts: &str, flags: &str| (signposts.to_owned(), flags.to_owned());
    let general = "other_council_service";
    assert_eq!(
        asked("child", "in_need", "support"),
        told("CHILDLINE ADVOCACY HELP_AT_HAND", "advocate_offer may_wait_for_advocate")
    );
    assert_eq!(
        asked("child", "disabled", "support"),
        told("CHILDLINE ADVOCACY", "advocate_offer may_wait_for_advocate which_procedure_ask")
    );
    let relative = "sufficient_interest_check childs_view_needed adult_help parents_agreement";
    assert_eq!(asked("relative", "looked_after", "support"), told("FAMILY_RIGHTS_GROUP", relative));
    let someone_else = "sufficient_interest_check childs_view_needed parents_agreement";
    assert_eq!(asked("someone_else", "looked_after", "support"), told("", someone_else));
    assert_eq!(asked("advocate", "looked_after", "support"), told("HELP_AT_HAND", "childs_view_needed"));
    for carer in ["parent", "parental_responsibility", "special_guardian", "kinship_carer"] {
        assert_eq!(asked(carer, "looked_after", "support"), told("FAMILY_RIGHTS_GROUP", "adult_help"), "{carer}");
        assert_eq!(asked(carer, "looked_after", general), told("", ""), "{carer}");
    }
    // A council may refuse a general complaint of somebody without enough interest as well.
    assert_eq!(asked("relative", "in_need", general), told("", "sufficient_interest_check parents_agreement"));
    assert_eq!(asked("child", "in_need", general), told("CHILDLINE ADVOCACY HELP_AT_HAND", "advocate_offer"));
    assert_eq!(asked("advocate", "asked", general), told("", ""));
    let care_leaver = |band: &str| {
        let facts = json!({ "who": "care_leaver", "age_band": band, "topics": [general] });
        self::told(&advice(facts))
    };
    assert_eq!(care_leaver("18-25"), told("ADVOCACY HELP_AT_HAND", "advocate_offer"));
    assert_eq!(care_leaver("over-25"), told("", ""));
}

#[test]
fn the_court_is_named_for_family_time_where_it_can_decide() {
    let court = |facts: Value| advice(facts).signposts.contains(SignpostId::Court);
    for (status, named) in [("looked_after", true), ("none", true), ("not_known", true), ("in_need", false)] {
        assert_eq!(court(json!({ "topics": ["family_time"], "child_status": status })), named, "{status}");
        assert!(!court(json!({ "topics": ["family_time"], "child_status": status, "child_died": true })), "{status}");
    }
    assert!(court(json!({ "topics": ["family_time"] })));
    assert!(!court(json!({ "topics": ["family_time"], "who": "care_leaver" })));
}

#[test]
fn nobody_is_asked_for_agreement_where_it_was_given_or_where_the_child_has_died() {
    let flags = |more: Value| {
        let mut facts = json!({
            "who": "relative", "child_status": "looked_after", "topics": ["placement"], "about_to_happen": "today",
        });
        facts.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        told(&advice(facts)).1
    };
    let rest = "sufficient_interest_check";
    assert_eq!(
        flags(json!({})),
        format!("ask_to_hold_decision {rest} childs_view_needed urgent adult_help parents_agreement")
    );
    assert_eq!(
        flags(json!({ "acting_for": { "child_agrees": "yes", "parent_agrees": "yes" } })),
        format!("ask_to_hold_decision {rest} urgent adult_help")
    );
    assert_eq!(flags(json!({ "child_died": true })), format!("{rest} urgent adult_help bereaved"));
}

#[test]
fn what_is_going_on_elsewhere_pauses_only_what_the_council_answers() {
    let asked = |topic: &str, proceeding: &str| {
        told(&advice(json!({ "topics": [topic], "child_status": "in_need", "proceedings": [proceeding] })))
    };
    let told = |signposts: &str, flags: &str| (signposts.to_owned(), flags.to_owned());
    let paused = "may_be_paused resubmit_within_a_year";
    assert_eq!(asked("support", "court"), told("COURT", &format!("{paused} ombudsman_not_court")));
    assert_eq!(asked("support", "court_ended"), told("COURT", "ombudsman_not_court"));
    for quiet in ["disciplinary", "safeguarding_review", "legal_claim", "inquest"] {
        assert_eq!(asked("support", quiet), told("", paused), "{quiet}");
        assert_eq!(asked("nhs", quiet), told("NHS", ""), "{quiet}");
    }
    assert_eq!(asked("nhs", "court"), told("COURT NHS", "ombudsman_not_court"));
    assert_eq!(asked("support", "councillor_or_mp"), told("", ""), "not in this council's list");
    let listed = json!({ "topics": ["support"], "child_status": "in_need", "proceedings": ["councillor_or_mp"] });
    assert_eq!(self::told(&at("bromley", listed)), told("COUNCILLOR_MP", paused));
}

#[test]
fn what_happens_within_ten_working_days_is_urgent() {
    let urgent = |when: &str| {
        let facts = json!({ "sent_date": "2026-12-17", "topics": ["support"], "about_to_happen": when });
        let advice = advice(facts);
        assert!(has(&advice, Flag::AskToHoldDecision), "asked for whenever it is: {when}");
        has(&advice, Flag::Urgent)
    };
    // Christmas Day, the substitute for Boxing Day and New Year's Day do not count.
    assert!(urgent("2027-01-05") && !urgent("2027-01-06"));
    assert!(urgent("today") && urgent("not_known") && urgent("2026-12-17") && urgent("2026-11-30"));
    assert!(urgent("2027-01") && !urgent("2027-02"), "a month counts from its first day");
    let nothing_for_the_council = advice(json!({ "topics": ["nhs"], "about_to_happen": "today" }));
    assert!(has(&nothing_for_the_council, Flag::Urgent) && !has(&nothing_for_the_council, Flag::AskToHoldDecision));
}

#[test]
fn more_than_a_year_is_flagged_and_never_barred() {
    let over = |event: &str, sent: &str| {
        let advice = advice(json!({
            "topics": ["support"], "child_status": "in_need", "event_date": event, "sent_date": sent,
        }));
        assert_eq!(advice.outcome, Outcome::StatutoryStage1);
        assert_eq!(has(&advice, Flag::Over12Months), has(&advice, Flag::GiveReason));
        has(&advice, Flag::Over12Months)
    };
    assert!(!over("2026-01-08", "2027-01-08") && over("2026-01-08", "2027-01-09"));
    assert!(!over("2028-02-29", "2029-02-28") && over("2028-02-29", "2029-03-01"));
    assert!(!over("2026-02", "2027-02-28") && over("2026-02", "2027-03-01"), "a month counts as its last day");
    assert!(!over("2028-02", "2029-02-28") && over("2028-02", "2029-03-01"));
    let elsewhere = advice(json!({ "topics": ["nhs"], "event_date": "2025-01-01", "sent_date": "2027-01-09" }));
    assert!(!has(&elsewhere, Flag::Over12Months));
}

#[test]
fn a_worry_about_a_child_is_never_only_a_topic() {
    let asked = |who: Option<&str>| told(&advice(json!({ "safeguarding_worry": true, "who": who, "topics": ["nhs"] })));
    let told = |signposts: &str, flags: &str| (signposts.to_owned(), flags.to_owned());
    assert_eq!(asked(Some("parent")), told("SAFEGUARDING NSPCC NHS", "safeguarding_worry"));
    assert_eq!(asked(None), told("SAFEGUARDING NSPCC NHS", "safeguarding_worry"));
    assert_eq!(asked(Some("child")), told("SAFEGUARDING CHILDLINE ADVOCACY NHS", "advocate_offer safeguarding_worry"));
}

#[test]
fn where_the_council_decides_the_clocks_of_both_procedures_are_shown() {
    let advice = advice(json!({ "topics": ["records_wrong"], "sent_date": "2027-01-04" }));
    assert_eq!(advice.outcome, Outcome::CouncilDecides);
    let clocks: Vec<&str> = advice.deadlines.iter().map(|deadline| deadline.clock.id()).collect();
    assert_eq!(clocks, ["council.s1.contact", "statutory.s1.response", "corporate.s1.ack", "corporate.s1.response"]);
}
