//! A council's file, the words and the flow full of what runs where text is taken for markup: what `putright check` lets through
//! stands in the prerendered pages as text.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that stops has failed")]

#[path = "common/place.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod place;

use std::{collections::BTreeSet, fs, path::Path};

use place::{BROMLEY, Place, putright, root};
use scraper::{Html, Selector};
use serde_json::{Value, json};

const ADULT: &str = "content/en/adult.json";
const FLOW: &str = "flows/adult.json";
const PAGES: [&str; 5] =
    ["bromley.html", "bromley-8-11.html", "index.html", "bromley-form.html", "bromley-accessibility.html"];

const WAYS: [&str; 8] = [
    "<script>__ran()</script>",
    "\"><img src=x onerror=__ran()>",
    "' onmouseover='__ran()' x='",
    "</title></script></style></textarea><svg/onload=__ran()>",
    "[x](javascript:__ran())",
    "--><!--<b>]]>",
    "&lt;img src=x onerror=__ran()&gt;",
    "\u{202e}\u{0}\u{b}</p><iframe src=//evil.test>",
];

/// Those of a council's file, in which a whole tag and an entity are refused.
const WAYS_WITHOUT_TAGS: [&str; 6] = [
    "<script src=//evil.test",
    "\"><img src=x onerror=__ran() ",
    "' onmouseover='__ran()' x='",
    "<svg/onload=__ran()//",
    "[x](javascript:__ran())",
    "\u{202e}\u{0}\u{b}--><!--__ran()]]",
];

/// Puts something hostile behind every text, but for those at places that are to be left as they are.
fn poison(value: &mut Value, at: &str, ways: &[&str], left: &BTreeSet<String>, count: &mut usize) {
    match value {
        _ if left.contains(at) => {}
        // A place for a value may have nothing beside it.
        Value::String(text) if text.contains('{') => {}
        Value::String(text) => {
            text.push(' ');
            text.push_str(ways[*count % ways.len()]);
            *count += 1;
        }
        Value::Array(items) => {
            for (number, item) in items.iter_mut().enumerate() {
                poison(item, &format!("{at}/{number}"), ways, left, count);
            }
        }
        Value::Object(members) => {
            for (key, member) in members.iter_mut() {
                poison(member, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), ways, left, count);
            }
        }
        _ => {}
    }
}

/// Poisons a file as far as it is still let through: what is told to be wrong is put back.
fn poisoned(place: &Place, file: &str) -> usize {
    let path = place.folder().join(file);
    let original: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    // A flow is ids, each named elsewhere: with anything behind them it is refused. Its title is text.
    let ids: &[&str] = if file == FLOW { &["/pages", "/start", "/given", "/steps", "/extras", "/check"] } else { &[] };
    let ways: &[&str] = if file == BROMLEY { &WAYS_WITHOUT_TAGS } else { &WAYS };
    let mut left: BTreeSet<String> = ids.iter().map(|at| (*at).to_owned()).collect();
    for _ in 0..40 {
        let mut changed = original.clone();
        let mut count = 0;
        poison(&mut changed, "", ways, &left, &mut count);
        fs::write(&path, changed.to_string()).unwrap();
        let output = place.check(&[]);
        let told = String::from_utf8(output.stdout).unwrap();
        let before = left.len();
        // One place may have several faults.
        let faults: BTreeSet<String> = told.lines().filter(|line| line.starts_with("error: ")).map(pointer).collect();
        for at in faults {
            // Of what is wrong as a whole, the whole.
            if !left.insert(at.clone()) {
                left.insert(at.rsplit_once('/').unwrap().0.to_owned());
            }
        }
        if left.len() == before {
            assert!(output.status.success(), "{told}");
            return count;
        }
    }
    panic!("{file} can never be let through");
}

/// The place that an error names, as a JSON pointer.
fn pointer(error: &str) -> String {
    let pointer = error.split_once(" at /").and_then(|(_, rest)| rest.split_once(": ")).map(|(pointer, _)| pointer);
    format!("/{}", pointer.unwrap_or_else(|| panic!("no place in {error}")))
}

fn prerendered(place: &Place) -> Vec<Html> {
    fs::copy(root().join("index.html"), place.folder().join("index.html")).unwrap();
    let output = putright(&["build", place.folder().to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    PAGES.iter().map(|page| parsed(&place.folder().join(page))).collect()
}

fn parsed(path: &Path) -> Html {
    Html::parse_document(&fs::read_to_string(path).unwrap())
}

/// Every element with the names of its attributes, and where it stands.
fn kinds(page: &Html) -> BTreeSet<String> {
    let all = Selector::parse("*").unwrap();
    let kind = |element: scraper::ElementRef<'_>| {
        let mut names: Vec<&str> = element.value().attrs().map(|(name, _)| name).collect();
        names.sort_unstable();
        format!("{} {}", element.value().name(), names.join(" "))
    };
    page.select(&all).map(kind).collect()
}

fn runs(page: &Html) -> Vec<String> {
    let all = Selector::parse("*").unwrap();
    let mut found = Vec::new();
    for element in page.select(&all) {
        for (name, value) in element.value().attrs() {
            let value: String = value.chars().filter(|one| *one > ' ').collect::<String>().to_ascii_lowercase();
            if name.starts_with("on") || value.starts_with("javascript:") || value.starts_with("//evil") {
                found.push(format!("{} {name}={value}", element.value().name()));
            }
        }
        let is_script = matches!(element.value().name(), "script" | "style");
        if is_script && element.text().any(|text| text.contains("__ran") || text.contains("<!--")) {
            found.push(element.html());
        }
    }
    found
}

fn text(page: &Html) -> String {
    page.root_element().text().collect()
}

#[test]
fn what_is_let_through_stands_in_the_pages_as_text() {
    let plain = prerendered(&Place::with(&json!({ "url": "api/submissions", "plain_form": { "url": "api/form" } })));
    let place = Place::with(&json!({ "url": "api/submissions", "plain_form": { "url": "api/form" } }));
    let counts = [BROMLEY, ADULT, FLOW].map(|file| poisoned(&place, file));
    assert!(counts[0] > 30 && counts[1] > 500 && counts[2] > 0, "{counts:?}");
    let council: Value = serde_json::from_str(&fs::read_to_string(place.folder().join(BROMLEY)).unwrap()).unwrap();
    let pages = prerendered(&place);
    for ((page, before), name) in pages.iter().zip(&plain).zip(PAGES) {
        let more: Vec<String> = kinds(page).difference(&kinds(before)).cloned().collect();
        assert_eq!(more, [] as [&str; 0], "{name}: elements that nobody made");
        assert_eq!(runs(page), [] as [&str; 0], "{name}");
        assert!(text(page).contains("__ran()"), "{name}: nothing hostile stands there, so nothing was tried");
        let titles: Vec<String> =
            page.select(&Selector::parse("title").unwrap()).map(|title| title.text().collect()).collect();
        assert_eq!(titles.len(), 1, "{name}");
    }
    for key in ["name", "team"] {
        let wanted = council[key].as_str().unwrap();
        assert!(wanted.contains("__ran") || wanted.contains('<') || wanted.contains('['), "{wanted}");
        // HTML has no place for some control characters: they are left out.
        let plain = |text: &str| text.chars().filter(|one| !one.is_control()).collect::<String>();
        assert!(plain(&text(&pages[0])).contains(&plain(wanted)), "{key} is not shown as it is: {wanted}");
    }
}

#[test]
fn what_would_run_is_seen() {
    let page = Html::parse_document("<p onclick=x><a href=' java\nscript:1'>a</a><script>__ran()</script>");
    assert_eq!(runs(&page).len(), 3, "{:?}", runs(&page));
    let more: Vec<String> =
        kinds(&page).difference(&kinds(&Html::parse_document("<p><a href=a>a</a>"))).cloned().collect();
    assert_eq!(more, ["p onclick", "script "]);
}
