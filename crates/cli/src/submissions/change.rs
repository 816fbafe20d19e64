//! Changes stored submissions: taken over, held, redacted and deleted.

use putright_domain::submission::format::Submission;
use putright_server::{
    objects::FileStorage,
    reference_number::Reference,
    store::{Erased, Store, StoreError, SubmissionFilter, audit::COMMAND_LINE},
    unattached,
};
use serde_json::{Value, json};

use super::nothing_under;
use putright_site::command::CliError;

/// The text in place of a redacted one.
const REDACTED: &str = "[redacted]";

/// Marks a submission with its number in the council's own system.
///
/// # Errors
/// Returns an error if the store cannot be used, or has no such submission.
pub fn take_over(store: &mut dyn Store, reference: Reference, number: &str) -> Result<Value, CliError> {
    expect(store.take_over(COMMAND_LINE, &reference, number), reference)?;
    Ok(json!({ "reference": reference.to_string(), "taken_as": number }))
}

/// Forbids to erase a submission, or allows it again.
///
/// # Errors
/// Returns an error if the store cannot be used, or has no such submission.
pub fn hold(store: &mut dyn Store, reference: Reference, held: bool) -> Result<Value, CliError> {
    expect(store.hold(COMMAND_LINE, &reference, held), reference)?;
    Ok(json!({ "reference": reference.to_string(), "held": held }))
}

/// Erases a submission, its files and its notices.
///
/// # Errors
/// Returns an error if the store cannot be used, has no such submission, or a legal hold forbids it.
pub fn delete(store: &mut dyn Store, storage: &FileStorage, reference: Reference) -> Result<Value, CliError> {
    match store.erase(COMMAND_LINE, &reference).map_err(unusable)? {
        Erased::Done => store.scrub().map_err(unusable)?,
        Erased::Unknown => return Err(nothing_under(reference)),
        Erased::Held => {
            let problem = "is under a legal hold; end it first with: putright submissions release";
            return Err(CliError::Wrong(format!("{reference} {problem} {reference}")));
        }
    }
    unattached::delete_due_now(storage, store).map_err(|error| {
        let rest =
            "the complaint is deleted from the database; a receiver with --files deletes the files within ten minutes";
        CliError::Unusable(format!("{reference}: {error}; {rest}"))
    })?;
    Ok(json!({ "deleted": reference.to_string() }))
}

/// Lists the objects that belong to no complaint, and deletes them where that is asked for.
///
/// # Errors
/// Returns an error if the store or the object store cannot be used.
pub fn orphans(store: &mut dyn Store, storage: &FileStorage, delete: bool) -> Result<Value, CliError> {
    let census = unattached::census(storage, store).map_err(unusable)?;
    if delete {
        unattached::delete_unknown(storage, &census).map_err(|error| unusable(error.into()))?;
    }
    Ok(json!({
        "files": census.files, "missing": census.missing, "due": census.due, "orphans": census.unknown, "deleted": delete,
    }))
}

/// Replaces the texts at some places of a submission.
///
/// # Errors
/// Returns an error if the store cannot be used, has no such submission, a legal hold forbids it, or a place has no text that the
/// format allows to be replaced.
pub fn redact(store: &mut dyn Store, reference: Reference, pointers: &[String]) -> Result<Value, CliError> {
    let filter = SubmissionFilter { reference: Some(reference), ..SubmissionFilter::default() };
    let found = store.search(&filter, 0, 1).map_err(unusable)?.into_iter().next();
    let record = found.ok_or_else(|| nothing_under(reference))?;
    if record.is_held {
        return Err(CliError::Wrong(format!("{reference} is under a legal hold")));
    }
    let mut body: Value = serde_json::from_str(&record.body).map_err(|_| unusable(StoreError::Content))?;
    for pointer in pointers {
        let Some(Value::String(text)) = body.pointer_mut(pointer) else {
            let problem = "is no text of this submission; write a place such as /points/0/what_happened";
            return Err(CliError::Unusable(format!("--at {pointer}: {problem}")));
        };
        REDACTED.clone_into(text);
    }
    let submission: Submission = serde_json::from_value(body).map_err(|_| {
        CliError::Unusable(
            "--at: one of these places cannot be redacted, because the format allows only some words there".to_owned(),
        )
    })?;
    expect(store.replace_body(COMMAND_LINE, &reference, &submission.to_json()), reference)?;
    store.scrub().map_err(unusable)?;
    Ok(json!({ "reference": reference.to_string(), "redacted": pointers }))
}

fn expect(changed: Result<bool, StoreError>, reference: Reference) -> Result<(), CliError> {
    if changed.map_err(unusable)? { Ok(()) } else { Err(nothing_under(reference)) }
}

fn unusable(error: StoreError) -> CliError {
    CliError::unusable("the store", error)
}
