//! A question: one thing a page, the heading its legend or label.

use leptos::{ev::SubmitEvent, prelude::*};

use crate::domain::{
    content::Word,
    journey::answer::Field,
    screen::{Control, ErrorLine, QuestionPage, field_id},
    session::Event,
};
use crate::view::{
    Ctx,
    component::{
        Form, cards, choices, date_input::date_input, described_by, error_message, error_summary::error_summary,
        group_class, hint, text,
    },
    prose::prose,
};

const HINT: &str = "question-hint";
const ERROR: &str = "question-error";

/// Draws it.
pub(in crate::view) fn page(ctx: &Ctx, question: &QuestionPage, errors: &[ErrorLine]) -> AnyView {
    let form = Form {
        ctx: ctx.clone(),
        question: question.id.clone(),
        raw: RwSignal::new(question.raw.clone()),
        errors: errors.to_vec(),
    };
    let submit = {
        let form = form.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            let raw = form.raw.get_untracked();
            form.ctx.send(Event::Answered { question: form.question.clone(), raw });
        }
    };
    view! {
        {error_summary(ctx, errors, Word::ErrorSummary)}
        {cards::danger(ctx, &question.danger)}
        <form novalidate on:submit=submit>
            {control(&form, question)}
            <button type="submit" class="govuk-button">
                {ctx.word(Word::Continue)}
            </button>
        </form>
    }
    .into_any()
}

fn control(form: &Form, question: &QuestionPage) -> AnyView {
    let input = match &question.control {
        Control::None => {
            return view! {
                <h1 class="govuk-heading-l">{question.title.clone()}</h1>
                {prose(&question.body, false)}
            }
            .into_any();
        }
        Control::Text { autocomplete } => return labelled(form, question, Some(autocomplete.as_str()), 0),
        Control::LongText { max } => return labelled(form, question, None, *max),
        Control::Radios(choices) => choices::radios(form, choices),
        Control::Checkboxes { groups, none } => choices::checkboxes(form, groups, none.as_ref()),
        Control::Date(words) => date_input(form, words),
        Control::Reach { methods, none } => choices::reach(form, methods, none),
        Control::Agreement(choice) => choices::agreement(form, choice),
    };
    // The fields of a date are in one fieldset, so what is wrong with any of them is said once, under the question. The
    // ways to reach a person have fields, and errors, of their own.
    let error = match question.control {
        Control::Date(_) => {
            form.errors.iter().find(|error| error.field != Some(Field::About)).map(|error| error.text.clone())
        }
        _ => form.error(None),
    };
    let described = described_by(&[(HINT, !question.hint.is_empty()), (ERROR, error.is_some())]);
    view! {
        <div class=group_class(error.is_some())>
            <fieldset class="govuk-fieldset" aria-describedby=described>
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--l">
                    <h1 class="govuk-fieldset__heading">{title(form, question)}</h1>
                </legend>
                {prose(&question.body, false)}
                {hint(HINT, &question.hint)}
                {error_message(&form.ctx, ERROR, error.clone())}
                {input}
            </fieldset>
        </div>
    }
    .into_any()
}

/// A page with a single field, whose label is the heading.
fn labelled(form: &Form, question: &QuestionPage, autocomplete: Option<&str>, max: usize) -> AnyView {
    let error = form.error(Some(Field::Text));
    let parts = [(HINT, !question.hint.is_empty()), (ERROR, error.is_some())];
    let input = match autocomplete {
        Some(autocomplete) => text::input(form, Field::Text, "text", autocomplete, described_by(&parts)),
        None => text::long_text(form, max, &parts),
    };
    view! {
        <div class=group_class(error.is_some())>
            <h1 class="govuk-label-wrapper">
                <label class="govuk-label govuk-label--l" for=field_id(Field::Text)>
                    {title(form, question)}
                </label>
            </h1>
            {prose(&question.body, false)}
            {hint(HINT, &question.hint)}
            {error_message(&form.ctx, ERROR, error.clone())}
            {input}
        </div>
    }
    .into_any()
}

fn title(form: &Form, question: &QuestionPage) -> String {
    if question.optional {
        [&question.title, " ", &form.ctx.word(Word::Optional)].concat()
    } else {
        question.title.clone()
    }
}
