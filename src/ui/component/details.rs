//! The details that a person may open.

use crate::ui::element::{El, el};

/// Creates the body of the details, to be filled.
pub(in crate::ui) fn inner() -> El {
    el("div", "govuk-details__text")
}

/// Draws it.
pub(in crate::ui) fn details(open: bool, summary: &str, inner: El) -> El {
    let summary = el("summary", "govuk-details__summary").with(el("span", "govuk-details__summary-text").text(summary));
    el("details", "govuk-details").flag("open", open).with(summary).with(inner)
}
