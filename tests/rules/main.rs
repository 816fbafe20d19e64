//! The tests of the rules, in one program: one to link instead of twenty.

#[path = "../common/mod.rs"]
mod common;

mod combinations;
mod copies;
mod council;
mod danger;
mod deadlines;
mod delivery;
mod devices;
mod draft;
mod facts;
mod files;
mod flow;
mod guide;
mod pages;
mod personas;
mod progress;
mod questions;
mod reading;
mod route;
mod safety;
mod scenarios;
mod session;
mod submission;
mod triage;
mod trial;
mod walls;
mod words;
mod working_days;
