//! Drafts: "Go on, or start again?", "Save for later", and the line under every other page.

use leptos::prelude::*;

use super::{form as form_element, paragraph, question::control};
use crate::ui::{
    Ctx,
    component::{
        QuestionForm,
        button::{secondary, submit},
        choices::checkbox,
        details::{details, inner},
        error_summary::error_summary,
        form_group::{field_group, label, said},
        panel::inset_text,
        text::text_field,
    },
    element::{El, Html, el},
    rich_text::link,
};
use putright_app::{
    Event,
    drafts::{CHOICE, DRAFT_FILE, DraftEvent},
    view_model::{Choice, DraftPage, ErrorLine, KeepLine},
};
use putright_domain::{form::answer::Field, messages::MessageId};

/// The places of the two boxes after all choices.
const SHARED_AT: usize = 8;
const SHOW_AT: usize = 9;
/// The id of the choice to show the passphrase.
const SHOW: &str = "show";

/// Draws it.
pub(in crate::ui) fn page(ctx: &Ctx, draft: &DraftPage, errors: &[ErrorLine]) -> Html {
    // What is typed here goes nowhere but into the event that the button sends.
    let form = QuestionForm::new(ctx, &draft.question, errors);
    // Their own: a choice among the radios takes the place of all that is chosen.
    let boxes = QuestionForm { raw: RwSignal::new(draft.question.raw.clone()), ..form.clone() };
    let asks = draft.offer.is_none();
    let send = {
        let form = form.clone();
        let event = if asks { DraftEvent::Choose } else { DraftEvent::Open };
        move || form.ctx.send(Event::Draft(event(form.raw.get_untracked())))
    };
    let mut body = form_element()
        .attr("id", &["question-", CHOICE].concat())
        .flag("novalidate", true)
        .instead("submit", send)
        .child(control(&form, &draft.question, &|_| None));
    body = body.with_some(draft.shared.as_ref().map(|shared| small(checkbox(&boxes, shared, SHARED_AT, None))));
    if draft.cannot_seal {
        body = body.with(inset_text(ctx.word(MessageId::DraftCannotSeal)));
    } else if draft.offer.is_none_or(|offer| offer.locked) {
        body = body.with(passphrase(&form, &boxes, asks));
    }
    let words = if asks { MessageId::DraftKeep } else { MessageId::DraftOpen };
    let other = draft.offer.map(|offer| if offer.file { close(ctx) } else { start_again(ctx) });
    body = body.with(el("div", "govuk-button-group").with(submit(ctx.word(words), draft.busy)).with_some(other));
    let status = if draft.busy { ctx.word(MessageId::DraftBusy) } else { "" };
    let page = el("div", "")
        .with_some(error_summary(ctx, errors, MessageId::ErrorSummary))
        .with(body)
        .with(paragraph(status).attr("role", "status"));
    if draft.offer.is_some_and(|offer| !offer.file) {
        // The question, and nothing else of what is there.
        return page.view();
    }
    page.with_some(draft.delete.then(|| button(ctx, MessageId::DraftDelete, || Event::Draft(DraftEvent::Delete))))
        .with_some((asks && !draft.cannot_seal).then(|| pick(ctx)))
        .with(el("p", "govuk-body").with(link(&draft.on, ctx.word(MessageId::DraftGoOn))))
        .view()
}

fn small(item: El) -> El {
    el("div", "govuk-checkboxes govuk-checkboxes--small").with(item)
}

fn close(ctx: &Ctx) -> El {
    button(ctx, MessageId::DraftClose, || Event::Draft(DraftEvent::Close))
}

fn start_again(ctx: &Ctx) -> El {
    button(ctx, MessageId::DraftStartAgain, || Event::StartAgain)
}

/// The field for a passphrase, which can be shown.
fn passphrase(form: &QuestionForm, boxes: &QuestionForm, new: bool) -> El {
    let group = field_group(form, Field::Text, "").with(label(
        "",
        &form.field_id(Field::Text),
        form.word(MessageId::DraftPassphrase),
    ));
    let hint = if new { form.word(MessageId::DraftPassphraseHint) } else { "" };
    let (group, described) = said(form, Field::Text, group, hint);
    let field = text_field(form, Field::Text, el("input", ""), "govuk-input", described)
        .attr("spellcheck", "false")
        .attr("autocomplete", if new { "new-password" } else { "current-password" })
        .live_attr("type", boxes.either(SHOW, "text", "password"));
    let shown = form.word(MessageId::DraftPassphraseShow).to_owned();
    let show = Choice { id: SHOW.to_owned(), label: shown, hint: String::new(), picture: String::new() };
    group.with(field).with(small(checkbox(boxes, &show, SHOW_AT, None)))
}

/// Under a page: whether what was written is kept, and the choice.
pub(in crate::ui) fn line(ctx: &Ctx, keep: &KeepLine) -> Html {
    let told = (!keep.told.is_empty()).then(|| el("p", "govuk-body-s").text(&keep.told));
    let later = keep.link.then(|| el("p", "govuk-body").with(link("#/draft", ctx.word(MessageId::DraftTitle))));
    el("div", "pr-keep pr-no-print")
        .with_some(told)
        .with_some(keep.delete.map(|word| button(ctx, word, || Event::Draft(DraftEvent::Delete))))
        .with_some(later)
        .with_some(keep.pick.then(|| pick(ctx)))
        .view()
}

/// Opens a file.
fn pick(ctx: &Ctx) -> El {
    let (words, summary) = (ctx.word(MessageId::DraftPickLabel), ctx.word(MessageId::DraftPick));
    let ctx = ctx.clone();
    let field = el("input", "pr-file")
        .attr("id", DRAFT_FILE)
        .attr("type", "file")
        .on("change", move |_| ctx.send(Event::Draft(DraftEvent::Pick)));
    details(false, summary, inner().with(label("", DRAFT_FILE, words)).with(field))
}

fn button(ctx: &Ctx, word: MessageId, event: fn() -> Event) -> El {
    let words = ctx.word(word);
    let ctx = ctx.clone();
    secondary(words, move || ctx.send(event()))
}
