//! A day: three fields, or roughly, or not known. None of the three is a lesser answer.

use leptos::prelude::*;

use super::{
    QuestionForm,
    choices::agreement,
    details::{details, inner},
    form_group::form_group,
    text::{text_input, typing},
};
use crate::ui::element::{El, Html, el};
use putright_app::view_model::DateWords;
use putright_domain::{form::answer::Field, messages::MessageId};

/// Draws it.
pub(in crate::ui) fn date_input(form: &QuestionForm, words: &DateWords) -> Html {
    let open = form.raw.with_untracked(|raw| !raw.field(Field::About).is_empty() || !raw.chosen.is_empty())
        || form.error(Some(Field::About)).is_some();
    let about = text_input(form, Field::About, form.word(MessageId::DateAbout), "text", "off");
    let roughly = inner().with(about).with(agreement(form, &words.not_known));
    let roughly = details(open, form.word(MessageId::DateDetails), roughly);
    [fields(form).view(), roughly.view()].into_iter().collect()
}

/// Day, month and year.
pub(in crate::ui) fn fields(form: &QuestionForm) -> El {
    el("div", "govuk-date-input")
        .with(part(form, Field::Day, MessageId::Day, "govuk-input--width-2"))
        .with(part(form, Field::Month, MessageId::Month, "govuk-input--width-4"))
        .with(part(form, Field::Year, MessageId::Year, "govuk-input--width-4"))
}

fn part(form: &QuestionForm, field: Field, word: MessageId, width: &str) -> El {
    // Which of the three is wrong often cannot be told, so all are marked.
    let wrong = form.errors.iter().any(|error| error.field.is_some_and(|wrong| wrong != Field::About));
    let error = if wrong { " govuk-input--error" } else { "" };
    let input = el("input", &["govuk-input govuk-date-input__input ", width, error].concat())
        .attr("id", &form.field_id(field))
        .attr("name", field.id())
        .attr("type", "text")
        // A month may be a word.
        .maybe("inputmode", (field != Field::Month).then(|| "numeric".to_owned()))
        .value(&form.raw.with_untracked(|raw| raw.field(field).to_owned()))
        .on("input", typing(form, field))
        .on("change", typing(form, field));
    let label =
        el("label", "govuk-label govuk-date-input__label").attr("for", &form.field_id(field)).text(form.word(word));
    el("div", "govuk-date-input__item").with(form_group(false).with(label).with(input))
}
