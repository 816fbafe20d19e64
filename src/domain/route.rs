//! The addresses of the app: `#/…`. An address names a page, never an answer.

use std::fmt;

use super::journey::{answer::QuestionId, flow::CHECK};

/// A page's address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// The first page.
    #[default]
    Start,
    /// A question.
    Question(QuestionId),
    /// Check answers.
    Check,
    /// The confirmation.
    Sent,
    /// How complaints work.
    Guide,
    /// How to reach the council.
    Contacts,
    /// Keep what was written.
    Draft,
}

impl Route {
    /// Reads the part of an address after `#`. What is not known leads to the first page; a place within a page
    /// (`#main`) is no route.
    pub fn parse(fragment: &str) -> Option<Self> {
        let fragment = fragment.trim_start_matches('#');
        if fragment.is_empty() {
            return Some(Self::Start);
        }
        Some(match fragment.strip_prefix('/')? {
            "sent" => Self::Sent,
            "guide" => Self::Guide,
            "contacts" => Self::Contacts,
            "draft" => Self::Draft,
            CHECK => Self::Check,
            other => match other.strip_prefix("question/") {
                Some(id) if !id.is_empty() => Self::Question(id.to_owned()),
                _ => Self::Start,
            },
        })
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start => f.write_str("#/"),
            Self::Question(id) => write!(f, "#/question/{id}"),
            Self::Check => write!(f, "#/{CHECK}"),
            Self::Sent => f.write_str("#/sent"),
            Self::Guide => f.write_str("#/guide"),
            Self::Contacts => f.write_str("#/contacts"),
            Self::Draft => f.write_str("#/draft"),
        }
    }
}
