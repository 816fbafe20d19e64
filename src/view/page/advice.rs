//! What we think: always with a way on.

use leptos::{ev::SubmitEvent, prelude::*};

use crate::domain::{content::Word, journey::answer::Raw, screen::AdvicePage, session::Event};
use crate::view::{Ctx, component::cards, prose::prose};

/// Draws it.
pub(in crate::view) fn page(ctx: &Ctx, advice: &AdvicePage) -> AnyView {
    let section = |word: Word, inner: AnyView| {
        view! {
            <h2 class="govuk-heading-m">{ctx.word(word)}</h2>
            {inner}
        }
    };
    let parts: Vec<AnyView> = advice
        .parts
        .iter()
        .map(|part| {
            view! {
                <li>
                    <strong>{part.topic.clone()}</strong>
                    <span>{part.route.clone()}</span>
                </li>
            }
            .into_any()
        })
        .collect();
    let parts =
        (!parts.is_empty()).then(|| section(Word::AdviceParts, view! { <ul class="pr-parts">{parts}</ul> }.into_any()));
    let flags = (!advice.flags.is_empty()).then(|| section(Word::AdviceFlags, cards::flags(&advice.flags)));
    let dates = (!advice.dates.is_empty()).then(|| section(Word::AdviceDates, cards::dates(&advice.dates)));
    let signposts = (!advice.signposts.is_empty())
        .then(|| section(Word::AdviceSignposts, cards::signposts(ctx, &advice.signposts)));
    let go_on = {
        let (ctx, question) = (ctx.clone(), advice.id.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            ctx.send(Event::Answered { question: question.clone(), raw: Raw::default() });
        }
    };
    view! {
        <h1 class="govuk-heading-l">{advice.title.clone()}</h1>
        {prose(&advice.body, true)}
        {parts}
        {dates}
        {flags}
        {signposts}
        <form on:submit=go_on>
            <button type="submit" class="govuk-button">
                {ctx.word(Word::AdviceContinue)}
            </button>
        </form>
    }
    .into_any()
}
