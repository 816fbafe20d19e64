//! From answers to what the rules go by: nothing is guessed against a person.

use crate::common::date;
use putright_domain::{
    date::PartialDate,
    form::answer::{Answer, Answers, ApproximateDate},
    guidance::{
        time_limits::Milestone,
        triage::{
            AgeBand, Agreement, CouncilResponse, Facts, ParentAgreement, Proceeding, RefusalReason, StageReached,
            Topic, Upcoming, Who,
        },
    },
};
use serde_json::json;

const TODAY: &str = "2026-12-17";

fn facts(given: &[(&str, Answer)]) -> Facts {
    let mut answers = Answers::default();
    for (question, answer) in given {
        answers.set(question, answer.clone());
    }
    Facts::from_answers(&answers, date(TODAY))
}

fn one(option: &str) -> Answer {
    Answer::One(option.to_owned())
}

#[test]
fn what_was_answered_is_a_fact_and_nothing_else_is() {
    let nothing = facts(&[]);
    assert!(nothing == Facts { sent_date: Some(date(TODAY)), ..Facts::default() });
    let said = facts(&[
        ("who", one("advocate")),
        ("topics", Answer::Many(vec!["support".to_owned(), "not_known".to_owned()])),
        ("proceedings", Answer::Many(vec!["none".to_owned()])),
        ("told_provider", one("no")),
        ("late_reason", Answer::Text("I was ill".to_owned())),
        ("stage_reached", one("stage1_waiting")),
    ]);
    assert_eq!(
        (said.who, said.told_provider, said.late_reason.as_deref()),
        (Some(Who::Advocate), Some(false), Some("I was ill"))
    );
    assert_eq!(said.topics.iter().collect::<Vec<_>>(), [Topic::Support]);
    assert_eq!(said.proceedings.iter().collect::<Vec<Proceeding>>(), []);
    assert_eq!(said.stage_reached, Some(StageReached::Stage1Waiting));
    assert_eq!(facts(&[("told_provider", one("yes"))]).told_provider, Some(true));
    assert_eq!(facts(&[("told_provider", one("not_known"))]).told_provider, None);
}

#[test]
fn every_day_of_a_complaint_s_life_that_is_given_is_known() {
    for milestone in Milestone::ALL {
        let day = date("2026-03-05");
        let said = facts(&[(milestone.id(), Answer::When(ApproximateDate::Day { date: day }))]);
        for other in Milestone::ALL {
            let expected = (other == milestone).then_some(PartialDate::Day(day));
            assert_eq!(said.date_of(*other), expected, "{milestone:?} {other:?}");
        }
    }
}

#[test]
fn a_month_alone_stays_a_month_for_every_date() {
    for question in Milestone::IDS.iter().copied().chain(["event_date"]) {
        let happened = |when: ApproximateDate| {
            let facts = facts(&[(question, Answer::When(when))]);
            Milestone::from_id(question).map_or(facts.event_date, |milestone| facts.date_of(milestone))
        };
        assert_eq!(happened(ApproximateDate::Day { date: date("2026-03-05") }), PartialDate::parse_iso("2026-03-05"));
        assert_eq!(happened(ApproximateDate::Month { year: 2026, month: 2 }), PartialDate::parse_iso("2026-02"));
        assert_eq!(happened(ApproximateDate::About { words: "in spring".to_owned() }), None);
        assert_eq!(happened(ApproximateDate::NotKnown), None);
    }
}

#[test]
fn dates_on_the_wire_are_days_or_months_and_the_day_of_sending_is_a_day() {
    let read = |json: serde_json::Value| serde_json::from_value::<Facts>(json);
    let facts = read(json!({ "event_date": "2026-03", "stage1_sent": "2026-03-05", "about_to_happen": "2026-04" }));
    let facts = facts.unwrap();
    assert_eq!(
        (facts.event_date, facts.stage1_sent),
        (PartialDate::month(2026, 3), PartialDate::parse_iso("2026-03-05"))
    );
    assert_eq!(facts.about_to_happen, PartialDate::month(2026, 4).map(Upcoming::On));
    for wrong in [
        json!({ "sent_date": "2026-03" }),
        json!({ "event_date": "2026-13" }),
        json!({ "event_date": "March 2026" }),
        json!({ "about_to_happen": "soon" }),
        json!({ "an_unknown_key": true }),
    ] {
        assert!(read(wrong.clone()).is_err(), "{wrong}");
    }
}

#[test]
fn what_is_about_to_happen_is_today_a_day_a_month_or_not_known() {
    let upcoming = |chosen: &str, on: Option<ApproximateDate>| {
        let mut given = vec![("about_to_happen", one(chosen))];
        given.extend(on.map(|when| ("about_to_happen_on", Answer::When(when))));
        facts(&given).about_to_happen
    };
    assert_eq!(facts(&[]).about_to_happen, None);
    assert_eq!(upcoming("no", None), None);
    assert_eq!(upcoming("today", None), Some(Upcoming::Today));
    assert_eq!(upcoming("not_known", None), Some(Upcoming::NotKnown));
    assert_eq!(upcoming("on_a_day", None), Some(Upcoming::NotKnown));
    let day = ApproximateDate::Day { date: date("2026-12-20") };
    assert_eq!(upcoming("on_a_day", Some(day)), PartialDate::parse_iso("2026-12-20").map(Upcoming::On));
    let month = ApproximateDate::Month { year: 2027, month: 1 };
    assert_eq!(upcoming("on_a_day", Some(month)), PartialDate::month(2027, 1).map(Upcoming::On));
    assert_eq!(upcoming("on_a_day", Some(ApproximateDate::NotKnown)), Some(Upcoming::NotKnown));
}

#[test]
fn a_refusal_an_age_and_a_parents_agreement_are_facts() {
    let said = facts(&[
        ("who", one("care_leaver")),
        ("care_leaver_age", one("over-25")),
        ("parent_agrees", one("not_known")),
        ("council_response", one("refused_stage2")),
        ("refusal_reason", one("nothing_more")),
    ]);
    assert_eq!((said.who, said.age_band), (Some(Who::CareLeaver), Some(AgeBand::Over25)));
    assert_eq!(said.acting_for.parent_agrees, Some(ParentAgreement::NotKnown));
    assert_eq!(said.council_response, Some(CouncilResponse::RefusedStageTwo));
    assert_eq!(said.refusal_reason, Some(RefusalReason::NothingMore));
    assert!(!said.is_first_complaint() && facts(&[("council_response", one("none"))]).is_first_complaint());
}

#[test]
fn a_worry_and_a_death_are_facts_beside_what_they_are_chosen_with() {
    let topics = Answer::Many(vec!["placement".to_owned(), "safeguarding_worry".to_owned()]);
    let worried = facts(&[("topics", topics)]);
    assert!(worried.safeguarding_worry && !worried.child_died);
    assert_eq!(worried.topics.iter().collect::<Vec<_>>(), [Topic::Placement]);
    for question in ["child_status", "authority"] {
        let died = facts(&[(question, one("died"))]);
        assert!(died.child_died && !died.safeguarding_worry, "{question}");
        assert_eq!((died.child_status, died.acting_for.child_agrees), (None, None));
    }
}

#[test]
fn children_agree_where_all_do_else_it_is_what_the_first_says_who_does_not() {
    let agree = |said: &[&str]| {
        let ids = ["child_agrees", "child_agrees-2", "child_agrees-3"];
        let given: Vec<(&str, Answer)> = ids.into_iter().zip(said.iter().map(|option| one(option))).collect();
        facts(&given).acting_for.child_agrees
    };
    assert_eq!(agree(&[]), None);
    assert_eq!(agree(&["yes", "yes"]), Some(Agreement::Yes));
    assert_eq!(agree(&["yes", "no", "yes"]), Some(Agreement::No));
    assert_eq!(agree(&["cannot_say", "no"]), Some(Agreement::CannotSay));
}
