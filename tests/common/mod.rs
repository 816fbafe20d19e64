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

use std::{
    collections::BTreeMap,
    fs,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use putright_app::Model;
use putright_domain::{
    bundle::{self, AudienceContent, Bundle, SharedData, Sources},
    council::Council,
    danger_phrases::{self, DangerPhrases},
    date::Date,
    form::flow::Flow,
    guidance::{signpost::Directory, working_days::WorkingCalendar},
    messages::Messages,
};

pub const COUNCILS: [&str; 3] = ["bromley", "kensington-and-chelsea", "westminster"];

/// The folder of the whole project, whichever package a test is built with.
pub fn root() -> PathBuf {
    let package = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    package.ancestors().find(|folder| folder.join("public").is_dir()).unwrap().to_owned()
}

pub fn public(file: &str) -> String {
    let path = root().join("public").join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub fn date(iso: &str) -> Date {
    Date::parse_iso(iso).unwrap()
}

pub fn council(id: &str) -> Council {
    let file = bundle::council_file(id);
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

pub fn content() -> Box<Messages> {
    content_in("adult")
}

pub fn content_in(register: &str) -> Box<Messages> {
    let file = format!("content/en/{register}.json");
    Messages::parse(&file, &public(&file)).unwrap()
}

/// Read once for all tests of a program: reading is most of what many of them do.
pub fn edition(register: &str) -> AudienceContent {
    static READ: Mutex<BTreeMap<String, AudienceContent>> = Mutex::new(BTreeMap::new());
    let mut read = READ.lock().unwrap();
    let edition = read.entry(register.to_owned()).or_insert_with(|| {
        let [flow, content] = bundle::files(register);
        AudienceContent::parse(Sources { flow: &flow, content: &content }, &public(&flow), &public(&content)).unwrap()
    });
    edition.clone()
}

pub fn danger() -> DangerPhrases {
    let text = public("danger/en.json");
    danger_phrases::check("danger/en.json", &text).unwrap();
    DangerPhrases::parse("danger/en.json", &text).unwrap()
}

pub fn bundle(id: &str) -> Bundle {
    loaded_in("adult", id)
}

/// In the questions and the words of a register.
pub fn loaded_in(register: &str, id: &str) -> Bundle {
    Bundle::new(common_of(council(id)), edition(register))
}

/// With other words in place of the adult ones.
pub fn loaded_with(id: &str, content: &str) -> Bundle {
    let sources = Sources { flow: "flows/adult.json", content: "content/en/adult.json" };
    let edition = AudienceContent::parse(sources, &public("flows/adult.json"), content).unwrap();
    Bundle::new(common_of(council(id)), edition)
}

/// Before one council of a site has been asked for.
pub fn of_a_whole_site(default: &str) -> Bundle {
    let mut common = common_of(council(default));
    common.chosen = false;
    Bundle::new(common, edition("adult"))
}

/// As the app would run on a council's file.
pub fn loaded_as(council: Council) -> Bundle {
    Bundle::new(common_of(council), edition("adult"))
}

fn common_of(council: Council) -> SharedData {
    let partners = council.shares_service_with.iter().map(|id| Box::new(self::council(id))).collect();
    let directory = Directory::parse("signposts.json", &public("signposts.json")).unwrap();
    SharedData::new(Box::new(council), partners, calendar(), directory, danger())
}

pub fn model(id: &str, today: &str) -> Model {
    session_in("adult", id, today)
}

pub fn session_in(register: &str, id: &str, today: &str) -> Model {
    Model::new(shared(register, id), date(today))
}

/// Likewise read once.
pub fn shared(register: &str, id: &str) -> Arc<Bundle> {
    static READ: Mutex<BTreeMap<(String, String), Arc<Bundle>>> = Mutex::new(BTreeMap::new());
    let mut read = READ.lock().unwrap();
    let bundle = read.entry((register.to_owned(), id.to_owned())).or_insert_with(|| Arc::new(loaded_in(register, id)));
    Arc::clone(bundle)
}
