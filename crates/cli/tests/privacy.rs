//! A council's privacy notice, its email address, and what stands at the foot of each page.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that stops has failed")]

#[path = "common/place.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod place;
#[path = "common/site.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod site;

use std::fs;

use place::{BROMLEY, Place, putright};
use serde_json::{Value, json};
use site::Site;

const LINK: &str = "https://www.bromley.gov.uk/privacy";
/// The pages of Bromley that have a foot.
const PAGES: [&str; 5] =
    ["bromley.html", "bromley-8-11.html", "bromley-12-17.html", "bromley-form.html", "bromley-accessibility.html"];

fn with(key: &str, value: &Value) -> Place {
    let place = Place::new();
    place.change(BROMLEY, |council| council[key] = value.clone());
    place
}

/// The bundle of Bromley in the words for adults, as `putright inspect` prints it.
fn bundle(site: &Site) -> String {
    let folder = site.place().folder().join("bundles");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let path = names.into_iter().find(|path| path.display().to_string().contains("bromley-adult-")).unwrap();
    String::from_utf8(putright(&["inspect", path.to_str().unwrap()]).stdout).unwrap()
}

fn told(place: &Place) -> String {
    String::from_utf8(place.check(&[]).stdout).unwrap()
}

#[test]
fn a_link_is_at_the_foot_of_each_page_and_told_before_anything_is_sent() {
    let site = Site::of(with("privacy", &json!({ "link": LINK })));
    for file in PAGES {
        let html = site.read(file);
        let foot = html.split("<footer").nth(1).unwrap();
        assert!(foot.contains(&format!("href=\"{LINK}\">Privacy notice</a>")), "{file}: {foot}");
    }
    let form = site.read("bromley-form.html");
    let before = form.split("<button").next().unwrap();
    assert!(before.contains(&format!("href=\"{LINK}\">Bromley’s privacy notice</a>")));
    let bundle: Value = serde_json::from_str(&bundle(&site)).unwrap();
    let bodies = bundle.to_string().matches(&format!("[Bromley’s privacy notice]({LINK})")).count();
    assert_eq!(bodies, 3, "sharing, sharing for oneself, and thanks");
    assert!(!site.place().folder().join("bromley-privacy.html").exists());
}

#[test]
fn a_text_is_a_page_that_goes_with_it() {
    let site = Site::of(with("privacy", &json!({ "text": ["## Why", "We use it to <answer> you."] })));
    let page = site.read("bromley-privacy.html");
    assert!(page.contains("Why</h2>") && page.contains("We use it to &lt;answer&gt; you."), "{page}");
    for file in PAGES {
        assert!(site.read(file).contains("href=\"./bromley-privacy.html\""), "{file}");
    }
    site.place().change(BROMLEY, |council| council["privacy"] = json!({ "link": LINK }));
    site.prerender();
    assert!(!site.place().folder().join("bromley-privacy.html").exists());
}

#[test]
fn a_council_without_a_notice_and_a_wrong_one_are_refused() {
    let site = Site::of(Place::new());
    let place = site.place();
    place.change(BROMLEY, |council| drop(council.as_object_mut().unwrap().remove("privacy")));
    let missing = " at /privacy: is missing: by law";
    let check = place.check(&[]);
    let text = String::from_utf8(check.stdout).unwrap();
    let error = text.lines().find(|line| line.starts_with("error: ") && line.contains(missing)).unwrap();
    assert!(error.contains("\"privacy\": { \"link\": \"https://www.anytown.gov.uk/privacy\" }"), "{error}");
    assert_eq!(check.status.code(), Some(1));
    let build = putright(&["build", place.folder().to_str().unwrap()]);
    assert!(String::from_utf8(build.stderr).unwrap().contains(missing));
    assert_eq!(build.status.code(), Some(1));
    // A council that only guides people takes nothing of theirs.
    place.change(BROMLEY, |council| council["delivery"] = json!({ "send": "none" }));
    assert!(!told(place).contains("bromley.json at /privacy: "));

    for (value, problem) in [
        (json!({}), "at /privacy: must have a link or a text"),
        (json!({ "link": LINK, "text": ["A"] }), "at /privacy: must have a link or a text"),
        (json!({ "link": LINK, "unconfirmed": true }), "at /privacy: must have a link or a text"),
        (json!({ "unconfirmed": false }), "at /privacy: must have a link or a text"),
        (json!({ "link": "http://www.bromley.gov.uk" }), "at /privacy/link: must begin with https://"),
        (
            json!({ "link": "www.bromley.gov.uk/privacy" }),
            "at /privacy/link: must begin with https://; write \"https://www.bromley.gov.uk/privacy\"",
        ),
        (json!({ "link": "javascript:a" }), "at /privacy/link: must be an address"),
        (json!({ "link": "https://a.gov.uk/x) [b](https://c" }), "at /privacy/link: must be an address"),
        (json!({ "text": ["A", " "] }), "at /privacy/text/1: is empty"),
        (json!({ "text": vec!["A"; 201] }), "at /privacy/text: has 201 paragraphs"),
        (json!({ "url": LINK }), "at /privacy/url"),
        (json!(LINK), "at /privacy: must be"),
    ] {
        let text = told(&with("privacy", &value));
        assert!(text.contains(problem), "{value}: {text}");
    }
}

#[test]
fn a_notice_that_nobody_has_confirmed_is_a_warning_and_told_to_nobody() {
    let place = with("privacy", &json!({ "unconfirmed": true }));
    let output = place.check(&[]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    assert!(text.lines().any(|line| {
        line.starts_with("warning: ")
            && line.contains("bromley.json")
            && line.contains(" at /privacy: has no confirmed")
    }));
    let site = Site::of(place);
    for file in PAGES {
        assert!(!site.read(file).contains("rivacy notice"), "{file}");
    }
    assert!(!site.place().folder().join("bromley-privacy.html").exists());
}

#[test]
fn the_foot_says_the_version() {
    let site = Site::of(Place::new());
    let version = format!("Putright {}", env!("CARGO_PKG_VERSION"));
    for file in PAGES.iter().chain(&["index.html"]) {
        assert!(site.read(file).split("<footer").nth(1).unwrap().contains(&version), "{file}");
    }
    assert!(bundle(&site).contains(&version));
    let told = putright(&["--version"]);
    assert_eq!(String::from_utf8(told.stdout).unwrap(), format!("putright {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_note_at_the_foot_may_have_a_link_and_one_that_is_not_drawn_is_refused() {
    let note = |words: &str| {
        let place = Place::new();
        place.change("content/en/adult.json", |file| file["words"]["footer_note"] = json!(words));
        place
    };
    let site = Site::of(note("See [all complaints](https://www.bromley.gov.uk/complaints)."));
    let page = site.read("bromley.html");
    let foot = page.split("<footer").nth(1).unwrap();
    assert!(foot.contains("href=\"https://www.bromley.gov.uk/complaints\">all complaints</a>"), "{foot}");
    let text = told(&note("See [all complaints](www.bromley.gov.uk)."));
    assert!(text.contains("at /words/footer_note: has a link to \"www.bromley.gov.uk\""), "{text}");
}

#[test]
fn an_email_address_is_shown_with_the_telephone_and_a_wrong_one_is_refused() {
    let email = |address: &str| {
        let place = Place::new();
        place.change(BROMLEY, |council| council["contact"]["email"] = json!(address));
        place
    };
    let site = Site::of(email("complaints@bromley.gov.uk"));
    for file in ["bromley.html", "bromley-form.html"] {
        assert!(
            site.read(file).contains("href=\"mailto:complaints@bromley.gov.uk\">complaints@bromley.gov.uk</a>"),
            "{file}"
        );
    }
    for wrong in ["complaints", "a@b", "a@b.uk?cc=c@d.uk", "A <a@b.uk>", "@b.uk", "a@b@c.uk", "a b@c.uk"] {
        let text = told(&email(wrong));
        assert!(text.contains("at /contact/email: must be an email address and nothing else"), "{wrong}: {text}");
    }
}
