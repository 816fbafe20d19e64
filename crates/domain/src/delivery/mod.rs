//! Sending, by a council's own rules: what may be configured, what is asked of the backend, what its answer means, and how
//! far it has come. A way of sending is data; nothing here sends.

pub mod attachments;
pub mod config;
pub mod file_rules;
pub mod request;
pub mod response;
pub mod state_machine;
