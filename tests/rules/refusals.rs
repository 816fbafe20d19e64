//! Complaints that the council refused, closed, paused or put into another procedure, and those whose stage is not known.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use std::collections::BTreeSet;

use crate::{
    common::{drive, model, session_in},
    progress::sent,
};
use putright_app::view_model::{self, PageBody};
use putright_domain::{
    form::answer::{Field, FormInput},
    guidance::triage::{CouncilResponse, RefusalReason},
    messages::MessageId,
};

const TODAY: &str = "2026-12-17";

#[test]
fn unknown_stage_gives_a_letter_that_asks_for_it() {
    for register in ["adult", "12-17"] {
        let mut model = session_in(register, "bromley", TODAY);
        let answers =
            [("want", FormInput::choosing(["progress"])), ("stage_reached", FormInput::choosing(["not_known"]))];
        let body = sent(&mut model, &answers);
        assert_eq!(
            (&body["kind"], &body["guidance"]["outcome"]),
            (&"follow_up".into(), &"ask_stage".into()),
            "{register}"
        );
        assert_eq!(body["follow_up"]["asks_for"], "stage", "{register}");
        let question = model.bundle().content.word(MessageId::WhichProcedureQuestion).to_owned();
        assert!(body["points"][0]["what_happened"].as_str().unwrap().contains(&question), "{register}: {body}");
    }
}

/// Each refusal, each reason: a letter of its own in every register that asks, which goes to the council.
#[test]
fn every_refusal_has_a_letter_that_is_sent_to_the_council() {
    let mut titles = BTreeSet::new();
    for response in CouncilResponse::ALL.iter().filter(|response| **response != CouncilResponse::None) {
        for reason in RefusalReason::ALL {
            let mut model = model("bromley", TODAY);
            let answers = [
                ("want", FormInput::choosing(["progress"])),
                ("stage_reached", FormInput::choosing(["stopped"])),
                ("council_response", FormInput::choosing([response.id()])),
                ("refusal_reason", FormInput::choosing([reason.id()])),
                ("refusal_why", FormInput::default().with(Field::Text, "Because I was ill.")),
            ];
            let body = sent(&mut model, &answers);
            let outcome = body["guidance"]["outcome"].as_str().unwrap();
            let paused = *response == CouncilResponse::Paused
                || *response != CouncilResponse::UsedCorporate && *reason == RefusalReason::CourtOrPolice;
            assert_eq!(outcome, if paused { "wait" } else { "challenge" }, "{response:?} {reason:?}");
            assert_eq!(body["follow_up"]["council_response"], response.id());
            let letter = view_model::letter(&model).unwrap();
            assert!(!letter.text.contains(['{', '}']), "{letter:?}");
            let own_words = *response != CouncilResponse::UsedCorporate;
            assert_eq!(
                letter.text.contains("Because I was ill."),
                own_words,
                "{response:?} {reason:?}: {}",
                letter.text
            );
            titles.insert(letter.title);
        }
    }
    // A letter for each reason but that of courts and the police, one for a pause, one for the wrong procedure.
    assert_eq!(titles.len(), RefusalReason::ALL.len() - 1 + 2, "{titles:?}");
}

#[test]
fn paused_complaint_says_so_and_promises_no_date() {
    let mut model = model("bromley", TODAY);
    let answers = [
        ("want", FormInput::choosing(["progress"])),
        ("stage_reached", FormInput::choosing(["stopped"])),
        ("council_response", FormInput::choosing(["paused"])),
        ("aware_since", FormInput::choosing(["not_known"])),
    ];
    drive::to(&mut model, "progress", &answers);
    let PageBody::Progress(page) = view_model::page(&model).body else { panic!("not the page") };
    assert_eq!(page.title, model.bundle().content.word(MessageId::PausedTitle));
    assert!(page.moments.is_empty() && page.strip.is_none(), "today alone is no timeline");
    assert!(page.flags.iter().all(|flag| !flag.title.contains("late")), "{:?}", page.flags);
}

#[test]
fn wrong_procedure_letter_asks_for_general_stage_two_of_the_general_points_alone() {
    let letter = |topics: &[&str]| {
        let mut model = model("bromley", TODAY);
        let topics =
            FormInput { chosen: topics.iter().map(|topic| (*topic).to_owned()).collect(), ..FormInput::default() };
        let answers = [
            ("want", FormInput::choosing(["progress"])),
            ("stage_reached", FormInput::choosing(["corporate_stage1_reply"])),
            ("child_status", FormInput::choosing(["in_need"])),
            ("topics", topics),
        ];
        drive::to(&mut model, "progress", &answers);
        view_model::letter(&model).unwrap().text
    };
    let general = "please begin stage 2 of your general procedure";
    let mixed = letter(&["support", "ehc_plan_delay"]);
    assert!(mixed.contains("Children Act complaints procedure") && mixed.contains(general), "{mixed}");
    assert!(!letter(&["support"]).contains(general));
}
