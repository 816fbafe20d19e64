//! Keeping what was written: the page on which a person chooses, the line under every other page, what was kept before.

use leptos::prelude::*;

use super::{form as form_element, paragraph, question::control};
use crate::domain::{
    content::Word,
    journey::answer::{Field, Raw},
    screen::{Choice, Control, DraftPage, ErrorLine, KeepLine, Offer, field_id},
    session::{
        Event,
        keeping::{CHOICE, DRAFT_FILE, DraftEvent},
    },
};
use crate::view::{
    Ctx,
    component::{
        Form,
        button::{secondary, submit},
        choices::checkbox,
        details::{details, inner},
        error_summary::error_summary,
        group::{field_group, label, said},
        panel::inset_text,
        text::text_field,
    },
    html::{El, el},
    prose::link,
};

/// Whether the passphrase is shown, among what is chosen; and the place of its box after all choices.
const SHOW: &str = "show";
const SHOW_AT: usize = 9;

/// Draws it.
pub(in crate::view) fn page(ctx: &Ctx, draft: &DraftPage, errors: &[ErrorLine]) -> AnyView {
    // What is typed here goes nowhere but into the event that the button sends.
    let form = Form {
        ctx: ctx.clone(),
        question: CHOICE.to_owned(),
        raw: RwSignal::new(draft.question.raw.clone()),
        errors: errors.to_vec(),
    };
    let locked = draft.offer.as_ref().is_some_and(|offer| offer.locked);
    let asks = !matches!(draft.question.control, Control::None);
    let send = {
        let form = form.clone();
        let event = if asks { DraftEvent::Choose } else { DraftEvent::Open };
        move || form.ctx.send(Event::Draft(event(form.raw.get_untracked())))
    };
    let mut body =
        form_element().flag("novalidate", true).instead("submit", send).child(control(&form, &draft.question));
    body = body.with_some(draft.offer.as_ref().map(|offer| self::offer(ctx, offer, locked)));
    if draft.cannot_seal {
        body = body.with(inset_text(ctx.word(Word::DraftCannotSeal)));
    } else if asks || locked {
        body = body.with(passphrase(&form, asks));
    }
    if asks || locked {
        let words = if asks { Word::DraftKeep } else { Word::DraftOpen };
        body = body.with(submit(ctx.word(words), draft.busy));
    }
    let status = if draft.busy { ctx.word(Word::DraftBusy) } else { "" };
    el("div", "")
        .with_some(error_summary(ctx, errors, Word::ErrorSummary))
        .with(body)
        .with(paragraph(status).attr("role", "status"))
        .with_some(draft.delete.then(|| button(ctx, Word::DraftDelete, || DraftEvent::Delete)))
        .with_some((!locked && !draft.cannot_seal).then(|| pick(ctx)))
        .with(el("p", "govuk-body").with(link(&draft.on, ctx.word(Word::DraftGoOn))))
        .view()
}

/// The field for a passphrase, which can be shown.
fn passphrase(form: &Form, new: bool) -> El {
    let group =
        field_group(form, Field::Text, "").with(label("", &field_id(Field::Text), form.word(Word::DraftPassphrase)));
    let hint = if new { form.word(Word::DraftPassphraseHint) } else { "" };
    let (group, described) = said(form, Field::Text, group, hint);
    let field = text_field(form, Field::Text, el("input", ""), "govuk-input", described)
        .attr("spellcheck", "false")
        .attr("autocomplete", if new { "new-password" } else { "current-password" })
        .live_attr("type", form.either(SHOW, "text", "password"));
    let shown = form.word(Word::DraftPassphraseShow).to_owned();
    let show = Choice { id: SHOW.to_owned(), label: shown, hint: String::new(), picture: String::new() };
    group
        .with(field)
        .with(el("div", "govuk-checkboxes govuk-checkboxes--small").with(checkbox(form, &show, SHOW_AT, None)))
}

/// What was kept before. Where its passphrase is asked for under it, that form opens it.
pub(in crate::view) fn offer(ctx: &Ctx, offer: &Offer, asks: bool) -> El {
    let open = (offer.open && !asks).then(|| button(ctx, Word::DraftOpen, || DraftEvent::Open(Raw::default())));
    let close = (offer.open && !offer.delete).then(|| button(ctx, Word::DraftClose, || DraftEvent::Close));
    let delete = offer.delete.then(|| button(ctx, Word::DraftDelete, || DraftEvent::Delete));
    el("section", "pr-draft")
        .attr("aria-labelledby", "draft")
        .with(el("h2", "govuk-heading-m").attr("id", "draft").text(ctx.word(Word::DraftFoundTitle)))
        .with(paragraph(&offer.told))
        .with(el("div", "govuk-button-group").with_some(open).with_some(close).with_some(delete))
}

/// Under a page: whether what was written is kept, and the way to choose.
pub(in crate::view) fn line(ctx: &Ctx, keep: &KeepLine) -> AnyView {
    let told = (!keep.told.is_empty()).then(|| el("p", "govuk-body-s").text(&keep.told));
    el("div", "pr-keep pr-no-print")
        .with_some(told)
        .with(el("p", "govuk-body").with(link("#/draft", ctx.word(Word::DraftTitle))))
        .with_some(keep.delete.then(|| button(ctx, Word::DraftDelete, || DraftEvent::Delete)))
        .with_some(keep.pick.then(|| pick(ctx)))
        .view()
}

/// Opens a file.
fn pick(ctx: &Ctx) -> El {
    let (words, summary) = (ctx.word(Word::DraftPickLabel), ctx.word(Word::DraftPick));
    let ctx = ctx.clone();
    let field = el("input", "pr-file")
        .attr("id", DRAFT_FILE)
        .attr("type", "file")
        .on("change", move |_| ctx.send(Event::Draft(DraftEvent::Pick)));
    details(false, summary, inner().with(label("", DRAFT_FILE, words)).with(field))
}

fn button(ctx: &Ctx, word: Word, event: fn() -> DraftEvent) -> El {
    let words = ctx.word(word);
    let ctx = ctx.clone();
    secondary(words, move || ctx.send(Event::Draft(event())))
}
