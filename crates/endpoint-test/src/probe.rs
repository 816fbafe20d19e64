//! How the page `check.html` and a dry run talk: JSON in, JSON out, and nothing kept between.

use crate::{
    diagnose::findings,
    finding::{Finding, headline},
    trial::{End, Exchange, Purpose, ReadableResponse, Trial},
};
use putright_domain::{
    council::Council,
    data::{Document, InvalidFile, Place},
    delivery::config::{Endpoint, SendBy},
    submission::write::Writer,
};

/// The file name in an error about the page's own input.
const PAGE: &str = "check.js";

/// Answers the page: what to ask next, or what was found; what is wrong with the council's file, where it cannot be read.
///
/// In: `file` and `text` of the council's file, and, but for the first question, `origin`, `online`, `id`, `day`, `empty` and `done`.
pub fn answer(input: &str) -> String {
    let mut out = Writer(String::from("{"));
    if let Err(fault) = told(input, &mut out) {
        out = Writer(String::from("{"));
        out.text("fault", &fault.to_string());
    }
    out.close('}');
    out.0
}

fn told(input: &str, out: &mut Writer) -> Result<(), InvalidFile> {
    let document = Document::parse(PAGE, input)?;
    let asked = document.root();
    let council = Council::parse(asked.member("file").text(), asked.member("text").text())?;
    let config = &council.delivery;
    out.text("id", &council.id);
    out.text("name", &council.name);
    out.text("send", config.send.id());
    if config.send != SendBy::None {
        address(out, &config.endpoint);
        out.truth("files", config.files.is_some());
    }
    // Before anything is asked, only the file is looked at.
    if asked.value().get("done").is_none() {
        return Ok(());
    }
    let text = |key: &str| asked.member(key).owned_text();
    let trial = Trial {
        council: council.id,
        page: text("origin"),
        online: asked.member("online").truth(),
        id: text("id"),
        day: text("day"),
        empty: asked.member("empty").truth(),
        done: asked.member("done").list().into_iter().map(Exchange::read).collect(),
    };
    if !document.is_clean() {
        return document.finish(());
    }
    if let Some((ask, request)) = trial.next(config) {
        out.text("ask", ask.id());
        out.key("request");
        out.0.push_str(&request.to_json());
        return Ok(());
    }
    let found = findings(config, &trial);
    out.text("headline", headline(&found));
    out.open("findings", '[');
    for finding in &found {
        finding.write(out);
    }
    out.close(']');
    Ok(())
}

fn address(out: &mut Writer, endpoint: &Endpoint) {
    out.text("url", &endpoint.url);
    out.text("method", endpoint.method.id());
    out.text("encoding", endpoint.encoding.id());
    out.number("seconds", &endpoint.timeout_seconds.to_string());
    out.truth("twice", endpoint.idempotency.is_some());
}

impl Finding {
    fn write(&self, out: &mut Writer) {
        out.separate();
        out.0.push('{');
        out.text("about", self.about.id());
        out.text("verdict", self.verdict.id());
        out.text("side", self.side.id());
        out.text("title", self.title);
        for (key, texts) in [("says", &self.says), ("lines", &self.lines)] {
            out.open(key, '[');
            for text in texts {
                out.item(text);
            }
            out.close(']');
        }
        out.close('}');
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
