//! The files that ship, as the app has them before anything hostile comes.

use std::sync::{Arc, LazyLock};

use putright_app::Model;
use putright_domain::{
    bundle::{AudienceContent, Bundle, SharedData, Sources},
    council::Council,
    danger_phrases::DangerPhrases,
    date::Date,
    guidance::{signpost::Directory, working_days::WorkingCalendar},
};

pub const TODAY: &str = "2026-12-17";
pub const COUNCILS: [&str; 3] = [
    include_str!("../../../public/councils/bromley.json"),
    include_str!("../../../public/councils/kensington-and-chelsea.json"),
    include_str!("../../../public/councils/westminster.json"),
];
pub const FLOWS: [&str; 3] = [
    include_str!("../../../public/flows/adult.json"),
    include_str!("../../../public/flows/8-11.json"),
    include_str!("../../../public/flows/12-17.json"),
];
pub const WORDS: [&str; 3] = [
    include_str!("../../../public/content/en/adult.json"),
    include_str!("../../../public/content/en/8-11.json"),
    include_str!("../../../public/content/en/12-17.json"),
];
pub const HOLIDAYS: &str = include_str!("../../../public/bank-holidays.json");
pub const SIGNPOSTS: &str = include_str!("../../../public/signposts.json");
pub const INDEX: &str = include_str!("../../../public/councils/index.json");
pub const DANGER: &str = include_str!("../../../public/danger/en.json");

static EDITIONS: LazyLock<Vec<AudienceContent>> =
    LazyLock::new(|| FLOWS.iter().zip(WORDS).map(|(flow, words)| parse_edition(flow, words).unwrap()).collect());
static LOADED: LazyLock<Vec<Arc<Bundle>>> = LazyLock::new(|| {
    let mut all = Vec::new();
    for edition in EDITIONS.iter() {
        for council in &COUNCILS[..2] {
            all.push(Arc::new(bundle(parse_council(council), edition.clone(), calendar(), directory(), danger())));
        }
    }
    all
});

pub fn parse_edition(flow: &str, words: &str) -> Result<AudienceContent, putright_domain::data::InvalidFile> {
    AudienceContent::parse(Sources { flow: "flow.json", content: "words.json" }, flow, words)
}

fn parse_council(text: &str) -> Council {
    Council::parse("council.json", text).unwrap()
}

pub fn calendar() -> WorkingCalendar {
    WorkingCalendar::parse("bank-holidays.json", HOLIDAYS).unwrap()
}

pub fn directory() -> Directory {
    Directory::parse("signposts.json", SIGNPOSTS).unwrap()
}

pub fn danger() -> DangerPhrases {
    DangerPhrases::parse("danger.json", DANGER).unwrap()
}

/// A register, by its place.
pub fn edition(at: usize) -> &'static AudienceContent {
    &EDITIONS[at % EDITIONS.len()]
}

pub fn bundle(
    council: Council,
    edition: AudienceContent,
    calendar: WorkingCalendar,
    directory: Directory,
    danger: DangerPhrases,
) -> Bundle {
    // Those whose service it shares; any other of ours stands in for one that is not here.
    let partner = parse_council(COUNCILS[2]);
    let partners = if council.shares_service_with.is_empty() { Vec::new() } else { vec![Box::new(partner)] };
    Bundle::new(SharedData::new(Box::new(council), partners, calendar, directory, danger), edition)
}

/// A register, alone and shared.
pub fn ready(at: usize) -> Arc<Bundle> {
    Arc::clone(&LOADED[at % LOADED.len()])
}

pub fn today() -> Date {
    Date::parse_iso(TODAY).unwrap()
}

pub fn model(at: usize) -> Model {
    Model::new(ready(at), today())
}
