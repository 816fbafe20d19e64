//! The ways in which a backend goes wrong.

use clap::ValueEnum;

/// A fault of the backend. The comments are the command's help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MockFault {
    /// Nothing.
    None,
    /// Reads it, stores it and never answers.
    Timeout,
    /// Cuts the connection with nothing stored.
    ResetBefore,
    /// Stores it, then cuts the connection without an answer.
    ResetAfter,
    /// Leaves out every CORS header: a preflight fails, and what needs none is stored but cannot be read.
    Cors,
    /// Status 200 with the backend's own words for an error, nothing stored.
    OkError,
    /// Stores it and answers 202 with an empty body.
    AcceptedEmpty,
    /// 400 with problem details whose `errors` is a list with pointers, nothing stored.
    RefusedProblem,
    /// 400 with `errors` as a map from the backend's name of a field, nothing stored.
    RefusedMap,
    /// 400 with `errors` as a list that names fields, nothing stored.
    RefusedList,
    /// 413, nothing stored.
    TooLarge,
    /// 422 with problem details, nothing stored.
    Unprocessable,
    /// 429 with `Retry-After: 1`, nothing stored.
    TooMany,
    /// 500, nothing stored.
    ServerError,
    /// 502 with a page of HTML, nothing stored.
    HtmlError,
    /// 503, nothing stored.
    Unavailable,
    /// Stores it and answers 200 with the right body, a byte every half second.
    Slow,
    /// Stores it and answers 200 with 64 MB of text.
    Huge,
    /// Stores it and gives the right status and body, marked as `application/octet-stream`.
    WrongType,
    /// Stores it and gives a reference that is none, or a body that is not the one of success.
    WrongReference,
}

impl MockFault {
    /// The fault of a name.
    ///
    /// # Errors
    /// Where it is the name of none: the names that are.
    pub fn named(name: &str) -> Result<Self, String> {
        Self::from_str(name, false).map_err(|_| {
            let known: Vec<_> = Self::value_variants()
                .iter()
                .filter_map(|fault| Some(fault.to_possible_value()?.get_name().to_owned()))
                .collect();
            format!("no fault has this name; there are {}", known.join(", "))
        })
    }

    /// Returns whether the backend stores the submission in spite of the fault.
    pub fn stores(self) -> bool {
        match self {
            Self::None
            | Self::Timeout
            | Self::ResetAfter
            | Self::Cors
            | Self::AcceptedEmpty
            | Self::Slow
            | Self::Huge
            | Self::WrongType
            | Self::WrongReference => true,
            Self::ResetBefore
            | Self::OkError
            | Self::RefusedProblem
            | Self::RefusedMap
            | Self::RefusedList
            | Self::TooLarge
            | Self::Unprocessable
            | Self::TooMany
            | Self::ServerError
            | Self::HtmlError
            | Self::Unavailable => false,
        }
    }
}
