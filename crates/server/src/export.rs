//! A complaint, written out whole for another program or for the person whose data it is.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::{
    store::{StoreError, SubmissionRecord},
    stored_file::StoredFile,
};

/// Returns a complaint with its loaded files, as JSON. A file in quarantine has no content there, nor has one that is missing in the object
/// store.
///
/// # Errors
/// Returns an error if the complaint cannot be read.
pub fn whole(record: &SubmissionRecord, files: &[StoredFile]) -> Result<String, StoreError> {
    let submission: Value = serde_json::from_str(&record.body).map_err(|_| StoreError::Content)?;
    let file = |file: &StoredFile| {
        let is_quarantined = file.scan.is_quarantined();
        let content = file.content.bytes().filter(|_| !is_quarantined).map(|content| STANDARD.encode(content));
        let is_missing = content.is_none() && !is_quarantined;
        json!({
            "name": file.name, "media_type": file.kind.media_type(), "scan": file.scan.state.id(), "content": content,
            "missing": is_missing,
        })
    };
    let files: Vec<Value> = files.iter().map(file).collect();
    let whole = json!({
        "reference": record.reference, "received_at": record.received_at, "taken_as": record.taken_as,
        "held": record.is_held, "submission": submission, "files": files,
    });
    Ok(whole.to_string())
}
