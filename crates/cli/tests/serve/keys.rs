//! Sending the same submission again.

use std::{collections::HashSet, sync::Arc, thread};

use crate::support::{Place, header, problem, reference, sample, sample_numbered};

#[test]
fn the_same_submission_under_the_same_key_is_stored_once() {
    let place = Place::new();
    let server = place.serve();
    let key = [("idempotency-key", "a-key/of=its+own")];
    let body = sample().to_string();
    let first = server.post_with(&key, body.as_bytes());
    assert_eq!(header(&first, "idempotent-replayed"), "");
    let first = reference(first);
    // The same thing said with other white space is the same thing.
    let spaced = serde_json::to_string_pretty(&sample()).unwrap();
    for again in [&body, &spaced] {
        let response = server.post_with(&key, again.as_bytes());
        assert_eq!(header(&response, "idempotent-replayed"), "true");
        assert_eq!(reference(response), first);
    }
    assert_eq!(place.references(), [first]);
}

#[test]
fn without_the_header_the_submissions_own_id_is_the_key() {
    let place = Place::new();
    let server = place.serve();
    let first = reference(server.post(&sample_numbered(1)));
    assert_eq!(reference(server.post(&sample_numbered(1))), first);
    let id = format!("{:032x}", 1);
    let named = server.post_with(&[("idempotency-key", &id)], sample_numbered(1).to_string().as_bytes());
    assert_eq!(reference(named), first);
    assert_ne!(reference(server.post(&sample_numbered(2))), first);
    assert_eq!(place.list().len(), 2);
}

#[test]
fn another_submission_under_the_same_key_is_refused_and_the_first_is_kept() {
    let place = Place::new();
    let server = place.serve();
    let first = reference(server.post(&sample()));
    let mut changed = sample();
    changed["points"][0]["what_happened"] = "Something else.".into();
    problem(server.post(&changed), 422, "idempotency-key-taken");
    assert_eq!(reference(server.post(&sample())), first);
    assert_eq!(place.references(), [first]);
}

#[test]
fn a_key_that_cannot_be_used_is_refused() {
    let place = Place::new();
    let server = place.serve();
    let body = sample().to_string();
    let long = "k".repeat(65);
    for key in ["", "two words", "clé", &long] {
        problem(server.post_with(&[("idempotency-key", key)], body.as_bytes()), 400, "bad-idempotency-key");
    }
    let two = [("idempotency-key", "one"), ("idempotency-key", "two")];
    problem(server.post_with(&two, body.as_bytes()), 400, "bad-idempotency-key");
    assert_eq!(place.list().len(), 0);
    reference(server.post_with(&[("idempotency-key", &long[..64])], body.as_bytes()));
}

#[test]
fn the_same_submission_sent_many_times_at_once_is_stored_once() {
    let place = Place::new();
    let server = Arc::new(place.serve());
    for round in 0..3 {
        let body = Arc::new(sample_numbered(round));
        let senders: Vec<_> = (0..20)
            .map(|_| {
                let (server, body) = (server.clone(), body.clone());
                thread::spawn(move || reference(server.post(&body)))
            })
            .collect();
        let given: HashSet<_> = senders.into_iter().map(|sender| sender.join().unwrap()).collect();
        assert_eq!(given.len(), 1);
    }
    assert_eq!(place.list().len(), 3);
}
