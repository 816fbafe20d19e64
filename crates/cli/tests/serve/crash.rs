//! The server is killed at any moment: what it acknowledged is there with its files, and nothing is there twice.
//!
//! Several clients send without a pause and send again, under the same key, whatever was not acknowledged, as the app does.
//! Meanwhile the server is killed (SIGKILL) and started again. Bounded: so many rounds of so many milliseconds.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{
        Arc, RwLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use ureq::Agent;

use crate::{
    forms::{Form, Sent, content_type, listing},
    support::{Place, json},
};

const CLIENTS: u64 = 4;
const ROUNDS: u64 = 10;
/// Nothing takes longer than this, or something hangs.
const PATIENCE: Duration = Duration::from_secs(18);

struct Shared {
    address: RwLock<String>,
    stopping: AtomicBool,
    tries_in_vain: AtomicU64,
    started: Instant,
}

/// Sends one submission after another, each until it is acknowledged. Gives back what was acknowledged: key and reference.
fn client(shared: &Shared, number: u64) -> HashMap<String, String> {
    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(5)))
        .build()
        .new_agent();
    let send = |index: u64| {
        let number = number * 1_000_000 + index;
        let key = format!("{number:032x}");
        let files: [Sent; 2] = [("a.txt", "text/plain", key.as_bytes()), ("b.txt", "text/plain", &vec![b'b'; 20_000])];
        let body = Form::of(&listing(number, &files), &files).end();
        while shared.started.elapsed() < PATIENCE {
            let url = format!("http://{}/api/submissions", shared.address.read().unwrap());
            let sent =
                agent.post(&url).header("content-type", content_type()).header("idempotency-key", &key).send(&body[..]);
            match sent {
                Ok(response) if response.status() == 201 => {
                    return (key, json(response)["reference"].as_str().unwrap().to_owned());
                }
                Ok(response) => panic!("refused: {}", response.status()),
                Err(_) => {
                    shared.tries_in_vain.fetch_add(1, Ordering::Relaxed);
                    thread::sleep(Duration::from_millis(5));
                }
            }
        }
        panic!("{key} was not acknowledged in time");
    };
    let mut acknowledged = HashMap::new();
    let mut index = 0;
    while !shared.stopping.load(Ordering::Relaxed) {
        let (key, reference) = send(index);
        acknowledged.insert(key, reference);
        // Now and then an old one again, as when an answer is lost on its way.
        if index % 7 == 6 {
            let (key, reference) = send(index / 2);
            assert_eq!(acknowledged[&key], reference, "the same key was given two references");
        }
        index += 1;
    }
    acknowledged
}

#[test]
fn what_was_acknowledged_outlives_a_kill_and_no_key_is_stored_twice() {
    let place = Place::new();
    let mut server = place.serve();
    let shared = Arc::new(Shared {
        address: RwLock::new(server.address.clone()),
        stopping: AtomicBool::new(false),
        tries_in_vain: AtomicU64::new(0),
        started: Instant::now(),
    });
    let clients: Vec<_> = (0..CLIENTS)
        .map(|number| {
            let shared = shared.clone();
            thread::spawn(move || client(&shared, number))
        })
        .collect();
    for round in 0..ROUNDS {
        // Any moment will do; these are spread, and the same each time.
        thread::sleep(Duration::from_millis(60 + round * 137 % 410));
        server.kill();
        // What is left behind can be read before the server is back.
        place.list();
        server = place.serve();
        *shared.address.write().unwrap() = server.address.clone();
    }
    thread::sleep(Duration::from_millis(200));
    shared.stopping.store(true, Ordering::Relaxed);
    let acknowledged: Vec<_> = clients.into_iter().flat_map(|client| client.join().unwrap()).collect();
    server.kill();

    assert!(acknowledged.len() > 20, "only {} were acknowledged", acknowledged.len());
    assert!(shared.tries_in_vain.load(Ordering::Relaxed) > 0, "no kill met a submission");
    let database = rusqlite::Connection::open(place.data().join("submissions.sqlite3")).unwrap();
    let sound: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
    let mut rows: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut query = database.prepare("SELECT key, reference FROM submissions").unwrap();
    let read = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    for (key, reference) in read.map(Result::unwrap) {
        let (key, reference): (String, String) = (key, reference);
        rows.entry(key).or_default().push(reference);
    }
    assert!(rows.values().all(|references| references.len() == 1), "a key was stored twice");
    // Every client went on until its last submission was acknowledged, so there is nothing else either.
    assert_eq!(rows.len(), acknowledged.len());
    for (key, reference) in &acknowledged {
        assert_eq!(rows.get(key), Some(&vec![reference.clone()]), "acknowledged, and lost or changed");
    }
    let without: i64 = database
        .query_row(
            "SELECT count(*) FROM submissions WHERE (SELECT group_concat(length(content)) FROM \
             (SELECT content FROM files WHERE submission = number ORDER BY position)) IS NOT '32,20000'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(without, 0, "a submission is there without its files");
    let references: HashSet<_> = acknowledged.iter().map(|(_, reference)| reference).collect();
    assert_eq!(references.len(), acknowledged.len(), "a reference was given twice");
}
