//! Examples of values, made from a JSON Schema: for a message about a key that is missing.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Format;

/// The most objects and lists within each other in an example.
const DEEPEST: u32 = 4;

/// Returns `"key": value` for the member at a pointer of a file, or the value of an item, as an example of what to write there.
pub fn of_member(format: Format, pointer: &str) -> Option<String> {
    let (_, key) = pointer.rsplit_once('/')?;
    let schema = format.schema();
    let example = example(&schema, at(&schema, &schema, pointer)?, key, DEEPEST);
    if key.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(spaced(&example));
    }
    Some(format!("\"{}\": {}", unescaped(key), spaced(&example)))
}

fn unescaped(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// The schema of the value at a pointer.
fn at<'a>(whole: &'a Value, schema: &'a Value, pointer: &str) -> Option<&'a Value> {
    let schema = resolved(whole, schema);
    let Some(rest) = pointer.strip_prefix('/') else { return Some(schema) };
    let (step, rest) = rest.find('/').map_or((rest, ""), |end| rest.split_at(end));
    let step = unescaped(step);
    let below = [
        schema.get("properties").and_then(|members| members.get(&step)),
        schema.get("items").filter(|_| step.bytes().all(|byte| byte.is_ascii_digit())),
        schema.get("additionalProperties").filter(|inner| inner.is_object()),
    ];
    let found = below.into_iter().flatten().find_map(|inner| at(whole, inner, rest));
    found.or_else(|| choices(schema).find_map(|choice| at(whole, choice, pointer)))
}

/// The schemas of which one holds.
fn choices(schema: &Value) -> impl Iterator<Item = &Value> {
    ["anyOf", "oneOf", "allOf"].iter().filter_map(|key| schema.get(key)?.as_array()).flatten()
}

fn resolved<'a>(whole: &'a Value, schema: &'a Value) -> &'a Value {
    let target = schema.get("$ref").and_then(Value::as_str).and_then(|target| whole.pointer(target.strip_prefix('#')?));
    target.unwrap_or(schema)
}

fn example(whole: &Value, schema: &Value, key: &str, deepest: u32) -> Value {
    if let Some(given) = schema.get("examples").and_then(|examples| examples.get(0)) {
        return given.clone();
    }
    let schema = resolved(whole, schema);
    let first = |key: &str| schema.get(key).and_then(|list| list.get(0));
    if let Some(given) = first("examples").or_else(|| first("enum")).or_else(|| schema.get("const")) {
        return given.clone();
    }
    if let Some(choice) = choices(schema).next() {
        return example(whole, choice, key, deepest);
    }
    match schema.get("type").and_then(|kind| kind.as_str().or_else(|| kind.get(0)?.as_str())) {
        Some("object") if deepest > 0 => object(whole, schema, deepest),
        Some("array") if deepest > 0 => match schema.get("items") {
            Some(items) => json!([example(whole, items, key, deepest - 1)]),
            None => json!([]),
        },
        Some("object") => json!({}),
        Some("array") => json!([]),
        Some("integer" | "number") => schema.get("minimum").filter(|least| **least != 0).cloned().unwrap_or(json!(10)),
        Some("boolean") => json!(true),
        _ if schema.get("format").is_some_and(|format| format == "date") => json!(day(key)),
        _ => json!("…"),
    }
}

/// An example of a day: of one gone by, or by which to check again.
fn day(key: &str) -> &'static str {
    if key == "review_by" { "2027-05-21" } else { "2026-11-21" }
}

/// The members that have to be there; where none has to, those that have an example.
fn object(whole: &Value, schema: &Value, deepest: u32) -> Value {
    let none = Map::new();
    let members = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
    let required: Vec<&str> =
        schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let of_note = |schema: &Value| schema.get("examples").is_some();
    let shown = members
        .iter()
        .filter(|(key, schema)| required.contains(&key.as_str()) || required.is_empty() && of_note(schema));
    let shown: BTreeMap<&String, Value> =
        shown.map(|(key, schema)| (key, example(whole, schema, key, deepest - 1))).collect();
    json!(shown)
}

/// JSON in one line, with spaces as people write them.
fn spaced(value: &Value) -> String {
    match value {
        Value::Object(members) if !members.is_empty() => {
            let members = members.iter().map(|(key, member)| format!("\"{key}\": {}", spaced(member)));
            format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(spaced).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}
