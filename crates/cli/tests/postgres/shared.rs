//! Two receivers, one database: each complaint once, whichever of them it reaches.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Barrier,
    thread,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::{
    database::Database,
    records::{erase_in_time, find_and_export, hold_redact_and_delete},
    shipped::{copy, root},
    support::{Place, Server, header, json as read, problem, reference, sample, sample_numbered, text},
};

pub const PLENTY: &str = "1000000";

/// The sample with one file in its JSON.
fn sample_with_file(content: &[u8]) -> Value {
    let mut body = sample();
    let bytes = content.len();
    let content = STANDARD.encode(content);
    body["files"] =
        json!([{ "name": "letter.pdf", "media_type": "application/pdf", "bytes": bytes, "content": content }]);
    body
}

/// A receiver of a database.
pub fn receiver(place: &Place, database: &Database, more: &[&str]) -> Server {
    place.serve_with(&[&["--rate", PLENTY, "--database", &database.url()], more].concat())
}

/// The number of keys, and of senders of each to each receiver.
const ROUNDS: u64 = 25;
const SENDERS: usize = 4;

#[test]
fn same_key_to_both_receivers_at_once_is_one_row() {
    let Some(database) = Database::start() else { return };
    let place = Place::new();
    let receivers = [receiver(&place, &database, &[]), receiver(&place, &database, &[])];
    for round in 0..ROUNDS {
        let barrier = Barrier::new(2 * SENDERS);
        let references: BTreeSet<String> = thread::scope(|scope| {
            let sent: Vec<_> = (0..2 * SENDERS)
                .map(|at| {
                    let (receiver, barrier) = (&receivers[at % 2], &barrier);
                    scope.spawn(move || {
                        barrier.wait();
                        reference(receiver.post(&sample_numbered(round)))
                    })
                })
                .collect();
            sent.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(references.len(), 1, "round {round}");
    }
    let rounds = usize::try_from(ROUNDS).unwrap();
    assert_eq!(database.count("SELECT count(*) FROM submissions"), rounds);
    assert_eq!(database.count("SELECT count(DISTINCT reference) FROM submissions"), rounds);
}

#[test]
fn key_of_another_submission_is_refused_by_every_receiver() {
    let Some(database) = Database::start() else { return };
    let place = Place::new();
    let [one, other] = [receiver(&place, &database, &[]), receiver(&place, &database, &[])];
    let first = reference(one.post(&sample()));
    let again = other.post(&sample());
    assert_eq!(header(&again, "idempotent-replayed"), "true");
    assert_eq!(reference(again), first);
    let mut changed = sample();
    changed["council"] = "another".into();
    problem(other.post(&changed), 422, "idempotency-key-taken");
    assert_eq!(database.count("SELECT count(*) FROM submissions"), 1);
}

#[test]
fn files_are_stored_once_and_read_back_from_the_database() {
    let Some(database) = Database::start() else { return };
    let place = Place::new();
    let [one, other] = [receiver(&place, &database, &[]), receiver(&place, &database, &[])];
    let content = b"%PDF-1.7 \0\xff\n".repeat(50_000);
    let body = sample_with_file(&content);
    let first = one.post_with(&[], body.to_string().as_bytes());
    assert_eq!(first.status(), 201);
    let first = read(first);
    assert_eq!(first["files"], 1);
    assert_eq!(read(other.post_with(&[], body.to_string().as_bytes())), first);
    let mut changed = body.clone();
    changed["files"] = sample_with_file(b"%PDF-1.7 another")["files"].clone();
    problem(other.post_with(&[], changed.to_string().as_bytes()), 422, "idempotency-key-taken");
    let to = place.dist().with_file_name("files");
    let url = database.url();
    let reference = first["reference"].as_str().unwrap();
    let written = place.submissions(&["files", reference, "--database", &url, "--to", to.to_str().unwrap()]);
    assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
    assert_eq!(std::fs::read(to.join("1-letter.pdf")).unwrap(), content);
    let shown = place.submissions(&["show", reference, "--database", &url]);
    let shown: Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!(shown["submission"]["id"], sample()["id"]);
    assert!(shown["received_at"].as_str().unwrap().ends_with('Z'), "{shown}");
}

#[test]
fn limit_of_a_sender_counts_at_all_receivers_together() {
    let Some(database) = Database::start() else { return };
    let place = Place::new();
    let limited = ["--behind-proxy", "--rate", "6", "--database", &database.url()];
    let receivers = [place.serve_with(&limited), place.serve_with(&limited)];
    let send = |at: u64, sender: &str| {
        let body = sample_numbered(at).to_string();
        let at = usize::try_from(at).unwrap();
        receivers[at % 2].post_with(&[("x-forwarded-for", sender)], body.as_bytes())
    };
    let mut statuses = BTreeMap::<u16, usize>::new();
    for at in 0..12 {
        let response = send(at, "192.0.2.7");
        *statuses.entry(response.status().as_u16()).or_default() += 1;
        if response.status() == 429 {
            let wait: u64 = header(&response, "retry-after").parse().unwrap();
            assert!((1..=10).contains(&wait), "{wait}");
        }
    }
    assert_eq!(statuses, BTreeMap::from([(201, 6), (429, 6)]));
    assert_eq!(send(50, "192.0.2.8").status(), 201, "another sender has a count of its own");
    assert_eq!(database.count("SELECT count(*) FROM senders WHERE encode(sender, 'escape') LIKE '%192.0%'"), 0);
}

/// A receiver of the files that ship, with the page that answers a plain form.
#[test]
fn same_form_to_both_receivers_at_once_is_one_complaint() {
    let Some(database) = Database::start() else { return };
    let place = Place::new();
    let dist = place.dist();
    copy(&root().join("public"), &dist);
    let receivers = [receiver(&place, &database, &[]), receiver(&place, &database, &[])];
    let barrier = Barrier::new(8);
    let pages: BTreeSet<String> = thread::scope(|scope| {
        let sent: Vec<_> = (0..8)
            .map(|at| {
                let (receiver, barrier) = (&receivers[at % 2], &barrier);
                scope.spawn(move || {
                    barrier.wait();
                    let headers = [("content-type", "application/x-www-form-urlencoded")];
                    let form = b"council=bromley&who=child&what_happened=Nobody+came.&agreed=yes";
                    let response = receiver.send("POST", "/api/form", &headers, form);
                    assert_eq!(response.status(), 201, "{}", receiver.said());
                    text(response)
                })
            })
            .collect();
        sent.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(pages.len(), 1, "each page has the same reference");
    assert_eq!(database.count("SELECT count(*) FROM submissions"), 1);
}

#[test]
fn complaints_are_found_written_out_and_erased() {
    let Some(database) = Database::start() else { return };
    let place = Place::new();
    let server = receiver(&place, &database, &[]);
    let url = database.url();
    let more = ["--database", url.as_str()];
    find_and_export(&place, &server, &more);
    let second = database.query("SELECT reference FROM submissions ORDER BY number DESC LIMIT 1")[0][0].clone();
    let is_left = || {
        let held = "SELECT count(*) FROM submissions WHERE body LIKE '%kestrel%'";
        let files = "SELECT count(*) FROM files WHERE encode(content, 'escape') LIKE '%kestrel%'";
        database.count(held) + database.count(files) > 0
    };
    hold_redact_and_delete(&place, &more, &second, &is_left);
    assert_eq!(database.count("SELECT count(*) FROM submissions"), 1);
    // VACUUM has run: no dead row of it is left in the tables.
    assert_eq!(database.count("SELECT count(*) FROM files"), 0);
}

#[test]
fn only_what_was_taken_over_and_is_not_held_is_erased_in_time() {
    let Some(database) = Database::start() else { return };
    erase_in_time(&Place::new(), &["--database", &database.url()]);
    assert_eq!(database.count("SELECT count(*) FROM submissions"), 1);
    assert_eq!(database.count("SELECT count(*) FROM files"), 0, "its file went with it");
}
