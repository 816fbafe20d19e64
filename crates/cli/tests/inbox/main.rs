//! The inbox for officers, as browsers and strangers meet it: the real program, real HTTP, a real file.

// Helpers outside a `#[test]` may fail too: a test that cannot go on has failed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![cfg(unix)]

#[path = "../common/clamd.rs"]
mod clamd;
mod client;
mod day;
#[cfg(all(feature = "notify", feature = "inbox-oidc"))]
mod documented;
mod many;
#[cfg(feature = "inbox-oidc")]
mod provider;
mod quarantine;
mod search;
#[path = "../common/place.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod shipped;
#[cfg(feature = "inbox-oidc")]
mod sign_in;
mod strangers;
#[path = "../serve/support.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod support;
mod trail;
