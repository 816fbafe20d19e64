//! A leaflet for children: one sheet of A4, printed on one side and folded twice into four small pages.

use leptos::prelude::*;

use super::{check::print_button, paragraph};
use crate::domain::{content::Word, screen::LeafletPage};
use crate::view::{
    Ctx,
    component::cards,
    html::{El, el},
    prose::prose,
};

/// Draws it: on the screen in the order it is read, on paper where folding brings each page to its place.
pub(in crate::view) fn page(ctx: &Ctx, leaflet: &LeafletPage) -> AnyView {
    let mut parts = leaflet.parts.iter();
    let mut told = |level: &'static str| {
        let part = parts.next()?;
        Some((el(level, "govuk-heading-m").text(&part.told.title), prose(&part.told.body, 1)))
    };
    let front = panel("front").with(el("h1", "govuk-heading-l").text(ctx.word(Word::LeafletTitle)));
    let mut pages = vec![match told("h2") {
        Some((title, body)) => front.with(title).child(body),
        None => front,
    }];
    for place in ["left", "right"] {
        pages.extend(told("h2").map(|(title, body)| panel(place).with(title).child(body)));
    }
    let back = panel("back")
        .children(leaflet.councils.iter().map(|card| cards::council(ctx, card).view()))
        .with(cards::signposts(ctx, &leaflet.signposts));
    pages.push(back);
    el("div", "")
        .with(paragraph(ctx.word(Word::LeafletHow)).attr("class", "govuk-body pr-no-print"))
        .with(print_button(ctx))
        .with(el("div", "pr-leaflet").children(pages.into_iter().map(El::view)))
        .view()
}

fn panel(place: &str) -> El {
    el("section", &["pr-leaflet__page pr-leaflet__page--", place].concat())
}
