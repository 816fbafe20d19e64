//! `putright submissions files`.

use std::fs;

use serde_json::{Value, json};

use crate::{
    forms::{JPEG, Sent, photo, send},
    support::{Place, reference, sample},
};

#[test]
fn the_files_of_a_submission_are_written_for_their_reader_alone_and_never_over_others() {
    let place = Place::new();
    let server = place.serve();
    let large = photo(200_000);
    let files: [Sent; 2] = [("photo.jpg", JPEG, &large), ("photo.jpg", "text/plain", b"one")];
    let given = reference(send(&server, 1, &files));
    let to = place.data().join("../out/deep");
    let take = |given: &str| place.submissions(&["files", given, "--to", to.to_str().unwrap()]);

    let taken = take(&given.to_lowercase());
    assert!(taken.status.success(), "{}", String::from_utf8_lossy(&taken.stderr));
    let listed: Value = serde_json::from_slice(&taken.stdout).unwrap();
    assert_eq!(
        listed,
        json!([
            { "name": "1-photo.jpg", "media_type": "image/jpeg", "bytes": 200_000, "scan": "waiting" },
            { "name": "2-photo.txt", "media_type": "text/plain", "bytes": 3, "scan": "waiting" },
        ])
    );
    assert!(fs::read(to.join("1-photo.jpg")).unwrap() == large);
    assert_eq!(fs::read(to.join("2-photo.txt")).unwrap(), b"one");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        for (path, mode) in [(to.clone(), 0o700), (to.join("1-photo.jpg"), 0o600)] {
            assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, mode);
        }
    }

    fs::remove_file(to.join("1-photo.jpg")).unwrap();
    fs::write(to.join("2-photo.txt"), "the reader's own").unwrap();
    let again = take(&given);
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&again.stderr).contains("is there already"));
    assert!(!to.join("1-photo.jpg").exists(), "all or none");
    assert_eq!(fs::read(to.join("2-photo.txt")).unwrap(), b"the reader's own");
}

#[test]
fn a_submission_without_files_gives_none_and_an_unknown_reference_is_told_apart() {
    let place = Place::new();
    let server = place.serve();
    let given = reference(server.post(&sample()));
    let to = place.data().join("../out");
    let take = |given: &str| place.submissions(&["files", given, "--to", to.to_str().unwrap()]);
    let none = take(&given);
    assert!(none.status.success());
    assert_eq!(String::from_utf8_lossy(&none.stdout).trim(), "[]");
    assert_eq!(take("222-222-222").status.code(), Some(1));
    assert_eq!(take("222").status.code(), Some(2));
    assert!(!to.exists());
}

#[test]
fn a_file_that_was_changed_in_the_store_is_not_given_out() {
    let place = Place::new();
    let server = place.serve();
    let given = reference(send(&server, 1, &[("a.txt", "text/plain", b"one")]));
    let database = rusqlite::Connection::open(place.data().join("submissions.sqlite3")).unwrap();
    let html = database.execute("UPDATE files SET media_type = 'text/html'", []);
    assert_eq!(html.unwrap(), 1);
    let to = place.data().join("../out");
    let take = || place.submissions(&["files", &given, "--to", to.to_str().unwrap()]).status.code();
    assert_eq!(take(), Some(2));
    database.execute("UPDATE files SET media_type = 'text/plain', content = CAST('two' AS BLOB)", []).unwrap();
    assert_eq!(take(), Some(2));
    database.execute("UPDATE files SET name = '../../up.sh', content = CAST('one' AS BLOB)", []).unwrap();
    assert_eq!(take(), Some(0));
    assert!(to.join("1-up.txt").exists());
}
