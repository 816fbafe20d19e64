//! The confirmation: the reference, what happens by when, whom to ask, and a copy to print.

use leptos::prelude::*;

use super::check::print_button;
use crate::domain::{content::Word, screen::SentPage, session::Event};
use crate::view::{
    Ctx,
    component::{cards, summary_list::summary_list},
    prose::link,
};

/// Draws it.
pub(in crate::view) fn page(ctx: &Ctx, sent: &SentPage) -> AnyView {
    let councils: Vec<AnyView> = sent.councils.iter().map(|card| cards::council(ctx, card)).collect();
    let next = if sent.dates.is_empty() {
        view! { <p class="govuk-body">{ctx.word(Word::SentNextNone)}</p> }.into_any()
    } else {
        cards::dates(&sent.dates)
    };
    let again = {
        let ctx = ctx.clone();
        move |_| ctx.send(Event::StartAgain)
    };
    view! {
        <div class="govuk-panel govuk-panel--confirmation">
            <h1 class="govuk-panel__title">{ctx.word(Word::SentTitle)}</h1>
            <div class="govuk-panel__body">
                {ctx.word(Word::SentReference)} <br /> <strong class="pr-reference">{sent.reference.clone()}</strong>
            </div>
        </div>
        <p class="govuk-body">{ctx.word(Word::SentKeep)}</p>
        <p class="govuk-body">{print_button(ctx)}</p>
        <h2 class="govuk-heading-m">{ctx.word(Word::SentNext)}</h2>
        {next}
        <h2 class="govuk-heading-m">{ctx.word(Word::SentAsk)}</h2>
        {councils}
        <p class="govuk-body">{link("#/guide", &ctx.word(Word::GuideLink))}</p>
        <h2 class="govuk-heading-m">{ctx.word(Word::SentAnswers)}</h2>
        <p class="govuk-body">
            {ctx.word(Word::SentOn)} " " {sent.sent_on.clone()} ". " {ctx.word(Word::SentCopyNumber)} ": "
            <span class="pr-reference">{sent.copy_number.clone()}</span>
        </p>
        {summary_list(ctx, &sent.rows, false)}
        <button type="button" class="govuk-button govuk-button--secondary pr-no-print" on:click=again>
            {ctx.word(Word::StartAgain)}
        </button>
    }
    .into_any()
}
