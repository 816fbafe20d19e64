//! The confirmation as text, `putright/sent/1`: the reference, the dates and the council whose telephone is shown with them.
//! Nothing that a person wrote is in it.

use crate::date::Date;

/// The format and its version: the first line. The others are in the order of [`SentRecord`], three for each date.
pub const FORMAT: &str = "putright/sent/1";
/// The most dates that are read.
const MOST_DATES: usize = 20;

/// A confirmation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentRecord {
    /// The council that has it.
    pub council: String,
    /// The register of the words in it.
    pub register: String,
    /// The number of the visit, so that another tab does not send it again.
    pub visit: String,
    /// The day it was sent.
    pub sent_on: Date,
    /// The council's reference; empty where it gives none.
    pub reference: String,
    /// Each date in words: the event, the day, and the last day where that is later.
    pub dates: Vec<[String; 3]>,
}

impl SentRecord {
    /// Returns whether a text claims to be a record of a sent submission.
    pub fn is_meant(text: &str) -> bool {
        text.starts_with(FORMAT)
    }

    /// The confirmation as text.
    pub fn to_text(&self) -> String {
        let sent_on = self.sent_on.to_string();
        let mut lines = vec![FORMAT, &self.council, &self.register, &self.visit, &sent_on, &self.reference];
        lines.extend(self.dates.iter().flatten().map(String::as_str));
        lines.join("\n")
    }

    /// Parses one; `None` where a part of it is missing.
    pub fn read(text: &str) -> Option<Self> {
        let mut lines = text.split('\n').map(str::to_owned);
        (lines.next()? == FORMAT).then_some(())?;
        let mut record = Self {
            council: lines.next()?,
            register: lines.next()?,
            visit: lines.next()?,
            sent_on: Date::parse_iso(&lines.next()?)?,
            reference: lines.next()?,
            dates: Vec::new(),
        };
        while let (Some(what), true) = (lines.next(), record.dates.len() < MOST_DATES) {
            record.dates.push([what, lines.next()?, lines.next()?]);
        }
        Some(record)
    }
}
