//! A letter as it will look, and what can be done with it.

use super::button::secondary;
use crate::domain::{content::Word, session::Event};
use crate::view::{
    Ctx,
    html::{El, el},
};

/// A letter.
pub(in crate::view) fn paper(text: &str) -> El {
    el("div", "pr-paper").text(text)
}

/// Copy, keep as a file, or print.
pub(in crate::view) fn buttons(ctx: &Ctx) -> El {
    let button = |word: Word, event: fn() -> Event| {
        let words = ctx.word(word);
        let ctx = ctx.clone();
        secondary(words, move || ctx.send(event())).view()
    };
    el("div", "govuk-button-group").children([
        button(Word::Copy, || Event::CopyLetter),
        button(Word::SaveFile, || Event::SaveLetter),
        button(Word::Print, || Event::Print),
    ])
}
