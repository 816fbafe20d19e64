//! The shipped files, read as the app reads them.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

pub mod drive;
pub mod naive;

use std::{fs, path::PathBuf, sync::Arc};

use putright::domain::{
    content::Content,
    council::Council,
    date::Date,
    guidance::{signpost::Directory, working_days::WorkingCalendar},
    journey::flow::Flow,
    loaded::{Loaded, Sources},
    session::Session,
};

pub const COUNCILS: [&str; 3] = ["bromley", "kensington-and-chelsea", "westminster"];

pub fn public(file: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("public").join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub fn date(iso: &str) -> Date {
    Date::parse_iso(iso).unwrap()
}

pub fn council(id: &str) -> Council {
    let file = format!("councils/{id}.json");
    Council::parse(&file, &public(&file)).unwrap()
}

pub fn calendar() -> WorkingCalendar {
    WorkingCalendar::parse("bank-holidays.json", &public("bank-holidays.json")).unwrap()
}

/// Adults, then children and young people.
pub const REGISTERS: [&str; 3] = ["adult", "8-11", "12-17"];

pub fn flow() -> Flow {
    flow_in("adult")
}

pub fn flow_in(register: &str) -> Flow {
    let file = format!("flows/{register}.json");
    Flow::parse(&file, &public(&file)).unwrap()
}

pub fn content() -> Box<Content> {
    content_in("adult")
}

pub fn content_in(register: &str) -> Box<Content> {
    let file = format!("content/en/{register}.json");
    Content::parse(&file, &public(&file)).unwrap()
}

pub fn loaded(id: &str) -> Loaded {
    loaded_in("adult", id)
}

pub fn loaded_in(register: &str, id: &str) -> Loaded {
    let council = council(id);
    let partners = council.shares_service_with.iter().map(|id| Box::new(self::council(id))).collect();
    let directory = Directory::parse("signposts.json", &public("signposts.json")).unwrap();
    let (flow, content) = (format!("flows/{register}.json"), format!("content/en/{register}.json"));
    let sources = Sources { flow: &flow, content: &content };
    let (flow, content) = (flow_in(register), content_in(register));
    Loaded::new(Box::new(council), partners, flow, content, calendar(), directory, sources).unwrap()
}

pub fn session(id: &str, today: &str) -> Session {
    session_in("adult", id, today)
}

pub fn session_in(register: &str, id: &str, today: &str) -> Session {
    Session::new(Arc::new(loaded_in(register, id)), date(today))
}
