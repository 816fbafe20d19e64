//! What we think: always with a way on.

use leptos::prelude::*;

use super::{form, subheading};
use crate::domain::{
    content::{Told, Word},
    journey::answer::Raw,
    screen::{AdvicePage, FirstHelp, SignpostCard},
    session::Event,
};
use crate::view::{
    Ctx,
    component::{button::submit, cards},
    html::{El, el},
    prose::prose,
};

/// Draws it.
pub(in crate::view) fn page(ctx: &Ctx, advice: &AdvicePage) -> AnyView {
    let parts = advice.parts.iter().map(|part| {
        el("li", "")
            .with(el("strong", "").text(&part.topic))
            .with(el("span", "").text(&[" ", &part.route].concat()))
            .with(el("p", "govuk-hint").text(&part.why))
            .view()
    });
    let sections = [
        (Word::AdviceParts, !advice.parts.is_empty(), el("ul", "pr-parts").children(parts)),
        (Word::AdviceDates, !advice.dates.is_empty(), cards::dates(&advice.dates)),
    ];
    let go_on = {
        let (ctx, question) = (ctx.clone(), advice.id.clone());
        move || ctx.send(Event::Answered { question: question.clone(), raw: Raw::default() })
    };
    let mut page = el("div", "")
        .with(el("h1", "govuk-heading-l").text(&advice.title))
        .child(first_help(ctx, &advice.first))
        .child(prose(&advice.body, 1));
    for (word, there, section) in sections {
        if there {
            page = page.with(subheading(ctx, word)).with(section);
        }
    }
    let page = flags_and_signposts(ctx, page, &advice.flags, &advice.signposts);
    page.with(form().instead("submit", go_on).with(submit(ctx.word(Word::AdviceContinue), false))).view()
}

/// Draws the help that comes before everything else.
pub(super) fn first_help(ctx: &Ctx, help: &FirstHelp) -> AnyView {
    let told = help.told.iter().map(|told| {
        let section = el("section", "pr-danger").with(el("h2", "govuk-heading-m").text(&told.title));
        section.child(prose(&told.body, 2)).view()
    });
    let mut drawn = el("div", "").children(told);
    if !help.signposts.is_empty() {
        drawn = drawn.with(subheading(ctx, Word::HelpFirst)).with(cards::signposts(ctx, &help.signposts));
    }
    drawn.view()
}

/// What else to know, and who else can help: for every page that says what we think.
pub(super) fn flags_and_signposts(ctx: &Ctx, mut page: El, flags: &[Told], signposts: &[SignpostCard]) -> El {
    if !flags.is_empty() {
        page = page.with(subheading(ctx, Word::AdviceFlags)).with(cards::flags(flags));
    }
    if !signposts.is_empty() {
        page = page.with(subheading(ctx, Word::AdviceSignposts)).with(cards::signposts(ctx, signposts));
    }
    page
}
