//! Sending: what leaves the device, how far it has come, and what stays on it where that was asked for.

pub mod build;
pub mod draft;
pub mod sealed;
pub mod sent;
pub mod wire;
pub mod write;
