//! The tables, and how a file of an older version is brought up to this one.
//!
//! Each version adds to the one before and changes nothing of it, so a step can be taken in place, in one transaction with
//! the version that says so: after a power cut it has been taken or it has not.

use rusqlite::{Connection, TransactionBehavior};

use crate::store::StoreError;

/// The version of the tables, kept in the file.
pub const VERSION: i64 = 4;
/// From each version to the next, from none.
const STEPS: [(i64, &str); 4] = [
    (
        0,
        "CREATE TABLE submissions (
            number INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            reference TEXT NOT NULL UNIQUE,
            received_at TEXT NOT NULL,
            council TEXT NOT NULL,
            kind TEXT NOT NULL,
            body TEXT NOT NULL
        ) STRICT;
        PRAGMA user_version = 1;",
    ),
    (
        1,
        "CREATE TABLE files (
            submission INTEGER NOT NULL REFERENCES submissions (number),
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            media_type TEXT NOT NULL,
            bytes INTEGER NOT NULL CHECK (bytes = length(content)),
            sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
            content BLOB NOT NULL,
            UNIQUE (submission, position)
        ) STRICT;
        PRAGMA user_version = 2;",
    ),
    (
        2,
        "CREATE TABLE outbox (
            number INTEGER PRIMARY KEY,
            submission INTEGER NOT NULL REFERENCES submissions (number),
            channel TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'failed', 'delivered')),
            attempts INTEGER NOT NULL DEFAULT 0,
            next_at TEXT,
            error TEXT,
            UNIQUE (submission, channel)
        ) STRICT;
        CREATE INDEX outbox_due ON outbox (channel, next_at) WHERE state = 'waiting';
        PRAGMA user_version = 3;",
    ),
    (
        3,
        "ALTER TABLE submissions ADD COLUMN taken_as TEXT;
        ALTER TABLE submissions ADD COLUMN taken_at TEXT;
        ALTER TABLE submissions ADD COLUMN held_at TEXT;
        CREATE INDEX submissions_taken ON submissions (kind, taken_at) WHERE taken_at IS NOT NULL;
        PRAGMA user_version = 4;",
    ),
];

/// Makes the tables, or what they lack. A file of a later version is left alone.
pub fn bring_up(connection: &mut Connection) -> Result<(), StoreError> {
    let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for (from, step) in STEPS {
        if version(&change)? == from {
            change.execute_batch(step)?;
        }
    }
    Ok(change.commit()?)
}

/// The version of a file's tables; 0 where it has none.
pub fn version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use putright_domain::submission::format::Submission;
    use rusqlite::params;

    use super::*;
    use crate::{
        file_type::FileKind,
        files::StoredFile,
        reference_number::Reference,
        store::{
            NewSubmission, Store, Stored,
            sqlite::{SqliteStore, file_in},
        },
    };

    #[test]
    fn a_store_of_the_first_version_is_read_as_it_is_and_brought_up_where_it_stands() {
        let folder = tempfile::tempdir().unwrap();
        let submission: Submission =
            serde_json::from_str(include_str!("../../../../cli/tests/data/submission.json")).unwrap();
        let body = submission.to_json();
        let reference = Reference::parse("222-222-222").unwrap();
        let old = Connection::open(file_in(folder.path())).unwrap();
        old.execute_batch(STEPS[0].1).unwrap();
        old.execute(
            "INSERT INTO submissions (key, reference, received_at, council, kind, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![submission.id, reference.to_string(), "2026-12-17T10:00:00Z", "exampleshire", "complaint", body],
        )
        .unwrap();

        let mut reader = SqliteStore::open_to_read(folder.path()).unwrap();
        assert_eq!(version(&old).unwrap(), 1, "reading changes nothing");
        let as_it_was = |store: &mut SqliteStore| {
            assert_eq!(store.list().unwrap().len(), 1);
            assert_eq!(store.find(&reference).unwrap().unwrap().body, body);
            assert!(store.files(&reference).unwrap().unwrap().is_empty());
        };
        as_it_was(&mut reader);

        let mut store = SqliteStore::open(folder.path()).unwrap();
        assert_eq!(version(&old).unwrap(), VERSION);
        as_it_was(&mut store);
        as_it_was(&mut reader);
        let mut new = NewSubmission {
            key: submission.id.clone(),
            submission,
            files: Vec::new(),
            hashes: Vec::new(),
            channels: Vec::new(),
        };
        assert_eq!(store.add(&new).unwrap(), Stored::Existing(reference));
        new.key = "another".to_owned();
        new.submission.id.clone_from(&new.key);
        let file = StoredFile { name: "a.txt".to_owned(), kind: FileKind::Text, content: b"a".to_vec() };
        new.hashes.push(file.hash());
        new.files.push(file);
        let Stored::New(newer) = store.add(&new).unwrap() else { panic!("it is new") };
        assert_eq!(reader.files(&newer).unwrap().unwrap().len(), 1, "a reader from before sees it too");
        drop(store);
        drop(SqliteStore::open(folder.path()).unwrap());
        assert_eq!(reader.list().unwrap().len(), 2);
    }
}
