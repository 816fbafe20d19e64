//! `putright assess`: the worked cases and the Ombudsman's published decisions, through the command line.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn simulate(files: &[PathBuf]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_putright"));
    command.arg("simulate").args(files).arg("--public").arg(root().join("public")).output().unwrap()
}

/// Returns the line that is printed for each file.
fn lines(files: &[PathBuf]) -> Vec<Value> {
    let output = simulate(files);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn set(value: &Value) -> BTreeSet<String> {
    value.as_array().map(|list| list.iter().map(ToString::to_string).collect()).unwrap_or_default()
}

#[test]
fn worked_cases_print_one_line_each() {
    let mut files: Vec<PathBuf> =
        fs::read_dir(root().join("tests/scenarios")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let printed = lines(&files);
    assert!(files.len() >= 19 && printed.len() == files.len());
    for (file, line) in files.iter().zip(printed) {
        let case: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        let expected = &case["expected"];
        assert_eq!((&line["id"], &line["outcome"]), (&case["id"], &expected["outcome"]), "{line}");
        for key in ["flags", "signposts", "deadlines"] {
            assert_eq!(set(&line[key]), set(&expected[key]), "{}: {key}", line["id"]);
        }
        let has_topics = case["answers"].get("topics").is_some() && expected["outcome"] != "emergency";
        assert_eq!(line.get("parts").is_some(), has_topics, "{line}");
        assert!(expected.get("parts").is_none_or(|parts| *parts == line["parts"]), "{line}");
    }
}

#[test]
fn published_decisions_are_met() {
    let folder = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(root().join("tests/decisions/ombudsman.jsonl")).unwrap();
    let cases: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let files: Vec<PathBuf> = cases
        .iter()
        .map(|case| {
            let file = folder.path().join(format!("{}.json", case["id"].as_str().unwrap()));
            let scenario = json!({ "id": case["id"], "council": case["pilot"], "answers": case["answers"] });
            fs::write(&file, scenario.to_string()).unwrap();
            file
        })
        .collect();
    let printed = lines(&files);
    assert_eq!(printed.len(), 73);
    for (case, line) in cases.iter().zip(printed) {
        let expected = &case["expected"];
        let outcomes = expected["outcome"].as_array().cloned().unwrap_or_else(|| vec![expected["outcome"].clone()]);
        assert!(outcomes.contains(&line["outcome"]), "{line}");
        for key in ["flags", "signposts"] {
            assert!(set(&line[key]).is_superset(&set(&expected[key])), "{key}: {line}");
        }
        assert!(set(&line["flags"]).is_disjoint(&set(&expected["no_flags"])), "{line}");
        for (topic, route) in expected["parts"].as_object().into_iter().flatten() {
            assert_eq!(line["parts"][topic], *route, "{line}");
        }
    }
}

#[test]
fn first_complaint_without_a_topic_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("nothing.json");
    let told = |answers: Value| {
        fs::write(&file, json!({ "id": "N", "council": "bromley", "answers": answers }).to_string()).unwrap();
        let output = simulate(std::slice::from_ref(&file));
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, text) = told(json!({ "who": "parent" }));
    assert_eq!(code, Some(2));
    assert!(text.contains("nothing.json at /answers/topics") && text.contains("homeless_child"), "{text}");
    for enough in [
        json!({ "immediate_danger": true }),
        json!({ "council_response": "paused" }),
        json!({ "stage_reached": "not_known" }),
    ] {
        assert_eq!(told(enough.clone()).0, Some(0), "{enough}");
    }
}
