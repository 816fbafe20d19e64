//! How to leave fast, and what that cannot do.

use crate::ui::{
    Ctx,
    element::{Html, el},
    rich_text::prose,
};
use putright_domain::messages::MessageId;

/// Draws it, as a page or as a part of the prerendered one: `level` is the tag of its heading.
pub(in crate::ui) fn page(ctx: &Ctx, level: &'static str) -> Html {
    let words = [
        MessageId::ExitHelpWhat,
        MessageId::ExitHelpKeys,
        MessageId::ExitHelpAfter,
        MessageId::ExitHelpCannot,
        MessageId::ExitHelpHistory,
        MessageId::ExitHelpScript,
    ];
    let words = words.map(|word| ctx.word(word).to_owned());
    el("div", "")
        .with(el(level, "govuk-heading-l").text(ctx.word(MessageId::ExitHelpTitle)))
        .child(prose(&words, usize::from(level != "h1")))
        // Seen within a frame alone.
        .with(el("p", "govuk-body pr-framed").text(ctx.word(MessageId::ExitHelpFrame)))
        .view()
}
