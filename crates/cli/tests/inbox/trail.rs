//! The audit trail: a change of it is found, by the command line and by `putright doctor`.

use rusqlite::Connection;
use serde_json::Value;

use crate::{
    client::{Browser, complaints, place, serve, trail},
    shipped::putright,
    support::Place,
};

/// Returns whether `putright doctor` calls the trail whole, and its words.
fn examined(place: &Place) -> (bool, String) {
    let (dist, data) = (place.dist(), place.data());
    let output = putright(&["doctor", "--dist", dist.to_str().unwrap(), "--data", data.to_str().unwrap()]);
    let text = String::from_utf8(output.stdout).unwrap();
    let line = text.lines().find(|line| line.contains("audit trail")).unwrap().to_owned();
    (line.starts_with("ok: "), line)
}

/// A store whose trail has five entries.
fn with_entries() -> Place {
    let place = place();
    let server = serve(&place, &[]);
    let [first, second] = complaints(&server);
    let lead = Browser::of(&server, "lead");
    for reference in [&first, &second, &first] {
        lead.page(&format!("/inbox/{reference}"));
    }
    drop(server);
    assert!(place.submissions(&["hold", &first]).status.success());
    place
}

#[test]
fn every_kind_of_change_to_the_trail_is_found() {
    let place = with_entries();
    let (entries, is_whole) = trail(&place, &[]);
    assert_eq!((entries.len(), is_whole), (5, true));
    assert_eq!(entries[4][..2], ["command line", "held"]);
    assert!(examined(&place).0);
    let database = Connection::open(place.data().join("submissions.sqlite3")).unwrap();
    for (change, said) in [
        ("UPDATE audit SET officer = 'eve' WHERE number = 2", "entry 2 does not fit"),
        ("UPDATE audit SET at = '2026-01-01T00:00:00Z' WHERE number = 1", "entry 1 does not fit"),
        ("UPDATE audit SET action = 'downloaded' WHERE number = 3", "entry 3 does not fit"),
        ("UPDATE audit SET submission = '222-222-222' WHERE number = 3", "entry 3 does not fit"),
        ("UPDATE audit SET hash = zeroblob(32) WHERE number = 5", "entry 5 does not fit"),
        ("DELETE FROM audit WHERE number = 1", "entry 1 is missing"),
        ("DELETE FROM audit WHERE number = 3", "entry 3 is missing"),
        ("DELETE FROM audit WHERE number > 3", "the trail ends at entry 3, and entry 5 was written"),
        ("DELETE FROM audit", "the trail ends at entry 0"),
        ("UPDATE audit_head SET number = 4", "the trail ends at entry"),
        ("UPDATE audit SET number = number + 1 WHERE number = 5", "entry 5 is missing"),
    ] {
        database.execute_batch("CREATE TEMP TABLE kept AS SELECT * FROM audit; CREATE TEMP TABLE kept_head AS SELECT * FROM audit_head").unwrap();
        database.execute_batch(change).unwrap();
        let output = place.submissions(&["audit"]);
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{change}");
        assert!(text.contains(said) && text.contains("tampered"), "{change}: {text}");
        assert!(!examined(&place).0, "{change}");
        database
            .execute_batch(
                "DELETE FROM audit; INSERT INTO audit SELECT * FROM kept; DELETE FROM audit_head;
                 INSERT INTO audit_head SELECT * FROM kept_head; DROP TABLE kept; DROP TABLE kept_head",
            )
            .unwrap();
    }
    assert!(trail(&place, &[]).1);
}

#[test]
fn trail_that_was_made_anew_is_found_by_a_noted_hash() {
    let place = with_entries();
    let print = |more: &[&str]| {
        let output = place.submissions(&[&["audit"], more].concat());
        (output.status.code(), serde_json::from_slice::<Value>(&output.stdout).unwrap_or_default())
    };
    let (_, before) = print(&[]);
    let noted = format!("{}:{}", before["entries"], before["hash"].as_str().unwrap());
    assert_eq!(print(&["--noted", &noted]).0, Some(0));
    assert!(place.submissions(&["release", &place.references()[0]]).status.success());
    assert_eq!(print(&["--noted", &noted]).0, Some(0), "later entries follow it");
    let database = Connection::open(place.data().join("submissions.sqlite3")).unwrap();
    database.execute_batch("DELETE FROM audit; UPDATE audit_head SET number = 0, hash = zeroblob(32)").unwrap();
    assert_eq!(print(&[]).0, Some(0), "an empty trail fits together");
    assert_eq!(print(&["--noted", &noted]).0, Some(1));
    for wrong in ["5", "5:abc", "x:0"] {
        assert_eq!(print(&["--noted", wrong]).0, Some(2), "{wrong}");
    }
}

#[test]
fn nothing_is_shown_that_cannot_be_recorded() {
    let place = place();
    let server = serve(&place, &[]);
    let [first, _] = complaints(&server);
    let lead = Browser::of(&server, "lead");
    lead.page(&format!("/inbox/{first}"));
    let database = Connection::open(place.data().join("submissions.sqlite3")).unwrap();
    database
        .execute_batch("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END")
        .unwrap();
    let answer = lead.get(&format!("/inbox/{first}"));
    assert_eq!(answer.status(), 503);
    assert!(!crate::support::text(answer).contains("Nobody came"));
    for path in ["files/1", "export", "delete", "taken"] {
        let answer = lead.post(&format!("/inbox/{first}/{path}"), &[("number", "CASE-1")]);
        assert_eq!(answer.status(), 503, "{path}");
    }
    assert_eq!(place.references().len(), 2);
}
