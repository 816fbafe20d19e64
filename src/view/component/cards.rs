//! Who to reach and how, and what happens by when.

use leptos::prelude::*;

use crate::domain::{
    content::{Told, Word},
    guidance::signpost::Telephone,
    screen::{CouncilCard, DateLine, Reachable, SignpostCard},
};
use crate::view::{
    Ctx,
    prose::{link, prose},
};

/// A telephone number as a link, with when it is answered.
pub(in crate::view) fn telephone(phone: &Telephone) -> AnyView {
    let hours = (!phone.hours.is_empty()).then(|| format!(" ({})", phone.hours));
    view! {
        <a class="govuk-link pr-phone" href=phone.href()>
            {phone.number.clone()}
        </a>
        {hours}
    }
    .into_any()
}

/// Telephone, address, page, and when that was checked.
pub(in crate::view) fn reachable(ctx: &Ctx, reach: &Reachable) -> AnyView {
    let phones: Vec<AnyView> =
        reach.telephone.iter().map(|phone| view! { <li>{telephone(phone)}</li> }.into_any()).collect();
    let phones = (!phones.is_empty()).then(|| view! { <ul class="govuk-list">{phones}</ul> });
    let lines: Vec<AnyView> = reach.post.iter().map(|line| view! { {line.clone()}<br /> }.into_any()).collect();
    let post = (!lines.is_empty()).then(|| {
        view! {
            <p class="govuk-body">
                {ctx.word(Word::WriteTo)} ":" <br /> {lines}
            </p>
        }
    });
    let web = (!reach.web.is_empty()).then(|| {
        let short = reach.web.trim_start_matches("https://").trim_start_matches("www.").trim_end_matches('/');
        view! { <p class="govuk-body">{ctx.word(Word::Website)} ": " {link(&reach.web, short)}</p> }
    });
    let checked =
        (!reach.checked.is_empty()).then(|| view! { <p class="pr-signpost__source">{reach.checked.clone()}</p> });
    view! {
        {phones}
        {post}
        {web}
        {checked}
    }
    .into_any()
}

/// The lines to call about danger, before anything else on the first page.
pub(in crate::view) fn danger(ctx: &Ctx, councils: &[CouncilCard]) -> AnyView {
    if councils.is_empty() {
        return ().into_any();
    }
    let lines: Vec<AnyView> = councils
        .iter()
        .map(|council| {
            let words = ctx.loaded.content.fill(Word::DangerCouncil, &[("council", &council.name)]);
            let phones: Vec<AnyView> = council
                .safeguarding
                .telephone
                .iter()
                .map(|phone| view! { <li>{telephone(phone)}</li> }.into_any())
                .collect();
            view! {
                <p class="govuk-body">{words}</p>
                <ul class="govuk-list">{phones}</ul>
            }
            .into_any()
        })
        .collect();
    view! {
        <section class="pr-danger" aria-labelledby="danger">
            <h2 class="govuk-heading-m" id="danger">
                {ctx.word(Word::DangerTitle)}
            </h2>
            <p class="govuk-body">{ctx.word(Word::DangerBody)}</p>
            {lines}
        </section>
    }
    .into_any()
}

/// What happens by when.
pub(in crate::view) fn dates(dates: &[DateLine]) -> AnyView {
    let items: Vec<AnyView> = dates
        .iter()
        .map(|date| {
            let extra = [&date.latest, &date.skipped, &date.about, &date.basis];
            let extra: Vec<AnyView> = extra
                .into_iter()
                .filter(|text| !text.is_empty())
                .map(|text| view! { <span class="pr-dates__latest">{text.clone()}</span> }.into_any())
                .collect();
            view! {
                <li>
                    <span class="pr-dates__what">{date.what.clone()}</span>
                    " "
                    <span class="pr-dates__due">{date.due.clone()}</span>
                    {extra}
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ol class="pr-dates">{items}</ol> }.into_any()
}

/// Who else can help.
pub(in crate::view) fn signposts(ctx: &Ctx, cards: &[SignpostCard]) -> AnyView {
    let items: Vec<AnyView> = cards
        .iter()
        .map(|card| {
            let reach: Vec<AnyView> = card.reach.iter().map(|reach| reachable(ctx, reach)).collect();
            view! {
                <li class="pr-signpost">
                    <h3 class="pr-signpost__who">{card.name.clone()}</h3>
                    <p class="pr-signpost__for">{card.about.clone()}</p>
                    {reach}
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ul class="pr-signposts">{items}</ul> }.into_any()
}

/// What else to know.
pub(in crate::view) fn flags(flags: &[Told]) -> AnyView {
    let items: Vec<AnyView> = flags
        .iter()
        .map(|flag| {
            view! {
                <h3 class="govuk-heading-s">{flag.title.clone()}</h3>
                {prose(&flag.body, true)}
            }
            .into_any()
        })
        .collect();
    items.into_any()
}

/// How to reach a council.
pub(in crate::view) fn council(ctx: &Ctx, card: &CouncilCard) -> AnyView {
    let unconfirmed =
        (!card.unconfirmed.is_empty()).then(|| view! { <p class="govuk-hint">{card.unconfirmed.clone()}</p> });
    view! {
        <div class="pr-signpost">
            <p class="pr-signpost__who">{card.name.clone()}</p>
            <p class="pr-signpost__for">{card.team.clone()}</p>
            {reachable(ctx, &card.reach)}
            {unconfirmed}
        </div>
    }
    .into_any()
}
