//! One person's visit: [`model`] takes events and gives effects, [`view_model`] is what each page shows.
//!
//! A test on the host runs a whole visit; the browser only performs the effects.

pub mod model;
pub mod view_model;
