//! Leptos only: a [`Page`] in, an [`Event`] out. Computes no date and no route, and reaches the browser by an event alone.
//!
//! The same components are drawn in the browser and rendered to HTML on the host. Elements are put together with `html`,
//! which says why.

mod component;
mod frame;
mod html;
mod page;
mod prose;

use std::sync::Arc;

use leptos::prelude::*;

use crate::domain::{content::Word, loaded::Loaded, screen::Page, session::Event};
pub use frame::{frame, prerendered};

/// What every part of the view needs: the words, and somebody to tell.
#[derive(Clone)]
pub struct Ctx {
    loaded: Arc<Loaded>,
    dispatch: Callback<Event>,
    notice: RwSignal<String>,
}

impl Ctx {
    /// Makes one.
    pub fn new(loaded: Arc<Loaded>, dispatch: Callback<Event>) -> Self {
        Self { loaded, dispatch, notice: RwSignal::new(String::new()) }
    }

    /// What is said to the person without moving the focus.
    pub fn notice(&self) -> RwSignal<String> {
        self.notice
    }

    fn word(&self, word: Word) -> &str {
        self.loaded.content.word(word)
    }

    fn send(&self, event: Event) {
        self.dispatch.run(event);
    }
}

/// A page's main part.
fn body(ctx: &Ctx, page: &Page) -> AnyView {
    use crate::domain::screen::Body;
    match &page.body {
        Body::Question(question) => page::question::page(ctx, question, &page.errors),
        Body::Advice(advice) => page::advice::page(ctx, advice),
        Body::Progress(progress) => page::progress::page(ctx, progress),
        Body::Check(check) => page::check::page(ctx, check, &page.errors),
        Body::Sent(sent) => page::sent::page(ctx, sent),
        Body::Guide(parts) => page::guide::page(ctx, parts, "h1"),
        Body::Contacts(cards) => page::contacts::page(ctx, cards, "h1"),
        Body::Draft(draft) => page::draft::page(ctx, draft, &page.errors),
    }
}
