//! The accessibility statement: filled in, not filled in, and each way in which a council's file can say it wrongly.

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
use site::{Page, Site};

const WORDS: &str = "content/en/accessibility.json";
const PAGE: &str = "bromley-accessibility.html";

fn filled() -> Value {
    json!({
        "status": "partially",
        "prepared": "2026-09-01",
        "reviewed": "2026-11-20",
        "tested": { "by": "Access Ltd", "on": "2026-08-30", "how": "It took a sample of pages" },
        "contact": {
            "email": "access@bromley.gov.uk",
            "telephone": [{ "number": "020 8313 4000", "hours": "in the day" }],
            "post": ["Access team", "Town Hall"],
            "web": "https://bromley.gov.uk/access"
        },
        "answer_within_working_days": 7,
        "problems": [{
            "what": "Tables of dates have no headings", "criterion": "1.3.1", "plan": "We mend this by March 2027."
        }],
        "burden": [{ "what": "The old archive is hard to read", "why": "Few read it, and it would cost much" }],
        "out_of_scope": [{ "what": "Maps", "why": "The rules do not cover maps" }],
        "improving": ["We ask ten people who use screen readers to try it."]
    })
}

fn say(place: &Place, accessibility: Option<&Value>) {
    place.change(BROMLEY, |council| match accessibility {
        Some(said) => council["accessibility"] = said.clone(),
        None => drop(council.as_object_mut().unwrap().remove("accessibility")),
    });
}

fn place() -> Place {
    Place::with(&json!({ "url": "api/submissions" }))
}

/// The statement of a site whose Bromley says this.
fn page(accessibility: Option<&Value>) -> Page {
    let site = Site::with(&json!({ "url": "api/submissions" }));
    say(site.place(), accessibility);
    site.prerender();
    Page(site.read(PAGE))
}

/// The page's words with single spaces.
fn text(page: &Page) -> String {
    let text = page.text().split_whitespace().collect::<Vec<_>>().join(" ");
    text.replace(" .", ".").replace(" ,", ",")
}

/// Returns the lines of `putright check` about Bromley's statement, and whether the check succeeded.
fn told(place: &Place, today: &str) -> (Vec<String>, bool) {
    let output = putright(&["check", place.folder().to_str().unwrap(), "--today", today]);
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().filter(|line| line.contains("bromley.json at /accessibility")).map(str::to_owned);
    (lines.collect(), output.status.success())
}

/// The parts of a statement that the law asks for, in the words of the model.
const MODEL: [&str; 8] = [
    "This accessibility statement applies to ",
    "Feedback and contact information",
    "Reporting accessibility problems with this website",
    "Enforcement procedure",
    "The Equality and Human Rights Commission (EHRC) is responsible for enforcing the Public Sector Bodies (Websites and \
     Mobile Applications) (No. 2) Accessibility Regulations 2018 (the ‘accessibility regulations’). If you’re not happy with \
     how we respond to your complaint, contact the Equality Advisory and Support Service (EASS).",
    "Technical information about this website’s accessibility",
    "Compliance status",
    "Preparation of this accessibility statement",
];

#[test]
fn filled_in_it_says_all_that_the_council_says_in_the_words_of_the_model() {
    let page = page(Some(&filled()));
    let text = text(&page);
    let own = [
        "London Borough of Bromley is committed to making its website accessible, in accordance with the Public Sector Bodies",
        "This website is partially compliant with the Web Content Accessibility Guidelines version 2.2 AA standard, due to the \
         non-compliances and exemptions listed below.",
        "The content listed below is non-accessible for the following reasons.",
        "Non-compliance with the accessibility regulations Tables of dates have no headings. This fails WCAG 2.2 success \
         criterion 1.3.1 (info and relationships). We mend this by March 2027.",
        "Disproportionate burden The old archive is hard to read. Few read it, and it would cost much.",
        "Content that’s not within the scope of the accessibility regulations Maps. The rules do not cover maps.",
        "This statement was prepared on 1 September 2026. It was last reviewed on 20 November 2026.",
        "This website was last tested on 30 August 2026 against the WCAG 2.2 AA standard. The test was carried out by Access \
         Ltd. It took a sample of pages.",
        "and answer within 7 working days.",
        "020 8313 4000",
        "Town Hall",
        "access@bromley.gov.uk",
        "bromley.gov.uk/access",
        "We ask ten people who use screen readers to try it.",
    ];
    for words in MODEL.iter().chain(&own) {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(!text.contains("has not yet") && !text.contains('{'), "{text}");
    assert!(page.0.contains("href=\"https://www.equalityadvisoryservice.com/\""));
    assert!(page.0.contains("href=\"mailto:access@bromley.gov.uk\""));
    // Theirs is another team, so the complaints team is not there to be taken for it.
    assert!(!text.contains("Stockwell Close"), "{text}");
}

#[test]
fn not_filled_in_it_says_what_is_still_to_be_said_and_claims_nothing() {
    let page = page(None);
    let text = text(&page);
    for words in MODEL {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert_eq!(text.matches("Bromley has not yet ").count(), 7, "{text}");
    for claim in ["fully compliant", "partially compliant", "is committed", "was prepared on", "was last tested"] {
        assert!(!text.contains(claim), "{claim}");
    }
    // What is known of the form itself, and to whom to turn meanwhile.
    for known in [
        "NVDA, JAWS, VoiceOver or TalkBack",
        "every day have not tested it yet",
        "does not tell you which rules",
        "020 8461 7644",
    ] {
        assert!(text.contains(known), "{known}");
    }
}

#[test]
fn it_has_no_script_and_names_the_council_s_own_pages() {
    let page = page(None);
    assert!(!page.0.contains("<script"));
    assert_eq!(
        page.policy(),
        "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'none'; base-uri 'none'"
    );
    assert_eq!(page.0.matches("<h1").count(), 1);
    assert!(page.0.contains("href=\"./bromley.html\"") && page.0.contains("href=\"./bromley.css\""));
}

#[test]
fn every_page_leads_to_it_from_its_foot() {
    let site = Site::with(&json!({ "url": "api/submissions" }));
    let foot = |file: &str| site.read(file).split("<footer").nth(1).unwrap().to_owned();
    for file in ["bromley.html", "bromley-form.html", PAGE] {
        assert!(foot(file).contains("href=\"./bromley-accessibility.html\""), "{file}");
        assert!(!foot(file).contains("westminster-accessibility"), "{file}: of the council that runs it alone");
    }
    // Before anybody has said which council it is, each is named.
    for id in ["bromley", "kensington-and-chelsea", "westminster"] {
        assert!(foot("index.html").contains(&format!("href=\"./{id}-accessibility.html\"")), "{id}");
    }
}

#[test]
fn the_status_is_told_by_what_is_listed() {
    let with = |status: &str, kept: &[&str]| {
        let mut said = filled();
        said["status"] = json!(status);
        for list in ["problems", "burden", "out_of_scope"] {
            if !kept.contains(&list) {
                drop(said.as_object_mut().unwrap().remove(list));
            }
        }
        text(&page(Some(&said)))
    };
    let fully = with("fully", &[]);
    assert!(fully.contains("This website is fully compliant with the Web Content"), "{fully}");
    assert!(!fully.contains("Non-accessible content"), "the model leaves it out: {fully}");
    assert!(with("partially", &["problems"]).contains("due to the non-compliances listed below"));
    assert!(with("partially", &["burden"]).contains("due to the exemptions listed below"));
    assert!(with("not", &["problems"]).contains("is not compliant with the Web Content Accessibility Guidelines version 2.2 AA standard. The non-compliances are listed below."));
}

#[test]
fn what_is_left_out_falls_back() {
    let mut said = filled();
    for key in ["contact", "reviewed"] {
        said.as_object_mut().unwrap().remove(key);
    }
    said["website"] = json!("complaints.bromley.example");
    let text = text(&page(Some(&said)));
    assert!(text.contains("This accessibility statement applies to complaints.bromley.example."), "{text}");
    assert!(text.contains("Stockwell Close"), "the complaints team: {text}");
    assert!(text.contains("It was last reviewed on 1 September 2026."), "{text}");
}

#[test]
fn words_of_a_council_stay_words() {
    let mut said = filled();
    said["problems"][0]["what"] = json!("<b>{council}</b> & [x](javascript:alert(1))");
    let page = page(Some(&said));
    assert!(page.0.contains("&lt;b>{council}&lt;/b>") || page.0.contains("&lt;b&gt;{council}&lt;/b&gt;"), "{}", page.0);
    assert!(!page.0.contains("href=\"javascript"));
}

#[test]
fn each_way_in_which_it_can_be_wrong_is_said_with_its_place() {
    type Change = fn(&mut Value);
    let cases: [(Change, &str, &str); 22] = [
        (|said| *said = json!("yes"), "", "must be an object"),
        (|said| said["level"] = json!("AA"), "/level", "is not known here; known: status, website"),
        (|said| said["status"] = json!("mostly"), "/status", "fully, partially, not"),
        (|said| said["status"] = json!("fully"), "/status", "it is \"partially\""),
        (
            |said| (said["problems"], said["burden"], said["out_of_scope"]) = (json!([]), json!([]), json!([])),
            "/status",
            "must be explained",
        ),
        (|said| drop(said.as_object_mut().unwrap().remove("status")), "/status", "is missing"),
        (|said| drop(said.as_object_mut().unwrap().remove("prepared")), "/prepared", "is missing"),
        (|said| drop(said.as_object_mut().unwrap().remove("tested")), "/tested", "is missing"),
        (
            |said| drop(said.as_object_mut().unwrap().remove("answer_within_working_days")),
            "/answer_within_working_days",
            "is missing",
        ),
        (|said| said["answer_within_working_days"] = json!(0), "/answer_within_working_days", "1 or more"),
        (|said| said["prepared"] = json!("last week"), "/prepared", "a date like"),
        (|said| said["reviewed"] = json!("2026-08-31"), "/reviewed", "before prepared"),
        (|said| said["tested"]["on"] = json!("2026-12-02"), "/tested/on", "still to come"),
        (|said| said["tested"]["by"] = json!(" "), "/tested/by", "is empty"),
        (|said| said["contact"] = json!({}), "/contact", "names no way"),
        (|said| said["contact"]["email"] = json!("the access team"), "/contact/email", "email address"),
        (|said| said["contact"]["web"] = json!("http://bromley.gov.uk/"), "/contact/web", "https://"),
        (|said| said["contact"]["telephone"] = json!("020"), "/contact/telephone", "must be a list"),
        (|said| said["problems"][0]["criterion"] = json!("1.3.9"), "/problems/0/criterion", "level A or AA"),
        (|said| drop(said["problems"][0].as_object_mut().unwrap().remove("plan")), "/problems/0/plan", "is missing"),
        (|said| drop(said["burden"][0].as_object_mut().unwrap().remove("why")), "/burden/0/why", "is missing"),
        (|said| said["out_of_scope"][0]["plan"] = json!("None"), "/out_of_scope/0/plan", "is not known here"),
    ];
    let place = place();
    for (change, pointer, wanted) in cases {
        let mut said = filled();
        change(&mut said);
        say(&place, Some(&said));
        let (lines, well) = told(&place, "2026-12-01");
        let start = format!("bromley.json at /accessibility{pointer}: ");
        let found =
            lines.iter().any(|line| line.starts_with("error: ") && line.contains(&start) && line.contains(wanted));
        assert!(found && !well, "{pointer} {wanted}: {lines:?}");
    }
}

#[test]
fn check_warns_where_it_is_not_filled_in_or_old_and_is_silent_where_it_is_of_today() {
    let place = place();
    say(&place, None);
    let (lines, well) = told(&place, "2026-12-01");
    let says = ["warning: ", "is missing", "SI 2018/952", "bromley-accessibility.html", "answer_within_working_days"];
    assert!(lines.len() == 1 && well && says.iter().all(|part| lines[0].contains(part)), "{lines:?}");
    say(&place, Some(&filled()));
    assert_eq!(told(&place, "2026-12-01").0, Vec::<String>::new());
    assert_eq!(told(&place, "2027-11-20").0, Vec::<String>::new());
    let (lines, _) = told(&place, "2027-11-21");
    assert!(lines.len() == 1 && lines[0].starts_with("warning: ") && lines[0].contains("over a year ago"), "{lines:?}");
}

#[test]
fn each_way_in_which_its_words_can_be_wrong_is_said_with_its_place() {
    type Change = fn(&mut Value);
    let cases: [(Change, &str); 4] = [
        (|words| drop(words["law"].as_object_mut().unwrap().remove("fails")), "/law/fails: is missing"),
        (|words| words["unsaid"]["more"] = json!("Nothing"), "/unsaid/more: is not known here"),
        (|words| words["schema_version"] = json!(2), "/schema_version: is 2, but this Putright reads version 1"),
        (|words| words["report"][1] = json!("Tell {who}."), "/report/1: has {who}, a name in { }"),
    ];
    let place = place();
    let path = place.folder().join(WORDS);
    let sound = fs::read_to_string(&path).unwrap();
    for (change, wanted) in cases {
        let mut words: Value = serde_json::from_str(&sound).unwrap();
        change(&mut words);
        fs::write(&path, words.to_string()).unwrap();
        let output = place.check(&[]);
        let text = String::from_utf8(output.stdout).unwrap();
        let found = text
            .lines()
            .any(|line| line.starts_with("error: ") && line.contains("accessibility.json") && line.contains(wanted));
        assert!(found && output.status.code() == Some(1), "{wanted}: {text}");
    }
}

/// All but the model's own wording is for somebody of twelve: the limit of the words for 12 to 17.
#[test]
fn no_sentence_but_the_law_s_is_longer_than_fifteen_words() {
    fn inside(value: &Value, all: &mut Vec<String>) {
        match value {
            Value::String(text) => all.push(text.clone()),
            Value::Array(items) => items.iter().for_each(|item| inside(item, all)),
            Value::Object(members) => members.values().for_each(|member| inside(member, all)),
            _ => {}
        }
    }
    let file = place::root().join("public").join(WORDS);
    let mut words: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    drop(words.as_object_mut().unwrap().remove("law"));
    // It names the standard, as the law does.
    drop(words["unsaid"].as_object_mut().unwrap().remove("status"));
    let mut all = Vec::new();
    inside(&words, &mut all);
    for text in all {
        for sentence in text.split_inclusive(['.', '?', '!', ':']) {
            let count = sentence.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
            assert!(count <= 15, "{count} words: {sentence}");
        }
    }
}
