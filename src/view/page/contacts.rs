//! How to reach the complaints team, and the lines for a child who is not safe.

use leptos::prelude::*;

use super::heading;
use crate::domain::{content::Word, screen::CouncilCard};
use crate::view::{Ctx, component::cards};

/// Draws it, as a page or as a part of the prerendered one.
pub(in crate::view) fn page(ctx: &Ctx, councils: &[CouncilCard], level: &'static str) -> AnyView {
    let cards_of: Vec<AnyView> = councils.iter().map(|card| cards::council(ctx, card)).collect();
    let safeguarding: Vec<AnyView> = councils
        .iter()
        .map(|card| {
            view! {
                <p class="govuk-body govuk-!-font-weight-bold">{card.name.clone()}</p>
                {cards::reachable(ctx, &card.safeguarding)}
            }
            .into_any()
        })
        .collect();
    view! {
        {heading(level, ctx.word(Word::ContactsTitle))}
        {cards_of}
        {if level == "h1" {
            view! { <h2 class="govuk-heading-m">{ctx.word(Word::SafeguardingTitle)}</h2> }.into_any()
        } else {
            view! { <h3 class="govuk-heading-m">{ctx.word(Word::SafeguardingTitle)}</h3> }.into_any()
        }}
        <p class="govuk-body">{ctx.word(Word::SafeguardingFor)}</p>
        {safeguarding}
    }
    .into_any()
}
