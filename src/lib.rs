//! Putright: a guide to complaints about children's services, and the form that sends them.
//!
//! `domain` holds every rule and decision and builds alone. `view` draws it with Leptos; `browser` performs what it asks;
//! `app` puts the three together.

#[cfg(feature = "csr")]
pub mod app;
#[cfg(feature = "csr")]
mod browser;
pub mod domain;
#[cfg(feature = "view")]
pub mod view;
