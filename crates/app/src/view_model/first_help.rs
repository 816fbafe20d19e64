//! The help that comes first on the advice and on the confirmation. It is for an event about to happen, and for a child
//! who may be unsafe, has nowhere to live, or has died. This module also has the words for a person who cannot be
//! reached.

use crate::model::Model;
use crate::view_model::{SignpostCard, summary_list::lines};
use putright_domain::{
    bundle::FIRST_REGISTER,
    form::answer::Answer,
    guidance::{
        facts::ids,
        signpost::{SignpostId, Telephone},
        triage::{Advice, ChildStatus, Facts, Flag},
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

impl Model {
    /// Returns the help that comes first on the advice.
    pub(super) fn first_help(&self, advice: &Advice) -> FirstHelp {
        let content = &self.bundle().content;
        let first = signposts_first(advice);
        // A child without a safe place to sleep cannot wait either.
        let homeless = first.contains(SignpostId::HomelessChild) && !advice.flags.contains(Flag::Urgent);
        let act = content.flag(Flag::Urgent).filter(|_| homeless).map(|told| told.title.clone());
        FirstHelp {
            told: self.flags_told(advice, flags_in_order(advice).0),
            title: act.unwrap_or_else(|| content.owned_word(MessageId::HelpFirst)),
            signposts: first.iter().filter_map(|id| self.signpost_card(id)).collect(),
        }
    }

    /// Returns the list of what to do today where something is about to happen.
    pub(super) fn act_today(&self, told: &TextBlock) -> TextBlock {
        let mut told = told.fill(&[
            ("advocate", &self.links(Some(SignpostId::Advocacy), "").join(", ")),
            ("team", &self.links(None, "").join(", ")),
        ]);
        let facts = Facts::from_answers(&self.answers_on_the_way(), self.day());
        // The young may not have been asked whether they are in care.
        let in_care = facts.child_status.map_or(self.is_young(), |status| status == ChildStatus::LookedAfter);
        if in_care {
            told.body.push(self.bundle().content.owned_word(MessageId::UrgentOfficer));
        }
        told
    }

    /// Returns the number of a helper, or of the complaints team: of each council while it is not known which, each once.
    #[inline(never)]
    fn phones(&self, id: Option<SignpostId>) -> Vec<&Telephone> {
        let mut phones = Vec::new();
        for council in self.councils_shown() {
            let own = id.and_then(|id| council.signposts.get(id));
            let general = id.and_then(|id| self.bundle().directory.contact(id));
            // The complaints team can pass people on to whoever has no number here.
            for contact in [own, general, Some(&council.contact)].into_iter().flatten() {
                if let Some(phone) = contact.telephone.first() {
                    if !phones.contains(&phone) {
                        phones.push(phone);
                    }
                    break;
                }
            }
        }
        phones
    }

    /// Writes numbers as links, each with a name before it.
    fn links(&self, id: Option<SignpostId>, name: &str) -> Vec<String> {
        let link = |phone: &Telephone| ["[", name, &phone.number, "](", &phone.href(), ")"].concat();
        self.phones(id).into_iter().map(link).collect()
    }

    /// Returns people for the young to ring: Childline, an advocate and the complaints team.
    /// The list of what to do today has the last two already, so an urgent complaint gets the first alone.
    pub(super) fn talk(&self, advice: &Advice) -> Vec<String> {
        let content = &self.bundle().content;
        let mut talk = Vec::new();
        if content.register == FIRST_REGISTER {
            return talk;
        }
        for id in [Some(SignpostId::Childline), Some(SignpostId::Advocacy), None] {
            let words = id.and_then(|id| content.signpost(id));
            let name = words.map_or_else(|| content.word(MessageId::ContactsLink), |words| &words.name);
            talk.extend(self.links(id, &[name, "\n"].concat()));
            if advice.flags.contains(Flag::Urgent) {
                break;
            }
        }
        talk
    }

    /// Returns true where the person was asked how to reach them, and gave no way.
    pub(super) fn no_way_back(&self) -> bool {
        let answers = self.answers_on_the_way();
        matches!(answers.get(ids::REACH), Some(Answer::Reach(reach)) if reach.chosen.iter().all(|way| way == NO_WAY))
    }

    /// Returns what can still be done where nobody can reach the person.
    pub(super) fn no_way_back_told(&self) -> Vec<String> {
        let content = &self.bundle().content;
        let mut told = lines(&content.fill(MessageId::NoWayBack, &[("team", &self.links(None, "").join(", "))]));
        if self.answers_on_the_way().get(ids::ADVOCATE).is_some_and(|answer| answer.has(GET_ME_ONE)) {
            told.push(content.owned_word(MessageId::NoWayBackAdvocate));
        }
        told
    }

    /// Returns the help that the confirmation repeats: the same, and appeals that have a last day.
    pub(super) fn help_after_sending(&self, advice: &Advice) -> FirstHelp {
        let mut help = self.first_help(advice);
        if advice.flags.contains(Flag::DateOnLetter) {
            let appeals = WITH_A_LAST_DAY.iter().filter(|id| advice.signposts.contains(**id));
            help.signposts.extend(appeals.filter_map(|id| self.signpost_card(*id)));
        }
        help
    }
}
