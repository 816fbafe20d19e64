//! Reading the files of words that only the command line has a use for.

use putright_domain::{
    data::{Document, InvalidFile, pointer_step},
    messages::fill,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads such a file. `check` notes more faults of its words.
///
/// # Errors
/// Returns an error that names the file, the place and what was meant. A name in `{ }` that is none of `known` would stay
/// on the page as it is.
pub fn read<T: DeserializeOwned + Default>(
    file: &str,
    text: &str,
    known: &[&str],
    check: impl Fn(&T, &dyn Fn(&str, &str)),
) -> Result<T, InvalidFile> {
    let document = Document::parse(file, text)?;
    let words = document.root().decode();
    check(&words, &|pointer, problem| document.note(pointer, problem));
    let values: Vec<(&str, &str)> = known.iter().map(|name| (*name, "")).collect();
    let value: Value = serde_json::from_str(text).unwrap_or_default();
    gaps(&value, String::new(), &values, &mut |pointer, gap| {
        let names = known.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(", ");
        let problem = format!("has {{{gap}}}, a name in {{ }} that stands for nothing here; known: {names}");
        document.note(pointer, &problem);
    });
    document.finish(words)
}

fn gaps(value: &Value, at: String, known: &[(&str, &str)], note: &mut impl FnMut(&str, &str)) {
    match value {
        Value::String(text) => {
            let left = fill(text, known);
            if let Some((_, rest)) = left.split_once('{') {
                note(&at, rest.split('}').next().unwrap_or_default());
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| gaps(item, format!("{at}/{index}"), known, note));
        }
        Value::Object(members) => {
            members.iter().for_each(|(name, member)| gaps(member, at.clone() + &pointer_step(name), known, note));
        }
        _ => {}
    }
}
