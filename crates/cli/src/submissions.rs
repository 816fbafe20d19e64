//! Reads what the built-in receiver has stored: a list, one submission whole, and its files.
//!
//! Opens the store for reading only, and works while the server runs. What it prints and writes is personal data: it is for
//! the council's own officer, and belongs in no log. Files come from strangers. They are what they say as far as their
//! first bytes tell, and nobody has looked for viruses: a machine that does should be the first to open them.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use putright_server::{file_permissions, files::KeptFile, reference_number::Reference, store::Store};

use putright_site::command::{CliError, print_json};

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
        place: Place,
    },
    /// Shows one submission as JSON, whole, with its reference and when it came. `files` in it lists its files.
    Show {
        /// The reference the person was given. Case, spaces and dashes do not matter.
        reference: String,
        #[command(flatten)]
        place: Place,
    },
    /// Writes the files of one submission into a folder, and lists them as JSON. Nothing there is ever written over.
    Files {
        /// The reference the person was given. Case, spaces and dashes do not matter.
        reference: String,
        #[command(flatten)]
        place: Place,
        /// The folder to write into. Made where it is not there, for its owner alone.
        #[arg(long, value_name = "FOLDER")]
        to: PathBuf,
    },
}

#[derive(Args)]
struct Place {
    /// The folder that `putright serve` keeps submissions in.
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
}

/// Lists, shows or writes files.
///
/// # Errors
/// Where there is no store to read, the reference cannot be one, nothing is stored under it, or a file cannot be written.
pub fn run(arguments: &Arguments) -> Result<(), CliError> {
    match &arguments.command {
        Command::List { place } => {
            let listed = open(place)?.list().map_err(|error| CliError::unusable(place.data.display(), error))?;
            print_json(&json!(listed))
        }
        Command::Show { reference, place } => {
            let reference = read(reference)?;
            let found =
                open(place)?.find(&reference).map_err(|error| CliError::unusable(place.data.display(), error))?;
            let (received_at, body) = found.ok_or_else(|| nothing_under(reference))?;
            let submission: Value =
                serde_json::from_str(&body).map_err(|error| CliError::unusable(reference, error))?;
            print_json(&json!({
                "reference": reference.to_string(), "received_at": received_at, "submission": submission,
            }))
        }
        Command::Files { reference, place, to } => {
            let reference = read(reference)?;
            let found =
                open(place)?.files(&reference).map_err(|error| CliError::unusable(place.data.display(), error))?;
            write_files(&found.ok_or_else(|| nothing_under(reference))?, to)
        }
    }
}

fn open(place: &Place) -> Result<Store, CliError> {
    Store::open_to_read(&place.data).map_err(|error| CliError::unusable(place.data.display(), error))
}

fn read(reference: &str) -> Result<Reference, CliError> {
    Reference::parse(reference).map_err(|error| CliError::Unusable(format!("that is not a reference: {error}")))
}

fn nothing_under(reference: Reference) -> CliError {
    CliError::Wrong(format!("nothing is stored under {reference}"))
}

/// Writes each file under its place and name. Where one of the names is taken, none is written.
fn write_files(files: &[KeptFile], to: &Path) -> Result<(), CliError> {
    let named: Vec<_> = (1..).zip(files).map(|(place, file)| (format!("{place}-{}", file.name), file)).collect();
    if let Some((name, _)) = named.iter().find(|(name, _)| to.join(name).symlink_metadata().is_ok()) {
        return Err(CliError::unusable(to.join(name).display(), "is there already, and is not written over"));
    }
    if !named.is_empty() {
        file_permissions::folder(to).map_err(|error| CliError::unusable(to.display(), error))?;
    }
    let mut listed = Vec::new();
    for (name, file) in named {
        let path = to.join(&name);
        file_permissions::options()
            .write(true)
            .create_new(true)
            .open(&path)
            .and_then(|mut written| written.write_all(&file.content))
            .map_err(|error| CliError::unusable(path.display(), error))?;
        listed.push(json!({
            "name": name, "media_type": file.kind.media_type(), "bytes": file.content.len(),
        }));
    }
    print_json(&json!(listed))
}
