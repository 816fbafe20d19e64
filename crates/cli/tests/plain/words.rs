//! The file of words.

use std::fs;

use serde_json::{Value, json};

use crate::place::{BROMLEY, Place};

const FILE: &str = "content/en/plain.json";

fn told(change: impl FnOnce(&mut Value)) -> String {
    let place = Place::with(&json!({ "url": "api/submissions" }));
    let path = place.folder().join(FILE);
    let mut words: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    change(&mut words);
    fs::write(&path, words.to_string()).unwrap();
    let output = place.check(&[]);
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn each_way_in_which_it_can_be_wrong_is_said_with_its_place() {
    type Change = fn(&mut Value);
    let cases: [(Change, &str); 6] = [
        (|words| drop(words.as_object_mut().unwrap().remove("send")), "/send: is missing"),
        (|words| words["sent"] = json!("Sent"), "/sent: is not known here"),
        (|words| words["schema_version"] = json!(2), "/schema_version: is 2, but this Putright reads version 1"),
        (|words| drop(words["asks"].as_object_mut().unwrap().remove("effect")), "/asks/effect"),
        (|words| words["asks"]["who"]["missing"] = json!(""), "/asks/who"),
        (|words| words["next"][1] = json!("within {limit:statutory.s9.response} days"), "/next/1"),
    ];
    for (change, wanted) in cases {
        let text = told(change);
        let found = text
            .lines()
            .any(|line| line.starts_with("error: ") && line.contains("plain.json") && line.contains(wanted));
        assert!(found, "{wanted}: {text}");
    }
}

#[test]
fn a_limit_of_the_council_s_own_stands_in_the_form() {
    let days = |days: u32| {
        let site = crate::site::Site::with(&json!({ "url": "api/submissions" }));
        site.place().change(BROMLEY, |council| council["limits"] = json!({ "statutory.s1.response": days }));
        site.prerender();
        site.page().text()
    };
    assert!(days(8).contains("answers within 8 working days"));
    assert!(!days(10).contains("within 8 working days"));
}
