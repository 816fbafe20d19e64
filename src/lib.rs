//! Putright: a guide to complaints about children's services, and the form that sends them.
//!
//! `domain` holds every rule and decision and builds alone. `view` draws it with Leptos; `browser` performs what it asks.

pub mod domain;
