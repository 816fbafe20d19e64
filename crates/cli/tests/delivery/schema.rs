//! `putright schema delivery`: it says what the app's reader says, as far as a schema can.

use std::fs;

use jsonschema::Validator;
use putright_domain::delivery::config::PRESETS;
use serde_json::{Value, json};

use crate::{
    documented::{blocks, read},
    place::{putright, root},
};

fn schema() -> Validator {
    let text = fs::read_to_string(root().join("public/schema/delivery-1.json")).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
}

fn faults(schema: &Validator, block: &Value) -> String {
    schema
        .iter_errors(block)
        .map(|fault| format!("{fault} at {}", fault.instance_path()))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn what_is_published_is_what_is_printed() {
    let printed = String::from_utf8(putright(&["schema", "delivery"]).stdout).unwrap();
    let published = fs::read_to_string(root().join("public/schema/delivery-1.json")).unwrap();
    assert_eq!(printed, published, "write it anew: make schema");
}

/// Returns good deliveries: the presets with all their keys, the councils that ship, and the page of documentation.
fn good() -> Vec<Value> {
    let presets: Value = serde_json::from_str(PRESETS).unwrap();
    let whole = |(name, preset): (&String, &Value)| {
        let mut block = preset.clone();
        block["preset"] = name.as_str().into();
        block["url"] = "https://forms.example.gov.uk/x?y=1#z".into();
        block
    };
    let mut good: Vec<Value> = presets.as_object().unwrap().iter().map(whole).collect();
    good.extend(blocks().into_iter().map(|(_, block)| block));
    for entry in fs::read_dir(root().join("public/councils")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let council: Value = serde_json::from_str(&text).unwrap();
        good.extend(council.get("delivery").cloned());
    }
    good
}

#[test]
fn presets_the_councils_that_ship_and_the_documentation_are_valid() {
    let schema = schema();
    let good = good();
    assert!(good.len() > 30);
    for block in good {
        assert!(read(&block).is_ok(), "{block}");
        assert_eq!(faults(&schema, &block), "", "{block}");
    }
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table of cases")]
fn what_the_reader_refuses_for_its_shape_the_schema_refuses_too() {
    let schema = schema();
    let form = |form: Value| json!([{ "form": form }]);
    for (key, value) in [
        ("colour", json!("red")),
        ("preset", json!("open312")),
        ("send", json!("pigeon")),
        ("url", json!("http://council.example/")),
        ("url", json!("")),
        ("url", json!("//council.example/x")),
        ("url", json!("mailto:a@council.example")),
        ("url", json!("http://localhost.council.example/")),
        ("method", json!("GET")),
        ("method", json!("PATCH")),
        ("encoding", json!("xml")),
        ("headers", json!({ "A": 1 })),
        ("fields", json!({ "/a": { "from": "a" } })),
        ("fields", json!({ "/a": { "from": "/a", "value": "b" } })),
        ("fields", json!({ "/a": {} })),
        ("fields", json!({ "/a": { "value": "b", "most": 3 } })),
        ("fields", json!({ "/a": { "value": "b", "max": 0 } })),
        ("needs", json!("message")),
        ("credentials", json!("always")),
        ("csrf", json!({ "url": "/t", "read": "html", "header": "X" })),
        ("csrf", json!({ "url": "/t", "read": "text" })),
        ("csrf", json!({ "url": "/t", "read": "text", "header": "X", "field": "x" })),
        ("csrf", json!({ "read": "text", "header": "X" })),
        ("csrf", json!({ "url": "/t", "read": { "json": "/a", "cookie": "b" }, "header": "X" })),
        ("idempotency", json!({ "query": "id" })),
        ("idempotency", json!({})),
        ("timeout_seconds", json!(0)),
        ("timeout_seconds", json!(301)),
        ("timeout_seconds", json!("30")),
        ("retry", json!({ "most": 6 })),
        ("retry", json!({ "wait_seconds": 1 })),
        ("retry", json!({ "most": 1, "for_ever": true })),
        ("success", json!({ "status": [200] })),
        ("success", json!({ "status": [200], "body": [] })),
        ("success", json!({ "status": [302], "body": [{ "empty": true }] })),
        ("success", json!({ "status": [200], "body": [{ "json": "/a", "is": "there" }] })),
        ("success", json!({ "status": [200], "body": [{ "contains": "" }] })),
        ("success", json!({ "status": [200], "body": [{ "empty": false }] })),
        ("success", json!({ "status": [200], "body": [{ "any": [{ "is": "present" }] }] })),
        ("reference", json!(["reference"])),
        ("reference", json!([{ "cookie": "a" }])),
        ("errors", json!([{ "list": "errors" }])),
        ("errors", json!([{ "map": "/a", "says": "/b" }])),
        ("errors", json!([{ "words": "/a" }])),
        ("opens", json!("pop_up")),
        ("skeleton", json!("yes")),
        ("files", json!({ "send": "fax", "field": "file" })),
        ("files", json!({ "send": "multipart", "part": "a", "field": "b", "types": ["film"] })),
        ("files", json!({ "send": "multipart", "part": "a", "field": "b", "most": 51 })),
        ("files", json!({ "send": "multipart", "part": "a", "field": "b", "size": 51 })),
        ("fallbacks", json!([])),
        ("fallbacks", json!(["fax"])),
        ("fallbacks", json!(["email"])),
        ("fallbacks", json!(["form"])),
        ("fallbacks", json!([{ "email": { "address": "a b@c.example" } }])),
        ("fallbacks", json!([{ "email": { "address": "a@c.example", "cc": "b@c.example" } }])),
        ("fallbacks", form(json!({ "url": "/x" }))),
        ("fallbacks", form(json!({ "url": "/x", "fields": {}, "headers": {} }))),
    ] {
        let mut block = json!({ "url": "api/submissions" });
        block[key] = value;
        assert!(read(&block).is_err(), "the reader takes {block}");
        assert_ne!(faults(&schema, &block), "", "the schema takes {block}");
    }
}

/// Whatever is put in any place of what is good: where the reader takes it, the schema does.
#[test]
fn the_schema_is_nowhere_stricter_than_the_reader() {
    let schema = schema();
    let (mut tried, mut both) = (0, 0);
    for block in good() {
        for pointer in places(&block, "") {
            for value in [
                json!(null),
                json!(true),
                json!(false),
                json!(0),
                json!(1),
                json!(200),
                json!(1.5),
                json!(""),
                json!("a"),
                json!("/a"),
                json!([]),
                json!(["/a"]),
                json!({}),
                json!({ "header": "A" }),
                json!({ "text": "a" }),
            ] {
                let mut changed = block.clone();
                *changed.pointer_mut(&pointer).unwrap() = value;
                tried += 1;
                if read(&changed).is_ok() {
                    both += 1;
                    // What is of no use to it, the reader does not look at: how files are sent where none are, and where
                    // nothing is sent, its address.
                    let no_files = changed.pointer("/files/send") == Some(&json!("none"));
                    let no_address = changed["send"] == "none" || changed["preset"] == "no-endpoint";
                    // The plain form is read by the command line alone: its own tests hold that to the schema.
                    let not_its_own = pointer.starts_with("/plain_form");
                    let passed_over = no_files || not_its_own || no_address && pointer == "/url";
                    assert!(passed_over || faults(&schema, &changed).is_empty(), "{pointer} of {changed}");
                }
            }
        }
    }
    assert!(tried > 5000 && both > 500, "{both} of {tried}");
}

fn places(value: &Value, at: &str) -> Vec<String> {
    let inner: Vec<(String, &Value)> = match value {
        Value::Array(items) => items.iter().enumerate().map(|(place, item)| (place.to_string(), item)).collect(),
        Value::Object(members) => {
            members.iter().map(|(key, member)| (key.replace('~', "~0").replace('/', "~1"), member)).collect()
        }
        _ => Vec::new(),
    };
    let mut found = Vec::new();
    for (step, value) in inner {
        let pointer = format!("{at}/{step}");
        found.extend(places(value, &pointer));
        found.push(pointer);
    }
    found
}
