//! Asking: questions, answers, the flow between them, and the walk of one person through it.
//!
//! Knows nothing of what the answers mean, nor of what is sent.

pub mod answer;
pub mod condition;
mod details;
pub mod flow;
pub mod journey;
pub mod mistake;
pub mod question;
