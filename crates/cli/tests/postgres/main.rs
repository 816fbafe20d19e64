//! Receivers that share a PostgreSQL database: real programs, a real server, real HTTP.
//!
//! Each test starts a separate server. Without PostgreSQL on the machine the tests say so and pass; with `CI` or
//! `PUTRIGHT_CI` in the environment they fail.

// Helpers outside a `#[test]` may fail over too: a test that cannot go on has failed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![cfg(unix)]

mod balanced;
#[path = "../inbox/client.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod browser;
mod connection;
mod crash;
#[path = "../officer/daemon.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod daemon;
mod database;
mod inbox;
#[cfg(feature = "inbox-oidc")]
#[path = "../inbox/provider.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod provider;
#[path = "../common/records.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod records;
mod shared;
#[path = "../common/place.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod shipped;
#[cfg(feature = "inbox-oidc")]
mod sign_in;
#[path = "../serve/support.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod support;
