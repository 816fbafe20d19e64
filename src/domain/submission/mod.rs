//! Sending: what leaves the device, and how far it has come.

pub mod wire;
