//! Secrets in files.

use std::{fs, path::Path};

use crate::ServerError;

/// Reads a secret from a file, without the end of its line.
///
/// # Errors
/// Returns an error if the file cannot be read or is empty.
pub fn secret(path: &Path) -> Result<String, ServerError> {
    let text = fs::read_to_string(path).map_err(|error| ServerError::new(path.display(), error))?;
    let secret = text.trim_end_matches(['\r', '\n']);
    if secret.is_empty() {
        return Err(ServerError::new(path.display(), "is empty; write the secret into it, on one line"));
    }
    Ok(secret.to_owned())
}
