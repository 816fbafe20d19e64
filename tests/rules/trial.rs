//! A dry run, from the first request to what is said of it: each way a server can behave, and what the web officer reads.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

mod cors;
mod responses;

use putright_domain::{
    council::Council,
    date::Date,
    delivery::{
        config::{DeliveryConfig, PRESETS},
        request::{Body, BodyPart, Request},
    },
    submission::format::Submission,
};
use putright_endpoint_test::{
    End, Exchange, Finding, Purpose, ReadableResponse, Side, Subject, Trial, Verdict, findings, headline, probe,
};
use serde_json::{Map, Value, json};

const PAGE: &str = "https://complaints.example.gov.uk";

const ELSEWHERE: &str = "https://forms.example.gov.uk/complaints";

const ID: &str = "0123456789abcdef0123456789abcdef";

/// A council's file with this delivery.
fn file(delivery: &Value) -> String {
    let mut file: Value = serde_json::from_str(include_str!("../../public/councils/bromley.json")).unwrap();
    file["delivery"] = delivery.clone();
    file.to_string()
}

fn config(delivery: &Value) -> DeliveryConfig {
    Council::parse("councils/bromley.json", &file(delivery)).unwrap().delivery
}

fn elsewhere(preset: &str) -> Value {
    json!({ "preset": preset, "url": ELSEWHERE })
}

fn trial() -> Trial {
    Trial {
        council: "bromley".to_owned(),
        page: PAGE.to_owned(),
        online: true,
        id: ID.to_owned(),
        day: Date::parse_iso("2026-12-17").unwrap(),
        empty: false,
        done: Vec::new(),
    }
}

fn heard(status: u16, body: &str) -> ReadableResponse {
    let kind = if body.starts_with(['{', '[']) { "application/json" } else { "text/html" };
    ReadableResponse {
        status,
        headers: vec![("content-type".to_owned(), kind.to_owned())],
        body: body.to_owned(),
        milliseconds: 240,
        ..ReadableResponse::default()
    }
}

fn answer(status: u16, body: &str) -> End {
    End::Answered(heard(status, body))
}

/// Asks until nothing is left to ask. Gives what was asked.
fn run(config: &DeliveryConfig, trial: &mut Trial, mut server: impl FnMut(Purpose, &Request) -> End) -> Vec<Purpose> {
    let mut asked = Vec::new();
    while let Some((ask, request)) = trial.next(config) {
        asked.push(ask);
        let end = server(ask, &request);
        trial.done.push(Exchange { ask, end });
        assert!(asked.len() < 9, "it asks without end: {asked:?}");
    }
    asked
}

/// Returns the findings of a dry run against a server.
fn found(delivery: &Value, server: impl FnMut(Purpose, &Request) -> End) -> (Vec<Purpose>, Vec<Finding>) {
    let config = config(delivery);
    let mut trial = trial();
    let asked = run(&config, &mut trial, server);
    let found = findings(&config, &trial);
    for finding in &found {
        for text in &finding.says {
            let gap = text.split('{').skip(1).any(|rest| rest.starts_with(|first: char| first.is_ascii_lowercase()));
            assert!(!gap && !text.ends_with(' '), "a gap is left: {text}");
        }
        assert!(!finding.says.is_empty(), "{} says nothing", finding.title);
    }
    (asked, found)
}

fn about(found: &[Finding], about: Subject) -> &Finding {
    found.iter().find(|finding| finding.about == about).unwrap_or_else(|| panic!("nothing on {about:?}: {found:#?}"))
}

fn text(finding: &Finding) -> String {
    [finding.says.join("\n"), finding.lines.join("\n")].join("\n")
}

const REFERENCE: &str = r#"{"reference":"K7M-2QX-HPA"}"#;

#[test]
fn a_good_server_works_in_every_way_and_is_asked_twice_for_the_same() {
    let mut sent = Vec::new();
    let (asked, found) = found(&elsewhere("putright"), |ask, request| {
        sent.push(request.clone());
        answer(201, if ask == Purpose::Files { r#"{"reference":"K7N-2QX-HPB","files":1}"# } else { REFERENCE })
    });
    assert_eq!(asked, [Purpose::Send, Purpose::Again, Purpose::Files]);
    assert!(sent[0] == sent[1], "the very same");
    assert_eq!(headline(&found), "It works");
    let works: Vec<Subject> = found.iter().filter(|one| one.verdict == Verdict::Works).map(|one| one.about).collect();
    assert_eq!(
        works,
        [
            Subject::Reached,
            Subject::Cors,
            Subject::Answer,
            Subject::Reference,
            Subject::Type,
            Subject::Twice,
            Subject::Files
        ],
        "{found:#?}"
    );
    assert_eq!(about(&found, Subject::Reference).lines, ["K7M-2QX-HPA"]);
}

#[test]
fn the_test_is_a_submission_of_the_format_that_says_what_it_is_and_names_nobody() {
    let config = config(&elsewhere("putright"));
    let (ask, request) = trial().next(&config).unwrap();
    assert_eq!(ask, Purpose::Send);
    let Body::Text(body) = &request.body else { panic!("not JSON") };
    let read: Submission = serde_json::from_str(body).unwrap();
    assert!(read.id == ID && read.council == "bromley");
    assert!(read.points[0].what_happened.starts_with("THIS IS A TEST"));
    assert!(read.contact.name.unwrap().starts_with("TEST"));
    assert!(request.headers.iter().any(|(name, value)| name == "Idempotency-Key" && value == ID));
}

#[test]
fn every_preset_is_sent_as_a_test_that_says_so() {
    let presets: Map<String, Value> = serde_json::from_str(PRESETS).unwrap();
    for preset in presets.keys().filter(|name| *name != "no-endpoint") {
        let config = config(&elsewhere(preset));
        let mut trial = trial();
        let mut sent = None;
        run(&config, &mut trial, |ask, request| {
            if matches!(ask, Purpose::Send | Purpose::Open) {
                sent = Some(request.clone());
            }
            let mut heard = heard(200, r#"{"token":"abc"}"#);
            if preset == "drupal-webform-rest" {
                heard.body = "abc".to_owned();
            }
            heard.cookies = "a=b; XSRF-TOKEN=abc%3D".to_owned();
            if ask == Purpose::Open { End::Opened } else { End::Answered(heard) }
        });
        let sent = sent.unwrap_or_else(|| panic!("{preset}: nothing was sent"));
        let body = match sent.body {
            Body::Text(text) => text,
            Body::Form(pairs) => pairs.into_iter().map(|(_, value)| value).collect(),
            Body::Parts(parts) => parts
                .into_iter()
                .map(|part| match part {
                    BodyPart::Text { text, .. } => text,
                    BodyPart::File { .. } => panic!("a file"),
                })
                .collect(),
        };
        assert!(body.contains("THIS IS A TEST"), "{preset}: {body}");
        for need in &config.endpoint.needs {
            assert!(!need.starts_with('/') || body.contains(&need[1..]), "{preset}: {need}");
        }
    }
}

#[test]
fn nothing_is_asked_offline_nor_where_nothing_is_sent() {
    let config = config(&elsewhere("putright"));
    let mut trial = Trial { online: false, ..trial() };
    assert_eq!(run(&config, &mut trial, |_, _| End::Nothing), []);
    assert_eq!(findings(&config, &trial)[0].side, Side::Device);
    let (asked, found) = found(&json!({ "preset": "no-endpoint" }), |_, _| End::Nothing);
    assert_eq!((asked, headline(&found)), (Vec::new(), "There is nothing to try"));
}

#[test]
fn an_address_that_is_good_on_one_machine_and_a_page_without_https_are_told() {
    let (_, found) = found(&json!({ "url": "http://127.0.0.1:8080/api" }), |_, _| answer(201, REFERENCE));
    assert_eq!(about(&found, Subject::Address).title, "The address is only good on one machine");
    let config = config(&json!({ "url": "api/submissions" }));
    for (page, insecure) in
        [("http://complaints.example.gov.uk", true), ("http://localhost:8080", false), (PAGE, false)]
    {
        let trial = Trial { page: page.to_owned(), ..trial() };
        let found = findings(&config, &trial);
        assert_eq!(found.iter().any(|finding| finding.about == Subject::Address), insecure, "{page}");
    }
}

#[test]
fn one_with_nothing_in_it_is_sent_only_where_that_was_asked_for() {
    let config = config(&elsewhere("putright"));
    let with = |status, body| {
        let mut trial = Trial { empty: true, ..trial() };
        let asked = run(&config, &mut trial, |_, request| {
            assert!(matches!(&request.body, Body::Text(text) if text == "{}"));
            answer(status, body)
        });
        assert_eq!(asked, [Purpose::Empty]);
        about(&findings(&config, &trial), Subject::Errors).title
    };
    assert_eq!(with(422, r#"{"errors":[{"pointer":"/id","detail":"is missing"}]}"#), "A refusal can be read");
    assert_eq!(with(400, "bad"), "People would not be told what is wrong");
    assert_eq!(with(201, REFERENCE), "The server took a submission with nothing in it");
    assert_eq!(with(500, ""), "A refusal looks like a failure");
}

#[test]
fn the_page_and_the_rules_talk_in_json() {
    let ask = |known: &Value| -> Value { serde_json::from_str(&probe::answer(&known.to_string())).unwrap() };
    let mut known = json!({ "file": "councils/bromley.json", "text": file(&elsewhere("putright")) });
    let plan = ask(&known);
    assert_eq!((&plan["send"], &plan["url"], &plan["seconds"]), (&json!("fetch"), &json!(ELSEWHERE), &json!(30)));
    assert!(plan["ask"].is_null(), "nothing is asked before a click");
    for (key, value) in [
        ("origin", json!(PAGE)),
        ("online", json!(true)),
        ("id", json!(ID)),
        ("day", json!("2026-12-17")),
        ("empty", json!(false)),
        ("done", json!([])),
    ] {
        known[key] = value;
    }
    let step = ask(&known);
    assert_eq!((&step["ask"], &step["request"]["url"]), (&json!("send"), &json!(ELSEWHERE)));
    known["done"] = json!([{ "ask": "send", "end": "blocked", "directive": "connect-src" }]);
    let end = ask(&known);
    assert_eq!(end["headline"], "Not ready: something must be changed");
    assert_eq!(end["findings"][0]["about"], "policy");
    for (end, asks_on) in [("late", false), ("nothing", true), ("opened", false), ("opaque", false)] {
        known["done"] = json!([{ "ask": "send", "end": end }]);
        let told = ask(&known);
        assert!(told["fault"].is_null() && told["ask"].is_null() != asks_on, "{end}: {told}");
    }
    known["done"] = json!([{
        "ask": "send", "end": "answered", "status": 201, "redirected_to": "", "headers": [["content-type", "application/json"]],
        "body": REFERENCE, "cookies": "", "milliseconds": 12, "is_cut": false,
    }]);
    assert_eq!(ask(&known)["ask"], "again");
    known["text"] = json!("{}");
    assert!(ask(&known)["fault"].as_str().unwrap().starts_with("councils/bromley.json at /"));
}

/// A dry run with a backend that says of files what `files` says.
fn with_files(files: &Value, answer_to_files: impl Fn(&Request) -> End) -> Finding {
    let delivery = json!({ "preset": "putright", "url": ELSEWHERE, "files": files });
    let (_, found) = found(&delivery, |ask, request| match ask {
        Purpose::Files => answer_to_files(request),
        _ => answer(201, REFERENCE),
    });
    about(&found, Subject::Files).clone()
}

#[test]
fn file_of_the_largest_size_is_tried_and_what_proves_it_is_told() {
    let rules = json!({ "proof": "/files", "each_megabytes": 3 });
    let with = |said: &str| with_files(&rules, |_| answer(201, &format!(r#"{{"reference":"K7M"{said}}}"#)));
    assert_eq!(with(r#","files":1"#).verdict, Verdict::Works);
    assert_eq!(with(r#","files":["test.jpg"]"#).verdict, Verdict::Works);
    let dropped = with(r#","files":0"#);
    assert!(dropped.verdict == Verdict::Change && text(&dropped).contains("upload_max_filesize"), "{dropped:?}");
    for unsaid in ["", r#","files":null"#, r#","files":"one""#] {
        let finding = with(unsaid);
        assert!(finding.verdict == Verdict::Unknown && text(&finding).contains("confirmation page"), "{finding:?}");
    }
    let refused = with_files(&rules, |_| answer(413, ""));
    assert_eq!(refused.verdict, Verdict::Change);
    assert_eq!(with_files(&rules, |_| End::Nothing).verdict, Verdict::Change);
    assert_eq!(with_files(&json!({ "proof": null }), |_| answer(201, REFERENCE)).verdict, Verdict::Unknown);
}

#[test]
fn success_that_asks_about_files_tells_a_file_that_was_dropped() {
    let delivery = json!({
        "preset": "putright", "url": ELSEWHERE,
        "success": { "status": [201], "body": [{ "json": "/reference", "is": "present" }, { "json": "/files", "is": "files_sent" }] }
    });
    let with = |said: &str| {
        let (_, found) = found(&delivery, |ask, _| match ask {
            Purpose::Files => answer(201, &format!(r#"{{"reference":"K7M"{said}}}"#)),
            _ => answer(201, REFERENCE),
        });
        assert_eq!(about(&found, Subject::Answer).verdict, Verdict::Works, "without a file it is a success");
        about(&found, Subject::Files).clone()
    };
    assert_eq!(with(r#","files":1"#).verdict, Verdict::Works);
    for dropped in ["", r#","files":0"#, r#","files":[]"#] {
        let finding = with(dropped);
        assert!(finding.verdict == Verdict::Change && finding.title.contains("dropped"), "{dropped}: {finding:?}");
    }
    let (_, found) = found(&delivery, |_, _| answer(201, r#"{"reference":"K7M","files":2}"#));
    assert!(text(about(&found, Subject::Body)).contains("the number of files sent at /files"), "{found:#?}");
}

#[test]
fn test_with_a_file_is_another_submission_that_lists_it() {
    let submission = |request: &Request| {
        let Body::Parts(parts) = &request.body else { panic!("no parts") };
        let [BodyPart::Text { text, is_json: true, .. }, BodyPart::File { file, .. }] = parts.as_slice() else {
            panic!()
        };
        (serde_json::from_str::<Value>(text).unwrap(), file.clone())
    };
    let finding = with_files(&json!({ "each_megabytes": 3, "types": ["text", "pdf"] }), |request| {
        let (json, file) = submission(request);
        assert_eq!((file.bytes, file.id, file.name.as_str()), (3_000_000, 3_000_000, "test.pdf"));
        assert_eq!(json["files"], json!([{ "name": "test.pdf", "media_type": "application/pdf", "bytes": 3_000_000 }]));
        assert_eq!(json["id"].as_str().unwrap(), ID.chars().rev().collect::<String>());
        assert!(json["points"][0]["what_happened"].as_str().unwrap().starts_with("THIS IS A TEST"));
        answer(201, REFERENCE)
    });
    assert_eq!(finding.verdict, Verdict::Unknown, "the answer does not say that it has the file");
    let all_or_nothing = with_files(&json!({ "proof": "success" }), |_| answer(201, REFERENCE));
    assert_eq!(all_or_nothing.verdict, Verdict::Works);
}
