//! Tests of the `SQLite` store from within.

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
    assert_eq!(store.list(0, 10).unwrap().len(), 1);
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
    let newer = VERSION + 1;
    Connection::open(file_in(folder.path())).unwrap().pragma_update(None, "user_version", newer).unwrap();
    let opened = [SqliteStore::open(folder.path()), SqliteStore::open_to_read(folder.path())];
    for refused in opened {
        assert!(matches!(refused, Err(StoreError::Version { found, .. }) if found == newer));
    }
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
