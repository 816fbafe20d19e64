//! Checks and lists the audit trail: who did what with which submission.

use clap::Args;
use putright_server::{
    reference_number::Reference,
    store::{
        Store,
        audit::{self, Link},
    },
};
use serde_json::{Value, json};

use putright_site::command::{CliError, print_json};

/// The entries read at a time.
const PAGE: u32 = 1_000;

/// The parts of the trail to list, and what to compare it with.
#[derive(Args)]
pub struct Trail {
    /// A number and a hash that this command printed before, as `42:9f86d0…`. The trail must still have that entry.
    #[arg(long, value_name = "NUMBER:HASH", value_parser = noted)]
    noted: Option<(i64, String)>,
    /// Lists the entries too.
    #[arg(long)]
    list: bool,
    /// Lists the entries about one submission alone.
    #[arg(long, value_name = "REFERENCE", requires = "list", value_parser = reference)]
    of: Option<Reference>,
    /// Lists the entries of one officer alone.
    #[arg(long, value_name = "ID", requires = "list")]
    officer: Option<String>,
}

fn noted(text: &str) -> Result<(i64, String), String> {
    let (number, hash) = text.split_once(':').ok_or("must be a number and a hash; write 42:9f86d0…")?;
    let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    match number.parse() {
        Ok(number) if is_hash => Ok((number, hash.to_ascii_lowercase())),
        _ => Err("must be a number and a hash of 64 hexadecimal digits; write 42:9f86d0…".to_owned()),
    }
}

fn reference(text: &str) -> Result<Reference, String> {
    Reference::parse(text).map_err(|error| format!("is not a reference: {error}"))
}

/// Checks the trail, and prints the number and the hash of its last entry as JSON.
///
/// # Errors
/// Returns an error if the trail does not fit together, or cannot be read.
pub fn run(store: &mut dyn Store, trail: &Trail) -> Result<(), CliError> {
    let unusable = |error| CliError::unusable("the store", error);
    let compared = trail.noted.as_ref().map(|(number, hash)| (*number, hash.as_str()));
    let checked = audit::check(store, compared).map_err(unusable)?;
    let mut printed = json!({ "entries": checked.entries, "hash": checked.hash, "problem": checked.problem });
    if let (true, Some(members)) = (trail.list, printed.as_object_mut()) {
        members.insert("trail".to_owned(), list(store, trail).map_err(unusable)?);
    }
    print_json(&printed)?;
    match checked.problem {
        None => Ok(()),
        Some(problem) => Err(CliError::Wrong(format!(
            "the audit trail was tampered with: {problem}; keep the database and its backups as they are, and tell your \
             data protection officer"
        ))),
    }
}

fn list(store: &mut dyn Store, trail: &Trail) -> Result<Value, putright_server::store::StoreError> {
    let of = trail.of.map(|reference| reference.to_string());
    let is_wanted = |link: &Link| {
        of.as_ref().is_none_or(|of| *of == link.submission)
            && trail.officer.as_ref().is_none_or(|officer| *officer == link.officer)
    };
    let (mut found, mut after) = (Vec::new(), 0);
    loop {
        let page = store.audit(after, PAGE)?;
        let Some(last) = page.last() else { return Ok(Value::from(found)) };
        after = last.number;
        let wanted = page.iter().filter(|link| is_wanted(link));
        found.extend(wanted.map(|Link { number, at, officer, action, submission, .. }| {
            json!({ "number": number, "at": at, "officer": officer, "action": action, "submission": submission })
        }));
    }
}
