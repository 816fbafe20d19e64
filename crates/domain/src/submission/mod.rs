//! Sending: what leaves the device, how far it has come, and what stays on it where that was asked for.

pub mod format;
pub mod from_answers;
