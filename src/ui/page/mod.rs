//! One file a kind of page.

pub(super) mod advice;
pub(super) mod check_answers;
pub(super) mod confirmation;
pub(super) mod contacts;
pub(super) mod display_settings;
pub(super) mod draft;
pub(super) mod exit_help;
#[cfg(not(target_family = "wasm"))]
pub mod first_questions;
pub(super) mod guide;
pub(super) mod leaflet;
#[cfg(not(target_family = "wasm"))]
pub mod no_js_form;
#[cfg(not(target_family = "wasm"))]
pub mod officer;
pub(super) mod other_channels;
pub(super) mod progress;
pub(super) mod question;
pub(super) mod steps;

use super::{
    Ctx,
    element::{El, el},
};
use putright_domain::messages::MessageId;

/// A heading of the second level.
fn subheading(ctx: &Ctx, word: MessageId) -> El {
    el("h2", "govuk-heading-m").text(ctx.word(word))
}

/// A paragraph.
fn paragraph(text: &str) -> El {
    el("p", "govuk-body").text(text)
}

/// A form. Sent before the app is there, it must do nothing: the method is that of a dialog, which it is not in. Nor may a
/// browser fill it again with what was chosen before somebody left; fields that may be filled in say so themselves.
fn form() -> El {
    el("form", "").attr("method", "dialog").attr("autocomplete", "off")
}
