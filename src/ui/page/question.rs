//! A page of questions. Of one, the heading is its legend or label; of several, that of the first, or the page's own.

use std::sync::Arc;

use leptos::prelude::*;

use super::{form as form_element, steps::steps};
use crate::ui::{
    Ctx,
    component::{
        QuestionForm,
        button::{secondary, submit},
        choices::{self, Under},
        contact_card,
        danger_panel::danger,
        date_input::date_input,
        error_summary::error_summary,
        file_upload::file_upload,
        form_group::{field_group, fieldset, grouped, heading_in_legend, heading_label, legend, said},
        letter_preview, text,
    },
    element::{El, Html, el, live},
    rich_text::prose,
};
use putright_app::{
    Event,
    attachments::FILES_FIELD,
    view_model::{AskedQuestion, Control, ErrorLine, QuestionPage, Safety},
};
use putright_domain::{
    form::{
        answer::{Field, FormInput, QuestionId},
        question::YES,
    },
    messages::MessageId,
};

/// A question of a page that is asked, and one that is not.
const PART: &str = "pr-asked";
const PART_HIDDEN: &str = "pr-asked pr-asked--hidden";

/// Draws it.
pub(in crate::ui) fn page(ctx: &Ctx, page: &QuestionPage, errors: &[ErrorLine], safety: &Arc<Safety>) -> Html {
    let forms: Vec<QuestionForm> = page.questions.iter().map(|asked| QuestionForm::new(ctx, asked, errors)).collect();
    let answer = answering(ctx, page, &forms);
    let add = page.another.as_ref().filter(|another| another.raw.chosen.is_empty()).map(|another| {
        let (answer, id) = (answer.clone(), another.id.clone());
        secondary(&another.label, move || answer(Some((&id, FormInput::choosing([YES])))))
    });
    let remove = (!page.remove.is_empty()).then(|| {
        let (ctx, id) = (ctx.clone(), page.id.clone());
        secondary(&page.remove, move || ctx.send(Event::Remove(id.clone())))
    });
    let form = form_element()
        .flag("novalidate", true)
        .instead("submit", move || answer(None))
        .children(parts(ctx, page, &forms))
        .with(danger(ctx, safety))
        .with_some(add.map(|add| el("div", "").with(add)))
        .with_some(submit_words(page).map(|word| submit(ctx.word(word), false)))
        .with_some(remove);
    el("div", young(page))
        .with_some(error_summary(ctx, errors, MessageId::ErrorSummary))
        .child(contact_card::danger(ctx, &page.danger, false))
        .with_some(page.steps.as_ref().map(|now| steps(ctx, now)))
        .with_some(page.own_heading.then(|| own_heading(page)))
        .child(prose(&page.body, 0))
        .with(form)
        .view()
}

fn own_heading(page: &QuestionPage) -> El {
    let caption = (!page.caption.is_empty()).then(|| el("span", "govuk-caption-l").text(&page.caption));
    el("h1", "govuk-heading-l").with_some(caption).text(&page.title)
}

/// Returns the action of Continue. It sends every question as it is, and the choice that says whether the page comes
/// once more.
fn answering(
    ctx: &Ctx,
    page: &QuestionPage,
    forms: &[QuestionForm],
) -> impl Fn(Option<(&QuestionId, FormInput)>) + Clone + 'static {
    let (ctx, forms, another) = (ctx.clone(), forms.to_vec(), page.another.clone());
    move |pressed| {
        let mut given: Vec<(QuestionId, FormInput)> =
            forms.iter().map(|form| (form.question.clone(), form.raw.get_untracked())).collect();
        let standing = another.as_ref().map(|another| (another.id.clone(), another.raw.clone()));
        given.extend(pressed.map(|(id, raw)| (id.clone(), raw)).or(standing));
        ctx.send(Event::Answered(given));
    }
}

/// The questions in their order, those apart that stand under an option of another.
pub(super) fn parts(ctx: &Ctx, page: &QuestionPage, forms: &[QuestionForm]) -> Vec<Html> {
    let own = page.questions.iter().zip(forms).filter(|(asked, _)| asked.under.is_none());
    own.map(|(asked, form)| part(ctx, page, asked, form, forms).view()).collect()
}

fn part(ctx: &Ctx, page: &QuestionPage, asked: &AskedQuestion, form: &QuestionForm, forms: &[QuestionForm]) -> El {
    let under = |option: &str| {
        let below = |(other, _): &(&AskedQuestion, &QuestionForm)| {
            other.under.as_ref().is_some_and(|(at, under)| *at == asked.at && under == option)
        };
        let below: Vec<Html> = page
            .questions
            .iter()
            .zip(forms)
            .filter(below)
            .map(|(other, form)| part(ctx, page, other, form, forms).view())
            .collect();
        (!below.is_empty()).then(|| el("div", "").children(below))
    };
    let (ctx, at) = (ctx.clone(), asked.at);
    let drawn = asked.shown;
    // What is drawn beforehand stays as it is.
    let is_shown = move || if cfg!(not(target_family = "wasm")) { drawn } else { ctx.now().shown >> at & 1 == 1 };
    let class = move || if is_shown() { PART } else { PART_HIDDEN }.to_owned();
    el("div", "").attr("id", &["question-", &asked.id].concat()).live_attr("class", class).child(control(
        form,
        asked,
        &|choice| under(&choice.id),
    ))
}

/// The class of what holds a question: for the young it has more room.
pub(super) fn young(page: &QuestionPage) -> &'static str {
    if page.young { "pr-young" } else { "" }
}

/// The heading of a question: its element and its size.
fn heading(asked: &AskedQuestion) -> (&'static str, &'static str) {
    if asked.is_heading { ("h1", "l") } else { ("h2", "m") }
}

/// Draws the input of a question, under its heading.
pub(super) fn control(form: &QuestionForm, asked: &AskedQuestion, under: Under<'_>) -> Html {
    let (level, size) = heading(asked);
    let input = match &asked.control {
        Control::None => {
            let heading = el(level, &["govuk-heading-", size].concat()).text(&asked.title);
            return el("div", "").with(heading).child(prose(&asked.body, 0)).view();
        }
        Control::Text { autocomplete } => return labelled(form, asked, Some(autocomplete.as_str()), 0).view(),
        Control::LongText { max } => return labelled(form, asked, None, *max).view(),
        Control::Letter { max, changed, .. } => return letter(form, asked, *max, *changed),
        Control::Radios(choices) => choices::radios(form, choices, under),
        Control::Checkboxes { groups, none } => choices::checkboxes(form, groups, none.as_ref(), under),
        Control::Date(words) => date_input(form, words),
        Control::Reach { methods, none } => choices::reach(form, methods, none, under),
        Control::Agreement(choice) => choices::agreement(form, choice).view(),
        Control::Files(files) => {
            let label = heading_label(level, size, FILES_FIELD, &title(form, asked));
            return file_upload(form, label, &asked.body, files);
        }
    };
    // The fields of a date are in one fieldset, so what is wrong with any of them is said once, under the question. The
    // ways to reach a person have fields, and errors, of their own.
    let legend = legend(size).with_some(caption(asked)).with(heading_in_legend(level, &title(form, asked)));
    let mut fieldset = fieldset(legend);
    let error = if let Control::Date(_) = asked.control {
        fieldset = fieldset.attr("role", "group");
        let mine = form.errors.iter().find(|error| error.field != Some(Field::About));
        mine.map(|error| error.text.clone())
    } else {
        form.error(None)
    };
    grouped(form, fieldset.child(prose(&asked.body, 0)), &asked.hint, error.as_ref(), input).view()
}

/// A question with a single field, whose label is the heading.
fn labelled(form: &QuestionForm, asked: &AskedQuestion, autocomplete: Option<&str>, max: usize) -> El {
    let (level, size) = heading(asked);
    let group = field_group(form, Field::Text, if autocomplete.is_some() { "" } else { text::COUNTED })
        .with_some(caption(asked))
        .with(heading_label(level, size, &form.field_id(Field::Text), &title(form, asked)))
        .child(prose(&asked.body, 0));
    let (group, described) = said(form, Field::Text, group, &asked.hint);
    let Some(autocomplete) = autocomplete else { return text::long_text(form, group, max, described) };
    group.with(text::input(form, Field::Text, "text", autocomplete, described))
}

/// The words of the button; `None` for a letter that goes elsewhere.
fn submit_words(page: &QuestionPage) -> Option<MessageId> {
    match page.questions.first().map(|asked| &asked.control) {
        Some(Control::Letter { can_be_sent: true, .. }) => Some(MessageId::LetterContinue),
        Some(Control::Letter { .. }) => None,
        _ => Some(MessageId::Continue),
    }
}

/// A letter to be changed, with what can be done with it. Printed, it is a letter and not a field.
fn letter(form: &QuestionForm, asked: &AskedQuestion, max: usize, changed: bool) -> Html {
    let ctx = form.ctx.clone();
    let restore = move || ctx.send(Event::RestoreLetter);
    let restore = changed.then(|| secondary(form.word(MessageId::LetterRestore), restore));
    let raw = form.raw;
    let printed = live(move || letter_preview::paper(&raw.with(|raw| raw.field(Field::Text).to_owned())).view());
    el("div", "pr-letter")
        .with(labelled(form, asked, None, max))
        .with(el("div", "pr-print-only").child(printed))
        .with(letter_preview::buttons(&form.ctx))
        .with_some(restore)
        .view()
}

/// Draws the caption of a question that may come several times.
fn caption(asked: &AskedQuestion) -> Option<El> {
    let shown = asked.is_heading && !asked.caption.is_empty();
    shown.then(|| el("span", "govuk-caption-l").text(&asked.caption))
}

fn title(form: &QuestionForm, asked: &AskedQuestion) -> String {
    if asked.optional { [&asked.title, " ", form.word(MessageId::Optional)].concat() } else { asked.title.clone() }
}
