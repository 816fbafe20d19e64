//! A copy to read out on the telephone, or to post. It says first that it has not been sent.

use super::check_answers::{number, print_button};
use crate::ui::{
    Ctx,
    component::{contact_card, letter_preview, summary_list::summary_list},
    element::{Html, el},
    rich_text::link,
};
use putright_app::view_model::HandOverPage;
use putright_domain::messages::MessageId;

/// Draws it.
pub(in crate::ui) fn page(ctx: &Ctx, copy: &HandOverPage) -> Html {
    let (first, rest) = copy.told.split_first().map_or(("", [].as_slice()), |(first, rest)| (first.as_str(), rest));
    let mut drawn = el("div", "")
        .with(el("h1", "govuk-heading-l").text(&copy.title))
        .with(el("div", "govuk-inset-text pr-no-print").text(first))
        .children(rest.iter().map(|told| el("p", "govuk-body pr-no-print").text(told).view()))
        .children(copy.councils.iter().map(|card| contact_card::council(ctx, card).view()));
    if copy.letter.is_empty() {
        drawn = drawn.with_some(number(ctx, &copy.copy_number)).with(summary_list(ctx, &copy.rows, false));
    } else {
        drawn = drawn.with(letter_preview::paper(&copy.letter)).with(print_button(ctx));
    }
    drawn.with(el("p", "govuk-body pr-no-print").with(link("#/check", ctx.word(MessageId::CheckTitle)))).view()
}
