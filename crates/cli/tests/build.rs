//! `putright build`: the content of the pages follows the council's file and the words.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that stops has failed")]

use std::fs;

#[path = "common/place.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod place;
#[path = "common/site.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod site;

use base64::{Engine, engine::general_purpose::STANDARD};
use place::{BROMLEY, Place, copy, putright, root};
use serde_json::json;
use sha2::{Digest, Sha256};
use site::{Page, STYLESHEET, Site, attribute};

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
    let first = |file: &str| format!("<html {}>", Page(site.read(file)).tags("html")[0]);
    assert_eq!(first("index.html"), "<html lang=\"ar\" dir=\"rtl\" class=\"govuk-template\">");
    let own = "<html lang=\"ar\" dir=\"rtl\" data-council=\"westminster\" class=\"govuk-template\">";
    assert_eq!(first("westminster.html"), own);
    let young = own.replace(" class=\"govuk-template", " data-register=\"12-17\" class=\"govuk-template pr-for-young");
    assert_eq!(first("westminster-12-17.html"), young);
    // Their words stand in files of their own, and are English still.
    for file in ["westminster-form.html", "westminster-accessibility.html"] {
        assert_eq!(first(file), "<html lang=\"en-GB\" dir=\"ltr\" class=\"govuk-template\">");
    }
}

/// Returns a text of a register's words as HTML has it. `path` is its JSON pointer in the file.
fn word(site: &Site, register: &str, path: &str) -> String {
    let words: serde_json::Value = serde_json::from_str(&site.read(&format!("content/en/{register}.json"))).unwrap();
    words.pointer(path).unwrap().as_str().unwrap().to_owned()
}

#[test]
fn each_register_has_a_page_of_a_council_s_own_in_its_words_and_the_pages_lead_to_each_other() {
    let site = Site::of(Place::new());
    let files = [("adult", "bromley.html"), ("12-17", "bromley-12-17.html"), ("8-11", "bromley-8-11.html")];
    for (register, file) in files {
        let page = site.read(file);
        let service = word(&site, register, "/words/service_name");
        assert!(page.contains(&format!("<title>{service} – Bromley</title>")), "{file}");
        let first = page.split("pr-opening--first").nth(1).unwrap();
        let asked = first.split("data-question=\"").nth(1).unwrap().split('"').next().unwrap();
        assert!(first.contains(&word(&site, register, &format!("/questions/{asked}/title"))), "{file}: {asked}");
        let foot = page.split("pr-registers").nth(1).unwrap();
        for (other, there) in files {
            assert_eq!(foot.contains(&format!("href=\"./{there}\"")), other != register, "{file} and {there}");
        }
        let preloaded: Vec<String> = Page(page.clone())
            .tags("link")
            .iter()
            .filter_map(|tag| attribute(tag, "href").filter(|href| href.starts_with("./bundles/")))
            .collect();
        assert_eq!(preloaded.len(), 1, "{file}");
        assert!(preloaded[0].starts_with(&format!("./bundles/bromley-{register}-")), "{preloaded:?}");
        assert!(site.place().folder().join(&preloaded[0]).is_file(), "{preloaded:?}");
    }
    // One of several councils has no such pages: the app changes the words there.
    let first = site.read("index.html");
    assert!(first.contains("href=\"#/words/8-11\""));
    assert!(!first.contains("-8-11.html"));
}

#[test]
fn the_page_of_all_has_no_council_s_name_for_a_title_once_there_are_two() {
    let place = Place::new();
    let index = |councils: &[&str]| json!({ "schema_version": 1, "default": "bromley", "councils": councils });
    place.change("councils/index.json", |file| *file = index(&["bromley"]));
    let site = Site::of(place);
    assert!(site.read("index.html").contains(" – Bromley</title>"));
    site.place()
        .change("councils/index.json", |file| *file = index(&["bromley", "westminster", "kensington-and-chelsea"]));
    site.prerender();
    assert!(!site.read("index.html").contains("Bromley</title>"));
}

#[test]
fn a_picture_that_is_changed_is_fetched_anew_by_whoever_draws_it() {
    let site = Site::of(Place::new());
    let version = |name: &str| {
        let page = site.read("bromley-8-11.html");
        let start = format!("src=\"pictures/{name}.svg?v=");
        let drawn = page.split(&start).nth(1).unwrap().split('"').next().unwrap().to_owned();
        let link = Page(page)
            .tags("link")
            .iter()
            .find_map(|tag| attribute(tag, "href").filter(|href| href.starts_with("./bundles/")));
        let bundle = fs::read(site.place().folder().join(link.unwrap())).unwrap();
        let address = format!("pictures/{name}.svg?v={drawn}");
        assert!(bundle.windows(address.len()).any(|part| part == address.as_bytes()), "the app is told the same");
        drawn
    };
    let before = ["idea", "guide"].map(version);
    fs::write(site.place().folder().join("pictures/idea.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>").unwrap();
    site.prerender();
    assert_ne!(version("idea"), before[0]);
    assert_eq!(version("guide"), before[1]);
}

#[test]
fn the_first_paint_needs_nothing_but_the_page_and_the_header_lets_its_style_stand() {
    let site = Site::of(Place::new());
    let link = format!("<link rel=\"stylesheet\" href=\"./{STYLESHEET}\">");
    let style_of = |file: &str| {
        let html = site.read(file);
        let (_, rest) = html.split_once("<style>").unwrap();
        let (style, rest) = rest.split_once("</style>").unwrap();
        assert!(rest.contains("</head>"), "{file}");
        // All of them come behind everything that a person sees at first.
        assert!(rest.ends_with(&format!("{link}</body>\n</html>\n")), "{file}");
        assert_eq!(html.matches("rel=\"stylesheet\"").count(), 1, "{file}");
        style.to_owned()
    };
    let (style, young) = (style_of("index.html"), style_of("bromley-8-11.html"));
    assert!(style.starts_with(":root{--pr-brand:#123456}.govuk-radios__item{margin:0}html[data-council="), "{style}");
    let bromley: serde_json::Value = serde_json::from_str(&site.read(BROMLEY)).unwrap();
    let colour = bromley["brand"]["colour"].as_str().unwrap();
    let own = format!("html[data-council=\"bromley\"] {{ --pr-brand: {colour} }}");
    assert!(style.contains(&own), "{style}");
    // Pages for the young have a look of their own, which no others fetch.
    assert_eq!(young, style.replacen("html[", ".pr-for-young label{x:y}html[", 1));
    let [of_adults, of_young] = [&style, &young].map(|style| STANDARD.encode(Sha256::digest(style.as_bytes())));
    let allowed = format!("style-src 'self' 'sha256-{of_adults}' 'sha256-{of_young}';");
    assert!(site.read("headers.json").contains(&allowed));
    for file in ["index.html", "bromley.html", "bromley-8-11.html", "westminster-12-17.html"] {
        let own = if file.contains("-1") { &young } else { &style };
        assert_eq!(style_of(file), *own, "one for all: {file}");
        assert!(Page(site.read(file)).policy().contains(&allowed), "{file}");
    }
    // A page beside the app has them all at its head.
    let plain = site.read("bromley-form.html");
    assert!(plain.split("<body").next().unwrap().contains(&link) && !plain.contains("<style>"));

    let before = site.read("westminster.html");
    site.prerender();
    assert_eq!(site.read("westminster.html"), before, "a second time changes nothing");
}

#[test]
fn a_stylesheet_that_is_not_there_is_named() {
    let site = Site::of(Place::new());
    let folder = site.place().folder();
    fs::remove_file(folder.join(STYLESHEET)).unwrap();
    let output = putright(&["build", folder.to_str().unwrap()]);
    assert!(!output.status.success());
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains(STYLESHEET), "{told}");
}

fn names(site: &Site) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(site.place().folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("westminster"))
        .collect();
    names.sort();
    names
}

#[test]
fn pages_of_a_council_that_is_no_longer_listed_are_removed() {
    for with_record in [true, false] {
        let site = Site::of(Place::new());
        assert_eq!(names(&site).len(), 6, "three registers, the form, the statement, the colour: {:?}", names(&site));
        fs::write(site.place().folder().join("westminster.html.br"), "packed").unwrap();
        fs::write(site.place().folder().join("notes.html"), "the council's own").unwrap();
        if !with_record {
            fs::remove_file(site.place().folder().join("prerendered.json")).unwrap();
        }
        site.place()
            .change("councils/index.json", |file| file["councils"] = json!(["bromley", "kensington-and-chelsea"]));
        site.place().change("councils/kensington-and-chelsea.json", |file| file["shares_service_with"] = json!([]));
        site.prerender();
        assert!(names(&site).is_empty(), "{:?}", names(&site));
        for kept in ["bromley.html", "bromley-form.html", "kensington-and-chelsea.html", "notes.html"] {
            assert!(site.place().folder().join(kept).is_file(), "{kept}");
        }
    }
}

#[test]
fn pages_older_than_what_they_were_made_from_are_errors_until_they_are_made_again() {
    let site = Site::of(Place::new());
    let check = || putright(&["check", site.place().folder().to_str().unwrap(), "--today", "2026-12-01"]);
    let told = |parts: &[&str]| {
        let output = check();
        let text = String::from_utf8(output.stdout).unwrap();
        let line =
            text.lines().find(|line| line.starts_with("error: ") && parts.iter().all(|part| line.contains(part)));
        assert!(!output.status.success() && line.is_some(), "{parts:?}: {text}");
    };
    assert!(check().status.success(), "{}", String::from_utf8_lossy(&check().stdout));
    site.place().change(BROMLEY, |council| council["team"] = json!("Another team"));
    told(&["bromley.json", "has changed", "putright build"]);
    site.prerender();
    assert!(check().status.success());
    site.place().change("content/en/8-11.json", |words| words["words"]["continue"] = json!("Go on"));
    told(&["8-11.json", "has changed"]);
    site.prerender();
    let older = site.read("bromley.html").replace("Another team", "Complaints team");
    fs::write(site.place().folder().join("bromley.html"), older).unwrap();
    told(&["bromley.html", "is not the page that was made last"]);
    fs::remove_file(site.place().folder().join("bromley.html")).unwrap();
    told(&["bromley.html", "cannot be read"]);
    site.prerender();
    assert!(check().status.success());
}

/// The names of the bundles of a site.
fn bundles(site: &Site) -> Vec<String> {
    let folder = fs::read_dir(site.place().folder().join("bundles")).unwrap();
    let mut names: Vec<String> = folder.map(|one| one.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn bundles_of_the_version_before_stay_and_older_ones_go() {
    let site = Site::of(Place::new());
    let first = bundles(&site);
    assert_eq!(first.len(), 9, "{first:?}");
    for name in &first {
        assert!(site.read("index.html").contains(&format!("bundles/{name}")), "{name}");
    }
    let change = |words: &str| {
        site.place().change("content/en/adult.json", |content| content["words"]["back"] = json!(words));
        site.prerender();
        bundles(&site)
    };
    let second = change("Go back");
    assert_eq!(second.len(), 12, "those for adults are new, and the old ones stay: {second:?}");
    assert!(first.iter().all(|name| second.contains(name)));
    let third = change("Backwards");
    assert_eq!(third.len(), 12, "{third:?}");
    assert!(!first.iter().filter(|name| name.contains("-adult-")).any(|name| third.contains(name)));
}

#[test]
fn files_are_compiled_into_another_folder_and_looked_at() {
    let site = Site::of(Place::new());
    let source = tempfile::tempdir().unwrap();
    copy(&root().join("public"), source.path());
    let path = source.path().join(BROMLEY);
    let mut council: serde_json::Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    council["team"] = json!("The team of tests");
    fs::write(&path, council.to_string()).unwrap();
    let out = site.place().folder().to_str().unwrap();
    let output = putright(&["build", source.path().to_str().unwrap(), "--out", out]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(site.read("bromley.html").contains("The team of tests"));
    let named = bundles(&site).into_iter().filter(|name| name.starts_with("bromley-adult-"));
    let shown: Vec<String> = named
        .map(|name| {
            let output = putright(&["inspect", site.place().folder().join("bundles").join(name).to_str().unwrap()]);
            assert!(output.status.success());
            String::from_utf8(output.stdout).unwrap()
        })
        .filter(|shown| shown.contains("The team of tests"))
        .collect();
    assert_eq!(shown.len(), 1);
}

#[test]
fn a_folder_without_a_built_app_is_refused_with_what_to_do() {
    let empty = tempfile::tempdir().unwrap();
    let output = putright(&["build", "public", "--out", empty.path().to_str().unwrap()]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(told.contains("has no index.html: build the app first (make build)"), "{told}");
}

#[test]
fn prerender_still_works_and_says_how_it_is_called_now() {
    let site = Site::of(Place::new());
    let folder = site.place().folder().to_str().unwrap();
    let output = putright(&["prerender", "--dist", folder]);
    assert!(output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains("is now called build: putright build"));
}

#[test]
fn watch_compiles_again_when_a_file_changes() {
    use std::{
        io::{BufRead, BufReader},
        process::{Command, Stdio},
    };
    let site = Site::of(Place::new());
    let mut child = Command::new(env!("CARGO_BIN_EXE_putright"))
        .args(["build", site.place().folder().to_str().unwrap(), "--watch"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.next().unwrap().unwrap().starts_with("compiled in"));
    site.place().change(BROMLEY, |council| council["team"] = json!("The team that was changed"));
    let line = lines.next().unwrap().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(line.starts_with("compiled in"), "{line}");
    assert!(site.read("bromley.html").contains("The team that was changed"));
}
