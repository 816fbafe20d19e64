//! How complaints work.

use leptos::prelude::*;

use super::heading;
use crate::domain::{content::Word, screen::GuidePart};
use crate::view::{
    Ctx,
    prose::{link, prose},
};

/// Draws it, as a page or as a part of the prerendered one.
pub(in crate::view) fn page(ctx: &Ctx, parts: &[GuidePart], level: &'static str) -> AnyView {
    let sections: Vec<AnyView> = parts
        .iter()
        .map(|part| {
            let title = part.told.title.clone();
            let title = if level == "h1" {
                view! { <h2 class="govuk-heading-m">{title}</h2> }.into_any()
            } else {
                view! { <h3 class="govuk-heading-m">{title}</h3> }.into_any()
            };
            view! {
                <section class="pr-guide__section">{title} {prose(&part.told.body, true)}</section>
            }
            .into_any()
        })
        .collect();
    let on = (level == "h1").then(|| view! { <p class="govuk-body">{link("#/", &ctx.word(Word::StartLink))}</p> });
    view! {
        {heading(level, ctx.word(Word::GuideTitle))}
        {sections}
        {on}
    }
    .into_any()
}
