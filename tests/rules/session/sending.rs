//! A visit whose submission is sent: what fails, what is on its way, and the confirmation.

use super::{go, question};
use crate::common::{date, drive, model};
use putright_app::{
    Effect, Event, Focus, Model,
    view_model::{self, PageBody, Row},
};
use putright_domain::{
    delivery::response::{DeliveryError, Receipt, Refusal},
    form::answer::{Field, FormInput},
    messages::MessageId,
    route::Route,
};

#[test]
fn a_failure_to_send_loses_nothing_and_a_receipt_shows_the_reference_and_the_dates() {
    let mut model = model("bromley", "2026-12-17");
    drive::to_check(&mut model, &[("reach", FormInput::choosing(["email"]).with(Field::Email, "jo@example.org"))]);
    let rows = |model: &Model| -> Vec<Row> {
        view_model::rows(model).into_iter().filter(|row| row.question != "sharing").collect()
    };
    let before = rows(&model);
    drive::send(&mut model, &"a".repeat(32));
    let drawn = model.drawn();
    model.update(Event::Delivered(Err(DeliveryError::Unreachable)), date("2026-12-17"));
    assert_ne!(model.drawn(), drawn, "that it is tried again is to be seen");
    model.update(Event::WaitedToSend(1), date("2026-12-17"));
    drive::fail(&mut model, &DeliveryError::Unreachable);
    assert!(rows(&model) == before);
    drive::send(&mut model, &"b".repeat(32));
    let receipt = Receipt { reference: "K7M-2QX-HPA".into() };
    let commands = model.update(Event::Delivered(Ok(receipt)), date("2026-12-17"));
    assert!(commands.ends_with(&[Effect::WarnOnLeaving(false), Effect::Replace(Route::Sent)]), "{commands:?}");
    go(&mut model, Route::Sent);
    let PageBody::Sent(page) = view_model::page(&model).body else { panic!("not the confirmation") };
    assert_eq!(page.reference, "K7M-2QX-HPA");
    assert_eq!(page.dates[0].due, "by Tuesday 5 January 2027");
    assert!(page.dates[0].latest.contains("Tuesday 19 January 2027"));
    assert!(page.dates[0].skipped.contains("25 December (Christmas Day)"), "{}", page.dates[0].skipped);
    assert_eq!(go(&mut model, question("who")), [Effect::Replace(Route::Sent)], "it is with the council now");
}

#[test]
fn a_failure_is_told_until_somebody_looks_elsewhere_and_while_they_read_it_out() {
    let mut model = model("bromley", "2026-12-17");
    drive::to_check(&mut model, &[]);
    assert_eq!(go(&mut model, Route::ReadOut), [Effect::Replace(Route::Check)], "it has no number yet");
    drive::send(&mut model, &"a".repeat(32));
    drive::fail(&mut model, &DeliveryError::Unreachable);
    go(&mut model, Route::ReadOut);
    assert_eq!(model.route(), &Route::ReadOut);
    assert_eq!(go(&mut model, Route::Check), [Effect::Focus(Focus::Summary)]);
    assert!(!view_model::page(&model).errors.is_empty());
    go(&mut model, Route::Guide);
    assert_eq!(go(&mut model, Route::Check), [Effect::Focus(Focus::Heading)]);
    assert!(view_model::page(&model).errors.is_empty());
    // With something left to answer there is nothing whole to read out.
    go(&mut model, Route::ReadOut);
    model.update(Event::Change("topics".into()), model.today());
    drive::answer(&mut model, "topics", FormInput::choosing(["support", "school"]));
    assert_eq!(go(&mut model, Route::ByPost), [Effect::Replace(question("topics"))]);
}

#[test]
fn the_confirmation_keeps_the_dates_of_the_day_it_was_sent() {
    let mut model = model("bromley", "2026-12-17");
    drive::to_check(&mut model, &[("reach", FormInput::choosing(["email"]).with(Field::Email, "jo@example.org"))]);
    drive::send(&mut model, &"a".repeat(32));
    model.update(Event::Delivered(Ok(Receipt { reference: "K7M-2QX-HPA".into() })), date("2026-12-18"));
    model.update(Event::Navigated(Route::Sent), date("2026-12-21"));
    let PageBody::Sent(page) = view_model::page(&model).body else { panic!("not the confirmation") };
    assert_eq!(page.sent_on, "Thursday 17 December 2026");
    assert_eq!(page.dates[0].due, "by Tuesday 5 January 2027");
}

#[test]
fn what_is_on_its_way_can_no_longer_be_changed() {
    let mut model = model("bromley", "2026-12-17");
    drive::to_check(&mut model, &[]);
    drive::send(&mut model, &"a".repeat(32));
    assert_eq!(go(&mut model, question("what_happened")), [Effect::Replace(Route::Check)]);
    go(&mut model, Route::Guide);
    let commands = drive::fail(&mut model, &DeliveryError::TimedOut);
    assert_eq!(commands.last(), Some(&Effect::Go(Route::Check)), "whoever reads the guide meanwhile must see it");
}

#[test]
fn a_wait_that_ends_when_all_is_told_calls_nobody_back() {
    let mut model = model("bromley", "2026-12-17");
    drive::to_check(&mut model, &[]);
    drive::send(&mut model, &"a".repeat(32));
    drive::fail(&mut model, &DeliveryError::TimedOut);
    go(&mut model, Route::ReadOut);
    assert_eq!(model.update(Event::WaitedToSend(1), date("2026-12-17")), []);
    assert_eq!(model.route(), &Route::ReadOut);
}

#[test]
fn what_a_backend_refuses_is_told_at_the_question_it_is_about() {
    let mut model = model("bromley", "2026-12-17");
    drive::to_check(&mut model, &[]);
    drive::send(&mut model, &"a".repeat(32));
    let refusal = Refusal { pointer: "/points/0/what_happened".into(), detail: "is too short".into() };
    model.update(Event::Delivered(Err(DeliveryError::Refused(vec![refusal]))), date("2026-12-17"));
    assert_eq!(view_model::page(&model).errors_title, MessageId::NotSentSure);
    let errors = view_model::page(&model).errors;
    assert_eq!(
        (errors[1].text.as_str(), errors[1].question.as_deref()),
        ("What happened: is too short", Some("what_happened"))
    );
}
