//! The tables, and how a file of an older version is brought up to this one.
//!
//! Each version adds to the one before and changes nothing of it, so a step can be taken in place, in one transaction with
//! the version that says so: after a power cut it has been taken or it has not.

use rusqlite::{Connection, TransactionBehavior};

use crate::store::StoreError;

/// The version of the tables, kept in the file.
pub const VERSION: i64 = 9;
/// From each version to the next, from none.
const STEPS: [(i64, &str); 9] = [
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
    (
        4,
        "ALTER TABLE submissions ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0 CHECK (urgent IN (0, 1));
        ALTER TABLE submissions ADD COLUMN state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'opened', 'taken'));
        UPDATE submissions SET state = 'taken' WHERE taken_as IS NOT NULL;
        UPDATE submissions SET urgent = 1 WHERE json_valid(body) AND (
            json_extract(body, '$.about.safeguarding_worry') = 1 OR json_extract(body, '$.child.safe_now') = 'no'
            OR EXISTS (SELECT 1 FROM json_each(body, '$.guidance.flags') WHERE value IN ('urgent', 'safeguarding_worry')));
        CREATE INDEX submissions_inbox ON submissions (council, kind, state, urgent, number);
        CREATE INDEX submissions_received ON submissions (received_at);
        CREATE INDEX submissions_taken_as ON submissions (taken_as) WHERE taken_as IS NOT NULL;
        CREATE TABLE audit (
            number INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            officer TEXT NOT NULL,
            action TEXT NOT NULL,
            submission TEXT NOT NULL,
            hash BLOB NOT NULL CHECK (length(hash) = 32)
        ) STRICT;
        CREATE TABLE audit_head (number INTEGER NOT NULL, hash BLOB NOT NULL CHECK (length(hash) = 32)) STRICT;
        INSERT INTO audit_head VALUES (0, zeroblob(32));
        PRAGMA user_version = 5;",
    ),
    (
        5,
        "ALTER TABLE files ADD COLUMN scan TEXT NOT NULL DEFAULT 'waiting'
            CHECK (scan IN ('waiting', 'clean', 'infected', 'refused'));
        ALTER TABLE files ADD COLUMN scan_found TEXT;
        CREATE INDEX files_scan ON files (scan, submission, position) WHERE scan <> 'clean';
        PRAGMA user_version = 6;",
    ),
    (
        6,
        "ALTER TABLE files ADD COLUMN object TEXT;
        ALTER TABLE files ADD COLUMN object_bytes INTEGER CHECK ((object IS NULL) = (object_bytes IS NULL));
        CREATE UNIQUE INDEX files_object ON files (object) WHERE object IS NOT NULL;
        CREATE TABLE unattached_objects (
            name TEXT PRIMARY KEY,
            due_at TEXT NOT NULL,
            is_claimed INTEGER NOT NULL DEFAULT 0 CHECK (is_claimed IN (0, 1))
        ) STRICT;
        CREATE INDEX unattached_objects_due ON unattached_objects (due_at);
        PRAGMA user_version = 7;",
    ),
    (
        7,
        "CREATE TABLE sessions (
            key BLOB PRIMARY KEY CHECK (length(key) = 32),
            officer TEXT NOT NULL,
            groups TEXT NOT NULL,
            began_at TEXT NOT NULL,
            used_at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX sessions_used ON sessions (used_at);
        CREATE TABLE used_sign_ins (key BLOB PRIMARY KEY CHECK (length(key) = 32), used_at TEXT NOT NULL) STRICT;
        PRAGMA user_version = 8;",
    ),
    (
        8,
        "CREATE INDEX submissions_council ON submissions (council, number);
        PRAGMA user_version = 9;",
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
        file_scan::FileScan,
        file_type::FileKind,
        reference_number::Reference,
        store::{
            NewSubmission, Store, Stored,
            sqlite::{SqliteStore, file_in},
        },
        stored_file::{FileContent, StoredFile},
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
            assert_eq!(store.list(0, 10).unwrap().len(), 1);
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
        let file = StoredFile {
            name: "a.txt".to_owned(),
            kind: FileKind::Text,
            content: FileContent::Bytes(b"a".to_vec()),
            scan: FileScan::default(),
        };
        new.hashes.push(file.content.hash());
        new.files.push(file);
        let Stored::New(newer) = store.add(&new).unwrap() else { panic!("it is new") };
        assert_eq!(reader.files(&newer).unwrap().unwrap().len(), 1, "a reader from before sees it too");
        drop(store);
        drop(SqliteStore::open(folder.path()).unwrap());
        assert_eq!(reader.list(0, 10).unwrap().len(), 2);
    }

    #[test]
    fn older_submissions_get_their_state_and_urgency() {
        let folder = tempfile::tempdir().unwrap();
        let old = Connection::open(file_in(folder.path())).unwrap();
        for (_, step) in &STEPS[..4] {
            old.execute_batch(step).unwrap();
        }
        let bodies = [
            r#"{"guidance":{"flags":["advocate_offer"]},"about":{"safeguarding_worry":false},"child":{"safe_now":"yes"}}"#,
            r#"{"guidance":{"flags":["advocate_offer","urgent"]}}"#,
            r#"{"guidance":{"flags":["safeguarding_worry"]}}"#,
            r#"{"about":{"safeguarding_worry":true}}"#,
            r#"{"child":{"safe_now":"no"}}"#,
            "{",
        ];
        for (number, body) in bodies.iter().enumerate() {
            let insert = "INSERT INTO submissions (key, reference, received_at, council, kind, body, taken_as)
                          VALUES (?1, ?1, '2026-12-17T10:00:00Z', 'one', 'complaint', ?2, ?3)";
            old.execute(insert, params![number.to_string(), body, (number == 1).then_some("CASE-1")]).unwrap();
        }
        drop(SqliteStore::open(folder.path()).unwrap());
        let mut query = old.prepare("SELECT urgent, state FROM submissions ORDER BY number").unwrap();
        let found: Vec<(bool, String)> =
            query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
        let expected = [(false, "new"), (true, "taken"), (true, "new"), (true, "new"), (true, "new"), (false, "new")];
        assert_eq!(found, expected.map(|(urgent, state)| (urgent, state.to_owned())));
    }
}
