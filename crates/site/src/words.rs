//! Reading the files of words that only the command line has a use for.

use putright_domain::{
    data::{Document, InvalidFile},
    messages::fill,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::json_values::each_text;

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
    each_text(&value, &mut |pointer, text| {
        let left = fill(text, &values);
        let Some((_, rest)) = left.split_once('{') else { return };
        let gap = rest.split('}').next().unwrap_or_default();
        let names = known.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(", ");
        let problem = format!("has {{{gap}}}, a name in {{ }} that stands for nothing here; known: {names}");
        document.note(&pointer, &problem);
    });
    document.finish(words)
}
