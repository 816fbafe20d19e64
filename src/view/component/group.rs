//! What stands around fields: the group, its label or legend, hint and error, and the ids that tie them together.

use leptos::prelude::*;

use super::{Form, described_by, error_message, hint};
use crate::domain::{journey::answer::Field, screen::field_id};
use crate::view::html::{El, el};

const HINT: &str = "question-hint";
const ERROR: &str = "question-error";

/// A form group.
pub(in crate::view) fn form_group(error: bool) -> El {
    form_group_of("", error)
}

fn form_group_of(more: &str, error: bool) -> El {
    let error = if error { " govuk-form-group--error" } else { "" };
    el("div", &["govuk-form-group", error, more].concat())
}

/// A label; `size` is one of the design system's, or empty.
pub(in crate::view) fn label(size: &str, field: &str, words: &str) -> El {
    el("label", &sized("govuk-label", size)).attr("for", field).text(words)
}

/// A label that is the page's heading.
pub(in crate::view) fn heading_label(size: &str, field: &str, words: &str) -> El {
    el("h1", "govuk-label-wrapper").with(label(size, field, words))
}

/// A legend; `size` is one of the design system's, or empty.
pub(in crate::view) fn legend(size: &str) -> El {
    el("legend", &sized("govuk-fieldset__legend", size))
}

/// What stands in a legend that is the page's heading.
pub(in crate::view) fn heading_in_legend(words: &str) -> El {
    el("h1", "govuk-fieldset__heading").text(words)
}

fn sized(class: &str, size: &str) -> String {
    if size.is_empty() { class.to_owned() } else { [class, " ", class, "--", size].concat() }
}

/// A fieldset.
pub(in crate::view) fn fieldset(legend: El, described: Option<String>) -> El {
    el("fieldset", "govuk-fieldset").maybe("aria-describedby", described).with(legend)
}

/// A fieldset in its group, with what is said about it: what stands between the legend and the hint, the hint, the error. `role`:
/// for fields that are parts of one answer.
pub(in crate::view) fn grouped(
    form: &Form,
    legend: El,
    between: AnyView,
    hint_words: &str,
    error: Option<&String>,
    role: Option<String>,
    input: AnyView,
) -> El {
    let described = described_by(&[(HINT, !hint_words.is_empty()), (ERROR, error.is_some())]);
    let fieldset = fieldset(legend, described)
        .maybe("role", role)
        .child(between)
        .with_some(hint(HINT, hint_words))
        .with_some(error_message(&form.ctx, ERROR, error))
        .child(input);
    form_group(error.is_some()).with(fieldset)
}

/// The group of a single field, to which its label is added and then what [`said`] adds. `more`: another class, after a space.
pub(in crate::view) fn field_group(form: &Form, field: Field, more: &str) -> El {
    form_group_of(more, form.error(Some(field)).is_some())
}

/// Adds what is said about a field, its hint and its error, and gives the ids of what describes it.
pub(in crate::view) fn said(form: &Form, field: Field, group: El, hint_words: &str) -> (El, Option<String>) {
    let id = field_id(field);
    let [hint_id, error_id] = ["-hint", "-error"].map(|end| [&id, end].concat());
    let error = form.error(Some(field));
    let described = described_by(&[(&hint_id, !hint_words.is_empty()), (&error_id, error.is_some())]);
    let group =
        group.with_some(hint(&hint_id, hint_words)).with_some(error_message(&form.ctx, &error_id, error.as_ref()));
    (group, described)
}
