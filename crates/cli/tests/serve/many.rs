//! Many at once, each sent twice at the same moment: nothing is lost, and nothing is there twice.

use std::{
    collections::{BTreeMap, HashSet},
    sync::{Arc, Barrier},
    thread,
    time::Duration,
};

use ureq::Agent;

use crate::{
    forms::{Form, JPEG, Sent, content_type, listing, photo},
    support::{Place, json, sample_numbered},
};

const SUBMISSIONS: u64 = 200;

/// Every third comes with files of its own, as many as its number says.
fn files_of(number: u64) -> Vec<Vec<u8>> {
    let count = if number.is_multiple_of(3) { number % 5 + 1 } else { 0 };
    let length = |place: u64| usize::try_from(1000 + number * 97 + place * 13).unwrap();
    (0..count).map(|place| photo(length(place))).collect()
}

fn request(number: u64) -> (String, Vec<u8>) {
    let contents = files_of(number);
    if contents.is_empty() {
        return ("application/json".to_owned(), sample_numbered(number).to_string().into_bytes());
    }
    let files: Vec<Sent> = contents.iter().map(|content| ("photo.jpg", JPEG, content.as_slice())).collect();
    (content_type(), Form::of(&listing(number, &files), &files).end())
}

#[test]
fn two_hundred_submissions_each_sent_twice_at_once_are_stored_once_each_with_all_their_files() {
    let place = Place::new();
    let server = place.serve();
    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(120)))
        .build()
        .new_agent();
    let start = Arc::new(Barrier::new(usize::try_from(SUBMISSIONS * 2).unwrap()));
    let senders: Vec<_> = (0..SUBMISSIONS * 2)
        .map(|sender| {
            let (start, agent, url) = (start.clone(), agent.clone(), server.url("/api/submissions"));
            thread::spawn(move || {
                let number = sender / 2;
                let (kind, body) = request(number);
                start.wait();
                let key = format!("{number:032x}");
                let sent = agent.post(&url).header("content-type", kind).header("idempotency-key", key);
                let answer = sent.send(&body[..]).unwrap();
                assert_eq!(answer.status(), 201);
                (number, json(answer)["reference"].as_str().unwrap().to_owned())
            })
        })
        .collect();
    let mut given: BTreeMap<u64, HashSet<String>> = BTreeMap::new();
    for sender in senders {
        let (number, reference) = sender.join().unwrap();
        given.entry(number).or_default().insert(reference);
    }
    assert!(given.values().all(|references| references.len() == 1), "a key was given two references");
    let given: BTreeMap<_, _> =
        given.into_iter().map(|(number, one)| (number, one.into_iter().next().unwrap())).collect();
    assert_eq!(given.values().collect::<HashSet<_>>().len(), 200);

    let database = rusqlite::Connection::open(place.data().join("submissions.sqlite3")).unwrap();
    let count = |table: &str| -> isize {
        database.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    };
    assert_eq!(count("submissions"), 200);
    let all: usize = (0..SUBMISSIONS).map(|number| files_of(number).len()).sum();
    assert_eq!(usize::try_from(count("files")), Ok(all));
    let mut query = database
        .prepare(
            "SELECT content FROM files JOIN submissions ON submission = number WHERE reference = ?1 AND key = ?2 \
             ORDER BY position",
        )
        .unwrap();
    for (number, reference) in &given {
        let rows = query.query_map([reference, &format!("{number:032x}")], |row| row.get(0)).unwrap();
        let stored: Vec<Vec<u8>> = rows.map(Result::unwrap).collect();
        assert!(stored == files_of(*number), "{number}");
    }
    let sound: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
}
