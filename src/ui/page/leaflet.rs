//! A leaflet for children: one sheet of A4, printed on one side and folded twice into four small pages.

use super::check_answers::print_button;
use crate::ui::{
    Ctx,
    component::contact_card,
    element::{El, Html, el},
    rich_text::prose,
};
use putright_app::view_model::LeafletPage;
use putright_domain::{
    bundle::{address, picture_file},
    messages::MessageId,
};

/// Draws it: on the screen in the order it is read, on paper where folding brings each page to its place.
pub(in crate::ui) fn page(ctx: &Ctx, leaflet: &LeafletPage) -> Html {
    let mut parts = leaflet.parts.iter();
    let mut told = |level: &'static str| {
        let part = parts.next()?;
        Some((el(level, "govuk-heading-m").text(&part.told.title), prose(&part.told.body, 1)))
    };
    let picture = |name: &str| {
        let file = picture_file(name);
        let source = address(&ctx.bundle.pictures, &file);
        el("img", "pr-leaflet__picture").attr("src", source).attr("alt", "")
    };
    let front =
        panel("front").with(el("h1", "govuk-heading-l").text(ctx.word(MessageId::LeafletTitle))).with(picture("speak"));
    let mut pages = vec![match told("h2") {
        Some((title, body)) => front.with(title).child(body),
        None => front,
    }];
    for (place, name) in [("left", "letter"), ("right", "advocate")] {
        pages.extend(told("h2").map(|(title, body)| panel(place).with(picture(name)).with(title).child(body)));
    }
    let back = panel("back")
        .with(contact_card::signposts(ctx, &leaflet.signposts))
        .children(leaflet.councils.iter().map(|card| contact_card::council(ctx, card).view()));
    pages.push(back);
    el("div", "")
        .with(print_button(ctx))
        .with(el("div", "pr-leaflet").children(pages.into_iter().map(El::view)))
        .with(el("p", "govuk-body pr-no-print").text(ctx.word(MessageId::LeafletHow)))
        .view()
}

fn panel(place: &str) -> El {
    el("section", &["pr-leaflet__page pr-leaflet__page--", place].concat())
}
