//! How the page `check.html` and a dry run talk: JSON in, JSON out, and nothing kept between.

use putright_domain::{
    council::Council,
    data::{Document, InvalidFile, Place},
    delivery::{
        config::{Encoding, Method, SendBy},
        request::Request,
    },
    json,
};
use serde::Serialize;

use crate::{
    diagnose::findings,
    finding::{Finding, headline},
    trial::{End, Exchange, Purpose, ReadableResponse, Trial},
};

/// The file name in an error about the page's own input.
const PAGE: &str = "check.js";

/// An answer to the page. What does not apply is `null`.
#[derive(Default, Serialize)]
struct Reply {
    /// The fault of the council's file, where it cannot be read.
    fault: Option<String>,
    id: String,
    name: String,
    send: Option<SendBy>,
    url: Option<String>,
    method: Option<Method>,
    encoding: Option<Encoding>,
    seconds: Option<u32>,
    /// The flag for a backend that recognises a submission that it already has.
    twice: bool,
    /// The flag for a council that takes files.
    files: bool,
    /// The purpose of the next request.
    ask: Option<Purpose>,
    request: Option<Request>,
    headline: Option<&'static str>,
    findings: Vec<Finding>,
}

/// Answers the page: what to ask next, or what was found; what is wrong with the council's file, where it cannot be read.
///
/// In: `file` and `text` of the council's file, and, but for the first question, `origin`, `online`, `id`, `day`, `empty` and `done`.
pub fn answer(input: &str) -> String {
    let reply = told(input).unwrap_or_else(|fault| Reply { fault: Some(fault.to_string()), ..Reply::default() });
    json::to_json(&reply)
}

fn told(input: &str) -> Result<Reply, InvalidFile> {
    let document = Document::parse(PAGE, input)?;
    let asked = document.root();
    let council = Council::parse(asked.member("file").text(), asked.member("text").text())?;
    let config = &council.delivery;
    let mut reply = plan(&council);
    // Before anything is asked, only the file is looked at.
    if asked.value().get("done").is_none() {
        return Ok(reply);
    }
    let text = |key: &str| asked.member(key).owned_text();
    let trial = Trial {
        council: council.id.clone(),
        page: text("origin"),
        online: asked.member("online").truth(),
        id: text("id"),
        day: asked.member("day").date(),
        empty: asked.member("empty").truth(),
        done: asked.member("done").list().into_iter().map(Exchange::read).collect(),
    };
    if !document.is_clean() {
        return document.finish(reply);
    }
    if let Some((ask, request)) = trial.next(config) {
        reply.ask = Some(ask);
        reply.request = Some(request);
        return Ok(reply);
    }
    reply.findings = findings(config, &trial);
    reply.headline = Some(headline(&reply.findings));
    Ok(reply)
}

/// The council and its endpoint.
fn plan(council: &Council) -> Reply {
    let config = &council.delivery;
    let endpoint = Some(&config.endpoint).filter(|_| config.send != SendBy::None);
    Reply {
        id: council.id.clone(),
        name: council.name.clone(),
        send: Some(config.send),
        url: endpoint.map(|endpoint| endpoint.url.clone()),
        method: endpoint.map(|endpoint| endpoint.method),
        encoding: endpoint.map(|endpoint| endpoint.encoding),
        seconds: endpoint.map(|endpoint| endpoint.timeout_seconds),
        twice: endpoint.is_some_and(|endpoint| endpoint.idempotency.is_some()),
        files: endpoint.is_some() && config.files.is_some(),
        ..Reply::default()
    }
}

impl Exchange {
    fn read(place: Place<'_>) -> Self {
        let ask: Purpose = place.member("ask").id();
        let end = place.member("end");
        let end = match end.text() {
            "answered" => End::Answered(ReadableResponse::read(place)),
            "opaque" => End::Opaque,
            "nothing" => End::Nothing,
            "late" => End::Late,
            "blocked" => End::Blocked(place.member("directive").owned_text()),
            "opened" => End::Opened,
            _ => {
                end.note("is not known");
                End::Nothing
            }
        };
        Self { ask, end }
    }
}

impl ReadableResponse {
    fn read(place: Place<'_>) -> Self {
        let text = |key: &str| place.member(key).owned_text();
        let pair = |row: Place<'_>| {
            let mut texts = row.texts().into_iter();
            (texts.next().unwrap_or_default(), texts.next().unwrap_or_default())
        };
        Self {
            status: u16::try_from(place.member("status").number()).unwrap_or_default(),
            redirected_to: text("redirected_to"),
            headers: place.member("headers").list().into_iter().map(pair).collect(),
            body: text("body"),
            cookies: text("cookies"),
            milliseconds: place.member("milliseconds").number(),
            is_cut: place.member("is_cut").truth(),
        }
    }
}
