//! The advice: the outcome, the reason, the date and one thing to do, with the way on right under it. The rest can be
//! opened.

use super::{form, steps::steps, subheading};
use crate::ui::{
    Ctx,
    component::{button::submit, contact_card, details},
    element::{El, Html, el},
    rich_text::prose,
};
use putright_app::{
    Event,
    view_model::{AdvicePage, FirstHelp, SHOWN, SignpostCard},
};
use putright_domain::{
    form::answer::FormInput,
    guidance::facts::ids,
    messages::{MessageId, TextBlock},
};

/// The most helpers that are named before the list is opened.
const NAMED: usize = 2;

/// Draws it.
pub(in crate::ui) fn page(ctx: &Ctx, advice: &AdvicePage) -> Html {
    let shown = if advice.no_way_back { advice.body.len() } else { SHOWN };
    let (body, more) = advice.body.split_at(shown.min(advice.body.len()));
    let counts: Vec<String> = advice.counts.iter().map(|count| ["* ", count].concat()).collect();
    let go_on = {
        let (ctx, question) = (ctx.clone(), advice.id.clone());
        move || ctx.send(Event::Answered(vec![(question.clone(), FormInput::default())]))
    };
    let mut page = el("div", "")
        .with_some(advice.steps.as_ref().map(|now| steps(ctx, now)))
        .with(el("h1", "govuk-heading-l").text(&advice.title))
        .child(first_help(ctx, &advice.first))
        .child(prose(body, 1))
        .child(prose(&counts, 1))
        .with_some(advice.no_way_back.then(|| change_reach(ctx)));
    if !advice.answers.is_empty() {
        page = page
            .with(el("h2", "govuk-heading-s").text(ctx.word(MessageId::AdviceDates)))
            .with(contact_card::dates(&advice.answers));
    }
    let mut page = page
        .with(form().instead("submit", go_on).with(submit(ctx.word(MessageId::AdviceContinue), false)))
        .with_some(talk(ctx, &advice.talk))
        .with(subheading(ctx, MessageId::ProgressMore));
    let parts = advice.parts.iter().map(|part| {
        el("li", "")
            .with(el("strong", "").text(&part.topic))
            .with(el("span", "").text(&[" ", &part.route].concat()))
            .with(el("p", "govuk-hint").text(&part.why))
            .view()
    });
    let sections = [
        (MessageId::AdviceParts, !advice.parts.is_empty(), el("ul", "pr-parts").children(parts).view()),
        (MessageId::AdviceLaw, !more.is_empty(), prose(more, 1)),
        (MessageId::ProgressTimeline, !advice.dates.is_empty(), contact_card::dates(&advice.dates).view()),
    ];
    for (word, there, section) in sections {
        if there {
            page = page.with(opened(ctx, word, section));
        }
    }
    flags_and_signposts(ctx, page, &advice.flags, &advice.signposts).view()
}

/// Draws something that can be opened.
pub(super) fn opened(ctx: &Ctx, word: MessageId, section: Html) -> El {
    details::details(false, ctx.word(word), details::inner().child(section))
}

/// Draws the help that comes before everything else.
pub(super) fn first_help(ctx: &Ctx, help: &FirstHelp) -> Html {
    let told = help.told.iter().map(|told| {
        let section = el("section", "pr-danger").with(el("h2", "govuk-heading-m").text(&told.title));
        section.child(prose(&told.body, 2)).view()
    });
    let mut drawn = el("div", "").children(told);
    if !help.signposts.is_empty() {
        drawn = drawn
            .with(el("h2", "govuk-heading-m").text(&help.title))
            .with(contact_card::signposts(ctx, &help.signposts));
    }
    drawn.view()
}

/// Draws people to ring: large, for a thumb.
pub(super) fn talk(ctx: &Ctx, calls: &[String]) -> Option<El> {
    (!calls.is_empty()).then(|| el("div", "pr-talk").with(subheading(ctx, MessageId::TalkTitle)).child(prose(calls, 2)))
}

/// Leads back to the question how to reach the person.
fn change_reach(ctx: &Ctx) -> El {
    let words = ctx.word(MessageId::ChangeReach);
    let ctx = ctx.clone();
    let link = el("a", "govuk-link")
        .attr("href", &["#/question/", ids::REACH].concat())
        .instead("click", move || ctx.send(Event::Change(ids::REACH.to_owned())))
        .text(words);
    el("p", "govuk-body").with(link)
}

/// Adds the further points to know and the others who can help, for every page that gives advice.
pub(super) fn flags_and_signposts(ctx: &Ctx, mut page: El, flags: &[TextBlock], signposts: &[SignpostCard]) -> El {
    if !flags.is_empty() {
        page = page.with(opened(ctx, MessageId::AdviceFlags, contact_card::flags(flags).view()));
    }
    if !signposts.is_empty() {
        let names: Vec<&str> = signposts.iter().take(NAMED).map(|card| card.name.as_str()).collect();
        let more = if signposts.len() > NAMED { " …" } else { "" };
        let summary = [ctx.word(MessageId::AdviceSignposts), ": ", &names.join(", "), more].concat();
        page = page.with(details::details(
            false,
            &summary,
            details::inner().with(contact_card::signposts(ctx, signposts)),
        ));
    }
    page
}
