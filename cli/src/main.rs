//! Putright's command line: its subcommands, and how each of them ends.
//!
//! A subcommand is a module with its `Arguments` and a `run`. Exit codes are the same for all: 0 where all is well, 1 where
//! something was found wrong, 2 where the command itself cannot be understood or a file cannot be read. What a command
//! gives goes to standard output; what it says about itself goes to standard error.

use std::{
    fmt::Display,
    io::{self, Write},
    process::ExitCode,
};

use clap::{Parser, Subcommand};
use putright::domain::data::DataError;

mod backup;
mod check;
mod doctor;
mod document;
mod hex;
mod map;
mod markup;
mod mock;
mod plain;
mod policy;
mod prerender;
mod schema;
mod serve;
mod simulate;
mod site;
mod statement;
mod submissions;
mod terminal;
mod words;

/// Putright: a complaint guide and form for councils.
#[derive(Parser)]
#[command(name = "putright", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Check(check::Arguments),
    Map(map::Arguments),
    Simulate(simulate::Arguments),
    Prerender(prerender::Arguments),
    Serve(putright_server::Options),
    Mock(mock::Arguments),
    Submissions(submissions::Arguments),
    Doctor(doctor::Arguments),
    Backup(backup::BackupArguments),
    Restore(backup::RestoreArguments),
    Schema(schema::Arguments),
}

/// Why a command did not end well.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// What was looked at is wrong, or what was looked for is not there: exit code 1.
    #[error("{0}")]
    Wrong(String),
    /// The command's own arguments, or a file it needs, cannot be read: exit code 2.
    #[error("{0}")]
    Unusable(String),
}

impl From<DataError> for Failure {
    fn from(error: DataError) -> Self {
        Self::Wrong(error.to_string())
    }
}

impl Failure {
    /// A thing that cannot be used, by name, and why.
    pub fn unusable(what: impl Display, why: impl Display) -> Self {
        Self::Unusable(format!("{what}: {why}"))
    }

    fn code(&self) -> ExitCode {
        match self {
            Self::Wrong(_) => ExitCode::from(1),
            Self::Unusable(_) => ExitCode::from(2),
        }
    }
}

/// Writes JSON for a person to read, and for a program. A reader that has seen enough may go.
///
/// # Errors
/// Where standard output cannot be written.
pub fn print_json(value: &serde_json::Value) -> Result<(), Failure> {
    let mut output = io::stdout().lock();
    let text = terminal::harmless(&format!("{value:#}"));
    match writeln!(output, "{text}").and_then(|()| output.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::unusable("standard output", error)),
        _ => Ok(()),
    }
}

fn main() -> ExitCode {
    let ended = match Arguments::parse().command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Map(arguments) => map::run(&arguments),
        Command::Simulate(arguments) => simulate::run(&arguments),
        Command::Prerender(arguments) => prerender::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Mock(arguments) => mock::run(&arguments),
        Command::Submissions(arguments) => submissions::run(&arguments),
        Command::Doctor(arguments) => doctor::run(&arguments),
        Command::Backup(arguments) => backup::back_up(&arguments),
        Command::Restore(arguments) => backup::restore(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Nobody is left to be told if standard error is closed.
            let _ = writeln!(io::stderr(), "putright: {failure}");
            failure.code()
        }
    }
}
