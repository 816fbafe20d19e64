//! Stored submissions as officers work with them: found, taken over, held and erased.

use crate::reference_number::Reference;

/// The statements that delete a submission, by its place.
pub(super) const ERASE: [&str; 3] = [
    "DELETE FROM files WHERE submission = $1",
    "DELETE FROM outbox WHERE submission = $1",
    "DELETE FROM submissions WHERE number = $1",
];

/// The submissions to find. Every part that is given must hold.
#[derive(Clone, Debug, Default)]
pub struct SubmissionFilter {
    /// A text that the submission holds, in any part of it. Case does not matter for the letters A to Z.
    pub text: Option<String>,
    /// The id of the council.
    pub council: Option<String>,
    /// The id of the kind.
    pub kind: Option<String>,
    /// The first day of receipt, as `2026-12-17`, in UTC.
    pub from: Option<String>,
    /// The last day of receipt.
    pub until: Option<String>,
    /// One submission.
    pub reference: Option<Reference>,
}

impl SubmissionFilter {
    /// Returns the pattern for LIKE with `\` as escape. Texts in the store are those of JSON.
    pub(super) fn pattern(&self) -> Option<String> {
        self.text.as_deref().map(pattern)
    }
}

/// Returns the pattern for LIKE that finds a text, with `\` as escape. Texts in the store are those of JSON.
pub(super) fn pattern(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    let text = json.strip_prefix('"').and_then(|json| json.strip_suffix('"')).unwrap_or_default();
    let text = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{text}%")
}

/// A stored submission, with its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmissionRecord {
    /// Its place in the store: the next page begins after it.
    pub number: i64,
    /// The reference.
    pub reference: String,
    /// The time of receipt, as RFC 3339 in UTC.
    pub received_at: String,
    /// The id of the council.
    pub council: String,
    /// The id of the kind.
    pub kind: String,
    /// The number that it has in the council's own system, once it was taken over.
    pub taken_as: Option<String>,
    /// A legal hold forbids to erase it.
    pub is_held: bool,
    /// The submission, as JSON.
    pub body: String,
}

/// The outcome of erasing a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erased {
    /// It is deleted, with its files and notices.
    Done,
    /// A legal hold forbids it.
    Held,
    /// No submission has the reference.
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pattern_finds_the_text_itself_as_json_has_it() {
        let pattern = |text: &str| {
            SubmissionFilter { text: Some(text.to_owned()), ..SubmissionFilter::default() }.pattern().unwrap()
        };
        assert_eq!(pattern("Sam"), "%Sam%");
        assert_eq!(pattern("100%_"), "%100\\%\\_%");
        assert_eq!(pattern("\"no\"\n"), "%\\\\\"no\\\\\"\\\\n%");
        assert_eq!(SubmissionFilter::default().pattern(), None);
    }
}
