//! What a person may open.

use crate::view::html::{El, el};

/// What is in it, to be filled.
pub(in crate::view) fn inner() -> El {
    el("div", "govuk-details__text")
}

/// Draws it.
pub(in crate::view) fn details(open: bool, summary: &str, inner: El) -> El {
    let summary = el("summary", "govuk-details__summary").with(el("span", "govuk-details__summary-text").text(summary));
    el("details", "govuk-details").flag("open", open).with(summary).with(inner)
}
