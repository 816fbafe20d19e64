//! A web officer's work with the command line: to start a council's site, to change its words, to publish it, and to upgrade.

// Helpers outside a `#[test]` may fail over too: a test that cannot go on has failed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![cfg(unix)]

mod council;
mod daemon;
mod deb;
mod documented;
mod front;
mod guides;
mod hosts;
mod hosts_cloud;
mod http;
#[path = "../common/place.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod place;
mod release;
#[path = "../common/site.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod site;
mod start;
mod strays;
#[path = "../serve/support.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod support;
mod upgrade;
mod years;
