//! The blanks of a council's file that `putright init` leaves: texts that begin with [`MARK`] and say what to write.

use putright_domain::data::{Diagnostics, InvalidFile, pointer_step};
use serde_json::Value;

/// The beginning of every blank.
pub const MARK: &str = "FILL IN: ";

/// Makes a blank that says what to write.
pub fn blank(wanted: &str) -> String {
    [MARK, wanted].concat()
}

/// Returns what was read of a file only if it has no blanks.
///
/// # Errors
/// Returns an error that names each blank and what to write there, with the other faults of the file.
pub fn refuse<T>(file: &str, text: &str, read: Result<T, InvalidFile>) -> Result<T, InvalidFile> {
    let Ok(value) = serde_json::from_str::<Value>(text) else { return read };
    let found = Diagnostics::new(file);
    note(&value, "", &found);
    if found.is_clean() {
        return read;
    }
    if let Err(error) = &read {
        // A fault at the place of a blank only follows from it, and is not noted again.
        for fault in error.clone().apart() {
            found.note(&fault.pointer, &fault.problem);
        }
    }
    found.finish(()).and(read)
}

fn note(value: &Value, at: &str, found: &Diagnostics<'_>) {
    match value {
        Value::String(text) => {
            if let Some(wanted) = text.strip_prefix(MARK.trim_end()) {
                found.note(at, &["is still to be filled in: write ", wanted.trim()].concat());
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                note(item, &format!("{at}/{index}"), found);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                note(member, &[at, &pointer_step(key)].concat(), found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use putright_domain::data::InvalidFile;

    use super::{blank, refuse};

    #[test]
    fn each_blank_is_told_once_with_what_to_write_and_with_the_other_faults() {
        let text =
            serde_json::json!({ "name": blank("its name"), "numbers": [blank("a number")], "size": 1 }).to_string();
        let at = |pointer: &str, problem: &str| InvalidFile::at("a.json", pointer, problem);
        let told = |read: Result<u8, InvalidFile>| -> Vec<String> {
            refuse("a.json", &text, read).unwrap_err().apart().map(|fault| fault.to_string()).collect()
        };
        let blanks = [
            "a.json at /name: is still to be filled in: write its name",
            "a.json at /numbers/0: is still to be filled in: write a number",
        ];
        assert_eq!(told(Ok(1)), blanks);
        assert_eq!(told(Err(at("/numbers/0", "must be digits"))), blanks);
        assert_eq!(told(Err(at("/size", "is too small"))), [blanks[0], blanks[1], "a.json at /size: is too small"]);
        assert_eq!(refuse("a.json", "{\"name\": \"Fill in the form\"}", Ok(1)), Ok(1));
    }
}
