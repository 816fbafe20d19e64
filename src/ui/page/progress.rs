//! The progress of a complaint: one thing, the limit drawn to scale, and the next step. The rest can be opened.

use super::{
    advice::{flags_and_signposts, opened},
    form, subheading,
};
use crate::ui::{
    Ctx,
    component::{
        button::{secondary, submit},
        panel::inset_text,
        timeline,
    },
    element::{Html, el, nothing},
    rich_text::prose,
};
use putright_app::{Event, view_model::ProgressPage};
use putright_domain::{form::answer::FormInput, messages::MessageId};

/// Draws it.
pub(in crate::ui) fn page(ctx: &Ctx, progress: &ProgressPage) -> Html {
    let (why, more) = progress.body.split_at(progress.body.len().min(1));
    let mut page = el("div", "")
        .with(el("h1", "govuk-heading-l").text(&progress.title))
        .with_some((!progress.turn.is_empty()).then(|| inset_text(&progress.turn)))
        .child(prose(why, 1))
        .with_some(progress.strip.as_ref().map(timeline::strip));
    if progress.letter.is_some() {
        let go_on = {
            let (ctx, question) = (ctx.clone(), progress.id.clone());
            move || ctx.send(Event::Answered(vec![(question.clone(), FormInput::default())]))
        };
        let steps = progress.now.iter().map(|step| el("li", "").text(step).view());
        page = page
            .with(subheading(ctx, MessageId::ProgressNext))
            .with(el("ol", "govuk-list govuk-list--number").children(steps))
            .with(form().instead("submit", go_on).with(submit(&progress.go_on, false)));
    }
    page = page.with(subheading(ctx, MessageId::ProgressMore));
    if !progress.moments.is_empty() {
        let days = el("div", "").with(timeline::timeline(&progress.moments)).child(if progress.calendar {
            calendar(ctx, false)
        } else {
            nothing()
        });
        page = page.with(opened(ctx, MessageId::ProgressTimeline, days.view()));
    }
    if !more.is_empty() {
        page = page.with(opened(ctx, MessageId::AdviceLaw, prose(more, 2)));
    }
    flags_and_signposts(ctx, page, &progress.flags, &progress.signposts).view()
}

/// Draws the buttons that give the dates as a calendar file. `closed`: they are offered, and shown to those who ask for them.
pub(super) fn calendar(ctx: &Ctx, closed: bool) -> Html {
    let button = |word: MessageId, reminders: bool| {
        let words = ctx.word(word);
        let ctx = ctx.clone();
        secondary(words, move || ctx.send(Event::SaveCalendar { reminders }))
    };
    let buttons = el("div", "pr-no-print")
        .with(el("p", "govuk-hint").text(ctx.word(MessageId::CalendarNote)))
        .with(button(MessageId::SaveCalendar, false))
        .with(button(MessageId::SaveReminders, true))
        .view();
    if closed { opened(ctx, MessageId::CalendarTitle, buttons).view() } else { buttons }
}
