//! A second account of the rules, to hold the first against: written from the words of the rules alone, on plain JSON, with
//! its own tables of routes and clocks and its own count of days. It shares no code with the rules.
//!
//! The rules in one view:
//!
//! 1. Immediate danger: the numbers for an emergency, and nothing else.
//! 2. A stage that has been reached, or something that the council has answered: [`stages`].
//! 3. Otherwise a first complaint: each topic has its route ([`routes`]). Where all routes are the same, that is the outcome;
//!    otherwise the complaint is split.
//!
//! Flags and signposts: [`flags`]. Clocks: [`clocks`].
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

pub mod cases;
pub mod clocks;
pub mod compare;
mod flags;
pub mod routes;
mod stages;

use std::collections::{BTreeMap, BTreeSet};

use putright_domain::date::Date;
use serde_json::{Value, json};

use clocks::{Dates, When, corporate, line};

/// The two kinds of council that ship.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// Its list names transport to school, and councillors and MPs.
    Bromley,
    /// Promises to get in touch within three days, and counts stage 2 from the agreed statement.
    BiBorough,
}

impl Place {
    pub fn of(council: &str) -> Self {
        match council {
            "bromley" => Self::Bromley,
            "kensington-and-chelsea" | "westminster" => Self::BiBorough,
            _ => panic!("the oracle does not know {council}"),
        }
    }
}

/// The answers, as JSON.
#[derive(Clone, Copy)]
pub struct Given<'a>(&'a Value);

impl<'a> Given<'a> {
    fn text(self, key: &str) -> Option<&'a str> {
        self.0.get(key).and_then(Value::as_str)
    }

    /// Returns true where the answer is one of these.
    fn is(self, key: &str, values: &[&str]) -> bool {
        self.text(key).is_some_and(|value| values.contains(&value))
    }

    fn truth(self, key: &str) -> bool {
        self.0.get(key) == Some(&Value::Bool(true))
    }

    fn list(self, key: &str) -> impl Iterator<Item = &'a str> {
        self.0.get(key).and_then(Value::as_array).into_iter().flatten().map(|value| value.as_str().unwrap())
    }

    fn has(self, key: &str, value: &str) -> bool {
        self.list(key).any(|held| held == value)
    }

    fn who(self, people: &[&str]) -> bool {
        self.is("who", people)
    }

    fn acting_for(self, key: &str) -> Option<&'a str> {
        self.0.get("acting_for").and_then(|acting| acting.get(key)).and_then(Value::as_str)
    }

    /// No answer counts as not known; a care leaver's own counts as `care_leaver`.
    fn child_status(self) -> &'a str {
        let unsaid = if self.who(&["care_leaver"]) { "care_leaver" } else { "not_known" };
        self.text("child_status").unwrap_or(unsaid)
    }

    fn date(self, key: &str) -> Option<When> {
        self.text(key).map(When::parse)
    }

    /// The day of sending: today, where the app is concerned.
    fn sent(self) -> Option<Date> {
        self.date("sent_date").map(|when| when.first)
    }
}

/// A clock with its dates.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Line {
    pub clock: &'static str,
    pub from: Date,
    pub due: Date,
    pub latest: Option<Date>,
    /// Counted from a month, or past the last bank holiday in the data.
    pub about: bool,
}

/// The advice.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Said {
    /// None for a first complaint about nothing: the command line takes that for an error.
    pub outcome: Option<&'static str>,
    pub flags: BTreeSet<&'static str>,
    pub signposts: BTreeSet<&'static str>,
    pub deadlines: BTreeSet<Line>,
    pub parts: BTreeMap<&'static str, &'static str>,
}

impl Said {
    fn flag(&mut self, flags: &[&'static str]) {
        self.flags.extend(flags);
    }

    fn signpost(&mut self, signposts: &[&'static str]) {
        self.signposts.extend(signposts);
    }

    fn show(&mut self, lines: impl IntoIterator<Item = Line>) {
        self.deadlines.extend(lines);
    }

    /// Returns true where a part goes one of these ways.
    pub fn has_part(&self, routes: &[&str]) -> bool {
        self.parts.values().any(|route| routes.contains(route))
    }

    /// A part that the council answers.
    pub fn has_council_part(&self) -> bool {
        self.has_part(&["statutory", "corporate", "council_decides"])
    }

    /// A part that the children's procedure answers, or may.
    pub fn has_childrens_part(&self) -> bool {
        self.has_part(&["statutory", "council_decides"])
    }

    /// As the rules print it, each set in order.
    pub fn json(&self) -> Value {
        let dates = |line: &Line| {
            let mut json = json!({ "clock": line.clock, "from": line.from, "due": line.due });
            if let Some(latest) = line.latest {
                json["latest"] = json!(latest);
            }
            if line.about {
                json["about"] = json!(true);
            }
            json
        };
        let deadlines: Vec<Value> = self.deadlines.iter().map(dates).collect();
        json!({
            "outcome": self.outcome,
            "flags": self.flags,
            "signposts": self.signposts,
            "deadlines": deadlines,
            "parts": self.parts,
        })
    }
}

/// Decides a case.
pub fn decide(facts: &Value, place: Place) -> Said {
    let given = Given(facts);
    let mut said = Said::default();
    if given.truth("immediate_danger") {
        said.outcome = Some("emergency");
        said.signpost(&["999", "SAFEGUARDING"]);
        if given.text("who").is_none() || given.who(&["child"]) {
            said.signpost(&["CHILDLINE"]);
        }
        if !given.who(&["child"]) {
            said.signpost(&["NSPCC"]);
        }
        return said;
    }
    for topic in given.list("topics") {
        let topic = routes::name(topic);
        said.parts.insert(topic, routes::route(topic, given, place));
    }
    flags::people_and_topics(&mut said, given, place);
    let dates = Dates { given, place };
    let stage = given.text("stage_reached").unwrap_or("none");
    let response = given.text("council_response").unwrap_or("none");
    if stage == "none" && response == "none" {
        first_complaint(&mut said, dates);
        flags::over_a_year(&mut said, given);
    } else {
        stages::decide(&mut said, dates, stage, response);
    }
    said
}

/// A complaint that has not been made yet.
fn first_complaint(said: &mut Said, dates: Dates<'_>) {
    let routes: BTreeSet<&str> = said.parts.values().copied().collect();
    said.outcome = match routes.into_iter().collect::<Vec<_>>()[..] {
        [] => None,
        ["statutory"] => Some("statutory_stage1"),
        ["corporate"] => Some("corporate_stage1"),
        ["council_decides"] => Some("council_decides"),
        ["signpost"] => Some("signpost"),
        _ => Some("split"),
    };
    let sent = dates.given.date("sent_date");
    if said.has_part(&["statutory", "council_decides"]) {
        if dates.place == Place::BiBorough {
            said.show(line("council.s1.contact", sent));
        }
        said.show(line("statutory.s1.response", sent));
    }
    if said.has_part(&["corporate", "council_decides"]) {
        said.show(corporate("1", sent, None));
    }
}
