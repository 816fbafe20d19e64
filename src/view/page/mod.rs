//! One file a kind of page.

pub(super) mod advice;
pub(super) mod check;
pub(super) mod contacts;
pub(super) mod guide;
pub(super) mod question;
pub(super) mod sent;

use leptos::prelude::*;

/// A heading of a page that may also be a part of another.
pub(super) fn heading(level: &'static str, text: String) -> AnyView {
    if level == "h1" {
        view! { <h1 class="govuk-heading-l">{text}</h1> }.into_any()
    } else {
        view! { <h2 class="govuk-heading-l">{text}</h2> }.into_any()
    }
}
