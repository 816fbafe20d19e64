//! Several tabs of one visit, and what stays after sending.

use super::{
    TODAY, VISIT, draft, go, half_way, has, in_tab, keep, kept, line, reopened, start_at, stored, story_page, told,
    typed,
};
use crate::common::{date, drive, model};
use putright_app::{
    Effect, Event, Model,
    attachments::FilesEffect,
    drafts::{DraftEffect, DraftEvent, DraftStore, News, NotKept},
    view_model::{self, PageBody, SentPage},
};
use putright_domain::{
    delivery::response::{DeliveryError, Receipt},
    form::answer::{Field, FormInput},
    messages::MessageId,
    route::Route,
};

fn heard(model: &mut Model, visit: &str, news: News) -> Vec<Effect> {
    draft(model, DraftEvent::Elsewhere { visit: visit.to_owned(), news })
}

#[test]
fn a_tab_that_is_behind_another_says_so_until_it_writes_itself() {
    let mut model = half_way();
    go(&mut model, story_page());
    assert_eq!(heard(&mut model, &"e".repeat(32), News::Wrote), [], "another visit");
    let commands = heard(&mut model, VISIT, News::Wrote);
    assert!(told(&commands, MessageId::DraftNewer) && commands.contains(&Effect::Files(FilesEffect::Show)));
    assert!(line(&model).0.contains("another tab"), "{}", line(&model).0);
    assert_eq!(heard(&mut model, VISIT, News::Wrote), [], "said once");
    let commands = draft(&mut model, DraftEvent::Kept(Ok(())));
    assert!(has(&commands, DraftEffect::Tell { visit: VISIT.to_owned(), news: News::Wrote }), "{commands:?}");
    assert!(!line(&model).0.contains("another tab"));
}

#[test]
fn a_tab_that_opens_the_same_is_answered_by_the_one_that_has_it() {
    let mut model = half_way();
    let wrote = DraftEffect::Tell { visit: VISIT.to_owned(), news: News::Wrote };
    assert_eq!(heard(&mut model, VISIT, News::Opened), [Effect::Draft(wrote)]);
    let mut sent = session_sent();
    let told = Effect::TellTabs { visit: VISIT.to_owned(), reference: "K7M".to_owned() };
    assert_eq!(heard(&mut sent, VISIT, News::Opened), [told], "so it is not sent twice");
}

#[test]
fn an_older_tab_never_overwrites_and_goes_on_in_its_own() {
    let mut model = half_way();
    keep(&mut model, "device");
    go(&mut model, story_page());
    let commands = draft(&mut model, DraftEvent::Kept(Err(NotKept::Newer)));
    assert!(commands.contains(&Effect::WarnOnLeaving(false)), "{commands:?}");
    assert!(commands.contains(&Effect::Files(FilesEffect::Show)), "the line under the page is drawn again");
    assert!(line(&model).0.contains("another tab"));
    assert_eq!(kept(&draft(&mut model, DraftEvent::Due)).unwrap().0, Some(DraftStore::Tab));
}

#[test]
fn what_is_deleted_in_one_tab_is_deleted_in_all() {
    let mut model = half_way();
    go(&mut model, story_page());
    let commands = heard(&mut model, VISIT, News::Deleted);
    assert!(has(&commands, DraftEffect::DropOwn) && commands.contains(&Effect::WarnOnLeaving(true)));
    assert!(line(&model).0.contains("has been deleted"));
    assert_eq!(kept(&drive::answer(&mut model, "what_happened", FormInput::default().with(Field::Text, "All"))), None);
    // A duplicate that has not been opened yet.
    let (mut other, _) = start_at(stored(DraftStore::Tab, &in_tab(), 1, false), story_page(), TODAY);
    assert_eq!(heard(&mut other, &"e".repeat(32), News::Deleted), []);
    let commands = heard(&mut other, VISIT, News::Deleted);
    assert!(has(&commands, DraftEffect::Forget(DraftStore::Tab)) && commands.contains(&Effect::Replace(Route::Start)));
    // On the device, deleted without a word.
    let mut model = half_way();
    keep(&mut model, "device");
    draft(&mut model, DraftEvent::Kept(Err(NotKept::Gone)));
    assert_eq!(kept(&drive::answer(&mut model, "what_happened", FormInput::default().with(Field::Text, "All"))), None);
}

#[test]
fn what_is_sent_from_one_tab_leaves_the_others() {
    let (mut other, _) = start_at(stored(DraftStore::Tab, &in_tab(), 1, false), story_page(), TODAY);
    let sent = Event::SentElsewhere { visit: VISIT.to_owned(), reference: "K7M".to_owned() };
    let commands = other.update(sent.clone(), date(TODAY));
    assert!(has(&commands, DraftEffect::Forget(DraftStore::Tab)) && !other.drafts().asks(), "{commands:?}");
    let mut opened = half_way();
    let commands = opened.update(sent, date(TODAY));
    assert!(has(&commands, DraftEffect::DropOwn), "{commands:?}");
    go(&mut opened, story_page());
    let mut commands = opened.update(typed("more"), date(TODAY));
    commands.extend(draft(&mut opened, DraftEvent::Due));
    assert_eq!(kept(&commands), None);
}

/// Sent, with its confirmation.
fn session_sent() -> Model {
    let mut model = model("bromley", TODAY);
    model.name_visit(VISIT.to_owned());
    drive::to_check(&mut model, &[]);
    drive::send(&mut model, VISIT);
    model.update(Event::Delivered(Ok(Receipt { reference: "K7M".into() })), date(TODAY));
    model
}

fn confirmation(model: &Model) -> SentPage {
    match view_model::page(model).body {
        PageBody::Sent(page) => *page,
        other => panic!("not the confirmation: {other:?}"),
    }
}

#[test]
fn after_sending_reference_dates_and_telephone_stay_for_a_reload() {
    let mut model = model("bromley", TODAY);
    model.name_visit(VISIT.to_owned());
    drive::to_check(&mut model, &[("reach", FormInput::choosing(["email"]).with(Field::Email, "jo@example.org"))]);
    drive::send(&mut model, VISIT);
    let commands = model.update(Event::Delivered(Ok(Receipt { reference: "K7M".into() })), date(TODAY));
    assert!(has(&commands, DraftEffect::DropOwn), "{commands:?}");
    let (place, _, text) = kept(&commands).unwrap();
    assert!(place == Some(DraftStore::Tab) && !text.contains("It happened."), "{text}");
    draft(&mut model, DraftEvent::Kept(Ok(())));
    go(&mut model, Route::Sent);
    assert_eq!(view_model::page(&model).keep, None);
    assert_eq!(draft(&mut model, DraftEvent::Due), []);
    let first = confirmation(&model);
    assert!(!first.reloaded && !first.dates.is_empty());

    let (mut again, _) = start_at(stored(DraftStore::Tab, &text, 600, true), Route::Sent, "2026-12-18");
    let page = confirmation(&again);
    assert!(page.reloaded && page.rows.is_empty());
    assert_eq!((page.reference.as_str(), &page.sent_on), ("K7M", &first.sent_on));
    let dates = |page: &SentPage| page.dates.iter().map(|date| date.due.clone()).collect::<Vec<_>>();
    assert_eq!(dates(&page), dates(&first));
    assert!(!page.councils[0].reach.telephone.is_empty());
    let told = Effect::TellTabs { visit: VISIT.to_owned(), reference: "K7M".to_owned() };
    assert_eq!(heard(&mut again, VISIT, News::Opened), [told], "a duplicate hears that it was sent");
    let commands = again.update(Event::StartAgain, date(TODAY));
    assert!(has(&commands, DraftEffect::Drop) && commands.contains(&Effect::Go(Route::Start)));

    let (other, commands) = start_at(stored(DraftStore::Tab, &text, 1, false), Route::Sent, TODAY);
    assert!(has(&commands, DraftEffect::Forget(DraftStore::Tab)) && other.route() == &Route::Start, "{commands:?}");
}

#[test]
fn who_keeps_nothing_has_nothing_left_after_sending() {
    let mut model = model("bromley", TODAY);
    draft(&mut model, DraftEvent::Delete);
    drive::to_check(&mut model, &[]);
    drive::send(&mut model, VISIT);
    let commands = model.update(Event::Delivered(Ok(Receipt { reference: "K7M".into() })), date(TODAY));
    assert_eq!(kept(&commands), None);
}

#[test]
fn the_next_person_begins_with_nothing_of_the_last_in_the_tab() {
    let mut model = session_sent();
    go(&mut model, Route::Sent);
    let commands = model.update(Event::NextPerson, date(TODAY));
    assert!(has(&commands, DraftEffect::Forget(DraftStore::Tab)), "{commands:?}");
}

#[test]
fn a_try_that_may_have_arrived_is_known_after_a_reload() {
    let mut model = model("bromley", TODAY);
    model.name_visit("a".repeat(32));
    drive::to_check(&mut model, &[]);
    keep(&mut model, "device");
    model.update(Event::Send, date(TODAY));
    let commands = model.update(Event::IdMade("a".repeat(32)), date(TODAY));
    // Kept as it goes out: a browser may die on the way.
    let text = kept(&commands).unwrap().2;
    draft(&mut model, DraftEvent::Kept(Ok(())));
    let commands = drive::fail(&mut model, &DeliveryError::TimedOut);
    assert!(kept(&commands).unwrap().2 == text);
    // Opened again after a try that may have arrived, what is sent names what it replaces.
    let mut later = reopened(&text, "2026-12-18");
    draft(&mut later, DraftEvent::Open(FormInput::default()));
    later.update(Event::Navigated(Route::Check), date("2026-12-18"));
    let attempt = drive::send(&mut later, &"b".repeat(32));
    assert!(attempt.body.contains(&format!("\"replaces\":\"{}\"", "a".repeat(32))), "{}", attempt.id);
}
