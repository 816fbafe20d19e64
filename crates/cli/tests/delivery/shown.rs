//! `putright check --show-request`: what it prints, a backend of that kind takes.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use serde_json::{Value, json};

use crate::{
    documented::smallest,
    place::{BROMLEY, Place, putright, root},
    support::{Mock, Sent},
};

const ID: &str = "7e577e577e577e577e577e577e577e57";
/// Signs in the sample that a shell, a form or JSON would stumble over.
const SIGNS: &str = "Siân’s, a dash – and signs that forms stumble over: & = + % < > # \" ' \\ $HOME `x`.";

/// A site whose backend is a mock, by the block that a web officer would copy.
fn before(mock: &Mock, block: &Value) -> Place {
    let mut block = block.clone();
    if let Some((_, rest)) = block["url"].as_str().and_then(|url| url.strip_prefix("https://")?.split_once('/')) {
        block["url"] = format!("{}/{rest}", mock.url("")).into();
    }
    Place::with(&block)
}

fn shown(place: &Place, mock: &Mock, more: &[&str]) -> String {
    let site = format!("{}/", mock.url(""));
    let output = place.check(&[&["--show-request", "bromley", "--site", &site], more].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stderr).contains("nothing has been sent"));
    String::from_utf8(output.stdout).unwrap()
}

/// Everything that was sent as text, with line ends as they are anywhere.
fn words(received: &Value) -> String {
    let mut words = String::new();
    gather(received, &mut words);
    words.replace("\r\n", "\n")
}

fn gather(value: &Value, words: &mut String) {
    match value {
        Value::String(text) => {
            words.push_str(text);
            words.push('\n');
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, words)),
        Value::Object(members) => members.values().for_each(|member| gather(member, words)),
        _ => {}
    }
}

#[test]
fn the_command_of_curl_s_is_stored_by_every_backend() {
    for (preset, block) in smallest().into_iter().filter(|(preset, _)| preset != "no-endpoint") {
        let mock = Mock::start(&preset, &[]);
        let place = before(&mock, &block);
        let script = shown(&place, &mock, &["--curl"]);
        assert_eq!(mock.requests(), 0, "{preset}: showing sends nothing");
        let output = Command::new("sh").arg("-c").arg(&script).output().unwrap();
        let answer = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{preset}: {answer} {}", String::from_utf8_lossy(&output.stderr));
        let received = mock.received();
        assert_eq!(received.len(), 1, "{preset}: {answer}\n{script}");
        let words = words(&received[0]);
        assert!(words.contains(SIGNS), "{preset}: {words}");
        assert!(["open311", "fixmystreet-import"].contains(&preset.as_str()) || received[0]["id"] == ID, "{preset}");
    }
}

/// The request that is shown is the request that is sent.
#[test]
fn the_request_that_is_shown_is_the_same_one() {
    for (preset, block) in smallest().into_iter().filter(|(preset, _)| preset != "no-endpoint") {
        let mock = Mock::start(&preset, &[]);
        let place = before(&mock, &block);
        let text = shown(&place, &mock, &[]);
        let (first, text) = match text.split_once("\n\n") {
            Some((first, rest)) if first.starts_with("GET ") => (first, rest),
            _ => ("", text.as_str()),
        };
        assert_eq!(!first.is_empty(), !mock.token().is_empty(), "{preset}: {first}");
        let (head, body) = text.split_once("\n\n").unwrap();
        let mut lines = head.lines();
        assert!(lines.next().unwrap().starts_with(&format!("POST {}/", mock.url(""))), "{preset}: {head}");
        let mut sent = Sent { headers: Vec::new(), body: body.trim_end_matches('\n').into() };
        for (name, value) in lines.filter_map(|line| line.split_once(": ")).filter(|(name, _)| *name != "Cookie") {
            sent = sent.with(name, &value.replace("{the token}", &mock.token()));
        }
        mock.post(&sent);
        Command::new("sh").arg("-c").arg(shown(&place, &mock, &["--curl"])).output().unwrap();
        let received = mock.received();
        // Putright knows it again, by its key.
        let once = preset == "putright";
        assert_eq!(received.len(), if once { 1 } else { 2 }, "{preset}: {head}");
        let content = |at: usize| {
            let of = |part: &str| received[at][part].to_string().replace("\\r\\n", "\\n");
            ["json", "fields", "files"].map(of)
        };
        assert!(once || content(0) == content(1), "{preset}: {received:#?}");
    }
}

#[test]
fn a_file_goes_along_where_files_are_taken() {
    for (preset, field, block) in [
        ("putright", "file", json!({ "url": "api/submissions" })),
        ("power-automate", "/files/0", json!({ "preset": "power-automate", "url": "flow" })),
        ("n8n", "file", json!({ "preset": "n8n", "url": "hook" })),
    ] {
        let mock = Mock::start(preset, &[]);
        let place = Place::with(&block);
        Command::new("sh").arg("-c").arg(shown(&place, &mock, &["--curl"])).output().unwrap();
        let file = &mock.received()[0]["files"][0];
        assert_eq!(
            (&file["field"], &file["name"], &file["bytes"]),
            (&json!(field), &json!("TEST.txt"), &json!(68)),
            "{preset}"
        );
    }
    let mock = Mock::start("putright", &[]);
    let place = Place::with(&json!({ "url": "api/x", "files": { "send": "none" } }));
    assert!(shown(&place, &mock, &[]).contains("Content-Type: application/json\n"));
}

/// Our own receiver holds a submission to its schema, and looks into the file.
#[test]
fn our_own_receiver_stores_it_whole() {
    let place = Place::with(&json!({ "url": "api/submissions" }));
    fs::copy(root().join("index.html"), place.folder().join("index.html")).unwrap();
    let data = tempfile::TempDir::new().unwrap();
    let data = data.path().to_str().unwrap();
    let mut server = Command::new(env!("CARGO_BIN_EXE_putright"))
        .args(["serve", "--dist", place.folder().to_str().unwrap(), "--data", data, "--port", "0"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let site = format!("{}/", line.trim_end().strip_prefix("Putright is at ").unwrap());
    let script = String::from_utf8(place.check(&["--show-request", "--curl", "--site", &site]).stdout).unwrap();
    let output = Command::new("sh").arg("-c").arg(&script).output().unwrap();
    server.kill().unwrap();
    server.wait().unwrap();
    let answer = String::from_utf8(output.stdout).unwrap();
    assert!(answer.starts_with("HTTP/1.1 201 ") && answer.contains("\"reference\":"), "{answer}");
    let stored = String::from_utf8(putright(&["submissions", "list", "--data", data]).stdout).unwrap();
    assert_eq!(stored.matches("\"reference\"").count(), 1, "{stored}");
}

#[test]
fn a_token_may_go_into_the_body() {
    let token = json!({ "url": "/session/token", "read": "text", "field": "token" });
    for (encoding, fields) in [
        ("form", json!({ "message": { "template": "{summary}" } })),
        ("multipart", json!({ "message": { "template": "{summary}" } })),
    ] {
        let mock = Mock::start("form-handler", &[]);
        let place = Place::with(&json!({
            "url": "x", "encoding": encoding, "fields": fields, "csrf": token, "credentials": "same-origin", "files": null
        }));
        let script = shown(&place, &mock, &["--curl"]).replace("/session/token", "/_mock/requests");
        Command::new("sh").arg("-c").arg(script).output().unwrap();
        // The mock's answer there is a number, which stands for a token.
        assert_eq!(mock.received()[0]["fields"]["token"], "0", "{encoding}");
    }
}

#[test]
fn a_council_is_named_by_its_id_by_its_file_or_not_at_all() {
    let place = Place::with(&json!({ "url": "https://a.example/x" }));
    let file = place.folder().join(BROMLEY);
    let text = |more: &[&str]| String::from_utf8(place.check(more).stdout).unwrap();
    let by_id = text(&["--show-request", "bromley"]);
    assert!(by_id.starts_with("POST https://a.example/x\n"), "{by_id}");
    assert_eq!(text(&["--show-request", file.to_str().unwrap()]), by_id);
    assert_eq!(text(&["--show-request"]), by_id, "the default of the site");
    let other = place.check(&["--show-request", "bexley"]);
    assert_eq!(other.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&other.stderr).contains("westminster"));
}

#[test]
fn paths_stand_on_the_site_that_is_named() {
    for (url, site, address) in [
        ("api/x", "https://a.example/complaints/", "https://a.example/complaints/api/x"),
        ("/api/x", "https://a.example/complaints/", "https://a.example/api/x"),
        ("api/x", "https://a.example", "https://a.example/api/x"),
        ("api/x", "https://a.example/one/index.html", "https://a.example/one/api/x"),
    ] {
        let place = Place::with(&json!({ "url": url }));
        let text = String::from_utf8(place.check(&["--show-request", "--site", site]).stdout).unwrap();
        assert!(text.starts_with(&format!("POST {address}\n")), "{text}");
    }
}

#[test]
fn where_nothing_is_sent_that_is_said_and_a_form_besides_is_shown() {
    let place = Place::with(&json!({ "preset": "no-endpoint" }));
    let output = place.check(&["--show-request"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("nothing is sent to bromley"));
    let form = json!({ "url": "https://a.example/form", "fields": { "words": { "template": "{summary}" } } });
    place.deliver(&json!({ "preset": "no-endpoint", "fallbacks": ["print", { "form": form }] }));
    let text = String::from_utf8(place.check(&["--show-request"]).stdout).unwrap();
    assert!(text.starts_with("POST https://a.example/form\n") && text.contains("words=You+want+to%0D%0A"), "{text}");
}
