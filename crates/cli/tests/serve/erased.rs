//! Stored complaints are found, held, redacted and erased, while the server runs.

use std::fs;

use crate::{
    records::{CANARY, erase_in_time, find_and_export, hold_redact_and_delete, two_complaints},
    support::{Place, json, reference, sample},
};

/// Returns whether a file of the store's folder has the canary, as it is or within JSON.
fn is_left(place: &Place) -> bool {
    fs::read_dir(place.data()).unwrap().any(|entry| {
        let content = fs::read(entry.unwrap().path()).unwrap();
        content.windows(11).any(|part| part == b"zq7 \"kestre" || part == b"zq7 \\\"kestr")
    })
}

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
    assert!(is_left(&place));
    hold_redact_and_delete(&place, &[], &second, &|| is_left(&place));
    assert_eq!(place.references(), [first.as_str()]);
    assert_eq!(server.get("/api/ready", &[]).status(), 204);
    assert_eq!(json(server.post(&sample()))["reference"], first.as_str());
    assert!(!server.said().contains(CANARY));
}

#[test]
fn redacted_words_are_in_no_file_of_the_store() {
    let place = Place::new();
    let server = place.serve();
    let mut body = sample();
    body["points"][0]["what_happened"] = format!("Somebody else said: {CANARY}").into();
    let given = reference(server.post(&body));
    assert!(is_left(&place));
    let redacted = place.submissions(&["redact", &given, "--at", "/points/0/what_happened"]);
    assert!(redacted.status.success(), "{}", String::from_utf8_lossy(&redacted.stderr));
    assert!(!is_left(&place), "neither the database nor its write-ahead log has the words");
    let shown = String::from_utf8(place.submissions(&["show", &given]).stdout).unwrap();
    assert!(shown.contains("[redacted]"), "{shown}");
    assert!(!server.said().contains(CANARY));
}

#[test]
fn only_what_was_taken_over_and_is_not_held_is_erased_in_time() {
    erase_in_time(&Place::new(), &[]);
}
