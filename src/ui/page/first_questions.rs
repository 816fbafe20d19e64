//! The first questions as they stand in the page before the app is there: answered at once, one at a time by the address alone.
//!
//! Continue is a link. Which one of several is there follows what is chosen, by the stylesheet: `pr-go--1` where something is
//! chosen that is marked `pr-to-1`, `pr-go--missing` where nothing is. A browser whose stylesheets cannot tell has one that waits.

use super::question::{parts, young};
use crate::ui::{
    Ctx,
    component::{QuestionForm, button::link_button, contact_card, error_message},
    element::{Html, el},
    layout::PlainFormLink,
    rich_text::link,
};
use putright_app::view_model::{Control, QuestionPage};
use putright_domain::{form::mistake::Cause, messages::MessageId};

/// The destination of Continue.
pub struct Go {
    /// The condition: `1` and so on for the chosen options, or `on` where nothing need be chosen.
    pub when: String,
    /// The address.
    pub href: String,
}

/// A question before the app is there.
pub fn question(ctx: &Ctx, page: &QuestionPage, goes: &[Go]) -> Html {
    let forms: Vec<QuestionForm> = page.questions.iter().map(|asked| QuestionForm::new(ctx, asked, &[])).collect();
    let go = |when: &str, href: &str| {
        link_button(&["pr-go pr-go--", when].concat()).attr("href", href).text(ctx.word(MessageId::Continue)).view()
    };
    let missing = ctx.bundle.content.error(&page.id, Cause::Missing).to_owned();
    let told = el("div", "pr-missing").attr("id", "missing").attr("tabindex", "-1").with_some(error_message(
        ctx,
        "missing-error",
        Some(&missing),
    ));
    // What several questions lack, only the app can tell.
    let mut shown = page.questions.iter().filter(|asked| asked.shown);
    let first = shown.next().filter(|_| shown.next().is_none());
    let may_go_on = first.is_none_or(|asked| asked.optional || matches!(asked.control, Control::None));
    let form = super::form()
        .flag("novalidate", true)
        .children(parts(ctx, page, &forms))
        .children(if may_go_on {
            Vec::new()
        } else {
            vec![told.view(), go("wait", "#/wait"), go("missing", "#missing")]
        })
        .children(goes.iter().map(|one| go(&one.when, &one.href)));
    el("div", young(page)).child(contact_card::danger(ctx, &page.danger, false)).with(form).view()
}

/// Draws the page for people who are faster than the app. `otherwise`: the way on if the app never comes, and its
/// words.
pub fn wait(ctx: &Ctx, otherwise: Option<&PlainFormLink>) -> Html {
    let otherwise = otherwise.map(|way| el("p", "govuk-body").with(link(&way.href, &way.words)));
    el("div", "")
        .with(el("h1", "govuk-heading-l").text(ctx.word(MessageId::WaitTitle)))
        .with(super::paragraph(ctx.word(MessageId::WaitBody)))
        .with_some(otherwise)
        .view()
}
