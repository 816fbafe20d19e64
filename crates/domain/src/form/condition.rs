//! The conditions of a flow: when a question is asked, and where a page leads.

use crate::{
    data::Place,
    form::answer::{QuestionId, numbered},
};

/// When a rule applies.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// One of these options was chosen.
    Answer {
        /// The question.
        question: QuestionId,
        /// The options.
        is: Vec<String>,
    },
    /// The day answered lies more than so many calendar months back.
    OlderThan {
        /// A date question.
        question: QuestionId,
        /// How many months.
        months: u32,
    },
    /// The council shares its service with others.
    SharedService,
    /// The council takes files.
    TakesFiles,
    /// It is the first time that the page is filled in.
    FirstTime,
    /// The rules give one of these outcomes for the answers so far.
    Outcome(Vec<String>),
    /// All of these.
    All(Vec<Condition>),
    /// Any of these.
    Any(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
}

impl Condition {
    /// Puts the number of a copy into the ids of the questions that are the copy's own.
    pub(super) fn renumber(&mut self, own: &dyn Fn(&str) -> bool, number: usize) {
        match self {
            Self::Answer { question, .. } | Self::OlderThan { question, .. } if own(question) => {
                *question = numbered(question, number);
            }
            Self::All(list) | Self::Any(list) => list.iter_mut().for_each(|inner| inner.renumber(own, number)),
            Self::Not(inner) => inner.renumber(own, number),
            // Any of nothing never holds.
            Self::FirstTime if number > 1 => *self = Self::Any(Vec::new()),
            _ => {}
        }
    }

    /// Reads a condition.
    pub(in crate::form) fn read(place: Place<'_>) -> Self {
        // A place without one is noted, and refused with its file.
        place.decode::<Option<Self>>().unwrap_or(Self::SharedService)
    }

    /// Every question that it looks at.
    pub(super) fn questions(&self) -> Vec<&str> {
        match self {
            Self::Answer { question, .. } | Self::OlderThan { question, .. } => vec![question],
            Self::All(list) | Self::Any(list) => list.iter().flat_map(Self::questions).collect(),
            Self::Not(inner) => inner.questions(),
            Self::SharedService | Self::TakesFiles | Self::FirstTime | Self::Outcome(_) => Vec::new(),
        }
    }
}
