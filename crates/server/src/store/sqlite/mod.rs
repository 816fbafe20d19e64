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
    Counts, Erased, Filter, Found, Listed, NewSubmission, REFERENCE_TRIES, Record, Store, StoreError, Stored,
    clock::as_text, form_keys, stored_reference,
};
use crate::{
    file_permissions,
    files::StoredFile,
    outbox::{Channel, Claimed, Notice, Outcome},
    reference_number::Reference,
};

pub mod backup;
mod clock;
mod files;
mod in_place;
mod migrations;
mod outbox;
mod records;

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

    fn list(&mut self) -> Result<Vec<Listed>, StoreError> {
        let mut query =
            self.connection.prepare("SELECT reference, received_at, council, kind FROM submissions ORDER BY number")?;
        let rows = query.query_map([], |row| {
            Ok(Listed { reference: row.get(0)?, received_at: row.get(1)?, council: row.get(2)?, kind: row.get(3)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn find(&mut self, reference: &Reference) -> Result<Option<Found>, StoreError> {
        let query = "SELECT received_at, body FROM submissions WHERE reference = ?1";
        let found = self
            .connection
            .query_row(query, [reference.to_string()], |row| Ok(Found { received_at: row.get(0)?, body: row.get(1)? }));
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

    fn search(&mut self, filter: &Filter, after: i64, limit: u32) -> Result<Vec<Record>, StoreError> {
        self.find_records(filter, after, limit)
    }

    fn take_over(&mut self, reference: &Reference, number: &str) -> Result<bool, StoreError> {
        let statement = "UPDATE submissions SET taken_as = ?2, taken_at = ?3 WHERE reference = ?1";
        self.change_one(statement, reference, Some(number))
    }

    fn hold(&mut self, reference: &Reference, held: bool) -> Result<bool, StoreError> {
        let statement =
            "UPDATE submissions SET held_at = CASE WHEN ?2 IS NULL THEN NULL ELSE ?3 END WHERE reference = ?1";
        self.change_one(statement, reference, held.then_some("held"))
    }

    fn replace_body(&mut self, reference: &Reference, body: &str) -> Result<bool, StoreError> {
        self.replace_one(reference, body)
    }

    fn erase(&mut self, reference: &Reference) -> Result<Erased, StoreError> {
        self.erase_one(reference)
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
                    (SELECT count(*) FROM outbox WHERE state = 'failed')";
        Ok(self.connection.query_row(query, [], |row| {
            Ok(Counts { submissions: row.get(0)?, waiting: row.get(1)?, failed: row.get(2)? })
        })?)
    }

    fn claim_notice(&mut self, channel: Channel, lease: Duration) -> Result<Option<Claimed>, StoreError> {
        self.claim(channel, lease)
    }

    fn finish_notice(&mut self, number: i64, outcome: &Outcome) -> Result<(), StoreError> {
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
        "INSERT INTO submissions (key, reference, received_at, council, kind, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![key, reference.to_string(), received_at, submission.council, submission.kind.id(), body],
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
mod tests {
    use std::cell::Cell;

    use super::*;

    fn new(key: &str, submission: &Submission) -> NewSubmission {
        NewSubmission {
            key: key.to_owned(),
            submission: submission.clone(),
            files: Vec::new(),
            hashes: Vec::new(),
            channels: Vec::new(),
        }
    }

    #[test]
    fn a_taken_reference_is_drawn_again_and_a_submission_never_shares_one() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = SqliteStore::open(folder.path()).unwrap();
        let mut submission: Submission =
            serde_json::from_str(include_str!("../../../../cli/tests/data/submission.json")).unwrap();
        let Stored::New(taken) = store.add(&new("one", &submission)).unwrap() else { panic!("it is new") };
        let free = Reference::random().unwrap();
        let draws = Cell::new(0);
        let draw = || {
            draws.set(draws.get() + 1);
            Ok(if draws.get() < 3 { taken } else { free })
        };
        assert_eq!(free_reference(&store.connection, draw).unwrap(), free);
        assert!(matches!(free_reference(&store.connection, || Ok(taken)), Err(StoreError::Reference)));

        assert_eq!(store.add(&new("one", &submission)).unwrap(), Stored::Existing(taken));
        submission.council = "another".to_owned();
        assert!(matches!(store.add(&new("one", &submission)), Err(StoreError::KeyTaken)));
        assert_eq!(store.list().unwrap().len(), 1);
    }

    #[test]
    fn the_same_form_is_kept_once_within_a_time_and_again_after_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = SqliteStore::open(folder.path()).unwrap();
        let submission: Submission =
            serde_json::from_str(include_str!("../../../../cli/tests/data/submission.json")).unwrap();
        let hour = Duration::from_secs(3_600);
        let keep = |store: &mut SqliteStore, mark: &str, id: &str| {
            let id = id.repeat(32);
            store.add_form(mark, &new("", &Submission { id, ..submission.clone() }), hour).unwrap()
        };
        let Stored::New(first) = keep(&mut store, "aa", "1") else { panic!("it is new") };
        assert_eq!(keep(&mut store, "aa", "2"), Stored::Existing(first));
        assert!(matches!(keep(&mut store, "aaa", "3"), Stored::New(other) if other != first));
        let back = |store: &SqliteStore, minutes: u64| {
            let then = as_text(SystemTime::now() - Duration::from_secs(60 * minutes));
            store.connection.execute("UPDATE submissions SET received_at = ?1", [then]).unwrap();
        };
        back(&store, 59);
        assert_eq!(keep(&mut store, "aa", "4"), Stored::Existing(first));
        back(&store, 61);
        assert!(matches!(keep(&mut store, "aa", "5"), Stored::New(other) if other != first));
    }

    #[test]
    fn a_commit_is_on_the_disk_before_it_is_answered() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path()).unwrap();
        let connection = &store.connection;
        let mode: String = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
        let synchronous: i64 = connection.query_row("PRAGMA synchronous", [], |row| row.get(0)).unwrap();
        // 2 is FULL: https://www.sqlite.org/pragma.html#pragma_synchronous
        assert_eq!((mode.as_str(), synchronous), ("wal", 2));
    }

    #[test]
    fn a_file_of_another_version_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        drop(SqliteStore::open(folder.path()).unwrap());
        Connection::open(file_in(folder.path())).unwrap().pragma_update(None, "user_version", 7).unwrap();
        assert!(matches!(SqliteStore::open(folder.path()), Err(StoreError::Version { found: 7, .. })));
        assert!(matches!(SqliteStore::open_to_read(folder.path()), Err(StoreError::Version { found: 7, .. })));
    }

    #[test]
    #[cfg(unix)]
    fn only_the_owner_may_read_the_folder_and_the_file() {
        use std::os::unix::fs::PermissionsExt;
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("kept");
        drop(SqliteStore::open(&folder).unwrap());
        for (path, mode) in [(folder.clone(), 0o700), (file_in(&folder), 0o600)] {
            assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, mode);
        }
    }
}
