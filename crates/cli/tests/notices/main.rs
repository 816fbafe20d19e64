//! Notices about stored complaints: to a mail server, a webhook and a folder, each of the test's own.

// Helpers outside a `#[test]` may fail too: a test that cannot go on has failed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![cfg(unix)]

#[path = "../common/clamd.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod clamd;
mod configured;
#[path = "../postgres/database.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod database;
mod drop;
mod email;
mod examined;
mod hook;
mod hooked;
mod quarantine;
mod smtp;
#[path = "../serve/support.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod support;

use std::{
    fs,
    path::PathBuf,
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;
use support::Place;

/// Writes a file for `--notify` beside a site, and gives its path.
fn notify(place: &Place, config: &Value) -> String {
    let file = beside(place, "notify.json");
    fs::write(&file, config.to_string()).unwrap();
    file.to_str().unwrap().to_owned()
}

/// A path beside a site.
fn beside(place: &Place, name: &str) -> PathBuf {
    place.dist().with_file_name(name)
}

/// The notices that `putright submissions outbox` lists.
fn outbox(place: &Place, more: &[&str]) -> Vec<Value> {
    let output = place.submissions(&[&["outbox"], more].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Waits until something is there.
fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(started.elapsed() < Duration::from_secs(20), "{what} did not come");
        thread::sleep(Duration::from_millis(20));
    }
}
