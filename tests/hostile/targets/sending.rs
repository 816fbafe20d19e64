//! Submissions to any backend that a council names, and the responses.

use std::{collections::BTreeSet, sync::LazyLock};

use putright_domain::{
    data::Document,
    delivery::{
        config::{DeliveryConfig, PRESETS},
        request::{Body, BodyPart, Request, RequestContext},
        response::{Response, evaluate_response},
    },
    submission::format::Submission,
};
use serde_json::json;

use super::{Chance, HOSTILE, SECRET, Verdict, discreet, must, shipped, text_of};

const ID: &str = "0123456789abcdef0123456789abcdef";
const SUBMISSION: &str = include_str!("../../../crates/cli/tests/data/submission.json");

static CONFIGS: LazyLock<Vec<DeliveryConfig>> = LazyLock::new(|| {
    let presets: serde_json::Map<String, serde_json::Value> = serde_json::from_str(PRESETS).unwrap();
    let read = |name: &String| {
        let text = json!({ "preset": name, "url": "https://council.example/send" }).to_string();
        let document = Document::parse("council.json", &text).unwrap();
        let read = DeliveryConfig::read(document.root());
        document.finish(read).unwrap()
    };
    presets.keys().map(read).collect()
});

/// A backend's answer: two letters of a status, a line each of the two headers, and the body.
pub fn answer(input: &[u8]) -> Verdict {
    let text = text_of(input);
    let mut lines = text.splitn(4, '\n');
    let mut line = || lines.next().unwrap_or_default();
    let status = line().parse().unwrap_or(201);
    let (reference, retry_after, body) = (line().to_owned(), line().to_owned(), line().to_owned());
    let answer = Response { status, body, reference, retry_after };
    for config in CONFIGS.iter() {
        let judged = evaluate_response(&config.endpoint, &answer, 1);
        discreet(&format!("{judged:?}").replace(&answer.reference, ""), "a refusal's Debug")
            .or_else(|told| if judged.is_ok() { Ok(()) } else { Err(told) })?;
        if judged.is_ok() {
            must(
                config.endpoint.success_status.contains(&u32::from(status)),
                "delivered, by a status that is no success",
            )?;
        }
        if let Some(csrf) = &config.endpoint.csrf {
            let _ = csrf.token(&answer.body, &answer.reference);
        }
    }
    Ok(())
}

pub fn answers() -> Vec<String> {
    let bodies = [
        r#"{"reference":"K7M-2QX-HPA"}"#,
        r#"[{"service_request_id":638344}]"#,
        "SUCCESS\n",
        r#"{"errors":[{"pointer":"/contact/email","detail":"Ottoline7Q is no address"}]}"#,
        r#"{"email":["must be an address","Ottoline7Q"]}"#,
        "<!doctype html><title>Log in</title><p>Ottoline7Q",
        "ERROR: it is full\nERROR: Ottoline7Q",
        r#"{"error":{"message":"no"}}"#,
    ];
    let mut all = Vec::new();
    for (at, body) in bodies.into_iter().enumerate() {
        let status = ["201", "200", "200", "422", "400", "200", "500", "429"][at];
        all.push([status, "\n/requests/17\n120\n", body].concat());
    }
    all.extend(HOSTILE.iter().map(|text| ["200\n", text, "\n", text, "\n{\"reference\":\"", text, "\"}"].concat()));
    all
}

/// The delivery of a council. If the delivery is accepted, a request by it holds the written text, and can be taken
/// apart again.
pub fn delivery(input: &[u8]) -> Verdict {
    let text = text_of(input);
    let Ok(document) = Document::parse("council.json", &text) else { return Ok(()) };
    let read = DeliveryConfig::read(document.root());
    let Ok(config) = document.finish(read) else { return Ok(()) };
    let chance = &mut Chance::of(input);
    let summary = [SECRET, chance.pick(&HOSTILE), "\n", chance.pick(&HOSTILE)].concat();
    let mut council = putright_domain::council::Council::parse("council.json", shipped::COUNCILS[0]).unwrap();
    let forms: Vec<_> = config.fallbacks.iter().filter_map(|fallback| fallback.form.clone()).collect();
    council.delivery = config;
    super::files::sends_safely(&council)?;
    for endpoint in forms.iter().map(AsRef::as_ref).chain([&council.delivery.endpoint]) {
        let material = RequestContext { json: SUBMISSION, summary: &summary, id: ID, files: &[], rules: None };
        let (request, _) = Request::new(endpoint, material);
        discreet(&format!("{request:?}"), "a request's Debug")?;
        discreet(&request.url, "an address")?;
        let carried: serde_json::Value = serde_json::from_str(&request.to_json()).map_err(|error| error.to_string())?;
        must(carried["url"] == request.url.as_str(), "a request is carried out elsewhere")?;
        match &request.body {
            Body::Text(text) if endpoint.encoding == putright_domain::delivery::config::Encoding::Json => {
                must(serde_json::from_str::<serde_json::Value>(text).is_ok(), &["no JSON is sent: ", text].concat())?;
            }
            Body::Text(_) => {}
            Body::Form(pairs) => {
                let names: BTreeSet<&String> = pairs.iter().map(|(name, _)| name).collect();
                must(
                    endpoint.fields.iter().filter(|rule| names.contains(&rule.target)).count() <= pairs.len(),
                    "fields",
                )?;
            }
            Body::Parts(parts) => {
                let empty = |part: &BodyPart| matches!(part, BodyPart::Text { name, .. } if name.is_empty());
                let named = endpoint.fields.iter().all(|rule| !rule.target.is_empty());
                must(!named || !parts.iter().any(empty), "a part without a name")?;
            }
        }
        let _ = request.with_token(chance.pick(&HOSTILE));
    }
    Ok(())
}

pub fn deliveries() -> Vec<String> {
    let presets: serde_json::Map<String, serde_json::Value> = serde_json::from_str(PRESETS).unwrap();
    let mut all: Vec<String> = presets
        .values()
        .map(|preset| {
            let mut preset = preset.clone();
            preset["url"] = "https://council.example/send".into();
            preset.to_string()
        })
        .collect();
    all.extend(presets.keys().map(|name| json!({ "preset": name, "url": "api/send" }).to_string()));
    for url in [
        "http://localhost:8080/a",
        "http://127.0.0.1",
        "http://[::1]:1/",
        "/a?b#c",
        "api/submissions",
        "https://a.example:8443/b",
    ] {
        all.push(json!({ "url": url }).to_string());
    }
    all
}

/// A submission, as a receiver reads it: what is read and written again is the same.
pub fn submission(input: &[u8]) -> Verdict {
    let text = text_of(input);
    let Ok(read) = serde_json::from_str::<Submission>(&text) else { return Ok(()) };
    let written = read.to_json();
    let again: Submission = serde_json::from_str(&written).map_err(|error| format!("{error}: {written}"))?;
    must(again == read, "a submission is written otherwise than it was read")
}

pub fn submissions() -> Vec<String> {
    vec![SUBMISSION.to_owned(), SUBMISSION.replace("Sam Placeholder", SECRET)]
}
