//! How much, how often, and when the store is out of reach.

use std::{thread, time::Duration};

use crate::support::{Place, header, problem, reference, sample, sample_numbered};

#[test]
fn a_body_that_is_too_large_is_refused_however_it_comes() {
    let place = Place::new();
    let server = place.serve_with(&["--max-body", "4096"]);
    let fits = sample().to_string();
    assert!(fits.len() < 4096);
    reference(server.post_with(&[], fits.as_bytes()));
    let padded = |length: usize| format!("{fits}{}", " ".repeat(length - fits.len()));
    reference(server.post_with(&[], padded(4096).as_bytes()));
    problem(server.post_with(&[], padded(4097).as_bytes()), 413, "too-large");
    problem(server.post_with(&[], padded(30_000).as_bytes()), 413, "too-large");

    let chunk = format!("1000\r\n{}\r\n", " ".repeat(4096));
    let answer = server.raw(
        format!(
            "POST /api/submissions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
             Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}{chunk}0\r\n\r\n"
        )
        .as_bytes(),
    );
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert_eq!(place.list().len(), 1);
}

#[test]
fn a_refusal_reaches_a_sender_that_is_still_writing() {
    let place = Place::new();
    let server = place.serve_with(&["--max-body", "4096"]);
    let body = " ".repeat(3_000_000);
    for _ in 0..5 {
        problem(server.post_with(&[], body.as_bytes()), 413, "too-large");
        let plain = [("content-type", "text/plain")];
        problem(server.send("POST", "/api/submissions", &plain, body.as_bytes()), 415, "not-json-type");
        problem(server.send("POST", "/api/elsewhere", &plain, body.as_bytes()), 404, "not-found");
        problem(server.send("PUT", "/api/submissions", &plain, body.as_bytes()), 405, "method-not-allowed");
    }
}

#[test]
fn a_flood_from_one_address_is_slowed_down_and_told_how_long() {
    let place = Place::new();
    let server = place.serve_with(&["--rate", "3", "--behind-proxy"]);
    let send = |number: u64, from: &str| {
        server.post_with(&[("x-forwarded-for", from)], sample_numbered(number).to_string().as_bytes())
    };
    for number in 0..3 {
        reference(send(number, "192.0.2.1"));
    }
    let refused = send(3, "192.0.2.1");
    let wait: u64 = header(&refused, "retry-after").parse().unwrap();
    assert!((1..=20).contains(&wait), "{wait}");
    problem(refused, 429, "too-many-requests");
    // What comes from others, and the pages, are not slowed down.
    reference(send(3, "192.0.2.1, 198.51.100.4"));
    assert_eq!(server.get("/", &[]).status(), 200);
    assert_eq!(server.get("/api/health", &[]).status(), 204);
}

#[test]
fn a_forwarded_address_is_not_believed_unless_a_proxy_was_named() {
    let place = Place::new();
    let server = place.serve_with(&["--rate", "1"]);
    let body = sample().to_string();
    reference(server.post_with(&[("x-forwarded-for", "192.0.2.1")], body.as_bytes()));
    problem(server.post_with(&[("x-forwarded-for", "192.0.2.2")], body.as_bytes()), 429, "too-many-requests");
}

#[test]
fn a_submission_that_cannot_be_stored_is_not_acknowledged_and_can_be_sent_again() {
    let place = Place::new();
    let server = place.serve();
    let elsewhere = rusqlite::Connection::open(place.data().join("submissions.sqlite3")).unwrap();
    elsewhere.execute_batch("BEGIN IMMEDIATE").unwrap();
    let refused = server.post(&sample());
    assert_eq!(header(&refused, "retry-after"), "5");
    problem(refused, 503, "not-stored");
    elsewhere.execute_batch("ROLLBACK").unwrap();
    let given = reference(server.post(&sample()));
    assert_eq!(place.references(), [given]);
    assert!(
        server
            .said_with("not stored: the database answers: DatabaseBusy")
            .contains("not stored: the database answers: DatabaseBusy")
    );
}

#[test]
fn a_stop_lets_a_submission_under_way_be_stored() {
    let place = Place::new();
    let mut server = place.serve();
    let elsewhere = rusqlite::Connection::open(place.data().join("submissions.sqlite3")).unwrap();
    elsewhere.execute_batch("BEGIN IMMEDIATE").unwrap();
    let (agent, url) = (server.agent.clone(), server.url("/api/submissions"));
    let sender = thread::spawn(move || {
        agent.post(&url).header("content-type", "application/json").send(sample().to_string()).unwrap()
    });
    thread::sleep(Duration::from_millis(300));
    let release = thread::spawn(move || {
        thread::sleep(Duration::from_millis(500));
        elsewhere.execute_batch("ROLLBACK").unwrap();
    });
    assert!(server.terminate().success());
    release.join().unwrap();
    let given = reference(sender.join().unwrap());
    assert_eq!(place.references(), [given]);
}

#[test]
fn what_cannot_be_served_is_said_before_anything_is_made() {
    let place = Place::new();
    let within = place.dist().join("kept");
    let fails = |more: &[&str]| {
        let output = place.command(more).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{more:?}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert!(fails(&["--allow-origin", "*"]).contains("--allow-origin"));
    assert!(fails(&["--rate", "0"]).contains("--rate"));
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_putright"))
        .args(["serve", "--port", "0", "--dist"])
        .arg(place.dist())
        .arg("--data")
        .arg(&within)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("served to everyone"));
    assert!(!within.exists());
    std::fs::remove_file(place.dist().join("index.html")).unwrap();
    assert!(fails(&[]).contains("is the app built?"));
    assert!(!place.data().exists());
}
