//! Where a complaint stands: whose turn it is, its dates, and what can be sent now.

use leptos::prelude::*;

use super::{advice, form, subheading};
use crate::domain::{content::Word, journey::answer::Raw, screen::ProgressPage, session::Event};
use crate::view::{
    Ctx,
    component::{
        button::{secondary, submit},
        panel::inset_text,
        paper, timeline,
    },
    html::{El, el},
    prose::prose,
};

/// Draws it.
pub(in crate::view) fn page(ctx: &Ctx, progress: &ProgressPage) -> AnyView {
    // Whose turn it is and why comes first, then the dates and the letter; the rest can be read after.
    let (why, more) = progress.body.split_at(progress.body.len().min(1));
    let mut page = el("div", "")
        .with(el("h1", "govuk-heading-l").text(&progress.title))
        .with(inset_text(&progress.turn))
        .child(prose(why, 1));
    if !progress.moments.is_empty() {
        page = page
            .with(subheading(ctx, Word::ProgressTimeline))
            .with_some(progress.strip.as_ref().map(timeline::strip))
            .with(timeline::timeline(&progress.moments))
            .with(calendar_button(ctx))
            .with(el("p", "govuk-hint").text(ctx.word(Word::CalendarNote)));
    }
    if let Some(letter) = &progress.letter {
        let go_on = {
            let (ctx, question) = (ctx.clone(), progress.id.clone());
            move || ctx.send(Event::Answered { question: question.clone(), raw: Raw::default() })
        };
        page = page
            .with(subheading(ctx, Word::ProgressNext))
            .with(el("h3", "govuk-heading-s").text(&letter.title))
            .with(paper::paper(&letter.text))
            .with(paper::buttons(ctx))
            .with(form().instead("submit", go_on).with(submit(&progress.go_on, false)));
    }
    if !more.is_empty() {
        page = page.with(subheading(ctx, Word::ProgressMore)).child(prose(more, 2));
    }
    advice::flags_and_signposts(ctx, page, &progress.flags, &progress.signposts).view()
}

/// A button that gives the dates as a calendar file.
pub(super) fn calendar_button(ctx: &Ctx) -> El {
    let words = ctx.word(Word::SaveCalendar);
    let ctx = ctx.clone();
    secondary(words, move || ctx.send(Event::SaveCalendar))
}
