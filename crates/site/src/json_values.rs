//! Walks through JSON values.

use putright_domain::data::pointer_step;
use serde_json::Value;

/// Shows each text of a file with its JSON pointer.
pub fn each_text(whole: &Value, see: &mut impl FnMut(String, &str)) {
    look(whole, String::new(), see);
}

fn look(value: &Value, pointer: String, see: &mut impl FnMut(String, &str)) {
    match value {
        Value::String(text) => see(pointer, text),
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                look(item, format!("{pointer}/{at}"), see);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                look(member, pointer.clone() + &pointer_step(key), see);
            }
        }
        _ => {}
    }
}
