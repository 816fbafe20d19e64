//! A line of text, and as much text as people like with its characters counted.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    time::Duration,
};

use leptos::{ev::Event, prelude::*};

use super::{
    QuestionForm,
    form_group::{field_group, label, said},
};
use crate::ui::element::{El, el};
use putright_domain::{
    form::{answer::Field, question::count_characters},
    messages::{MessageId, fill},
};

/// The pause in typing before the count is spoken.
const PAUSE: Duration = Duration::from_secs(1);
/// More characters than this are no longer laid out each paragraph by its own script: for a megabyte Chromium took half a minute.
const VAST: usize = 20_000;
/// A limit up to which characters are counted from the start. Of a longer one they are counted once a fifth is left.
const SHORT: usize = 500;
const NEAR: usize = 5;
const LIMIT: &str = "count-limit";
const WITHIN: &str = "govuk-character-count__message govuk-character-count__status govuk-hint";
const OVER: &str = "govuk-character-count__message govuk-character-count__status govuk-error-message";
/// The class of the group of a field with its count, after a space.
pub(in crate::ui) const COUNTED: &str = " govuk-character-count";

/// A field with its own label: a line, or, without a kind, several.
pub(in crate::ui) fn text_input(
    form: &QuestionForm,
    field: Field,
    words: &str,
    kind: &'static str,
    autocomplete: &str,
) -> El {
    let (group, described) =
        said(form, field, field_group(form, field, "").with(label("", &form.field_id(field), words)), "");
    group.with(input(form, field, kind, autocomplete, described))
}

/// The field alone.
pub(in crate::ui) fn input(
    form: &QuestionForm,
    field: Field,
    kind: &'static str,
    autocomplete: &str,
    described: Option<String>,
) -> El {
    if kind.is_empty() {
        return text_field(form, field, el("textarea", "").attr("rows", "5"), "govuk-textarea", described)
            .maybe("autocomplete", (!autocomplete.is_empty()).then(|| autocomplete.to_owned()));
    }
    text_field(form, field, el("input", ""), "govuk-input", described)
        .attr("type", kind)
        .attr("spellcheck", "false")
        .maybe("autocomplete", (!autocomplete.is_empty()).then(|| autocomplete.to_owned()))
}

/// Adds the parts that every field has.
pub(in crate::ui) fn text_field(
    form: &QuestionForm,
    field: Field,
    element: El,
    base: &str,
    described: Option<String>,
) -> El {
    let wrong = form.error(Some(field)).is_some();
    let class = if wrong { [base, " ", base, "--error"].concat() } else { base.to_owned() };
    bare_field(form, field, element, described).attr("class", &class)
}

fn bare_field(form: &QuestionForm, field: Field, element: El, described: Option<String>) -> El {
    element
        .attr("id", &form.field_id(field))
        .attr("name", field.id())
        .maybe("aria-describedby", described)
        .value(&form.raw.with_untracked(|raw| raw.field(field).to_owned()))
        .on("input", typing(form, field))
        .on("change", typing(form, field))
}

/// Keeps what is typed, and what a browser or another program fills in, of which some tell by `change` alone.
pub(super) fn typing(form: &QuestionForm, field: Field) -> impl Fn(Event) + use<> {
    let form = form.clone();
    move |event| form.typed(field, event_target_value(&event))
}

/// A large field with its count, in the group that has its label: seen at once, spoken after a pause, never cutting anything off.
pub(in crate::ui) fn long_text(form: &QuestionForm, group: El, max: usize, described: Option<String>) -> El {
    let wrong = form.error(Some(Field::Text)).is_some();
    let limit_id = form.id(LIMIT);
    let described = described.map_or_else(|| limit_id.clone(), |ids| [&limit_id, " ", &ids].concat());
    let content = &form.ctx.bundle.content;
    let limit = content.fill(MessageId::CharactersMax, &[("max", &max.to_string())]);
    let raw = form.raw;
    let length = move || raw.with(|raw| count_characters(raw.field(Field::Text).trim()));
    let templates = [
        MessageId::CharactersLeft,
        MessageId::CharactersOneLeft,
        MessageId::CharactersOver,
        MessageId::CharactersOneOver,
    ]
    .map(|word| content.word(word).to_owned());
    // Shared and not cloned: its code is there once.
    let message: Arc<dyn Fn() -> String + Send + Sync> = Arc::new(move || {
        let length = length();
        // Nobody who has room counts.
        if max > SHORT && max.saturating_sub(length) > max / NEAR {
            String::new()
        } else {
            count_message(&templates, max, length)
        }
    });
    let either = |wrong: bool, over: &'static str, within: &'static str| {
        move || if wrong || length() > max { over } else { within }.to_owned()
    };
    let class = either(false, OVER, WITHIN);
    // What was found wrong stays marked until it is sent again, whatever is typed.
    let field_class = either(wrong, "govuk-textarea govuk-textarea--error", "govuk-textarea");
    let field_class = move || [field_class().as_str(), if length() > VAST { " pr-vast" } else { "" }].concat();
    let spoken = RwSignal::new(untrack(|| message()));
    let turns = Arc::new(AtomicU32::new(0));
    let speak = {
        let message = Arc::clone(&message);
        move |_| {
            let turn = turns.fetch_add(1, Relaxed) + 1;
            let (turns, message) = (Arc::clone(&turns), Arc::clone(&message));
            // Only after a pause, and only if the page is still there.
            let say = move || {
                if turns.load(Relaxed) == turn && !spoken.is_disposed() {
                    spoken.set(untrack(|| message()));
                }
            };
            set_timeout(say, PAUSE);
        }
    };
    let rows = if max > 3000 { "10" } else { "5" };
    let area = el("textarea", "").attr("rows", rows).on("input", speak);
    let seen = el("div", "").live_attr("class", class).attr("aria-hidden", "true").live_text(move || message());
    let spoken_part = el("div", "govuk-character-count__sr-status govuk-visually-hidden")
        .attr("aria-live", "polite")
        .live_text(move || spoken.get());
    group
        .with(bare_field(form, Field::Text, area, Some(described)).live_attr("class", field_class))
        .with(
            el("div", "govuk-hint govuk-character-count__message govuk-visually-hidden")
                .attr("id", &limit_id)
                .text(&limit),
        )
        .with(seen)
        .with(spoken_part)
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
