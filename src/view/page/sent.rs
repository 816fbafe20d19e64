//! The confirmation: the reference, what happens by when, whom to ask, and a copy to print.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    advice::{first_help, opened, talk},
    check::{number, print_button},
    paragraph,
    progress::calendar,
    subheading,
};
use crate::domain::{
    content::Word,
    delivery::config::Means,
    screen::{DateLine, Safety, SentPage},
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
    html::{El, el, nothing},
    prose::prose,
};

/// Draws it.
pub(in crate::view) fn page(ctx: &Ctx, sent: &SentPage, safety: &Arc<Safety>) -> AnyView {
    let said = if sent.reference.is_empty() { Word::SentNoReference } else { Word::SentReference };
    let next = if sent.thanks {
        paragraph(ctx.word(Word::SentThanks))
    } else if !sent.no_way_back.is_empty() {
        el("div", "").child(prose(&sent.no_way_back, 1))
    } else if sent.dates.is_empty() {
        paragraph(ctx.word(if sent.follow_up { Word::SentNextLetter } else { Word::SentNextNone }))
    } else {
        // The days first; how they are counted can be opened, and does not name them again.
        let brief = |date: &DateLine| DateLine { basis: String::new(), skipped: String::new(), ..date.clone() };
        let how = |date: &DateLine| DateLine {
            what: date.what.clone(),
            basis: date.basis.clone(),
            skipped: date.skipped.clone(),
            ..DateLine::default()
        };
        let brief: Vec<DateLine> = sent.dates.iter().map(brief).collect();
        let how: Vec<DateLine> = sent.dates.iter().map(how).collect();
        let counted = opened(ctx, Word::DatesCounted, cards::dates(&how).view());
        el("div", "").with(cards::dates(&brief)).with(counted)
    };
    if sent.reloaded {
        return reloaded(ctx, sent, panel(ctx.word(Word::SentTitle), ctx.word(said), &sent.reference));
    }
    let again = {
        let ctx = ctx.clone();
        move || ctx.send(Event::StartAgain)
    };
    // Who to ask: the young have the number among the people to talk to, and thanks need no answer.
    let asks = sent.talk.is_empty() && !sent.thanks;
    let written =
        el("div", "").with(summary_list(ctx, &sent.rows, false)).with_some(number(ctx, &sent.copy_number)).view();
    el("div", "")
        .with(panel(ctx.word(Word::SentTitle), ctx.word(said), &sent.reference))
        .with_some((!sent.files.is_empty()).then(|| inset_text(&sent.files)))
        .child(first_help(ctx, &sent.help))
        .with(danger_after_sending(ctx, safety))
        .with(paragraph(&[ctx.word(Word::SentOn), " ", &sent.sent_on, ". ", ctx.word(Word::SentKeep)].concat()))
        .with(el("div", "govuk-button-group").with(print_button(ctx)).with(copy_button(ctx)))
        .with(subheading(ctx, Word::SentNext))
        .with(next)
        .child(if sent.dates.is_empty() { nothing() } else { calendar(ctx, true) })
        .with_some(talk(ctx, &sent.talk))
        .with_some(asks.then(|| subheading(ctx, Word::SentAsk)))
        .children(sent.councils.iter().filter(|_| asks).map(|card| cards::council(ctx, card).view()))
        .with(opened(ctx, Word::SentAnswers, written))
        .with_some(sent.for_others.then(|| next_person(ctx)))
        .with(secondary(ctx.word(Word::StartAgain), again))
        .view()
}

/// What stays after the page has been loaded again: reference, dates and telephone.
fn reloaded(ctx: &Ctx, sent: &SentPage, panel: El) -> AnyView {
    let again = {
        let ctx = ctx.clone();
        move || ctx.send(Event::StartAgain)
    };
    let dates = (!sent.dates.is_empty()).then(|| cards::dates(&sent.dates));
    el("div", "")
        .with(panel)
        .with(paragraph(&[ctx.word(Word::SentOn), " ", &sent.sent_on, "."].concat()))
        .with_some(dates.as_ref().map(|_| subheading(ctx, Word::SentNext)))
        .with_some(dates)
        .with(el("div", "govuk-button-group").with(print_button(ctx)))
        .with(subheading(ctx, Word::SentAsk))
        .children(sent.councils.iter().map(|card| cards::council(ctx, card).view()))
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
