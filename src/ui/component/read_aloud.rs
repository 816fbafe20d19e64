//! "Read this page to me", and its Stop. Not there where this device has no voice of its own.

use super::button::secondary;
use crate::ui::{
    Ctx,
    element::{El, el, live, nothing},
};
use putright_app::{Event, safety::Voice};
use putright_domain::messages::MessageId;

/// Draws it. One button, so that whoever has started it by the keyboard is on Stop.
pub(in crate::ui) fn read_aloud(ctx: &Ctx) -> El {
    let ctx = ctx.clone();
    let draw = move || {
        let (class, word, event): (_, _, fn() -> Event) = match ctx.now().voice {
            Voice::None => return nothing(),
            Voice::Ready => ("pr-read", MessageId::ReadAloud, || Event::ReadAloud),
            Voice::Speaking => ("pr-read pr-read--speaking", MessageId::ReadStop, || Event::StopReading),
        };
        let sender = ctx.clone();
        el("div", class).with(secondary(ctx.word(word), move || sender.send(event()))).view()
    };
    el("div", "pr-no-print").child(live(draw))
}
