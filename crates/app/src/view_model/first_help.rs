//! The help that comes first on the advice and on the confirmation. It is for an event about to happen, and for a child
//! who may be unsafe, has nowhere to live, or has died. This module also has the words for a person who cannot be
//! reached.

use crate::{
    model::Model,
    view_model::{
        contacts::{self, SignpostCard},
        flags,
        words::lines,
    },
};
use putright_domain::{
    bundle::FIRST_REGISTER,
    form::answer::Answer,
    guidance::{
        facts::ids,
        signpost::SignpostId,
        triage::{Advice, Flag},
    },
    id_enum::IdSet,
    messages::{MessageId, TextBlock},
};

/// The option of a person who wants no reply.
const NO_WAY: &str = "none";

/// The option of a person who wants an advocate.
const GET_ME_ONE: &str = "yes_get_me_one";

/// Advice and contacts for today.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FirstHelp {
    /// Advice with its headings.
    pub told: Vec<TextBlock>,
    /// The heading over the bodies to call.
    pub title: String,
    /// The bodies to call.
    pub signposts: Vec<SignpostCard>,
}

/// The flags that come first.
const FIRST: [Flag; 3] = [Flag::Bereaved, Flag::Urgent, Flag::SafeguardingWorry];

/// The bodies that decide an appeal with a last day of its own.
const WITH_A_LAST_DAY: [SignpostId; 5] =
    [SignpostId::Irm, SignpostId::Admission, SignpostId::Exclusion, SignpostId::TravelAppeal, SignpostId::SendTribunal];

/// Returns the flags of the advice that come first, and the others.
pub(super) fn flags_in_order(advice: &Advice) -> (IdSet<Flag>, IdSet<Flag>) {
    advice.flags.iter().partition(|flag| FIRST.contains(flag))
}

/// Returns the signposts of the advice that come first.
pub(super) fn signposts_first(advice: &Advice) -> IdSet<SignpostId> {
    let worry = advice.flags.contains(Flag::SafeguardingWorry);
    let first = |id: &SignpostId| match id {
        SignpostId::HomelessChild => true,
        SignpostId::Safeguarding | SignpostId::Childline | SignpostId::Nspcc => worry,
        _ => false,
    };
    advice.signposts.iter().filter(first).collect()
}

/// Returns the help that comes first on the advice.
pub(crate) fn first_help(model: &Model, advice: &Advice) -> FirstHelp {
    let content = &model.bundle().content;
    let first = signposts_first(advice);
    // A child without a safe place to sleep cannot wait either.
    let homeless = first.contains(SignpostId::HomelessChild) && !advice.flags.contains(Flag::Urgent);
    let act = content.flag(Flag::Urgent).filter(|_| homeless).map(|told| told.title.clone());
    FirstHelp {
        told: flags::flags_told(model, advice, flags_in_order(advice).0),
        title: act.unwrap_or_else(|| content.owned_word(MessageId::HelpFirst)),
        signposts: first.iter().filter_map(|id| contacts::signpost_card(model, id)).collect(),
    }
}

/// Returns people for the young to ring: Childline, an advocate and the complaints team.
/// The list of what to do today has the last two already, so an urgent complaint gets the first alone.
pub(crate) fn talk(model: &Model, advice: &Advice) -> Vec<String> {
    let content = &model.bundle().content;
    let mut talk = Vec::new();
    if content.register == FIRST_REGISTER {
        return talk;
    }
    for id in [Some(SignpostId::Childline), Some(SignpostId::Advocacy), None] {
        let words = id.and_then(|id| content.signpost(id));
        let name = words.map_or_else(|| content.word(MessageId::ContactsLink), |words| &words.name);
        talk.extend(contacts::links(model, id, &[name, "\n"].concat()));
        if advice.flags.contains(Flag::Urgent) {
            break;
        }
    }
    talk
}

/// Returns true where the person was asked how to reach them, and gave no way.
pub(crate) fn no_way_back(model: &Model) -> bool {
    let answers = model.answers_on_the_way();
    matches!(answers.get(ids::REACH), Some(Answer::Reach(reach)) if reach.chosen.iter().all(|way| way == NO_WAY))
}

/// Returns what can still be done where nobody can reach the person.
pub(crate) fn no_way_back_told(model: &Model) -> Vec<String> {
    let content = &model.bundle().content;
    let mut told =
        lines(&content.fill(MessageId::NoWayBack, &[("team", &contacts::links(model, None, "").join(", "))]));
    if model.answers_on_the_way().get(ids::ADVOCATE).is_some_and(|answer| answer.has(GET_ME_ONE)) {
        told.push(content.owned_word(MessageId::NoWayBackAdvocate));
    }
    told
}

/// Returns the help that the confirmation repeats: the same, and appeals that have a last day.
pub(crate) fn help_after_sending(model: &Model, advice: &Advice) -> FirstHelp {
    let mut help = first_help(model, advice);
    if advice.flags.contains(Flag::DateOnLetter) {
        let appeals = WITH_A_LAST_DAY.iter().filter(|id| advice.signposts.contains(**id));
        help.signposts.extend(appeals.filter_map(|id| contacts::signpost_card(model, *id)));
    }
    help
}
