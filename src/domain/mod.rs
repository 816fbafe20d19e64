//! The whole of Putright that is not a page or a browser: pure, with no clock and no words for people.

pub mod content;
pub mod council;
pub mod data;
pub mod date;
pub mod documents;
pub mod guidance;
pub mod journey;
pub mod key_map;
pub mod loaded;
pub mod route;
pub mod screen;
pub mod session;
pub mod submission;
pub mod vocabulary;
