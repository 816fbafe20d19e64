//! Sending by a council's rules: what a file may say, what is asked of a backend, what its answer means, and a machine that in
//! no order of events says too much or sends too often.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

use std::{collections::BTreeSet, sync::Arc};

use crate::common::{self, drive, model};
use proptest::prelude::*;
use putright_app::{
    model::{Effect, Event, Focus, Model},
    view_model::{Body as Page, HandOverPage},
};
use putright_domain::{
    council::Council,
    data::{Document, InvalidFile},
    delivery::{
        attachments::Attachment,
        config::{Channel, DeliveryConfig, FIRST_PRESET, PRESETS, SendBy},
        request::{Body, Part, Request, RequestContext, listed},
        response::{DeliveryError, Receipt, Response, evaluate_response},
        state_machine::{Delivery, DeliveryEffect, DeliveryEvent, DeliveryMachine, Rules},
    },
    form::answer::{Field, FormInput},
    messages::MessageId,
    route::Route,
};
use serde_json::{Map, Value, json};

fn read(delivery: &Value) -> Result<DeliveryConfig, InvalidFile> {
    let text = delivery.to_string();
    let document = Document::parse("council.json", &text)?;
    let read = DeliveryConfig::read(document.root());
    document.finish(read)
}

/// A preset, with an address where it has none.
fn preset(name: &str) -> DeliveryConfig {
    let config = read(&json!({ "preset": name, "url": "https://council.example/send" }));
    config.unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn names() -> Vec<String> {
    let presets: Map<String, Value> = serde_json::from_str(PRESETS).unwrap();
    presets.keys().cloned().collect()
}

fn said(delivery: &Value) -> String {
    read(delivery).expect_err("this must be refused").to_string()
}

#[test]
fn every_preset_can_be_read_and_sends_only_what_its_success_proves() {
    for name in names() {
        let config = preset(&name);
        assert!(!config.fallbacks.is_empty(), "{name} leaves a person without another way");
        if config.send != SendBy::Fetch {
            continue;
        }
        let endpoint = &config.endpoint;
        assert!(!endpoint.success_body.is_empty(), "{name} would believe a status alone");
        for need in &endpoint.needs {
            assert!(endpoint.fields.iter().any(|rule| rule.target == *need), "{name} needs {need} and gives nothing");
        }
        assert!(endpoint.retries == 0 || endpoint.idempotency.is_some(), "{name} would send twice");
    }
    assert!(names().iter().any(|name| name == FIRST_PRESET));
}

#[test]
fn a_council_says_only_what_differs() {
    let plain = read(&json!({ "url": "api/submissions" })).unwrap();
    assert!(plain.is_keyed() && plain.endpoint.retries == 3, "without a name it is our own receiver's");
    let own = read(&json!({
        "preset": "drupal-webform-rest", "url": "https://cms.example.gov.uk/webform_rest/submit?_format=json",
        "fields": { "/webform_id": { "value": "childrens_complaint" }, "/telephone": null },
        "headers": { "X-Site": "one" },
    }))
    .unwrap();
    let targets: Vec<&str> = own.endpoint.fields.iter().map(|rule| rule.target.as_str()).collect();
    assert!(targets.contains(&"/message") && !targets.contains(&"/telephone"));
    assert_eq!(own.endpoint.headers.len(), 2);
}

#[test]
fn what_cannot_be_carried_out_is_refused_with_its_place_and_what_was_meant() {
    let url = "https://council.example/send";
    for (delivery, pointer, meant) in [
        (json!({ "preset": "sharepoint", "url": url }), "/preset", "known: aspnet, "),
        (json!({ "preset": "n8n" }), "/url", "is missing"),
        (json!({ "preset": "n8n", "url": "http://council.example/send" }), "/url", "https://"),
        (json!({ "preset": "n8n", "url": "//council.example/send" }), "/url", "https://"),
        (json!({ "preset": "n8n", "url": "\\\\other.example/send" }), "/url", "own site"),
        (json!({ "preset": "n8n", "url": "/\\other.example/send" }), "/url", "own site"),
        (json!({ "preset": "n8n", "url": "/\t/other.example/send" }), "/url", "own site"),
        (json!({ "preset": "n8n", "url": " //other.example/send" }), "/url", "own site"),
        (json!({ "preset": "n8n", "url": "http://localhost:x@other.example/send" }), "/url", "https://"),
        (json!({ "url": url, "idempotency": null }), "/retry", "would have it twice"),
        (json!({ "url": url, "success": { "status": [200] } }), "/success/body", "a status alone proves nothing"),
        (
            json!({ "url": url, "success": { "status": [302], "body": [{ "empty": true }] } }),
            "/success/status",
            "200 to 299",
        ),
        (
            json!({ "url": url, "success": { "status": [204], "body": [{ "empty": false }] } }),
            "/success/body/0",
            "\"empty\": true",
        ),
        (json!({ "url": url, "success": null }), "/success", "is missing"),
        (
            json!({ "url": url, "success": { "status": [200], "body": [{ "contains": "" }] } }),
            "/success/body/0",
            "one of",
        ),
        (
            json!({ "url": url, "fallbacks": [{ "email": { "address": "a@b example" } }] }),
            "/fallbacks/0/email/address",
            "plain",
        ),
        (
            json!({ "url": url, "fallbacks": [{ "email": { "address": "example" } }] }),
            "/fallbacks/0/email/address",
            "plain",
        ),
        (json!({ "url": url, "fallbacks": [] }), "/fallbacks", "no way of sending always works"),
        (json!({ "url": url, "fallbacks": ["email"] }), "/fallbacks/0", "needs an address"),
        (json!({ "url": url, "fallbacks": ["pigeon"] }), "/fallbacks/0", "known: print"),
        (json!({ "url": url, "encoding": "form" }), "/fields", "say what stands in each field"),
        (json!({ "url": url, "method": "GET" }), "/method", "goes into no address"),
        (json!({ "url": url, "timeout_seconds": 0 }), "/timeout_seconds", "from 1 to 300"),
        (
            json!({ "url": url, "fields": { "message": { "template": "{summary}" } } }),
            "/fields/message",
            "JSON pointer",
        ),
        (json!({ "preset": "n8n", "url": url, "fields": { "message": { "max": 5 } } }), "/fields/message", "one of"),
        (json!({ "preset": "n8n", "url": url, "adress": url }), "/adress", "is not known here"),
        (
            json!({ "preset": "laravel", "url": url, "csrf": { "url": "/t", "read": "text", "field": "_token" } }),
            "/csrf",
            "JSON pointer",
        ),
    ] {
        let told = said(&delivery);
        assert!(told.starts_with(&format!("council.json at {pointer}: ")), "{delivery} at {pointer}: {told}");
        assert!(told.contains(meant), "{told}");
    }
}

#[test]
fn only_this_machine_is_reached_without_encryption() {
    for url in
        ["http://localhost", "http://localhost/x", "http://localhost:8080/x", "http://127.0.0.1/", "http://[::1]:80"]
    {
        assert!(read(&json!({ "url": url })).is_ok(), "{url}");
    }
    for url in ["http://localhosts", "http://localhost.example/x", "http://127.0.0.1.example", "http://127.0.0.12/x"] {
        assert!(said(&json!({ "url": url })).contains("must begin with https://"), "{url}");
    }
}

const ID: &str = "0123456789abcdef0123456789abcdef";

fn request(config: &DeliveryConfig, json: &str, summary: &str) -> (Request, usize) {
    let material = RequestContext { json, summary, id: ID, files: &[], rules: config.files.as_ref() };
    let (request, cut) = Request::new(&config.endpoint, material);
    (request, cut.len())
}

#[test]
fn whole_json_goes_as_it_was_written_with_its_key() {
    let (request, _) = request(&preset("putright"), r#"{"id":"x"}"#, "");
    assert!(request.body == Body::Text(r#"{"id":"x"}"#.into()));
    assert!(request.headers.contains(&("Idempotency-Key".into(), ID.into())));
    assert!(request.headers.contains(&("Content-Type".into(), "application/json".into())));
}

#[test]
fn files_are_given_the_time_that_a_poor_connection_takes() {
    let config = preset("putright");
    let file = |bytes: u32| Attachment { id: 1, name: "a.pdf".into(), media_type: "application/pdf".into(), bytes };
    let seconds = |files: &[Attachment]| {
        let material = RequestContext { json: "{}", summary: "", id: ID, files, rules: config.files.as_ref() };
        Request::new(&config.endpoint, material).0.timeout_seconds
    };
    let alone = seconds(&[]);
    assert_eq!(alone, config.endpoint.timeout_seconds);
    assert_eq!(seconds(&[file(1_000_000), file(600_000)]), alone + 100);
    assert!(seconds(&[file(u32::MAX), file(u32::MAX)]) > alone);
}

#[test]
fn the_content_of_files_within_json_is_marked_where_the_browser_puts_it() {
    let base64 = json!({ "send": "base64", "field": "/attachments" });
    let config = read(&json!({ "preset": "putright", "url": "/send", "files": base64 })).unwrap();
    let file = Attachment { id: 7, name: "a.pdf".into(), media_type: "application/pdf".into(), bytes: 3 };
    let files = [file];
    let listed: Vec<Value> = listed(&files, config.files.as_ref(), ID)
        .iter()
        .map(|file| json!({ "name": file.name, "content": file.content }))
        .collect();
    let mark = format!("{{{ID}:7}}");
    assert_eq!(listed, [json!({ "name": "a.pdf", "content": mark })]);
    let json = json!({ "files": listed }).to_string();
    let material = RequestContext { json: &json, summary: "", id: ID, files: &files, rules: config.files.as_ref() };
    let made = Request::new(&config.endpoint, material).0;
    assert_eq!(made.marks, [(mark, 7)]);
    let Body::Text(text) = made.body else { panic!("no text") };
    let body: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(body["attachments"], json!(listed));
    assert!(request(&config, &json, "").0.body == Body::Text(json), "nothing is put in where there is no file");
}

#[test]
fn with_files_the_json_is_a_part_beside_them_and_without_it_stands_alone() {
    let files = json!({ "send": "multipart", "part": "submission", "field": "file" });
    let config = read(&json!({ "preset": "putright", "url": "/send", "files": files })).unwrap();
    let made = |files: &[Attachment]| {
        let material = RequestContext { json: "{}", summary: "", id: ID, files, rules: config.files.as_ref() };
        Request::new(&config.endpoint, material).0.body
    };
    let Body::Parts(parts) =
        made(&[Attachment { id: 1, name: "a.pdf".into(), media_type: "application/pdf".into(), bytes: 3 }])
    else {
        panic!("not in parts")
    };
    let name = |part: &Part| match part {
        Part::Text { name, .. } | Part::File { name, .. } => name.clone(),
    };
    let names: Vec<String> = parts.iter().map(name).collect();
    assert_eq!(names, ["submission", "file"]);
    assert!(made(&[]) == Body::Text("{}".into()));
}

#[test]
fn files_are_parts_of_the_name_that_the_backend_wants() {
    let named = |files: Value| {
        let config = read(&json!({ "preset": "n8n", "url": "/send", "files": files })).unwrap();
        let file = |id| Attachment { id, name: "a.pdf".into(), media_type: "application/pdf".into(), bytes: 3 };
        let material = RequestContext {
            json: "{}",
            summary: "",
            id: ID,
            files: &[file(1), file(2)],
            rules: config.files.as_ref(),
        };
        let Body::Parts(parts) = Request::new(&config.endpoint, material).0.body else { panic!("not in parts") };
        let files = parts.into_iter().filter_map(|part| match part {
            Part::File { name, file } => Some((name, file.id)),
            Part::Text { .. } => None,
        });
        files.collect::<Vec<_>>()
    };
    let evidence = json!({ "send": "multipart", "field": "evidence[]" });
    assert_eq!(named(evidence), [("evidence[]".to_owned(), 1), ("evidence[]".to_owned(), 2)]);
}

#[test]
fn fields_are_filled_once_and_what_a_person_wrote_is_never_a_mark() {
    let json = json!({ "id": ID, "contact": { "name": "{json}", "methods": ["email", "post"] }, "may_tell": true })
        .to_string();
    let mut config = preset("n8n");
    config.endpoint.fields.retain(|rule| rule.target != "submission");
    let (made, cut) = request(&config, &json, "What happened\n{/contact/name} {summary}");
    let Body::Parts(parts) = made.body else { panic!("not in parts") };
    let text = |wanted: &str| {
        parts.iter().find_map(|part| match part {
            Part::Text { name, text, .. } if name == wanted => Some(text.as_str()),
            _ => None,
        })
    };
    assert_eq!(text("message"), Some("What happened\n{/contact/name} {summary}"));
    assert_eq!(text("copy_number"), Some(ID));
    assert_eq!(cut, 0);

    let config = read(&json!({
        "preset": "n8n", "url": "https://council.example/", "encoding": "form", "files": { "send": "none" },
        "fields": {
            "all": { "template": "{/contact/name}, by {/contact/methods}: {nothing} {/nowhere}" },
            "told": { "from": "/may_tell" }, "email": { "from": "/contact/email" },
            "telephone": { "from": "/contact/telephone", "otherwise": "none given" }, "empty": { "value": "" },
        },
    }))
    .unwrap();
    let Body::Form(pairs) = request(&config, &json, "").0.body else { panic!("not a form") };
    let pairs: Map<String, Value> = pairs.into_iter().map(|(name, text)| (name, text.into())).collect();
    assert_eq!(pairs["all"], "{json}, by email, post: {nothing} ");
    assert_eq!(pairs["told"], "yes");
    assert_eq!(pairs["telephone"], "none given");
    assert_eq!(pairs["empty"], "");
    assert!(!pairs.contains_key("email"), "what nobody said is no field");
}

#[test]
fn json_is_built_by_pointers_and_keeps_shapes() {
    let config = read(&json!({
        "preset": "drupal-webform-rest", "url": "/webform_rest/submit",
        "fields": { "/a~1b/c": { "from": "/about/topics" }, "/name": { "from": "/contact/name" } },
    }))
    .unwrap();
    let json = json!({ "about": { "topics": ["support"] }, "contact": {} }).to_string();
    let Body::Text(text) = request(&config, &json, "all of it \"quoted\"").0.body else { panic!("no text") };
    let body: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(body["a/b"]["c"], json!(["support"]));
    let short = json!({ "about": { "topics": ["support", "school"] }, "asked": true });
    let config = read(&json!({
        "preset": "drupal-webform-rest", "url": "/webform_rest/submit",
        "fields": { "/c": { "from": "/about/topics", "max": 100 }, "/asked": { "from": "/asked" } },
    }))
    .unwrap();
    let Body::Text(text) = request(&config, &short.to_string(), "").0.body else { panic!("no text") };
    let limited: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (&limited["c"], &limited["asked"]),
        (&json!("support, school"), &json!(true)),
        "a limit is one of a text"
    );
    assert_eq!(body["message"], "all of it \"quoted\"");
    assert_eq!(body["webform_id"], "complaint");
    assert!(body.get("name").is_none());
}

#[test]
fn a_text_that_does_not_fit_is_cut_visibly_and_said() {
    let config = preset("open311");
    let (made, cut) = request(&config, "{}", &"ä".repeat(4001));
    assert_eq!(cut, 1);
    let Body::Form(pairs) = made.body else { panic!("not a form") };
    let text = &pairs.iter().find(|(name, _)| name == "description").unwrap().1;
    assert_eq!(text.chars().count(), 4000);
    assert!(text.ends_with(" […]"));
    let before = text.find('ä').unwrap();
    assert!(text.starts_with("Copy number: "), "whoever rings up is found by it");
    assert_eq!(request(&config, "{}", &"ä".repeat(4000 - before)).1, 0);
    assert_eq!(request(&config, "{}", &"ä".repeat(4001 - before)).1, 1);
}

#[test]
fn a_token_is_read_from_text_json_or_a_cookie_and_put_where_it_belongs() {
    let drupal = request(&preset("drupal-webform-rest"), "{}", "").0;
    let csrf = drupal.csrf.clone().unwrap();
    let with_files = Request { marks: vec![("mark".into(), 1)], reference_header: "Location".into(), ..drupal.clone() };
    let asks = with_files.for_token().unwrap();
    assert_eq!((asks.url.as_str(), asks.method.id(), asks.marks.len()), ("/session/token", "GET", 0));
    assert!(asks.csrf.is_none() && asks.body == Body::Text(String::new()) && asks.reference_header.is_empty());
    assert_eq!(csrf.token(" abc-1 \n", ""), Some("abc-1".into()));
    assert_eq!(csrf.token("<!doctype html>\n<p>Log in</p>", ""), None, "a page is no token");
    assert!(drupal.with_token("abc-1").headers.contains(&("X-CSRF-Token".into(), "abc-1".into())));
    assert!(csrf.token(&"a".repeat(4095), "").is_some());
    assert_eq!(csrf.token(&"a".repeat(4096), ""), None, "that is no token any more");
    let laravel = preset("laravel").endpoint.csrf.unwrap();
    assert_eq!(laravel.token("", "a=b; XSRF-TOKEN=ab%3D%3D; c=d"), Some("ab==".into()));
    assert_eq!(laravel.token("", "a=b"), None);
    let aspnet = preset("aspnet").endpoint.csrf.unwrap();
    assert_eq!(aspnet.token(r#"{"token":"t"}"#, ""), Some("t".into()));
    assert_eq!(aspnet.token(r#"{"token":5}"#, ""), None);
}

fn judged(name: &str, status: u16, body: &str) -> Result<Receipt, DeliveryError> {
    evaluate_response(&preset(name).endpoint, &Response { status, body: body.into(), ..Response::default() })
}

#[test]
fn nothing_counts_as_delivered_without_what_the_rules_want_to_see() {
    let delivered = |name: &str, status, body: &str, reference: &str| {
        assert_eq!(judged(name, status, body), Ok(Receipt { reference: reference.into() }), "{name} {status} {body}");
    };
    delivered("putright", 201, r#"{"reference":"K7M"}"#, "K7M");
    delivered("putright", 200, r#"{"reference":17}"#, "17");
    delivered("open311", 201, r#"[{"service_request_id":638344}]"#, "638344");
    delivered("open311", 200, r#"[{"token":"abc"}]"#, "abc");
    delivered("fixmystreet-import", 200, "SUCCESS\n", "");
    delivered("drupal-webform-rest", 200, r#"{"sid":"5"}"#, "5");
    delivered("drupal-webform-rest", 200, r#"{"sid":"5","error":[]}"#, "5");
    for nothing in [r#""""#, "null", "false", "0", "{}"] {
        delivered("drupal-webform-rest", 200, &format!(r#"{{"sid":"5","error":{nothing}}}"#), "5");
    }
    delivered("formspree", 200, r#"{"next":"/thanks"}"#, "");
    delivered("netlify", 200, "<p class=putright-received>", "");
    delivered("power-automate", 202, "", "");
    delivered("n8n", 200, r#"[{"reference":"a"}]"#, "a");
    delivered("n8n", 200, r#"{"message":"Workflow was started"}"#, "");
    delivered("n8n", 200, "{ \"message\": \"Workflow was started\" }", "");
    delivered("laravel", 201, r#"{"id":17}"#, "17");
    for name in names().iter().filter(|name| preset(name).send == SendBy::Fetch) {
        for body in [
            "<html>Thank you</html>",
            "{}",
            "[]",
            "null",
            r#"{"reference":" "}"#,
            r#"{"reference":{"a":1}}"#,
            r#"{"id":0}"#,
        ] {
            assert_eq!(judged(name, 200, body), Err(DeliveryError::Fault(200)), "{name}: {body}");
        }
        for status in [408, 409, 500, 502, 503, 504, 302] {
            let told = judged(name, status, r#"{"reference":"a","sid":1,"next":"x","id":1}"#).unwrap_err();
            assert!(told.may_have_arrived(), "{name}: {status}");
        }
        assert_eq!(judged(name, 413, "x"), Err(DeliveryError::TooLarge));
        let fault = judged(name, 500, "").unwrap_err();
        assert_eq!([format!("{fault}"), format!("{fault:?}")], ["the answer, with status 500, proves nothing"; 2]);
        assert!(!judged(name, 422, "").unwrap_err().may_have_arrived());
        assert_eq!(judged(name, 429, ""), Err(DeliveryError::Busy(None)));
    }
}

#[test]
fn an_error_in_a_success_s_clothes_is_a_refusal() {
    for (name, body) in [
        ("drupal-webform-rest", r#"{"error":"Invalid webform_id"}"#),
        ("drupal-webform-rest", r#"{"sid":"5","error":{"message":"is required"}}"#),
        ("drupal-webform-rest", r#"{"sid":"5","error":"is required"}"#),
        ("fixmystreet-import", "ERROR:Please enter a subject\nERROR:Please enter your name"),
        ("open311", r#"[{"code":400,"description":"jurisdiction_id is wrong"}]"#),
        ("formspree", r#"{"error":"Form not found"}"#),
        ("n8n", r#"{"message":"The workflow could not be started"}"#),
        ("n8n", r#"{"message":"He said: \"Workflow was started\" and left"}"#),
    ] {
        let Err(DeliveryError::Refused(refusals)) = judged(name, 200, body) else { panic!("{name}: {body}") };
        assert!(!refusals.is_empty() && refusals.iter().all(|refusal| !refusal.detail.is_empty()), "{name}");
    }
}

#[test]
fn what_is_wrong_with_a_field_finds_its_place_in_the_submission() {
    let places = |name: &str, body: &str| -> Vec<(String, String)> {
        let Err(DeliveryError::Refused(refusals)) = judged(name, 422, body) else { panic!("{name}") };
        refusals.into_iter().map(|refusal| (refusal.pointer, refusal.detail)).collect()
    };
    let one = |pointer: &str, detail: &str| vec![(pointer.to_owned(), detail.to_owned())];
    let what = "/points/0/what_happened";
    assert_eq!(
        places("putright", r##"{"errors":[{"pointer":"#/points/0/what_happened","detail":"is short"}]}"##),
        one(what, "is short")
    );
    assert_eq!(
        places("laravel", r#"{"message":"no","errors":{"points.0.what_happened":["is short"]}}"#),
        one(what, "is short")
    );
    assert_eq!(places("aspnet", r#"{"errors":{"$.points[0].what_happened":["is short"]}}"#), one(what, "is short"));
    assert_eq!(
        places("formspree", r#"{"errors":[{"field":"email","code":"TYPE_EMAIL","message":"must be one"}]}"#),
        one("/contact/email", "must be one")
    );
    assert_eq!(
        places("drupal-webform-rest", r#"{"message":"x","error":{"email":"is wrong"}}"#),
        one("/contact/email", "is wrong")
    );
    // What matches no field is told all the same, of the whole.
    assert_eq!(places("drupal-webform-rest", r#"{"error":{"captcha":"is missing"}}"#), one("", "is missing"));
    assert_eq!(places("laravel", r#"{"message":"CSRF token mismatch."}"#), one("", "CSRF token mismatch."));
    assert!(places("putright", "<p>no</p>").is_empty());
}

#[derive(Clone, Debug)]
enum Random {
    Asked,
    Delivered,
    Failed(DeliveryError),
    WaitOver,
    OldWait,
    Stopped,
    HandedOver(Channel),
    Online(bool),
    Read,
}

fn random() -> impl Strategy<Value = Random> {
    let error = prop_oneof![
        Just(DeliveryError::NotReady),
        Just(DeliveryError::Unreachable),
        Just(DeliveryError::TimedOut),
        Just(DeliveryError::TooLarge),
        Just(DeliveryError::Busy(Some(1))),
        Just(DeliveryError::Busy(Some(4000))),
        Just(DeliveryError::Refused(Vec::new())),
        Just(DeliveryError::Fault(200)),
        Just(DeliveryError::Fault(503)),
    ];
    prop_oneof![
        3 => Just(Random::Asked),
        1 => Just(Random::Delivered),
        6 => error.prop_map(Random::Failed),
        4 => Just(Random::WaitOver),
        1 => Just(Random::OldWait),
        1 => Just(Random::Stopped),
        1 => prop::sample::select(Channel::ALL).prop_map(Random::HandedOver),
        1 => any::<bool>().prop_map(Random::Online),
        1 => Just(Random::Read),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn in_no_order_of_events_is_too_much_said_or_too_often_sent(
        events in prop::collection::vec(random(), 0..40),
        keyed in any::<bool>(),
    ) {
        let rules = Rules { send: SendBy::Fetch, retries: if keyed { 3 } else { 0 }, wait: 1000 };
        let mut courier = DeliveryMachine::default();
        let (mut under_way, mut last_wait, mut asked) = (false, 0, 0);
        let (mut sent, mut unclear, mut receipts) = (0_u32, false, 0);
        for event in events {
            let before = courier.state().clone();
            let was_unclear = courier.may_have_arrived();
            let is_ask = matches!(event, Random::Asked);
            let happened = match event {
                Random::Online(online) => { courier.connected(online); continue; }
                Random::Read => { courier.read(); continue; }
                Random::Asked => { asked += 1; DeliveryEvent::Asked }
                Random::Delivered => DeliveryEvent::Ended(Ok(Receipt { reference: "K7M".into() })),
                Random::Failed(ref error) => DeliveryEvent::Ended(Err(error.clone())),
                Random::WaitOver => DeliveryEvent::WaitOver(last_wait),
                Random::OldWait => DeliveryEvent::WaitOver(last_wait.wrapping_sub(1)),
                Random::Stopped => DeliveryEvent::Stopped,
                Random::HandedOver(means) => DeliveryEvent::HandedOver(means),
            };
            let step = courier.update(happened.clone(), rules, ID);
            prop_assert!(step.is_none() || !matches!(event, Random::OldWait), "a wait that was given up");
            if let (DeliveryEvent::Ended(result), true) = (&happened, under_way) {
                under_way = false;
                unclear |= result.as_ref().is_err_and(DeliveryError::may_have_arrived);
                receipts += u32::from(result.is_ok());
            }
            match step {
                Some(DeliveryEffect::Send) => {
                    prop_assert!(!under_way, "two at a time");
                    prop_assert!(is_ask || keyed, "sent again by itself without a key");
                    under_way = true;
                    sent += 1;
                }
                Some(DeliveryEffect::Wait { milliseconds, number }) => {
                    prop_assert!(keyed && milliseconds <= 30_000);
                    last_wait = number;
                }
                Some(DeliveryEffect::Stop) => { under_way = false; unclear = true; }
                Some(DeliveryEffect::Open) => { prop_assert!(matches!(happened, DeliveryEvent::HandedOver(Channel::Form))); unclear = true; }
                None => {}
            }
            // Delivered only by a receipt, and then for good.
            prop_assert_eq!(matches!(courier.state(), Delivery::Delivered(_)), receipts > 0);
            if matches!(before, Delivery::Delivered(_)) { prop_assert_eq!(courier.state(), &before); }
            prop_assert_eq!(matches!(courier.state(), Delivery::Sending), under_way);
            // What may have arrived is never forgotten, and nothing else is said to.
            prop_assert!(!was_unclear || courier.may_have_arrived());
            prop_assert_eq!(courier.may_have_arrived(), unclear);
            let most = asked * if keyed { 4 } else { 1 };
            prop_assert!(sent <= most);
        }
    }
}

#[test]
fn waits_grow_heed_what_the_backend_asks_and_are_not_the_same_for_all() {
    let rules = Rules { send: SendBy::Fetch, retries: 3, wait: 1000 };
    let waits = |id: &str, error: DeliveryError| -> Vec<u32> {
        let mut courier = DeliveryMachine::default();
        let mut step = courier.update(DeliveryEvent::Asked, rules, id);
        let mut waits = Vec::new();
        while step == Some(DeliveryEffect::Send) {
            let Some(DeliveryEffect::Wait { milliseconds, number }) =
                courier.update(DeliveryEvent::Ended(Err(error.clone())), rules, id)
            else {
                break;
            };
            waits.push(milliseconds);
            step = courier.update(DeliveryEvent::WaitOver(number), rules, id);
        }
        waits
    };
    assert_eq!(waits("0", DeliveryError::Unreachable), [1000, 2000, 4000]);
    assert_eq!(waits("0", DeliveryError::Busy(Some(7))), [7000, 7000, 7000]);
    assert_eq!(waits("0", DeliveryError::Busy(Some(600))), Vec::<u32>::new(), "ten minutes are the person's to wait");
    assert_eq!(waits("0", DeliveryError::Fault(500)), Vec::<u32>::new());
    for passing in [408, 502, 503, 504] {
        assert_eq!(waits("0", DeliveryError::Fault(passing)), [1000, 2000, 4000], "{passing}");
    }
    assert_eq!(waits("f", DeliveryError::Unreachable), [1465, 2930, 5875], "by fifteen parts in thirty-two");
    let spread: BTreeSet<u32> =
        "0123456789abcdef".chars().map(|digit| waits(&digit.to_string(), DeliveryError::TimedOut)[0]).collect();
    assert_eq!(spread.len(), 16);
    assert!(spread.iter().all(|wait| (1000..1500).contains(wait)));
}

#[test]
fn a_wait_of_half_a_minute_is_waited_and_a_longer_one_is_the_person_s() {
    let after = |seconds: u32| {
        let mut courier = DeliveryMachine::default();
        let rules = Rules { send: SendBy::Fetch, retries: 1, wait: 1000 };
        courier.update(DeliveryEvent::Asked, rules, ID);
        courier.update(DeliveryEvent::Ended(Err(DeliveryError::Busy(Some(seconds)))), rules, ID)
    };
    assert_eq!(after(30), Some(DeliveryEffect::Wait { milliseconds: 30_000, number: 1 }));
    assert_eq!(after(31), None);
    assert_eq!(after(u32::MAX), None);
}

#[test]
fn what_the_person_stops_is_stopped_and_may_have_arrived_only_if_it_was_on_its_way() {
    let rules = Rules { send: SendBy::Fetch, retries: 1, wait: 1000 };
    let mut courier = DeliveryMachine::default();
    courier.update(DeliveryEvent::Asked, rules, ID);
    assert_eq!(courier.update(DeliveryEvent::Stopped, rules, ID), Some(DeliveryEffect::Stop));
    assert_eq!(courier.state(), &Delivery::Failed(DeliveryError::Stopped));
    assert!(courier.may_have_arrived());
    let mut courier = DeliveryMachine::default();
    courier.update(DeliveryEvent::Asked, rules, ID);
    courier.update(DeliveryEvent::Ended(Err(DeliveryError::Busy(Some(1)))), rules, ID);
    assert_eq!(courier.update(DeliveryEvent::Stopped, rules, ID), None, "nothing is under way");
    assert_eq!(courier.state(), &Delivery::Failed(DeliveryError::Busy(Some(1))));
    assert!(!courier.may_have_arrived());
}

#[test]
fn by_what_means_it_was_handed_over_is_remembered() {
    let rules = Rules { send: SendBy::None, retries: 0, wait: 1000 };
    let mut courier = DeliveryMachine::default();
    assert!(courier.handed_over().is_empty());
    courier.update(DeliveryEvent::HandedOver(Channel::Post), rules, ID);
    assert!(courier.handed_over().contains(Channel::Post) && courier.handed_over().len() == 1);
}

#[test]
fn why_files_do_not_fit_is_said_of_the_way_that_was_chosen() {
    let told = |encoding: &str, files: Value| {
        let target = if encoding == "json" { "/kind" } else { "kind" };
        let fields = json!({ target: { "from": "/kind" } });
        let delivery =
            json!({ "url": "api/x", "encoding": encoding, "fields": fields, "fallbacks": ["print"], "files": files });
        read(&delivery).unwrap_err().to_string()
    };
    assert!(told("form", json!({ "send": "base64", "field": "/files" })).contains("as base64"));
    assert!(told("json", json!({ "send": "base64", "field": "files" })).contains("as base64"));
    assert!(told("form", json!({ "send": "multipart", "field": "file" })).contains("as parts"));
}

#[test]
fn another_submission_begins_with_nothing_known_but_not_while_one_is_under_way() {
    let rules = Rules { send: SendBy::Fetch, retries: 0, wait: 1000 };
    let mut courier = DeliveryMachine::of_earlier(true);
    courier.update(DeliveryEvent::Asked, rules, ID);
    courier.another();
    assert!(courier.may_have_arrived(), "it may be on its way");
    courier.update(DeliveryEvent::Ended(Err(DeliveryError::Unreachable)), rules, ID);
    courier.another();
    assert!(!courier.may_have_arrived());
    courier.read();
    assert_eq!(courier.state(), &Delivery::Ready);
}

#[test]
fn nobody_is_given_more_to_read_than_anybody_reads() {
    let listed: Vec<Value> =
        (0..30).map(|_| json!({ "pointer": "/contact/email", "detail": "é".repeat(400) })).collect();
    let Err(DeliveryError::Refused(refusals)) = judged("putright", 422, &json!({ "errors": listed }).to_string())
    else {
        panic!("not refused")
    };
    assert_eq!((refusals.len(), refusals[0].detail.chars().count()), (20, 300));
    let long = json!({ "reference": &("7".repeat(300)) }).to_string();
    assert_eq!(judged("putright", 201, &long).unwrap().reference, "7".repeat(200));
}

/// A model whose council takes submissions so.
fn session_with(delivery: &Value) -> Model {
    let council = Council { delivery: read(delivery).unwrap(), ..common::council("bromley") };
    Model::new(Arc::new(common::loaded_as(council)), common::date("2026-12-17"))
}

#[test]
fn what_would_be_cut_is_said_before_it_is_sent() {
    let mut model = session_with(&json!({ "preset": "open311", "url": "https://proxy.example/requests.json" }));
    let long = FormInput::default().with(Field::Text, "x".repeat(4500));
    drive::to_check(&mut model, &[("what_happened", long)]);
    model.update(Event::Send, model.today());
    let commands = model.update(Event::IdMade(ID.into()), model.today());
    assert!(!commands.iter().any(|command| matches!(command, Effect::Deliver(_))), "it must be said first");
    assert!(model.page().errors[0].text.contains("4000"));
    drive::send(&mut model, &"b".repeat(32));
    assert_eq!(model.attempt().unwrap().id, ID, "the number on the person's copy stays");
}

#[test]
fn without_a_key_nothing_is_sent_again_by_itself_and_the_page_says_what_again_means() {
    let mut model = session_with(&json!({ "preset": "n8n", "url": "https://flows.example/hook" }));
    drive::to_check(&mut model, &[]);
    drive::send(&mut model, ID);
    let commands = model.update(Event::Delivered(Err(DeliveryError::Unreachable)), model.today());
    assert!(!commands.iter().any(|command| matches!(command, Effect::WaitToSend { .. })));
    let Page::Check(page) = model.page().body else { panic!("not the check page") };
    assert!(
        page.failed.iter().any(|told| told.contains("twice") && told.contains("01234567-89abcdef")),
        "{:?}",
        page.failed
    );
    assert_eq!(
        page.ways.iter().map(|way| way.means).collect::<Vec<_>>(),
        [Channel::Print, Channel::DownloadHtml, Channel::Copy, Channel::Telephone, Channel::Post,]
    );
}

#[test]
fn where_nothing_can_be_sent_the_other_ways_stand_there_at_once_each_with_the_same_number() {
    let mut model = session_with(&json!({ "preset": "no-endpoint" }));
    drive::to_check(&mut model, &[]);
    let today = model.today();
    let Page::Check(page) = model.page().body else { panic!("not the check page") };
    assert!(page.send.is_none() && page.ways.len() == 6);
    assert_eq!(model.update(Event::Use(Channel::DownloadHtml), today), [Effect::MakeId]);
    let commands = model.update(Event::IdMade(ID.into()), today);
    let Some(Effect::Save(file)) = commands.first() else { panic!("not saved: {commands:?}") };
    assert!(file.text.contains("has not been sent") && file.text.contains("01234567-89abcdef-01234567-89abcdef"));
    model.update(Event::Use(Channel::Telephone), today);
    let commands = model.update(Event::IdMade("f".repeat(32)), today);
    assert_eq!(commands, [Effect::Go(Route::ReadOut)]);
    model.update(Event::Navigated(Route::ReadOut), today);
    let Page::HandOver(page) = model.page().body else { panic!("not the page to read from") };
    assert_eq!(page.copy_number, "01234567-89abcdef-01234567-89abcdef");
    assert!(page.told[0].contains("not been sent"));
}

#[test]
fn a_way_that_the_council_does_not_offer_is_none() {
    let mut model = session_with(&json!({ "preset": "no-endpoint", "fallbacks": ["print"] }));
    drive::to_check(&mut model, &[]);
    let today = model.today();
    let mut used = |means| {
        model.update(Event::Use(means), today);
        model.update(Event::IdMade(ID.into()), today)
    };
    assert!(used(Channel::Copy).is_empty());
    assert!(used(Channel::Print).contains(&Effect::Print));
}

#[test]
fn the_other_ways_come_once_sending_has_failed_and_not_while_it_is_sent() {
    let mut model = model("bromley", "2026-12-17");
    drive::to_check(&mut model, &[]);
    let ways = |model: &Model| match model.page().body {
        Page::Check(page) => (page.ways.len(), page.councils.len()),
        other => panic!("not the check page: {other:?}"),
    };
    assert_eq!(ways(&model), (0, 0));
    drive::send(&mut model, ID);
    assert_eq!(ways(&model), (0, 0));
    drive::fail(&mut model, &DeliveryError::Unreachable);
    assert_eq!(ways(&model), (5, 1), "and who to call");
    model.update(Event::Use(Channel::Copy), model.today());
    let commands = model.update(Event::IdMade(ID.into()), model.today());
    assert!(
        commands.iter().any(|command| matches!(command, Effect::Copy(file) if file.text.contains("It happened."))),
        "{commands:?}"
    );
    drive::send(&mut model, ID);
    assert_eq!(ways(&model), (0, 0), "nothing else is to be begun meanwhile");
}

#[test]
fn offline_event_keeps_nothing_from_being_sent_and_coming_back_is_said() {
    let mut model = model("bromley", "2026-12-17");
    drive::to_check(&mut model, &[]);
    let today = model.today();
    model.update(Event::Online(false), today);
    assert_eq!(drive::send(&mut model, ID).id, ID, "the event is a hint");
    let commands = model.update(Event::Delivered(Err(DeliveryError::Offline)), today);
    assert!(commands.contains(&Effect::Focus(Focus::Summary)), "no try by itself: {commands:?}");
    let told = |model: &Model| model.page().errors[0].text.clone();
    assert!(told(&model).contains("not connected"));
    let drawn = model.drawn();
    model.update(Event::Online(false), today);
    assert_eq!(model.drawn(), drawn, "that is known");
    model.update(Event::Online(true), today);
    assert_ne!(model.drawn(), drawn);
    assert!(told(&model).contains("online again"));
    assert_eq!(drive::send(&mut model, &"b".repeat(32)).id, ID);
}

#[test]
fn offline_is_told_once_before_the_page_of_a_council_is_opened() {
    let rules = Rules { send: SendBy::Navigate, retries: 0, wait: 0 };
    let mut courier = DeliveryMachine::default();
    courier.connected(false);
    assert_eq!(courier.update(DeliveryEvent::Asked, rules, ID), None);
    assert_eq!(courier.state(), &Delivery::Failed(DeliveryError::Offline));
    assert_eq!(
        courier.update(DeliveryEvent::Asked, rules, ID),
        Some(DeliveryEffect::Open),
        "who presses again goes on"
    );
}

#[test]
fn a_form_besides_is_a_way_and_one_without_an_address_is_none() {
    let besides = |way: Value| read(&json!({ "preset": "putright", "url": "api/x", "fallbacks": ["print", way] }));
    let form =
        json!({ "form": { "url": "https://forms.example/start", "fields": { "name": { "from": "/contact/name" } } } });
    let config = besides(form).unwrap();
    let means: Vec<Channel> = config.fallbacks.iter().map(|way| way.means).collect();
    assert_eq!(means, [Channel::Print, Channel::Form]);
    assert_eq!(config.fallbacks[1].form.as_ref().unwrap().url, "https://forms.example/start");
    for wrong in [json!("form"), json!("email"), json!({}), json!({ "fax": {} })] {
        assert!(besides(wrong.clone()).is_err(), "{wrong}");
    }
}

#[test]
fn a_form_of_the_council_s_own_is_opened_with_what_was_written() {
    let besides =
        json!({ "form": { "url": "https://forms.example/start", "fields": { "name": { "from": "/contact/name" } } } });
    let delivery = json!({ "preset": "no-endpoint", "fallbacks": ["print", besides] });
    let mut model = session_with(&delivery);
    drive::to_check(&mut model, &[]);
    model.update(Event::Use(Channel::Form), model.today());
    let commands = model.update(Event::IdMade(ID.into()), model.today());
    let opened = commands.iter().find_map(|command| match command {
        Effect::OpenForm(request, _) => Some(request.url.as_str()),
        _ => None,
    });
    assert_eq!(opened, Some("https://forms.example/start"), "{commands:?}");
}

#[test]
fn an_email_is_offered_to_children_only_where_the_council_says_so() {
    let ways = |for_children: bool, register: &str| {
        let delivery = json!({
            "preset": "no-endpoint",
            "fallbacks": [{ "email": { "address": "complaints@council.example", "for_children": for_children } }, "print"],
        });
        let bundle = common::loaded_as(Council { delivery: read(&delivery).unwrap(), ..common::council("bromley") });
        let bundle = if register == "adult" { bundle } else { bundle.in_register(common::edition(register)) };
        let model = Model::new(Arc::new(bundle), common::date("2026-12-17"));
        model.means_offered().iter().map(|fallback| fallback.means).collect::<Vec<_>>()
    };
    assert_eq!(ways(false, "adult"), [Channel::Email, Channel::Print]);
    assert_eq!(ways(false, "8-11"), [Channel::Print]);
    assert_eq!(ways(true, "12-17"), [Channel::Email, Channel::Print]);
}

/// Opens a page to hand over and returns it.
fn handed_over(model: &mut Model, route: Route) -> HandOverPage {
    model.update(Event::Navigated(route), model.today());
    match model.page().body {
        Page::HandOver(page) => *page,
        other => panic!("not a page to hand over: {other:?}"),
    }
}

#[test]
fn a_copy_says_whether_it_was_sent_as_far_as_anybody_knows() {
    let mut model = model("bromley", "2026-12-17");
    let today = model.today();
    drive::to_check(&mut model, &[]);
    drive::send(&mut model, ID);
    model.update(Event::Delivered(Err(DeliveryError::Unreachable)), today);
    let Page::Check(page) = model.page().body else { panic!("not the check page") };
    assert_eq!(page.sending, Some(MessageId::SendingAgain), "the next try comes by itself");
    model.update(Event::WaitedToSend(1), today);
    drive::fail(&mut model, &DeliveryError::Unreachable);
    let content = model.bundle().content.clone();
    let letter = handed_over(&mut model, Route::ByPost);
    assert_eq!(letter.told[0], content.word(MessageId::CopyMaybe), "it may have arrived");
    let address = model.council().contact.post.join("\n");
    assert!(letter.letter.starts_with(&address) && letter.letter.contains("17 December 2026"), "{}", letter.letter);
    assert!(letter.letter.contains("It happened."));
    let number = letter.letter.find(": 01234567-89abcdef-01234567-89abcdef").unwrap();
    assert!(number < letter.letter.find("It happened.").unwrap(), "the number comes first: {}", letter.letter);

    // What is known of this try does not undo what is not known of an earlier one.
    model.update(Event::Navigated(Route::Check), today);
    drive::send(&mut model, ID);
    model.update(Event::Delivered(Err(DeliveryError::TooLarge)), today);
    let told = model.page().errors[0].text.clone();
    assert!(told.ends_with(content.word(MessageId::FailedEarlier)), "{told}");
    drive::send(&mut model, ID);
    model.update(Event::Delivered(Err(DeliveryError::TimedOut)), today);
    let told = model.page().errors.first().map(|line| line.text.clone()).unwrap_or_default();
    assert!(!told.contains(content.word(MessageId::FailedEarlier)), "{told}");
}

#[test]
fn of_an_earlier_try_nothing_is_said_where_there_was_none() {
    let mut model = model("bromley", "2026-12-17");
    drive::to_check(&mut model, &[]);
    drive::send(&mut model, ID);
    model.update(Event::Delivered(Err(DeliveryError::TooLarge)), model.today());
    let told = &model.page().errors[0].text;
    assert!(!told.contains(model.bundle().content.word(MessageId::FailedEarlier)), "{told}");
}

#[test]
fn the_copy_of_what_was_sent_bears_its_reference_where_there_is_one() {
    for reference in ["K7M-2QX-HPA", ""] {
        let mut model = model("bromley", "2026-12-17");
        drive::to_check(&mut model, &[]);
        drive::send(&mut model, ID);
        model.update(Event::Delivered(Ok(Receipt { reference: reference.to_owned() })), model.today());
        let copy = model.copy_as_text().unwrap();
        let content = &model.bundle().content;
        assert!(copy.text.contains(content.word(MessageId::CopySent)), "{}", copy.text);
        let line = [content.word(MessageId::SentReference), " "].concat();
        assert_eq!(copy.text.contains(&line), !reference.is_empty(), "{}", copy.text);
        assert_eq!(copy.name, [content.word(MessageId::CopyFile), "-01234567.txt"].concat());
        let data = model.copy_as_data().unwrap();
        assert_eq!((data.text, data.media_type), (model.attempt().unwrap().body.clone(), "application/json"));
        assert_eq!(data.name, [content.word(MessageId::CopyFile), "-01234567.json"].concat());
    }
}

#[test]
fn an_email_goes_to_the_address_of_the_email_and_of_no_other_way() {
    let delivery =
        json!({ "preset": "no-endpoint", "fallbacks": ["print", { "email": { "address": "a@council.example" } }] });
    let mut model = session_with(&delivery);
    drive::to_check(&mut model, &[]);
    model.update(Event::Use(Channel::Email), model.today());
    let commands = model.update(Event::IdMade(ID.into()), model.today());
    let copies = |commands: &[Effect]| commands.iter().any(|command| matches!(command, Effect::Copy(_)));
    assert!(!copies(&commands), "it is all in the email");
    let mail = commands.iter().find_map(|command| match command {
        Effect::Mail(mail) => Some(mail.address.clone()),
        _ => None,
    });
    assert!(mail.unwrap().starts_with("mailto:a@council.example?subject="), "{commands:?}");
    let mut long = session_with(&delivery);
    drive::to_check(&mut long, &[("what_happened", FormInput::default().with(Field::Text, "x".repeat(3000)))]);
    long.update(Event::Use(Channel::Email), long.today());
    let commands = long.update(Event::IdMade(ID.into()), long.today());
    assert!(copies(&commands), "what does not fit into it is there to be pasted: {commands:?}");
}
