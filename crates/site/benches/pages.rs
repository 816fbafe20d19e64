//! How long it takes to draw what is prerendered: `cargo bench --package putright-cli`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a bench that stops has failed")]

use std::{fs, path::Path, sync::Arc};

use divan::Bencher;
use putright::ui::{self, ssr};
use putright_app::{Model, safety::Live, view_model};
use putright_domain::{
    bundle::{AudienceContent, Bundle, SharedData, Sources, files},
    council::Council,
    danger_phrases::DangerPhrases,
    date::Date,
    guidance::{signpost::Directory, working_days::WorkingCalendar},
};

fn main() {
    divan::main();
}

/// The first page, the guide and the contacts of a site of three councils, as `putright build` draws them.
#[divan::bench]
fn prerender(bencher: Bencher) {
    let bundle = Arc::new(site());
    let today = Date::parse_iso("2026-12-17").unwrap();
    bencher.bench(|| draw(&bundle, today));
}

fn draw(bundle: &Arc<Bundle>, today: Date) -> String {
    let model = Model::new(Arc::clone(bundle), today);
    ssr::html(bundle, view_model::page(&model), Live::default(), |ctx, page| {
        ui::prerendered(ctx, page, &view_model::guide(&model), &view_model::council_cards(&model), &[], bundle.chosen)
    })
}

fn site() -> Bundle {
    let council = |id: &str| Box::new(Council::parse(id, &public(&format!("councils/{id}.json"))).unwrap());
    let [flow, content] = files("adult");
    let sources = Sources { flow: &flow, content: &content };
    let edition = AudienceContent::parse(sources, &public(&flow), &public(&content)).unwrap();
    let mut common = SharedData::new(
        council("bromley"),
        vec![council("kensington-and-chelsea"), council("westminster")],
        WorkingCalendar::parse("bank-holidays.json", &public("bank-holidays.json")).unwrap(),
        Directory::parse("signposts.json", &public("signposts.json")).unwrap(),
        DangerPhrases::parse("danger/en.json", &public("danger/en.json")).unwrap(),
    );
    // No council has been asked for.
    common.chosen = false;
    Bundle::new(common, edition)
}

fn public(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public").join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
