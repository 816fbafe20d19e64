//! Where the built-in receiver keeps submissions and their files: one `SQLite` file, `submissions.sqlite3`.
//!
//! What must hold: a submission is on the disk, with all its files, before its reference is given out (write-ahead log,
//! `synchronous=FULL`), a key has at most one submission, and a reference names at most one. The database's own UNIQUE
//! constraints hold the last two, whatever the program does. Two submissions are the same when what they say is the same
//! (the parsed submission, written out again, not the bytes) and their files hold the same, by SHA-256.
//!
//! The files must stay where they were opened: where somebody moves or removes one while the server runs, nothing more is
//! acknowledged. The time of a submission is never earlier than that of the one before it, whatever the clock does.
//!
//! On Unix the folder and the file are made for their owner alone. Nothing here encrypts or deletes: that is the host's and
//! the council's own business. `backup` copies a store while it is in use.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use putright_domain::submission::format::Submission;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, Transaction, TransactionBehavior, params};
use serde::Serialize;

use crate::{file_permissions, files::KeptFile, reference_number::Reference};

pub mod backup;
mod clock;
mod files;
mod in_place;
mod migrations;

use clock::as_text;
pub use clock::now;
use in_place::InPlace;
use migrations::VERSION;

/// How long to wait for another process that is writing.
pub const PATIENCE: Duration = Duration::from_secs(3);
/// References are so many that a second collision in a row means that something else is wrong.
const TRIES: usize = 4;

/// The files of a store, in its folder.
pub const FILES: [&str; 3] = ["submissions.sqlite3", "submissions.sqlite3-wal", "submissions.sqlite3-shm"];

/// The stored submissions. One thread at a time has it.
pub struct Store {
    connection: Connection,
    /// The files that must stay where they are; none where it is opened for reading only.
    in_place: Option<InPlace>,
}

/// What became of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is stored.
    New(Reference),
    /// It was stored before, under the same key.
    Before(Reference),
}

/// One line of the list.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Listed {
    reference: String,
    received_at: String,
    council: String,
    kind: String,
}

/// Why the store cannot be used. Never tells what is in it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder or the file.
    #[error("cannot be used: {0}")]
    File(#[from] io::Error),
    /// The database, by its code alone: its messages may hold values.
    #[error("the database answers: {0:?}")]
    Database(ErrorCode),
    /// It was made by another Putright, or is no store at all.
    #[error("holds tables of version {0}, and this Putright reads version {VERSION}")]
    Version(i64),
    /// A submission cannot be written as JSON, or a row cannot be read.
    #[error("holds something that cannot be read")]
    Content,
    /// No random numbers, or every reference tried is taken.
    #[error("no free reference could be made")]
    Reference,
    /// The key stands for another submission. Nothing was stored.
    #[error("the key stands for another submission")]
    KeyTaken,
    /// A file of the store was moved, replaced or removed while it was open.
    #[error(
        "its files were moved, replaced or removed while the server was running; put them back, or restore a backup, \
         and start the server again"
    )]
    Removed,
    /// The queue is full.
    #[error("too many submissions are waiting to be stored")]
    Full,
    /// The submission waited so long in the queue that its sender has gone.
    #[error("it waited too long for those before it")]
    Late,
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        error.sqlite_error_code().map_or(Self::Content, Self::Database)
    }
}

impl Store {
    /// Opens the store in a folder, and makes both where they are not there.
    ///
    /// # Errors
    /// Where the folder or the file cannot be made or used, or the file is not a store of this version.
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
        migrations::bring_up(&mut connection)?;
        // The file's own name must outlive a power cut too.
        fs::File::open(folder)?.sync_all()?;
        Ok(Self { in_place: Some(InPlace::of(&path)?), ..Self::of(connection, VERSION)? })
    }

    /// Opens the store in a folder for reading only.
    ///
    /// # Errors
    /// Where there is none, or it is not a store of this version or the one before.
    pub fn open_to_read(folder: &Path) -> Result<Self, StoreError> {
        Self::open_file_to_read(&file_in(folder))
    }

    /// Opens the file of a store for reading only.
    ///
    /// # Errors
    /// Where there is none, or it is not a store of this version or the one before.
    pub fn open_file_to_read(file: &Path) -> Result<Self, StoreError> {
        let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.busy_timeout(PATIENCE)?;
        Self::of(connection, 1)
    }

    fn of(connection: Connection, least: i64) -> Result<Self, StoreError> {
        match migrations::version(&connection)? {
            version if (least..=VERSION).contains(&version) => Ok(Self { connection, in_place: None }),
            other => Err(StoreError::Version(other)),
        }
    }

    /// Stores a submission and its files under a key, unless one is stored there. When it answers, all of it is on the disk.
    /// `hashes` are those of the files, made before: this is the one thread that writes.
    ///
    /// # Errors
    /// Where the key stands for another submission; else, where it is not certain that this one is stored. The caller may then try
    /// again with the same key.
    pub fn keep(
        &self,
        key: &str,
        submission: &Submission,
        files: &[KeptFile],
        hashes: &[[u8; 32]],
    ) -> Result<Kept, StoreError> {
        let body = submission.to_json();
        let change = self.change()?;
        let before: Option<(i64, String, String)> = change
            .query_row("SELECT number, reference, body FROM submissions WHERE key = ?1", [key], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        if let Some((number, reference, stored)) = before {
            let reference = Reference::parse(&reference).map_err(|_| StoreError::Content)?;
            let same = stored == body && files::hashes(&change, number)? == hashes;
            return if same { self.acknowledge(Kept::Before(reference)) } else { Err(StoreError::KeyTaken) };
        }
        let reference = insert(&change, key, submission, &body)?;
        files::insert(&change, change.last_insert_rowid(), files, hashes)?;
        change.commit()?;
        self.acknowledge(Kept::New(reference))
    }

    /// Stores what came by a plain form, unless the same came within some time. `mark` tells what was written from anything else.
    ///
    /// # Errors
    /// Where it is not certain that the submission is stored.
    pub fn keep_form(&self, mark: &str, submission: &Submission, within: Duration) -> Result<Kept, StoreError> {
        // No key of a header's is as long, so none can be the same.
        let [from, to] = [":", ";"].map(|end| format!("form:{mark}{end}"));
        let change = self.change()?;
        let query = "SELECT reference FROM submissions WHERE key > ?1 AND key < ?2 AND received_at >= ?3";
        let since = SystemTime::now().checked_sub(within).map(as_text).unwrap_or_default();
        let before: Option<String> = change.query_row(query, [&from, &to, &since], |row| row.get(0)).optional()?;
        if let Some(reference) = before {
            let reference = Reference::parse(&reference).map_err(|_| StoreError::Content)?;
            return self.acknowledge(Kept::Before(reference));
        }
        let reference = insert(&change, &format!("{from}{}", submission.id), submission, &submission.to_json())?;
        change.commit()?;
        self.acknowledge(Kept::New(reference))
    }

    /// Every submission, oldest first.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn list(&self) -> Result<Vec<Listed>, StoreError> {
        let mut query =
            self.connection.prepare("SELECT reference, received_at, council, kind FROM submissions ORDER BY number")?;
        let rows = query.query_map([], |row| {
            Ok(Listed { reference: row.get(0)?, received_at: row.get(1)?, council: row.get(2)?, kind: row.get(3)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// When a submission was received, and its JSON; `None` where no submission has the reference.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn find(&self, reference: &Reference) -> Result<Option<(String, String)>, StoreError> {
        let query = "SELECT received_at, body FROM submissions WHERE reference = ?1";
        let found = self
            .connection
            .query_row(query, [reference.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(found)
    }

    /// The files of a submission, in their order; `None` where no submission has the reference.
    ///
    /// # Errors
    /// Where the database cannot be read, or a file in it was changed.
    pub fn files(&self, reference: &Reference) -> Result<Option<Vec<KeptFile>>, StoreError> {
        files::read(&self.connection, reference)
    }

    /// Sets the time to wait for another process that is writing.
    ///
    /// # Errors
    /// Returns an error if the database refuses it.
    pub fn wait_at_most(&self, patience: Duration) -> Result<(), StoreError> {
        Ok(self.connection.busy_timeout(patience)?)
    }

    /// Writes to the database without changing anything, to find out whether a submission could be stored.
    ///
    /// # Errors
    /// Returns an error if it could not.
    pub fn try_to_write(&self) -> Result<(), StoreError> {
        let change = self.change()?;
        change.pragma_update(None, "user_version", VERSION)?;
        change.commit()?;
        self.stays_in_place()
    }

    fn change(&self) -> Result<Transaction<'_>, StoreError> {
        self.stays_in_place()?;
        Ok(Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?)
    }

    /// Checks the files after a commit: one to a file that has been removed succeeds, and is lost.
    fn acknowledge(&self, kept: Kept) -> Result<Kept, StoreError> {
        self.stays_in_place().map(|()| kept)
    }

    fn stays_in_place(&self) -> Result<(), StoreError> {
        if self.in_place.as_ref().is_none_or(InPlace::holds) { Ok(()) } else { Err(StoreError::Removed) }
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
    for _ in 0..TRIES {
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

    #[test]
    fn a_taken_reference_is_drawn_again_and_a_submission_never_shares_one() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let mut submission: Submission =
            serde_json::from_str(include_str!("../../../cli/tests/data/submission.json")).unwrap();
        let Kept::New(taken) = store.keep("one", &submission, &[], &[]).unwrap() else { panic!("it is new") };
        let free = Reference::random().unwrap();
        let draws = Cell::new(0);
        let draw = || {
            draws.set(draws.get() + 1);
            Ok(if draws.get() < 3 { taken } else { free })
        };
        assert_eq!(free_reference(&store.connection, draw).unwrap(), free);
        assert!(matches!(free_reference(&store.connection, || Ok(taken)), Err(StoreError::Reference)));

        assert_eq!(store.keep("one", &submission, &[], &[]).unwrap(), Kept::Before(taken));
        submission.council = "another".to_owned();
        assert!(matches!(store.keep("one", &submission, &[], &[]), Err(StoreError::KeyTaken)));
        assert_eq!(store.list().unwrap().len(), 1);
    }

    #[test]
    fn the_same_form_is_kept_once_within_a_time_and_again_after_it() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let submission: Submission =
            serde_json::from_str(include_str!("../../../cli/tests/data/submission.json")).unwrap();
        let hour = Duration::from_secs(3_600);
        let keep = |mark: &str, id: &str| {
            let id = id.repeat(32);
            store.keep_form(mark, &Submission { id, ..submission.clone() }, hour).unwrap()
        };
        let Kept::New(first) = keep("aa", "1") else { panic!("it is new") };
        assert_eq!(keep("aa", "2"), Kept::Before(first));
        assert!(matches!(keep("aaa", "3"), Kept::New(other) if other != first));
        let back = |minutes: u64| {
            let then = as_text(SystemTime::now() - Duration::from_secs(60 * minutes));
            store.connection.execute("UPDATE submissions SET received_at = ?1", [then]).unwrap();
        };
        back(59);
        assert_eq!(keep("aa", "4"), Kept::Before(first));
        back(61);
        assert!(matches!(keep("aa", "5"), Kept::New(other) if other != first));
    }

    #[test]
    fn a_commit_is_on_the_disk_before_it_is_answered() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let connection = &store.connection;
        let mode: String = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
        let synchronous: i64 = connection.query_row("PRAGMA synchronous", [], |row| row.get(0)).unwrap();
        // 2 is FULL: https://www.sqlite.org/pragma.html#pragma_synchronous
        assert_eq!((mode.as_str(), synchronous), ("wal", 2));
    }

    #[test]
    fn a_file_of_another_version_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        drop(Store::open(folder.path()).unwrap());
        Connection::open(file_in(folder.path())).unwrap().pragma_update(None, "user_version", 7).unwrap();
        assert!(matches!(Store::open(folder.path()), Err(StoreError::Version(7))));
        assert!(matches!(Store::open_to_read(folder.path()), Err(StoreError::Version(7))));
    }

    #[test]
    #[cfg(unix)]
    fn only_the_owner_may_read_the_folder_and_the_file() {
        use std::os::unix::fs::PermissionsExt;
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("kept");
        drop(Store::open(&folder).unwrap());
        for (path, mode) in [(folder.clone(), 0o700), (file_in(&folder), 0o600)] {
            assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, mode);
        }
    }
}
