//! The composition root: one model, `dispatch(event)`, and the commands run by the browser.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering::Relaxed},
    },
    time::Duration,
};

use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use crate::{
    browser::{
        crypto,
        fetch_bundle::{self, LoadError, load},
        files, http, page, quick_exit, speech, storage,
        tabs::{self, Heard},
        take, when_done,
    },
    ui::{self, Ctx, frame},
};
use putright_app::{
    model::{
        Effect, Event, Live, Model,
        attachments::{FILES_FIELD, FilesEffect, FilesEvent},
        drafts::{CHOICE, DRAFT_FILE, DraftEffect, DraftEvent, Secret},
    },
    view_model::ViewModel,
};
use putright_domain::{bundle::Bundle, date::Date, delivery::request::Request, messages::MessageId};

/// The time that a notice stays in sight.
const TOLD_FOR: Duration = Duration::from_secs(8);
/// The time that Shift waits for the next press.
const SHIFT_WAITS: Duration = Duration::from_secs(5);

/// The delay between typing and storing, where the person asked for storing.
const PAUSE: Duration = Duration::from_millis(1500);

/// Loads the files, and puts the app in the place of the prerendered page. Where that cannot be, the page stays, with a
/// notice.
pub fn start() {
    spawn_local(async {
        match load().await {
            Ok(bundle) => mount(bundle),
            Err(LoadError::UnknownCouncil) => page::show_fault("fault-council"),
            Err(error) => {
                page::tell_console(&error.to_string());
                page::show_fault("fault-data");
            }
        }
    });
}

fn mount(bundle: Bundle) {
    let (Some(element), Some(today)) = (page::app_element(), page::today()) else {
        page::show_fault("fault-data");
        return;
    };
    let bundle = Arc::new(bundle);
    let mut opening = page::Opening::read();
    let given = std::mem::take(&mut opening.given);
    mount_to(element.clone(), move || {
        let app = App::new(Arc::clone(&bundle), today);
        app.find_draft();
        app.dispatch(Event::Adopted { given, at: page::route() });
        element.set_inner_html("");
        page::on_address_change(move || app.follow_address());
        // What was typed a moment ago is kept first: a telephone may take the page away without another word.
        page::on_hiding(move || app.draft(DraftEvent::Due));
        page::guard_leaving(move || {
            app.draft(DraftEvent::Due);
            app.kept.unsaved.load(Relaxed)
        });
        let page_of_draft = || app.model(|model| model.form_page().clone());
        app.dispatch(Event::Navigated(page::route().unwrap_or_else(page_of_draft)));
        app.redraw();
        quick_exit::on_input(move |input| app.dispatch(Event::Input(input)));
        let language = app.model(|model| model.bundle().content.language.clone());
        tabs::hear(move |heard| {
            app.dispatch(match heard {
                Heard::Exit => Event::Exit,
                Heard::Sent(visit, reference) => Event::SentElsewhere { visit, reference },
                Heard::News(visit, news) => Event::Draft(DraftEvent::Elsewhere { visit, news }),
            });
        });
        http::watch_connection(move |online| app.dispatch(Event::Online(online)));
        speech::watch(language, move |there| app.dispatch(Event::Voices(there)));
        live_frame(app)
    })
    .forget();
    // At once: what was pressed meanwhile comes next, and is for that field.
    opening.refocus();
    request_animation_frame(page::let_focus_go);
}

/// Draws the whole page. It is drawn again when its words change.
fn live_frame(app: App) -> AnyView {
    let draw = move || {
        let page = app.page.read_only();
        let dispatch = Callback::new(move |event| app.dispatch(event));
        let words = app.words.get();
        page::set_words(&words.content.language, words.content.direction.id(), &words.content.register);
        let ctx = Ctx::new(words, dispatch, app.notice, app.live, page, app.files);
        frame(&ctx, page)
    };
    ui::replacing(Arc::new(draw))
}

/// Calls `act` after `wait`. `act` is boxed, so that this code exists once for all callers.
#[inline(never)]
fn later(wait: Duration, act: Box<dyn FnOnce()>) {
    set_timeout(act, wait);
}

/// The state that no signal follows. It lives as long as the page, because each kind of value that Leptos stores is a
/// kilobyte of code.
struct Kept {
    model: Mutex<Model>,
    unsaved: AtomicBool,
    /// Counts what has been sent or stopped: what comes of an earlier one is no news.
    sent: AtomicU32,
}

/// The model and what is drawn of it.
#[derive(Clone, Copy)]
struct App {
    kept: &'static Kept,
    page: RwSignal<ViewModel>,
    words: RwSignal<Arc<Bundle>>,
    notice: RwSignal<String>,
    live: RwSignal<Live>,
    files: RwSignal<String>,
}

impl App {
    fn new(bundle: Arc<Bundle>, today: Date) -> Self {
        let model = Model::new(Arc::clone(&bundle), today);
        let (page, live) = (RwSignal::new(model.page()), model.live());
        Self {
            kept: Box::leak(Box::new(Kept {
                model: Mutex::new(model),
                unsaved: AtomicBool::new(false),
                sent: AtomicU32::new(0),
            })),
            page,
            words: RwSignal::new(bundle),
            notice: RwSignal::new(String::new()),
            live: RwSignal::new(live),
            files: RwSignal::new(String::new()),
        }
    }

    /// Gives `act` the model. `act` may not dispatch anything.
    fn model<T>(self, act: impl FnOnce(&mut Model) -> T) -> T {
        act(&mut self.kept.model.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn set_unsaved(self, unsaved: bool) {
        self.kept.unsaved.store(unsaved, Relaxed);
    }

    /// The number of what is sent now.
    fn count_sent(self) -> u32 {
        self.kept.sent.fetch_add(1, Relaxed).wrapping_add(1)
    }

    fn find_draft(self) {
        if !crypto::is_there() {
            self.draft(DraftEvent::CannotSeal);
        }
        let resumes = page::resumes();
        for stored in storage::found(resumes) {
            self.draft(DraftEvent::Found(stored));
        }
    }

    fn draft(self, event: DraftEvent) {
        self.dispatch(Event::Draft(event));
    }

    fn follow_address(self) {
        if let Some(route) = page::route() {
            self.dispatch(Event::Navigated(route));
        }
    }

    fn dispatch(self, mut event: Event) {
        // What is in the fields when a button is pressed is the answer.
        match &mut event {
            Event::Answered(given) => given.iter_mut().for_each(|(question, raw)| page::read_fields(question, raw)),
            Event::Draft(DraftEvent::Choose(raw) | DraftEvent::Open(raw)) => page::read_fields(CHOICE, raw),
            _ => {}
        }
        let (commands, before, (drawn, live)) = self.model(|model| {
            let today = page::today().unwrap_or(model.today());
            if model.visit().is_empty() {
                model.name_visit(page::make_id().unwrap_or_default());
            }
            if let Some(here) = page::here() {
                model.is_at(here);
            }
            let before = (model.drawn(), model.live());
            let commands = model.update(event, today);
            (commands, before, (model.drawn(), model.live()))
        });
        if live != before.1 {
            ui::tell_page(live);
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
        let page = self.model(|model| model.page());
        page::set_title(&page.title);
        page::set_colour(&page.colour);
        self.page.set(page);
    }

    fn run(self, command: Effect) {
        match command {
            Effect::Go(route) => {
                page::go(&route);
                self.dispatch(Event::Navigated(route));
            }
            Effect::Replace(route) => {
                page::replace(&route);
                self.dispatch(Event::Navigated(route));
            }
            Effect::Back => page::back(),
            // Drawn first: there may be more to print.
            Effect::Print => request_animation_frame(page::print),
            // Drawn first: what is to have the focus may not be there yet.
            Effect::Focus(focus) => request_animation_frame(move || page::focus(&focus)),
            Effect::Copy(file) => {
                when_done(take::copy(&file.text), Box::new(move |done| self.dispatch(Event::Copied(done.is_some()))));
            }
            Effect::Save(file) => take::save(&file),
            Effect::LoadEdition(register) => spawn_local(async move {
                let council = self.model(|model| model.bundle().council.id.clone());
                let edition = fetch_bundle::edition(&council, &register).await;
                if let Err(error) = &edition {
                    page::tell_console(&error.to_string());
                }
                self.dispatch(Event::EditionLoaded(edition.ok()));
            }),
            Effect::ChangeWords => self.change_words(),
            Effect::Tell(words) => self.tell(words),
            Effect::WarnOnLeaving(warn) => self.set_unsaved(warn),
            Effect::MakeId => {
                if let Some(id) = page::make_id() {
                    self.dispatch(Event::IdMade(id));
                }
            }
            Effect::Deliver(request) => self.deliver(*request),
            Effect::WaitToSend { milliseconds, number } => {
                let wait = Duration::from_millis(milliseconds.into());
                later(wait, Box::new(move || self.dispatch(Event::WaitedToSend(number))));
            }
            Effect::TellTabs { visit, reference } => tabs::tell(tabs::SENT, &visit, &reference),
            Effect::StopSending => {
                self.count_sent();
                http::stop();
            }
            Effect::OpenForm(request, opens) => {
                self.set_unsaved(false);
                http::open_form(&request, opens);
            }
            Effect::Mail(mail) => take::mail(&mail.address),
            Effect::WipeAndLeave(url) => self.leave(&url),
            Effect::WaitForShift(turn) => {
                later(SHIFT_WAITS, Box::new(move || self.dispatch(Event::ShiftWaited(turn))));
            }
            Effect::Speak { texts, language } => {
                speech::speak(&texts, &language, move || self.dispatch(Event::StopReading));
            }
            Effect::Silence => speech::silence(),
            Effect::SetLook(look) => page::set_look(look),
            Effect::Draft(command) => self.run_draft(command),
            Effect::Files(command) => self.run_files(command),
        }
    }

    fn run_draft(self, command: DraftEffect) {
        match command {
            DraftEffect::Keep { place, again, text } => {
                self.draft(DraftEvent::Kept(storage::keep(place, again, &text.0)));
            }
            DraftEffect::Drop => storage::forget_all(),
            DraftEffect::DropOwn => storage::forget_own(),
            DraftEffect::Forget(place) => storage::forget(place),
            DraftEffect::Ask => storage::ask(),
            DraftEffect::Tell { visit, news } => tabs::tell(news.id(), &visit, ""),
            DraftEffect::Soon => later(PAUSE, Box::new(move || self.draft(DraftEvent::Due))),
            DraftEffect::Seal { number, passphrase, header, text } => {
                let header = crypto::randomised(header);
                let lock = |header| crypto::begin("encrypt", &passphrase.0, header, text.0.as_bytes());
                let begun = header.as_ref().and_then(lock);
                let tell = move |data: Option<JsValue>| {
                    let text = header.zip(data).map(|(header, data)| Secret(crypto::sealed(header, &data)));
                    self.draft(DraftEvent::Sealed { number, text });
                };
                when_done(begun, Box::new(tell));
            }
            DraftEffect::Unseal { passphrase, sealed } => {
                let begun = crypto::begin("decrypt", &passphrase.0, &sealed.header, &sealed.data);
                let tell = move |data: Option<JsValue>| {
                    self.draft(DraftEvent::Unsealed(data.and_then(|data| crypto::unsealed(&data)).map(Secret)));
                };
                when_done(begun, Box::new(tell));
            }
            DraftEffect::Pick => {
                let tell = move |text: Option<JsValue>| {
                    self.draft(DraftEvent::Picked(text.and_then(|text| text.as_string()).map(Secret)));
                };
                when_done(take::pick(DRAFT_FILE), Box::new(tell));
            }
        }
    }

    fn run_files(self, command: FilesEffect) {
        match command {
            FilesEffect::Take => {
                let tell = move |found: Option<JsValue>| {
                    self.dispatch(Event::Files(FilesEvent::Found(
                        found.map(|found| files::found(&found)).unwrap_or_default(),
                    )));
                };
                when_done(files::take(FILES_FIELD), Box::new(tell));
            }
            FilesEffect::Prepare { id, media_type, photo } => {
                let tell = move |bytes: Option<JsValue>| {
                    let bytes = bytes.as_ref().and_then(files::length);
                    self.dispatch(Event::Files(FilesEvent::Ready { id, bytes }));
                };
                when_done(files::prepare(id, media_type, photo), Box::new(tell));
            }
            FilesEffect::Forget(id) => files::forget(Some(id)),
            FilesEffect::ForgetAll => files::forget(None),
            FilesEffect::Show => {
                let now = self.model(|model| model.page());
                self.page.update_untracked(|page| *page = now);
                self.files.set(String::new());
            }
        }
    }

    fn change_words(self) {
        self.words.set(self.model(|model| Arc::clone(model.bundle())));
    }

    /// Says something, and takes it away again: it is of this moment.
    fn tell(self, words: String) {
        let notice = self.notice;
        notice.set(words);
        later(TOLD_FOR, Box::new(move || notice.set(String::new())));
    }

    fn leave(self, url: &str) {
        self.set_unsaved(false);
        self.notice.set(String::new());
        files::forget(None);
        speech::silence();
        let said = self.model(|model| model.bundle().content.word(MessageId::ExitLoading).to_owned());
        quick_exit::wipe(&said);
        tabs::tell_exit();
        quick_exit::leave(url, said);
    }

    fn deliver(self, request: Request) {
        let number = self.count_sent();
        spawn_local(async move {
            let answer = http::deliver(request).await;
            if self.kept.sent.load(Relaxed) != number {
                return;
            }
            let result = self.model(|model| answer.and_then(|answer| model.evaluate_response(&answer)));
            self.dispatch(Event::Delivered(result));
        });
    }
}
