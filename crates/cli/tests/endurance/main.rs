//! Everything at once: the server is killed and its disk is full, while 256 clients send, connections are slow or silent,
//! uploads are held and one address floods the form.
//!
//! Nothing that was acknowledged is lost or stored twice, the first page comes fast, and memory stays bounded. Ten seconds; a
//! minute with `PUTRIGHT_PROVE=1`. With `PUTRIGHT_EVIDENCE=folder` what was measured is left there.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that stops has failed")]

mod actors;
#[path = "../serve/forms.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod forms;
#[path = "../common/place.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod place;
#[path = "../common/process.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod process;
#[path = "../serve/support.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod support;

use std::{
    collections::BTreeMap,
    env, fs,
    path::Path,
    process::Command,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use actors::{Times, client, flood, held_uploads, page_times, percentile, slow_heads};
use process::Process;
use serde_json::json;
use support::{Place, Server};

const CLIENTS: u64 = 256;
/// In milliseconds, at the 99th percentile. The short test has few pages, so that one restart decides.
const SLOWEST_PAGE: u64 = 50;
const SLOWEST_PAGE_OF_SHORT_TEST: u64 = 250;
/// In milliseconds, at the 99th percentile. A machine that takes longer to echo a byte has other work than this.
const SLOWEST_ECHO: u64 = 10;
/// In kilobytes.
const MOST_MEMORY: u64 = 200 << 10;

/// The state that all concurrent tasks share.
pub struct Shared {
    /// The address of the server, the same after each start.
    pub address: String,
    /// True while the server is meant to answer.
    pub is_up: AtomicBool,
    /// How often it was started.
    pub starts: AtomicU64,
    /// True once all tasks are to end.
    pub is_ending: AtomicBool,
    /// When a submission must have been acknowledged.
    pub patience: Instant,
    /// How many tries were not acknowledged.
    pub tries_in_vain: AtomicU64,
}

/// Starts the server where it was before. A write past the limit of a file's size must fail, and not end it.
fn start(place: &Place, port: &str) -> Server {
    let serve = place.command(&[]);
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]).arg(serve.get_program());
    let (dist, data) = (place.dist(), place.data());
    command.args(["serve", "--rate", "600", "--behind-proxy", "--port", port]);
    command.arg("--dist").arg(dist).arg("--data").arg(data);
    Server::start(command)
}

/// Limits the size of the server's files, as a disk does that is full.
fn limit_files(server: &Server, bytes: &str) -> bool {
    let pid = server.pid().to_string();
    let limited = Command::new("prlimit").args(["--pid", &pid, &format!("--fsize={bytes}:")]).status();
    limited.is_ok_and(|status| status.success())
}

#[test]
#[allow(clippy::too_many_lines, reason = "one story, whose steps stand on each other")]
fn nothing_acknowledged_is_lost_and_pages_stay_fast_whatever_happens_at_once() {
    let is_long = env::var("PUTRIGHT_PROVE").is_ok();
    let rounds = if is_long { 12 } else { 2 };
    let place = Place::new();
    fs::remove_dir_all(place.dist()).unwrap();
    place::copy(&place::root().join("public"), &place.dist());
    fs::copy(place::root().join("index.html"), place.dist().join("index.html")).unwrap();
    let mut server = start(&place, "0");
    let (_, port) = server.address.rsplit_once(':').unwrap();
    let port = port.to_owned();
    let shared = Arc::new(Shared {
        address: server.address.clone(),
        is_up: AtomicBool::new(true),
        starts: AtomicU64::new(1),
        is_ending: AtomicBool::new(false),
        patience: Instant::now() + Duration::from_secs(rounds * 8 + 60),
        tries_in_vain: AtomicU64::new(0),
    });
    let times = Arc::new(Mutex::new(Times::default()));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|number| {
            let shared = Arc::clone(&shared);
            thread::Builder::new().stack_size(256 << 10).spawn(move || client(&shared, number)).unwrap()
        })
        .collect();
    let mut others: Vec<thread::JoinHandle<()>> = Vec::new();
    let mut begin = |what: fn(&Shared)| {
        let shared = Arc::clone(&shared);
        others.push(thread::spawn(move || what(&shared)));
    };
    begin(slow_heads);
    (0..4).for_each(|_| begin(held_uploads));
    (0..4).for_each(|_| begin(flood));
    let prober = {
        let (shared, times) = (Arc::clone(&shared), Arc::clone(&times));
        thread::spawn(move || page_times(&shared, &times))
    };

    let mut peak = 0;
    let mut is_disk_tried = true;
    for _ in 0..rounds {
        thread::sleep(Duration::from_secs(2));
        is_disk_tried &= limit_files(&server, "100000");
        thread::sleep(Duration::from_millis(1500));
        limit_files(&server, "unlimited");
        thread::sleep(Duration::from_millis(1500));
        peak = peak.max(Process(server.pid()).peak());
        shared.is_up.store(false, Ordering::SeqCst);
        server.kill();
        server = start(&place, &port);
        shared.starts.fetch_add(1, Ordering::SeqCst);
        shared.is_up.store(true, Ordering::SeqCst);
    }
    thread::sleep(Duration::from_secs(2));
    shared.is_ending.store(true, Ordering::SeqCst);
    let mut acknowledged = BTreeMap::new();
    for client in clients {
        for (key, reference) in client.join().unwrap() {
            assert!(acknowledged.insert(key, reference).is_none());
        }
    }
    for other in others {
        other.join().unwrap();
    }
    prober.join().unwrap();
    peak = peak.max(Process(server.pid()).peak());
    server.kill();

    let times = times.lock().unwrap();
    let pages = |part: usize| percentile(&times.pages, part);
    let machine = percentile(&times.echoes, 99);
    println!(
        "{} acknowledged of {CLIENTS} clients, {} tries in vain, {} kills; {} pages: {} ms in the middle, {} ms at the 99th \
         percentile, {} ms at the most (the machine itself: {machine} ms at the 99th); {} MB at the most",
        acknowledged.len(),
        shared.tries_in_vain.load(Ordering::SeqCst),
        rounds,
        times.pages.len(),
        pages(50),
        pages(99),
        pages(100),
        peak >> 10,
    );
    check_store(&place, &acknowledged);
    assert!(acknowledged.len() > 256, "{}", acknowledged.len());
    if is_disk_tried {
        assert!(shared.tries_in_vain.load(Ordering::SeqCst) > 0, "no fault met a submission");
    }
    let slowest = if is_long { SLOWEST_PAGE } else { SLOWEST_PAGE_OF_SHORT_TEST };
    assert!(times.pages.len() > 50, "{} pages", times.pages.len());
    if machine > SLOWEST_ECHO {
        println!("this machine is too busy with other work to judge how fast pages come");
    } else {
        assert!(pages(99) < slowest, "{} ms, and {slowest} ms are allowed", pages(99));
    }
    assert!(peak < MOST_MEMORY, "{peak} kB");
    leave(&json!({
        "submissions acknowledged under kills, a full disk and a crowd": acknowledged.len(),
        "kills under a crowd": rounds,
        "milliseconds that the first page took at the 99th percentile under a crowd": pages(99),
        "megabytes of the server under a crowd": peak >> 10,
    }));
}

/// Every acknowledged submission is in the store, once, whole, under its reference; and nothing else is.
fn check_store(place: &Place, acknowledged: &BTreeMap<String, String>) {
    let database = rusqlite::Connection::open(place.data().join("submissions.sqlite3")).unwrap();
    let sound: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
    let mut query = database.prepare("SELECT key, reference FROM submissions WHERE key NOT LIKE 'form:%'").unwrap();
    let stored: BTreeMap<String, String> =
        query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    assert_eq!(stored.len(), acknowledged.len(), "every client went on until its last submission was acknowledged");
    for (key, reference) in acknowledged {
        assert_eq!(stored.get(key), Some(reference), "acknowledged, and lost or changed");
    }
    let without: i64 = database
        .query_row(
            "SELECT count(*) FROM submissions WHERE json_array_length(body, '$.files') IS NOT NULL AND \
             json_array_length(body, '$.files') != (SELECT count(*) FROM files WHERE submission = number)",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(without, 0, "a submission is there without its files");
}

/// Leaves what was measured, for docs/evidence.md.
fn leave(counts: &serde_json::Value) {
    let Ok(folder) = env::var("PUTRIGHT_EVIDENCE") else { return };
    fs::create_dir_all(&folder).unwrap();
    fs::write(Path::new(&folder).join("endurance.json"), counts.to_string()).unwrap();
}
