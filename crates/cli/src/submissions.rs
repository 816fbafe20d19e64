//! Reads what the built-in receiver has stored: a list, one submission whole, its files, and the notices about it.
//!
//! Works while the server runs. `change` changes the store, `find` finds submissions and writes them out. What it prints and writes is personal data: it is for
//! the council's own officer, and belongs in no log. Files come from strangers. They are what they say as far as their
//! first bytes tell; without `--clamd` nobody has looked for viruses, and a machine that does should be the first to open them.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use putright_server::{
    file_permissions,
    objects::{FileStorage, wait},
    reference_number::Reference,
    store::{DatabaseOptions, Location, Store, StoreError},
    stored_file::StoredFile,
};

use self::find::{ExportFile, ListPart, Which};
use putright_site::command::{CliError, print_json};

mod change;
mod find;
mod trail;

/// Reads what `putright serve` has stored.
#[derive(Args)]
pub struct SubmissionsArguments {
    #[command(subcommand)]
    command: SubmissionsCommand,
}

#[derive(Subcommand)]
enum SubmissionsCommand {
    /// Finds submissions, and lists them as JSON: everything but what people wrote.
    Search {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        part: ListPart,
        #[command(flatten)]
        place: DatabaseOptions,
    },
    /// Writes submissions into a new file: for another program, for a spreadsheet, or for the person whose data it is.
    Export {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        target: ExportFile,
        #[command(flatten)]
        place: DatabaseOptions,
    },
    /// Records the number that a submission has in your own system. `putright serve --keep` counts from then.
    Taken {
        /// The reference the person was given.
        reference: String,
        /// The number in your own system.
        #[arg(long = "as", value_name = "NUMBER")]
        number: String,
        #[command(flatten)]
        place: DatabaseOptions,
    },
    /// Forbids to erase or redact a submission: a legal hold.
    Hold {
        /// The reference the person was given.
        reference: String,
        #[command(flatten)]
        place: DatabaseOptions,
    },
    /// Ends a legal hold.
    Release {
        /// The reference the person was given.
        reference: String,
        #[command(flatten)]
        place: DatabaseOptions,
    },
    /// Erases a submission, its files and its notices. Copies elsewhere stay: see docs/data-protection.md.
    Delete {
        /// The reference the person was given.
        reference: String,
        #[command(flatten)]
        place: DatabaseOptions,
    },
    /// Lists the objects of `--files` that belong to no complaint of the database, and the number of files that are missing there.
    ///
    /// Objects are left over where an older copy of the database was restored.
    Orphans {
        /// Deletes them. Do not where another database uses the same bucket and prefix.
        #[arg(long)]
        delete: bool,
        #[command(flatten)]
        place: DatabaseOptions,
    },
    /// Replaces texts of a submission by `[redacted]`.
    Redact {
        /// The reference the person was given.
        reference: String,
        /// A place in the submission, as a JSON pointer: `/points/0/what_happened`. May be given more than once.
        #[arg(long = "at", value_name = "POINTER", required = true)]
        pointers: Vec<String>,
        #[command(flatten)]
        place: DatabaseOptions,
    },
    /// Lists every submission, oldest first, as a JSON array: its reference, when it came, its council and its kind.
    List {
        #[command(flatten)]
        part: ListPart,
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
        /// Writes files in quarantine too. Only on a computer that is made for that.
        #[arg(long)]
        quarantined: bool,
    },
    /// Checks the audit trail, and prints the number and the hash of its last entry: note them elsewhere.
    Audit {
        #[command(flatten)]
        trail: trail::Trail,
        #[command(flatten)]
        place: DatabaseOptions,
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
/// Returns an error if there is no store, the reference cannot be one, nothing is stored under it, or a file cannot be written.
pub fn run(arguments: &SubmissionsArguments) -> Result<(), CliError> {
    match &arguments.command {
        SubmissionsCommand::List { part, place } => find::list(&mut *open(place, Location::open_to_read)?, part),
        SubmissionsCommand::Show { reference, place } => {
            let reference = read(reference)?;
            let found = read_store(place, |store| store.find(&reference))?;
            let found = found.ok_or_else(|| nothing_under(reference))?;
            let submission: Value =
                serde_json::from_str(&found.body).map_err(|error| CliError::unusable(reference, error))?;
            print_json(&json!({
                "reference": reference.to_string(), "received_at": found.received_at, "submission": submission,
            }))
        }
        SubmissionsCommand::Files { reference, place, to, quarantined } => files(reference, place, to, *quarantined),
        SubmissionsCommand::Search { which, part, place } => {
            find::search(&mut *open(place, Location::open_to_read)?, which, part)
        }
        SubmissionsCommand::Export { which, target, place } => {
            let mut store = open(place, Location::open_to_read)?;
            let count = find::export(&mut *store, &storage(place)?, which, target)?;
            print_json(&json!({ "file": target.to, "submissions": count }))
        }
        SubmissionsCommand::Taken { reference, number, place } => {
            change_one(reference, place, |store, reference| change::take_over(store, reference, number))
        }
        SubmissionsCommand::Hold { reference, place } => {
            change_one(reference, place, |store, reference| change::hold(store, reference, true))
        }
        SubmissionsCommand::Release { reference, place } => {
            change_one(reference, place, |store, reference| change::hold(store, reference, false))
        }
        SubmissionsCommand::Delete { reference, place } => {
            let storage = storage(place)?;
            change_one(reference, place, |store, reference| change::delete(store, &storage, reference))
        }
        SubmissionsCommand::Orphans { delete, place } => {
            let mut store = open(place, Location::open_to_change)?;
            print_json(&change::orphans(&mut *store, &storage(place)?, *delete)?)
        }
        SubmissionsCommand::Redact { reference, pointers, place } => {
            change_one(reference, place, |store, reference| change::redact(store, reference, pointers))
        }
        SubmissionsCommand::Audit { trail, place } => trail::run(&mut *open(place, Location::open_to_read)?, trail),
        SubmissionsCommand::Outbox { all, place } => {
            print_json(&json!(read_store(place, |store| store.notices(*all))?))
        }
        SubmissionsCommand::Retry { reference, place } => {
            let reference = reference.as_deref().map(read).transpose()?;
            let mut store = open(place, Location::open_to_change)?;
            let due = store.retry_notices(reference.as_ref());
            let due = due.map_err(|error| CliError::unusable("the store", error))?;
            print_json(&json!({ "due": due }))
        }
    }
}

fn open(
    place: &DatabaseOptions,
    open: impl FnOnce(&Location) -> Result<Box<dyn Store>, StoreError>,
) -> Result<Box<dyn Store>, CliError> {
    let location = place.location().map_err(|error| CliError::Unusable(error.to_string()))?;
    open(&location).map_err(|error| CliError::unusable(&location, error))
}

/// Writes the files of one submission.
fn files(reference: &str, place: &DatabaseOptions, to: &Path, quarantined: bool) -> Result<(), CliError> {
    let reference = read(reference)?;
    let found = read_store(place, |store| store.files(&reference))?;
    let found = found.ok_or_else(|| nothing_under(reference))?;
    let loaded = wait(storage(place)?.load(found, quarantined));
    write_files(&loaded.map_err(|error| CliError::unusable(reference, error))?, to, quarantined)
}

fn storage(place: &DatabaseOptions) -> Result<FileStorage, CliError> {
    place.file_storage().map_err(|error| CliError::Unusable(error.to_string()))
}

fn read_store<T>(
    place: &DatabaseOptions,
    read: impl FnOnce(&mut dyn Store) -> Result<T, StoreError>,
) -> Result<T, CliError> {
    let mut store = open(place, Location::open_to_read)?;
    read(&mut *store).map_err(|error| CliError::unusable("the store", error))
}

/// Changes one submission, and prints what was done.
fn change_one(
    reference: &str,
    place: &DatabaseOptions,
    change: impl FnOnce(&mut dyn Store, Reference) -> Result<Value, CliError>,
) -> Result<(), CliError> {
    let reference = read(reference)?;
    let mut store = open(place, Location::open_to_change)?;
    print_json(&change(&mut *store, reference)?)
}

fn read(reference: &str) -> Result<Reference, CliError> {
    Reference::parse(reference).map_err(|error| CliError::Unusable(format!("that is not a reference: {error}")))
}

fn nothing_under(reference: Reference) -> CliError {
    CliError::Wrong(format!("nothing is stored under {reference}"))
}

/// Writes each file under its place and name, and lists it; those in quarantine only where they are asked for. Where one of the
/// names is taken, none is written.
fn write_files(files: &[StoredFile], to: &Path, quarantined: bool) -> Result<(), CliError> {
    let (left, taken): (Vec<_>, Vec<_>) =
        (1..).zip(files).partition(|(_, file)| file.scan.is_quarantined() && !quarantined);
    let named: Vec<_> = taken.into_iter().map(|(place, file)| (format!("{place}-{}", file.name), file)).collect();
    if let Some((name, _)) = named.iter().find(|(name, _)| to.join(name).symlink_metadata().is_ok()) {
        return Err(CliError::unusable(to.join(name).display(), "is there already, and is not written over"));
    }
    if !named.is_empty() {
        file_permissions::folder(to).map_err(|error| CliError::unusable(to.display(), error))?;
    }
    let mut listed: Vec<Value> =
        left.iter().map(|(place, file)| json!({ "place": place, "quarantined": file.scan.found })).collect();
    for (name, file) in named {
        let path = to.join(&name);
        let missing = || CliError::unusable(&name, "is missing in the object store");
        let content = file.content.bytes().ok_or_else(missing)?;
        file_permissions::options()
            .write(true)
            .create_new(true)
            .open(&path)
            .and_then(|mut written| written.write_all(content))
            .map_err(|error| CliError::unusable(path.display(), error))?;
        listed.push(json!({
            "name": name, "media_type": file.kind.media_type(), "bytes": content.len(), "scan": file.scan.state.id(),
        }));
    }
    print_json(&json!(listed))
}
