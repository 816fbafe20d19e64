//! The facts of a submission that a notice may tell.

use putright_domain::submission::format::{Kind, Submission};

use crate::urgency::is_urgent;

/// The facts of a submission that a notice may tell.
pub struct NoticeFacts {
    /// The id of the council.
    pub council: String,
    /// The id of the kind.
    pub kind: &'static str,
    /// The kind, as it stands in a sentence.
    pub kind_in_words: &'static str,
    /// The rules called it urgent, or somebody may not be safe.
    pub is_urgent: bool,
    /// The number of files.
    pub files: usize,
}

impl NoticeFacts {
    /// Returns the facts of a submission.
    pub fn of(submission: &Submission) -> Self {
        Self {
            council: submission.council.clone(),
            kind: submission.kind.id(),
            kind_in_words: match submission.kind {
                Kind::Complaint => "complaint",
                Kind::Comment => "comment",
                Kind::Compliment => "compliment",
                Kind::FollowUp => "letter about an earlier complaint",
            },
            is_urgent: is_urgent(submission),
            files: submission.files.len(),
        }
    }
}
