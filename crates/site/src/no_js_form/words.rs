//! The words of the plain form, `content/en/plain.json`: a file of its own, since the app has no use for it and everybody would
//! have to fetch it.

use std::collections::BTreeMap;

use putright_domain::{
    council::Council,
    data::{InvalidFile, SchemaVersion, pointer_step},
    guidance::time_limits::{LimitLength, Limits, TimeLimit},
    messages::{Direction, fill},
};
use schemars::JsonSchema;
use serde::Deserialize;

use super::Ask;
use crate::words;

/// The file, in a site.
pub const FILE: &str = "content/en/plain.json";

/// The words.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    #[serde(rename = "schema_version")]
    _version: SchemaVersion,
    /// The language, as a BCP 47 tag.
    pub language: String,
    /// The direction of the words.
    pub direction: Direction,
    pub link: String,
    pub link_waiting: String,
    pub title: String,
    pub title_print: String,
    pub page_title: String,
    pub error_title: String,
    pub about: Vec<String>,
    pub about_more: String,
    pub about_print: Vec<String>,
    pub person_title: String,
    pub person: Vec<String>,
    pub advocate: Vec<String>,
    pub reads_title: String,
    pub reads: Vec<String>,
    pub privacy: Privacy,
    pub form_title: String,
    pub asks: BTreeMap<String, Asked>,
    pub who: Whose,
    pub everything: Everything,
    pub limit: String,
    pub no_way: String,
    pub otherwise: String,
    pub send: String,
    pub send_beside: String,
    pub beside: Vec<String>,
    pub same_tab: Vec<String>,
    pub print_sheet: String,
    pub print_title: String,
    pub print: Vec<String>,
    pub print_email: String,
    pub print_not_sent: String,
    pub next_title: String,
    pub next: Vec<String>,
    pub sent_title: String,
    pub sent_reference: String,
    pub sent_keep: Vec<String>,
    pub sent_ask: String,
    pub sent_rows: String,
    pub faults: Errors,
    pub lost: Lost,
}

/// The words about the council's privacy notice, in the app as well.
#[derive(Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Privacy {
    /// The words of the link.
    pub link: String,
    /// A sentence with the link, `[words]({privacy})`.
    pub before_sending: String,
}

/// The words of something that is asked.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    pub label: String,
    #[serde(default)]
    pub hint: Vec<String>,
    #[serde(default)]
    pub missing: String,
    #[serde(default)]
    pub option: String,
}

/// The words of who writes.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Whose {
    pub child: String,
    pub parent: String,
    pub helper: String,
    pub other: String,
}

/// The texts for the field that takes everything.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Everything {
    pub story: String,
    pub effect: String,
    pub wants: String,
    pub who: String,
    pub name: String,
    pub reach: String,
    pub safety: String,
}

/// The reasons why a form was not stored.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Errors {
    pub busy: String,
    pub not_stored: String,
    pub not_taken: String,
}

/// The words of the page for a form that was not stored and cannot be shown again.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lost {
    pub title: String,
    pub long: String,
    pub text: Vec<String>,
}

impl Words {
    /// Reads the file.
    ///
    /// # Errors
    /// Returns an error that names the file, the place and what was meant.
    pub fn parse(file: &str, text: &str) -> Result<Self, InvalidFile> {
        let known: Vec<String> = lengths(&Limits::default()).into_iter().map(|(name, _)| name).collect();
        let known = known
            .iter()
            .map(String::as_str)
            .chain(["council", "privacy", "title", "seconds", "max"])
            .collect::<Vec<_>>();
        words::read(file, text, &known, |words: &Self, note| {
            for ask in Ask::ALL {
                let asked = words.asks.get(ask.id());
                let needs_missing = matches!(ask, Ask::Who | Ask::Story | Ask::Everything | Ask::Agreed);
                if asked.is_none_or(|asked| needs_missing && asked.missing.is_empty()) {
                    let problem = "must have the words of this question, and of the error where it is left out";
                    note(&format!("/asks/{}", ask.id()), problem);
                }
            }
            for unknown in words.asks.keys().filter(|id| Ask::ALL.iter().all(|ask| ask.id() != *id)) {
                let known = Ask::ALL.iter().map(|ask| ask.id()).collect::<Vec<_>>().join(", ");
                note(
                    &format!("/asks{}", pointer_step(unknown)),
                    &format!("is a question that nobody asks; known: {known}"),
                );
            }
        })
    }

    /// The words of something that is asked.
    pub fn asked(&self, ask: Ask) -> Option<&Asked> {
        self.asks.get(ask.id())
    }
}

/// Fills in a council's name and its limits.
pub fn filled(words: &str, council: &Council) -> String {
    let lengths = lengths(&council.limits);
    let mut values: Vec<(&str, &str)> = lengths.iter().map(|(name, length)| (name.as_str(), length.as_str())).collect();
    values.push(("council", &council.short_name));
    fill(words, &values)
}

fn lengths(limits: &Limits) -> Vec<(String, String)> {
    let said = |span: LimitLength| match span {
        LimitLength::WorkingDays(count) | LimitLength::Months(count) => count.to_string(),
    };
    let of = |clock: &TimeLimit| {
        let limit = limits.of(*clock);
        let due = (format!("limit:{}", clock.id()), said(limit.due));
        [Some(due), limit.latest.map(|span| (format!("latest:{}", clock.id()), said(span)))]
    };
    TimeLimit::ALL.iter().flat_map(of).flatten().collect()
}
