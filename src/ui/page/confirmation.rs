//! The confirmation: the reference, the dates, the contacts, and a copy to print.

use std::sync::Arc;

use super::{
    advice::{first_help, opened, talk},
    check_answers::{number, print_button},
    paragraph,
    progress::calendar,
    subheading,
};
use crate::ui::{
    Ctx,
    component::{
        button::secondary,
        contact_card,
        danger_panel::danger_after_sending,
        panel::{inset_text, panel},
        summary_list::summary_list,
    },
    element::{El, Html, el, nothing},
    rich_text::prose,
};
use putright_app::{
    Event,
    view_model::{DateLine, Safety, SentPage},
};
use putright_domain::{delivery::config::Channel, messages::MessageId};

/// Draws it.
pub(in crate::ui) fn page(ctx: &Ctx, sent: &SentPage, safety: &Arc<Safety>) -> Html {
    let said = if sent.reference.is_empty() { MessageId::SentNoReference } else { MessageId::SentReference };
    let next = if sent.thanks {
        paragraph(ctx.word(MessageId::SentThanks))
    } else if !sent.no_way_back.is_empty() {
        el("div", "").child(prose(&sent.no_way_back, 1))
    } else if sent.dates.is_empty() {
        paragraph(ctx.word(if sent.follow_up { MessageId::SentNextLetter } else { MessageId::SentNextNone }))
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
        let counted = opened(ctx, MessageId::DatesCounted, contact_card::dates(&how).view());
        el("div", "").with(contact_card::dates(&brief)).with(counted)
    };
    if sent.reloaded {
        return reloaded(ctx, sent, panel(ctx.word(MessageId::SentTitle), ctx.word(said), &sent.reference));
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
        .with(panel(ctx.word(MessageId::SentTitle), ctx.word(said), &sent.reference))
        .with_some((!sent.files.is_empty()).then(|| inset_text(&sent.files)))
        .child(first_help(ctx, &sent.help))
        .with(danger_after_sending(ctx, safety))
        .with(paragraph(
            &[ctx.word(MessageId::SentOn), " ", &sent.sent_on, ". ", ctx.word(MessageId::SentKeep)].concat(),
        ))
        .with(el("div", "govuk-button-group").with(print_button(ctx)).with(copy_button(ctx)))
        .with(subheading(ctx, MessageId::SentNext))
        .with(next)
        .child(if sent.dates.is_empty() { nothing() } else { calendar(ctx, true) })
        .with_some(talk(ctx, &sent.talk))
        .with_some(asks.then(|| subheading(ctx, MessageId::SentAsk)))
        .children(sent.councils.iter().filter(|_| asks).map(|card| contact_card::council(ctx, card).view()))
        .with(opened(ctx, MessageId::SentAnswers, written))
        .with_some(sent.for_others.then(|| next_person(ctx)))
        .with(secondary(ctx.word(MessageId::StartAgain), again))
        .view()
}

/// Draws the parts that remain after the page has been loaded again: reference, dates and telephone.
fn reloaded(ctx: &Ctx, sent: &SentPage, panel: El) -> Html {
    let again = {
        let ctx = ctx.clone();
        move || ctx.send(Event::StartAgain)
    };
    let dates = (!sent.dates.is_empty()).then(|| contact_card::dates(&sent.dates));
    el("div", "")
        .with(panel)
        .with(paragraph(&[ctx.word(MessageId::SentOn), " ", &sent.sent_on, "."].concat()))
        .with_some(dates.as_ref().map(|_| subheading(ctx, MessageId::SentNext)))
        .with_some(dates)
        .with(el("div", "govuk-button-group").with(print_button(ctx)))
        .with(subheading(ctx, MessageId::SentAsk))
        .children(sent.councils.iter().map(|card| contact_card::council(ctx, card).view()))
        .with(secondary(ctx.word(MessageId::StartAgain), again))
        .view()
}

/// A button that gives the person their own copy, as a file.
fn copy_button(ctx: &Ctx) -> El {
    let words = ctx.word(MessageId::KeepCopy);
    let ctx = ctx.clone();
    secondary(words, move || ctx.send(Event::Use(Channel::DownloadHtml)))
}

/// Draws the way on for someone who acts for others: to the next person, with nothing left of the last.
fn next_person(ctx: &Ctx) -> El {
    let words = ctx.word(MessageId::NextPerson);
    let ctx = ctx.clone();
    secondary(words, move || ctx.send(Event::NextPerson))
}
