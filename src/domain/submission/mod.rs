//! Sending: what leaves the device, and how far it has come.

pub mod build;
pub mod delivery;
pub mod wire;
pub mod write;
