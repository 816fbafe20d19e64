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

/// One thing to mend on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerError {
    /// The field to mend; `None` for the options.
    pub field: Option<Field>,
    /// What is wrong.
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

/// A thing to mend, with the question it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The question.
    pub question: QuestionId,
    /// What is wrong.
    pub error: AnswerError,
}
