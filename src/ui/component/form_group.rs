//! The frame of fields: the group, its label or legend, hint and error, and the ids that tie them together.

use super::{QuestionForm, described_by, error_message, hint};
use crate::ui::element::{El, Html, el};
use putright_domain::form::answer::Field;

/// A form group.
pub(in crate::ui) fn form_group(error: bool) -> El {
    form_group_of("", error)
}

fn form_group_of(more: &str, error: bool) -> El {
    let error = if error { " govuk-form-group--error" } else { "" };
    el("div", &["govuk-form-group", error, more].concat())
}

/// A label; `size` is one of the design system's, or empty.
pub(in crate::ui) fn label(size: &str, field: &str, words: &str) -> El {
    el("label", &sized("govuk-label", size)).attr("for", field).text(words)
}

/// A label that is a heading: the page's, or one below it.
pub(in crate::ui) fn heading_label(level: &'static str, size: &str, field: &str, words: &str) -> El {
    el(level, "govuk-label-wrapper").with(label(size, field, words))
}

/// A legend; `size` is one of the design system's, or empty.
pub(in crate::ui) fn legend(size: &str) -> El {
    el("legend", &sized("govuk-fieldset__legend", size))
}

/// Creates the heading in a legend: the page's, or one below it.
pub(in crate::ui) fn heading_in_legend(level: &'static str, words: &str) -> El {
    el(level, "govuk-fieldset__heading").text(words)
}

fn sized(class: &str, size: &str) -> String {
    if size.is_empty() { class.to_owned() } else { [class, " ", class, "--", size].concat() }
}

/// A fieldset.
pub(in crate::ui) fn fieldset(legend: El) -> El {
    el("fieldset", "govuk-fieldset").with(legend)
}

/// A fieldset, to which what stands between its legend and its hint was added, in its group, with what is said about it.
pub(in crate::ui) fn grouped(
    form: &QuestionForm,
    fieldset: El,
    hint_words: &str,
    error: Option<&String>,
    input: Html,
) -> El {
    let (fieldset, described) = described(form, &form.id("question"), fieldset, hint_words, error);
    form_group(error.is_some()).with(fieldset.maybe("aria-describedby", described).child(input))
}

/// The group of a single field, to which its label is added and then what [`said`] adds. `more`: another class, after a space.
pub(in crate::ui) fn field_group(form: &QuestionForm, field: Field, more: &str) -> El {
    form_group_of(more, form.error(Some(field)).is_some())
}

/// Adds what is said about a field, its hint and its error, and gives the ids of what describes it.
pub(in crate::ui) fn said(form: &QuestionForm, field: Field, group: El, hint_words: &str) -> (El, Option<String>) {
    described(form, &form.field_id(field), group, hint_words, form.error(Some(field)).as_ref())
}

#[inline(never)]
fn described(
    form: &QuestionForm,
    id: &str,
    mut group: El,
    hint_words: &str,
    error: Option<&String>,
) -> (El, Option<String>) {
    let [hint_id, error_id] = ["-hint", "-error"].map(|end| [id, end].concat());
    group = group.with_some(hint(&hint_id, hint_words)).with_some(error_message(&form.ctx, &error_id, error));
    (group, described_by(&[(&hint_id, !hint_words.is_empty()), (&error_id, error.is_some())]))
}
