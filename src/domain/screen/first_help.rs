//! The help that comes before everything else: something is about to happen, a child may not be safe or has nowhere to live,
//! or has died. It stands first on the advice and on the confirmation.

use super::SignpostCard;
use crate::domain::{
    content::Told,
    guidance::{
        signpost::SignpostId,
        triage::{Advice, Flag},
    },
    session::Session,
    vocabulary::IdSet,
};

/// Advice and contacts for today.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FirstHelp {
    /// Advice with its headings.
    pub told: Vec<Told>,
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

impl Session {
    /// Returns the help that comes first on the advice.
    pub(super) fn first_help(&self, advice: &Advice) -> FirstHelp {
        FirstHelp {
            told: self.flags_told(advice, flags_in_order(advice).0),
            signposts: signposts_first(advice).iter().filter_map(|id| self.signpost_card(id)).collect(),
        }
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
