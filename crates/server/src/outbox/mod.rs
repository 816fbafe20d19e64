//! Notices about stored submissions: written in the transaction that stores a submission, and delivered at least once.
//!
//! A notice is a row with a channel and a state, and never a word that a person wrote: each message is composed when it is
//! delivered, from the submission itself. A receiver claims a notice for some minutes, delivers it and marks it. A receiver that
//! dies in between leaves the claim to run out, and the notice is delivered again.

use std::time::Duration;

use serde::Serialize;

use crate::reference_number::Reference;

#[cfg(feature = "notify")]
mod config;
#[cfg(feature = "notify")]
mod facts;
#[cfg(feature = "notify")]
mod file_drop;
#[cfg(feature = "notify")]
mod mail;
#[cfg_attr(not(feature = "notify"), path = "no_notices.rs")]
mod notices;
#[cfg(feature = "notify")]
mod plan;
#[cfg(feature = "notify")]
mod runner;
#[cfg(feature = "notify")]
mod webhook;

pub(crate) use notices::Notices;

/// The time for which a receiver has a notice to itself.
pub const CLAIM: Duration = Duration::from_secs(300);
/// The number of tries, over three days, after which a notice waits for a person.
const MOST_ATTEMPTS: u32 = 20;
/// The time before the second try, which doubles with each, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(30);
const LONGEST_PAUSE: Duration = Duration::from_secs(6 * 60 * 60);

/// A way to tell somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeChannel {
    /// An HTTP request to a system of the council.
    Webhook,
    /// A folder with the submission and its files.
    Drop,
    /// An email to officers.
    Mail,
    /// An email to the person.
    Acknowledgement,
    /// An email to officers about a file in quarantine.
    Quarantine,
}

impl NoticeChannel {
    /// Every channel.
    pub const ALL: [Self; 5] = [Self::Webhook, Self::Drop, Self::Mail, Self::Acknowledgement, Self::Quarantine];

    /// Returns the id that the store has.
    pub fn id(self) -> &'static str {
        match self {
            Self::Webhook => "webhook",
            Self::Drop => "drop",
            Self::Mail => "mail",
            Self::Acknowledgement => "acknowledgement",
            Self::Quarantine => "quarantine",
        }
    }

    /// Returns the channel of an id.
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.id() == id)
    }
}

/// A notice that a receiver has claimed, with its submission.
pub struct Claimed {
    /// The number of the notice.
    pub number: i64,
    /// The number of tries, with this one.
    pub attempts: u32,
    /// The reference of the submission.
    pub reference: Reference,
    /// Its time of receipt.
    pub received_at: String,
    /// The submission, as JSON.
    pub body: String,
}

/// The outcome of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeliveryOutcome {
    /// The other side has it.
    Delivered,
    /// The other side does not have it. It is tried again after some time; with `None`, when a person says so.
    Failed {
        /// The reason, by a code alone.
        error: String,
        /// The time until the next try.
        again: Option<Duration>,
    },
}

impl DeliveryOutcome {
    /// Returns the outcome of a try that failed.
    pub fn failed(error: String, attempts: u32) -> Self {
        let doubled = FIRST_PAUSE.saturating_mul(1 << attempts.saturating_sub(1).min(20));
        Self::Failed { error, again: (attempts < MOST_ATTEMPTS).then_some(doubled.min(LONGEST_PAUSE)) }
    }
}

/// One line of the list of notices.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// The reference of the submission.
    pub reference: String,
    /// The id of the channel.
    pub channel: String,
    /// `waiting`, `failed` or `delivered`.
    pub state: String,
    /// The number of tries so far.
    pub attempts: i64,
    /// The time of the next try, while it waits.
    pub next_at: Option<String>,
    /// The reason why the last try failed.
    pub error: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest_and_end_with_a_person() {
        let again = |attempts| match DeliveryOutcome::failed(String::new(), attempts) {
            DeliveryOutcome::Failed { again, .. } => again.map(|pause| pause.as_secs()),
            DeliveryOutcome::Delivered => panic!("it failed"),
        };
        assert_eq!([1, 2, 3, 10, 11, 19].map(again), [30, 60, 120, 15_360, 21_600, 21_600].map(Some));
        assert_eq!(again(20), None);
        let all: u64 = (1..20).filter_map(again).sum();
        assert!((2..4).contains(&(all / 86_400)), "{all}");
    }
}
