//! Reads what the built-in receiver has stored: a list, and one submission whole.
//!
//! Opens the store for reading only, and works while the server runs. What it prints is personal data: it is for the
//! council's own officer, and belongs in no log.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::{
    Failure, print_json,
    serve::{reference::Reference, store::Store},
};

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
    /// Shows one submission as JSON, whole, with its reference and when it came.
    Show {
        /// The reference the person was given. Case, spaces and dashes do not matter.
        reference: String,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Args)]
struct Place {
    /// The folder that `putright serve` keeps submissions in.
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
}

/// Lists or shows.
///
/// # Errors
/// Where there is no store to read, the reference cannot be one, or nothing is stored under it.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::List { place } => {
            let listed = open(place)?.list().map_err(|error| Failure::unusable(place.data.display(), error))?;
            print_json(&json!(listed))
        }
        Command::Show { reference, place } => {
            let reference = Reference::parse(reference)
                .map_err(|error| Failure::Unusable(format!("that is not a reference: {error}")))?;
            let found =
                open(place)?.find(&reference).map_err(|error| Failure::unusable(place.data.display(), error))?;
            let Some((received_at, body)) = found else {
                return Err(Failure::Wrong(format!("nothing is stored under {reference}")));
            };
            let submission: Value = serde_json::from_str(&body).map_err(|error| Failure::unusable(reference, error))?;
            print_json(&json!({
                "reference": reference.to_string(), "received_at": received_at, "submission": submission,
            }))
        }
    }
}

fn open(place: &Place) -> Result<Store, Failure> {
    Store::open_to_read(&place.data).map_err(|error| Failure::unusable(place.data.display(), error))
}
