//! Reads `accessibility`, a council's own data for its accessibility statement.

use putright_domain::{
    data::{Document, InvalidFile, Place, pointer_step},
    date::Date,
    guidance::signpost::Telephone,
    json::Value,
};
use schemars::JsonSchema;
use serde::Deserialize;

use super::criteria;

/// The level of compliance with WCAG 2.2 at level AA.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Full compliance.
    Fully,
    /// Compliance with most of it.
    Partially,
    /// No compliance with most of it.
    #[default]
    Not,
}

/// The test of the website.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tested {
    /// The tester.
    pub by: String,
    /// The day of the test.
    pub on: Date,
    /// The pages that were tested, and the method.
    pub how: String,
}

/// The contact for accessibility problems.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct StatementContact {
    /// An email address.
    pub email: String,
    /// Telephone numbers.
    pub telephone: Vec<Telephone>,
    /// An address for letters, a line each.
    pub post: Vec<String>,
    /// A contact form's address.
    pub web: String,
}

/// A part that is not accessible though it should be.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KnownProblem {
    /// The thing that somebody cannot do.
    pub what: String,
    /// The criterion that it fails: its number in the file, its number and name once read.
    pub criterion: String,
    /// The day by which it will be fixed, or the plan.
    pub plan: String,
}

/// A part that is not accessible and need not be.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exempt {
    /// The part.
    pub what: String,
    /// The reason.
    pub why: String,
}

/// The data of a council for its statement.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// How far the website meets WCAG 2.2 at level AA.
    pub status: Status,
    /// The website that it is about, where it is more than this one or has a name.
    pub website: Option<String>,
    /// The day on which the statement was prepared.
    pub prepared: Date,
    /// The day on which somebody last went through it; the day of preparation where it is left out.
    reviewed: Option<Date>,
    /// The test of the website.
    pub tested: Tested,
    /// The contact; the complaints team where it is left out.
    pub contact: Option<StatementContact>,
    /// How soon the council answers, in working days.
    #[serde(rename = "answer_within_working_days")]
    pub answer_within: u32,
    /// Parts that are not accessible though they should be.
    #[serde(default)]
    pub problems: Vec<KnownProblem>,
    /// Parts that would be a disproportionate burden to fix.
    #[serde(default)]
    pub burden: Vec<Exempt>,
    /// Parts that the Regulations do not cover.
    #[serde(default)]
    pub out_of_scope: Vec<Exempt>,
    /// The council's plans to improve accessibility.
    #[serde(default)]
    pub improving: Vec<String>,
}

impl Statement {
    /// Reads a council's file; `None` where it says nothing.
    ///
    /// # Errors
    /// Returns an error that names the file, the place and what was meant.
    pub fn read(file: &str, text: &str) -> Result<Option<Self>, InvalidFile> {
        let document = Document::parse(file, text)?;
        let root = document.root();
        let there = matches!(root.value(), Value::Object(members) if members.get("accessibility").is_some());
        let read = there.then(|| Self::of(root.member("accessibility")));
        document.finish(read)
    }

    fn of(place: Place<'_>) -> Self {
        let mut statement: Self = place.decode();
        empty(place, place.value(), "");
        if statement.reviewed() < statement.prepared {
            let problem = "is before prepared; give the day on which somebody last went through the statement, such as \"2026-11-23\"";
            place.note_in("reviewed", problem);
        }
        if statement.answer_within == 0 {
            place.note_in("answer_within_working_days", "must be 1 or more");
        }
        if let Some(contact) = &statement.contact {
            contact.check(place);
        }
        for (at, problem) in statement.problems.iter_mut().enumerate() {
            if let Some(named) = criteria::named(&problem.criterion) {
                problem.criterion = named;
            } else {
                let pointer = format!("/problems/{at}/criterion");
                place.note_below(
                    &pointer,
                    "must be the number of a criterion of WCAG 2.2 at level A or AA, like \"1.3.1\"",
                );
            }
        }
        statement.agree(place);
        statement
    }

    /// The day on which somebody last went through it.
    pub fn reviewed(&self) -> Date {
        self.reviewed.unwrap_or(self.prepared)
    }

    /// The law knows a status by what is listed.
    fn agree(&self, place: Place<'_>) {
        let fails = !self.problems.is_empty() || !self.burden.is_empty();
        let problem = match self.status {
            Status::Fully if fails => {
                "is \"fully\", and problems or burden list what is not accessible; it is \"partially\" then, or \"not\""
            }
            Status::Partially | Status::Not if !fails && self.out_of_scope.is_empty() => {
                "must be explained: list what is not accessible in problems, burden or out_of_scope"
            }
            _ => return,
        };
        place.note_in("status", problem);
    }
}

/// Notes each text that says nothing, but for the hours of a telephone.
fn empty(place: Place<'_>, value: &Value, pointer: &str) {
    match value {
        Value::String(text) if text.trim().is_empty() && !pointer.ends_with("/hours") => {
            place.note_below(pointer, "is empty; people need to know it, in plain words");
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| empty(place, item, &format!("{pointer}/{at}")));
        }
        Value::Object(members) => {
            members.iter().for_each(|(key, member)| empty(place, member, &(pointer.to_owned() + &pointer_step(key))));
        }
        _ => {}
    }
}

impl StatementContact {
    fn check(&self, place: Place<'_>) {
        let email = &self.email;
        let is_plain = email.bytes().all(|byte| byte.is_ascii_graphic());
        let has_host = email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        let is_address = is_plain && has_host;
        if !email.is_empty() && !is_address {
            place.note_below("/contact/email", "must be an email address like access@anytown.gov.uk");
        }
        if !self.web.is_empty() && !self.web.starts_with("https://") {
            place.note_below("/contact/web", "must begin with https://");
        }
        if email.is_empty() && self.telephone.is_empty() && self.post.is_empty() && self.web.is_empty() {
            place.note_in("contact", "names no way; give an email, a telephone, a post or a web, or leave contact out for the complaints team");
        }
    }
}
