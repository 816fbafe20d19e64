//! How complaints work.

use crate::ui::{
    Ctx,
    element::{Html, el},
    rich_text::{link, prose},
};
use putright_app::view_model::GuidePart;
use putright_domain::{messages::MessageId, route::Route};

/// Draws it, as a page or as a part of the prerendered one: `level` is the tag of its heading.
pub(in crate::ui) fn page(ctx: &Ctx, parts: &[GuidePart], level: &'static str) -> Html {
    let alone = level == "h1";
    let below = if alone { "h2" } else { "h3" };
    let (mut entries, mut sections) = (Vec::new(), Vec::new());
    for part in parts {
        let route = Route::GuidePart(part.id.clone());
        entries.push(el("li", "").with(link(&route.to_string(), &part.told.title)).view());
        let heading = el(below, "govuk-heading-m").attr("id", &route.place());
        let section = el("section", "pr-guide__section")
            .with(heading.text(&part.told.title))
            .child(prose(&part.told.body, if alone { 1 } else { 2 }));
        sections.push(section.view());
    }
    let contents = el("nav", "pr-guide__contents pr-no-print")
        .attr("aria-label", ctx.word(MessageId::GuideContents))
        .with(el(below, "govuk-heading-s").text(ctx.word(MessageId::GuideContents)))
        .with(el("ul", "govuk-list").children(entries));
    let on = el("p", "govuk-body").with(link("#/", ctx.word(MessageId::StartLink)));
    el("div", "")
        .with(el(level, "govuk-heading-l").text(ctx.word(MessageId::GuideTitle)))
        .with(contents)
        .children(sections)
        .with_some(alone.then_some(on))
        .view()
}
