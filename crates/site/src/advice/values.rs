//! The value to write in place of one of the wrong kind or form.

use serde_json::Value;

use super::dates;
use crate::look::fragment::is_host;

/// Colours that people write by their names.
const COLOURS: [(&str, &str); 16] = [
    ("black", "#000000"),
    ("blue", "#0000ff"),
    ("brown", "#a52a2a"),
    ("darkblue", "#00008b"),
    ("darkgreen", "#006400"),
    ("gray", "#808080"),
    ("green", "#008000"),
    ("grey", "#808080"),
    ("maroon", "#800000"),
    ("navy", "#000080"),
    ("orange", "#ffa500"),
    ("purple", "#800080"),
    ("red", "#ff0000"),
    ("teal", "#008080"),
    ("white", "#ffffff"),
    ("yellow", "#ffff00"),
];

/// Returns what to add to the problem of a value: what to write in its place.
pub fn instead(value: &Value, problem: &str) -> Option<String> {
    let text = value.as_str();
    if problem.starts_with("must be a date") {
        return text.and_then(date);
    }
    if problem.starts_with("must be a colour") {
        return text.and_then(colour).map(|colour| format!("; write \"{colour}\""));
    }
    if problem.starts_with("must be a whole number") {
        let number: u32 = text?.trim().parse().ok()?;
        return Some(format!("; write {number}, without quotation marks"));
    }
    if problem == "must be true or false" {
        let truth = truth(text?)?;
        return Some(format!("; write {truth}, without quotation marks"));
    }
    if problem.starts_with("must be text") {
        return plain(value);
    }
    let wants_https = problem.contains("begin with https://") || problem.contains("begins with https://");
    if wants_https && !problem.contains("write \"https") {
        return text.and_then(address).map(|address| format!("; write \"{address}\""));
    }
    None
}

fn date(text: &str) -> Option<String> {
    match dates::meant(text) {
        Some(day) => Some(format!("; write \"{day}\"")),
        None => dates::is_no_day(text).then(|| format!(", and {text} is no day of the calendar")),
    }
}

/// Returns the colour that a text means, as `#rrggbb`.
fn colour(text: &str) -> Option<String> {
    let name = text.trim().to_lowercase().replace(' ', "");
    if let Some((_, colour)) = COLOURS.iter().find(|(known, _)| *known == name) {
        return Some((*colour).to_owned());
    }
    if let Some(parts) = name.strip_prefix("rgb(").and_then(|rest| rest.strip_suffix(')')) {
        let parts: Vec<u8> = parts.split(',').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
        let [red, green, blue] = parts.as_slice() else { return None };
        return Some(format!("#{red:02x}{green:02x}{blue:02x}"));
    }
    let digits = name.strip_prefix('#').unwrap_or(&name);
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    match digits.len() {
        // The last two of eight say how far it lets light through.
        6 | 8 => digits.get(..6).map(|digits| format!("#{digits}")),
        3 => Some(["#", &digits.chars().flat_map(|one| [one, one]).collect::<String>()].concat()),
        _ => None,
    }
}

fn truth(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" | "y" | "on" | "1" => Some(true),
        "false" | "no" | "n" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// Returns the text that a value means.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Number(_) | Value::Bool(_) => Some(format!(": write \"{value}\"")),
        Value::Null => Some(", and is null: write the text, or take the key out".to_owned()),
        Value::Array(items) => match items.as_slice() {
            [Value::String(text)] => Some(format!(": write \"{text}\", without [ ]")),
            _ => Some(", and is a list: write one text, without [ ]".to_owned()),
        },
        _ => None,
    }
}

/// Returns an address with https that a text means.
fn address(text: &str) -> Option<String> {
    if text.contains(char::is_whitespace) {
        return None;
    }
    match text.strip_prefix("http://") {
        Some(rest) if is_host(rest) => Some(format!("https://{rest}")),
        Some(_) => None,
        None => is_host(text).then(|| format!("https://{text}")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::instead;

    #[test]
    fn the_value_that_is_meant_is_told() {
        let cases: [(Value, &str, Option<&str>); 19] = [
            (json!("21/11/2026"), "must be a date like 2026-12-17", Some("; write \"2026-11-21\"")),
            (json!("2026-02-30"), "must be a date like 2026-12-17", Some(", and 2026-02-30 is no day of the calendar")),
            (json!("soon"), "must be a date like 2026-12-17", None),
            (json!("navy"), "must be a colour like #1d4f91", Some("; write \"#000080\"")),
            (json!("1D4F91"), "must be a colour like #1d4f91", Some("; write \"#1d4f91\"")),
            (json!("#147"), "must be a colour like #1d4f91", Some("; write \"#114477\"")),
            (json!("rgb(29, 79, 145)"), "must be a colour like #1d4f91", Some("; write \"#1d4f91\"")),
            (json!("#1d4fO1"), "must be a colour like #1d4f91", None),
            (json!("3"), "must be a whole number, 0 or more", Some("; write 3, without quotation marks")),
            (json!(2.5), "must be a whole number, 0 or more", None),
            (json!("yes"), "must be true or false", Some("; write true, without quotation marks")),
            (json!("perhaps"), "must be true or false", None),
            (json!(1150), "must be text, in \" \"", Some(": write \"1150\"")),
            (json!(["a@b.uk"]), "must be text, in \" \"", Some(": write \"a@b.uk\", without [ ]")),
            (json!({}), "must be text, in \" \"", None),
            (json!("http://a.uk/x"), "must begin with https://", Some("; write \"https://a.uk/x\"")),
            (json!("a.uk/x"), "must begin with https:// or be a path", Some("; write \"https://a.uk/x\"")),
            (json!("javascript:x"), "must begin with https://", None),
            (json!("http://a.uk"), "must begin with https://; write \"https://a.uk\"", None),
        ];
        for (value, problem, wanted) in cases {
            assert_eq!(instead(&value, problem).as_deref(), wanted, "{value}: {problem}");
        }
    }
}
