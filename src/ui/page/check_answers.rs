//! Check answers, send, and what to do when it is not known to have arrived.

use super::{form, paragraph, question::control, steps::steps, subheading};
use crate::ui::{
    Ctx,
    component::{
        QuestionForm,
        button::{secondary, submit},
        contact_card,
        danger_panel::danger,
        error_summary::error_summary,
        panel::inset_text,
        summary_list::summary_list,
    },
    element::{El, Html, el},
    rich_text::link,
};
use putright_app::{
    Event,
    delivery::SENDING_STATUS,
    view_model::{ChannelOption, CheckPage, ViewModel},
};
use putright_domain::messages::MessageId;

/// Draws it.
pub(in crate::ui) fn page(ctx: &Ctx, check: &CheckPage, page: &ViewModel) -> Html {
    let mut drawn = el("div", "")
        .with_some(error_summary(ctx, &page.errors, page.errors_title))
        .with_some(check.steps.as_ref().map(|now| steps(ctx, now)))
        .with(el("h1", "govuk-heading-l").text(ctx.word(MessageId::CheckTitle)))
        .children(check.failed.iter().map(|told| paragraph(told).view()))
        // A printed page has no button to press.
        .with_some(check.failed.is_empty().then(|| el("p", "pr-print-only").text(ctx.word(MessageId::CopyNotSent))))
        .with_some(number(ctx, &check.copy_number));
    let council = check.councils.iter().map(|card| contact_card::council(ctx, card).view());
    // What can be done comes before what was written, which is long.
    let first = check.send.is_some() && !check.ways.is_empty();
    if first {
        drawn = drawn.with(send_form(ctx, check, page)).child(ways(ctx, check, MessageId::WaysTitle));
    }
    if !check.councils.is_empty() {
        drawn = drawn.with(subheading(ctx, MessageId::ContactsTitle)).children(council);
    }
    drawn = drawn.with(danger(ctx, &page.safety)).with(paragraph(ctx.word(MessageId::CheckIntro))).with(summary_list(
        ctx,
        &check.rows,
        check.sending.is_none(),
    ));
    if check.sending.is_none() && !check.extras.is_empty() {
        let extras = check.extras.iter().map(|(href, words)| el("li", "").with(link(href, words)).view());
        drawn = drawn.with(el("ul", "govuk-list pr-extras pr-no-print").children(extras));
    }
    if check.send.is_none() {
        return drawn.child(ways(ctx, check, MessageId::WaysNone)).view();
    }
    if first { drawn.view() } else { drawn.with(send_form(ctx, check, page)).view() }
}

fn send_form(ctx: &Ctx, check: &CheckPage, page: &ViewModel) -> El {
    let send = {
        let ctx = ctx.clone();
        move || ctx.send(Event::Send)
    };
    let stop = {
        let ctx = ctx.clone();
        move || ctx.send(Event::SendingStopped)
    };
    let without = {
        let ctx = ctx.clone();
        move || ctx.send(Event::SendWithout)
    };
    let without = (!check.without.is_empty()).then(|| secondary(&check.without, without));
    let status = check.sending.map_or("", |word| ctx.word(word));
    let stop = check.sending.map(|_| secondary(ctx.word(MessageId::StopSending), stop));
    let buttons = el("div", "govuk-button-group")
        .with(submit(ctx.word(check.send.unwrap_or(MessageId::Send)), check.sending.is_some()))
        .with_some(without)
        .with_some(stop);
    let asked = check.asked.iter().filter(|_| check.sending.is_none()).map(|asked| {
        let form = QuestionForm::new(ctx, asked, &page.errors);
        let part = el("div", "pr-asked pr-no-print").attr("id", &["question-", &asked.id].concat());
        part.child(control(&form, asked, &|_| None)).view()
    });
    form()
        .flag("novalidate", true)
        .instead("submit", send)
        .children(asked)
        .with(paragraph(status).attr("role", "status").attr("id", SENDING_STATUS))
        .with_some(check.sending.map(|_| el("progress", "pr-sending").attr("aria-labelledby", SENDING_STATUS)))
        .with(buttons)
}

/// The other ways, each with what to know before. None of them sends anything from here, and that is said first.
fn ways(ctx: &Ctx, check: &CheckPage, title: MessageId) -> Html {
    el("div", "pr-ways pr-no-print")
        .with(subheading(ctx, title))
        .with(inset_text(ctx.word(MessageId::WaysNotSent)))
        .with(el("ul", "govuk-list").children(check.ways.iter().map(|way| entry(ctx, way).view())))
        .view()
}

fn entry(ctx: &Ctx, way: &ChannelOption) -> El {
    let id = ["way-", way.means.id()].concat();
    let act = {
        let (ctx, means) = (ctx.clone(), way.means);
        move || ctx.send(Event::Use(means))
    };
    el("li", "")
        .with(secondary(&way.label, act).attr("aria-describedby", &id))
        .with(el("p", "govuk-hint").attr("id", &id).text(&way.hint))
}

/// The person's own number.
pub(super) fn number(ctx: &Ctx, copy_number: &str) -> Option<El> {
    let told = [ctx.word(MessageId::SentCopyNumber), ": "].concat();
    (!copy_number.is_empty()).then(|| paragraph(&told).with(el("span", "pr-reference").text(copy_number)))
}

/// A button that prints the page.
pub(super) fn print_button(ctx: &Ctx) -> El {
    let words = ctx.word(MessageId::Print);
    let ctx = ctx.clone();
    secondary(words, move || ctx.send(Event::Print))
}
