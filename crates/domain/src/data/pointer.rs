//! JSON pointers (RFC 6901).

use crate::json::Value;

/// One step of a JSON pointer, escaped as RFC 6901 asks.
pub fn pointer_step(key: &str) -> String {
    let mut step = String::from("/");
    for character in key.chars() {
        match character {
            '~' => step.push_str("~0"),
            '/' => step.push_str("~1"),
            other => step.push(other),
        }
    }
    step
}

/// The value at a JSON pointer.
pub fn at_pointer<'a>(value: &'a Value, pointer: &str) -> Option<&'a Value> {
    let mut steps = pointer.split('/');
    // A pointer is empty, or begins with the slash of its first step.
    steps.next().filter(|before| before.is_empty())?;
    steps.try_fold(value, |value, step| match value {
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        Value::Object(members) => {
            members.iter().find(|(key, _)| pointer_step(key).get(1..) == Some(step)).map(|(_, v)| v)
        }
        _ => None,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that stops has failed")]
mod tests {
    use super::{at_pointer, pointer_step};
    use crate::json;

    #[test]
    fn pointers_are_as_rfc_6901_says() {
        let value = json::parse(r#"{ "a/b": [1, { "m~n": "x" }], "": "y" }"#).unwrap();
        assert_eq!(at_pointer(&value, ""), Some(&value));
        assert_eq!(at_pointer(&value, "/a~1b/1/m~0n"), Some(&"x".into()));
        assert_eq!(at_pointer(&value, "/"), Some(&"y".into()));
        assert_eq!(at_pointer(&value, "/a~1b/2"), None);
        assert_eq!(at_pointer(&value, "a~1b"), None);
        assert_eq!(pointer_step("a/b~c"), "/a~1b~0c");
    }
}
