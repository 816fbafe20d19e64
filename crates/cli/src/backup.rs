//! Copies what the built-in receiver has stored into one file, and makes a store from such a file.
//!
//! A copy is personal data like the store itself: it is made for its owner alone, and nothing in it is encrypted.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::Args;
use serde_json::json;

use putright_server::{
    file_permissions,
    store::{
        StoreError,
        sqlite::{SqliteStore, backup},
    },
};

use putright_site::command::{CliError, print_json};

/// Copies what `putright serve` has stored into a new file, while it runs or not.
///
/// The file is for its owner alone (mode 600), is checked before it gets its name, and is never written over another.
#[derive(Args)]
pub struct BackupArguments {
    /// The folder that `putright serve` keeps submissions in.
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// The file to write. It must not be there.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

/// Makes the store of `putright serve` from a file that `putright backup` wrote, in a folder that has none.
#[derive(Args)]
pub struct RestoreArguments {
    /// The file to read.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// The folder for `putright serve` to keep submissions in. Made where it is not there, for its owner alone.
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
}

/// Writes a copy, and prints its contents as JSON.
///
/// # Errors
/// Returns an error if there is no store, or the file cannot be written.
pub fn back_up(arguments: &BackupArguments) -> Result<(), CliError> {
    let store = SqliteStore::open_to_read(&arguments.data)
        .map_err(|error| CliError::unusable(arguments.data.display(), error))?;
    let copied = store.copy_to(&arguments.to).map_err(|error| said(&arguments.to, &error))?;
    print_json(&json!({ "file": arguments.to, "copied": copied }))
}

/// Creates a store, and prints its contents as JSON.
///
/// # Errors
/// Returns an error if the folder has a store, or the file is not a copy of one.
pub fn restore(arguments: &RestoreArguments) -> Result<(), CliError> {
    if let Some(mode) = file_permissions::open_to_others(&arguments.from) {
        let file = arguments.from.display();
        let _ = writeln!(
            io::stderr(),
            "putright: {file}: other users of this machine can read it (mode {mode:03o}): chmod 600 {file}"
        );
    }
    let restored = backup::restore(&arguments.from, &arguments.data).map_err(|error| said(&arguments.from, &error))?;
    print_json(&json!({ "data": arguments.data, "restored": restored }))
}

fn said(file: &std::path::Path, error: &StoreError) -> CliError {
    CliError::unusable(file.display(), error)
}
