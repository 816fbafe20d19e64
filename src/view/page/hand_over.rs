//! A copy to read out on the telephone, or to post. It says first that it has not been sent.

use leptos::prelude::*;

use super::check::{number, print_button};
use crate::domain::{content::Word, screen::HandOverPage};
use crate::view::{
    Ctx,
    component::{cards, paper, summary_list::summary_list},
    html::el,
    prose::link,
};

/// Draws it.
pub(in crate::view) fn page(ctx: &Ctx, copy: &HandOverPage) -> AnyView {
    let (first, rest) = copy.told.split_first().map_or(("", [].as_slice()), |(first, rest)| (first.as_str(), rest));
    let mut drawn = el("div", "")
        .with(el("h1", "govuk-heading-l").text(&copy.title))
        .with(el("div", "govuk-inset-text pr-no-print").text(first))
        .children(rest.iter().map(|told| el("p", "govuk-body pr-no-print").text(told).view()))
        .children(copy.councils.iter().map(|card| cards::council(ctx, card).view()));
    if copy.letter.is_empty() {
        drawn = drawn.with_some(number(ctx, &copy.copy_number)).with(summary_list(ctx, &copy.rows, false));
    } else {
        drawn = drawn.with(paper::paper(&copy.letter)).with(print_button(ctx));
    }
    drawn.with(el("p", "govuk-body pr-no-print").with(link("#/check", ctx.word(Word::CheckTitle)))).view()
}
