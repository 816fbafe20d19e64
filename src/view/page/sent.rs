//! The confirmation: the reference, what happens by when, whom to ask, and a copy to print.

use std::sync::Arc;

use leptos::prelude::*;

use super::{advice::first_help, check::print_button, paragraph, progress::calendar_button, subheading};
use crate::domain::{
    content::Word,
    delivery::config::Means,
    screen::{Safety, SentPage},
    session::Event,
};
use crate::view::{
    Ctx,
    component::{
        button::secondary,
        cards,
        danger::danger_after_sending,
        panel::{inset_text, panel},
        summary_list::summary_list,
    },
    html::{El, el},
    prose::link,
};

/// Draws it.
pub(in crate::view) fn page(ctx: &Ctx, sent: &SentPage, safety: &Arc<Safety>) -> AnyView {
    let (said, number) = if sent.reference.is_empty() {
        (Word::SentNoReference, &sent.copy_number)
    } else {
        (Word::SentReference, &sent.reference)
    };
    let next = if sent.thanks {
        paragraph(ctx.word(Word::SentThanks))
    } else if sent.dates.is_empty() {
        paragraph(ctx.word(if sent.follow_up { Word::SentNextLetter } else { Word::SentNextNone }))
    } else {
        cards::dates(&sent.dates)
    };
    let copy = [ctx.word(Word::SentOn), " ", &sent.sent_on, ". ", ctx.word(Word::SentCopyNumber), ": "].concat();
    let again = {
        let ctx = ctx.clone();
        move || ctx.send(Event::StartAgain)
    };
    el("div", "")
        .with(panel(ctx.word(Word::SentTitle), ctx.word(said), number))
        .with_some((!sent.files.is_empty()).then(|| inset_text(&sent.files)))
        .child(first_help(ctx, &sent.help))
        .with(danger_after_sending(ctx, safety))
        .with(paragraph(ctx.word(Word::SentKeep)))
        .with(el("div", "govuk-button-group").with(print_button(ctx)).with(copy_button(ctx)))
        .with(subheading(ctx, Word::SentNext))
        .with(next)
        .with_some((!sent.dates.is_empty()).then(|| calendar_button(ctx)))
        .with(subheading(ctx, Word::SentAsk))
        .children(sent.councils.iter().map(|card| cards::council(ctx, card).view()))
        .with(el("p", "govuk-body").with(link("#/guide", ctx.word(Word::GuideLink))))
        .with(subheading(ctx, Word::SentAnswers))
        .with(paragraph(&copy).with(el("span", "pr-reference").text(&sent.copy_number)))
        .with(summary_list(ctx, &sent.rows, false))
        .with_some(sent.for_others.then(|| next_person(ctx)))
        .with(secondary(ctx.word(Word::StartAgain), again))
        .view()
}

/// A button that gives the person their own copy, as a file.
fn copy_button(ctx: &Ctx) -> El {
    let words = ctx.word(Word::KeepCopy);
    let ctx = ctx.clone();
    secondary(words, move || ctx.send(Event::Use(Means::DownloadHtml)))
}

/// For someone who acts for others: on to the next, with nothing left of the last.
fn next_person(ctx: &Ctx) -> El {
    let words = ctx.word(Word::NextPerson);
    let ctx = ctx.clone();
    secondary(words, move || ctx.send(Event::NextPerson))
}
