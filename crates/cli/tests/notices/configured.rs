//! A configuration that cannot be used is refused at the start, with its place.

use std::fs;

use serde_json::{Value, json};

use crate::{beside, notify, support::Place};

fn refusal(config: &Value) -> String {
    let place = Place::new();
    fs::write(beside(&place, "short"), "short").unwrap();
    let text = config.to_string().replace("$SHORT", beside(&place, "short").to_str().unwrap());
    let file = notify(&place, &serde_json::from_str(&text).unwrap());
    let output = place.command(&["--notify", &file]).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{config}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn each_mistake_is_named_with_its_place() {
    let mail = |name: &str, value: Value| {
        let mut mail = json!({ "server": "mail.example.gov.uk", "from": "a@example.gov.uk" });
        mail[name] = value;
        json!({ "mail": mail })
    };
    for (config, place, problem) in [
        (json!({ "webook": {} }), "notify.json", "unknown field"),
        (mail("port", json!("587")), "at mail.port", "invalid type"),
        (mail("security", json!("none")), "mail.security", "starttls"),
        (mail("from", json!("nobody")), "mail.from", "is not an email address"),
        (mail("officers", json!({ "x": ["@"] })), "mail.officers", "is not an email address"),
        (mail("user", json!("u")), "mail", "user and password_file"),
        (json!({ "webhook": { "url": "ftp://x", "secret_file": "x" } }), "webhook.url", "is not a web address"),
        (
            json!({ "webhook": { "url": "http://x.example", "secret_file": "x", "content": "submission" } }),
            "webhook.url",
            "without encryption",
        ),
        (json!({ "webhook": { "url": "https://x.example", "secret_file": "$SHORT" } }), "short", "is too short"),
    ] {
        let said = refusal(&config);
        assert!(said.contains(place) && said.contains(problem), "{config}: {said}");
    }
}
