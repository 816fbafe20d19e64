//! Check answers, send, and what to do when sending brought no reference.

use leptos::{ev::SubmitEvent, prelude::*};

use crate::domain::{
    content::Word,
    screen::{CheckPage, ErrorLine},
    session::Event,
};
use crate::view::{
    Ctx,
    component::{cards, error_summary::error_summary, summary_list::summary_list},
};

/// Draws it.
pub(in crate::view) fn page(ctx: &Ctx, check: &CheckPage, errors: &[ErrorLine]) -> AnyView {
    let failed = check.failed.as_ref().map(|failed| {
        let councils: Vec<AnyView> = failed.councils.iter().map(|card| cards::council(ctx, card)).collect();
        view! {
            <p class="govuk-body">{ctx.word(Word::NotSentKept)}</p>
            <h2 class="govuk-heading-m">{ctx.word(Word::ContactsTitle)}</h2>
            {councils}
            <p class="govuk-body">{print_button(ctx)}</p>
        }
    });
    let send = {
        let ctx = ctx.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            ctx.send(Event::Send);
        }
    };
    let words = ctx.word(if check.failed.is_some() { Word::TryAgain } else { Word::Send });
    let sending = check.sending.then(|| ctx.word(Word::Sending));
    let busy = check.sending;
    view! {
        {error_summary(ctx, errors, Word::NotSentTitle)}
        <h1 class="govuk-heading-l">{ctx.word(Word::CheckTitle)}</h1>
        {failed}
        <p class="govuk-body">{ctx.word(Word::CheckIntro)}</p>
        {summary_list(ctx, &check.rows, !busy)}
        <form on:submit=send>
            <p class="govuk-body" role="status">{sending}</p>
            <button type="submit" class="govuk-button" disabled=busy>
                {words}
            </button>
        </form>
    }
    .into_any()
}

/// A button that prints the page.
pub(super) fn print_button(ctx: &Ctx) -> AnyView {
    let words = ctx.word(Word::Print);
    let ctx = ctx.clone();
    view! {
        <button
            type="button"
            class="govuk-button govuk-button--secondary pr-no-print"
            on:click=move |_| ctx.send(Event::Print)
        >
            {words}
        </button>
    }
    .into_any()
}
