//! The kinds of question, and what makes an answer to each.
//!
//! Rules follow the GOV.UK Design System: nothing is required beyond what the question needs, a month may be a word, a
//! telephone number is not reformatted, an email address is checked for shape only.

mod parse;
mod read;

pub use parse::{count_characters, reach_max};

use crate::{
    date::Date,
    form::{
        answer::{Answer, Field, QuestionId},
        condition::Condition,
    },
};

/// The option that agrees.
pub const YES: &str = "yes";
/// The option that does not.
pub const NO: &str = "no";
/// The option of who would rather not answer. The rules take it as no answer; it is sent as what it is.
pub const NOT_SAY: &str = "not_say";
/// The option of who finds theirs not among the others. The rules take it as no answer, where they do not know it.
pub const OTHER: &str = "other";
/// Longest "about when".
pub const ABOUT_MAX: usize = 200;

/// The kind of answer that a question asks for.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum QuestionKind {
    /// A page to read.
    Statement,
    /// The page that says what we think.
    Advice,
    /// The page that says where a complaint stands and what to do next.
    Progress,
    /// A letter, written from the answers, to be changed as the person likes.
    Letter {
        /// Most characters.
        max: usize,
    },
    /// One of several.
    ChooseOne {
        /// The options' ids.
        options: Vec<String>,
    },
    /// Any of several.
    ChooseMany {
        /// The options' ids, in groups; one group with an empty id where they need no headings.
        groups: Vec<OptionGroup>,
        /// The option that excludes the others.
        none: Option<String>,
    },
    /// A line of text.
    Text {
        /// Most characters.
        max: usize,
        /// The person's own detail that a browser may fill in.
        autocomplete: Option<String>,
    },
    /// As much text as they like, up to a limit that is shown.
    LongText {
        /// Most characters.
        max: usize,
    },
    /// A day, exact or not.
    Date {
        /// The day may lie ahead.
        ahead: bool,
    },
    /// How to reach the person: each way brings the fields it needs.
    Reach {
        /// The ways: `email`, `telephone`, `post`, `school`, `trusted_adult`.
        methods: Vec<String>,
        /// The option that excludes the others.
        none: String,
    },
    /// Something to agree to.
    Agreement,
    /// The choice of one of the councils that share this service. The options are the councils.
    Council,
    /// Photos and files. They are no answer themselves: [`Answer::Seen`] says that there are some.
    Files,
    /// The choice to fill in the page once more: a button, and no field. A page's `repeat` makes it.
    Another,
}

impl QuestionKind {
    /// Returns the field that comes first; `None` where options do, or nothing.
    pub const fn first_field(&self) -> Option<Field> {
        match self {
            Self::Text { .. } | Self::LongText { .. } | Self::Letter { .. } => Some(Field::Text),
            Self::Date { .. } => Some(Field::Day),
            _ => None,
        }
    }
}

/// Options under one heading.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct OptionGroup {
    /// The heading's id; empty for none.
    pub id: String,
    /// The options' ids.
    pub options: Vec<String>,
    /// When the options can be seen before the heading is opened; `None` for always.
    pub open: Option<Condition>,
}

/// One question of a flow.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Question {
    /// Its id. That of a page's first question is also the page's address.
    pub id: QuestionId,
    /// The kind of question.
    pub kind: QuestionKind,
    /// The flag for a question that may be left out.
    pub optional: bool,
}

/// The facts needed to read an answer.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The day in England.
    pub today: Date,
    /// The day where the person is: it may have begun before England's, and counts as well.
    pub here: Date,
    /// The names of the months, January first, in the language of the page.
    pub months: &'a [String],
    /// The ids of the councils that share this service.
    pub councils: &'a [String],
}

impl Question {
    /// Every option's id.
    pub fn options(&self) -> Vec<&str> {
        match &self.kind {
            QuestionKind::ChooseOne { options } => options.iter().map(String::as_str).collect(),
            QuestionKind::ChooseMany { groups, .. } => {
                groups.iter().flat_map(|group| &group.options).map(String::as_str).collect()
            }
            QuestionKind::Reach { methods, none } => {
                methods.iter().map(String::as_str).chain([none.as_str()]).collect()
            }
            QuestionKind::Another => vec![YES, NO],
            _ => Vec::new(),
        }
    }

    /// Returns whether an answer fits this question. An answer from another register may not fit: then the question is
    /// asked again.
    pub fn takes(&self, answer: &Answer) -> bool {
        let known = self.options();
        let offers = |option: &String| known.contains(&option.as_str());
        match (&self.kind, answer) {
            (QuestionKind::ChooseOne { .. } | QuestionKind::Another, Answer::One(option)) => offers(option),
            (QuestionKind::ChooseMany { .. }, Answer::Many(options)) => options.iter().all(offers),
            (QuestionKind::Reach { .. }, Answer::Reach(reach)) => reach.chosen.iter().all(offers),
            (QuestionKind::ChooseOne { .. } | QuestionKind::ChooseMany { .. } | QuestionKind::Reach { .. }, _) => {
                matches!(answer, Answer::Skipped) && self.optional
            }
            _ => true,
        }
    }

    /// The option that excludes the others.
    pub fn none_option(&self) -> Option<&str> {
        match &self.kind {
            QuestionKind::ChooseMany { none, .. } => none.as_deref(),
            QuestionKind::Reach { none, .. } => Some(none),
            _ => None,
        }
    }
}
