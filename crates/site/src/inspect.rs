//! `putright inspect`: prints a bundle as JSON, so that people can look at what is live.

use std::{fs, path::PathBuf};

use clap::Args;
use putright_domain::bundle;

use crate::command::{CliError, print_json};

/// The most bytes of a bundle.
const MOST: u64 = 16 << 20;

/// Prints a bundle (`bundles/*.bin`) as JSON.
#[derive(Args)]
pub struct Arguments {
    /// The bundle.
    file: PathBuf,
}

/// Prints a bundle.
///
/// # Errors
/// Returns an error if the file cannot be read or is not a bundle of this version.
pub fn run(arguments: &Arguments) -> Result<(), CliError> {
    let file = arguments.file.display();
    let unusable = |error: &dyn std::fmt::Display| CliError::unusable(file.to_string(), error);
    let length = fs::metadata(&arguments.file).map_err(|error| unusable(&error))?.len();
    if length > MOST {
        return Err(unusable(&"is larger than any bundle: name a file of bundles/"));
    }
    let bytes = fs::read(&arguments.file).map_err(|error| unusable(&error))?;
    let shown = bundle::inspect(&bytes).map_err(|error| CliError::Wrong(format!("{file}: {error}")))?;
    print_json(&serde_json::to_value(shown).map_err(|error| unusable(&error))?)
}
