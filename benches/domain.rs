//! How long the rules take on the machine that builds: `cargo bench --package putright`.
//!
//! A phone is slower, and WebAssembly a little slower still; `make bench` measures that in a browser.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a bench that stops has failed"
)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::sync::{Arc, LazyLock};

use common::{calendar, council, date, drive, model, public};
use divan::{Bencher, black_box};
use putright_app::{
    Model,
    view_model::{self, ViewModel},
};
use putright_domain::{
    bundle as files,
    bundle::{AudienceContent, Sources},
    council::Council,
    date::Date,
    form::flow::Flow,
    guidance::{
        triage::{Advice, Facts, advise},
        working_days::WorkingCalendar,
    },
    messages::Messages,
};

/// A Thursday before Christmas, so that every clock meets bank holidays.
const TODAY: &str = "2026-12-17";

static CALENDAR: LazyLock<WorkingCalendar> = LazyLock::new(calendar);

fn main() {
    divan::main();
}

/// From a child in need whose visits did not happen to the law's three stages, their dates and who else can help.
#[divan::bench]
fn triage(bencher: Bencher) {
    let facts = facts(r#"["staff_conduct", "visits_missed"]"#);
    let council = council("westminster");
    bencher.bench(|| decide(black_box(&facts), &council));
}

/// Parts that go different ways, to many who can help.
#[divan::bench]
fn triage_of_many_topics(bencher: Bencher) {
    let facts = facts(r#"["short_breaks", "school", "send_transport", "nhs", "housing", "court_evidence", "delay"]"#);
    let council = council("westminster");
    bencher.bench(|| decide(black_box(&facts), &council));
}

/// The longest limit of the law: 65 working days, over Christmas and Easter.
#[divan::bench]
fn working_days_after() -> Date {
    CALENDAR.after(black_box(date(TODAY)), black_box(65))
}

#[divan::bench]
fn working_days_between() -> u32 {
    CALENDAR.between(black_box(date(TODAY)), black_box(date("2027-04-01")))
}

#[divan::bench]
fn parse_the_flow(bencher: Bencher) {
    let text = public("flows/adult.json");
    bencher.bench(|| Flow::parse("adult.json", black_box(&text)).unwrap());
}

#[divan::bench]
fn parse_the_words(bencher: Bencher) {
    let text = public("content/en/adult.json");
    bencher.bench(|| Messages::parse("adult.json", black_box(&text)).unwrap());
}

/// Both files of a register, with the check that they fit: what stands between their arrival and the first page.
#[divan::bench]
fn parse_a_register(bencher: Bencher) {
    let [flow, content] = files::files("adult").map(|file| public(&file));
    let sources = Sources { flow: "flow", content: "content" };
    bencher.bench(|| AudienceContent::parse(sources, black_box(&flow), black_box(&content)).unwrap());
}

/// The same with fifty times the questions: it should take fifty times as long, and no more.
#[divan::bench]
fn parse_a_register_fifty_times_as_long(bencher: Bencher) {
    let [flow, content] = many();
    let sources = Sources { flow: "flow", content: "content" };
    bencher.bench(|| AudienceContent::parse(sources, black_box(&flow), black_box(&content)).unwrap());
}

/// Two pages on, and back, among fifty times the questions.
#[divan::bench]
fn pages_among_fifty_times_the_questions(bencher: Bencher) {
    let [flow, content] = many();
    let few = model("westminster", TODAY);
    let edition = AudienceContent::parse(Sources { flow: "flow", content: "content" }, &flow, &content).unwrap();
    let bundle = Arc::new(few.bundle().in_register(edition));
    bencher.with_inputs(|| Model::new(Arc::clone(&bundle), date(TODAY))).bench_local_values(pages);
}

/// The same among those that there are.
#[divan::bench]
fn pages_among_the_questions(bencher: Bencher) {
    let one = model("westminster", TODAY);
    bencher.with_inputs(|| Model::new(Arc::clone(one.bundle()), date(TODAY))).bench_local_values(pages);
}

fn pages(mut model: Model) -> ViewModel {
    drive::to(&mut model, "topics", &[]);
    view_model::page(&model)
}

/// The adult files with forty-nine times as many pages of one question more before the advice, each with words of its own.
fn many() -> [String; 2] {
    let [flow, content] = files::files("adult").map(|file| public(&file));
    let mut flow: serde_json::Value = serde_json::from_str(&flow).unwrap();
    let mut content: serde_json::Value = serde_json::from_str(&content).unwrap();
    let pages = flow["pages"].as_array_mut().unwrap();
    let id_of =
        |page: &serde_json::Value| page["id"].as_str().or(page["questions"][0]["id"].as_str()).unwrap().to_owned();
    let models: Vec<_> = pages
        .iter()
        .flat_map(|page| page["questions"].as_array().cloned().unwrap_or_else(|| vec![page.clone()]))
        .filter(|one| one["kind"].is_object())
        .collect();
    let before = pages.iter().position(|page| id_of(page) == "wishes").unwrap();
    let mut go = pages[before]["next"][0]["go"].clone();
    let words = content["questions"].as_object_mut().unwrap();
    for at in 0..models.len() * 49 {
        let model = &models[at % models.len()];
        let id = format!("extra_{at}");
        words.insert(id.clone(), words[model["id"].as_str().unwrap()].clone());
        let (kind, optional) = (&model["kind"], &model["optional"] == true);
        pages.push(serde_json::json!({ "id": id, "kind": kind, "optional": optional, "next": [{ "go": go }] }));
        go = id.into();
    }
    pages[before]["next"] = serde_json::json!([{ "go": go }]);
    [flow, content].map(|value| value.to_string())
}

/// Everything that stands on the last page before sending, with the whole way walked.
#[divan::bench]
fn check_page(bencher: Bencher) {
    let mut model = model("westminster", TODAY);
    drive::to_check(&mut model, &[]);
    bencher.bench_local(|| -> ViewModel { view_model::page(black_box(&model)) });
}

/// Every page of a complaint, answered in the shortest way.
#[divan::bench]
fn whole_journey(bencher: Bencher) {
    bencher.with_inputs(|| model("westminster", TODAY)).bench_local_values(|mut model| {
        drive::to_check(&mut model, &[]);
        model
    });
}

fn decide(facts: &Facts, council: &Council) -> Advice {
    advise(facts, &council.rules, council.counting(&CALENDAR))
}

fn facts(topics: &str) -> Facts {
    serde_json::from_str(&format!(
        r#"{{ "who": "parent", "child_status": "in_need", "topics": {topics}, "proceedings": [],
            "event_date": "2026-11-02", "sent_date": "{TODAY}" }}"#
    ))
    .unwrap()
}
