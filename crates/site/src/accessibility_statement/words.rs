//! The words of the statement, `content/en/accessibility.json`: a file of its own, which the app does not fetch.
//!
//! Those under `law` are the wording of the model statement, which the law does not leave to us. All others are plain.

use putright_domain::{
    data::{InvalidFile, SchemaVersion},
    messages::Direction,
};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::words;

/// The file, in a site.
pub const FILE: &str = "content/en/accessibility.json";

/// The names that stand for something.
const NAMES: [&str; 11] =
    ["council", "name", "website", "reasons", "criterion", "days", "prepared", "reviewed", "tested", "by", "title"];

/// The words.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementWords {
    #[serde(rename = "schema_version")]
    _version: SchemaVersion,
    /// The language, as a BCP 47 tag.
    pub language: String,
    /// The direction of the words.
    pub direction: Direction,
    pub title: String,
    pub page_title: String,
    pub website: String,
    pub about: Vec<String>,
    pub can: Vec<String>,
    pub advice: String,
    pub state_title: String,
    pub state: String,
    pub state_fully: String,
    pub limits: Vec<String>,
    pub feedback_title: String,
    pub feedback: Vec<String>,
    pub feedback_email: String,
    pub contact: String,
    pub answer: String,
    pub report_title: String,
    pub report: Vec<String>,
    pub enforcement_title: String,
    pub enforcement: Vec<String>,
    pub technical_title: String,
    pub status_title: String,
    pub listed_none: String,
    pub improving_title: String,
    pub prepared_title: String,
    pub form_title: String,
    pub form: Vec<String>,
    pub unsaid: Unsaid,
    pub law: Law,
}

/// The words for a part that a council has not filled in yet.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unsaid {
    pub state: String,
    pub answer: String,
    pub contact: String,
    pub status: String,
    pub content: String,
    pub improving: String,
    pub prepared: String,
}

/// The wording of the model.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Law {
    pub applies: String,
    pub enforcement: String,
    pub committed: String,
    pub fully: String,
    pub partially: String,
    pub not: String,
    pub non_compliances: String,
    pub exemptions: String,
    pub both: String,
    pub content_title: String,
    pub content: String,
    pub problems_title: String,
    pub burden_title: String,
    pub scope_title: String,
    pub fails: String,
    pub prepared: String,
    pub tested: String,
    pub tested_by: String,
}

impl StatementWords {
    /// Reads the file.
    ///
    /// # Errors
    /// Returns an error that names the file, the place and what was meant.
    pub fn parse(file: &str, text: &str) -> Result<Self, InvalidFile> {
        words::read(file, text, &NAMES, |_, _| {})
    }
}
