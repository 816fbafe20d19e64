//! Published decisions of the Ombudsman as cases: the rules give the advice that each person should have had.
//!
//! A line of `decisions/ombudsman.jsonl` is a decision: `facts` and `held` in our own words, `answers` as a layperson in
//! that case would have given them, `pilot` the council's file to use, and `expected`: the outcome (or several that are as
//! good), routes of parts, flags and signposts that must be there, flags that must not (`no_flags`). Its `must_say` and
//! `must_not_say` are for people to read.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use std::{collections::BTreeMap, fs, path::Path};

use crate::{
    common::{self, COUNCILS},
    oracle::{Place, compare::printed, decide},
};
use serde::Deserialize;
use serde_json::Value;

/// How many decisions there are. Each of them is met: there is no list of exceptions.
const COUNT: usize = 73;

#[derive(Deserialize)]
struct Decision {
    id: String,
    pilot: String,
    answers: Value,
    expected: Expected,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    outcome: OneOrMore,
    #[serde(default)]
    parts: BTreeMap<String, String>,
    #[serde(default)]
    flags: Vec<String>,
    #[serde(default)]
    no_flags: Vec<String>,
    #[serde(default)]
    signposts: Vec<String>,
    must_say: Vec<String>,
    must_not_say: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    fn holds(&self, id: &str) -> bool {
        match self {
            Self::One(one) => one == id,
            Self::More(more) => more.iter().any(|one| one == id),
        }
    }
}

fn decisions() -> Vec<Decision> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/decisions/ombudsman.jsonl");
    let text = fs::read_to_string(path).unwrap();
    let read = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
    text.lines().map(read).collect()
}

/// Returns the parts of a decision that the advice leaves out or contradicts.
fn differences(expected: &Expected, advice: &Value) -> Vec<String> {
    let has = |key: &str, id: &String| advice[key].as_array().unwrap().iter().any(|held| held == id);
    let mut differences = Vec::new();
    let outcome = advice["outcome"].as_str().unwrap();
    if !expected.outcome.holds(outcome) {
        differences.push(format!("outcome {outcome}"));
    }
    for (topic, route) in expected.parts.iter().filter(|(topic, route)| advice["parts"][topic] != **route) {
        differences.push(format!("{topic} is {}, not {route}", advice["parts"][topic]));
    }
    differences.extend(expected.flags.iter().filter(|flag| !has("flags", flag)).map(|flag| format!("no {flag}")));
    differences.extend(expected.no_flags.iter().filter(|flag| has("flags", flag)).map(|flag| format!("has {flag}")));
    differences.extend(expected.signposts.iter().filter(|id| !has("signposts", id)).map(|id| format!("no {id}")));
    differences
}

#[test]
fn the_ombudsmans_decisions_come_out_as_good_advice_would_have_been() {
    let calendar = common::calendar();
    let decisions = decisions();
    assert_eq!(decisions.len(), COUNT);
    let mut unmet = Vec::new();
    for decision in &decisions {
        assert!(COUNCILS.contains(&decision.pilot.as_str()), "{}", decision.id);
        let expected = &decision.expected;
        assert!(!expected.must_say.is_empty() || !expected.must_not_say.is_empty(), "{}: nothing to say", decision.id);
        let council = common::council(&decision.pilot);
        let advice = printed(&decision.answers, &council, &calendar);
        let oracle = decide(&decision.answers, Place::of(&decision.pilot)).json();
        assert_eq!(advice, oracle, "{}: the rules, then the oracle", decision.id);
        let differences = differences(expected, &advice);
        if !differences.is_empty() {
            unmet.push((decision.id.as_str(), differences));
        }
    }
    assert!(unmet.is_empty(), "{} of {COUNT} are not met: {unmet:#?}", unmet.len());
}
