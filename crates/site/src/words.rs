//! Reading the files of words that only the command line has a use for.

use putright_domain::{
    data::{InvalidFile, pointer_step},
    messages::fill,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads such a file.
///
/// # Errors
/// Returns an error that names the file, the place and what was meant. Where a name in `{ }` is none of `known`, it
/// would stay on the page as it is.
pub fn read<T: DeserializeOwned>(file: &str, text: &str, known: &[&str]) -> Result<T, InvalidFile> {
    let words: T =
        serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_str(text)).map_err(|error| {
            let pointer = error.path().iter().map(|step| match step {
                serde_path_to_error::Segment::Seq { index } => format!("/{index}"),
                step => pointer_step(&step.to_string()),
            });
            InvalidFile::at(file, pointer.collect::<String>(), error.inner().to_string())
        })?;
    let value: Value = serde_json::from_str(text).unwrap_or_default();
    if value.get("schema_version").and_then(Value::as_u64) != Some(1) {
        return Err(InvalidFile::at(file, "/schema_version", "must be 1"));
    }
    let known: Vec<(&str, &str)> = known.iter().map(|name| (*name, "")).collect();
    match first_gap(&value, String::new(), &known) {
        Some((pointer, gap)) => {
            let problem = format!("has a name in {{ }} that stands for nothing here: {gap}");
            Err(InvalidFile::at(file, pointer, problem))
        }
        None => Ok(words),
    }
}

fn first_gap(value: &Value, at: String, known: &[(&str, &str)]) -> Option<(String, String)> {
    match value {
        Value::String(text) => {
            let left = fill(text, known);
            let (_, rest) = left.split_once('{')?;
            Some((at, rest.split('}').next().unwrap_or_default().to_owned()))
        }
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(index, item)| first_gap(item, format!("{at}/{index}"), known))
        }
        Value::Object(members) => {
            members.iter().find_map(|(name, member)| first_gap(member, at.clone() + &pointer_step(name), known))
        }
        _ => None,
    }
}
