//! The app in a browser: the model, the signals that the view follows, and the queue of effects.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, AtomicU32, Ordering::Relaxed},
};

use leptos::prelude::*;

use crate::{
    browser::{page, schedule::once_painted},
    ui,
};
use putright_app::{
    Effect, Event, Model,
    drafts::{CHOICE, DraftEvent},
    safety::{self, Live},
    view_model::{self, ViewModel},
};
use putright_domain::{bundle::Bundle, date::Date};

/// The state that no signal follows. It lives as long as the page, because each kind of value that Leptos stores is a
/// kilobyte of code.
pub struct AppState {
    model: Mutex<Model>,
    /// The effects that wait to be performed. The next is the last.
    waiting: Mutex<Vec<Effect>>,
    performing: AtomicBool,
    perform: fn(App, Effect),
    pub unsaved: AtomicBool,
    /// Counts what has been sent or stopped: what comes of an earlier one is no news.
    pub sent: AtomicU32,
}

/// The model and what is drawn of it.
#[derive(Clone, Copy)]
pub struct App {
    pub kept: &'static AppState,
    pub page: RwSignal<ViewModel>,
    pub words: RwSignal<Arc<Bundle>>,
    pub notice: RwSignal<String>,
    pub live: RwSignal<Live>,
    pub files: RwSignal<String>,
}

fn lock<T>(state: &Mutex<T>) -> MutexGuard<'_, T> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl App {
    /// Makes the app of a page. `perform` carries out one effect.
    pub fn new(bundle: Arc<Bundle>, today: Date, perform: fn(Self, Effect)) -> Self {
        let model = Model::new(Arc::clone(&bundle), today);
        let page = view_model::page(&model);
        page::set_colour(&page.colour);
        let (page, live) = (RwSignal::new(page), safety::live(&model));
        Self {
            kept: Box::leak(Box::new(AppState {
                model: Mutex::new(model),
                waiting: Mutex::new(Vec::new()),
                performing: AtomicBool::new(false),
                perform,
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
    pub fn model<T>(self, act: impl FnOnce(&mut Model) -> T) -> T {
        act(&mut lock(&self.kept.model))
    }

    pub fn set_unsaved(self, unsaved: bool) {
        self.kept.unsaved.store(unsaved, Relaxed);
    }

    /// The number of what is sent now.
    pub fn count_sent(self) -> u32 {
        self.kept.sent.fetch_add(1, Relaxed).wrapping_add(1)
    }

    pub fn draft(self, event: DraftEvent) {
        self.dispatch(Event::Draft(event));
    }

    /// Gives an event to the model, draws what changed, and performs the effects.
    ///
    /// An effect that dispatches an event while it is performed puts the effects of that event before those that still wait. So they
    /// come in the order of nested calls, and no call is inside another.
    pub fn dispatch(self, mut event: Event) {
        // What is in the fields when a button is pressed is the answer.
        match &mut event {
            Event::Answered(given) => given.iter_mut().for_each(|(question, raw)| page::read_fields(question, raw)),
            Event::Draft(DraftEvent::Choose(raw) | DraftEvent::Open(raw)) => page::read_fields(CHOICE, raw),
            _ => {}
        }
        let (effects, before, (drawn, live)) = self.model(|model| {
            let today = page::today().unwrap_or(model.today());
            if model.visit().is_empty() {
                model.name_visit(page::make_id().unwrap_or_default());
            }
            if let Some(here) = page::here() {
                model.is_at(here);
            }
            let before = (model.drawn(), safety::live(model));
            let effects = model.update(event, today);
            (effects, before, (model.drawn(), safety::live(model)))
        });
        if live != before.1 {
            ui::tell_page(live);
            self.live.set(live);
        }
        if drawn != before.0 {
            self.redraw();
        }
        lock(&self.kept.waiting).extend(effects.into_iter().rev());
        self.perform_waiting();
    }

    fn perform_waiting(self) {
        if self.kept.performing.swap(true, Relaxed) {
            return;
        }
        while let Some(effect) = self.next_effect() {
            (self.kept.perform)(self, effect);
        }
        self.kept.performing.store(false, Relaxed);
    }

    fn next_effect(self) -> Option<Effect> {
        lock(&self.kept.waiting).pop()
    }

    /// Draws the page again.
    pub fn redraw(self) {
        let page = self.model(|model| view_model::page(model));
        self.show_title(&page);
        // The styles of the whole page follow the colour.
        if self.page.with_untracked(|shown| shown.colour != page.colour) {
            page::set_colour(&page.colour);
        }
        self.page.set(page);
    }

    /// Sets the document's title: at once where it tells of a mistake, which is told with it.
    fn show_title(self, page: &ViewModel) {
        if !page.errors.is_empty() {
            page::set_title(&page.title);
            return;
        }
        once_painted(Box::new(move || {
            if !self.model(|model| model.has_left()) {
                self.page.with_untracked(|page| page::set_title(&page.title));
            }
        }));
    }
}
