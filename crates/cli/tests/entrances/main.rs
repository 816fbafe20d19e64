//! Hostile requests at every entrance of the server, and what each costs it: no more than 64 megabytes of memory and a quarter
//! of a second of a processor, whatever its shape. A build that is not optimised takes three times as long at the most.
//!
//! The real server, measured from outside. With `PUTRIGHT_EVIDENCE=folder` the most that was measured is left there.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that stops has failed")]

#[path = "../serve/forms.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod forms;
#[path = "../common/place.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod place;
#[path = "../common/process.rs"]
mod process;
mod shapes;
#[path = "../serve/support.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod support;

use std::{env, fs, path::Path};

use process::{Cost, Process};
use serde_json::json;
use shapes::{forms_of, heads, jsons, multiparts};
use support::{Place, Server};

const MOST_MEMORY: u64 = 64 << 10;
const MOST_PROCESSOR: u64 = if cfg!(debug_assertions) { 750 } else { 250 };
/// The same, of 20 MB of files that are taken. An unoptimised build takes several times as long to hash them.
const MOST_PROCESSOR_OF_FILES: u64 = if cfg!(debug_assertions) { 1_500 } else { 250 };

/// The cost of the hostile requests, and the requests that cost too much.
struct Measured {
    process: Process,
    requests: u64,
    most: Cost,
    /// The processor time of the files that are taken.
    of_files: u64,
    wrong: Vec<String>,
}

impl Measured {
    /// Sends something, which must be answered with one of the statuses.
    fn send(&mut self, name: &str, statuses: &[u16], send: impl FnOnce() -> u16) {
        let (status, cost) = self.process.cost(send);
        self.requests += 1;
        self.most.memory = self.most.memory.max(cost.memory);
        if status == 201 {
            self.of_files = cost.processor;
        } else {
            self.most.processor = self.most.processor.max(cost.processor);
        }
        let most = if status == 201 { MOST_PROCESSOR_OF_FILES } else { MOST_PROCESSOR };
        let is_right = statuses.contains(&status) && cost.memory <= MOST_MEMORY && cost.processor <= most;
        println!("{name}: {status}, {} kB, {} ms", cost.memory, cost.processor);
        if !is_right {
            self.wrong.push(format!("{name}: {status}, {} kB, {} ms", cost.memory, cost.processor));
        }
    }
}

/// The status of an answer that came as it is.
fn status(answer: &str) -> u16 {
    answer.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)?.parse().ok()).unwrap_or_default()
}

/// The files that ship, served.
fn site() -> (Place, Server) {
    let place = Place::new();
    let dist = place.dist();
    fs::remove_dir_all(&dist).unwrap();
    place::copy(&place::root().join("public"), &dist);
    fs::copy(place::root().join("index.html"), dist.join("index.html")).unwrap();
    let server = place.serve();
    (place, server)
}

#[test]
fn no_request_of_any_shape_costs_much_memory_or_time() {
    let (place, server) = site();
    let process = Process(server.pid());
    let mut measured = Measured { process, requests: 0, most: Cost::default(), of_files: 0, wrong: Vec::new() };
    // What is read once is read before.
    let sample = support::sample().to_string();
    server.post_with(&[], sample.as_bytes());
    let form = ("content-type", "application/x-www-form-urlencoded");
    let page = ("accept", "text/html");
    for body in ["council=bromley&agreed=yes", "council=nowhere"] {
        server.send("POST", "/api/form", &[form, page], body.as_bytes());
    }

    for (name, body) in jsons() {
        measured.send(&format!("JSON, {name}"), &[400, 413, 422], || server.post_with(&[], &body).status().as_u16());
        let key = [("idempotency-key", "key")];
        let parts = forms::Form::default().part("name=\"submission\"", Some("application/json"), &body).end();
        measured.send(&format!("a part, {name}"), &[400, 413, 422], || {
            forms::post(&server, &key, &parts).status().as_u16()
        });
    }
    for (name, statuses, body) in multiparts() {
        let key = [("idempotency-key", "key")];
        measured.send(&format!("parts, {name}"), statuses, || forms::post(&server, &key, &body).status().as_u16());
    }
    for (name, body) in forms_of() {
        for headers in [&[form][..], &[form, page]] {
            let send = || server.send("POST", "/api/form", headers, &body).status().as_u16();
            measured.send(&format!("form, {name}"), &[400, 404, 413, 422], send);
        }
    }
    for (name, statuses, head) in heads() {
        measured.send(&format!("head, {name}"), statuses, || status(&server.raw(&head)));
    }
    assert!(measured.wrong.is_empty(), "{:#?}", measured.wrong);
    assert_eq!(server.get("/", &[]).status(), 200, "the server lives");
    assert_eq!(place.list().len(), 1, "the largest that may be stored is, and nothing else");
    println!(
        "{} requests: at most {:?}; {} ms for 20 MB of files",
        measured.requests, measured.most, measured.of_files
    );
    leave(&measured);
}

/// Leaves what was measured, for docs/evidence.md.
fn leave(measured: &Measured) {
    let Ok(folder) = env::var("PUTRIGHT_EVIDENCE") else { return };
    let counts = json!({
        "hostile requests to the server": measured.requests,
        "kilobytes of memory that one of them took": measured.most.memory,
        "milliseconds of a processor that one of them took": measured.most.processor,
        "milliseconds of a processor that 20 MB of files took": measured.of_files,
    });
    fs::create_dir_all(&folder).unwrap();
    fs::write(Path::new(&folder).join("entrances.json"), counts.to_string()).unwrap();
}
