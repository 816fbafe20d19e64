//! One person's visit: an [`Event`] goes into a [`Model`], [`Effect`]s come out, and a [`view_model`] is what each page shows.
//!
//! [`model`] is data. [`update`] matches an event and calls the module that it concerns: answers, navigation, drafts, delivery,
//! attachments or safety. A test on the host runs a whole visit; the browser only performs the effects.

mod adoption;
mod answering;
mod asked;
pub mod attachments;
mod audience;
pub mod delivery;
pub mod drafts;
pub mod effect;
pub mod event;
pub mod model;
mod navigation;
mod notice;
mod restart;
mod routes;
pub mod safety;
pub mod update;
pub mod view_model;

pub use effect::{Effect, File, Focus};
pub use event::Event;
pub use model::Model;
