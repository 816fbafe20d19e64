//! `putright serve` as the world meets it: the real program, real HTTP, a real file.

// Helpers outside a `#[test]` may fall over too: a test that cannot go on has failed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod connections;
mod copies;
mod crash;
mod crowded;
#[cfg(unix)]
mod erased;
mod files;
mod files_refused;
mod flood;
mod forms;
mod keys;
mod lasting;
mod limits;
mod many;
mod operation;
mod privacy;
#[cfg(target_os = "linux")]
#[path = "../common/process.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod process;
#[cfg(unix)]
#[path = "../common/records.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod records;
mod refusals;
#[path = "../common/place.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod shipped;
mod site;
mod stored;
mod support;
mod taken_out;
