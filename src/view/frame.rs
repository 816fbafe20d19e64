//! What surrounds every page: skip link, header, back link, footer; and the whole of what is prerendered.

use leptos::{ev::MouseEvent, prelude::*};

use super::{Ctx, body, page, prose::link};
use crate::domain::{
    content::Word,
    screen::{CouncilCard, GuidePart, Page},
    session::Event,
};

/// The whole app around its page.
pub fn frame(ctx: &Ctx, page: Signal<Page>) -> AnyView {
    view! {
        {skip_link(ctx)}
        {header(ctx, page)}
        <div class="govuk-width-container">
            {back_link(ctx, page)}
            <main class="govuk-main-wrapper" id="main">
                {
                    let ctx = ctx.clone();
                    move || page.with(|page| body(&ctx, page))
                }
            </main>
        </div>
        {footer(ctx)}
    }
    .into_any()
}

/// What stands in `index.html` before the WebAssembly runs, and without it: the first page, the guide and the contacts.
pub fn prerendered(ctx: &Ctx, page: Signal<Page>, guide: &[GuidePart], councils: &[CouncilCard]) -> AnyView {
    let notice = ctx.word(Word::NoScript);
    view! {
        {skip_link(ctx)}
        {header(ctx, page)}
        <div class="govuk-width-container">
            <main class="govuk-main-wrapper" id="main">
                <noscript>
                    <div class="govuk-inset-text">{notice}</div>
                </noscript>
                {page.with_untracked(|page| body(ctx, page))}
                <section id="/guide" class="pr-guide">{page::guide::page(ctx, guide, "h2")}</section>
                <section id="/contacts">{page::contacts::page(ctx, councils, "h2")}</section>
            </main>
        </div>
        {footer(ctx)}
    }
    .into_any()
}

/// The notices for when the form cannot start. They are in the page, hidden, so that they are there when nothing else is.
pub fn fault(ctx: &Ctx, councils: &[(String, String)]) -> AnyView {
    let names = councils
        .iter()
        .map(|(id, name)| view! { <li>{link(&["?council=", id].concat(), name)}</li> }.into_any())
        .collect::<Vec<_>>();
    view! {
        <div id="fault-data" class="govuk-width-container" tabindex="-1" hidden>
            <div class="govuk-inset-text">
                <h2 class="govuk-heading-m">{ctx.word(Word::FaultTitle)}</h2>
                <p class="govuk-body">{ctx.word(Word::FaultBody)}</p>
                <p class="govuk-body">{link("#/contacts", &ctx.word(Word::ContactsLink))}</p>
            </div>
        </div>
        <div id="fault-council" class="govuk-width-container" tabindex="-1" hidden>
            <div class="govuk-inset-text">
                <h2 class="govuk-heading-m">{ctx.word(Word::UnknownCouncilTitle)}</h2>
                <p class="govuk-body">{ctx.word(Word::UnknownCouncilBody)}</p>
                <ul class="govuk-list govuk-list--bullet">{names}</ul>
            </div>
        </div>
    }
    .into_any()
}

fn skip_link(ctx: &Ctx) -> AnyView {
    let click = {
        let ctx = ctx.clone();
        move |event: MouseEvent| {
            event.prevent_default();
            ctx.send(Event::GoTo("main".to_owned()));
        }
    };
    view! {
        <a href="#main" class="govuk-skip-link" on:click=click>
            {ctx.word(Word::SkipLink)}
        </a>
    }
    .into_any()
}

fn header(ctx: &Ctx, page: Signal<Page>) -> AnyView {
    view! {
        <header class="pr-header">
            <div class="pr-header__inner govuk-width-container">
                <span class="pr-header__council">{move || page.with(|page| page.council.clone())}</span>
                <a class="pr-header__service" href="#/">
                    {ctx.word(Word::ServiceName)}
                </a>
            </div>
        </header>
    }
    .into_any()
}

fn back_link(ctx: &Ctx, page: Signal<Page>) -> AnyView {
    let ctx = ctx.clone();
    (move || {
        let back = page.with(|page| page.back);
        back.then(|| {
            let words = ctx.word(Word::Back);
            let ctx = ctx.clone();
            let click = move |event: MouseEvent| {
                event.prevent_default();
                ctx.send(Event::Back);
            };
            view! {
                <a href="#/" class="govuk-back-link" on:click=click>
                    {words}
                </a>
            }
        })
    })
    .into_any()
}

fn footer(ctx: &Ctx) -> AnyView {
    view! {
        <footer class="pr-footer">
            <div class="govuk-width-container">
                <h2 class="govuk-heading-s">{ctx.word(Word::HelpTitle)}</h2>
                <ul class="govuk-list">
                    <li>{link("#/contacts", &ctx.word(Word::ContactsLink))}</li>
                    <li>{link("#/guide", &ctx.word(Word::GuideLink))}</li>
                </ul>
                <p class="govuk-body-s">{ctx.word(Word::FooterNote)}</p>
            </div>
        </footer>
    }
    .into_any()
}
