//! A dry run, from the first request to what is said of it: each way a server can behave, and what the web officer reads.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use putright_domain::{
    council::Council,
    delivery::{
        config::{DeliveryConfig, PRESETS},
        request::{Body, Part, Request},
    },
    submission::format::Submission,
};
use putright_endpoint_test::{
    About, Ask, End, Exchange, Finding, Heard, Side, Trial, Verdict, findings, headline, probe,
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
        day: "2026-12-17".to_owned(),
        empty: false,
        done: Vec::new(),
    }
}

fn heard(status: u16, body: &str) -> Heard {
    let kind = if body.starts_with(['{', '[']) { "application/json" } else { "text/html" };
    Heard {
        status,
        headers: vec![("content-type".to_owned(), kind.to_owned())],
        body: body.to_owned(),
        milliseconds: 240,
        ..Heard::default()
    }
}

fn answer(status: u16, body: &str) -> End {
    End::Answered(heard(status, body))
}

/// Asks until nothing is left to ask. Gives what was asked.
fn run(config: &DeliveryConfig, trial: &mut Trial, mut server: impl FnMut(Ask, &Request) -> End) -> Vec<Ask> {
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
fn found(delivery: &Value, server: impl FnMut(Ask, &Request) -> End) -> (Vec<Ask>, Vec<Finding>) {
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

fn about(found: &[Finding], about: About) -> &Finding {
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
        answer(201, if ask == Ask::Files { r#"{"reference":"K7N-2QX-HPB","files":1}"# } else { REFERENCE })
    });
    assert_eq!(asked, [Ask::Send, Ask::Again, Ask::Files]);
    assert!(sent[0] == sent[1], "the very same");
    assert_eq!(headline(&found), "It works");
    let works: Vec<About> = found.iter().filter(|one| one.verdict == Verdict::Works).map(|one| one.about).collect();
    assert_eq!(
        works,
        [About::Reached, About::Cors, About::Answer, About::Reference, About::Type, About::Twice, About::Files],
        "{found:#?}"
    );
    assert_eq!(about(&found, About::Reference).lines, ["K7M-2QX-HPA"]);
}

#[test]
fn the_test_is_a_submission_of_the_format_that_says_what_it_is_and_names_nobody() {
    let config = config(&elsewhere("putright"));
    let (ask, request) = trial().next(&config).unwrap();
    assert_eq!(ask, Ask::Send);
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
            if matches!(ask, Ask::Send | Ask::Open) {
                sent = Some(request.clone());
            }
            let mut heard = heard(200, r#"{"token":"abc"}"#);
            if preset == "drupal-webform-rest" {
                heard.body = "abc".to_owned();
            }
            heard.cookies = "a=b; XSRF-TOKEN=abc%3D".to_owned();
            if ask == Ask::Open { End::Opened } else { End::Answered(heard) }
        });
        let sent = sent.unwrap_or_else(|| panic!("{preset}: nothing was sent"));
        let body = match sent.body {
            Body::Text(text) => text,
            Body::Form(pairs) => pairs.into_iter().map(|(_, value)| value).collect(),
            Body::Parts(parts) => parts
                .into_iter()
                .map(|part| match part {
                    Part::Text { text, .. } => text,
                    Part::File { .. } => panic!("a file"),
                })
                .collect(),
        };
        assert!(body.contains("THIS IS A TEST"), "{preset}: {body}");
        for need in &config.endpoint.needs {
            assert!(!need.starts_with('/') || body.contains(&need[1..]), "{preset}: {need}");
        }
    }
}

/// How a server of another origin behaves where no answer to the test can be read.
struct Silent {
    reached: bool,
    read: bool,
    read_with: bool,
}

impl Silent {
    fn end(&self, ask: Ask) -> End {
        let ends = |good| if good { answer(404, "<p>Not found</p>") } else { End::Nothing };
        match ask {
            Ask::Reach if self.reached => End::Opaque,
            Ask::Read => ends(self.read),
            Ask::ReadWith => ends(self.read_with),
            _ => End::Nothing,
        }
    }
}

#[test]
fn no_answer_is_told_apart_as_far_as_a_browser_lets() {
    let never = Silent { reached: false, read: false, read_with: false };
    let no_cors = Silent { reached: true, read: false, read_with: false };
    let not_these = Silent { reached: true, read: true, read_with: false };
    let cut = Silent { reached: true, read: true, read_with: true };
    let table = [
        (never, vec![Ask::Send, Ask::Reach], About::Reached, Side::Either, "The server was not reached", "spelt right"),
        (
            no_cors,
            vec![Ask::Send, Ask::Reach, Ask::Read],
            About::Cors,
            Side::Server,
            "The server was reached, but does not allow this site (CORS)",
            "nothing was sent",
        ),
        (
            not_these,
            vec![Ask::Send, Ask::Reach, Ask::Read, Ask::ReadWith],
            About::Cors,
            Side::Server,
            "The server was reached, but does not allow this site (CORS)",
            "not send the headers",
        ),
        (
            cut,
            vec![Ask::Send, Ask::Reach, Ask::Read, Ask::ReadWith],
            About::Reached,
            Side::Server,
            "The server was reached, but no answer came that can be read",
            "look for it",
        ),
    ];
    for (server, asks, on, side, title, says) in table {
        let mut probes = Vec::new();
        let (asked, found) = found(&elsewhere("putright"), |ask, request| {
            if ask != Ask::Send {
                probes.push(request.clone());
            }
            server.end(ask)
        });
        assert_eq!(asked, asks);
        let finding = about(&found, on);
        assert_eq!((finding.verdict, finding.side, finding.title), (Verdict::Change, side, title));
        assert!(text(finding).contains(says), "{finding:#?}");
        assert_eq!(headline(&found), "Not ready: something must be changed");
        for probe in probes {
            assert_eq!(probe.method.id(), "GET");
            assert!(matches!(probe.body, Body::Text(text) if text.is_empty()), "a probe carries nothing");
        }
        if on == About::Cors {
            assert_eq!(
                finding.lines,
                [
                    "Access-Control-Allow-Origin: https://complaints.example.gov.uk",
                    "Access-Control-Allow-Methods: POST",
                    "Access-Control-Allow-Headers: Idempotency-Key, Content-Type",
                    "Access-Control-Expose-Headers: Retry-After",
                ]
            );
            assert!(text(finding).contains("OPTIONS"));
        }
    }
}

#[test]
fn a_form_needs_no_preflight_so_it_may_have_been_stored() {
    let server = Silent { reached: true, read: false, read_with: false };
    let (_, told) = found(&elsewhere("open311"), |ask, _| server.end(ask));
    let finding = about(&told, About::Cors);
    assert!(text(finding).contains("may have been stored") && !text(finding).contains("OPTIONS"));
    assert_eq!(finding.lines.len(), 2, "{finding:#?}");
    let server = Silent { reached: true, read: true, read_with: true };
    let (asked, _) = found(&elsewhere("open311"), |ask, _| server.end(ask));
    assert_eq!(asked, [Ask::Send, Ask::Reach, Ask::Read], "it has no headers to ask for");
}

#[test]
fn what_asks_whether_a_server_allows_headers_carries_all_of_them_and_no_real_token() {
    let server = Silent { reached: true, read: true, read_with: false };
    let delivery = json!({
        "preset": "aspnet", "url": ELSEWHERE, "csrf": { "url": "token", "read": "text", "header": "X-Token" },
    });
    let mut probes = Vec::new();
    found(&delivery, |ask, request| {
        if matches!(ask, Ask::Read | Ask::ReadWith) {
            probes.push(request.headers.iter().find(|(name, _)| name == "X-Token").map(|(_, value)| value.clone()));
        }
        if ask == Ask::Token { answer(200, "abc") } else { server.end(ask) }
    });
    assert_eq!(probes, [None, Some("test".to_owned())]);
}

#[test]
fn headers_to_allow_are_those_of_the_request_with_its_token_and_its_cookies() {
    let server = Silent { reached: true, read: true, read_with: false };
    let delivery = json!({
        "preset": "aspnet", "url": ELSEWHERE, "credentials": "include", "method": "PUT",
        "csrf": { "url": "token", "read": "text", "header": "X-Token" },
    });
    let (asked, found) = found(&delivery, |ask, _| match ask {
        Ask::Token => answer(200, "abc"),
        other => server.end(other),
    });
    assert_eq!(asked, [Ask::Token, Ask::Send, Ask::Reach, Ask::Read, Ask::ReadWith]);
    let finding = about(&found, About::Cors);
    assert_eq!(
        finding.lines,
        [
            "Access-Control-Allow-Origin: https://complaints.example.gov.uk",
            "Access-Control-Allow-Methods: PUT",
            "Access-Control-Allow-Headers: Content-Type, X-Token",
            "Access-Control-Allow-Credentials: true",
            "Access-Control-Expose-Headers: Location, Retry-After",
        ]
    );
    assert!(text(finding).contains("* is not enough"));
    let simpler = "If the server cannot be changed so far";
    assert!(!text(finding).contains(simpler), "no form can put, nor carry a token");
    let told = |preset: &str, csrf: Value, method: &str| {
        let delivery = json!({ "preset": preset, "url": ELSEWHERE, "method": method, "csrf": csrf });
        let (_, found) = self::found(&delivery, |ask, _| match ask {
            Ask::Token => answer(200, "abc"),
            other => server.end(other),
        });
        text(about(&found, About::Cors)).contains(simpler)
    };
    let token = json!({ "url": "https://forms.example.gov.uk/token", "read": "text", "header": "X-Token" });
    assert!(told("putright", Value::Null, "POST"), "a post without a token could be a form's");
    assert!(!told("putright", token, "POST") && !told("putright", Value::Null, "PUT"));
}

#[test]
fn where_no_token_comes_it_is_its_address_that_is_asked_again() {
    let delivery = json!({
        "preset": "aspnet", "url": ELSEWHERE,
        "csrf": { "url": "https://other.example/token", "read": "text", "header": "X-Token" },
    });
    let mut probed = Vec::new();
    let (asked, _) = found(&delivery, |ask, request| {
        if ask == Ask::Token {
            return End::Nothing;
        }
        probed.push(request.url.clone());
        answer(200, "")
    });
    assert_eq!(asked, [Ask::Token, Ask::Reach, Ask::Read]);
    assert_eq!(probed, ["https://other.example/token"; 2]);
}

#[test]
fn on_the_page_s_own_server_there_is_no_cors_to_blame() {
    for (reached, title) in
        [(true, "The server was reached, but broke off without an answer"), (false, "The server was not reached")]
    {
        let (asked, found) = found(&json!({ "url": "api/submissions" }), |ask, _| match ask {
            Ask::Reach if reached => answer(405, ""),
            _ => End::Nothing,
        });
        assert_eq!(asked, [Ask::Send, Ask::Reach]);
        assert_eq!(about(&found, About::Reached).title, title);
        assert!(!found.iter().any(|finding| finding.about == About::Cors));
    }
    let (_, found) =
        found(&json!({ "url": "https://COMPLAINTS.example.gov.uk:443/api" }), |_, _| answer(201, REFERENCE));
    assert!(!found.iter().any(|finding| finding.about == About::Cors), "the same origin, written out");
}

#[test]
fn what_the_policy_stops_is_for_this_site_to_change() {
    let (asked, found) = found(&elsewhere("putright"), |_, _| End::Blocked("connect-src".to_owned()));
    assert_eq!(asked, [Ask::Send]);
    let finding = about(&found, About::Policy);
    assert_eq!((finding.verdict, finding.side), (Verdict::Change, Side::Site));
    assert_eq!(finding.lines, ["connect-src 'self' https://forms.example.gov.uk"]);
    assert!(text(finding).contains("putright build"));
}

#[test]
fn each_answer_that_is_no_success_is_told_by_what_it_is() {
    let table = [
        (401, "", About::Answer, Side::Server, "The server wants to know who is sending"),
        (403, "{}", About::Answer, Side::Server, "The server wants to know who is sending"),
        (404, "<h1>Not found</h1>", About::Answer, Side::Either, "Nothing takes complaints at this address"),
        (405, "", About::Answer, Side::Either, "Nothing takes complaints at this address"),
        (406, "", About::Answer, Side::Either, "The server cannot answer in the form that it is asked for"),
        (409, "", About::Answer, Side::Server, "The server says that the test clashes with something it has"),
        (413, "", About::Answer, Side::Server, "The test is too large for the server"),
        (415, "", About::Answer, Side::Either, "The server does not take this type of content"),
        (419, "", About::Answer, Side::Either, "The server did not take the token"),
        (400, "{}", About::Errors, Side::Site, "People would not be told what is wrong"),
        (422, "nonsense", About::Answer, Side::Either, "The server refused the test"),
        (429, "", About::Answer, Side::Server, "The server asks to wait"),
        (500, "", About::Answer, Side::Server, "The server failed"),
        (502, "<h1>Bad gateway</h1>", About::Answer, Side::Server, "A server in front of it got no good answer"),
        (503, "", About::Answer, Side::Server, "A server in front of it got no good answer"),
        (301, "", About::Answer, Side::Server, "The answer is no success"),
        (206, REFERENCE, About::Answer, Side::Either, "The status is not one that the file calls a success"),
        (202, "", About::Body, Side::Either, "The answer does not prove that the test was stored"),
        (200, "<p>Sign in</p>", About::Body, Side::Either, "The answer does not prove that the test was stored"),
    ];
    for (status, body, on, side, title) in table {
        let (asked, found) = found(&elsewhere("putright"), |_, _| answer(status, body));
        assert_eq!(asked, [Ask::Send], "{status}: never sent twice");
        let finding = about(&found, on);
        assert_eq!((finding.side, finding.title), (side, title), "{status}");
        assert_eq!(headline(&found), "Not ready: something must be changed", "{status}");
        assert_eq!(about(&found, About::Twice).verdict, Verdict::Unknown, "{status}");
    }
    let (_, busy) = found(&json!({ "preset": "putright", "url": "api/complaints" }), |_, _| answer(429, ""));
    assert_eq!(about(&busy, About::Answer).title, "The server asks to wait", "on the page's own server, too");
}

#[test]
fn what_is_wanted_of_a_body_is_told_with_what_is_there() {
    let table = [
        ("putright", "", "The answer is empty"),
        ("putright", "<html>", "a web page, not JSON"),
        ("putright", "thanks", "text, not JSON"),
        ("putright", r#"{"reference":{}}"#, "JSON with something at /reference (a list or an object is there)"),
        ("putright", r#"{"reference":null}"#, "(null is there)"),
        ("putright", r#"{"reference":""}"#, "(what is there is empty, false or 0)"),
        ("putright", r#"{"number":1}"#, "(nothing is there)"),
        ("open311", "[]", "/0/service_request_id (nothing is there), or JSON with something at /0/token"),
        ("fixmystreet-import", "OK", "the text SUCCESS and nothing else"),
        ("netlify", "<p>hello</p>", "the text putright-received somewhere in it"),
        ("power-automate", "{}", "or nothing at all"),
    ];
    for (preset, body, says) in table {
        let (_, found) = found(&elsewhere(preset), |_, _| answer(200, body));
        let finding = about(&found, About::Body);
        assert!(text(finding).contains(says), "{preset} {body}: {finding:#?}");
    }
}

#[test]
fn a_refusal_is_told_in_the_server_s_own_words() {
    let (_, found) = found(&elsewhere("putright"), |_, _| {
        answer(422, r##"{"errors":[{"pointer":"#/points/0/what_happened","detail":"Say more."}]}"##)
    });
    assert_eq!(about(&found, About::Answer).lines, ["/points/0/what_happened: Say more."]);
    let (_, found) = self::found(&elsewhere("fixmystreet-import"), |_, _| answer(200, "ERROR:No photo\n"));
    let finding = about(&found, About::Answer);
    assert_eq!(
        (finding.title, finding.lines.as_slice()),
        ("The status says yes, but the answer says no", &["No photo".to_owned()][..])
    );
}

#[test]
fn the_same_sent_twice_is_compared_by_its_reference() {
    let again = |first: &'static str, second: End| {
        let mut second = Some(second);
        let (asked, found) = found(&elsewhere("putright"), move |ask, _| match ask {
            Ask::Again => second.take().unwrap(),
            _ => answer(201, first),
        });
        assert_eq!(asked[..2], [Ask::Send, Ask::Again]);
        let finding = about(&found, About::Twice).clone();
        (finding.verdict, finding.title)
    };
    let once = (Verdict::Works, "The same test sent twice was stored once");
    assert_eq!(again(REFERENCE, answer(200, REFERENCE)), once);
    assert_eq!(
        again(REFERENCE, answer(201, r#"{"reference":"other"}"#)),
        (Verdict::Change, "The same test sent twice was stored twice")
    );
    for status in [409, 422, 500] {
        let title = "The same test sent a second time was not answered as the first time";
        assert_eq!(again(REFERENCE, answer(status, "{}")), (Verdict::Change, title));
    }
    for end in [End::Nothing, End::Late] {
        let title = "The same test sent a second time got no answer";
        assert_eq!(again(REFERENCE, end), (Verdict::Unknown, title));
    }
}

#[test]
fn without_a_reference_it_cannot_be_known_whether_it_was_stored_twice() {
    let delivery = json!({
        "preset": "fixmystreet-import", "url": ELSEWHERE, "idempotency": { "field": "external_id" },
    });
    let (asked, found) = found(&delivery, |_, _| answer(200, "SUCCESS"));
    assert_eq!(asked, [Ask::Send, Ask::Again]);
    assert_eq!(about(&found, About::Twice).verdict, Verdict::Unknown);
    let (_, found) = self::found(&delivery, |_, _| {
        let mut heard = heard(200, "SUCCESS");
        heard.headers.push(("idempotent-replayed".to_owned(), "true".to_owned()));
        End::Answered(heard)
    });
    assert_eq!(about(&found, About::Twice).verdict, Verdict::Works, "unless the server says so");
}

#[test]
fn without_a_key_nothing_is_sent_twice() {
    let (asked, found) = found(&elsewhere("open311"), |_, _| answer(201, r#"[{"service_request_id":7}]"#));
    assert_eq!(asked, [Ask::Send]);
    let finding = about(&found, About::Twice);
    assert_eq!(finding.verdict, Verdict::Consider);
    assert_eq!(headline(&found), "It works");
}

#[test]
fn a_server_that_asks_to_wait_is_told_to_let_the_page_read_for_how_long() {
    let busy = |delivery: &Value, waits: bool| {
        let (_, found) = found(delivery, |_, _| {
            let mut heard = heard(429, "");
            heard.headers.extend(waits.then(|| ("retry-after".to_owned(), "60".to_owned())));
            End::Answered(heard)
        });
        let finding = about(&found, About::Answer);
        assert_eq!(finding.title, "The server asks to wait");
        finding.lines.join(" ").contains("Retry-After")
    };
    assert!(busy(&elsewhere("putright"), false));
    assert!(!busy(&elsewhere("putright"), true), "it does already");
    assert!(!busy(&json!({ "preset": "putright", "url": "api/submissions" }), false), "on this site it can be read");
}

#[test]
fn what_the_file_wants_of_an_answer_is_called_json_only_where_it_is() {
    let told = |preset: &str, body: &str| {
        let (_, found) = found(&elsewhere(preset), |_, _| answer(200, body));
        text(about(&found, About::Body))
    };
    assert!(told("putright", "thanks").contains("text, not JSON"));
    assert!(!told("putright", r#"{"number":1}"#).contains("not JSON"), "it is JSON, with something else in it");
    assert!(!told("fixmystreet-import", "OK").contains("not JSON"), "none is wanted");
}

#[test]
fn a_request_is_handed_over_with_its_headers_and_all_that_a_form_has() {
    let handed = |preset: &str| -> Value {
        let config = config(&elsewhere(preset));
        serde_json::from_str(&trial().next(&config).unwrap().1.to_json()).unwrap()
    };
    let request = handed("putright");
    assert!(request["headers"].as_array().unwrap().contains(&json!(["Idempotency-Key", ID])), "{request}");
    let rows = handed("open311")["form"].as_array().unwrap().clone();
    assert!(rows.len() > 2 && rows.iter().all(|row| row.as_array().unwrap().len() == 2), "{rows:?}");
}

#[test]
fn a_reference_in_a_header_must_be_let_through() {
    let delivery = json!({
        "url": ELSEWHERE, "reference": [{ "header": "Location" }], "idempotency": null, "retry": null,
        "success": { "status": [201], "body": [{ "empty": true }] },
    });
    let (_, hidden) = found(&delivery, |_, _| answer(201, ""));
    let finding = about(&hidden, About::Reference);
    assert_eq!((finding.verdict, finding.side), (Verdict::Change, Side::Server));
    assert_eq!(finding.lines, ["Access-Control-Expose-Headers: Location, Retry-After"]);
    let mut here = delivery;
    here["url"] = "api/submissions".into();
    let (_, absent) = found(&here, |_, _| answer(201, ""));
    assert_eq!(
        about(&absent, About::Reference).title,
        "The answer has no reference",
        "nothing is hidden from its own page"
    );
}

#[test]
fn a_token_is_fetched_before_each_try_and_its_ways_to_fail_are_told() {
    let delivery = json!({ "preset": "laravel", "url": "api/complaints", "idempotency": { "header": "X-Key" } });
    let with_cookie = |cookies: &str| {
        let mut heard = heard(204, "");
        heard.cookies = cookies.to_owned();
        End::Answered(heard)
    };
    let (asked, good) = found(&delivery, |ask, request| {
        if ask == Ask::Token {
            return with_cookie("XSRF-TOKEN=abc%3D");
        }
        assert!(request.headers.contains(&("X-XSRF-TOKEN".to_owned(), "abc=".to_owned())));
        answer(201, r#"{"id":17}"#)
    });
    assert_eq!(asked, [Ask::Token, Ask::Send, Ask::Token, Ask::Again]);
    assert_eq!(about(&good, About::Token).verdict, Verdict::Works);
    assert_eq!(about(&good, About::Answer).verdict, Verdict::Works);
    assert_eq!(about(&good, About::Twice).verdict, Verdict::Works);
    let table = [
        (delivery.clone(), answer(404, ""), "The token was not given out"),
        (delivery, with_cookie("other=1"), "The answer sets no cookie that holds the token"),
        (
            json!({ "preset": "laravel", "url": ELSEWHERE, "csrf": { "url": "https://forms.example.gov.uk/csrf", "read": { "cookie": "T" }, "header": "X" } }),
            with_cookie(""),
            "The token is in a cookie of another site",
        ),
        (
            json!({ "preset": "drupal-webform-rest", "url": "submit" }),
            answer(200, "<p>Sign in first</p>"),
            "There is no token where the file says",
        ),
    ];
    for (delivery, end, title) in table {
        let mut end = Some(end);
        let (asked, found) = found(&delivery, |_, _| end.take().unwrap());
        assert_eq!(asked, [Ask::Token]);
        assert_eq!(about(&found, About::Token).title, title);
    }
    for (body, shown) in [(" <p>Sign in first</p>\n", "<p>Sign in first</p>"), ("", "(nothing)")] {
        let delivery = json!({ "preset": "drupal-webform-rest", "url": "submit" });
        let (_, found) = found(&delivery, |_, _| answer(200, body));
        assert_eq!(about(&found, About::Token).lines, [shown]);
    }
}

#[test]
fn what_is_slow_late_redirected_or_called_something_else_is_told() {
    let (_, late) = found(&elsewhere("putright"), |_, _| End::Late);
    assert!(text(about(&late, About::Time)).contains("after 30 seconds"));
    assert_ne!(about(&late, About::Time).title, "The token did not come in time");
    let (_, no_token) = found(&json!({ "preset": "laravel", "url": "api/complaints" }), |_, _| End::Late);
    assert_eq!(about(&no_token, About::Time).title, "The token did not come in time");
    let with = |change: fn(&mut Heard)| {
        let (_, found) = found(&elsewhere("putright"), |_, _| {
            let mut heard = heard(201, REFERENCE);
            change(&mut heard);
            End::Answered(heard)
        });
        found
    };
    let slow = with(|heard| heard.milliseconds = 20_000);
    assert!(text(about(&slow, About::Time)).contains("20.0 seconds"));
    let half = with(|heard| heard.milliseconds = 15_000);
    assert!(half.iter().all(|finding| finding.about != About::Time), "half the time is not more than half");
    let odd = with(|heard| heard.headers = vec![("content-type".to_owned(), "application/octet-stream".to_owned())]);
    assert!(text(about(&odd, About::Type)).contains("is application/octet-stream"));
    assert_eq!(about(&odd, About::Answer).verdict, Verdict::Works, "the form reads it all the same");
    let moved = with(|heard| heard.redirected_to = "https://forms.example.gov.uk/v2".to_owned());
    assert_eq!(about(&moved, About::Redirect).lines, ["https://forms.example.gov.uk/v2"]);
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
    assert_eq!(about(&found, About::Address).title, "The address is only good on one machine");
    let config = config(&json!({ "url": "api/submissions" }));
    for (page, insecure) in
        [("http://complaints.example.gov.uk", true), ("http://localhost:8080", false), (PAGE, false)]
    {
        let trial = Trial { page: page.to_owned(), ..trial() };
        let found = findings(&config, &trial);
        assert_eq!(found.iter().any(|finding| finding.about == About::Address), insecure, "{page}");
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
        assert_eq!(asked, [Ask::Empty]);
        about(&findings(&config, &trial), About::Errors).title
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
    assert_eq!(plan.get("ask"), None, "nothing is asked before a click");
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
        assert!(told.get("fault").is_none() && told.get("ask").is_some() == asks_on, "{end}: {told}");
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
        Ask::Files => answer_to_files(request),
        _ => answer(201, REFERENCE),
    });
    about(&found, About::Files).clone()
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
fn test_with_a_file_is_another_submission_that_lists_it() {
    let submission = |request: &Request| {
        let Body::Parts(parts) = &request.body else { panic!("no parts") };
        let [Part::Text { text, is_json: true, .. }, Part::File { file, .. }] = parts.as_slice() else { panic!() };
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
