//! Files in an object store: real programs, both databases, and an S3 server that the test starts.

// Helpers outside a `#[test]` may fail too: a test that cannot go on has failed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![cfg(unix)]

mod broken;
#[path = "../inbox/client.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod browser;
mod bucket;
#[path = "../common/clamd.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod clamd;
#[path = "../postgres/database.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod database;
mod erased;
mod examined;
#[path = "../common/place.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod shipped;
mod stored;
#[path = "../serve/support.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod support;
