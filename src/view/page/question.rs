//! A question: one thing a page, the heading its legend or label.

use std::sync::Arc;

use leptos::prelude::*;

use super::{draft, form as form_element};
use crate::domain::{
    content::Word,
    journey::answer::Field,
    screen::{Control, ErrorLine, QuestionPage, Safety, field_id},
    session::{Event, files::FILES_FIELD},
};
use crate::view::{
    Ctx,
    component::{
        Form,
        button::{secondary, submit},
        cards, choices,
        danger::danger,
        date_input::date_input,
        error_summary::error_summary,
        file_upload::file_upload,
        group::{field_group, fieldset, grouped, heading_in_legend, heading_label, legend, said},
        paper, text,
    },
    html::{El, el, live},
    prose::prose,
};

/// Draws it.
pub(in crate::view) fn page(ctx: &Ctx, question: &QuestionPage, errors: &[ErrorLine], safety: &Arc<Safety>) -> AnyView {
    let form = Form {
        ctx: ctx.clone(),
        question: question.id.clone(),
        raw: RwSignal::new(question.raw.clone()),
        errors: errors.to_vec(),
    };
    let answer = {
        let form = form.clone();
        move || form.ctx.send(Event::Answered { question: form.question.clone(), raw: form.raw.get_untracked() })
    };
    let form = form_element()
        .flag("novalidate", true)
        .instead("submit", answer)
        .child(control(&form, question))
        .with(danger(ctx, safety))
        .with_some(submit_words(question).map(|word| submit(ctx.word(word), false)));
    el("div", young(question))
        .with_some(error_summary(ctx, errors, Word::ErrorSummary))
        .child(cards::danger(ctx, &question.danger))
        .with_some(question.offer.as_ref().map(|offer| draft::offer(ctx, offer, false)))
        .with(form)
        .view()
}

/// The class of what holds a question: for the young it has more room.
pub(super) fn young(question: &QuestionPage) -> &'static str {
    if question.young { "pr-young" } else { "" }
}

/// What answers it, under its heading.
pub(super) fn control(form: &Form, question: &QuestionPage) -> AnyView {
    let input = match &question.control {
        Control::None => {
            let heading = el("h1", "govuk-heading-l").text(&question.title);
            return el("div", "").with(heading).child(prose(&question.body, 0)).view();
        }
        Control::Text { autocomplete } => return labelled(form, question, Some(autocomplete.as_str()), 0).view(),
        Control::LongText { max } => return labelled(form, question, None, *max).view(),
        Control::Letter { max, changed, .. } => return letter(form, question, *max, *changed),
        Control::Radios(choices) => choices::radios(form, choices),
        Control::Checkboxes { groups, none } => choices::checkboxes(form, groups, none.as_ref()),
        Control::Date(words) => date_input(form, words),
        Control::Reach { methods, none } => choices::reach(form, methods, none),
        Control::Agreement(choice) => choices::agreement(form, choice).view(),
        Control::Files(files) => {
            return file_upload(form, heading_label("l", FILES_FIELD, &title(form, question)), &question.body, files);
        }
    };
    // The fields of a date are in one fieldset, so what is wrong with any of them is said once, under the question. The
    // ways to reach a person have fields, and errors, of their own.
    let legend = legend("l").with_some(caption(question)).with(heading_in_legend(&title(form, question)));
    let mut fieldset = fieldset(legend);
    let error = if let Control::Date(_) = question.control {
        fieldset = fieldset.attr("role", "group");
        let mine = form.errors.iter().find(|error| error.field != Some(Field::About));
        mine.map(|error| error.text.clone())
    } else {
        form.error(None)
    };
    grouped(form, fieldset.child(prose(&question.body, 0)), &question.hint, error.as_ref(), input).view()
}

/// A page with a single field, whose label is the heading.
fn labelled(form: &Form, question: &QuestionPage, autocomplete: Option<&str>, max: usize) -> El {
    let group = field_group(form, Field::Text, if autocomplete.is_some() { "" } else { text::COUNTED })
        .with_some(caption(question))
        .with(heading_label("l", &field_id(Field::Text), &title(form, question)))
        .child(prose(&question.body, 0));
    let (group, described) = said(form, Field::Text, group, &question.hint);
    let Some(autocomplete) = autocomplete else { return text::long_text(form, group, max, described) };
    group.with(text::input(form, Field::Text, "text", autocomplete, described))
}

/// The words of the button; `None` for a letter that goes elsewhere.
fn submit_words(question: &QuestionPage) -> Option<Word> {
    match question.control {
        Control::Letter { can_be_sent: true, .. } => Some(Word::LetterContinue),
        Control::Letter { .. } => None,
        _ => Some(Word::Continue),
    }
}

/// A letter to be changed, with what can be done with it. Printed, it is a letter and not a field.
fn letter(form: &Form, question: &QuestionPage, max: usize, changed: bool) -> AnyView {
    let ctx = form.ctx.clone();
    let restore = move || ctx.send(Event::RestoreLetter);
    let restore = changed.then(|| secondary(form.word(Word::LetterRestore), restore));
    let raw = form.raw;
    let printed = live(move || paper::paper(&raw.with(|raw| raw.field(Field::Text).to_owned())).view());
    el("div", "pr-letter")
        .with(labelled(form, question, None, max))
        .with(el("div", "pr-print-only").child(printed))
        .with(paper::buttons(&form.ctx))
        .with_some(restore)
        .view()
}

/// Which time a question comes that may come several times.
fn caption(question: &QuestionPage) -> Option<El> {
    (!question.caption.is_empty()).then(|| el("span", "govuk-caption-l").text(&question.caption))
}

fn title(form: &Form, question: &QuestionPage) -> String {
    if question.optional { [&question.title, " ", form.word(Word::Optional)].concat() } else { question.title.clone() }
}
