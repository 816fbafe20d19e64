//! A complaint is stored once, whole and for good, and somebody is told without a word of it.

use std::{
    collections::BTreeSet,
    fs,
    os::unix::fs::PermissionsExt,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::{
    WORDS, multipart,
    server::{Php, send},
    submission, with_files,
};

const JSON: (&str, &str) = ("Content-Type", "application/json");

fn id(number: usize) -> String {
    format!("{number:032x}")
}

#[test]
fn one_key_at_once_from_many_connections_is_stored_once() {
    let Some(php) = Php::start(&[]) else { return };
    let port = php.port;
    // Many keys, because only some of the requests meet in the database.
    let senders: Vec<_> = (0..160)
        .map(|place| {
            thread::spawn(move || {
                let id = id(place / 4);
                let body = submission(&id).to_string();
                let answer = send(port, "POST", &[JSON, ("Idempotency-Key", &id)], body.as_bytes()).unwrap();
                (id, answer.reference(), answer.header("idempotent-replayed") == "true")
            })
        })
        .collect();
    let answers: Vec<_> = senders.into_iter().map(|sender| sender.join().unwrap()).collect();
    let pairs: BTreeSet<_> = answers.iter().map(|(id, reference, _)| (id, reference)).collect();
    assert_eq!(pairs.len(), 40, "one reference for each key: {answers:?}");
    assert_eq!(answers.iter().filter(|(_, _, is_again)| !is_again).count(), 40);
    assert_eq!(php.stored().len(), 40);
}

/// The store is held until each request is in it: without the lock at its beginning, each would find no such key.
#[test]
fn requests_with_one_key_that_meet_in_the_store_are_stored_once() {
    let Some(php) = Php::start(&[]) else { return };
    php.post(&[JSON], submission(&id(1)).to_string().as_bytes()).reference();
    let mut store = rusqlite::Connection::open(php.folder().join("private/data/complaints.sqlite3")).unwrap();
    let held = store.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).unwrap();
    let port = php.port;
    let body = submission(&id(2)).to_string();
    let senders: Vec<_> = (0..4)
        .map(|_| {
            let body = body.clone();
            thread::spawn(move || send(port, "POST", &[JSON], body.as_bytes()).unwrap().reference())
        })
        .collect();
    thread::sleep(Duration::from_millis(700));
    held.rollback().unwrap();
    let references: BTreeSet<_> = senders.into_iter().map(|sender| sender.join().unwrap()).collect();
    assert_eq!((references.len(), php.stored().len()), (1, 2));
}

#[test]
fn what_was_acknowledged_is_there_after_the_server_was_killed() {
    const EACH: usize = 25;
    let Some(mut php) = Php::start(&[]) else { return };
    let port = php.port;
    let done = Arc::new(AtomicUsize::new(0));
    let senders: Vec<_> = (0..4)
        .map(|sender| {
            let done = Arc::clone(&done);
            thread::spawn(move || {
                let one = |at: usize| {
                    let id = id(sender * EACH + at);
                    let body = submission(&id).to_string();
                    let started = Instant::now();
                    // Again until an answer comes, as the form does.
                    loop {
                        assert!(started.elapsed() < Duration::from_secs(60), "no answer");
                        match send(port, "POST", &[JSON, ("Idempotency-Key", &id)], body.as_bytes()) {
                            Some(answer) if answer.status == 201 => break (id, answer.reference()),
                            _ => thread::sleep(Duration::from_millis(30)),
                        }
                    }
                };
                let counted = |at| {
                    let answer = one(at);
                    done.fetch_add(1, Ordering::Relaxed);
                    answer
                };
                (0..EACH).map(counted).collect::<Vec<_>>()
            })
        })
        .collect();
    let mut kills = 0;
    while done.load(Ordering::Relaxed) < 4 * EACH && kills < 8 {
        thread::sleep(Duration::from_millis(40 + 35 * kills));
        php.kill_and_start();
        kills += 1;
    }
    let answers: Vec<_> = senders.into_iter().flat_map(|sender| sender.join().unwrap()).collect();
    assert!(kills > 2, "it was killed {kills} times alone");
    let stored: BTreeSet<String> = php.stored().into_iter().collect();
    let told: BTreeSet<String> = answers.iter().map(|(_, reference)| reference.clone()).collect();
    assert_eq!(stored, told, "what was acknowledged is stored, once, and nothing else");
    assert_eq!(stored.len(), 4 * EACH);
    for (id, reference) in answers {
        assert_eq!(php.post(&[JSON], submission(&id).to_string().as_bytes()).reference(), reference);
    }
}

#[test]
fn files_are_stored_with_it_and_given_back_whole() {
    let Some(php) = Php::start(&[]) else { return };
    let large = [b"\xFF\xD8\xFF".as_slice(), &vec![7; 9_000_000]].concat();
    let files: [(&str, &[u8]); 2] = [("image/jpeg", &large), ("text/plain", "déjà vu".as_bytes())];
    let (kind, body) = multipart(&with_files(&id(1), &files), "file[]", &files);
    let answer = php.post(&[("Content-Type", &kind), ("Idempotency-Key", &id(1))], &body);
    assert_eq!(answer.json()["files"], 2, "{answer:?}");
    let to = php.folder().join("given");
    php.read(&[&answer.reference(), to.to_str().unwrap()]);
    let read: Value = serde_json::from_str(&fs::read_to_string(to.join("submission.json")).unwrap()).unwrap();
    assert_eq!(read, with_files(&id(1), &files));
    assert!(fs::read(to.join("1-photo 0.jpg")).unwrap() == large);
    assert_eq!(fs::read_to_string(to.join("2-photo 1.jpg")).unwrap(), "déjà vu");
    let rights = |path: &str| fs::metadata(php.folder().join(path)).unwrap().permissions().mode() & 0o777;
    assert_eq!((rights("private/data"), rights("private/data/complaints.sqlite3")), (0o700, 0o600));
}

#[test]
fn somebody_is_told_by_email_without_a_word_of_it() {
    let notice = "'notice' => ['to' => 'complaints@example.gov.uk', 'from' => 'website@example.gov.uk']";
    let Some(php) = Php::start(&[("'notice' => null", notice)]) else { return };
    // No email can be sent while a folder is in its place.
    fs::create_dir(php.folder().join("mail")).unwrap();
    let first = php.post(&[JSON], submission(&id(1)).to_string().as_bytes()).reference();
    let waited = Instant::now();
    while !php.log().contains("could not be sent") {
        assert!(waited.elapsed() < Duration::from_secs(10), "{}", php.log());
        thread::sleep(Duration::from_millis(20));
    }
    fs::remove_dir(php.folder().join("mail")).unwrap();
    let second = php.post(&[JSON], submission(&id(2)).to_string().as_bytes()).reference();
    let both =
        |mail: &str| [&first, &second].iter().all(|reference| mail.contains(&format!("Its reference is {reference}.")));
    while !both(&php.mail()) {
        assert!(waited.elapsed() < Duration::from_secs(20), "{}", php.mail());
        thread::sleep(Duration::from_millis(20));
    }
    for text in [php.mail(), php.log()] {
        assert!(!text.contains(WORDS) && !text.contains("Siân") && !text.contains("sian@"), "{text}");
    }
    assert_eq!(php.mail().matches("To: complaints@example.gov.uk").count(), 2, "{}", php.mail());
}
