//! The panel with the numbers to call, as soon as words or choices on the page signal danger. It replaces nothing, so
//! that typed text and the focus stay as they are.

use std::sync::Arc;

use crate::ui::{
    Ctx,
    component::{button::secondary, contact_card},
    element::{El, el, live, nothing},
    rich_text::prose,
};
use putright_app::{Event, view_model::Safety};
use putright_domain::{danger_phrases::Alarm, guidance::signpost::Telephone, messages::MessageId};

/// The place where it appears.
pub(in crate::ui) fn danger(ctx: &Ctx, safety: &Arc<Safety>) -> El {
    place(ctx, safety, true)
}

/// The same on the confirmation, where nothing can be added any more to what was sent.
pub(in crate::ui) fn danger_after_sending(ctx: &Ctx, safety: &Arc<Safety>) -> El {
    place(ctx, safety, false)
}

fn place(ctx: &Ctx, safety: &Arc<Safety>, can_confirm: bool) -> El {
    let (ctx, safety) = (ctx.clone(), Arc::clone(safety));
    let panel = move || {
        let (alarm, worry) = (ctx.now().danger, ctx.now().worry);
        if alarm.is_quiet() { nothing() } else { panel(&ctx, &safety, alarm, (can_confirm, worry)).view() }
    };
    el("div", "").attr("id", "danger-panel").attr("aria-live", "polite").child(live(panel))
}

/// Numbers in the order in which they help: for somebody who may hurt themselves, people to talk to come before the council.
/// An adult is given the NSPCC for a child alone.
fn panel(ctx: &Ctx, safety: &Safety, alarm: Alarm, (can_confirm, worry): (bool, bool)) -> El {
    let paragraph = |word: MessageId| prose(&[ctx.word(word).to_owned()], 0);
    let mut panel = el("div", "pr-danger")
        .with(el("h2", "govuk-heading-m").text(ctx.word(MessageId::DangerPanelTitle)))
        .child(paragraph(if alarm.oneself { MessageId::DangerSelfNow } else { MessageId::DangerPanelNow }));
    let talk = safety.talk.as_ref().filter(|_| alarm.child || safety.young);
    let oneself = safety.oneself.as_ref().filter(|_| alarm.oneself);
    for card in [talk.filter(|_| safety.young), oneself, talk.filter(|_| !safety.young)].into_iter().flatten() {
        for reach in &card.reach {
            panel = line(panel, &card.about, &reach.telephone);
        }
    }
    for council in &safety.councils {
        let words = ctx.bundle.content.fill(MessageId::DangerCouncil, &[("council", &council.name)]);
        panel = line(panel, &words, &council.safeguarding.telephone);
    }
    let panel = panel.child(paragraph(MessageId::DangerPanelNobody));
    if can_confirm && worry {
        return panel.with(el("p", "govuk-body").attr("role", "status").text(ctx.word(MessageId::DangerConfirmed)));
    }
    if !can_confirm || !alarm.child {
        return panel;
    }
    let confirm = {
        let ctx = ctx.clone();
        move || ctx.send(Event::WorryConfirmed)
    };
    panel.with(secondary(ctx.word(MessageId::DangerConfirm), confirm))
}

fn line(panel: El, words: &str, phones: &[Telephone]) -> El {
    panel.with(el("p", "govuk-body").text(words)).with_some(contact_card::telephones(phones))
}
