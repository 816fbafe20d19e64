//! Putright's command line: its subcommands, and how each of them ends.
//!
//! A subcommand is a module with its arguments and a `run`. Exit codes are the same for all: 0 where all is well, 1 where
//! something was found wrong, 2 where the command itself cannot be understood or a file cannot be read. What a command
//! gives goes to standard output; what it says about itself goes to standard error.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::{Parser, Subcommand};
use putright_site::{assess, build, command::CliError, graph, init, inspect, lint, schema, upgrade};

mod backup;
mod doctor;
#[cfg(test)]
mod documented;
mod inbox;
mod serve;
mod submissions;

/// Putright: a complaint guide and form for councils.
#[derive(Parser)]
#[command(name = "putright", version)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Init(init::Arguments),
    Check(lint::Arguments),
    #[command(name = "graph", alias = "map")]
    Graph(graph::Arguments),
    #[command(name = "assess", alias = "simulate")]
    Assess(assess::Arguments),
    Build(build::Arguments),
    Upgrade(upgrade::Arguments),
    Inspect(inspect::Arguments),
    /// The former name of `build`.
    #[command(hide = true)]
    Prerender(build::PrerenderArguments),
    Serve(Box<putright_server::Options>),
    #[command(name = "mock-backend", alias = "mock")]
    MockBackend(putright_mock_backend::MockBackendArguments),
    Submissions(submissions::SubmissionsArguments),
    Doctor(doctor::DoctorArguments),
    Backup(backup::BackupArguments),
    Restore(backup::RestoreArguments),
    Schema(schema::Arguments),
}

fn main() -> ExitCode {
    let ended = match CommandLine::parse().command {
        Command::Init(arguments) => init::run(&arguments),
        Command::Check(arguments) => lint::run(&arguments),
        Command::Graph(arguments) => graph::run(&arguments),
        Command::Assess(arguments) => assess::run(&arguments),
        Command::Build(arguments) => build::run(&arguments),
        Command::Upgrade(arguments) => upgrade::run(&arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Prerender(arguments) => build::prerender(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::MockBackend(arguments) => mock_backend(&arguments),
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

fn mock_backend(arguments: &putright_mock_backend::MockBackendArguments) -> Result<(), CliError> {
    putright_mock_backend::run(arguments, putright_server::told_to_stop())
        .map_err(|error| CliError::Unusable(error.to_string()))
}
