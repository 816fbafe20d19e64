//! How to reach the complaints team, and the lines for a child who is not safe.

use crate::ui::{
    Ctx,
    component::contact_card,
    element::{Html, el},
    rich_text::inline,
};
use putright_app::view_model::CouncilCard;
use putright_domain::messages::MessageId;

/// Draws it, as a page or as a part of the prerendered one: `level` is the tag of its heading.
pub(in crate::ui) fn page(ctx: &Ctx, councils: &[CouncilCard], level: &'static str) -> Html {
    let below = if level == "h1" { "h2" } else { "h3" };
    let safeguarding = councils.iter().flat_map(|card| {
        let name = el("p", "pr-part").text(&card.name);
        [name.view(), contact_card::reachable(ctx, &card.safeguarding)]
    });
    el("div", "")
        .with(el(level, "govuk-heading-l").text(ctx.word(MessageId::ContactsTitle)))
        .children(councils.iter().map(|card| contact_card::council(ctx, card).view()))
        .with(el(below, "govuk-heading-m").text(ctx.word(MessageId::SafeguardingTitle)))
        .with(el("p", "govuk-body").children(inline(ctx.word(MessageId::SafeguardingFor))))
        .children(safeguarding)
        .view()
}
