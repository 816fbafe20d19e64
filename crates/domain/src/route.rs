//! The addresses of the app: `#/…`. An address names a page, never an answer.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::form::{answer::QuestionId, flow::CHECK};

/// The place where people wait who are faster than the app. It is not a page.
pub const WAIT: &str = "wait";

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
    /// The same page, at the part with this id.
    GuidePart(String),
    /// How to reach the council.
    Contacts,
    /// A leaflet to print.
    Leaflet,
    /// The words of another register: no page, but a way to where one was, in those words.
    Words(String),
    /// How to leave fast.
    ExitHelp,
    /// How the page looks.
    Look,
    /// Keep what was written.
    Draft,
    /// A copy to read out on the telephone.
    ReadOut,
    /// A copy to post.
    ByPost,
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
            WAIT => return None,
            "sent" => Self::Sent,
            "guide" => Self::Guide,
            "contacts" => Self::Contacts,
            "leaflet" => Self::Leaflet,
            "exit-help" => Self::ExitHelp,
            "look" => Self::Look,
            "draft" => Self::Draft,
            "read-out" => Self::ReadOut,
            "by-post" => Self::ByPost,
            CHECK => Self::Check,
            other => match other.split_once('/') {
                Some(("words", register)) if !register.is_empty() => Self::Words(register.to_owned()),
                Some(("question", id)) if !id.is_empty() => Self::Question(id.to_owned()),
                Some(("guide", id)) if !id.is_empty() => Self::GuidePart(id.to_owned()),
                _ => Self::Start,
            },
        })
    }

    /// The id of the element that the address names: a browser without the app goes there by itself.
    pub fn place(&self) -> String {
        self.to_string().split_off(1)
    }

    /// Returns whether both routes are places on one page.
    pub fn shares_page(&self, other: &Self) -> bool {
        let guide = |route: &Self| matches!(route, Self::Guide | Self::GuidePart(_));
        self == other || (guide(self) && guide(other))
    }
}

impl Serialize for Route {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
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
            Self::GuidePart(id) => write!(f, "#/guide/{id}"),
            Self::Leaflet => f.write_str("#/leaflet"),
            Self::Words(register) => write!(f, "#/words/{register}"),
            Self::Contacts => f.write_str("#/contacts"),
            Self::ExitHelp => f.write_str("#/exit-help"),
            Self::Look => f.write_str("#/look"),
            Self::Draft => f.write_str("#/draft"),
            Self::ReadOut => f.write_str("#/read-out"),
            Self::ByPost => f.write_str("#/by-post"),
        }
    }
}
