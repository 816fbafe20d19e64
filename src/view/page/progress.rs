//! Where a complaint stands: one thing, the limit drawn to scale, and what to do now. The letter and the rest can be opened.

use leptos::prelude::*;

use super::{
    advice::{flags_and_signposts, opened},
    form, subheading,
};
use crate::domain::{content::Word, journey::answer::Raw, screen::ProgressPage, session::Event};
use crate::view::{
    Ctx,
    component::{
        button::{secondary, submit},
        panel::inset_text,
        paper, timeline,
    },
    html::{el, nothing},
    prose::prose,
};

/// Draws it.
pub(in crate::view) fn page(ctx: &Ctx, progress: &ProgressPage) -> AnyView {
    let (why, more) = progress.body.split_at(progress.body.len().min(1));
    let mut page = el("div", "")
        .with(el("h1", "govuk-heading-l").text(&progress.title))
        .with_some((!progress.turn.is_empty()).then(|| inset_text(&progress.turn)))
        .child(prose(why, 1))
        .with_some(progress.strip.as_ref().map(timeline::strip));
    if let Some(letter) = &progress.letter {
        let go_on = {
            let (ctx, question) = (ctx.clone(), progress.id.clone());
            move || ctx.send(Event::Answered(vec![(question.clone(), Raw::default())]))
        };
        let steps = progress.now.iter().map(|step| el("li", "").text(step).view());
        let written = el("div", "")
            .with(el("h3", "govuk-heading-s").text(&letter.title))
            .with(paper::paper(&letter.whole()))
            .with(paper::buttons(ctx));
        page = page
            .with(subheading(ctx, Word::ProgressNext))
            .with(el("ol", "govuk-list govuk-list--number").children(steps))
            .with(form().instead("submit", go_on).with(submit(&progress.go_on, false)))
            .with(opened(ctx, Word::LetterRead, written.view()));
    }
    page = page.with(subheading(ctx, Word::ProgressMore));
    if !progress.moments.is_empty() {
        let days = el("div", "").with(timeline::timeline(&progress.moments)).child(if progress.calendar {
            calendar(ctx, false)
        } else {
            nothing()
        });
        page = page.with(opened(ctx, Word::ProgressTimeline, days.view()));
    }
    if !more.is_empty() {
        page = page.with(opened(ctx, Word::AdviceLaw, prose(more, 2)));
    }
    flags_and_signposts(ctx, page, &progress.flags, &progress.signposts).view()
}

/// Draws the buttons that give the dates as a calendar file. `closed`: they are offered, and shown to those who ask for them.
pub(super) fn calendar(ctx: &Ctx, closed: bool) -> AnyView {
    let button = |word: Word, reminders: bool| {
        let words = ctx.word(word);
        let ctx = ctx.clone();
        secondary(words, move || ctx.send(Event::SaveCalendar { reminders }))
    };
    let buttons = el("div", "pr-no-print")
        .with(el("p", "govuk-hint").text(ctx.word(Word::CalendarNote)))
        .with(button(Word::SaveCalendar, false))
        .with(button(Word::SaveReminders, true))
        .view();
    if closed { opened(ctx, Word::CalendarTitle, buttons).view() } else { buttons }
}
