//! `putright prerender`: what stands in the pages follows the council's file and the words.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that stops has failed")]

#[path = "common/place.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod place;
#[path = "common/site.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod site;

use place::{BROMLEY, Place};
use serde_json::json;
use site::Site;

/// The first page of a site with Bromley alone, which answers at stage 1 within so many working days.
fn answering_within(days: u32) -> String {
    let place = Place::new();
    let index = json!({ "schema_version": 1, "default": "bromley", "councils": ["bromley"] });
    place.change("councils/index.json", |file| *file = index);
    place.change(BROMLEY, |council| council["limits"] = json!({ "statutory.s1.response": days }));
    Site::of(place).read("index.html")
}

#[test]
fn a_limit_changed_is_changed_in_the_prerendered_text() {
    let told = |days: u32| format!("within {days} working days");
    let (before, after) = (answering_within(10), answering_within(8));
    assert_eq!(before.matches(&told(10)).count(), 1 + after.matches(&told(10)).count(), "of stage 1 alone");
    assert_eq!(after.matches(&told(8)).count(), 1 + before.matches(&told(8)).count());
}

#[test]
fn every_page_says_its_language_and_which_way_it_runs_and_a_council_s_own_whose_it_is() {
    let place = Place::new();
    for register in ["adult", "12-17"] {
        place.change(&format!("content/en/{register}.json"), |words| {
            words["language"] = json!("ar");
            words["direction"] = json!("rtl");
        });
    }
    let site = Site::of(place);
    let first = |file: &str| format!("<html {}>", site::Page(site.read(file)).tags("html")[0]);
    assert_eq!(first("index.html"), "<html lang=\"ar\" dir=\"rtl\" class=\"govuk-template\">");
    let own = "<html lang=\"ar\" dir=\"rtl\" data-council=\"westminster\" class=\"govuk-template\">";
    assert_eq!(first("westminster.html"), own);
    // Their words stand in files of their own, and are English still.
    for file in ["westminster-form.html", "westminster-accessibility.html"] {
        assert_eq!(first(file), "<html lang=\"en-GB\" dir=\"ltr\" class=\"govuk-template\">");
    }
}
