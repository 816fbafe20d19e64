//! The endpoint test of check.html against the example, carried out as a browser would.

use std::fmt::Write;

use putright_domain::{
    council::Council,
    date::Date,
    delivery::{
        config::DeliveryConfig,
        request::{Body, BodyPart, Request},
    },
};
use putright_endpoint_test::{
    End, Exchange, Finding, Purpose, ReadableResponse, Subject, Trial, Verdict, findings, headline,
};
use serde_json::{Value, json};

use crate::{
    place::root,
    server::{Php, send},
};

const BOUNDARY: &str = "----formboundary0011223344556677";

/// The block of docs/delivery.md, for an endpoint at this address.
fn config(url: &str) -> DeliveryConfig {
    let page = std::fs::read_to_string(root().join("docs/delivery.md")).unwrap();
    let section = page.split("### A PHP example").nth(1).unwrap();
    let block = section.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let mut delivery: Value = serde_json::from_str(block).unwrap();
    assert_eq!(delivery["url"], "/complaints.php");
    delivery["url"] = url.into();
    let file = std::fs::read_to_string(root().join("public/councils/bromley.json")).unwrap();
    let mut file: Value = serde_json::from_str(&file).unwrap();
    file["delivery"] = delivery;
    Council::parse("councils/bromley.json", &file.to_string()).unwrap().delivery
}

/// A file as check.js makes it: so many bytes that begin as its type does.
fn test_file(media_type: &str, bytes: u32) -> Vec<u8> {
    let mut content = vec![b' '; bytes as usize];
    let begins: &[u8] = match media_type {
        "image/jpeg" => &[255, 216, 255, 224],
        "application/pdf" => b"%PDF-1.4\n",
        "application/msword" => &[208, 207, 17, 224],
        _ => b"TEST",
    };
    content[..begins.len()].copy_from_slice(begins);
    content
}

/// The body of a request, and its type where the browser sets it.
fn written(request: &Request) -> (Option<String>, Vec<u8>) {
    let parts = match &request.body {
        Body::Text(text) => return (None, text.clone().into_bytes()),
        Body::Parts(parts) => parts,
        Body::Form(_) => panic!("the example takes no form"),
    };
    let mut body = Vec::new();
    for part in parts {
        let mut head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=");
        let content = match part {
            BodyPart::Text { name, text, is_json } => {
                assert!(is_json);
                let _ = write!(head, "\"{name}\"; filename=\"blob\"\r\nContent-Type: application/json\r\n\r\n");
                text.clone().into_bytes()
            }
            BodyPart::File { name, file } => {
                let _ =
                    write!(head, "\"{name}\"; filename=\"{}\"\r\nContent-Type: {}\r\n\r\n", file.name, file.media_type);
                test_file(&file.media_type, file.bytes)
            }
        };
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    (Some(format!("multipart/form-data; boundary={BOUNDARY}")), body)
}

/// Carries out a request as a browser does on a page of this origin. Of an answer that the page may not read it tells nothing.
fn perform(php: &Php, page: &str, ask: Purpose, request: &Request) -> End {
    let is_elsewhere = request.url.starts_with("https://");
    let mut headers: Vec<(&str, &str)> = request.headers.iter().map(|(name, value)| (&**name, &**value)).collect();
    headers.push(("Origin", page));
    let allows = |answer: &crate::server::Answer| answer.header("access-control-allow-origin") == page;
    let method = request.method.id();
    if is_elsewhere && method == "POST" {
        let asked: Vec<(&str, &str)> = vec![("Origin", page), ("Access-Control-Request-Method", "POST")];
        let preflight = send(php.port, "OPTIONS", &asked, b"").unwrap();
        let allowed = preflight.header("access-control-allow-headers").to_ascii_lowercase();
        let has = |name: &str| allowed.split(", ").any(|known| known == name);
        if preflight.status != 204 || !allows(&preflight) || !has("content-type") || !has("idempotency-key") {
            return End::Nothing;
        }
    }
    let (kind, body) = if method == "GET" { (None, Vec::new()) } else { written(request) };
    let kind = kind.unwrap_or_default();
    if !kind.is_empty() {
        headers.push(("Content-Type", &kind));
    }
    let answer = send(php.port, method, &headers, &body).unwrap();
    match ask {
        Purpose::Reach => return End::Opaque,
        _ if is_elsewhere && !allows(&answer) => return End::Nothing,
        _ => {}
    }
    End::Answered(ReadableResponse {
        status: answer.status,
        headers: answer.headers,
        body: answer.body,
        milliseconds: 100,
        ..ReadableResponse::default()
    })
}

/// Runs the endpoint test on a page of this origin, for an endpoint at this address.
fn run(php: &Php, page: &str, url: &str) -> (Vec<Purpose>, Vec<Finding>) {
    let config = config(url);
    let mut trial = Trial {
        council: "bromley".to_owned(),
        page: page.to_owned(),
        online: true,
        id: "0123456789abcdef0123456789abcdef".to_owned(),
        day: Date::parse_iso("2026-12-17").unwrap(),
        empty: false,
        done: Vec::new(),
    };
    while let Some((ask, request)) = trial.next(&config) {
        let end = perform(php, page, ask, &request);
        trial.done.push(Exchange { ask, end });
        assert!(trial.done.len() < 9, "it asks without end");
    }
    (trial.done.iter().map(|one| one.ask).collect(), findings(&config, &trial))
}

#[test]
fn the_endpoint_test_finds_nothing_to_change() {
    let Some(php) = Php::start(&[]) else { return };
    let (asked, found) = run(&php, &format!("http://127.0.0.1:{}", php.port), "/complaints.php");
    assert_eq!(asked, [Purpose::Send, Purpose::Again, Purpose::Files], "{found:#?}");
    assert!(found.iter().all(|one| one.verdict == Verdict::Works), "{found:#?}");
    assert_eq!(headline(&found), "It works");
    assert_eq!(php.stored().len(), 2, "the test, and the test with a file");
}

#[test]
fn pages_of_another_site_send_where_the_settings_name_it() {
    let page = "https://complaints.example.gov.uk";
    let url = "https://www.example.gov.uk/complaints.php";
    let Some(php) = Php::start(&[("'origins' => []", "'origins' => ['https://complaints.example.gov.uk']")]) else {
        return;
    };
    let (asked, found) = run(&php, page, url);
    assert_eq!(asked, [Purpose::Send, Purpose::Again, Purpose::Files], "{found:#?}");
    assert!(found.iter().any(|one| one.about == Subject::Cors && one.verdict == Verdict::Works), "{found:#?}");
    assert_eq!(headline(&found), "It works");
    let Some(php) = Php::start(&[]) else { return };
    let (_, found) = run(&php, page, url);
    assert!(found.iter().any(|one| one.about == Subject::Cors && one.verdict == Verdict::Change), "{found:#?}");
    assert_eq!(php.stored(), Vec::<String>::new());
    let answer = php.post(&[("Origin", page), ("Content-Type", "application/json")], json!({}).to_string().as_bytes());
    assert_eq!(answer.status, 403);
}
