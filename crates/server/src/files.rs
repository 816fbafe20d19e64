//! The files that came with a submission, held against the list in it.
//!
//! A file comes as a part of its own or, as base64, in the JSON; never both. Nothing about it is believed: not its length,
//! not its type, not its name. What is kept of the JSON has clean names and no content, so that the same complaint sent
//! either way is the same.

use base64::{Engine, engine::general_purpose::STANDARD};
use putright_domain::submission::format::{SentFile, Submission};

use crate::{
    file_limits::FileLimits,
    file_scan::FileScan,
    file_type::FileKind,
    problem::{InvalidField, Problem},
    received_file::ReceivedFile,
    stored_file::{FileContent, StoredFile},
};

/// Takes the files of a submission: `parts` of their own, or those in the JSON where the body was nothing else.
///
/// # Errors
/// Returns an error if they do not agree with the list, are too many or too large, or are not of the kind that they claim.
pub(crate) fn take(
    submission: &mut Submission,
    parts: Option<Vec<ReceivedFile>>,
    limits: FileLimits,
) -> Result<Vec<StoredFile>, Problem> {
    limits.check_count(submission.files.len())?;
    let mut faults = Vec::new();
    let parts = match parts {
        Some(parts) => parts.into_iter().map(Some).collect(),
        None => out_of_json(&mut submission.files, limits, &mut faults)?,
    };
    let mut kept = Vec::new();
    let mut parts = parts.into_iter();
    for (place, listed) in submission.files.iter_mut().enumerate() {
        match (parts.next(), FileKind::of(&listed.media_type)) {
            (_, None) => faults.push(fault(place, "/media_type", "is not a type of file that is taken")),
            (Some(Some(part)), Some(kind)) => {
                if let Some((member, detail)) = disagreement(listed, &part, kind) {
                    faults.push(fault(place, member, detail));
                }
                listed.name = kind.clean_name(&listed.name, place + 1);
                kept.push(StoredFile {
                    name: listed.name.clone(),
                    kind,
                    content: FileContent::Bytes(part.content),
                    scan: FileScan::default(),
                });
            }
            // What is wrong with its content has been said.
            (Some(None), _) => {}
            (None, _) => faults.push(fault(place, "", "has no part of its own")),
        }
        if listed.content.is_some() {
            faults.push(fault(place, "/content", "must be left out where files are parts of their own"));
        }
    }
    let listed = submission.files.len();
    faults.extend((listed..listed + parts.len()).map(|place| fault(place, "", "is missing, and a part came for it")));
    faults.sort();
    if faults.is_empty() { Ok(kept) } else { Err(Problem::Invalid(faults)) }
}

/// The files in the JSON, as if they had come beside it; `None` for one that cannot be read.
fn out_of_json(
    listed: &mut [SentFile],
    limits: FileLimits,
    faults: &mut Vec<InvalidField>,
) -> Result<Vec<Option<ReceivedFile>>, Problem> {
    let mut parts = Vec::new();
    let mut together = 0_usize;
    for (place, file) in listed.iter_mut().enumerate() {
        let detail = match file.content.take().map(|content| STANDARD.decode(content)) {
            Some(Ok(content)) => {
                together = together.saturating_add(content.len());
                limits.check_bytes(place, content.len(), together)?;
                parts.push(Some(ReceivedFile { media_type: file.media_type.clone(), content }));
                continue;
            }
            Some(Err(_)) => "is not base64",
            None => "is missing; a file comes here, or as a part of multipart/form-data",
        };
        faults.push(fault(place, "/content", detail));
        parts.push(None);
    }
    Ok(parts)
}

/// Returns the place and the problem if a file is not as the list says.
fn disagreement(listed: &SentFile, part: &ReceivedFile, kind: FileKind) -> Option<(&'static str, &'static str)> {
    if part.media_type != listed.media_type {
        Some(("/media_type", "is not the type of the part that came for it"))
    } else if usize::try_from(listed.bytes) != Ok(part.content.len()) {
        Some(("/bytes", "is not the length of the file"))
    } else if !kind.fits(&part.content) {
        Some(("", "is not what its media type says"))
    } else {
        None
    }
}

fn fault(place: usize, member: &str, detail: &str) -> InvalidField {
    InvalidField { pointer: format!("/files/{place}{member}"), detail: detail.to_owned() }
}
