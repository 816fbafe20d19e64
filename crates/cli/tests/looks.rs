//! A council's look: on every page, and refused where it would harm.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that stops has failed")]

use std::{fs, path::Path};

#[path = "common/place.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod place;
#[path = "common/site.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod site;

use base64::{Engine, engine::general_purpose::STANDARD};
use place::{BROMLEY, Place, putright};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use site::{Page, Site, attribute};

/// The pages of Bromley that people see.
const PAGES: [&str; 8] = [
    "index.html",
    "bromley.html",
    "bromley-8-11.html",
    "bromley-12-17.html",
    "bromley-form.html",
    "bromley-accessibility.html",
    "bromley-look.html",
    "received.html",
];

const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 200 50\"><metadata>Made by somebody</metadata>\
                    <path d=\"M0 0h200v50z\" fill=\"#00592e\"/></svg>";

fn whole() -> Value {
    json!({
        "service_name": "Tell Bromley",
        "title": "Complain to Bromley",
        "second_colour": "#b3005e",
        "link_colour": "#6b1d5c",
        "focus_colour": "#ffd24d",
        "logo": { "file": "logo.svg", "alt": "Bromley Council", "link": "https://www.bromley.gov.uk" },
        "favicon": "icon.png",
        "font": { "regular": "text.woff2", "bold": "bold.woff2" },
        "header_links": [{ "words": "All <services>", "href": "https://www.bromley.gov.uk/services" }],
        "footer_links": [{ "words": "Cookies", "href": "bromley-accessibility.html" }],
        "header": "header.html",
        "footer": "footer.html",
    })
}

/// A site of Bromley alone, with the files of a look.
fn place(look: &Value) -> Place {
    let place = Place::new();
    let index = json!({ "schema_version": 1, "default": "bromley", "councils": ["bromley"] });
    place.change("councils/index.json", |file| *file = index);
    place.change(BROMLEY, |council| council["look"] = look.clone());
    for (name, content) in [
        ("logo.svg", LOGO.as_bytes()),
        ("icon.png", b"\x89PNG\r\n\x1a\nicon"),
        ("text.woff2", b"wOF2text"),
        ("bold.woff2", b"wOF2bold"),
        ("header.html", b"<p>Over <b>all</b></p>"),
        ("footer.html", b"<ul><li><a href=\"https://www.bromley.gov.uk/contact\">Contact</a></li></ul>"),
    ] {
        put(place.folder(), name, content);
    }
    place
}

fn put(site: &Path, name: &str, content: &[u8]) {
    let folder = site.join("looks/bromley");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), content).unwrap();
}

#[test]
fn header_footer_icon_and_links_are_on_every_page_in_their_order() {
    let site = Site::of(place(&whole()));
    for file in PAGES {
        let html = site.read(file);
        let parts = [
            "<a class=\"govuk-skip-link pr-own-skip\" href=\"#main\">Skip to main content</a>",
            "<section class=\"pr-own\" aria-label=\"Bromley\">",
            "<a href=\"https://www.bromley.gov.uk\"><img class=\"pr-own__logo\" src=\"./looks/bromley/logo.svg?v=",
            "alt=\"Bromley Council\" width=\"160\" height=\"40\">",
            "<nav aria-label=\"Bromley\"><ul><li><a href=\"https://www.bromley.gov.uk/services\">All &lt;services></a>",
            "<p>Over <b>all</b></p>",
            "<main",
            "<section class=\"pr-own pr-own--end\" aria-label=\"About Bromley\">",
            "<a href=\"./bromley-accessibility.html\">Cookies</a>",
            "<a href=\"https://www.bromley.gov.uk/contact\">Contact</a>",
            "</body>",
        ];
        let places: Vec<usize> =
            parts.iter().map(|part| html.find(part).unwrap_or_else(|| panic!("{file}: {part}"))).collect();
        assert!(places.is_sorted(), "{file}: {places:?}");
        let icon =
            Page(html.clone()).tags("link").into_iter().find(|tag| tag.contains("rel=\"icon\"")).unwrap().to_owned();
        assert!(attribute(&icon, "href").unwrap().starts_with("./looks/bromley/icon.png?v="), "{file}: {icon}");
    }
}

#[test]
fn the_name_of_the_service_is_in_the_words_and_the_title_on_the_first_page() {
    let site = Site::of(place(&whole()));
    for file in ["bromley.html", "bromley-8-11.html"] {
        let html = site.read(file);
        assert!(html.contains("<title>Complain to Bromley</title>"), "{file}");
        assert!(html.contains("<span>Tell Bromley</span>"), "{file}");
    }
    for file in ["bromley-form.html", "bromley-accessibility.html"] {
        assert!(site.read(file).contains("<span>Tell Bromley</span>"), "{file}");
    }
    let bundles = fs::read_dir(site.place().folder().join("bundles")).unwrap();
    for bundle in bundles {
        let content = fs::read(bundle.unwrap().path()).unwrap();
        assert!(content.windows(12).any(|part| part == b"Tell Bromley"));
    }
}

#[test]
fn colours_and_font_are_in_the_style_of_the_page_and_beside_the_plain_pages() {
    let site = Site::of(place(&whole()));
    let (page, beside) = (site.read("bromley.html"), site.read("bromley.css"));
    for (text, root) in [(&page, "html[data-council=\"bromley\"]"), (&beside, ":root")] {
        for rule in [
            format!(
                "{root} {{ --pr-brand: #00592e; --pr-second: #b3005e; --pr-second-text: #ffffff; --govuk-focus-colour: #ffd24d }}"
            ),
            format!(
                "{root}:not(.pr-for-young, [data-pr-background=\"dark\"]) {{ --pr-brand-line: #b3005e; --govuk-link-colour: #6b1d5c; --govuk-link-hover-colour: #"
            ),
            "--pr-font: \"Council bromley\", system-ui".to_owned(),
            "font-weight: 700; font-display: optional; src: url(\"./looks/bromley/bold.woff2?v=".to_owned(),
            ".pr-own--end {".to_owned(),
        ] {
            assert!(text.contains(&rule), "{rule}");
        }
    }
    let fonts = |file: &str| {
        let page = Page(site.read(file));
        page.tags("link").into_iter().filter(|tag| tag.contains("as=\"font\"")).count()
    };
    assert_eq!([fonts("bromley.html"), fonts("bromley-form.html"), fonts("bromley-8-11.html")], [2, 2, 0]);
}

#[test]
fn the_policy_names_each_inline_style_and_script_and_lets_own_fonts_in() {
    let site = Site::of(place(&whole()));
    let headers: Value = serde_json::from_str(&site.read("headers.json")).unwrap();
    let header = headers["content_security_policy"].as_str().unwrap().to_owned();
    for file in ["bromley.html", "bromley-8-11.html"] {
        let html = site.read(file);
        for (name, directive) in [("style", "style-src"), ("script", "script-src")] {
            let inline = html.split(&format!("<{name}>")).nth(1).unwrap().split(&format!("</{name}>")).next().unwrap();
            let hash = format!("'sha256-{}'", STANDARD.encode(Sha256::digest(inline)));
            for policy in [&header, &Page(html.clone()).policy()] {
                let part = policy.split("; ").find(|part| part.starts_with(directive)).unwrap();
                assert!(part.contains(&hash), "{file}: {name}: {part}");
            }
        }
    }
    for file in ["bromley.html", "bromley-form.html", "bromley-accessibility.html", "bromley-look.html"] {
        assert!(Page(site.read(file)).policy().contains("font-src 'self'"), "{file}");
    }
}

#[test]
fn without_a_look_nothing_stands_around_the_pages_and_a_look_that_is_taken_out_goes() {
    let site = Site::of(place(&whole()));
    site.place().change(BROMLEY, |council| {
        council.as_object_mut().unwrap().remove("look");
    });
    site.prerender();
    for file in PAGES.iter().filter(|file| **file != "bromley-look.html") {
        let html = site.read(file);
        for part in ["pr-own", "looks/", "inFrame", "as=\"font\""] {
            assert!(!html.contains(part), "{file}: {part}");
        }
        assert!(html.contains("<link rel=\"icon\" href=\"data:,\">"), "{file}");
    }
    assert_eq!(site.read("bromley.css"), ":root { --pr-brand: #00592e }\n");
    assert!(!site.place().folder().join("bromley-look.html").exists());
}

#[test]
fn the_page_of_examples_is_not_for_search_engines_and_shows_each_pair() {
    let html = Site::of(place(&whole())).read("bromley-look.html");
    for part in [
        "content=\"noindex\"",
        "data-pr-background=\"dark\"",
        "href=\"./bromley-form.html\"",
        "#6b1d5c with the cream page, #fdf6e3: ",
    ] {
        assert!(html.contains(part), "{part}");
    }
}

#[test]
fn over_the_product_only_the_looks_of_listed_councils_go_along_and_pictures_are_cleaned() {
    let product = Site::of(Place::new());
    let own = place(&whole());
    for part in ["flows", "content", "danger", "pictures", "schema"] {
        fs::remove_dir_all(own.folder().join(part)).unwrap();
    }
    let other = own.folder().join("looks/elsewhere");
    fs::create_dir_all(&other).unwrap();
    fs::write(other.join("logo.svg"), LOGO).unwrap();
    put(own.folder(), "notes.txt", b"Ours");
    let out = tempfile::TempDir::new().unwrap();
    let www = out.path().join("www");
    let paths = [own.folder(), product.place().folder(), &www].map(|path| path.to_str().unwrap().to_owned());
    let build = || putright(&["build", &paths[0], "--over", &paths[1], "--out", &paths[2]]);
    let first = build();
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    let logo = fs::read_to_string(www.join("looks/bromley/logo.svg")).unwrap();
    assert!(logo.contains("M0 0h200v50z") && !logo.contains("somebody"), "{logo}");
    assert!(!www.join("looks/elsewhere").join("logo.svg").exists());
    assert!(!www.join("looks/bromley/notes.txt").exists());
    let check = || putright(&["check", &paths[0], "--over", &paths[1], "--out", &paths[2], "--today", "2026-12-01"]);
    let told = |output: std::process::Output| String::from_utf8(output.stdout).unwrap();
    let before = told(check());
    assert!(!before.contains("has changed since"), "{before}");
    put(own.folder(), "footer.html", b"<p>New</p>");
    let changed = told(check());
    assert!(changed.contains("looks/bromley/footer.html") && changed.contains("has changed since"), "{changed}");
}

/// Builds Bromley with a changed look, which must fail, and returns what it says.
fn refused(change: impl FnOnce(&mut Value), files: &[(&str, &[u8])]) -> String {
    let mut look = whole();
    change(&mut look);
    let place = place(&look);
    for (name, content) in files {
        put(place.folder(), name, content);
    }
    let output = place.check(&[]);
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_key_that_would_harm_is_refused_with_what_to_write() {
    for (key, value, told) in [
        (
            "link_colour",
            json!("#8a8a8a"),
            "at /look/link_colour: is #8a8a8a: with the cards on the cream page (#f6ebcd) it has a contrast of",
        ),
        ("second_colour", json!("#ffd500"), "the nearest colour that passes is \"#"),
        ("focus_colour", json!("#202020"), "with the text that has the focus (#0b0c0c)"),
        ("link_colour", json!("red"), "must be a colour like #1d4f91"),
        ("service_name", json!("x".repeat(61)), "has 61 characters; write at most 60"),
        ("title", json!(" "), "at /look/title: is empty"),
        ("logo", json!({ "file": "none.svg", "alt": "A" }), "names a file that is not there: put it at "),
        ("logo", json!({ "file": "icon.png", "alt": "A" }), "names icon.png, which must end in .svg"),
        ("logo", json!({ "file": "../logo.svg", "alt": "A" }), "must be the name of a file in looks/bromley/"),
        ("logo", json!({ "file": "logo.svg", "alt": "" }), "at /look/logo/alt: is empty"),
        ("logo", json!({ "file": "logo.svg" }), "at /look/logo/alt: is missing"),
        ("favicon", json!("text.woff2"), "which must end in .svg or .png or .ico"),
        (
            "font",
            json!({ "regular": "https://fonts.example/a.woff2" }),
            "at /look/font/regular: must be the name of a file",
        ),
        (
            "header_links",
            json!([{ "words": "A", "href": "http://a.gov.uk" }]),
            "at /look/header_links/0/href: has a link",
        ),
        (
            "footer_links",
            json!([{ "words": "A", "href": "javascript:a()" }]),
            "at /look/footer_links/0/href: has a link",
        ),
        ("header", json!("logo.svg"), "which must end in .html"),
        ("fonts", json!({}), "at /look/fonts"),
    ] {
        let text = refused(|look| look[key] = value.clone(), &[]);
        assert!(text.contains(told), "{key}: {told}: {text}");
    }
}

#[test]
fn a_file_that_would_harm_is_refused_by_its_line() {
    let large = vec![b' '; 20_001];
    let files: [(&str, &[u8], &str); 8] = [
        ("header.html", b"<p>A</p>\n<script>a()</script>", "header.html:2:1: has <script>, which is not allowed"),
        ("footer.html", b"<form></form>", "has <form>, which is not allowed"),
        ("footer.html", b"<p onclick='a()'>A</p>", "has <p> with onclick"),
        ("footer.html", b"<img src='https://a.gov.uk/a.png' alt='' width=1 height=1>", "must be the name of a file"),
        ("footer.html", b"\xff\xfe", "which is no text"),
        ("footer.html", &large, "make it smaller, 20000 at most"),
        (
            "logo.svg",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><script/></svg>",
            "at /look/logo/file: names looks/bromley/logo.svg, which has <script>, in line 1",
        ),
        ("text.woff2", b"OTTO", "which is no file of the kind that its name says"),
    ];
    for (name, content, told) in files {
        let text = refused(|_| (), &[(name, content)]);
        assert!(text.contains(told), "{name}: {told}: {text}");
    }
}

#[test]
fn a_pale_brand_colour_is_refused_with_the_nearest_that_passes() {
    let place = Place::new();
    place.change(BROMLEY, |council| council["brand"]["colour"] = json!("#00a0e0"));
    let text = String::from_utf8(place.check(&[]).stdout).unwrap();
    let told = "at /brand/colour: is #00a0e0: with the white text in the header (#ffffff) it has a contrast of 2.95 to 1, and needs 4.5 to 1";
    assert!(text.contains(told), "{text}");
}
