//! Sending by a council's rules: what a file may say, what is asked of a backend, what its answer means, and a machine that in
//! no order of events says too much or sends too often.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that stops has failed"
)]

mod channels;
mod config;
mod machine;
mod requests;
mod responses;

use putright_domain::{
    data::{Document, InvalidFile},
    delivery::{
        config::{DeliveryConfig, PRESETS},
        response::{DeliveryError, Receipt, Response, evaluate_response},
    },
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

const ID: &str = "0123456789abcdef0123456789abcdef";

fn judged(name: &str, status: u16, body: &str) -> Result<Receipt, DeliveryError> {
    evaluate_response(&preset(name).endpoint, &Response { status, body: body.into(), ..Response::default() }, 0)
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
