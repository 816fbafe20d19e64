//! The composition root: one session, `dispatch(event)`, and the commands run by the browser.

use std::{sync::Arc, time::Duration};

use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen_futures::spawn_local;

use crate::{
    browser::{
        delivery::deliver,
        exit,
        load::{LoadError, load},
        page, speech, take,
    },
    domain::{
        content::Word,
        date::Date,
        journey::answer::Raw,
        loaded::Loaded,
        screen::{Body, Page},
        session::{Command, Event, Live, Session},
        submission::delivery::Attempt,
    },
    view::{Ctx, frame},
};

/// How long something said stays in sight.
const TOLD_FOR: Duration = Duration::from_secs(8);
/// How long Shift waits for the next press.
const SHIFT_WAITS: Duration = Duration::from_secs(5);

/// Loads the files, and puts the app in the place of the prerendered page. Where that cannot be, the page stays, with a
/// notice.
pub fn start() {
    spawn_local(async {
        match load(page::asked_council()).await {
            Ok(loaded) => mount(loaded),
            Err(LoadError::UnknownCouncil) => page::show_fault("fault-council"),
            Err(LoadError::Data(error)) => {
                page::tell_console(&error.to_string());
                page::show_fault("fault-data");
            }
        }
    });
}

fn mount(loaded: Loaded) {
    let (Some(element), Some(today)) = (page::app_element(), page::today()) else {
        page::show_fault("fault-data");
        return;
    };
    let loaded = Arc::new(loaded);
    mount_to(element.clone(), move || {
        let app = App::new(Arc::clone(&loaded), today);
        app.adopt_what_was_chosen();
        let focused = page::focused();
        element.set_inner_html("");
        page::on_address_change(move || app.follow_address());
        page::guard_leaving(move || app.unsaved.try_get_value().unwrap_or(false));
        app.follow_address();
        app.redraw();
        if let Some(id) = focused {
            request_animation_frame(move || page::refocus(&id));
        }
        let ctx = Ctx::new(loaded, Callback::new(move |event| app.dispatch(event)), app.live);
        app.notice.set_value(Some(ctx.notice()));
        exit::on_key_up(move |shift, held| app.dispatch(Event::KeyUp { shift, held }));
        let language = app.session.with_value(|session| session.loaded().content.language.clone());
        speech::watch(language, move |there| app.dispatch(Event::Voices(there)));
        frame(&ctx, app.page.read_only())
    })
    .forget();
}

/// Of one type for all that waits: its code is there once.
#[inline(never)]
fn later(wait: Duration, act: Box<dyn FnOnce()>) {
    set_timeout(act, wait);
}

/// The session and what is drawn of it.
#[derive(Clone, Copy)]
struct App {
    session: StoredValue<Session>,
    page: RwSignal<Page>,
    unsaved: StoredValue<bool>,
    notice: StoredValue<Option<RwSignal<String>>>,
    live: RwSignal<Live>,
}

impl App {
    fn new(loaded: Arc<Loaded>, today: Date) -> Self {
        let session = Session::new(loaded, today);
        let page = RwSignal::new(session.page());
        Self {
            session: StoredValue::new(session),
            page,
            unsaved: StoredValue::new(false),
            notice: StoredValue::new(None),
            live: RwSignal::new(Live::default()),
        }
    }

    /// A person may have ticked something on the prerendered page before the app was there.
    fn adopt_what_was_chosen(self) {
        let Body::Question(question) = self.page.get_untracked().body else { return };
        let chosen = page::already_chosen(&question.id);
        if !chosen.is_empty() {
            self.dispatch(Event::Typed { question: question.id, raw: Raw { chosen, ..Raw::default() } });
            self.redraw();
        }
    }

    fn follow_address(self) {
        if let Some(route) = page::route() {
            self.dispatch(Event::Navigated(route));
        }
    }

    fn dispatch(self, event: Event) {
        let done = self.session.try_update_value(|session| {
            let today = page::today().unwrap_or(session.today());
            let before = (session.drawn(), session.live());
            let commands = session.update(event, today);
            (commands, before, (session.drawn(), session.live()))
        });
        let Some((commands, before, (drawn, live))) = done else { return };
        if live != before.1 {
            self.live.set(live);
        }
        if drawn != before.0 {
            self.redraw();
        }
        for command in commands {
            self.run(command);
        }
    }

    fn redraw(self) {
        let page = self.session.with_value(Session::page);
        page::set_title(&page.title);
        page::set_colour(&page.colour);
        self.page.set(page);
    }

    fn run(self, command: Command) {
        match command {
            Command::Go(route) => page::go(&route),
            Command::Replace(route) => {
                page::replace(&route);
                self.dispatch(Event::Navigated(route));
            }
            Command::Back => page::back(),
            Command::Print => page::print(),
            // Drawn first: what is to have the focus may not be there yet.
            Command::Focus(focus) => request_animation_frame(move || page::focus(&focus)),
            Command::Copy(file) => spawn_local(async move {
                let done = take::copy(&file.text).await;
                self.dispatch(Event::Copied(done));
            }),
            Command::Save(file) => take::save(&file),
            Command::Tell(words) => self.tell(words),
            Command::WarnOnLeaving(warn) => self.unsaved.set_value(warn),
            Command::MakeId => {
                if let Some(id) = page::make_id() {
                    self.dispatch(Event::IdMade(id));
                }
            }
            Command::Deliver(attempt) => self.deliver(attempt),
            Command::WipeAndLeave(url) => self.leave(&url),
            Command::WaitForShift(turn) => {
                later(SHIFT_WAITS, Box::new(move || self.dispatch(Event::ShiftWaited(turn))));
            }
            Command::Speak { texts, language } => {
                speech::speak(&texts, &language, move || self.dispatch(Event::StopReading));
            }
            Command::Silence => speech::silence(),
            Command::SetLook(look) => page::set_look(look),
        }
    }

    /// Says something, and takes it away again: it is of this moment.
    fn tell(self, words: String) {
        let Some(notice) = self.notice.get_value() else { return };
        notice.set(words);
        later(TOLD_FOR, Box::new(move || notice.set(String::new())));
    }

    fn leave(self, url: &str) {
        self.unsaved.set_value(false);
        if let Some(notice) = self.notice.get_value() {
            notice.set(String::new());
        }
        speech::silence();
        let said = self.session.with_value(|session| session.loaded().content.word(Word::ExitLoading).to_owned());
        exit::wipe(&said);
        exit::leave(url, said);
    }

    fn deliver(self, attempt: Attempt) {
        let config = self.session.with_value(|session| session.council().delivery.clone());
        spawn_local(async move {
            let result = deliver(&config, &attempt).await;
            self.dispatch(Event::Delivered(result));
        });
    }
}
