//! The panel of a page that confirms, and text set apart from the rest.

use crate::ui::element::{El, el, line_break};

/// Draws the confirmation panel with the number to quote.
pub(in crate::ui) fn panel(title: &str, said: &str, number: &str) -> El {
    let body =
        el("div", "govuk-panel__body").text(said).child(line_break()).with(el("strong", "pr-reference").text(number));
    el("div", "govuk-panel govuk-panel--confirmation").with(el("h1", "govuk-panel__title").text(title)).with(body)
}

/// Text set apart.
pub(in crate::ui) fn inset_text(words: &str) -> El {
    el("div", "govuk-inset-text").text(words)
}
