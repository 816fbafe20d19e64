//! What is wrong in a data file, told so that the person who wrote it can mend it: the file, the place, what was meant.

use std::fmt;

use serde::de::DeserializeOwned;

/// A fault in one of the files that a council, or a translator, writes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct DataError {
    /// The file's path or address.
    pub file: String,
    /// Where in the file, as a JSON pointer (RFC 6901); empty for the whole file.
    pub pointer: String,
    /// What is wrong and what was meant.
    pub problem: String,
}

impl DataError {
    /// A fault at one place of a file.
    pub fn at(file: &str, pointer: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { file: file.to_owned(), pointer: pointer.into(), problem: problem.into() }
    }
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if !self.pointer.is_empty() {
            write!(f, " at {}", self.pointer)?;
        }
        write!(f, ": {}", self.problem)
    }
}

/// One step of a JSON pointer, escaped as RFC 6901 asks.
pub fn pointer_step(key: &str) -> String {
    format!("/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// Reads JSON into a value.
///
/// # Errors
/// Names the file and, on the host, the JSON pointer; in the browser the line and column stand in the problem instead.
#[cfg(not(target_arch = "wasm32"))]
pub fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, DataError> {
    use serde_path_to_error::Segment;

    let mut source = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut source).map_err(|fault| {
        let mut pointer = String::new();
        for segment in fault.path() {
            match segment {
                Segment::Seq { index } => pointer += &pointer_step(&index.to_string()),
                Segment::Map { key } => pointer += &pointer_step(key),
                Segment::Enum { variant } => pointer += &pointer_step(variant),
                Segment::Unknown => {}
            }
        }
        let told = fault.inner().to_string();
        let problem = if fault.inner().is_data() { told } else { format!("is not JSON: {told}") };
        DataError::at(file, pointer, problem)
    })?;
    source.end().map_err(|fault| DataError::at(file, "", format!("is not JSON: {fault}")))?;
    Ok(value)
}

/// Reads JSON into a value.
///
/// # Errors
/// Names the file, and the line and column where it goes wrong.
#[cfg(target_arch = "wasm32")]
pub fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, DataError> {
    serde_json::from_str(text).map_err(|fault| DataError::at(file, "", fault.to_string()))
}

/// Checks the version that a file says it is written for.
///
/// # Errors
/// Where it is not 1, the only one there is.
pub fn expect_version(file: &str, version: u32) -> Result<(), DataError> {
    if version == 1 {
        return Ok(());
    }
    Err(DataError::at(file, "/schema_version", format!("is {version}, but this Putright reads version 1")))
}
