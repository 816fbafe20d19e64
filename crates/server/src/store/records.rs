//! Stored submissions as officers work with them: found, taken over, held and erased.

use super::StoreError;
use crate::reference_number::Reference;

/// The submissions whose text is compared at a time. A database may give up work that takes long.
const TEXT_STEP: usize = 5_000;

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

/// The two reads that finding records consists of.
pub(super) trait RecordReads {
    /// Returns the places of the oldest submissions that a filter finds after a place, whatever their text, oldest first.
    fn oldest(&mut self, filter: &SubmissionFilter, after: i64, most: usize) -> Result<Vec<i64>, StoreError>;

    /// Returns the first records of a list of places, in its order; with a text, those that hold it.
    fn records(
        &mut self,
        numbers: &[i64],
        text: Option<&str>,
        most: usize,
    ) -> Result<Vec<SubmissionRecord>, StoreError>;
}

impl SubmissionFilter {
    /// Returns a page of the records that the filter finds after a place.
    pub(super) fn look(
        &self,
        store: &mut impl RecordReads,
        mut after: i64,
        limit: u32,
    ) -> Result<Vec<SubmissionRecord>, StoreError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let step = if self.text.is_some() { TEXT_STEP } else { limit };
        let mut found = Vec::new();
        loop {
            let numbers = store.oldest(self, after, step)?;
            found.extend(store.records(&numbers, self.text.as_deref(), limit - found.len())?);
            match numbers.last() {
                Some(last) if numbers.len() == step && found.len() < limit => after = *last,
                _ => return Ok(found),
            }
        }
    }
}

/// Returns a text as it is in the store, where texts are those of JSON.
pub(super) fn as_stored(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    json.strip_prefix('"').and_then(|json| json.strip_suffix('"')).unwrap_or_default().to_owned()
}

/// Returns the pattern for LIKE that finds a text, with `\` as escape.
pub(super) fn pattern(text: &str) -> String {
    let text = as_stored(text).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
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
        assert_eq!(pattern("Sam"), "%Sam%");
        assert_eq!(pattern("100%_"), "%100\\%\\_%");
        assert_eq!(pattern("\"no\"\n"), "%\\\\\"no\\\\\"\\\\n%");
    }
}
