//! Buttons: the one that sends a form, the lesser ones, and a link that looks like one.

use crate::ui::element::{El, el};

/// A form's button, with what it does.
pub(in crate::ui) fn submit(words: &str, disabled: bool) -> El {
    el("button", "govuk-button")
        .attr("type", "submit")
        .flag("disabled", disabled)
        .maybe("aria-disabled", disabled.then(|| "true".to_owned()))
        .text(words)
}

/// A lesser button.
pub(in crate::ui) fn secondary(words: &str, act: impl Fn() + 'static) -> El {
    el("button", "govuk-button govuk-button--secondary pr-no-print")
        .attr("type", "button")
        .instead("click", act)
        .text(words)
}

/// A link that looks and is announced as a button. Its words and its address are the caller's.
#[cfg(not(target_family = "wasm"))]
pub(in crate::ui) fn link_button(class: &str) -> El {
    el("a", &["govuk-button ", class].concat()).attr("role", "button").attr("draggable", "false")
}
