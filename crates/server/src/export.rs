//! A complaint, written out whole for another program or for the person whose data it is.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::{
    reference_number::Reference,
    store::{Store, StoreError, SubmissionRecord},
    stored_file::StoredFile,
};

/// Returns a complaint with its files, as JSON. A file in quarantine has no content there.
///
/// # Errors
/// Returns an error if the store cannot be read.
pub fn whole(store: &mut dyn Store, reference: &Reference, record: &SubmissionRecord) -> Result<String, StoreError> {
    let submission: Value = serde_json::from_str(&record.body).map_err(|_| StoreError::Content)?;
    let files = store.files(reference)?.unwrap_or_default();
    let file = |file: &StoredFile| {
        let content = (!file.scan.is_quarantined()).then(|| STANDARD.encode(&file.content));
        json!({
            "name": file.name, "media_type": file.kind.media_type(), "scan": file.scan.state.id(), "content": content,
        })
    };
    let files: Vec<Value> = files.iter().map(file).collect();
    let whole = json!({
        "reference": record.reference, "received_at": record.received_at, "taken_as": record.taken_as,
        "held": record.is_held, "submission": submission, "files": files,
    });
    Ok(whole.to_string())
}
