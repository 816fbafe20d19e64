//! `putright doctor`: looks at a receiver and its site, and says what to do.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::Args;
use putright_server::{
    check_result::{CheckResult, Weight},
    clamd::ClamdAddress,
    doctor,
    store::DatabaseOptions,
};

use putright_site::command::CliError;

use crate::serve::{pages_finding, policy_finding};

/// Looks at the store, its folder, the disk, the clock, the mail server, the virus scanner and the policy of a receiver. Changes nothing.
///
/// Exit code 1 means that something is wrong.
#[derive(Args)]
pub struct DoctorArguments {
    /// The folder of the built app.
    #[arg(long, value_name = "DIR", default_value = "dist")]
    dist: PathBuf,
    #[command(flatten)]
    database: DatabaseOptions,
    /// The file that `putright serve --notify` reads.
    #[arg(long, value_name = "FILE")]
    notify: Option<PathBuf>,
    /// The scanner that `putright serve --clamd` asks.
    #[arg(long, value_name = "ADDRESS", value_parser = ClamdAddress::parse)]
    clamd: Option<ClamdAddress>,
}

/// Prints a line for each finding.
///
/// # Errors
/// Returns an error if one of them is an error, or an option cannot be understood.
pub fn run(arguments: &DoctorArguments) -> Result<(), CliError> {
    let examined = doctor::examine(&arguments.database, arguments.notify.as_deref(), arguments.clamd.as_ref());
    let mut findings = examined.map_err(|error| CliError::Unusable(error.to_string()))?;
    findings.push(policy_finding(&arguments.dist));
    findings.push(pages_finding(&arguments.dist));
    let mut output = io::stdout().lock();
    for CheckResult { weight, text } in &findings {
        let weight = match weight {
            Weight::Fine => "ok",
            Weight::Warning => "warning",
            Weight::Error => "error",
        };
        writeln!(output, "{weight}: {text}").map_err(|error| CliError::unusable("standard output", error))?;
    }
    match findings.iter().filter(|finding| finding.weight == Weight::Error).count() {
        0 => Ok(()),
        errors => Err(CliError::Wrong(format!("{errors} of {} findings are errors", findings.len()))),
    }
}
