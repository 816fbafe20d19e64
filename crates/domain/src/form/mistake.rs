//! The reasons why an answer is not taken.

use crate::{
    form::answer::{Field, QuestionId},
    id_enum::id_enum,
};

id_enum! {
    /// Why an answer was not taken.
    Cause {
        Missing = "missing", NotAnOption = "not_an_option", NoneWithOthers = "none_with_others", TooLong = "too_long", TooLongByOne = "too_long_by_one",
        DateIncomplete = "date_incomplete", DateImpossible = "date_impossible", DateInFuture = "date_in_future",
        YearShort = "year_short", DateTwice = "date_twice", EmailMissing = "email_missing", EmailShape = "email_shape",
        TelephoneMissing = "telephone_missing", TelephoneShape = "telephone_shape", TelephoneShort = "telephone_short",
        PostMissing = "post_missing", SchoolMissing = "school_missing", AdultMissing = "adult_missing",
    }
}

/// A problem to correct on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerError {
    /// The field to correct; `None` for the options.
    pub field: Option<Field>,
    /// The cause of the problem.
    pub cause: Cause,
    /// For [`Cause::TooLong`]: the most characters.
    pub max: usize,
    /// For [`Cause::TooLong`]: how many too many.
    pub over: usize,
}

impl AnswerError {
    pub(super) fn new(field: Option<Field>, cause: Cause) -> Self {
        Self { field, cause, max: 0, over: 0 }
    }
}

/// A problem to correct, with its question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The question.
    pub question: QuestionId,
    /// The problem.
    pub error: AnswerError,
}
