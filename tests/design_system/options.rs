//! A fixture's options as paths: `items[].hint.text`. What says nothing (null, an empty list) is not there.

use serde_json::Value;

/// The paths of what an option holds, each with its text.
pub fn paths(options: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect("", options, &mut found);
    found
}

fn collect(path: &str, value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::Null => {}
        Value::Object(members) => {
            for (name, member) in members {
                collect(&if path.is_empty() { name.clone() } else { format!("{path}.{name}") }, member, found);
            }
        }
        Value::Array(items) => {
            for item in items.iter().filter(|item| item.is_object()) {
                collect(&format!("{path}[]"), item, found);
            }
            for item in items.iter().filter(|item| !item.is_object() && is_there(item)) {
                found.push((path.to_owned(), text_of(item)));
            }
        }
        other => found.push((path.to_owned(), text_of(other))),
    }
}

/// A template's notion of something.
pub fn is_there(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(false)) && value.as_str() != Some("")
}

pub fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A text at a place; empty where there is none.
pub fn text(options: &Value, pointer: &str) -> String {
    options.pointer(pointer).filter(|value| is_there(value)).map(text_of).unwrap_or_default()
}

/// The objects of a list.
pub fn list<'a>(options: &'a Value, pointer: &str) -> Vec<&'a Value> {
    let items = options.pointer(pointer).and_then(Value::as_array);
    items.into_iter().flatten().filter(|item| item.is_object()).collect()
}

pub fn flag(options: &Value, pointer: &str) -> bool {
    options.pointer(pointer).is_some_and(is_there)
}
