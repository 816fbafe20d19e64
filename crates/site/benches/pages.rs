//! How long it takes to draw what is prerendered: `cargo bench --package putright-cli`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a bench that stops has failed")]

use std::{fs, path::Path, sync::Arc};

use divan::Bencher;
use putright::ui::{self, ssr};
use putright_app::model::{Live, Session};
use putright_domain::{
    bundle::{Common, Edition, Loaded, Sources, files},
    council::Council,
    danger_phrases::Danger,
    date::Date,
    guidance::{signpost::Directory, working_days::WorkingCalendar},
};

fn main() {
    divan::main();
}

/// The first page, the guide and the contacts of a site of three councils, as `putright prerender` draws them.
#[divan::bench]
fn prerender(bencher: Bencher) {
    let loaded = Arc::new(site());
    let today = Date::parse_iso("2026-12-17").unwrap();
    bencher.bench(|| draw(&loaded, today));
}

fn draw(loaded: &Arc<Loaded>, today: Date) -> String {
    let session = Session::new(Arc::clone(loaded), today);
    ssr::html(loaded, session.page(), Live::default(), |ctx, page| {
        ui::prerendered(ctx, page, &session.guide(), &session.council_cards(), &[], loaded.chosen)
    })
}

fn site() -> Loaded {
    let council = |id: &str| Box::new(Council::parse(id, &public(&format!("councils/{id}.json"))).unwrap());
    let [flow, content] = files("adult");
    let sources = Sources { flow: &flow, content: &content };
    let edition = Edition::parse(sources, &public(&flow), &public(&content)).unwrap();
    let mut common = Common::new(
        council("bromley"),
        vec![council("kensington-and-chelsea"), council("westminster")],
        WorkingCalendar::parse("bank-holidays.json", &public("bank-holidays.json")).unwrap(),
        Directory::parse("signposts.json", &public("signposts.json")).unwrap(),
        Danger::parse("danger/en.json", &public("danger/en.json")).unwrap(),
    );
    // No council has been asked for.
    common.chosen = false;
    Loaded::new(common, edition)
}

fn public(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public").join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
