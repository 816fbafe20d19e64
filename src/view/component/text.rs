//! A line of text, and as much text as people like with its characters counted.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    time::Duration,
};

use leptos::prelude::*;

use super::{Form, described_by, error_message, form_group};
use crate::domain::{
    content::{Word, fill},
    journey::{answer::Field, question::count_characters},
    screen::field_id,
};
use crate::view::html::{El, el, live, text};

/// How long nothing is typed before the count is spoken.
const PAUSE: Duration = Duration::from_secs(1);

/// A field with its own label: a line, or, without a kind, several.
pub(in crate::view) fn text_input(
    form: &Form,
    field: Field,
    label: &str,
    kind: &'static str,
    autocomplete: &str,
) -> El {
    let error = form.error(Some(field));
    let id = field_id(field);
    let error_id = [&id, "-error"].concat();
    form_group(error.is_some())
        .with(el("label", "govuk-label").attr("for", &id).text(label))
        .with_some(error_message(&form.ctx, &error_id, error.as_ref()))
        .with(input(form, field, kind, autocomplete, described_by(&[(&error_id, error.is_some())])))
}

/// The field alone.
pub(in crate::view) fn input(
    form: &Form,
    field: Field,
    kind: &'static str,
    autocomplete: &str,
    described: Option<String>,
) -> El {
    if kind.is_empty() {
        return text_field(form, field, el("textarea", "").attr("rows", "4"), "govuk-textarea", described)
            .attr("autocomplete", autocomplete);
    }
    text_field(form, field, el("input", ""), "govuk-input", described)
        .attr("type", kind)
        .attr("spellcheck", "false")
        .maybe("autocomplete", (!autocomplete.is_empty()).then(|| autocomplete.to_owned()))
}

/// What every field has.
pub(in crate::view) fn text_field(form: &Form, field: Field, element: El, base: &str, described: Option<String>) -> El {
    let wrong = form.error(Some(field)).is_some();
    let class = if wrong { [base, " ", base, "--error"].concat() } else { base.to_owned() };
    let typed = {
        let form = form.clone();
        move |event| form.typed(field, event_target_value(&event))
    };
    element
        .attr("class", &class)
        .attr("id", &field_id(field))
        .attr("name", field.id())
        .maybe("aria-describedby", described)
        .value(form.raw.with_untracked(|raw| raw.field(field).to_owned()))
        .on("input", typed)
}

/// A large field with its count: seen at once, spoken after a pause, never cutting anything off.
pub(in crate::view) fn long_text(form: &Form, max: usize, described: &[(&str, bool)]) -> Vec<AnyView> {
    let content = &form.ctx.loaded.content;
    let limit = content.fill(Word::CharactersMax, &[("max", &max.to_string())]);
    let raw = form.raw;
    let length = move || raw.with(|raw| count_characters(raw.field(Field::Text).trim()));
    let templates = [Word::CharactersLeft, Word::CharactersOneLeft, Word::CharactersOver, Word::CharactersOneOver]
        .map(|word| content.word(word).to_owned());
    let message = move || count_message(&templates, max, length());
    let class = move || {
        let kind = if length() > max { "govuk-error-message" } else { "govuk-hint" };
        ["govuk-character-count__message ", kind].concat()
    };
    let spoken = RwSignal::new(String::new());
    let turns = Arc::new(AtomicU32::new(0));
    let speak = {
        let message = message.clone();
        move |_| {
            let turn = turns.fetch_add(1, Relaxed) + 1;
            let (turns, message) = (Arc::clone(&turns), message.clone());
            // Only after a pause, and only if the page is still there.
            let say = move || {
                if turns.load(Relaxed) == turn && !spoken.is_disposed() {
                    spoken.set(untrack(message));
                }
            };
            set_timeout(say, PAUSE);
        }
    };
    let parts = [described, &[("count-limit", true)]].concat();
    let rows = if max > 1000 { "10" } else { "5" };
    let area = el("textarea", "").attr("rows", rows).on("input", speak);
    vec![
        text_field(form, Field::Text, area, "govuk-textarea", described_by(&parts)).view(),
        el("div", "govuk-visually-hidden").attr("id", "count-limit").text(&limit).view(),
        el("div", "")
            .live_attr("class", class)
            .attr("aria-hidden", "true")
            .child(live(move || text(&message())))
            .view(),
        el("div", "govuk-visually-hidden").attr("aria-live", "polite").child(live(move || text(&spoken.get()))).view(),
    ]
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
