//! A store in one `SQLite` file on this machine, `submissions.sqlite3`, with the files of submissions in it.
//!
//! A submission is on the disk before its reference is given out: write-ahead log, `synchronous=FULL`. The files of the store
//! must stay where they were opened: where somebody moves or removes one while the server runs, nothing more is acknowledged.
//! The time of a submission is never earlier than that of the one before it, whatever the clock does.
//!
//! On Unix the folder and the file are made for their owner alone. Nothing here encrypts: that is the host's own business.
//! `backup` copies a store while it is in use.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use putright_domain::submission::format::Submission;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior, params};

use super::{
    Counts, Erased, Listed, NewSubmission, REFERENCE_TRIES, Store, StoreError, Stored, StoredSubmission,
    SubmissionFilter, SubmissionRecord,
    audit::{Action, AuditEntry},
    clock::as_text,
    form_keys, now, stored_reference,
};
use crate::{
    file_permissions,
    outbox::{Claimed, DeliveryOutcome, Notice, NoticeChannel},
    reference_number::Reference,
    stored_file::StoredFile,
    urgency::is_urgent,
};

mod audit;
pub mod backup;
mod clock;
mod files;
mod in_place;
mod inbox;
mod migrations;
mod objects;
mod outbox;
mod places;
mod records;
mod scan;
mod sessions;

use in_place::InPlace;
use migrations::VERSION;

/// The time to wait for another program that is writing.
pub const PATIENCE: Duration = Duration::from_secs(3);

/// The files of a store, in its folder.
pub const FILES: [&str; 3] = ["submissions.sqlite3", "submissions.sqlite3-wal", "submissions.sqlite3-shm"];

/// A store in a `SQLite` file.
pub struct SqliteStore {
    connection: Connection,
    /// The files that must stay where they are; none where it is opened for reading only.
    in_place: Option<InPlace>,
    folder: PathBuf,
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        error.sqlite_error_code().map_or(Self::Content, |code| Self::Database(format!("{code:?}")))
    }
}

impl SqliteStore {
    /// Opens the store in a folder, and makes both where they are not there.
    ///
    /// # Errors
    /// Returns an error if the folder or the file cannot be made or used, or the file is not a store of this version.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        file_permissions::folder(folder)?;
        let path = file_in(folder);
        file_permissions::options().append(true).create(true).open(&path)?;
        let mut connection = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        // For macOS, where fsync alone does not reach the disk. Without effect elsewhere.
        connection.pragma_update(None, "fullfsync", true)?;
        // What is deleted is overwritten with zeros.
        connection.pragma_update(None, "secure_delete", true)?;
        migrations::bring_up(&mut connection)?;
        // The file's own name must outlive a power cut too.
        fs::File::open(folder)?.sync_all()?;
        let store = Self::of(connection, VERSION)?;
        Ok(Self { in_place: Some(InPlace::of(&path)?), folder: folder.to_owned(), ..store })
    }

    /// Opens the store in a folder to change it beside the server. Creates nothing.
    ///
    /// # Errors
    /// Returns an error if there is none, or it is not a store of this version.
    pub fn open_to_change(folder: &Path) -> Result<Self, StoreError> {
        let connection = Connection::open_with_flags(file_in(folder), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "secure_delete", true)?;
        Self::of(connection, VERSION)
    }

    /// Opens the store in a folder for reading only.
    ///
    /// # Errors
    /// Returns an error if there is none, or it is not a store of this version or the one before.
    pub fn open_to_read(folder: &Path) -> Result<Self, StoreError> {
        Self::open_file_to_read(&file_in(folder))
    }

    /// Opens the file of a store for reading only.
    ///
    /// # Errors
    /// Returns an error if there is none, or it is not a store of this version or the one before.
    pub fn open_file_to_read(file: &Path) -> Result<Self, StoreError> {
        let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.busy_timeout(PATIENCE)?;
        Self::of(connection, 1)
    }

    fn of(connection: Connection, least: i64) -> Result<Self, StoreError> {
        match migrations::version(&connection)? {
            version if (least..=VERSION).contains(&version) => {
                Ok(Self { connection, in_place: None, folder: PathBuf::new() })
            }
            found => Err(StoreError::Version { found, known: VERSION }),
        }
    }

    fn change(&self) -> Result<Transaction<'_>, StoreError> {
        self.stays_in_place()?;
        Ok(Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?)
    }

    /// Checks the files after a commit: one to a file that has been removed succeeds, and is lost.
    fn acknowledge(&self, stored: Stored) -> Result<Stored, StoreError> {
        self.stays_in_place().map(|()| stored)
    }

    fn stays_in_place(&self) -> Result<(), StoreError> {
        if self.in_place.as_ref().is_none_or(InPlace::holds) { Ok(()) } else { Err(StoreError::Removed) }
    }
}

impl Store for SqliteStore {
    fn add(&mut self, new: &NewSubmission) -> Result<Stored, StoreError> {
        let NewSubmission { key, submission, files, hashes, channels } = new;
        let body = submission.to_json();
        let change = self.change()?;
        let before: Option<(i64, String, String)> = change
            .query_row("SELECT number, reference, body FROM submissions WHERE key = ?1", [key], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        if let Some((number, reference, stored)) = before {
            let reference = stored_reference(&reference)?;
            let same = stored == body && files::hashes(&change, number)? == *hashes;
            return if same { self.acknowledge(Stored::Existing(reference)) } else { Err(StoreError::KeyTaken) };
        }
        let reference = insert(&change, key, submission, &body)?;
        let number = change.last_insert_rowid();
        files::insert(&change, number, files, hashes)?;
        outbox::insert(&change, number, channels)?;
        change.commit()?;
        self.acknowledge(Stored::New(reference))
    }

    fn add_form(&mut self, mark: &str, new: &NewSubmission, within: Duration) -> Result<Stored, StoreError> {
        let submission = &new.submission;
        let [from, to] = form_keys(mark);
        let change = self.change()?;
        let query = "SELECT reference FROM submissions WHERE key > ?1 AND key < ?2 AND received_at >= ?3";
        let since = SystemTime::now().checked_sub(within).map(as_text).unwrap_or_default();
        let before: Option<String> = change.query_row(query, [&from, &to, &since], |row| row.get(0)).optional()?;
        if let Some(reference) = before {
            return self.acknowledge(Stored::Existing(stored_reference(&reference)?));
        }
        let reference = insert(&change, &format!("{from}{}", submission.id), submission, &submission.to_json())?;
        outbox::insert(&change, change.last_insert_rowid(), &new.channels)?;
        change.commit()?;
        self.acknowledge(Stored::New(reference))
    }

    fn list(&mut self, after: i64, limit: u32) -> Result<Vec<Listed>, StoreError> {
        self.list_after(after, limit)
    }

    fn last_received(&mut self) -> Result<Option<String>, StoreError> {
        Ok(clock::last(&self.connection)?)
    }

    fn find(&mut self, reference: &Reference) -> Result<Option<StoredSubmission>, StoreError> {
        let query = "SELECT received_at, body FROM submissions WHERE reference = ?1";
        let found = self.connection.query_row(query, [reference.to_string()], |row| {
            Ok(StoredSubmission { received_at: row.get(0)?, body: row.get(1)? })
        });
        Ok(found.optional()?)
    }

    fn files(&mut self, reference: &Reference) -> Result<Option<Vec<StoredFile>>, StoreError> {
        files::read(&self.connection, reference)
    }

    fn check_writable(&mut self) -> Result<(), StoreError> {
        let change = self.change()?;
        change.pragma_update(None, "user_version", VERSION)?;
        change.commit()?;
        self.stays_in_place()?;
        Ok(in_place::write_beside(&self.folder)?)
    }

    fn wait_at_most(&mut self, patience: Duration) -> Result<(), StoreError> {
        Ok(self.connection.busy_timeout(patience)?)
    }

    fn search(
        &mut self,
        filter: &SubmissionFilter,
        after: i64,
        limit: u32,
    ) -> Result<Vec<SubmissionRecord>, StoreError> {
        self.find_records(filter, after, limit)
    }

    fn take_over(&mut self, officer: &str, reference: &Reference, number: &str) -> Result<bool, StoreError> {
        let statement = "UPDATE submissions SET taken_as = ?2, taken_at = ?3, state = 'taken' WHERE reference = ?1";
        let entry = AuditEntry::about(officer, Action::TakenOver, reference);
        self.change_one(statement, &entry, params![reference.to_string(), number, now()])
    }

    fn hold(&mut self, officer: &str, reference: &Reference, held: bool) -> Result<bool, StoreError> {
        let entry = AuditEntry::about(officer, if held { Action::Held } else { Action::Released }, reference);
        let statement = "UPDATE submissions SET held_at = ?2 WHERE reference = ?1";
        self.change_one(statement, &entry, params![reference.to_string(), held.then(now)])
    }

    fn replace_body(&mut self, officer: &str, reference: &Reference, body: &str) -> Result<bool, StoreError> {
        let statement = "UPDATE submissions SET body = ?2 WHERE reference = ?1 AND held_at IS NULL";
        let entry = AuditEntry::about(officer, Action::Redacted, reference);
        self.change_one(statement, &entry, params![reference.to_string(), body])
    }

    fn erase(&mut self, officer: &str, reference: &Reference) -> Result<Erased, StoreError> {
        self.erase_one(&AuditEntry::about(officer, Action::Erased, reference))
    }

    fn scrub(&mut self) -> Result<(), StoreError> {
        self.empty_log()
    }

    fn expired(&mut self, kind: &str, keep: Duration) -> Result<Vec<Reference>, StoreError> {
        self.list_expired(kind, keep)
    }

    fn check(&mut self) -> Result<Vec<String>, StoreError> {
        self.problems()
    }

    fn counts(&mut self) -> Result<Counts, StoreError> {
        self.needs_this_version()?;
        let query = "SELECT (SELECT count(*) FROM submissions), (SELECT count(*) FROM outbox WHERE state = 'waiting'),
                    (SELECT count(*) FROM outbox WHERE state = 'failed'),
                    (SELECT count(*) FROM files WHERE scan <> 'clean' AND scan IN ('waiting', 'refused')),
                    (SELECT count(*) FROM files WHERE scan <> 'clean' AND scan = 'infected')";
        Ok(self.connection.query_row(query, [], |row| {
            Ok(Counts {
                submissions: row.get(0)?,
                waiting: row.get(1)?,
                failed: row.get(2)?,
                unscanned: row.get(3)?,
                quarantined: row.get(4)?,
            })
        })?)
    }

    fn claim_notice(&mut self, channel: NoticeChannel, lease: Duration) -> Result<Option<Claimed>, StoreError> {
        self.claim(channel, lease)
    }

    fn finish_notice(&mut self, number: i64, outcome: &DeliveryOutcome) -> Result<(), StoreError> {
        self.finish(number, outcome)
    }

    fn notices(&mut self, all: bool) -> Result<Vec<Notice>, StoreError> {
        self.list_notices(all)
    }

    fn retry_notices(&mut self, reference: Option<&Reference>) -> Result<u64, StoreError> {
        self.retry(reference)
    }
}

fn insert(change: &Connection, key: &str, submission: &Submission, body: &str) -> Result<Reference, StoreError> {
    let reference = free_reference(change, Reference::random)?;
    let received_at = clock::next(change)?;
    change.execute(
        "INSERT INTO submissions (key, reference, received_at, council, kind, body, urgent)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            key,
            reference.to_string(),
            received_at,
            submission.council,
            submission.kind.id(),
            body,
            is_urgent(submission)
        ],
    )?;
    Ok(reference)
}

fn free_reference(
    connection: &Connection,
    random: impl Fn() -> Result<Reference, getrandom::Error>,
) -> Result<Reference, StoreError> {
    for _ in 0..REFERENCE_TRIES {
        let reference = random().map_err(|_| StoreError::Reference)?;
        let taken: bool = connection.query_row(
            "SELECT EXISTS (SELECT 1 FROM submissions WHERE reference = ?1)",
            [reference.to_string()],
            |row| row.get(0),
        )?;
        if !taken {
            return Ok(reference);
        }
    }
    Err(StoreError::Reference)
}

fn file_in(folder: &Path) -> PathBuf {
    let [database, ..] = FILES;
    folder.join(database)
}

#[cfg(test)]
mod tests;
