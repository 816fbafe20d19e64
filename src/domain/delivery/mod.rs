//! Sending: what a council's file says of it.

pub mod files;
