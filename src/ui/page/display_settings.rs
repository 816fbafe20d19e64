//! How the page looks: each choice is seen at once.

use super::paragraph;
use crate::ui::{
    Ctx,
    component::{
        choices::input,
        form_group::{fieldset, form_group, legend},
    },
    element::{El, Html, el},
};
use putright_app::Event;
use putright_domain::{
    display_settings::{Background, DisplaySettings, Spacing, TextSize},
    messages::MessageId,
};

/// A choice: its id, its words, and what it changes.
type SettingChoice = (&'static str, MessageId, fn(&mut DisplaySettings));

const TEXT: [SettingChoice; 3] = [
    ("text-normal", MessageId::LookNormal, |look| look.text = TextSize::Normal),
    ("text-large", MessageId::LookLarge, |look| look.text = TextSize::Large),
    ("text-larger", MessageId::LookLarger, |look| look.text = TextSize::Larger),
];
const SPACING: [SettingChoice; 2] = [
    ("spacing-normal", MessageId::LookNormal, |look| look.spacing = Spacing::Normal),
    ("spacing-wide", MessageId::LookWide, |look| look.spacing = Spacing::Wide),
];
const BACKGROUND: [SettingChoice; 3] = [
    ("background-white", MessageId::LookWhite, |look| look.background = Background::White),
    ("background-cream", MessageId::LookCream, |look| look.background = Background::Cream),
    ("background-dark", MessageId::LookDark, |look| look.background = Background::Dark),
];

/// Draws it.
pub(in crate::ui) fn page(ctx: &Ctx, now: DisplaySettings) -> Html {
    el("div", "")
        .with(el("h1", "govuk-heading-l").text(ctx.word(MessageId::LookTitle)))
        .with(paragraph(ctx.word(MessageId::LookIntro)))
        .with(group(ctx, now, MessageId::LookText, "text", &TEXT))
        .with(group(ctx, now, MessageId::LookSpacing, "spacing", &SPACING))
        .with(group(ctx, now, MessageId::LookBackground, "background", &BACKGROUND))
        .view()
}

fn group(ctx: &Ctx, now: DisplaySettings, title: MessageId, name: &str, choices: &[SettingChoice]) -> El {
    let items = choices.iter().map(|(id, word, change)| {
        let mut changed = now;
        change(&mut changed);
        let (ctx_of, change) = (ctx.clone(), *change);
        let choose = move |_| {
            let mut look = ctx_of.now().look;
            change(&mut look);
            ctx_of.send(Event::Look(look));
        };
        let input = input("govuk-radios", "radio", id, name, id, changed == now).on("change", choose);
        let label = el("label", "govuk-label govuk-radios__label").attr("for", id).text(ctx.word(*word));
        el("div", "govuk-radios__item").with(input).with(label).view()
    });
    let radios = el("div", "govuk-radios govuk-radios--inline").children(items);
    form_group(false).with(fieldset(legend("m").text(ctx.word(title))).with(radios))
}
