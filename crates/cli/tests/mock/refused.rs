//! Requests that each backend refuses, and its response to them.

use serde_json::json;

use crate::support::{Mock, Sent, header, json, text};

/// Checks that something is refused with a status, a type and words, and that nothing is stored.
fn refused(mock: &Mock, sent: &Sent, status: u16, content_type: &str, says: &str) {
    let response = mock.post(sent);
    assert_eq!(response.status(), status, "{says}");
    assert!(header(&response, "content-type").starts_with(content_type), "{says}");
    let said = text(response);
    assert!(said.contains(says), "{says} in {said}");
    assert_eq!(mock.stored(), 0);
}

const JSON: &str = "application/json";
const PROBLEM: &str = "application/problem+json";

#[test]
fn putright() {
    let mock = Mock::start("putright", &[]);
    for body in ["", "{", "[]", "\"text\""] {
        refused(&mock, &Sent::new(JSON, body), 400, PROBLEM, "not JSON");
    }
    refused(&mock, &Sent::new("text/plain", "{}"), 415, PROBLEM, "not marked");
    refused(&mock, &Sent::new("multipart/form-data; boundary=a", "{}"), 400, PROBLEM, "told apart");
    let without = Sent::multipart(&[("message", "{}")], &[]);
    refused(&mock, &without, 400, PROBLEM, "submission is not JSON");
    let elsewhere = Sent::multipart(&[("submission", "{}")], &[("attachment", "a.txt", "text/plain", "abc")]);
    refused(&mock, &elsewhere, 400, PROBLEM, "called file");
}

#[test]
fn open311() {
    let mock = Mock::start("open311", &[]);
    let place = [("service_code", "complaint"), ("lat", "51.4"), ("long", "0.01")];
    let with = |description: &str| Sent::form(&[&place[..], &[("description", description)]].concat());
    refused(&mock, &with(&"ü".repeat(4001)), 400, JSON, "4,000");
    refused(&mock, &with(" "), 400, JSON, "description was not provided");
    refused(&mock, &Sent::multipart(&place, &[]), 400, JSON, "URL-encoded");
    let half = Sent::form(&[("service_code", "complaint"), ("lat", "51.4"), ("description", "text")]);
    refused(&mock, &half, 400, JSON, "a location");
    let errors = json(mock.post(&Sent::form(&[])));
    assert_eq!(errors.as_array().unwrap().len(), 3);
    assert!(errors[0]["code"].is_number() && errors[0]["description"].is_string());
    assert_eq!(mock.post(&with(&"ü".repeat(4000))).status(), 201);
}

#[test]
fn fixmystreet() {
    let mock = Mock::start("fixmystreet-import", &[]);
    // What the preset sends as it stands: a place that a council has not filled in yet.
    let fields = [("service", "Putright"), ("subject", "A"), ("name", "Jo"), ("phone", "1"), ("lat", ""), ("lon", "")];
    refused(&mock, &Sent::form(&fields), 200, "text/plain", "ERROR:Either a location");
    let all = text(mock.post(&Sent::json(&json!({}))));
    assert_eq!(all.lines().filter(|line| line.starts_with("ERROR:")).count(), 5);
    let placed = [&fields[..4], &[("lat", "51.4"), ("lon", "0.01")]].concat();
    assert_eq!(text(mock.post(&Sent::form(&placed))), "SUCCESS");
}

#[test]
fn backends_that_want_a_token_of_theirs() {
    for (preset, name, status, content_type, says) in [
        ("drupal-webform-rest", "x-csrf-token", 403, JSON, "\"message\":\"X-CSRF-Token"),
        ("aspnet", "requestverificationtoken", 400, PROBLEM, "antiforgery"),
        ("laravel", "x-xsrf-token", 419, JSON, r#"{"message":"CSRF token mismatch."}"#),
    ] {
        let mock = Mock::start(preset, &[]);
        refused(&mock, &mock.good().without(name), status, content_type, says);
        refused(&mock, &mock.good().without(name).with(name, "another"), status, content_type, says);
        assert!(mock.post(&mock.good()).status().is_success());
    }
}

#[test]
fn the_tokens_come_as_they_do_there() {
    let mock = Mock::start("laravel", &[]);
    let response = mock.get("/sanctum/csrf-cookie");
    assert_eq!(response.status(), 204);
    let cookies: Vec<_> =
        response.headers().get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap()).collect();
    assert!(
        cookies[0].starts_with("XSRF-TOKEN=") && cookies[0].contains("%3D%3D;") && !cookies[0].contains("HttpOnly")
    );
    assert!(mock.token().ends_with("=="));
    let mock = Mock::start("aspnet", &[]);
    assert!(header(&mock.get("/antiforgery/token"), "set-cookie").contains("HttpOnly"));
    let mock = Mock::start("drupal-webform-rest", &[]);
    assert!(header(&mock.get("/session/token"), "content-type").starts_with("text/plain"));
    assert_eq!(mock.get("/antiforgery/token").status(), 404);
}

#[test]
fn drupal_aspnet_and_laravel_with_a_token() {
    let mock = Mock::start("drupal-webform-rest", &[]);
    let with_token = |sent: Sent| sent.with("x-csrf-token", &mock.token());
    refused(&mock, &with_token(Sent::json(&json!({ "message": "a" }))), 400, JSON, "\"error\":{\"webform_id\":");
    refused(&mock, &with_token(Sent::form(&[("webform_id", "a")])), 415, JSON, "message");
    refused(&mock, &with_token(Sent::new(JSON, "{")), 400, JSON, "Syntax error");
    let mock = Mock::start("aspnet", &[]);
    let with_token = |sent: Sent| sent.with("requestverificationtoken", &mock.token());
    refused(&mock, &with_token(Sent::new(JSON, "{")), 400, PROBLEM, "\"errors\":{\"$\":[");
    refused(&mock, &with_token(Sent::form(&[])), 415, PROBLEM, "Unsupported");
    let mock = Mock::start("laravel", &[]);
    refused(
        &mock,
        &Sent::json(&json!({})).with("x-xsrf-token", &mock.token()),
        422,
        JSON,
        "\"errors\":{\"complaint\":[",
    );
}

#[test]
fn form_services() {
    let mock = Mock::start("formspree", &[]);
    let nothing = [("_subject", "A complaint"), ("message", "")];
    refused(&mock, &Sent::multipart(&nothing, &[]).with("accept", JSON), 400, JSON, "\"error\":\"The form is empty\"");
    refused(&mock, &Sent::json(&json!({ "_subject": "A", "message": "" })), 400, JSON, "EMPTY");
    let mock = Mock::start("netlify", &[]);
    refused(&mock, &Sent::form(&[("message", "a")]), 404, "text/html", "Page not found");
    let mock = Mock::start("form-handler", &[]);
    refused(&mock, &Sent::form(&[("message", " ")]), 400, "text/html", "Nothing was sent");
    refused(&mock, &Sent::json(&json!({ "message": "a" })), 400, "text/html", "Nothing was sent");
}

#[test]
fn workflows() {
    let mock = Mock::start("power-automate", &[]);
    refused(&mock, &Sent::form(&[("message", "a")]), 400, JSON, "\"error\":{\"code\":");
    let file = json!({ "files": [{ "name": "a.txt", "content": "not base64!" }] });
    refused(&mock, &Sent::json(&file), 400, JSON, "not base64");
    let mock = Mock::start("n8n", &[]);
    refused(&mock, &Sent::new(JSON, "{"), 422, JSON, "\"message\":");
    let file = "x".repeat(16 << 20);
    let sent = Sent::multipart(&[("message", "a")], &[("file", "a.txt", "text/plain", &file)]);
    refused(&mock, &sent, 413, JSON, "too large");
    let sent = Sent::multipart(&[("message", "a")], &[("file", "a.txt", "text/plain", &file[..15 << 20])]);
    assert_eq!(mock.post(&sent).status(), 200);
}
