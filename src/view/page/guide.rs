//! How complaints work.

use leptos::prelude::*;

use crate::domain::{content::Word, screen::GuidePart};
use crate::view::{
    Ctx,
    html::el,
    prose::{link, prose},
};

/// Draws it, as a page or as a part of the prerendered one: `level` is the tag of its heading.
pub(in crate::view) fn page(ctx: &Ctx, parts: &[GuidePart], level: &'static str) -> AnyView {
    let alone = level == "h1";
    let sections = parts.iter().map(|part| {
        el("section", "pr-guide__section")
            .with(el(if alone { "h2" } else { "h3" }, "govuk-heading-m").text(&part.told.title))
            .child(prose(&part.told.body, if alone { 1 } else { 2 }))
            .view()
    });
    let on = el("p", "govuk-body").with(link("#/", ctx.word(Word::StartLink)));
    el("div", "")
        .with(el(level, "govuk-heading-l").text(ctx.word(Word::GuideTitle)))
        .children(sections)
        .with_some(alone.then_some(on))
        .view()
}
