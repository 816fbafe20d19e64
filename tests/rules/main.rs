//! The tests of the rules, in one program: one to link instead of twenty.

#[path = "../common/mod.rs"]
mod common;

mod bundle;
mod combinations;
mod copies;
mod council;
mod danger;
mod deadlines;
mod decisions;
mod delivery;
mod devices;
mod draft;
mod facts;
mod files;
mod flow;
mod guide;
mod keeping;
mod oracle;
mod pages;
mod personas;
mod progress;
mod questions;
mod reading;
mod refusals;
mod route;
mod safety;
mod scenarios;
mod seeds;
mod session;
mod several;
mod submission;
mod triage;
mod trial;
mod walls;
mod words;
mod working_days;
