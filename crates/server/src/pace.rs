//! Reads a body that must keep a pace. One that drips in, a byte now and then, would hold its place for minutes.

use std::time::{Duration, Instant};

use axum::body::Body;
use http_body_util::BodyExt;
use multer::bytes::Bytes;
use tokio::time;

/// The bytes that must arrive in each window of time, unless the body ends.
const LEAST: usize = 4 << 10;

/// The reason why no more of a body arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// Too little came in the window.
    Slow,
    /// The connection broke off, or what came is not HTTP.
    Off,
}

/// The window of time, and the bytes that have come in it.
pub struct Pace {
    window: Duration,
    since: Instant,
    bytes: usize,
}

impl Pace {
    /// Starts a window.
    pub fn new(window: Duration) -> Self {
        Self { window, since: Instant::now(), bytes: 0 }
    }

    /// Returns the next piece of a body; `None` at its end.
    pub async fn next(&mut self, body: &mut Body) -> Option<Result<Bytes, Broken>> {
        let left = self.window.saturating_sub(self.since.elapsed());
        let Ok(frame) = time::timeout(left, body.frame()).await else { return Some(Err(Broken::Slow)) };
        let Ok(frame) = frame? else { return Some(Err(Broken::Off)) };
        let piece = frame.into_data().unwrap_or_default();
        self.bytes = self.bytes.saturating_add(piece.len());
        if self.bytes >= LEAST {
            *self = Self::new(self.window);
        }
        Some(Ok(piece))
    }
}
