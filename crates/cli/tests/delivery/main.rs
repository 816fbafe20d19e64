//! Tests of the command line and a council's delivery: its page of documentation, its schema, and the findings of
//! `putright check`. The request that it shows is sent to a backend.

// Helpers outside a `#[test]` may fall over too: a test that cannot go on has failed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod blocked;
mod documented;
mod found;
mod page;
#[path = "../common/place.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod place;
mod schema;
mod shown;
#[path = "../mock/support.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod support;
