//! The delivery block of a council's file.

use super::{names, preset, read, said};
use putright_domain::delivery::config::{FIRST_PRESET, SendBy};
use serde_json::json;

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
#[allow(clippy::too_many_lines, reason = "a table of cases")]
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
            json!({ "url": url, "success": { "status": [200], "body": [{ "json": "/files", "is": "files_sent" }] } }),
            "/success/body",
            "asks about files alone",
        ),
        (
            json!({ "url": url, "success": { "status": [200], "body": [{ "any": [{ "json": "/id", "is": "present" }, { "json": "/files", "is": "files_sent" }] }] } }),
            "/success/body",
            "asks about files alone",
        ),
        (
            json!({ "url": url, "success": { "status": [200], "body": [{ "json": "/files", "is": "sent" }] } }),
            "/success/body/0/is",
            "\"files_sent\"",
        ),
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
