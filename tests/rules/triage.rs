//! Rules worth a test of their own. Every combination is gone through in `combinations.rs`.

#![allow(clippy::unwrap_used, reason = "a test that stops has failed")]

use crate::common::{self, date};
use putright::domain::{
    guidance::{
        signpost::SignpostId,
        triage::{
            Advice,
            ChildStatus::{self, InNeed, LookedAfter},
            CouncilRules, Facts, Flag, Outcome, Proceeding, Route, StageReached, Topic, Who, advise,
        },
    },
    vocabulary::IdSet,
};

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

/// Who can look at each topic, by its name on the wire: its route, who else is named, and what else is to be known.
const TOPICS: [(&str, Route, &str, &str); 29] = [
    ("staff_conduct", Route::Statutory, "", ""),
    ("staff_dishonesty", Route::Statutory, "SOCIAL_WORK_ENGLAND", ""),
    ("placement", Route::Statutory, "", "ask_to_hold_decision"),
    ("assessment", Route::Statutory, "", ""),
    ("support", Route::Statutory, "", ""),
    ("short_breaks", Route::Statutory, "", ""),
    ("visits_missed", Route::Statutory, "", ""),
    ("family_time", Route::Statutory, "", ""),
    ("delay", Route::Statutory, "", ""),
    ("foster_support", Route::Statutory, "", ""),
    ("special_guardianship_support", Route::Statutory, "", ""),
    ("adoption_support", Route::Statutory, "", ""),
    ("leaving_care", Route::Statutory, "", ""),
    ("cp_conference", Route::Corporate, "CP_CONFERENCE", ""),
    ("court_evidence", Route::Signpost, "COURT", ""),
    ("send_transport", Route::Corporate, "", ""),
    ("school", Route::Signpost, "SCHOOL_MAINTAINED", ""),
    ("school_admission", Route::Signpost, "ADMISSION", "date_on_letter"),
    ("school_exclusion", Route::Signpost, "EXCLUSION", "date_on_letter"),
    ("ehc_plan_delay", Route::Corporate, "SEND_TRIBUNAL", ""),
    ("ehc_plan_content", Route::Signpost, "SEND_TRIBUNAL", "date_on_letter"),
    ("nhs", Route::Signpost, "NHS", ""),
    ("housing", Route::Signpost, "HOUSING", ""),
    ("adult_social_care", Route::Signpost, "ADULT_SOCIAL_CARE", ""),
    ("police_conduct", Route::Signpost, "POLICE_CONDUCT", ""),
    ("other_body", Route::Signpost, "OTHER_BODY", ""),
    ("childrens_home_or_agency", Route::Signpost, "OFSTED", ""),
    ("data_protection", Route::Signpost, "DATA_PROTECTION", "council_first"),
    ("other_council_service", Route::Corporate, "", ""),
];

/// The advice for a topic to somebody who says no more than this.
fn about(topic: Topic, facts: Facts) -> Advice {
    let calendar = common::calendar();
    let council = common::council("westminster");
    let rules = CouncilRules { transport_to_provider_first: false, ..council.rules };
    advise(&Facts { topics: [topic].into_iter().collect(), ..facts }, &rules, council.counting(&calendar))
}

/// Who else can help and what else to know, by their names on the wire.
fn told(advice: &Advice) -> (String, String) {
    let (signposts, flags): (&IdSet<SignpostId>, &IdSet<Flag>) = (&advice.signposts, &advice.flags);
    let signposts: Vec<_> = signposts.iter().map(SignpostId::id).collect();
    let flags: Vec<_> = flags.iter().map(Flag::id).collect();
    (signposts.join(" "), flags.join(" "))
}

#[test]
fn each_topic_has_its_route_and_who_else_can_help() {
    assert_eq!(TOPICS.len(), Topic::ALL.len());
    for (name, route, signpost, flag) in TOPICS {
        let topic = *Topic::ALL.iter().find(|topic| topic.id() == name).unwrap();
        let who = Some(Who::Parent);
        let advice = about(topic, Facts { who, child_status: Some(InNeed), ..Facts::default() });
        assert_eq!(advice.parts.get(topic), Some(&route), "{name}");
        assert_eq!(told(&advice), (signpost.to_owned(), flag.to_owned()), "{name}");
        assert_eq!(advice.is_for_the_council(), route != Route::Signpost, "{name}");
    }
}

#[test]
fn who_complains_decides_who_stands_by_them() {
    let asked = |who, child_status, topic| {
        let facts = Facts { who: Some(who), child_status: Some(child_status), ..Facts::default() };
        told(&about(topic, facts))
    };
    let told = |signposts: &str, flags: &str| (signposts.to_owned(), flags.to_owned());
    // A statutory part: a child may wait for an advocate, who asks for a child says what the child wants.
    assert_eq!(
        asked(Who::Child, InNeed, Topic::Support),
        told("CHILDLINE ADVOCACY", "advocate_offer may_wait_for_advocate")
    );
    assert_eq!(
        asked(Who::Child, LookedAfter, Topic::Support),
        told("CHILDLINE ADVOCACY HELP_AT_HAND", "advocate_offer may_wait_for_advocate")
    );
    assert_eq!(
        asked(Who::Relative, LookedAfter, Topic::Support),
        told("", "sufficient_interest_check childs_view_needed")
    );
    assert_eq!(asked(Who::Advocate, LookedAfter, Topic::Support), told("HELP_AT_HAND", "childs_view_needed"));
    assert_eq!(asked(Who::Parent, LookedAfter, Topic::Support), told("", ""));
    // None: neither.
    assert_eq!(asked(Who::Child, InNeed, Topic::OtherCouncilService), told("CHILDLINE ADVOCACY", "advocate_offer"));
    assert_eq!(asked(Who::Relative, InNeed, Topic::OtherCouncilService), told("", ""));
    assert_eq!(asked(Who::Advocate, InNeed, Topic::OtherCouncilService), told("", ""));
    assert_eq!(
        asked(Who::CareLeaver, InNeed, Topic::OtherCouncilService),
        told("ADVOCACY HELP_AT_HAND", "advocate_offer")
    );
}

#[test]
fn what_is_going_on_elsewhere_pauses_only_what_the_council_answers() {
    let asked = |topic, proceeding| {
        let facts = Facts { proceedings: [proceeding].into_iter().collect(), ..Facts::default() };
        told(&about(topic, facts))
    };
    let told = |signposts: &str, flags: &str| (signposts.to_owned(), flags.to_owned());
    assert_eq!(asked(Topic::Support, Proceeding::Court), told("COURT", "may_be_paused"));
    assert_eq!(asked(Topic::Support, Proceeding::Disciplinary), told("", "may_be_paused"));
    assert_eq!(asked(Topic::Housing, Proceeding::Court), told("COURT HOUSING", ""));
    assert_eq!(asked(Topic::Housing, Proceeding::Disciplinary), told("HOUSING", ""));
    assert_eq!(asked(Topic::Housing, Proceeding::CouncillorOrMp), told("HOUSING", ""));
    assert_eq!(asked(Topic::Support, Proceeding::CouncillorOrMp), told("", ""), "not in this council's list");
}
