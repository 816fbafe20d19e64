//! Stored complaints are found, held, redacted and erased, while the server runs.

use std::{
    fs, thread,
    time::{Duration, Instant},
};

use crate::{
    records::{CANARY, find_and_export, hold_redact_and_delete, two_complaints},
    support::{Place, json, sample},
};

#[test]
fn complaints_are_found_and_written_out() {
    let place = Place::new();
    let server = place.serve();
    find_and_export(&place, &server, &[]);
}

#[test]
fn erased_complaint_is_in_no_file_of_the_store() {
    let place = Place::new();
    let server = place.serve();
    let [first, second] = two_complaints(&server);
    let is_left = || {
        let files = fs::read_dir(place.data()).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
        files
            .into_iter()
            .any(|content| content.windows(11).any(|part| part == b"zq7 \"kestre" || part == b"zq7 \\\"kestr"))
    };
    assert!(is_left());
    hold_redact_and_delete(&place, &[], &second, &is_left);
    assert_eq!(place.references(), [first.as_str()]);
    assert_eq!(server.get("/api/ready", &[]).status(), 204);
    assert_eq!(json(server.post(&sample()))["reference"], first.as_str());
    assert!(!server.said().contains(CANARY));
}

#[test]
fn only_what_was_taken_over_and_is_not_held_is_erased_in_time() {
    let place = Place::new();
    let mut server = place.serve();
    let [first, second] = two_complaints(&server);
    server.terminate();
    for arguments in [["taken", &second, "--as", "CASE-1"].as_slice(), &["hold", &second]] {
        assert!(place.submissions(arguments).status.success());
    }
    let after = |keep: &str, left: usize| {
        let _server = place.serve_with(&["--keep", keep]);
        let started = Instant::now();
        while place.list().len() != left && started.elapsed() < Duration::from_secs(5) {
            thread::sleep(Duration::from_millis(50));
        }
        thread::sleep(Duration::from_millis(300));
        place.references()
    };
    assert_eq!(after("0d", 2).len(), 2, "one is held, and one was not taken over");
    assert!(place.submissions(&["release", &second]).status.success());
    assert_eq!(after("compliment=0d", 2).len(), 2, "it is a complaint");
    assert_eq!(after("1d", 2).len(), 2, "it was taken over today");
    assert_eq!(after("0d", 1), [first.as_str()]);
}
