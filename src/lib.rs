//! Putright: a guide to complaints about children's services, and the form that sends them.
//!
//! [`ui`] draws what `putright_app` decides, with Leptos: in a browser, and as HTML on the host. In a browser [`runtime`] gives
//! the events to the model and performs its effects through `browser`.

#[cfg(target_family = "wasm")]
mod browser;
#[cfg(target_family = "wasm")]
pub mod runtime;
pub mod ui;
