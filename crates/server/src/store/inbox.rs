//! Submissions as the inbox lists and opens them, and the trail of who did.

use std::time::{Duration, Instant};

use putright_domain::{id_enum::id_enum, submission::format::Kind};

use super::{
    StoreError, SubmissionRecord,
    audit::{AuditEntry, Link, TrailHead},
};
use crate::reference_number::Reference;

id_enum! {
    /// The state of a submission in the inbox.
    Progress {
        /// Nobody has read it there.
        New = "new",
        /// An officer has read it.
        Opened = "opened",
        /// It has a number in the council's own system.
        Taken = "taken",
    }
}

/// A page of the list. Every part that is given must hold, but a reference or a number stands alone.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// The ids of councils: submissions of no other are found.
    pub councils: Vec<String>,
    /// The id of the kind.
    pub kind: Option<String>,
    /// True for urgent ones alone.
    pub urgent: bool,
    /// The state.
    pub state: Option<Progress>,
    /// The first day of receipt, as `2026-12-17`, in UTC.
    pub from: Option<String>,
    /// The last day of receipt.
    pub until: Option<String>,
    /// One submission, by its reference.
    pub reference: Option<Reference>,
    /// One submission, by its number in the council's own system.
    pub taken_as: Option<String>,
    /// The place in the store that the page ends before: the newest come first.
    pub before: Option<i64>,
    /// The most lines.
    pub limit: u32,
}

/// A search for a text that submissions hold.
#[derive(Clone, Default)]
pub struct TextSearch {
    /// The ids of councils: submissions of no other are found.
    pub councils: Vec<String>,
    /// The text. Case does not matter for the letters A to Z.
    pub text: String,
    /// The place in the store that the search begins before: the newest come first.
    pub before: Option<i64>,
    /// The most lines.
    pub limit: usize,
}

/// The lines that a search found.
#[derive(Debug, Default)]
pub struct FoundLines {
    /// The lines, newest first.
    pub lines: Vec<ListLine>,
    /// The place that the search goes on before; `None` if it has looked at everything.
    pub further: Option<i64>,
    /// The time of receipt at that place, as RFC 3339 in UTC; `None` if that submission was erased meanwhile, too.
    pub searched_to: Option<String>,
}

/// The submissions that the first step of a search looks at, from their first letter to their last. Each further step looks at
/// twice as many.
const FIRST_STEP: usize = 100;
/// The submissions that one search looks at, at most.
const MOST_SEARCHED: usize = 5_000;
/// The time of a search. Submissions that the database has not read for long come from its disk, and take many times as long.
const SEARCH_TIME: Duration = Duration::from_millis(150);

/// The two reads that a search consists of.
pub(super) trait SearchReads {
    /// Returns the places of the newest submissions of some councils before a place, newest first.
    fn newest(&mut self, councils: &[String], before: Option<i64>, most: usize) -> Result<Vec<i64>, StoreError>;

    /// Returns the first places of a list whose submissions hold a text, in its order.
    fn holding(&mut self, numbers: &[i64], text: &str, most: usize) -> Result<Vec<i64>, StoreError>;
}

impl TextSearch {
    /// Looks at the newest submissions, as many as one search may and has time for. Returns the places that hold the text, and the
    /// place to go on before; `None` if no submission is left.
    pub(super) fn look(&self, store: &mut impl SearchReads) -> Result<(Vec<i64>, Option<i64>), StoreError> {
        let (mut found, mut before) = (Vec::new(), self.before);
        let (mut step, mut left) = (FIRST_STEP, MOST_SEARCHED);
        let began = Instant::now();
        while left > 0 {
            let step_began = Instant::now();
            let numbers = store.newest(&self.councils, before, step)?;
            found.extend(store.holding(&numbers, &self.text, self.limit.saturating_sub(found.len()))?);
            if found.len() >= self.limit {
                before = found.last().copied();
                break;
            }
            if numbers.len() < step {
                return Ok((found, None));
            }
            before = numbers.last().copied();
            left -= step;
            // The next step has twice as many submissions, and takes about twice as long.
            if began.elapsed() + 2 * step_began.elapsed() > SEARCH_TIME {
                break;
            }
            step = (2 * step).min(left);
        }
        Ok((found, before))
    }
}

/// A line of the list: nothing that a person wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListLine {
    /// Its place in the store.
    pub number: i64,
    /// The reference.
    pub reference: String,
    /// The time of receipt, as RFC 3339 in UTC.
    pub received_at: String,
    /// The id of the council.
    pub council: String,
    /// The id of the kind.
    pub kind: String,
    /// The rules called it urgent, or somebody may not be safe.
    pub is_urgent: bool,
    /// The state.
    pub state: Progress,
    /// The number in the council's own system.
    pub taken_as: Option<String>,
    /// A legal hold forbids to erase it.
    pub is_held: bool,
}

/// The submissions of one council, kind, state and urgency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group<'a> {
    /// The id of the council.
    pub council: &'a str,
    /// The id of the kind.
    pub kind: &'static str,
    /// The state.
    pub state: Progress,
    /// True for urgent ones.
    pub urgent: bool,
}

impl Query {
    /// Returns the ids of the kinds that the query finds.
    pub(super) fn kinds(&self) -> Vec<&'static str> {
        Kind::IDS.iter().copied().filter(|id| self.kind.as_ref().is_none_or(|kind| kind == id)).collect()
    }

    /// Returns the states that the query finds.
    pub(super) fn states(&self) -> Vec<Progress> {
        Progress::ALL.iter().copied().filter(|state| self.state.is_none_or(|one| one == *state)).collect()
    }

    /// Returns the urgencies that the query finds.
    pub(super) fn urgencies(&self) -> &'static [bool] {
        if self.urgent { &[true] } else { &[true, false] }
    }

    /// Returns the groups that the query finds.
    pub(super) fn groups(&self) -> Vec<Group<'_>> {
        let mut groups = Vec::new();
        for council in &self.councils {
            for kind in self.kinds() {
                for state in self.states() {
                    let urgencies = self.urgencies().iter();
                    groups.extend(urgencies.map(|urgent| Group { council, kind, state, urgent: *urgent }));
                }
            }
        }
        groups
    }
}

impl ListLine {
    /// Returns the submission of the line.
    pub(super) fn record(&self, body: String) -> SubmissionRecord {
        SubmissionRecord {
            number: self.number,
            reference: self.reference.clone(),
            received_at: self.received_at.clone(),
            council: self.council.clone(),
            kind: self.kind.clone(),
            taken_as: self.taken_as.clone(),
            is_held: self.is_held,
            body,
        }
    }
}

/// The part of a store that the inbox works with.
pub trait InboxStore {
    /// Returns the ids of the councils that have submissions.
    ///
    /// # Errors
    /// Returns an error if the database cannot be read.
    fn councils(&mut self) -> Result<Vec<String>, StoreError>;

    /// Returns a page of the list, newest first.
    ///
    /// # Errors
    /// Returns an error if the database cannot be read.
    fn lines(&mut self, query: &Query) -> Result<Vec<ListLine>, StoreError>;

    /// Searches for a text.
    ///
    /// # Errors
    /// Returns an error if the database cannot be read.
    fn search_text(&mut self, search: &TextSearch) -> Result<FoundLines, StoreError>;

    /// Returns a submission for an officer to read, and records that in the same transaction. A new one is opened by it.
    ///
    /// # Errors
    /// Returns an error if the database cannot be used: then nothing may be shown.
    fn open_for(
        &mut self,
        officer: &str,
        reference: &Reference,
    ) -> Result<Option<(SubmissionRecord, ListLine)>, StoreError>;

    /// Records an action.
    ///
    /// # Errors
    /// Returns an error if it is not certain that it is recorded.
    fn record(&mut self, entry: &AuditEntry) -> Result<(), StoreError>;

    /// Returns entries of the trail after a number, in their order.
    ///
    /// # Errors
    /// Returns an error if the database cannot be read.
    fn audit(&mut self, after: i64, limit: u32) -> Result<Vec<Link>, StoreError>;

    /// Returns the end of the trail.
    ///
    /// # Errors
    /// Returns an error if the database cannot be read.
    fn audit_head(&mut self) -> Result<TrailHead, StoreError>;
}

pub(super) fn stored_state(id: &str) -> Result<Progress, StoreError> {
    Progress::from_id(id).ok_or(StoreError::Content)
}

#[cfg(test)]
mod tests {
    use std::{
        thread::sleep,
        time::{Duration, Instant},
    };

    use super::{SearchReads, TextSearch};
    use crate::store::StoreError;

    /// A store whose submissions are numbered from 1, of which every hundredth holds the text.
    struct Numbered {
        newest: i64,
        /// The time to compare the text of one submission.
        each: Duration,
        /// The submissions compared so far.
        compared: usize,
    }

    impl SearchReads for Numbered {
        fn newest(&mut self, _: &[String], before: Option<i64>, most: usize) -> Result<Vec<i64>, StoreError> {
            let newest = before.map_or(self.newest, |before| before - 1);
            Ok((1..=newest).rev().take(most).collect())
        }

        fn holding(&mut self, numbers: &[i64], _: &str, most: usize) -> Result<Vec<i64>, StoreError> {
            self.compared += numbers.len();
            sleep(self.each * u32::try_from(numbers.len()).unwrap());
            Ok(numbers.iter().copied().filter(|number| number % 100 == 0).take(most).collect())
        }
    }

    fn search(before: Option<i64>, limit: usize) -> TextSearch {
        TextSearch { before, limit, ..TextSearch::default() }
    }

    #[test]
    fn a_slow_store_is_searched_in_pieces_that_leave_nothing_out() {
        let each = Duration::from_micros(400);
        let (mut found, mut before, mut pages) = (Vec::new(), None, 0);
        loop {
            let mut store = Numbered { newest: 1_000, each, compared: 0 };
            let began = Instant::now();
            let (numbers, further) = search(before, 50).look(&mut store).unwrap();
            assert!(store.compared <= 300, "{} were compared in {:?}", store.compared, began.elapsed());
            found.extend(numbers);
            pages += 1;
            before = further;
            if further.is_none() {
                break;
            }
        }
        assert_eq!(found, (1..=10).rev().map(|hundred| hundred * 100).collect::<Vec<_>>());
        assert!(pages >= 4, "{pages} pages");
    }

    #[test]
    fn a_full_page_ends_the_search_at_its_last_line() {
        let mut store = Numbered { newest: 1_000, each: Duration::ZERO, compared: 0 };
        assert_eq!(search(None, 1).look(&mut store).unwrap(), (vec![1_000], Some(1_000)));
        assert_eq!(search(Some(1_000), 1).look(&mut store).unwrap(), (vec![900], Some(900)));
        assert_eq!(search(Some(100), 1).look(&mut store).unwrap(), (vec![], None));
    }
}
