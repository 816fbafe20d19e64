//! A day: three fields, or roughly, or not known. None of the three is a lesser answer.

use leptos::prelude::*;

use super::{Form, choices::agreement, text::text_input};
use crate::domain::{
    content::Word,
    journey::answer::Field,
    screen::{DateWords, field_id},
};

/// Draws it.
pub(in crate::view) fn date_input(form: &Form, words: &DateWords) -> AnyView {
    let part = |field: Field, word: Word, class: &'static str| {
        let label = form.ctx.word(word);
        let value = form.raw.with_untracked(|raw| raw.field(field).to_owned());
        let wrong = form.errors.iter().any(|error| error.field.is_some_and(|wrong| wrong != Field::About));
        let class = if wrong {
            format!("govuk-input govuk-date-input__input govuk-input--error {class}")
        } else {
            format!("govuk-input govuk-date-input__input {class}")
        };
        // A month may be a word.
        let inputmode = (field != Field::Month).then_some("numeric");
        let typed = {
            let form = form.clone();
            move |event| form.typed(field, event_target_value(&event))
        };
        view! {
            <div class="govuk-date-input__item">
                <div class="govuk-form-group">
                    <label class="govuk-label govuk-date-input__label" for=field_id(field)>{label}</label>
                    <input
                        class=class
                        id=field_id(field)
                        name=field.id()
                        type="text"
                        inputmode=inputmode
                        autocomplete="off"
                        prop:value=value
                        on:input=typed
                    />
                </div>
            </div>
        }
        .into_any()
    };
    let open = form.raw.with_untracked(|raw| !raw.field(Field::About).is_empty() || !raw.chosen.is_empty());
    view! {
        <div class="govuk-date-input">
            {part(Field::Day, Word::Day, "govuk-input--width-2")}
            {part(Field::Month, Word::Month, "govuk-input--width-4")}
            {part(Field::Year, Word::Year, "govuk-input--width-4")}
        </div>
        <details class="govuk-details" open=open>
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">{form.ctx.word(Word::DateDetails)}</span>
            </summary>
            <div class="govuk-details__text">
                {text_input(form, Field::About, form.ctx.word(Word::DateAbout), "text", "off")}
                {agreement(form, &words.not_known)}
            </div>
        </details>
    }
    .into_any()
}
