//! The words of outcomes, flags and routes, with names and numbers filled in.

use crate::{model::Model, view_model::contacts};
use putright_domain::{
    guidance::{
        signpost::SignpostId,
        triage::{Advice, ChildStatus, Facts, Flag},
    },
    id_enum::IdSet,
    messages::{MessageId, TextBlock},
};

/// Words of an outcome, a flag or a route, with the council's name in them.
pub(crate) fn told(model: &Model, told: Option<&TextBlock>) -> TextBlock {
    told.map_or_else(TextBlock::default, |told| told.fill(&[("council", &model.council().short_name)]))
}

/// Returns the words of some flags of the advice.
pub(crate) fn flags_told(model: &Model, advice: &Advice, flags: IdSet<Flag>) -> Vec<TextBlock> {
    let content = &model.bundle().content;
    let missed = advice.deadlines.iter().rfind(|deadline| deadline.last_day() < model.day());
    let words = |flag| match (flag, missed) {
        (Flag::CouncilLate, Some(deadline)) => content.late(deadline.clock),
        _ => content.flag(flag),
    };
    let told = |flag| match flag {
        Flag::Urgent => act_today(model, &told(model, content.flag(flag))),
        _ => told(model, words(flag)),
    };
    flags.iter().map(told).collect()
}

/// Returns the list of what to do today where something is about to happen.
fn act_today(model: &Model, told: &TextBlock) -> TextBlock {
    let mut told = told.fill(&[
        ("advocate", &contacts::links(model, Some(SignpostId::Advocacy), "").join(", ")),
        ("team", &contacts::links(model, None, "").join(", ")),
    ]);
    let facts = Facts::from_answers(&model.answers_on_the_way(), model.day());
    // The young may not have been asked whether they are in care.
    let in_care = facts.child_status.map_or(model.is_young(), |status| status == ChildStatus::LookedAfter);
    if in_care {
        told.body.push(model.bundle().content.owned_word(MessageId::UrgentOfficer));
    }
    told
}
