//! The whole of Putright that is not a page or a browser: pure, with no clock and no words for people.

pub mod data;
pub mod date;
pub mod guidance;
pub mod journey;
pub mod submission;
mod vocabulary;
