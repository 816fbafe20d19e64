//! The rules of Putright. They know no clock, no browser and no words for people.
//!
//! [`form`] asks, [`guidance`] says which procedure applies and by when, [`submission`] and [`draft`] write what was answered,
//! [`delivery`] sends it by a council's own rules, [`documents`] are what a person takes away.

pub mod bundle;
pub mod council;
pub mod danger_phrases;
pub mod data;
pub mod date;
pub mod delivery;
pub mod display_settings;
pub mod documents;
pub mod draft;
pub mod form;
pub mod guidance;
pub mod id_enum;
pub mod json;
pub mod key_map;
pub mod messages;
mod never;
pub mod quick_exit;
pub mod route;
pub mod submission;
