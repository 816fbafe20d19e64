//! The view: a [`ViewModel`] in, an [`Event`] out. Computes no date and no route, and reaches the browser by an event alone.
//!
//! The same components are drawn in the browser and written into files on the host. [`element`] puts them together as HTML, and
//! `mount` connects that in a browser.

mod component;
mod element;
#[cfg(not(target_family = "wasm"))]
pub mod examples;
mod layout;
#[cfg(target_family = "wasm")]
mod mount;
mod page;
mod rich_text;
#[cfg(not(target_family = "wasm"))]
pub mod ssr;

use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::*;

use component::read_aloud::read_aloud;
pub use element::Html;
pub use layout::frame;
#[cfg(not(target_family = "wasm"))]
pub use layout::{OPENING, PlainFormLink, plain, prerendered};
#[cfg(target_family = "wasm")]
pub use mount::mount;
#[cfg(not(target_family = "wasm"))]
pub use page::{first_questions, no_js_form as parts, officer};
use putright_app::{Event, safety::Live, view_model::ViewModel};
use putright_domain::{bundle::Bundle, messages::MessageId};

/// The words and the event handler, which every part of the view needs.
#[derive(Clone)]
pub struct Ctx {
    bundle: Arc<Bundle>,
    dispatch: Callback<Event>,
    /// The message to the person, without moving the focus.
    notice: RwSignal<String>,
    live: RwSignal<Live>,
    /// The page as it is now, for the parts of it that are drawn again by themselves.
    page: ReadSignal<ViewModel>,
    /// Tells that the files on the page have changed.
    files: RwSignal<String>,
}

/// The state that the parts of the current page follow, in place of [`Ctx`]'s own `live`. It goes with those parts.
/// Leptos keeps a few hundred bytes for all that ever followed a signal, for as long as the signal exists.
static ON_PAGE: Mutex<Option<RwSignal<Live>>> = Mutex::new(None);

/// Tells the current page what has changed on it.
pub fn tell_page(live: Live) {
    if let Some(on_page) = *ON_PAGE.lock().unwrap_or_else(PoisonError::into_inner) {
        on_page.try_set(live);
    }
}

impl Ctx {
    /// Returns the context of a page, which goes with it. Call it where Leptos cleans up after the page.
    fn on_page(&self) -> Self {
        let live = RwSignal::new(self.live.get_untracked());
        *ON_PAGE.lock().unwrap_or_else(PoisonError::into_inner) = Some(live);
        Self { live, ..self.clone() }
    }

    /// Creates a context.
    pub fn new(
        bundle: Arc<Bundle>,
        dispatch: Callback<Event>,
        notice: RwSignal<String>,
        live: RwSignal<Live>,
        page: ReadSignal<ViewModel>,
        files: RwSignal<String>,
    ) -> Self {
        Self { bundle, dispatch, notice, live, page, files }
    }

    /// Returns the part of the state that changes on a page. A closure that calls it is drawn again at each change.
    #[inline(never)]
    fn now(&self) -> Live {
        self.live.get()
    }

    fn word(&self, word: MessageId) -> &str {
        self.bundle.content.word(word)
    }

    fn send(&self, event: Event) {
        self.dispatch.run(event);
    }
}

/// A page's main part.
fn body(ctx: &Ctx, page: &ViewModel) -> Html {
    use putright_app::view_model::PageBody;
    let aloud = |page: Html| [read_aloud(ctx).view(), page].into_iter().collect();
    match &page.body {
        PageBody::Question(question) => aloud(page::question::page(ctx, question, &page.errors, &page.safety)),
        PageBody::Advice(advice) => aloud(page::advice::page(ctx, advice)),
        PageBody::Progress(progress) => page::progress::page(ctx, progress),
        PageBody::Check(check) => page::check_answers::page(ctx, check, page),
        PageBody::HandOver(copy) => page::other_channels::page(ctx, copy),
        PageBody::Sent(sent) => page::confirmation::page(ctx, sent, &page.safety),
        PageBody::Guide(parts) => page::guide::page(ctx, parts, "h1"),
        PageBody::Leaflet(leaflet) => page::leaflet::page(ctx, leaflet),
        PageBody::Contacts(cards) => page::contacts::page(ctx, cards, "h1"),
        PageBody::ExitHelp => page::exit_help::page(ctx, "h1"),
        PageBody::Look(look) => page::display_settings::page(ctx, *look),
        PageBody::Draft(draft) => page::draft::page(ctx, draft, &page.errors),
    }
}
