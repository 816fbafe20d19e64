//! Calls something later: after a time, in the next frame, or once a page has been painted.
//!
//! A call is boxed, so that the code of a wait exists once for all callers.

use std::time::Duration;

use leptos::prelude::{request_animation_frame, set_timeout};

use super::document;

/// Calls `act` after `wait`.
#[inline(never)]
pub fn later(wait: Duration, act: Box<dyn FnOnce()>) {
    set_timeout(act, wait);
}

/// Calls `act` before the next frame is put together.
#[inline(never)]
pub fn in_next_frame(act: Box<dyn FnOnce()>) {
    request_animation_frame(act);
}

/// Calls `act` once the next frame has been painted: who waits for a page sees it before anything is done that nobody sees. At once
/// where nothing is painted, as in a tab that is hidden.
pub fn once_painted(act: Box<dyn FnOnce()>) {
    if document().is_some_and(|document| !document.hidden()) {
        in_next_frame(Box::new(|| later(Duration::ZERO, act)));
    } else {
        act();
    }
}
