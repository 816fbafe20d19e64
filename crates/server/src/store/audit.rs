//! The audit trail: who did what with which submission, in a chain of hashes.
//!
//! Each entry has the SHA-256 of all its parts and of the entry before it, so an entry that somebody changed, removed or put in
//! breaks the chain there. The number and the hash of the last entry are also stored apart from the entries, so a trail that was
//! cut short is found too. Somebody who may write to the database can make a whole new chain: note the last number and hash
//! elsewhere, and compare. No entry has a word of a submission, so the trail outlives an erasure.

use putright_domain::id_enum::id_enum;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Store, StoreError};
use crate::{hex::hex, reference_number::Reference};

id_enum! {
    /// An action of the trail.
    Action {
        SignedIn = "signed_in", SignedOut = "signed_out",
        /// A complaint was read in the inbox.
        Looked = "looked",
        /// Somebody searched for a text: which one is not recorded.
        Searched = "searched",
        /// A file was downloaded.
        Downloaded = "downloaded",
        /// A complaint was written out whole.
        Exported = "exported",
        /// The virus scanner put a file into quarantine.
        Quarantined = "quarantined",
        /// The number in the council's own system was recorded.
        TakenOver = "taken_over", Held = "held", Released = "released", Redacted = "redacted", Erased = "erased",
        /// Somebody asked for a complaint that their roles do not allow.
        Refused = "refused",
    }
}

/// The officer of an entry that the command line writes.
pub const COMMAND_LINE: &str = "command line";
/// The officer of an entry that `--keep` writes.
pub const RETENTION: &str = "--keep";
/// The most bytes of an officer's id.
pub const MOST_OFFICER: usize = 200;
/// The entries read at a time.
const PAGE: u32 = 1_000;
/// The first part of each hash: the format.
const FORMAT: &str = "putright/audit/1";

/// A hash of the chain.
pub type Hash = [u8; 32];

/// An action to record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// The officer's id, as the sign-in gives it.
    pub officer: String,
    /// The action.
    pub action: Action,
    /// The submission, unless the action is about none.
    pub submission: Option<Reference>,
}

impl AuditEntry {
    /// An action with a submission.
    pub fn about(officer: &str, action: Action, submission: &Reference) -> Self {
        Self { officer: officer.to_owned(), action, submission: Some(*submission) }
    }

    /// The reference as the trail has it; empty for none.
    pub(super) fn reference(&self) -> String {
        self.submission.map(|reference| reference.to_string()).unwrap_or_default()
    }
}

/// A recorded entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its number, from 1 without a gap.
    pub number: i64,
    /// The time, as RFC 3339 in UTC.
    pub at: String,
    /// The officer's id.
    pub officer: String,
    /// The id of the action.
    pub action: String,
    /// The reference of the submission; empty for none.
    pub submission: String,
    /// The hash.
    pub hash: Hash,
}

/// The end of the chain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TrailHead {
    /// The number of the last entry; 0 for none.
    pub number: i64,
    /// Its hash; zeros for none.
    pub hash: Hash,
}

impl TrailHead {
    /// Returns the entry that follows, with its hash.
    pub(super) fn next(&self, at: String, entry: &AuditEntry) -> Link {
        let mut link = Link {
            number: self.number.saturating_add(1),
            at,
            officer: entry.officer.clone(),
            action: entry.action.id().to_owned(),
            submission: entry.reference(),
            hash: Hash::default(),
        };
        link.hash = link.hash_after(&self.hash);
        link
    }
}

impl Link {
    /// Returns the hash that the entry must have after another.
    fn hash_after(&self, before: &Hash) -> Hash {
        let number = self.number.to_string();
        let mut hash = Sha256::new();
        hash.update(before);
        for part in [FORMAT, &number, &self.at, &self.officer, &self.action, &self.submission] {
            hash.update(part.len().to_be_bytes());
            hash.update(part);
        }
        hash.finalize().into()
    }
}

/// The result of checking a trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrailCheck {
    /// The number of entries.
    pub entries: i64,
    /// The hash of the last entry, in hexadecimal digits.
    pub hash: String,
    /// The first place that does not fit, and the reason.
    pub problem: Option<String>,
}

/// Checks a trail from its first entry to its last. `noted` is a number and a hash that somebody wrote down before.
///
/// # Errors
/// Returns an error if the trail cannot be read.
pub fn check(store: &mut dyn Store, noted: Option<(i64, &str)>) -> Result<TrailCheck, StoreError> {
    let head = store.audit_head()?;
    let mut last = TrailHead::default();
    let mut problem = None;
    let mut has_noted = noted.is_none_or(|(number, hash)| number == 0 && hash == hex(&last.hash));
    'all: loop {
        let page = store.audit(last.number, PAGE)?;
        if page.is_empty() {
            break;
        }
        for link in page {
            problem = fault(&last, &link);
            if problem.is_some() {
                break 'all;
            }
            has_noted |= noted.is_some_and(|(number, hash)| number == link.number && hash == hex(&link.hash));
            last = TrailHead { number: link.number, hash: link.hash };
            // Entries written since are for the next check.
            if last.number == head.number {
                break 'all;
            }
        }
    }
    if problem.is_none() && last != head {
        problem = Some(format!("the trail ends at entry {}, and entry {} was written", last.number, head.number));
    }
    if problem.is_none() && !has_noted {
        problem = Some("no entry has the number and the hash that you noted: the trail was written again".to_owned());
    }
    Ok(TrailCheck { entries: last.number, hash: hex(&last.hash), problem })
}

fn fault(last: &TrailHead, link: &Link) -> Option<String> {
    let expected = last.number.saturating_add(1);
    if link.number != expected {
        return Some(format!("entry {expected} is missing"));
    }
    (link.hash_after(&last.hash) != link.hash)
        .then(|| format!("entry {} does not fit: it, or one before it, was changed", link.number))
}
