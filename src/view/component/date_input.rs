//! A day: three fields, or roughly, or not known. None of the three is a lesser answer.

use leptos::prelude::*;

use super::{Form, choices::agreement, text::text_input};
use crate::domain::{
    content::Word,
    journey::answer::Field,
    screen::{DateWords, field_id},
};
use crate::view::html::{El, el};

/// Draws it.
pub(in crate::view) fn date_input(form: &Form, words: &DateWords) -> AnyView {
    let open = form.raw.with_untracked(|raw| !raw.field(Field::About).is_empty() || !raw.chosen.is_empty())
        || form.error(Some(Field::About)).is_some();
    let summary = el("span", "govuk-details__summary-text").text(form.word(Word::DateDetails));
    let roughly = el("div", "govuk-details__text")
        .with(text_input(form, Field::About, form.word(Word::DateAbout), "text", "off"))
        .child(agreement(form, &words.not_known));
    let details = el("details", "govuk-details")
        .flag("open", open)
        .with(el("summary", "govuk-details__summary").with(summary))
        .with(roughly);
    let fields = el("div", "govuk-date-input")
        .with(part(form, Field::Day, Word::Day, "govuk-input--width-2"))
        .with(part(form, Field::Month, Word::Month, "govuk-input--width-4"))
        .with(part(form, Field::Year, Word::Year, "govuk-input--width-4"));
    vec![fields.view(), details.view()].into_any()
}

fn part(form: &Form, field: Field, word: Word, width: &str) -> El {
    // Which of the three is wrong often cannot be told, so all are marked.
    let wrong = form.errors.iter().any(|error| error.field.is_some_and(|wrong| wrong != Field::About));
    let error = if wrong { " govuk-input--error" } else { "" };
    let typed = {
        let form = form.clone();
        move |event| form.typed(field, event_target_value(&event))
    };
    let input = el("input", &["govuk-input govuk-date-input__input ", width, error].concat())
        .attr("id", &field_id(field))
        .attr("name", field.id())
        .attr("type", "text")
        .attr("autocomplete", "off")
        // A month may be a word.
        .maybe("inputmode", (field != Field::Month).then(|| "numeric".to_owned()))
        .value(form.raw.with_untracked(|raw| raw.field(field).to_owned()))
        .on("input", typed);
    let label = el("label", "govuk-label govuk-date-input__label").attr("for", &field_id(field)).text(form.word(word));
    el("div", "govuk-date-input__item").with(el("div", "govuk-form-group").with(label).with(input))
}
