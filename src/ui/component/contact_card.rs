//! The contacts, and the dates by which something happens.

use crate::ui::{
    Ctx,
    component::details::{details, inner},
    element::{El, Html, el, line_break, nothing, text},
    rich_text::{inline, link, prose},
};
use putright_app::view_model::{CouncilCard, DateLine, Reachable, SignpostCard};
use putright_domain::{
    guidance::signpost::Telephone,
    messages::{MessageId, TextBlock},
};

/// A telephone number to call, never broken over two lines.
pub(in crate::ui) fn number(phone: &Telephone) -> El {
    el("a", "govuk-link pr-phone").attr("href", &phone.href()).text(&phone.number)
}

/// Telephone numbers as links, with when each is answered.
pub(super) fn telephones(phones: &[Telephone]) -> Option<El> {
    let items = phones.iter().map(|phone| {
        let hours = if phone.hours.is_empty() { String::new() } else { [" (", &phone.hours, ")"].concat() };
        el("li", "").with(number(phone)).text(&hours).view()
    });
    (!phones.is_empty()).then(|| el("ul", "govuk-list").children(items))
}

/// Telephone, address, page, and when that was checked.
pub(in crate::ui) fn reachable(ctx: &Ctx, reach: &Reachable) -> Html {
    let post = (!reach.post.is_empty()).then(|| {
        let lines = reach.post.iter().flat_map(|line| [line_break(), text(line)]);
        el("p", "govuk-body").text(&[ctx.word(MessageId::WriteTo), ":"].concat()).children(lines)
    });
    let line = |label: MessageId, href: &str, shown: &str| {
        let named = |label: &str| el("p", "govuk-body").text(&[label, ": "].concat()).with(link(href, shown));
        (!shown.is_empty()).then(|| named(ctx.word(label)))
    };
    let email = line(MessageId::Email, &["mailto:", &reach.email].concat(), &reach.email);
    let short = reach.web.strip_prefix("https://").unwrap_or(&reach.web).trim_end_matches('/');
    let web = line(MessageId::Website, &reach.web, short.strip_prefix("www.").unwrap_or(short));
    let checked = (!reach.checked.is_empty()).then(|| el("p", "pr-signpost__source").text(&reach.checked));
    [telephones(&reach.telephone), email, post, web, checked].into_iter().flatten().map(El::view).collect()
}

/// Draws the danger call line, before anything else on the first page, and under it the other numbers. `open`: the
/// other numbers are shown at once.
pub(in crate::ui) fn danger(ctx: &Ctx, councils: &[CouncilCard], open: bool) -> Html {
    if councils.is_empty() {
        return nothing();
    }
    let mut numbers = inner().with(el("p", "govuk-body").children(inline(ctx.word(MessageId::DangerBody))));
    for council in councils {
        let words = ctx.bundle.content.fill(MessageId::DangerCouncil, &[("council", &council.name)]);
        numbers =
            numbers.with(el("p", "govuk-body").text(&words)).with_some(telephones(&council.safeguarding.telephone));
    }
    el("section", "pr-emergency")
        .attr("aria-label", ctx.word(MessageId::DangerTitle))
        .with(el("p", "govuk-body").children(inline(ctx.word(MessageId::DangerLine))))
        .with(details(open, ctx.word(MessageId::DangerOther), numbers))
        .view()
}

/// Draws the events and their dates.
pub(in crate::ui) fn dates(dates: &[DateLine]) -> El {
    let items = dates.iter().map(|date| {
        let extra = [&date.latest, &date.skipped, &date.about, &date.basis];
        let extra = extra.into_iter().filter(|words| !words.is_empty());
        el("li", "")
            .with(el("span", "pr-dates__what").text(&[&date.what, " "].concat()))
            .with(el("span", "pr-dates__due").text(&date.due))
            .children(extra.map(|words| el("span", "pr-dates__latest").text(&[" ", words].concat()).view()))
            .view()
    });
    el("ol", "pr-dates").children(items)
}

/// Draws the others who can help.
pub(in crate::ui) fn signposts(ctx: &Ctx, cards: &[SignpostCard]) -> El {
    let items = cards.iter().map(|card| {
        el("li", "pr-signpost")
            .with(el("h3", "pr-signpost__who").text(&card.name))
            .with(el("p", "pr-signpost__for").text(&card.about))
            .children(card.reach.iter().map(|reach| reachable(ctx, reach)))
            .view()
    });
    el("ul", "pr-signposts").children(items)
}

/// Draws the further points to know.
pub(in crate::ui) fn flags(flags: &[TextBlock]) -> El {
    let items =
        flags.iter().flat_map(|flag| [el("h3", "govuk-heading-s").text(&flag.title).view(), prose(&flag.body, 2)]);
    el("div", "").children(items)
}

/// Draws the contacts of a council.
pub(in crate::ui) fn council(ctx: &Ctx, card: &CouncilCard) -> El {
    let unconfirmed = (!card.unconfirmed.is_empty()).then(|| el("p", "govuk-hint").text(&card.unconfirmed));
    el("div", "pr-signpost")
        .with(el("p", "pr-signpost__who").text(&card.name))
        .with(el("p", "pr-signpost__for").text(&card.team))
        .child(reachable(ctx, &card.reach))
        .with_some(unconfirmed)
}
