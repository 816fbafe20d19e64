//! A draft as text, `putright/draft/1`. Its type writes it; it is read by hand, because of a damaged draft as much is read as can be.
//!
//! Each answer is kept as its page stood, and read by its question again: what the flow no longer has, or no longer takes,
//! cannot come back as an answer. What was written is in no `Debug` and no error.

pub mod confirmation;
pub mod encryption;

use std::fmt;

use serde::{Serialize, Serializer};

use crate::{
    date::Date,
    form::{
        answer::{Answer, Answers, Field, FormInput},
        flow::Flow,
        question::{QuestionKind, Reading},
    },
    guidance::facts::{SAFEGUARDING_WORRY, YES},
    json::{self, Value},
    key_map::KeyMap,
    route::Route,
};

/// The format and its version.
pub const FORMAT: &str = "putright/draft/1";
/// How every version of it begins.
const FAMILY: &str = "putright/draft/";
/// How many ends are tried on a draft that was cut off.
const ENDS: usize = 200;

/// A stored draft.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "format", rename = "putright/draft/1")]
pub struct Draft {
    /// The council whose page it was written on.
    pub council: String,
    /// The language of the words it was written with.
    pub language: String,
    /// The register of the words it was written with.
    pub register: String,
    /// The day it was last written on.
    pub kept_on: Date,
    /// The last day it is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// The page the person was on.
    pub route: Route,
    /// The id of the outcome that the rules gave. If the rules now give another outcome, the person must read it.
    pub outcome: String,
    /// The number of a try to send that may have arrived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tried: Option<String>,
    /// The number of the visit, which the first try to send has too: tabs with the same draft send the same.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub visit: String,
    /// Every answer. The answers come last: of a draft that was cut off, those before the cut can be read.
    pub answers: Answers,
    /// Pages half typed.
    pub pending: KeyMap<FormInput>,
}

/// Why a draft cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftError {
    /// Its last day is over.
    Expired,
    /// It was written on the page of another council.
    OtherCouncil,
    /// It was written by another version of Putright.
    OtherVersion,
    /// It is no draft, or too little is left of it.
    Damaged,
}

/// A draft that can be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The draft.
    pub draft: Box<Draft>,
    /// The flag for a part that could not be read, or that is no longer an answer.
    pub lost: bool,
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Draft(…)")
    }
}

impl Draft {
    /// Returns the draft as JSON.
    pub fn to_json(&self) -> String {
        json::to_json(self)
    }

    /// Reads one, against the questions and councils of this page.
    ///
    /// # Errors
    /// Returns the cause if the draft cannot be opened.
    #[allow(clippy::too_many_lines, reason = "older than the limit of 60 lines")]
    pub fn read(text: &str, flow: &Flow, reading: Reading<'_>) -> Result<Opened, DraftError> {
        let (members, mut lost) = members(text).ok_or(DraftError::Damaged)?;
        let text = |key: &str| member(&members, key);
        match text("format") {
            FORMAT => {}
            other if other.starts_with(FAMILY) => return Err(DraftError::OtherVersion),
            _ => return Err(DraftError::Damaged),
        }
        let council = text("council").to_owned();
        if council.is_empty() {
            lost = true;
        } else if !reading.councils.contains(&council) {
            return Err(DraftError::OtherCouncil);
        }
        // An end that cannot be read is near: never for ever.
        let until = members.get("until").map(|_| Date::parse_iso(text("until")).unwrap_or(reading.today));
        if until.is_some_and(|until| until < reading.today) {
            return Err(DraftError::Expired);
        }
        let (tried, visit) = (text("tried"), text("visit"));
        let mut draft = Box::new(Draft {
            council,
            language: text("language").to_owned(),
            register: text("register").to_owned(),
            kept_on: Date::parse_iso(text("kept_on")).unwrap_or(reading.today),
            until,
            route: Route::parse(text("route")).unwrap_or_default(),
            outcome: text("outcome").to_owned(),
            tried: is_number(tried).then(|| tried.to_owned()),
            visit: if is_number(visit) { visit.to_owned() } else { String::new() },
            answers: Answers::default(),
            pending: KeyMap::default(),
        });
        for key in ["answers", "pending"] {
            let Some(Value::Object(entries)) = members.get(key) else {
                lost = true;
                continue;
            };
            for (id, entry) in entries.iter() {
                if id == SAFEGUARDING_WORRY {
                    // It belongs to no question.
                    draft.answers.set(id, Answer::One(YES.to_owned()));
                    continue;
                }
                let (Some(question), Some(raw)) = (flow.question(id), read_raw(entry)) else {
                    lost = true;
                    continue;
                };
                if key == "pending" {
                    draft.pending.insert(id, raw);
                } else if entry.get("seen").is_some_and(|seen| matches!(seen, Value::Bool(true))) {
                    if can_be_seen(&question.kind) {
                        draft.answers.set(id, Answer::Seen);
                    } else if !matches!(question.kind, QuestionKind::Files) {
                        // Files are not kept: they are asked for again.
                        lost = true;
                    }
                } else if let Ok(answer) = question.parse(&raw, reading) {
                    draft.answers.set(id, answer);
                } else {
                    // No answer any more, but still what the person wrote.
                    lost = true;
                    draft.pending.insert(id, raw);
                }
            }
        }
        if lost && draft.answers.is_empty() && draft.pending.is_empty() {
            return Err(DraftError::Damaged);
        }
        Ok(Opened { draft, lost })
    }
}

/// A text; empty where there is none.
#[inline(never)]
pub(super) fn member<'a>(members: &'a KeyMap<Value>, key: &str) -> &'a str {
    members.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Returns whether a text is a number as the browser makes one for each try: 32 hexadecimal digits.
fn is_number(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Returns whether a question is read and not answered, or is a letter taken unchanged.
fn can_be_seen(kind: &QuestionKind) -> bool {
    matches!(
        kind,
        QuestionKind::Statement | QuestionKind::Advice | QuestionKind::Progress | QuestionKind::Letter { .. }
    )
}

/// The members of a draft, and whether its end was missing: then what stands before the cut.
fn members(text: &str) -> Option<(KeyMap<Value>, bool)> {
    if let Ok(whole) = json::parse(text) {
        return object(whole).map(|members| (members, false));
    }
    let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'}').map(|(at, _)| at + 1);
    ends.rev().take(ENDS).find_map(|end| {
        let mended = [text.get(..end)?, "}}"].concat();
        object(json::parse(&mended).ok()?).map(|members| (members, true))
    })
}

fn object(value: Value) -> Option<KeyMap<Value>> {
    match value {
        Value::Object(members) => Some(members),
        _ => None,
    }
}

impl Serialize for Answer {
    /// Writes the answer as its page stood.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Seen => serializer.collect_map([("seen", true)]),
            _ => self.to_raw().serialize(serializer),
        }
    }
}

/// A page; `None` where it is not as we write them.
fn read_raw(entry: &Value) -> Option<FormInput> {
    let mut raw = FormInput::default();
    let Value::Object(members) = entry else { return None };
    match members.get("chosen") {
        Some(Value::Array(options)) => {
            for option in options {
                raw.chosen.push(option.as_str()?.to_owned());
            }
        }
        None => {}
        _ => return None,
    }
    match members.get("text") {
        Some(Value::Object(fields)) => {
            for (field, text) in fields.iter() {
                raw.text.insert(Field::from_id(field)?, text.as_str()?.to_owned());
            }
        }
        None => {}
        _ => return None,
    }
    Some(raw)
}
