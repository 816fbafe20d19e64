//! Putright: a guide to complaints about children's services, and the form that sends them.
//!
//! [`ui`] draws what `putright_app` decides as HTML: in a browser, with Leptos, and on the host. In a browser `runtime` mounts
//! the view, `app` gives events to the model, and `effects` performs its effects through `browser`.

#[cfg(target_family = "wasm")]
mod app;
#[cfg(target_family = "wasm")]
mod browser;
#[cfg(target_family = "wasm")]
mod effects;
#[cfg(target_family = "wasm")]
pub mod runtime;
pub mod ui;
