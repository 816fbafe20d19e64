//! The worked cases of the rules: each file an input and what must come out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use std::{collections::BTreeSet, fs, path::Path};

use crate::common;
use putright::domain::guidance::triage::{Facts, advise};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Scenario {
    council: String,
    answers: Facts,
    expected: Expected,
}

#[derive(Deserialize)]
struct Expected {
    outcome: String,
    flags: BTreeSet<String>,
    signposts: BTreeSet<String>,
    deadlines: Vec<Value>,
    parts: Option<Value>,
}

#[test]
fn every_worked_case_comes_out_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let scenario: Scenario = serde_json::from_str(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let council = common::council(&scenario.council);
        let calendar = common::calendar();
        let advice = advise(&scenario.answers, &council.rules, council.counting(&calendar));
        let got = serde_json::to_value(&advice).unwrap();
        let ids = |value: &Value| -> BTreeSet<String> { serde_json::from_value(value.clone()).unwrap() };
        let sorted = |mut list: Vec<Value>| {
            list.sort_by_key(ToString::to_string);
            list
        };
        let name = path.display();
        assert_eq!(got["outcome"], scenario.expected.outcome, "{name}");
        assert_eq!(ids(&got["flags"]), scenario.expected.flags, "{name}");
        assert_eq!(ids(&got["signposts"]), scenario.expected.signposts, "{name}");
        assert_eq!(
            sorted(got["deadlines"].as_array().unwrap().clone()),
            sorted(scenario.expected.deadlines.clone()),
            "{name}"
        );
        if let Some(parts) = scenario.expected.parts {
            assert_eq!(got["parts"], parts, "{name}");
        }
        count += 1;
    }
    assert!(count >= 19, "only {count} cases were found");
}
