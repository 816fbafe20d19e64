//! The design system's "Exit this page": its markup, its lights and what it says. Without JavaScript it is a plain link.

use leptos::{
    ev::{Event as Happened, MouseEvent},
    prelude::*,
    wasm_bindgen::JsCast,
};

use crate::ui::{
    Ctx,
    element::{El, el},
    rich_text::link,
};
use putright_app::{Event, view_model::ViewModel};
use putright_domain::messages::MessageId;

/// The number of the middle button of a mouse.
const MIDDLE: i16 = 1;

/// The button and what explains it: a bar at the bottom of a phone, a row at the top of a desk.
pub(in crate::ui) fn bar(ctx: &Ctx, page: ReadSignal<ViewModel>) -> El {
    // A landmark, so that nothing of a page lies outside of one.
    el("section", "pr-exit pr-no-print")
        .attr("aria-label", ctx.word(MessageId::ExitButton))
        .with(exit_this_page(ctx, page))
        .with(link("#/exit-help", ctx.word(MessageId::ExitHelpLink)))
}

/// The button, in reach on every page, with its three lights.
pub(in crate::ui) fn exit_this_page(ctx: &Ctx, page: ReadSignal<ViewModel>) -> El {
    let lights = (1..=3).map(|light| {
        let ctx = ctx.clone();
        let class = move || {
            let on = ctx.now().lights >= light;
            let on = if on { " govuk-exit-this-page__indicator-light--on" } else { "" };
            ["govuk-exit-this-page__indicator-light", on].concat()
        };
        el("div", "").live_attr("class", class).view()
    });
    let indicator = {
        let ctx = ctx.clone();
        move || {
            let on = ctx.now().lights > 0;
            let on = if on { " govuk-exit-this-page__indicator--visible" } else { "" };
            ["govuk-exit-this-page__indicator", on].concat()
        }
    };
    let said = {
        let ctx = ctx.clone();
        move || ctx.now().said.map_or("", |word| ctx.word(word)).to_owned()
    };
    let words = ctx.word(MessageId::ExitButton);
    let button = leaving(ctx, page, "govuk-button govuk-button--warning govuk-exit-this-page__button")
        .attr("role", "button")
        .attr("draggable", "false")
        .with(el("span", "govuk-visually-hidden").text(ctx.word(MessageId::ExitEmergency)))
        .text(&[" ", words].concat())
        .with(el("div", "").live_attr("class", indicator).attr("aria-hidden", "true").children(lights));
    el("div", "govuk-exit-this-page")
        .with(button)
        .with(el("span", "govuk-visually-hidden").attr("role", "status").live_text(said))
}

/// The second skip link: the button is reached by the keyboard before anything else.
pub(in crate::ui) fn skip_link(ctx: &Ctx, page: ReadSignal<ViewModel>) -> El {
    leaving(ctx, page, "govuk-skip-link").text(ctx.word(MessageId::ExitButton))
}

fn leaving(ctx: &Ctx, page: ReadSignal<ViewModel>, class: &str) -> El {
    let (ctx, by_middle) = (ctx.clone(), ctx.clone());
    // The middle button opens a new tab, and would leave all that was written in this one.
    let middle = move |event: Happened| {
        if event.unchecked_ref::<MouseEvent>().button() == MIDDLE {
            event.prevent_default();
            by_middle.send(Event::Exit);
        }
    };
    el("a", class)
        .live_attr("href", move || page.with(|page| page.safety.exit_to.clone()))
        .attr("rel", "nofollow noreferrer")
        .instead("click", move || ctx.send(Event::Exit))
        .on("auxclick", middle)
}
