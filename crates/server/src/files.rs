//! The files that came with a submission, held against the list in it.
//!
//! A file comes as a part of its own or, as base64, in the JSON; never both. Nothing about it is believed: not its length,
//! not its type, not its name. What is kept of the JSON has clean names and no content, so that the same complaint sent
//! either way is the same.

use base64::{Engine, engine::general_purpose::STANDARD};
use clap::{Args, value_parser};
use putright_domain::submission::format::{SentFile, Submission};
use sha2::{Digest, Sha256};

use super::{
    file_type::FileKind,
    multipart::Part,
    problem::{Fault, Problem, Size},
};

/// The limits on the files of a submission.
#[derive(Clone, Copy, Args)]
pub struct Limits {
    /// The most files that a submission may have; 0 to take none.
    #[arg(long = "max-files", value_name = "N", default_value_t = 5, value_parser = value_parser!(u8).range(..=10))]
    count: u8,
    /// The most bytes of one file.
    #[arg(long = "max-file-bytes", value_name = "BYTES", default_value_t = 10_485_760, value_parser = value_parser!(u32).range(..=1 << 29))]
    each: u32,
    /// The most bytes of a submission's files together. Files that come in the JSON count as part of it too.
    #[arg(long = "max-files-total", value_name = "BYTES", default_value_t = 20_971_520, value_parser = value_parser!(u32).range(..=1 << 30))]
    together: u32,
}

impl Limits {
    /// Returns the most bytes of all files of a submission.
    pub fn together(self) -> usize {
        usize::try_from(self.together).unwrap_or(usize::MAX)
    }

    /// Checks the number of files.
    pub(crate) fn check_count(self, count: usize) -> Result<(), Problem> {
        let most = usize::from(self.count);
        if count > most { Err(Problem::TooLarge(Size::Files(most))) } else { Ok(()) }
    }

    /// Checks the bytes of the file at a place, and of all files up to it.
    pub(crate) fn check_bytes(self, place: usize, bytes: usize, together: usize) -> Result<(), Problem> {
        let over = |most: u32| u32::try_from(bytes).map_or(true, |bytes| bytes > most);
        if over(self.each) {
            return Err(Problem::TooLarge(Size::File { place, most: self.each }));
        }
        let most = self.together;
        let over = u32::try_from(together).map_or(true, |together| together > most);
        if over { Err(Problem::TooLarge(Size::AllFiles(most))) } else { Ok(()) }
    }
}

/// A file of a submission.
pub struct StoredFile {
    /// Its clean name.
    pub name: String,
    /// Its kind, which its first bytes confirm.
    pub kind: FileKind,
    /// Its content.
    pub content: Vec<u8>,
}

impl StoredFile {
    /// Tells one content from another: SHA-256.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(&self.content).into()
    }
}

/// Takes the files of a submission: `parts` of their own, or those in the JSON where the body was nothing else.
///
/// # Errors
/// Returns an error if they do not agree with the list, are too many or too large, or are not of the kind that they claim.
pub(crate) fn take(
    submission: &mut Submission,
    parts: Option<Vec<Part>>,
    limits: Limits,
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
                kept.push(StoredFile { name: listed.name.clone(), kind, content: part.content });
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
fn out_of_json(listed: &mut [SentFile], limits: Limits, faults: &mut Vec<Fault>) -> Result<Vec<Option<Part>>, Problem> {
    let mut parts = Vec::new();
    let mut together = 0_usize;
    for (place, file) in listed.iter_mut().enumerate() {
        let detail = match file.content.take().map(|content| STANDARD.decode(content)) {
            Some(Ok(content)) => {
                together = together.saturating_add(content.len());
                limits.check_bytes(place, content.len(), together)?;
                parts.push(Some(Part { media_type: file.media_type.clone(), content }));
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
fn disagreement(listed: &SentFile, part: &Part, kind: FileKind) -> Option<(&'static str, &'static str)> {
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

fn fault(place: usize, member: &str, detail: &str) -> Fault {
    Fault { pointer: format!("/files/{place}{member}"), detail: detail.to_owned() }
}
