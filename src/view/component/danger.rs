//! Whom to call, as soon as words or choices on the page tell of danger. In place of nothing, so that what is being typed
//! stays as it is, and the focus where it is.

use std::sync::Arc;

use crate::domain::{content::Word, guidance::signpost::Telephone, screen::Safety};
use crate::view::{
    Ctx,
    component::cards,
    html::{El, el, live, nothing},
    prose::prose,
};

/// The place where it appears.
pub(in crate::view) fn danger(ctx: &Ctx, safety: &Arc<Safety>) -> El {
    let (ctx, safety) = (ctx.clone(), Arc::clone(safety));
    let panel = move || if ctx.now().danger { panel(&ctx, &safety).view() } else { nothing() };
    el("div", "").attr("id", "danger-panel").attr("aria-live", "polite").child(live(panel))
}

fn panel(ctx: &Ctx, safety: &Safety) -> El {
    let paragraph = |word: Word| prose(&[ctx.word(word).to_owned()], 0);
    let mut panel = el("div", "pr-danger")
        .with(el("h2", "govuk-heading-m").text(ctx.word(Word::DangerPanelTitle)))
        .child(paragraph(Word::DangerPanelNow));
    if let Some(talk) = &safety.talk {
        for reach in &talk.reach {
            panel = line(panel, &talk.about, &reach.telephone);
        }
    }
    for council in &safety.councils {
        let words = ctx.loaded.content.fill(Word::DangerCouncil, &[("council", &council.name)]);
        panel = line(panel, &words, &council.safeguarding.telephone);
    }
    panel.child(paragraph(Word::DangerPanelNobody))
}

fn line(panel: El, words: &str, phones: &[Telephone]) -> El {
    panel.with(el("p", "govuk-body").text(words)).with_some(cards::telephones(phones))
}
