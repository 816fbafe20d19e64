//! The whole of Putright that is not a page or a browser: pure, with no clock and no words for people.

pub mod content;
pub mod council;
pub mod danger;
pub mod data;
pub mod date;
pub mod delivery;
pub mod documents;
pub mod exit;
pub mod guidance;
pub mod journey;
pub mod json;
pub mod key_map;
pub mod loaded;
pub mod look;
pub mod route;
pub mod screen;
pub mod session;
pub mod submission;
pub mod vocabulary;
