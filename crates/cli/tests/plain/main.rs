//! The plain form, for who has no JavaScript: which one each council gets, its fields, what the receiver makes of it, and the
//! words.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed, and so have its helpers"
)]

mod chosen;
#[path = "../delivery/documented.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod documented;
#[path = "../common/place.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod place;
mod receiver;
#[path = "../common/site.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod site;
#[path = "../serve/support.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod support;
mod words;
