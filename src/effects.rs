//! Performs the effects of the model, each through one module of `browser`.

use std::{
    sync::{Arc, atomic::Ordering::Relaxed},
    time::Duration,
};

use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use crate::{
    app::App,
    browser::{
        crypto, fetch_bundle, files, http, page, quick_exit,
        schedule::{in_next_frame, later},
        speech, storage, tabs, take, when_done,
    },
};
use putright_app::{
    Effect, Event, Focus,
    attachments::{FILES_FIELD, FilesEffect, FilesEvent},
    delivery::evaluate_response,
    drafts::{DRAFT_FILE, DraftEffect, DraftEvent, Secret},
    view_model,
};
use putright_domain::{delivery::request::Request, messages::MessageId};

/// The time that a notice stays in sight.
const TOLD_FOR: Duration = Duration::from_secs(8);
/// The time that Shift waits for the next press.
const SHIFT_WAITS: Duration = Duration::from_secs(5);

/// The delay between typing and storing, where the person asked for storing.
const PAUSE: Duration = Duration::from_millis(1500);

/// Performs one effect. Where something comes of it, an event reports that.
pub fn perform(app: App, effect: Effect) {
    match effect {
        Effect::Go(route) => {
            page::go(&route);
            app.dispatch(Event::Navigated(route));
        }
        Effect::Replace(route) => {
            page::replace(&route);
            app.dispatch(Event::Navigated(route));
        }
        Effect::Back => page::back(),
        // Drawn first: there may be more to print.
        Effect::Print => in_next_frame(Box::new(page::print)),
        Effect::Focus(Focus::Heading) => in_next_frame(Box::new(|| {
            if page::show_heading() {
                later(Duration::ZERO, Box::new(|| page::focus(&Focus::Heading)));
            }
        })),
        // Drawn first: what is to have the focus may not be there yet.
        Effect::Focus(focus) => in_next_frame(Box::new(move || page::focus(&focus))),
        Effect::Copy(file) => {
            when_done(take::copy(&file.text), Box::new(move |done| app.dispatch(Event::Copied(done.is_some()))));
        }
        Effect::Save(file) => take::save(&file),
        Effect::LoadEdition(register) => spawn_local(load_edition(app, register)),
        Effect::ChangeWords => change_words(app),
        Effect::Tell(words) => tell(app, words),
        Effect::WarnOnLeaving(warn) => app.set_unsaved(warn),
        Effect::MakeId => {
            if let Some(id) = page::make_id() {
                app.dispatch(Event::IdMade(id));
            }
        }
        Effect::Deliver(request) => deliver(app, *request),
        Effect::WaitToSend { milliseconds, number } => {
            let wait = Duration::from_millis(milliseconds.into());
            later(wait, Box::new(move || app.dispatch(Event::WaitedToSend(number))));
        }
        Effect::TellTabs { visit, reference } => tabs::tell(tabs::SENT, &visit, &reference),
        Effect::StopSending => {
            app.count_sent();
            http::stop();
        }
        Effect::OpenForm(request, opens) => {
            app.set_unsaved(false);
            http::open_form(&request, opens);
        }
        Effect::Mail(mail) => take::mail(&mail.address),
        Effect::WipeAndLeave(url) => leave(app, &url),
        Effect::WaitForShift(turn) => {
            later(SHIFT_WAITS, Box::new(move || app.dispatch(Event::ShiftWaited(turn))));
        }
        Effect::Speak { texts, language } => {
            speech::speak(&texts, &language, move || app.dispatch(Event::StopReading));
        }
        Effect::Silence => speech::silence(),
        Effect::SetLook(look) => page::set_look(look),
        Effect::Draft(effect) => perform_draft(app, effect),
        Effect::Files(effect) => perform_files(app, effect),
    }
}

/// Fetches the questions and words of another register. Where they are gone, this page may be older than the files beside it, and
/// is loaded once more if every answer is stored.
async fn load_edition(app: App, register: String) {
    let council = app.model(|model| model.bundle().council.id.clone());
    let edition = fetch_bundle::edition(&council, &register).await;
    if let Err(error) = &edition {
        page::tell_console(&error.to_string());
        app.draft(DraftEvent::Due);
        if !app.kept.unsaved.load(Relaxed) && page::reload_stale().await {
            return;
        }
    }
    app.dispatch(Event::EditionLoaded(edition.ok()));
}

fn perform_draft(app: App, effect: DraftEffect) {
    match effect {
        DraftEffect::Keep { place, again, text } => {
            app.draft(DraftEvent::Kept(storage::keep(place, again, &text.0)));
        }
        DraftEffect::Drop => storage::forget_all(),
        DraftEffect::DropOwn => storage::forget_own(),
        DraftEffect::Forget(place) => storage::forget(place),
        DraftEffect::Ask => storage::ask(),
        DraftEffect::Tell { visit, news } => tabs::tell(news.id(), &visit, ""),
        DraftEffect::Soon => later(PAUSE, Box::new(move || app.draft(DraftEvent::Due))),
        DraftEffect::Seal { number, passphrase, header, text } => {
            let header = crypto::randomised(header);
            let lock = |header| crypto::begin("encrypt", &passphrase.0, header, text.0.as_bytes());
            let begun = header.as_ref().and_then(lock);
            let tell = move |data: Option<JsValue>| {
                let text = header.zip(data).map(|(header, data)| Secret(crypto::sealed(header, &data)));
                app.draft(DraftEvent::Sealed { number, text });
            };
            when_done(begun, Box::new(tell));
        }
        DraftEffect::Unseal { passphrase, sealed } => {
            let begun = crypto::begin("decrypt", &passphrase.0, &sealed.header, &sealed.data);
            let tell = move |data: Option<JsValue>| {
                app.draft(DraftEvent::Unsealed(data.and_then(|data| crypto::unsealed(&data)).map(Secret)));
            };
            when_done(begun, Box::new(tell));
        }
        DraftEffect::Pick => {
            let tell = move |text: Option<JsValue>| {
                app.draft(DraftEvent::Picked(text.and_then(|text| text.as_string()).map(Secret)));
            };
            when_done(take::pick(DRAFT_FILE), Box::new(tell));
        }
    }
}

fn perform_files(app: App, effect: FilesEffect) {
    match effect {
        FilesEffect::Take => {
            let tell = move |found: Option<JsValue>| {
                app.dispatch(Event::Files(FilesEvent::Found(
                    found.map(|found| files::found(&found)).unwrap_or_default(),
                )));
            };
            when_done(files::take(FILES_FIELD), Box::new(tell));
        }
        FilesEffect::Prepare { id, media_type, photo } => {
            let tell = move |bytes: Option<JsValue>| {
                let bytes = bytes.as_ref().and_then(files::length);
                app.dispatch(Event::Files(FilesEvent::Ready { id, bytes }));
            };
            when_done(files::prepare(id, media_type, photo), Box::new(tell));
        }
        FilesEffect::Forget(id) => files::forget(Some(id)),
        FilesEffect::ForgetAll => files::forget(None),
        FilesEffect::Show => {
            let now = app.model(|model| view_model::page(model));
            app.page.update_untracked(|page| *page = now);
            app.files.set(String::new());
        }
    }
}

fn change_words(app: App) {
    app.words.set(app.model(|model| Arc::clone(model.bundle())));
}

/// Says something, and takes it away again: it is of this moment.
fn tell(app: App, words: String) {
    let notice = app.notice;
    notice.set(words);
    later(TOLD_FOR, Box::new(move || notice.set(String::new())));
}

fn leave(app: App, url: &str) {
    app.set_unsaved(false);
    app.notice.set(String::new());
    files::forget(None);
    speech::silence();
    let said = app.model(|model| model.bundle().content.word(MessageId::ExitLoading).to_owned());
    quick_exit::wipe(&said);
    tabs::tell_exit();
    quick_exit::leave(url, said);
}

fn deliver(app: App, request: Request) {
    let number = app.count_sent();
    spawn_local(async move {
        let answer = http::deliver(request).await;
        if app.kept.sent.load(Relaxed) != number {
            return;
        }
        let result = app.model(|model| answer.and_then(|answer| evaluate_response(model, &answer)));
        app.dispatch(Event::Delivered(result));
    });
}
