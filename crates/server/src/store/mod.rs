//! The store of submissions and their files, behind one trait: [`sqlite`], one file on this machine, or [`postgres`], a
//! database that several receivers share.
//!
//! Both hold the same promises. A submission is durable, with all its files, before its reference is given out. A key has at
//! most one submission, and a reference names at most one: the database's own UNIQUE constraints hold both, for every receiver
//! that writes to it. Two submissions are the same when their contents are the same (the parsed submission, written out again,
//! not the bytes) and their files hold the same, by SHA-256.

use std::time::Duration;

use putright_domain::submission::format::Submission;
use serde::Serialize;

use crate::{
    outbox::{Claimed, DeliveryOutcome, Notice, NoticeChannel},
    reference_number::Reference,
    stored_file::StoredFile,
};

pub mod audit;
mod clock;
mod error;
mod files;
pub mod inbox;
mod location;
pub mod objects;
#[cfg(feature = "postgres")]
mod postgres;
mod records;
pub mod scan;
pub mod sessions;
pub mod sqlite;

pub use clock::now;
pub use error::StoreError;
pub use inbox::InboxStore;
pub use location::{DatabaseOptions, Location};
pub use objects::ObjectRecords;
pub use records::{Erased, SubmissionFilter, SubmissionRecord};
pub use scan::ScanStore;
pub use sessions::SessionStore;

/// The number of references to try: a second collision in a row means that something else is wrong.
const REFERENCE_TRIES: usize = 4;

/// A store of submissions. One thread at a time uses it.
pub trait Store: InboxStore + ObjectRecords + ScanStore + SessionStore + Send {
    /// Stores a submission and its files under a key, unless one is stored there. When it returns, all of it is durable.
    ///
    /// # Errors
    /// Returns [`StoreError::KeyTaken`] if the key stands for another submission. After any other error it is not certain that
    /// this one is stored, and the caller may try again with the same key.
    fn add(&mut self, new: &NewSubmission) -> Result<Stored, StoreError>;

    /// Stores a submission that came by a plain form, unless the same came within some time. `mark` tells its words from all
    /// others. Its key is not used, and it has no files.
    ///
    /// # Errors
    /// Returns an error if it is not certain that the submission is stored.
    fn add_form(&mut self, mark: &str, new: &NewSubmission, within: Duration) -> Result<Stored, StoreError>;

    /// Returns a page of all submissions, after a place in the store, oldest first.
    ///
    /// # Errors
    /// Returns an error if the database cannot be read.
    fn list(&mut self, after: i64, limit: u32) -> Result<Vec<Listed>, StoreError>;

    /// Returns the time of receipt of the newest submission, if there is one.
    ///
    /// # Errors
    /// Returns an error if the database cannot be read.
    fn last_received(&mut self) -> Result<Option<String>, StoreError>;

    /// Returns a submission; `None` if no submission has the reference.
    ///
    /// # Errors
    /// Returns an error if the database cannot be read.
    fn find(&mut self, reference: &Reference) -> Result<Option<StoredSubmission>, StoreError>;

    /// Returns the files of a submission, in their order; `None` if no submission has the reference. Their content may be in an
    /// object store.
    ///
    /// # Errors
    /// Returns an error if the database cannot be read, or a file in it was changed.
    fn files(&mut self, reference: &Reference) -> Result<Option<Vec<StoredFile>>, StoreError>;

    /// Writes without changing anything, to find out whether a submission could be stored.
    ///
    /// # Errors
    /// Returns an error if it could not.
    fn check_writable(&mut self) -> Result<(), StoreError>;

    /// Sets the time to wait for another program that is writing.
    ///
    /// # Errors
    /// Returns an error if the database refuses it.
    fn wait_at_most(&mut self, patience: Duration) -> Result<(), StoreError>;

    /// Counts a request of a sender against the limit that all receivers of this store share. Returns the seconds until there is
    /// room again, if there is none. A store of one machine leaves the count to the receiver.
    ///
    /// # Errors
    /// Returns an error if the database cannot be used.
    fn count_sender(&mut self, sender: &[u8], per_minute: u32) -> Result<Option<u64>, StoreError> {
        let _ = (sender, per_minute);
        Ok(None)
    }

    /// Returns the submissions that a filter finds, after a place in the store, oldest first.
    ///
    /// # Errors
    /// Returns an error if the database cannot be read.
    fn search(
        &mut self,
        filter: &SubmissionFilter,
        after: i64,
        limit: u32,
    ) -> Result<Vec<SubmissionRecord>, StoreError>;

    /// Records the number that a submission has in the council's own system. Returns whether there is such a submission. This and
    /// each change below is in the audit trail, with the id of the officer, in the same transaction.
    ///
    /// # Errors
    /// Returns an error if the database cannot be used.
    fn take_over(&mut self, officer: &str, reference: &Reference, number: &str) -> Result<bool, StoreError>;

    /// Begins or ends a legal hold. Returns whether there is such a submission.
    ///
    /// # Errors
    /// Returns an error if the database cannot be used.
    fn hold(&mut self, officer: &str, reference: &Reference, held: bool) -> Result<bool, StoreError>;

    /// Replaces the JSON of a submission. Returns whether there is such a submission, without a legal hold.
    ///
    /// # Errors
    /// Returns an error if the database cannot be used.
    fn replace_body(&mut self, officer: &str, reference: &Reference, body: &str) -> Result<bool, StoreError>;

    /// Deletes a submission, its files and its notices. [`Store::scrub`] then removes what is left of it. The objects of its files are due
    /// to be deleted: see [`crate::unattached`].
    ///
    /// # Errors
    /// Returns an error if the database cannot be used.
    fn erase(&mut self, officer: &str, reference: &Reference) -> Result<Erased, StoreError>;

    /// Removes what deleted and replaced values have left in the files of the database.
    ///
    /// # Errors
    /// Returns an error if something may be left.
    fn scrub(&mut self) -> Result<(), StoreError>;

    /// Returns the submissions of a kind that were taken over so long ago, and are not held.
    ///
    /// # Errors
    /// Returns an error if the database cannot be read.
    fn expired(&mut self, kind: &str, keep: Duration) -> Result<Vec<Reference>, StoreError>;

    /// Checks the database itself. Returns what is wrong with it.
    ///
    /// # Errors
    /// Returns an error if the database cannot be read.
    fn check(&mut self) -> Result<Vec<String>, StoreError>;

    /// Counts submissions and notices.
    ///
    /// # Errors
    /// Returns an error if the database cannot be read.
    fn counts(&mut self) -> Result<Counts, StoreError>;

    /// Claims a notice that is due, for some time.
    ///
    /// # Errors
    /// Returns an error if the database cannot be used.
    fn claim_notice(&mut self, channel: NoticeChannel, lease: Duration) -> Result<Option<Claimed>, StoreError>;

    /// Marks a notice with the outcome of a try.
    ///
    /// # Errors
    /// Returns an error if the database cannot be used.
    fn finish_notice(&mut self, number: i64, outcome: &DeliveryOutcome) -> Result<(), StoreError>;

    /// Returns the notices that are not delivered, or all of them, oldest first.
    ///
    /// # Errors
    /// Returns an error if the database cannot be read.
    fn notices(&mut self, all: bool) -> Result<Vec<Notice>, StoreError>;

    /// Makes the notices of one submission, or of all, that are not delivered due now. Returns their number.
    ///
    /// # Errors
    /// Returns an error if the database cannot be used.
    fn retry_notices(&mut self, reference: Option<&Reference>) -> Result<u64, StoreError>;

    /// Forgets the senders that are not limited any more.
    ///
    /// # Errors
    /// Returns an error if the database cannot be used.
    fn forget_senders(&mut self) -> Result<(), StoreError> {
        Ok(())
    }
}

/// A submission to store.
pub struct NewSubmission {
    /// The idempotency key.
    pub key: String,
    /// The submission.
    pub submission: Submission,
    /// Its files, in the order in which it lists them.
    pub files: Vec<StoredFile>,
    /// The SHA-256 of each file, made before: a thread that writes to the store has no time for it.
    pub hashes: Vec<[u8; 32]>,
    /// The channels by which somebody is told.
    pub channels: Vec<NoticeChannel>,
}

/// The counts of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// The submissions.
    pub submissions: i64,
    /// The notices that are not delivered yet.
    pub waiting: i64,
    /// The notices that wait for a person.
    pub failed: i64,
    /// The files that are not scanned for viruses.
    pub unscanned: i64,
    /// The files in quarantine.
    pub quarantined: i64,
}

/// The outcome of storing a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// It is stored now.
    New(Reference),
    /// It was stored before, under the same key.
    Existing(Reference),
}

/// One line of the list.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// Its place in the store: the next page begins after it.
    #[serde(skip)]
    pub number: i64,
    /// The reference.
    pub reference: String,
    /// The time of receipt, as RFC 3339 in UTC.
    pub received_at: String,
    /// The id of the council.
    pub council: String,
    /// The id of the kind.
    pub kind: String,
}

/// A stored submission.
pub struct StoredSubmission {
    /// The time of receipt, as RFC 3339 in UTC.
    pub received_at: String,
    /// The submission, as JSON.
    pub body: String,
}

/// Returns the range of keys under which the submissions of one plain form stand: after the first, before the second.
fn form_keys(mark: &str) -> [String; 2] {
    // No key of a header is as long, so none can be the same.
    [":", ";"].map(|end| format!("form:{mark}{end}"))
}

fn stored_reference(text: &str) -> Result<Reference, StoreError> {
    Reference::parse(text).map_err(|_| StoreError::Content)
}
