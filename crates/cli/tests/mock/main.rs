//! `putright mock-backend` as the app and its tests meet it: the real program, real HTTP.

// Helpers outside a `#[test]` may fall over too: a test that cannot go on has failed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod control;
mod faults;
mod normal;
mod refused;
mod start;
mod support;
mod transport;
