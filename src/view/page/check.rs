//! Check answers, send, and what to do when sending brought no reference.

use std::sync::Arc;

use leptos::prelude::*;

use super::{form, paragraph, secondary, subheading, submit};
use crate::domain::{
    content::Word,
    screen::{CheckPage, ErrorLine, Safety},
    session::Event,
};
use crate::view::{
    Ctx,
    component::{cards, danger::danger, error_summary::error_summary, summary_list::summary_list},
    html::{El, el},
};

/// Draws it.
pub(in crate::view) fn page(ctx: &Ctx, check: &CheckPage, errors: &[ErrorLine], safety: &Arc<Safety>) -> AnyView {
    let mut page = el("div", "")
        .with_some(error_summary(ctx, errors, Word::NotSentTitle))
        .with(el("h1", "govuk-heading-l").text(ctx.word(Word::CheckTitle)));
    if let Some(failed) = &check.failed {
        page = page
            .with(paragraph(ctx.word(Word::NotSentKept)))
            .with(subheading(ctx, Word::ContactsTitle))
            .children(failed.councils.iter().map(|card| cards::council(ctx, card).view()))
            .with(print_button(ctx));
    }
    let send = {
        let ctx = ctx.clone();
        move || ctx.send(Event::Send)
    };
    let words = if check.failed.is_some() { Word::TryAgain } else { Word::Send };
    let status = if check.sending { ctx.word(Word::Sending) } else { &String::new() };
    let form = form()
        .instead("submit", send)
        .with(paragraph(status).attr("role", "status"))
        .with(submit(ctx.word(words)).flag("disabled", check.sending));
    page.with(danger(ctx, safety))
        .with(paragraph(ctx.word(Word::CheckIntro)))
        .with(summary_list(ctx, &check.rows, !check.sending))
        .with(form)
        .view()
}

/// A button that prints the page.
pub(super) fn print_button(ctx: &Ctx) -> El {
    let words = ctx.word(Word::Print);
    let ctx = ctx.clone();
    secondary(words, move || ctx.send(Event::Print))
}
