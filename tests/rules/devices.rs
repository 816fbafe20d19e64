//! Days, files and keys as devices give them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use putright_app::{
    Effect, Event, Focus, Model,
    attachments::FilesEvent,
    drafts::{DraftEffect, DraftEvent, DraftStore, Secret, StoredDraft},
    view_model::{self, CheckPage, PageBody},
};
use putright_domain::{
    delivery::{
        attachments::PickedFile,
        file_rules::Proof,
        response::{DeliveryError, Receipt, Response, evaluate_response},
    },
    form::answer::{Field, FormInput},
    messages::MessageId,
    route::Route,
};

use crate::common::{date, drive, model};

const TODAY: &str = "2026-11-30";

fn calendar(model: &mut Model) -> String {
    let commands = model.update(Event::SaveCalendar { reminders: false }, model.today());
    let Some(Effect::Save(file)) = commands.first() else { panic!("{commands:?}") };
    file.text.replace("\r\n ", "")
}

fn sent(reference: &str) -> Model {
    let mut model = model("bromley", TODAY);
    drive::to_check(&mut model, &[]);
    drive::send(&mut model, &"a".repeat(32));
    model.update(Event::Delivered(Ok(Receipt { reference: reference.into() })), date(TODAY));
    model.update(Event::Navigated(Route::Sent), date(TODAY));
    model
}

#[test]
fn calendar_before_sending_says_if_you_ask_today() {
    let mut model = model("bromley", TODAY);
    drive::to_check(&mut model, &[]);
    let file = calendar(&mut model);
    assert!(file.contains("If you ask today") && !file.contains("Sent on"), "{file}");
}

#[test]
fn calendar_of_a_sent_complaint_has_its_day_and_reference() {
    let file = calendar(&mut sent("K7M-2QX-HPA"));
    let events = file.matches("BEGIN:VEVENT").count();
    assert!(events > 1 && !file.contains("If you ask today"), "{file}");
    assert_eq!(file.matches("Your reference is K7M-2QX-HPA").count(), events, "{file}");
    assert_eq!(file.matches("Sent on Monday 30 November 2026").count(), events, "{file}");
    // A backend that gives no reference leaves the day and the telephone number: nobody reads out 32 digits.
    let file = calendar(&mut sent(""));
    assert!(!file.contains("aaaaaaaa") && file.matches("Sent on").count() == events, "{file}");
    assert_eq!(file.matches("Telephone number: ").count(), events, "{file}");
}

#[test]
fn day_that_has_begun_only_where_the_person_is_can_be_answered_and_sent() {
    let mut model = model("bromley", TODAY);
    let tomorrow = FormInput::default().with(Field::Day, "1").with(Field::Month, "12").with(Field::Year, "2026");
    drive::to(&mut model, "event_date", &[]);
    drive::answer(&mut model, "event_date", tomorrow.clone());
    assert_eq!(model.errors().len(), 1, "in England it has not begun");
    model.is_at(date("2026-12-01"));
    drive::answer(&mut model, "event_date", tomorrow.clone());
    assert!(model.errors().is_empty());
    drive::to_check(&mut model, &[]);
    let sent = drive::send(&mut model, &"a".repeat(32));
    assert!(sent.body.contains("2026-12-01") && sent.body.contains("\"sent_on\":\"2026-11-30\""), "{}", sent.body);
    // A complaint made today, by the clock of Sydney: the page that counts its days does not go wrong.
    let mut asked = crate::common::model("bromley", TODAY);
    asked.is_at(date("2026-12-01"));
    let stage = [
        ("want", FormInput::choosing(["progress"])),
        ("stage_reached", FormInput::choosing(["stage1_waiting"])),
        ("stage1_sent", tomorrow),
    ];
    drive::to(&mut asked, "progress", &stage);
    assert!(!view_model::page(&asked).title.is_empty());
}

/// Sends from the check page, with files.
fn with_files(model: &mut Model, names: &[&str]) {
    drive::to(model, "files", &[]);
    for (id, name) in (1..).zip(names) {
        model.update(Event::Files(FilesEvent::Picked), date(TODAY));
        let found = PickedFile { id, name: (*name).to_owned(), bytes: 5, head: b"words".to_vec() };
        model.update(Event::Files(FilesEvent::Found(vec![found])), date(TODAY));
        model.update(Event::Files(FilesEvent::Ready { id, bytes: Some(5) }), date(TODAY));
    }
    drive::to_check(model, &[]);
    drive::send(model, &"a".repeat(32));
}

fn refused(status: u16, body: &str) -> Model {
    let mut model = model("bromley", TODAY);
    with_files(&mut model, &["Letter.txt", "plan.txt", "notes.txt"]);
    let answer = Response { status, body: body.to_owned(), ..Response::default() };
    let judged = evaluate_response(&model.delivery_config().endpoint, &answer, 3);
    model.update(Event::Delivered(judged), date(TODAY));
    model
}

fn check(model: &Model) -> CheckPage {
    match view_model::page(model).body {
        PageBody::Check(page) => *page,
        other => panic!("not the page: {other:?}"),
    }
}

#[test]
fn refused_file_is_named_and_the_rest_can_be_sent_without_it() {
    let pointer = r#"{"errors":[{"pointer":"/files/1/media_type","detail":"must be what its bytes are"}]}"#;
    for (status, body) in [(422, pointer), (413, &pointer.replace("/media_type", ""))] {
        let mut model = refused(status, body);
        let errors = view_model::page(&model).errors;
        assert!(errors.iter().any(|line| line.text == "plan.txt: must be what its bytes are"), "{status}");
        assert_eq!(check(&model).without, "Send it without plan.txt");
        let rows = view_model::rows(&model).len();
        assert_eq!(model.update(Event::SendWithout, date(TODAY)).last(), Some(&Effect::MakeId));
        model.update(Event::IdMade("b".repeat(32)), date(TODAY));
        let sent = model.attempt().unwrap();
        let names: Vec<&str> = sent.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!((names, sent.id.as_str()), (vec!["Letter.txt", "notes.txt"], "b".repeat(32).as_str()));
        assert!(
            !sent.body.contains("plan.txt") && view_model::rows(&model).len() == rows,
            "everything else is as it was"
        );
    }
}

#[test]
fn refusal_of_files_without_a_name_offers_to_send_without_all() {
    for (status, body) in
        [(413, ""), (422, r#"{"errors":[{"pointer":"/files","detail":"must have at most 2 entries"}]}"#)]
    {
        let mut model = refused(status, body);
        assert_eq!(check(&model).without, "Send it without Letter.txt, plan.txt, notes.txt");
        model.update(Event::SendWithout, date(TODAY));
        model.update(Event::IdMade("b".repeat(32)), date(TODAY));
        assert!(model.attempt().unwrap().files.is_empty());
    }
    let other = refused(422, r#"{"errors":[{"pointer":"/points/0/what_happened","detail":"must not be empty"}]}"#);
    assert!(check(&other).without.is_empty());
}

/// The line about files on the confirmation of two files, by the rules of a council and the answer of its backend.
fn said_of_files(proof: &str, body: &str) -> String {
    let mut council = crate::common::council("bromley");
    let rules = council.delivery.files.as_mut().unwrap();
    rules.proof = match proof {
        "" => Proof::None,
        "success" => Proof::Success,
        pointer => Proof::Count(pointer.to_owned()),
    };
    let mut model = Model::new(crate::common::loaded_as(council).into(), date(TODAY));
    with_files(&mut model, &["Letter.txt", "plan.txt"]);
    let judged = putright_app::delivery::evaluate_response(
        &mut model,
        &Response { status: 201, body: body.to_owned(), ..Response::default() },
    );
    model.update(Event::Delivered(judged), date(TODAY));
    model.update(Event::Navigated(Route::Sent), date(TODAY));
    match view_model::page(&model).body {
        PageBody::Sent(page) => page.files,
        other => panic!("not the confirmation: {other:?}"),
    }
}

#[test]
fn confirmation_says_plainly_where_nothing_proves_the_files() {
    let told = said_of_files("", r#"{"reference":"K7M"}"#);
    assert!(told.contains("cannot tell whether your photos and files arrived"), "{told}");
    assert!(said_of_files("/files", r#"{"reference":"K7M"}"#).contains("cannot tell"));
    let some = said_of_files("/files", r#"{"reference":"K7M","files":1}"#);
    assert!(some.contains("1 of your 2 photos and files"), "{some}");
    for (proof, body) in [
        ("success", r#"{"reference":"K7M"}"#),
        ("/files", r#"{"reference":"K7M","files":2}"#),
        ("/files", r#"{"reference":"K7M","files":["a","b"]}"#),
    ] {
        assert_eq!(said_of_files(proof, body), "", "{proof} {body}");
    }
}

const VISIT: &str = "0123456789abcdef0123456789abcdef";

/// A tab that keeps its draft, and what it has kept.
fn keeping() -> (Model, Secret) {
    let mut model = model("bromley", TODAY);
    model.name_visit(VISIT.to_owned());
    drive::to_check(&mut model, &[]);
    let commands = model.update(Event::Draft(DraftEvent::Choose(FormInput::choosing(["tab"]))), date(TODAY));
    let Some(Effect::Draft(DraftEffect::Keep { text, .. })) = commands.first() else { panic!("{commands:?}") };
    let text = text.clone();
    model.update(Event::Draft(DraftEvent::Kept(Ok(()))), date(TODAY));
    (model, text)
}

/// Another tab that has opened the same.
fn duplicate(text: &Secret) -> Model {
    let mut model = model("bromley", TODAY);
    model.name_visit("f".repeat(32));
    let stored = StoredDraft { place: DraftStore::Tab, text: text.clone(), minutes: 0, resumes: false };
    model.update(Event::Draft(DraftEvent::Found(stored)), date(TODAY));
    model.update(Event::Draft(DraftEvent::Open(FormInput::default())), date(TODAY));
    model.update(Event::Navigated(Route::Check), date(TODAY));
    model
}

#[test]
fn tabs_with_the_same_draft_send_under_the_same_number() {
    let (mut first, text) = keeping();
    let mut second = duplicate(&text);
    let sent = drive::send(&mut first, &"a".repeat(32));
    let again = drive::send(&mut second, &"b".repeat(32));
    assert_eq!((sent.id.as_str(), again.id.as_str()), (VISIT, VISIT), "a backend that has it can tell");
    assert_eq!(sent.body, again.body);
    // What is changed after a refusal is another submission.
    first.update(Event::Delivered(Err(DeliveryError::Refused(Vec::new()))), date(TODAY));
    first.update(Event::Change("what_happened".to_owned()), date(TODAY));
    drive::answer(&mut first, "what_happened", FormInput::default().with(Field::Text, "Something else"));
    first.update(Event::Navigated(Route::Check), date(TODAY));
    assert_eq!(drive::send(&mut first, &"a".repeat(32)).id, "a".repeat(32));
}

#[test]
fn duplicated_tab_never_sends_a_second_complaint() {
    let (mut first, text) = keeping();
    let mut second = duplicate(&text);
    let mut other = model("bromley", TODAY);
    other.name_visit("c".repeat(32));
    drive::to_check(&mut other, &[]);
    drive::send(&mut first, &"a".repeat(32));
    let receipt = Receipt { reference: "K7M-2QX-HPA".into() };
    let commands = first.update(Event::Delivered(Ok(receipt)), date(TODAY));
    let (visit, reference) = (VISIT.to_owned(), "K7M-2QX-HPA".to_owned());
    let told = Effect::TellTabs { visit: visit.clone(), reference: reference.clone() };
    assert!(commands.contains(&told), "{commands:?}");
    let heard = Event::SentElsewhere { visit, reference };
    second.update(heard.clone(), date(TODAY));
    let page = view_model::page(&second);
    assert!(page.errors[0].text.contains("another tab") && page.errors[0].text.contains("K7M-2QX-HPA"));
    assert_eq!(page.errors_title, MessageId::SentTitle);
    assert_eq!(
        second.update(Event::Send, date(TODAY)),
        [Effect::Focus(Focus::Summary)],
        "it has no number, and goes nowhere"
    );
    assert!(second.update(Event::IdMade("b".repeat(32)), date(TODAY)).is_empty());
    assert!(!view_model::rows(&second).is_empty(), "what is written there stays");
    // Another complaint, on another tab, is not this one; nor is the next on this.
    other.update(heard, date(TODAY));
    drive::send(&mut other, &"d".repeat(32));
    second.update(Event::StartAgain, date(TODAY));
    assert!(second.visit().is_empty() && view_model::elsewhere_words(&second).is_none());
}
