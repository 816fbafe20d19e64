//! The worked cases of the rules: each file an input and what must come out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use std::{collections::BTreeSet, fs, path::Path};

use crate::{
    common,
    oracle::{Place, compare::printed, decide},
};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Scenario {
    council: String,
    answers: Value,
    expected: Expected,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    outcome: String,
    flags: BTreeSet<String>,
    signposts: BTreeSet<String>,
    deadlines: Vec<Value>,
    parts: Option<Value>,
}

fn scenarios() -> Vec<(String, Scenario)> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/scenarios");
    let read = |path: &Path| {
        let name = path.display().to_string();
        let scenario = serde_json::from_str(&fs::read_to_string(path).unwrap());
        (name.clone(), scenario.unwrap_or_else(|error| panic!("{name}: {error}")))
    };
    fs::read_dir(folder).unwrap().map(|entry| read(&entry.unwrap().path())).collect()
}

fn judge(name: &str, expected: &Expected, got: &Value) {
    let ids = |key: &str| -> BTreeSet<String> { serde_json::from_value(got[key].clone()).unwrap() };
    let sorted = |list: &[Value]| {
        let mut list = list.to_vec();
        list.sort_by_key(ToString::to_string);
        list
    };
    assert_eq!(got["outcome"], expected.outcome, "{name}");
    assert_eq!(ids("flags"), expected.flags, "{name}");
    assert_eq!(ids("signposts"), expected.signposts, "{name}");
    assert_eq!(sorted(got["deadlines"].as_array().unwrap()), sorted(&expected.deadlines), "{name}");
    if let Some(parts) = &expected.parts {
        assert_eq!(got["parts"], *parts, "{name}");
    }
}

#[test]
fn every_worked_case_comes_out_as_written() {
    let (scenarios, calendar) = (scenarios(), common::calendar());
    for (name, scenario) in &scenarios {
        let council = common::council(&scenario.council);
        judge(name, &scenario.expected, &printed(&scenario.answers, &council, &calendar));
    }
    assert!(scenarios.len() >= 19, "only {} cases were found", scenarios.len());
}

#[test]
fn the_oracle_agrees_with_every_worked_case() {
    for (name, scenario) in scenarios() {
        judge(&name, &scenario.expected, &decide(&scenario.answers, Place::of(&scenario.council)).json());
    }
}
