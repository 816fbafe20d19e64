//! A line of text, and as much text as people like with its characters counted.

use std::time::Duration;

use leptos::prelude::*;

use super::{Form, described_by, error_message, group_class};
use crate::domain::{
    content::{Word, fill},
    journey::{answer::Field, question::count_characters},
    screen::field_id,
};

/// How long nothing is typed before the count is spoken.
const PAUSE: Duration = Duration::from_secs(1);

/// A field with its own label: a line, or, without a kind, several.
pub(in crate::view) fn text_input(
    form: &Form,
    field: Field,
    label: String,
    kind: &'static str,
    autocomplete: &str,
) -> AnyView {
    let error = form.error(Some(field));
    let id = field_id(field);
    let error_id = format!("{id}-error");
    view! {
        <div class=group_class(error.is_some())>
            <label class="govuk-label" for=id.clone()>{label}</label>
            {error_message(&form.ctx, &error_id, error.clone())}
            {input(form, field, kind, autocomplete, described_by(&[(&error_id, error.is_some())]))}
        </div>
    }
    .into_any()
}

/// The field alone.
pub(in crate::view) fn input(
    form: &Form,
    field: Field,
    kind: &'static str,
    autocomplete: &str,
    described: Option<String>,
) -> AnyView {
    let value = form.raw.with_untracked(|raw| raw.field(field).to_owned());
    let id = field_id(field);
    let autocomplete = (!autocomplete.is_empty()).then(|| autocomplete.to_owned());
    let wrong = form.error(Some(field)).is_some();
    let typed = {
        let form = form.clone();
        move |event| form.typed(field, event_target_value(&event))
    };
    if kind.is_empty() {
        let class = if wrong { "govuk-textarea govuk-textarea--error" } else { "govuk-textarea" };
        return view! {
            <textarea
                class=class
                id=id
                name=field.id()
                rows="4"
                autocomplete=autocomplete
                aria-describedby=described
                prop:value=value
                on:input=typed
            ></textarea>
        }
        .into_any();
    }
    let class = if wrong { "govuk-input govuk-input--error" } else { "govuk-input" };
    view! {
        <input
            class=class
            id=id
            name=field.id()
            type=kind
            spellcheck="false"
            autocomplete=autocomplete
            aria-describedby=described
            prop:value=value
            on:input=typed
        />
    }
    .into_any()
}

/// A large field with its count: seen at once, spoken after a pause, never cutting anything off.
pub(in crate::view) fn long_text(form: &Form, max: usize, described: &[(&str, bool)]) -> AnyView {
    let content = &form.ctx.loaded.content;
    let limit = content.fill(Word::CharactersMax, &[("max", &max.to_string())]);
    let length = {
        let raw = form.raw;
        Memo::new(move |_| raw.with(|raw| count_characters(raw.field(Field::Text).trim())))
    };
    let templates = [Word::CharactersLeft, Word::CharactersOneLeft, Word::CharactersOver, Word::CharactersOneOver]
        .map(|word| content.word(word).to_owned());
    let message = move || count_message(&templates, max, length.get());
    let class = move || {
        let over = length.get() > max;
        if over {
            "govuk-character-count__message govuk-error-message"
        } else {
            "govuk-character-count__message govuk-hint"
        }
    };
    let spoken = RwSignal::new(String::new());
    let speak = {
        let message = message.clone();
        let latest = StoredValue::new(0_u32);
        move || {
            latest.update_value(|turn| *turn = turn.wrapping_add(1));
            let (turn, message) = (latest.get_value(), message.clone());
            // Only after a pause, and only if the page is still there.
            let say = move || {
                if latest.try_get_value() == Some(turn) {
                    spoken.set(untrack(message));
                }
            };
            set_timeout(say, PAUSE);
        }
    };
    let value = form.raw.with_untracked(|raw| raw.field(Field::Text).to_owned());
    let wrong = form.error(Some(Field::Text)).is_some();
    let mut parts = described.to_vec();
    parts.push(("count-limit", true));
    let typed = {
        let form = form.clone();
        move |event| {
            form.typed(Field::Text, event_target_value(&event));
            speak();
        }
    };
    let rows = if max > 1000 { "10" } else { "5" };
    view! {
        <textarea
            class=if wrong { "govuk-textarea govuk-textarea--error" } else { "govuk-textarea" }
            id=field_id(Field::Text)
            name="text"
            rows=rows
            aria-describedby=described_by(&parts)
            prop:value=value
            on:input=typed
        ></textarea>
        <div id="count-limit" class="govuk-visually-hidden">{limit}</div>
        <div class=class aria-hidden="true">{message}</div>
        <div class="govuk-visually-hidden" aria-live="polite">{move || spoken.get()}</div>
    }
    .into_any()
}

fn count_message([left, one_left, over, one_over]: &[String; 4], max: usize, length: usize) -> String {
    let (template, count) = match (max.checked_sub(length), length.saturating_sub(max)) {
        (Some(1), _) => (one_left, 1),
        (Some(count), _) => (left, count),
        (None, 1) => (one_over, 1),
        (None, count) => (over, count),
    };
    fill(template, &[("count", &count.to_string())])
}
