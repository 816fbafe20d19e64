//! Reads what the built-in receiver has stored: a list, one submission whole, its files, and the notices about it.
//!
//! Works while the server runs. All but `retry` open the store for reading only. What it prints and writes is personal data: it is for
//! the council's own officer, and belongs in no log. Files come from strangers. They are what they say as far as their
//! first bytes tell, and nobody has looked for viruses: a machine that does should be the first to open them.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use putright_server::{
    file_permissions,
    files::StoredFile,
    reference_number::Reference,
    store::{DatabaseOptions, Store, StoreError},
};

use crate::{Failure, print_json};

/// Reads what `putright serve` has stored.
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Lists every submission, oldest first, as a JSON array: its reference, when it came, its council and its kind.
    List {
        #[command(flatten)]
        place: DatabaseOptions,
    },
    /// Shows one submission as JSON, whole, with its reference and when it came. `files` in it lists its files.
    Show {
        /// The reference the person was given. Case, spaces and dashes do not matter.
        reference: String,
        #[command(flatten)]
        place: DatabaseOptions,
    },
    /// Writes the files of one submission into a folder, and lists them as JSON. Nothing there is ever written over.
    Files {
        /// The reference the person was given. Case, spaces and dashes do not matter.
        reference: String,
        #[command(flatten)]
        place: DatabaseOptions,
        /// The folder to write into. Made where it is not there, for its owner alone.
        #[arg(long, value_name = "FOLDER")]
        to: PathBuf,
    },
    /// Lists the notices that are not delivered, as JSON: those of `putright serve --notify` that reached nobody yet, and why.
    Outbox {
        /// Lists the delivered ones too.
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        place: DatabaseOptions,
    },
    /// Makes notices that are not delivered due now. The running server delivers them.
    Retry {
        /// The reference of one submission. By default all of them.
        reference: Option<String>,
        #[command(flatten)]
        place: DatabaseOptions,
    },
}

/// Lists, shows or writes files.
///
/// # Errors
/// Where there is no store to read, the reference cannot be one, nothing is stored under it, or a file cannot be written.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::List { place } => {
            let listed = read_store(place, |store| store.list())?;
            print_json(&json!(listed))
        }
        Command::Show { reference, place } => {
            let reference = read(reference)?;
            let found = read_store(place, |store| store.find(&reference))?;
            let found = found.ok_or_else(|| nothing_under(reference))?;
            let submission: Value =
                serde_json::from_str(&found.body).map_err(|error| Failure::unusable(reference, error))?;
            print_json(&json!({
                "reference": reference.to_string(), "received_at": found.received_at, "submission": submission,
            }))
        }
        Command::Files { reference, place, to } => {
            let reference = read(reference)?;
            let found = read_store(place, |store| store.files(&reference))?;
            write_files(&found.ok_or_else(|| nothing_under(reference))?, to)
        }
        Command::Outbox { all, place } => print_json(&json!(read_store(place, |store| store.notices(*all))?)),
        Command::Retry { reference, place } => {
            let reference = reference.as_deref().map(read).transpose()?;
            let due = change_store(place, |store| store.retry_notices(reference.as_ref()))?;
            print_json(&json!({ "due": due }))
        }
    }
}

fn read_store<T>(
    place: &DatabaseOptions,
    read: impl FnOnce(&mut dyn Store) -> Result<T, StoreError>,
) -> Result<T, Failure> {
    let location = place.location().map_err(|error| Failure::Unusable(error.to_string()))?;
    let result = location.open_to_read().and_then(|mut store| read(&mut *store));
    result.map_err(|error| Failure::unusable(&location, error))
}

fn change_store<T>(
    place: &DatabaseOptions,
    change: impl FnOnce(&mut dyn Store) -> Result<T, StoreError>,
) -> Result<T, Failure> {
    let location = place.location().map_err(|error| Failure::Unusable(error.to_string()))?;
    let result = location.open_to_change().and_then(|mut store| change(&mut *store));
    result.map_err(|error| Failure::unusable(&location, error))
}

fn read(reference: &str) -> Result<Reference, Failure> {
    Reference::parse(reference).map_err(|error| Failure::Unusable(format!("that is not a reference: {error}")))
}

fn nothing_under(reference: Reference) -> Failure {
    Failure::Wrong(format!("nothing is stored under {reference}"))
}

/// Writes each file under its place and name. Where one of the names is taken, none is written.
fn write_files(files: &[StoredFile], to: &Path) -> Result<(), Failure> {
    let named: Vec<_> = (1..).zip(files).map(|(place, file)| (format!("{place}-{}", file.name), file)).collect();
    if let Some((name, _)) = named.iter().find(|(name, _)| to.join(name).symlink_metadata().is_ok()) {
        return Err(Failure::unusable(to.join(name).display(), "is there already, and is not written over"));
    }
    if !named.is_empty() {
        file_permissions::folder(to).map_err(|error| Failure::unusable(to.display(), error))?;
    }
    let mut listed = Vec::new();
    for (name, file) in named {
        let path = to.join(&name);
        file_permissions::options()
            .write(true)
            .create_new(true)
            .open(&path)
            .and_then(|mut written| written.write_all(&file.content))
            .map_err(|error| Failure::unusable(path.display(), error))?;
        listed.push(json!({
            "name": name, "media_type": file.kind.media_type(), "bytes": file.content.len(),
        }));
    }
    print_json(&json!(listed))
}
