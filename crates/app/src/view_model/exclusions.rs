//! Quotations from a council's own list of what it does not look at.

use crate::{
    model::Model,
    view_model::{contacts, guide::source_note},
};
use putright_domain::{
    council::{Council, ExclusionId},
    guidance::triage::{Advice, Facts, Flag, ProcedureRoute, Proceeding, SchoolType, Topic},
    id_enum::IdSet,
    messages::MessageId,
};

/// Returns quotations from the council's own list about this case. They are set apart, because the list is the
/// council's view and refuses nothing.
pub(crate) fn lists_say(model: &Model, advice: &Advice) -> Vec<String> {
    let content = &model.bundle().content;
    let facts = Facts::from_answers(&model.answers_on_the_way(), model.day());
    let mut lines = Vec::new();
    if content.word(MessageId::ExclusionSays).is_empty() {
        // Nobody tells a child what a council would rather not look at, in words that are not for children.
        return lines;
    }
    for council in contacts::councils_shown(model) {
        let named = named_by(council, &facts, advice);
        for exclusion in council.exclusions.iter().filter(|exclusion| named.contains(exclusion.id)) {
            let values = [("council", council.short_name.as_str()), ("words", &exclusion.said.words)];
            let words = content.fill(MessageId::ExclusionSays, &values);
            lines.push(["> ", &words, " ", &source_note(content, &exclusion.said)].concat());
        }
    }
    lines
}

/// The lines of a council's list that what was said falls under.
fn named_by(council: &Council, facts: &Facts, advice: &Advice) -> IdSet<ExclusionId> {
    let lists = |id: ExclusionId| council.exclusions.iter().any(|exclusion| exclusion.id == id);
    let mut named: IdSet<ExclusionId> = facts
        .proceedings
        .iter()
        .filter_map(|proceeding| match proceeding {
            Proceeding::Court | Proceeding::CourtEnded => Some(ExclusionId::Court),
            Proceeding::Police => Some(ExclusionId::Police),
            Proceeding::Tribunal => Some(ExclusionId::Tribunal),
            Proceeding::Disciplinary => Some(ExclusionId::Disciplinary),
            Proceeding::CouncillorOrMp => Some(ExclusionId::CouncillorOrMp),
            Proceeding::SafeguardingReview | Proceeding::LegalClaim | Proceeding::Inquest => None,
        })
        .collect();
    let signposted = advice.parts.iter().filter(|(_, route)| **route == ProcedureRoute::Signpost);
    named.extend(signposted.filter_map(|(topic, _)| match topic {
        Topic::School => Some(match facts.school_type {
            Some(SchoolType::College) => ExclusionId::College,
            Some(SchoolType::University) => ExclusionId::University,
            // A list that says only "school" means every kind.
            Some(SchoolType::Academy) if lists(ExclusionId::Academy) => ExclusionId::Academy,
            _ => ExclusionId::School,
        }),
        Topic::SendTransport if advice.flags.contains(Flag::ThenCouncil) => Some(ExclusionId::SendTransport),
        Topic::SendTransport | Topic::SchoolAdmission | Topic::SchoolExclusion | Topic::EhcPlanContent => {
            Some(ExclusionId::Appeals)
        }
        Topic::Nhs => Some(ExclusionId::Nhs),
        Topic::PoliceConduct | Topic::OtherBody | Topic::ChildrensHomeOrAgency => Some(ExclusionId::OutsideRole),
        _ => None,
    }));
    if facts.topics.contains(Topic::CourtEvidence) || facts.topics.contains(Topic::CourtApplication) {
        named.insert(ExclusionId::Court);
    }
    if advice.flags.contains(Flag::Over12Months) {
        named.insert(ExclusionId::Over12Months);
    }
    named
}
