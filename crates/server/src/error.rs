//! The error that ends the server, or keeps it from starting.

use std::fmt::Display;

/// A thing that cannot be used, and the reason.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ServerError(String);

impl ServerError {
    /// Names a thing and the reason why it cannot be used.
    pub fn new(place: impl Display, reason: impl Display) -> Self {
        Self(format!("{place}: {reason}"))
    }
}

impl From<String> for ServerError {
    fn from(text: String) -> Self {
        Self(text)
    }
}
