//! Everything the receiver does not take, and how it says so.

use serde_json::{Value, json};

use crate::support::{Place, header, problem, reference, sample};

/// The sample with a value put in at a pointer.
fn with(pointer: &str, value: Value) -> Value {
    let mut body = sample();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    body.pointer_mut(parent).unwrap()[name] = value;
    body
}

fn without(pointer: &str) -> Value {
    let mut body = sample();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    body.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name).unwrap();
    body
}

#[test]
fn each_fault_in_a_submission_is_told_by_pointer_and_in_words() {
    let place = Place::new();
    let server = place.serve();
    let long = |length: usize| Value::from("a".repeat(length));
    for (body, pointer, detail) in [
        (with("/schema", json!("putright/submission/2")), "/schema", "is not one of the known values"),
        (with("/id", json!("0F1E")), "/id", "must have the form ^[0-9a-f]{32}$"),
        (with("/kind", json!(7)), "/kind", "must be of the type string"),
        (with("/sent_on", json!("2026-02-30")), "/sent_on", "is not a day, as in 2026-12-17"),
        (with("/agreed_to_sharing", json!(false)), "/agreed_to_sharing", "must be true"),
        (with("/points", json!([])), "/points", "must not be empty"),
        (with("/contact/name", long(201)), "/contact/name", "must be at most 200 characters"),
        (with("/contact/name", json!("")), "/contact/name", "must not be empty"),
        (with("/contact/name", json!(" \u{2003}\n")), "/contact/name", "must not be blank"),
        (with("/contact/name", json!("a\0b")), "/contact/name", "must not have the character U+0000"),
        (with("/contact/methods", json!(["email", "email"])), "/contact/methods", "must not have the same entry twice"),
        (with("/contact/methods", json!(["none", "email"])), "/contact/methods", "has none and another way"),
        (with("/about/who", json!("nobody")), "/about/who", "is not one of the known values"),
        (with("/about/age_band", json!("9")), "/about/age_band", "is not one of the known values"),
        (
            with("/about/when", json!({ "known": "day", "date": "soon" })),
            "/about/when/date",
            "is not a day, as in 2026-12-17",
        ),
        (
            with("/about/when", json!({ "known": "month", "year": 2025, "month": 13 })),
            "/about/when/month",
            "must be at most 12",
        ),
        (with("/about/when", json!({ "known": "never" })), "/about/when", "is not in any of the forms it may take"),
        (
            with("/guidance/parts/school", json!("corporate")),
            "/guidance/parts",
            "has a topic that the submission is not about",
        ),
        (with("/guidance/parts/school", json!("other")), "/guidance/parts/school", "is not one of the known values"),
        (with("/replaces", sample()["id"].clone()), "/replaces", "must not be the submission's own id"),
        (with("/extra", json!(1)), "", "has a field that is not known"),
        (with("/contact/extra", json!(1)), "/contact", "has a field that is not known"),
        (without("/council"), "/council", "is missing"),
        (without("/contact/email"), "/contact/email", "is missing, and it is the way chosen"),
        (without("/contact/telephone"), "/contact/telephone", "is missing, and it is the way chosen"),
        (without("/contact/post"), "/contact/post", "is missing, and it is the way chosen"),
        (json!([]), "", "must be of the type object"),
    ] {
        let told = problem(server.post(&body), 422, "invalid-submission");
        let fault = json!({ "pointer": pointer, "detail": detail });
        assert!(told["errors"].as_array().unwrap().contains(&fault), "{pointer} {detail}: {told}");
    }
    assert_eq!(place.list().len(), 0);
}

#[test]
fn every_fault_is_told_at_once_and_an_answer_stays_short() {
    let place = Place::new();
    let server = place.serve();
    let mut body = with("/kind", json!("grumble"));
    body["contact"]["name"] = json!(" ");
    assert_eq!(problem(server.post(&body), 422, "invalid-submission")["errors"].as_array().unwrap().len(), 2);
    let many = with("/points", json!(vec![json!({ "what_happened": " " }); 2000]));
    assert_eq!(problem(server.post(&many), 422, "invalid-submission")["errors"].as_array().unwrap().len(), 50);
}

#[test]
fn a_field_given_twice_is_refused_and_not_resolved() {
    let place = Place::new();
    let server = place.serve();
    let twice = sample().to_string().replacen(r#""kind":"#, r#""kind":"compliment","kind":"#, 1);
    let told = problem(server.post_with(&[], twice.as_bytes()), 422, "invalid-submission");
    assert_eq!(told["errors"], json!([{ "pointer": "", "detail": "has a field twice" }]));
}

#[test]
fn a_person_who_wants_no_answer_can_say_so() {
    let place = Place::new();
    let server = place.serve();
    reference(server.post(&with("/contact", json!({ "methods": ["none"] }))));
}

#[test]
fn what_is_not_json_is_refused() {
    let place = Place::new();
    let server = place.serve();
    let deep = "[".repeat(100_000);
    for body in [&b""[..], b"{", b"{} {}", b"\xff\xfe", b"NaN", deep.as_bytes()] {
        problem(server.post_with(&[], body), 400, "not-json");
    }
}

#[test]
fn a_body_must_say_that_it_is_json_and_come_uncompressed() {
    let place = Place::new();
    let server = place.serve();
    let body = sample().to_string();
    for kind in ["text/plain", "application/x-www-form-urlencoded", "application/json-seq", ""] {
        let response = server.send("POST", "/api/submissions", &[("content-type", kind)], body.as_bytes());
        problem(response, 415, "not-json-type");
    }
    problem(server.post_with(&[("content-encoding", "gzip")], body.as_bytes()), 415, "not-json-type");
    let kind = [("content-type", "Application/JSON; charset=utf-8")];
    reference(server.send("POST", "/api/submissions", &kind, body.as_bytes()));
}

#[test]
fn other_methods_and_addresses_are_problems_too() {
    let place = Place::new();
    let server = place.serve();
    for method in ["GET", "PUT", "DELETE", "OPTIONS", "PATCH"] {
        let response = server.send(method, "/api/submissions", &[], b"");
        assert_eq!(header(&response, "allow"), "POST", "{method}");
        problem(response, 405, "method-not-allowed");
    }
    problem(server.send("POST", "/api/health", &[], b""), 405, "method-not-allowed");
    for path in ["/api", "/api/", "/api/submissions/", "/api/submissions/222-222-222", "/api/else"] {
        problem(server.get(path, &[]), 404, "not-found");
    }
}

#[test]
fn another_site_may_send_only_where_it_was_allowed() {
    let place = Place::new();
    let asks = [
        ("origin", "https://forms.example"),
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", "content-type,idempotency-key"),
    ];
    let closed = place.serve();
    let response = closed.send("OPTIONS", "/api/submissions", &asks, b"");
    assert_eq!(header(&response, "access-control-allow-origin"), "");
    problem(response, 405, "method-not-allowed");
    drop(closed);

    let open = place.serve_with(&["--allow-origin", "https://forms.example", "--allow-origin", "https://b.example"]);
    let response = open.send("OPTIONS", "/api/submissions", &asks, b"");
    assert_eq!(response.status(), 200);
    assert_eq!(header(&response, "access-control-allow-origin"), "https://forms.example");
    assert_eq!(header(&response, "access-control-allow-methods"), "POST");
    assert_eq!(header(&response, "access-control-allow-headers"), "content-type,idempotency-key");
    let response = open.post_with(&asks[..1], sample().to_string().as_bytes());
    assert_eq!(header(&response, "access-control-allow-origin"), "https://forms.example");
    reference(response);
    let response = open.post_with(&[("origin", "https://evil.example")], sample().to_string().as_bytes());
    assert_eq!(header(&response, "access-control-allow-origin"), "");
}
