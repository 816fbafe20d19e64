//! The words that say what to write in place of a wrong value, made from that value; and the faults that only follow from others.

mod dates;
mod nearest;
mod values;

use putright_domain::data::{Diagnostic, MISSING};
use serde_json::Value;

pub use nearest::nearest;

/// The most names that a message lists. A list that nobody reads hides the message.
const MOST_NAMES: usize = 40;
/// The words before the names that a reader knows.
const KNOWN: &str = "; known: ";

/// Adds to a fault what to write, where the value that stands there shows it.
pub fn refined(whole: &Value, mut fault: Diagnostic) -> Diagnostic {
    if let Some(problem) = named(&fault) {
        fault.problem = problem;
        return fault;
    }
    if fault.pointer.is_empty() && fault.problem.starts_with("must be an object") {
        fault.problem += ": the whole file begins with { and ends with }";
    }
    let value = whole.pointer(&fault.pointer);
    if let Some(instead) = value.and_then(|value| values::instead(value, &fault.problem)) {
        fault.problem += &instead;
    }
    fault
}

/// The problem of a name that is not known, with the one that is meant.
fn named(fault: &Diagnostic) -> Option<String> {
    let (problem, names) = fault.problem.split_once(KNOWN)?;
    let names: Vec<&str> = names.split(", ").collect();
    let key = fault.pointer.rsplit('/').next().unwrap_or_default().replace("~1", "/").replace("~0", "~");
    let name = problem.split('"').nth(1).unwrap_or(&key);
    if let Some(meant) = nearest(name, &names) {
        return Some(format!("{problem}; write \"{meant}\""));
    }
    let is_long = names.len() > MOST_NAMES;
    is_long.then(|| format!("{problem}; the names are those in Putright's own file of this name"))
}

/// Leaves out what only follows from another fault: one within a value of the wrong kind, and a missing key that stands there under
/// a wrong name.
pub fn without_consequences(faults: &[Diagnostic]) -> Vec<Diagnostic> {
    let follows = |fault: &Diagnostic| {
        let mut others = faults.iter().filter(|other| other.file == fault.file);
        others.any(|other| is_within(fault, other) || (fault.problem.starts_with(MISSING) && is_misspelt(fault, other)))
    };
    faults.iter().filter(|fault| !follows(fault)).cloned().collect()
}

/// Leaves out all but the first fault of each place. For the faults of one reader alone: a value that it cannot read is nothing that it
/// can find a second fault in.
pub fn first_at_each_place(faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut told: Vec<Diagnostic> = Vec::new();
    for fault in faults {
        let is_told = |one: &Diagnostic| one.file == fault.file && one.pointer == fault.pointer;
        if fault.pointer.is_empty() || !told.iter().any(is_told) {
            told.push(fault);
        }
    }
    told
}

/// Returns whether a fault is within a value that is of the wrong kind as a whole.
fn is_within(fault: &Diagnostic, other: &Diagnostic) -> bool {
    let below = fault.pointer.strip_prefix(&other.pointer).is_some_and(|rest| rest.starts_with('/'));
    below
        && !other.pointer.is_empty()
        && ["must be an object", "must be a list"].iter().any(|kind| other.problem.starts_with(kind))
}

/// Returns whether another fault says that the missing key stands beside under a wrong name.
fn is_misspelt(missing: &Diagnostic, other: &Diagnostic) -> bool {
    let Some((parent, key)) = missing.pointer.rsplit_once('/') else { return false };
    let beside = other.pointer.rsplit_once('/').is_some_and(|(place, _)| place == parent);
    beside && other.problem.ends_with(&format!("write \"{key}\""))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that stops has failed")]
mod tests {
    use putright_domain::data::{Diagnostic, InvalidFile};
    use serde_json::json;

    use super::{first_at_each_place, refined, without_consequences};

    fn fault(pointer: &str, problem: &str) -> Diagnostic {
        InvalidFile::at("a.json", pointer, problem).into_diagnostics().next().unwrap()
    }

    #[test]
    fn a_name_that_is_nearly_known_is_told_alone() {
        let told = |pointer: &str, problem: &str| refined(&json!({}), fault(pointer, problem)).problem;
        assert_eq!(told("/color", "is not known here; known: colour, name"), "is not known here; write \"colour\"");
        assert_eq!(
            told("/x", "\"drupl\" is not known; known: drupal, n8n"),
            "\"drupl\" is not known; write \"drupal\""
        );
        assert_eq!(told("/shape", "is not known here; known: colour"), "is not known here; known: colour");
        let many = ["is not known here; known: ", &["name"; 50].join(", ")].concat();
        assert!(told("/shape", &many).ends_with("the names are those in Putright's own file of this name"));
    }

    #[test]
    fn what_only_follows_is_left_out_and_nothing_else() {
        let kept = without_consequences(&first_at_each_place(vec![
            fault("/brand", "must be an object, in { }"),
            fault("/brand/colour", "must be a colour"),
            fault("/Name", "is not known here; write \"name\""),
            fault("/name", "is missing; write it, for example"),
            fault("/team", "is missing"),
            fault("/team", "is empty"),
            fault("", "has no comma"),
            fault("", "has no colon"),
        ]));
        let pointers: Vec<&str> = kept.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(pointers, ["/brand", "/Name", "/team", "", ""]);
    }
}
