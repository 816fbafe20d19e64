//! The error summary: what is to be mended, each entry leading to its place. It takes the focus when it appears.

use leptos::{ev::MouseEvent, prelude::*};

use crate::domain::{content::Word, screen::ErrorLine, session::Event};
use crate::view::Ctx;

/// Draws it; nothing where there is nothing to mend.
pub(in crate::view) fn error_summary(ctx: &Ctx, errors: &[ErrorLine], title: Word) -> AnyView {
    if errors.is_empty() {
        return ().into_any();
    }
    let entries: Vec<AnyView> = errors.iter().map(|error| entry(ctx, error)).collect();
    view! {
        <div class="govuk-error-summary" id="summary">
            <div role="alert">
                <h2 class="govuk-error-summary__title">{ctx.word(title)}</h2>
                <div class="govuk-error-summary__body">
                    <ul class="govuk-list govuk-error-summary__list">{entries}</ul>
                </div>
            </div>
        </div>
    }
    .into_any()
}

fn entry(ctx: &Ctx, error: &ErrorLine) -> AnyView {
    let text = error.text.clone();
    let (href, event) = match (&error.question, error.target.as_str()) {
        (Some(question), _) => (format!("#/question/{question}"), Event::Change(question.clone())),
        (None, "") => return view! { <li>{text}</li> }.into_any(),
        (None, target) => (format!("#{target}"), Event::GoTo(target.to_owned())),
    };
    let ctx = ctx.clone();
    let click = move |mouse: MouseEvent| {
        mouse.prevent_default();
        ctx.send(event.clone());
    };
    view! {
        <li>
            <a href=href on:click=click>
                {text}
            </a>
        </li>
    }
    .into_any()
}
