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
    danger::{self, Danger},
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

pub fn flow() -> Flow {
    Flow::parse("flows/adult.json", &public("flows/adult.json")).unwrap()
}

pub fn content() -> Box<Content> {
    Content::parse("content/en/adult.json", &public("content/en/adult.json")).unwrap()
}

pub fn danger() -> Danger {
    let text = public("danger/en.json");
    danger::check("danger/en.json", &text).unwrap();
    Danger::parse("danger/en.json", &text).unwrap()
}

pub fn loaded(id: &str) -> Loaded {
    let council = council(id);
    let partners = council.shares_service_with.iter().map(|id| Box::new(self::council(id))).collect();
    let directory = Directory::parse("signposts.json", &public("signposts.json")).unwrap();
    let sources = Sources { flow: "flows/adult.json", content: "content/en/adult.json" };
    let mut loaded =
        Loaded::new(Box::new(council), partners, flow(), content(), calendar(), directory, sources).unwrap();
    loaded.danger = danger();
    loaded
}

pub fn session(id: &str, today: &str) -> Session {
    Session::new(Arc::new(loaded(id)), date(today))
}
