//! A letter as it will look, and what can be done with it.

use super::button::secondary;
use crate::ui::{
    Ctx,
    element::{El, el},
};
use putright_app::Event;
use putright_domain::messages::MessageId;

/// A letter.
pub(in crate::ui) fn paper(text: &str) -> El {
    el("div", "pr-paper").text(text)
}

/// Copy, keep as a file, or print.
pub(in crate::ui) fn buttons(ctx: &Ctx) -> El {
    let button = |word: MessageId, event: fn() -> Event| {
        let words = ctx.word(word);
        let ctx = ctx.clone();
        secondary(words, move || ctx.send(event())).view()
    };
    el("div", "govuk-button-group").children([
        button(MessageId::Copy, || Event::CopyLetter),
        button(MessageId::SaveFile, || Event::SaveLetter),
        button(MessageId::Print, || Event::Print),
    ])
}
