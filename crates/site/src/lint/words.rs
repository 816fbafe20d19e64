//! Checks the texts that a council puts in the place of Putright's: names in `{ }`, HTML, and texts that are empty.

use std::collections::BTreeSet;

use putright_domain::data::InvalidFile;
use serde_json::Value;

use super::{Findings, texts};
use crate::overlay::changes;

/// Checks a file of words beside Putright's.
pub fn check(file: &str, patch: &Value, product: &Value, found: &mut Findings) {
    for (pointer, own) in changes(patch) {
        let Some(own) = own.as_str() else { continue };
        if let Some(problem) = texts::html(own).or_else(|| open_brace(own)) {
            found.errors.push(InvalidFile::at(file, pointer, problem));
            continue;
        }
        let theirs = product.pointer(&pointer).and_then(Value::as_str);
        if let Some(problem) = theirs.and_then(|theirs| strange(own, theirs)) {
            found.warnings.push(InvalidFile::at(file, pointer, problem));
        }
    }
}

/// The problem of a text with a bracket that has no other.
fn open_brace(text: &str) -> Option<String> {
    let mut open = false;
    for mark in text.chars().filter(|one| matches!(one, '{' | '}')) {
        if (mark == '{') == open {
            return Some(lonely(mark));
        }
        open = !open;
    }
    open.then(|| lonely('{'))
}

fn lonely(mark: char) -> String {
    format!("has a {mark} without its other half; a name stands between both, such as {{council}}")
}

/// The problem of a text that says less, or names something else, than Putright's.
fn strange(own: &str, theirs: &str) -> Option<String> {
    if own.trim().is_empty() && !theirs.trim().is_empty() {
        return Some("is empty, where Putright says something; write your words, or take the key out".to_owned());
    }
    let known = names(theirs);
    // Names of limits are checked on their own.
    let unknown = names(own).into_iter().find(|name| !name.contains(':') && !known.contains(name))?;
    let instead = if known.is_empty() {
        "write the words themselves: Putright's text has no such name".to_owned()
    } else {
        let known: Vec<String> = known.iter().map(|name| format!("{{{name}}}")).collect();
        format!("Putright's text has {}", known.join(", "))
    };
    Some(format!("has {{{unknown}}}, a name in {{ }} that may stand for nothing here; {instead}"))
}

fn names(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Findings, check};

    #[test]
    fn a_text_is_held_against_putright_s() {
        let product = json!({ "words": { "back": "Back to {council}", "send": "Send" } });
        let told = |key: &str, text: &str| {
            let mut found = Findings::default();
            check("adult.json", &json!({ "words": { key: text } }), &product, &mut found);
            found.errors.iter().chain(&found.warnings).map(|one| one.problem.clone()).collect::<String>()
        };
        assert_eq!(told("back", "Return to {council}"), "");
        assert_eq!(told("send", "Send it within {limit:statutory.s1.response} days"), "");
        assert!(told("back", "Back to {town}").starts_with("has {town}, a name"));
        assert!(told("send", "Send to {town}").ends_with("Putright's text has no such name"));
        assert!(told("back", "Back to {council").starts_with("has a { without its other half"));
        assert!(told("back", "Back to council}").starts_with("has a } without"));
        assert!(told("back", "Back {{council}}").starts_with("has a { without"));
        assert!(told("back", "<b>Back</b>").starts_with("has HTML, <b>"));
        assert!(told("send", " ").starts_with("is empty"));
    }
}
