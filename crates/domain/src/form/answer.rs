//! A person's answers, and the form input that each answer is read from.
//!
//! `Debug` never prints what a person wrote.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    date::Date,
    id_enum::{IdMap, id_enum},
    key_map::KeyMap,
};

/// A question's id.
pub type QuestionId = String;

/// A question that may come several times is one question, numbered from its second time on: `what_happened`,
/// `what_happened-2`. Its name, and which time it is.
pub fn unnumbered(id: &str) -> (&str, usize) {
    let parts = id.rsplit_once('-').and_then(|(name, number)| Some((name, number.parse().ok()?)));
    parts.filter(|(_, number)| *number > 1).unwrap_or((id, 1))
}

/// Returns the id of a question at its nth time.
pub fn numbered(name: &str, number: usize) -> QuestionId {
    if number > 1 { [name, "-", &number.to_string()].concat() } else { name.to_owned() }
}

id_enum! {
    /// A field of a question page that takes text.
    Field {
        Text = "text", Day = "day", Month = "month", Year = "year", About = "about", Email = "email",
        Telephone = "telephone", Post = "post", School = "school", TrustedAdult = "trusted_adult",
    }
}

/// The option that says the day, or the council, is not known.
pub const NOT_KNOWN: &str = "not_known";

/// The option of an agreement.
pub const AGREED: &str = "agreed";

/// A question page as the person left it: nothing trimmed, nothing checked.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
pub struct FormInput {
    /// The radios and checkboxes that are on.
    pub chosen: Vec<String>,
    /// The text of each field.
    pub text: IdMap<Field, String>,
}

impl FormInput {
    /// The text of a field, untrimmed; empty where nothing was typed.
    pub fn field(&self, field: Field) -> &str {
        self.text.get(field).map_or("", String::as_str)
    }

    /// Returns whether an option is on.
    pub fn has(&self, option: &str) -> bool {
        self.chosen.iter().any(|chosen| chosen == option)
    }

    /// One option on.
    pub fn choosing<const N: usize>(options: [&str; N]) -> Self {
        Self { chosen: options.iter().map(|option| (*option).to_owned()).collect(), ..Self::default() }
    }

    /// The same, with text in a field.
    #[must_use]
    pub fn with(mut self, field: Field, text: impl Into<String>) -> Self {
        self.text.insert(field, text.into());
        self
    }

    /// Returns whether nothing was chosen or typed.
    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty() && self.text.iter().all(|(_, text)| text.trim().is_empty())
    }
}

impl fmt::Debug for FormInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FormInput(…)")
    }
}

/// A day, as exactly as the person knows it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(tag = "known", rename_all = "snake_case", deny_unknown_fields)]
pub enum ApproximateDate {
    /// The day.
    Day {
        /// The day.
        date: Date,
    },
    /// The month.
    Month {
        /// The year.
        #[cfg_attr(not(target_family = "wasm"), schemars(range(min = 1900, max = 9999)))]
        year: i32,
        /// The month, 1 to 12.
        #[cfg_attr(not(target_family = "wasm"), schemars(range(min = 1, max = 12)))]
        month: u32,
    },
    /// In the person's own words.
    About {
        /// The words.
        #[cfg_attr(not(target_family = "wasm"), schemars(length(min = 1, max = 200)))]
        words: String,
    },
    /// The person does not know.
    NotKnown,
}

impl ApproximateDate {
    /// The latest day it can have been, where that can be told. Used to be lenient about "over a year ago".
    pub fn latest(&self) -> Option<Date> {
        match self {
            Self::Day { date } => Some(*date),
            Self::Month { year, month } => Date::last_of_month(*year, *month),
            Self::About { .. } | Self::NotKnown => None,
        }
    }
}

/// A way to reach a person, with its details.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// The ways chosen: ids of the question's options.
    pub chosen: Vec<String>,
    /// The text that was typed for each field.
    pub details: IdMap<Field, String>,
}

/// An answer that has been checked.
#[derive(Clone, PartialEq, Eq)]
pub enum Answer {
    /// A page without a question was read.
    Seen,
    /// An optional question was left out.
    Skipped,
    /// One option.
    One(String),
    /// Some options, in the order of the question.
    Many(Vec<String>),
    /// Text, trimmed.
    Text(String),
    /// A day.
    When(ApproximateDate),
    /// How to reach the person.
    Reach(Reach),
    /// A statement was agreed to.
    Agreed,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Seen => "Seen",
            Self::Skipped => "Skipped",
            Self::One(_) => "One(…)",
            Self::Many(_) => "Many(…)",
            Self::Text(_) => "Text(…)",
            Self::When(_) => "When(…)",
            Self::Reach(_) => "Reach(…)",
            Self::Agreed => "Agreed",
        })
    }
}

impl Answer {
    /// Returns whether an option was chosen.
    pub fn has(&self, option: &str) -> bool {
        match self {
            Self::One(chosen) => chosen == option,
            Self::Many(chosen) => chosen.iter().any(|one| one == option),
            Self::Reach(reach) => reach.chosen.iter().any(|one| one == option),
            _ => false,
        }
    }

    /// Returns the chosen options or the written text as plain strings; `None` if there is nothing to report.
    pub fn as_strings(&self) -> Option<Vec<String>> {
        match self {
            Self::One(text) | Self::Text(text) => Some(vec![text.clone()]),
            Self::Many(options) => Some(options.clone()),
            Self::When(ApproximateDate::Day { date }) => Some(vec![date.to_string()]),
            Self::When(ApproximateDate::Month { year, month }) => Some(vec![format!("{year:04}-{month:02}")]),
            Self::When(ApproximateDate::About { words }) => Some(vec![words.clone()]),
            Self::Reach(reach) => {
                Some(reach.chosen.iter().chain(reach.details.iter().map(|(_, detail)| detail)).cloned().collect())
            }
            Self::Agreed => Some(vec![AGREED.to_owned()]),
            Self::When(ApproximateDate::NotKnown) => Some(vec![NOT_KNOWN.to_owned()]),
            Self::Seen | Self::Skipped => None,
        }
    }

    /// The page as it stood when it was answered, to change it again.
    pub fn to_raw(&self) -> FormInput {
        let mut raw = FormInput::default();
        match self {
            Self::Seen | Self::Skipped => {}
            Self::One(option) => raw.chosen.push(option.clone()),
            Self::Many(options) => raw.chosen.clone_from(options),
            Self::Text(text) => raw = raw.with(Field::Text, text.as_str()),
            Self::When(ApproximateDate::Day { date }) => {
                raw = raw
                    .with(Field::Day, date.day().to_string())
                    .with(Field::Month, date.month().to_string())
                    .with(Field::Year, date.year().to_string());
            }
            Self::When(ApproximateDate::Month { year, month }) => {
                raw = raw.with(Field::Month, month.to_string()).with(Field::Year, year.to_string());
            }
            Self::When(ApproximateDate::About { words }) => raw = raw.with(Field::About, words.as_str()),
            Self::When(ApproximateDate::NotKnown) => raw.chosen.push(NOT_KNOWN.to_owned()),
            Self::Reach(reach) => {
                raw.chosen.clone_from(&reach.chosen);
                raw.text.clone_from(&reach.details);
            }
            Self::Agreed => raw.chosen.push(AGREED.to_owned()),
        }
        raw
    }
}

/// Every answer given so far, whether or not its question still lies on the way.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize)]
pub struct Answers(KeyMap<Answer>);

impl Answers {
    /// The answer to a question.
    pub fn get(&self, question: &str) -> Option<&Answer> {
        self.0.get(question)
    }

    /// Keeps an answer in place of an earlier one.
    pub fn set(&mut self, question: &str, answer: Answer) {
        self.0.insert(question, answer);
    }

    /// Every answer and its question's id.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.0.iter()
    }

    /// Takes an answer away.
    pub fn forget(&mut self, question: &str) {
        self.0.remove(question);
    }

    /// Returns whether nothing has been answered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Only the answers to some questions: those on the way.
    #[must_use]
    pub fn only<'a>(&self, questions: impl Iterator<Item = &'a str>) -> Self {
        Self(questions.filter_map(|id| Some((id.to_owned(), self.0.get(id)?.clone()))).collect())
    }
}
