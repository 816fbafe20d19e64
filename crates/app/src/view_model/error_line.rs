//! A line of the error summary.

use std::fmt;

use putright_domain::form::answer::{Field, QuestionId};

/// One line of the error summary.
#[derive(Clone, PartialEq, Eq)]
pub struct ErrorLine {
    /// The problem, and how to solve it.
    pub text: String,
    /// The id of the element to go to; empty for none.
    pub target: String,
    /// The question to change, where it is on another page.
    pub question: Option<QuestionId>,
    /// The question of this page that it belongs to, and the field; no question where it belongs to none.
    pub at: QuestionId,
    /// See [`Self::at`].
    pub field: Option<Field>,
}

impl fmt::Debug for ErrorLine {
    // A file's name may stand in its text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorLine").field("target", &self.target).finish_non_exhaustive()
    }
}
