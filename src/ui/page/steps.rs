//! The steps of the way, with the one that the page belongs to.

use crate::ui::{
    Ctx,
    element::{El, el},
};
use putright_app::view_model::Steps;
use putright_domain::messages::MessageId;

/// Draws them. On a phone only the step of the page has its name.
pub(in crate::ui) fn steps(ctx: &Ctx, steps: &Steps) -> El {
    let items = steps.names.iter().enumerate().map(|(at, name)| {
        let number = el("span", "pr-steps__number").text(&(at + 1).to_string());
        let item = el("li", "pr-steps__step").with(number).with(el("span", "pr-steps__name").text(name));
        if at == steps.now { item.attr("aria-current", "step") } else { item }.view()
    });
    el("ol", "pr-steps pr-no-print").attr("aria-label", ctx.word(MessageId::StepsLabel)).children(items)
}
