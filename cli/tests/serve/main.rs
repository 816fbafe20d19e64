//! `putright serve` as the world meets it: the real program, real HTTP, a real file.

// Helpers outside a `#[test]` may fall over too: a test that cannot go on has failed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod crash;
mod files;
mod files_refused;
mod forms;
mod keys;
mod limits;
mod many;
mod privacy;
mod refusals;
mod site;
mod stored;
mod support;
mod taken_out;
