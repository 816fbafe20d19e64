//! Values of a response in the words of a finding.

use putright_domain::{
    data::at_pointer,
    delivery::{config::Test, response::Refusal},
    json::{self, Value},
};

use crate::trial::ReadableResponse;

/// A text with its marks filled in, once: a mark in what is put in is text.
pub fn filled(text: &str, marks: &[(&str, String)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let found = marks.iter().find_map(|(mark, value)| Some((value.as_str(), from.strip_prefix(*mark)?)));
        let (put, behind) = found.unwrap_or(("{", from.strip_prefix('{').unwrap_or_default()));
        out.push_str(put);
        rest = behind;
    }
    out.push_str(rest);
    out
}

pub fn json(heard: &ReadableResponse) -> Value {
    json::parse(&heard.body).unwrap_or_default()
}

pub fn in_words(said: &[Refusal]) -> Vec<String> {
    let one = |refusal: &Refusal| {
        let between = if refusal.pointer.is_empty() { "" } else { ": " };
        [refusal.pointer.as_str(), between, &refusal.detail].concat()
    };
    said.iter().map(one).collect()
}

pub fn reads_json(test: &Test) -> bool {
    match test {
        Test::Present(_) | Test::Absent(_) | Test::FilesSent(_) => true,
        Test::Any(tests) => tests.iter().any(reads_json),
        Test::TextIs(_) | Test::Contains(_) | Test::Empty => false,
    }
}

/// Describes the condition of a test, and the value that is there instead.
pub fn wanted(test: &Test, json: &Value) -> String {
    match test {
        Test::Present(pointer) => {
            let there = match at_pointer(json, pointer) {
                None => "nothing is there",
                Some(Value::Null) => "null is there",
                Some(Value::Array(_) | Value::Object(_)) => "a list or an object is there",
                Some(_) => "what is there is empty, false or 0",
            };
            ["JSON with something at ", pointer, " (", there, ")"].concat()
        }
        Test::Absent(pointer) => ["JSON with nothing at ", pointer, " (something is there)"].concat(),
        Test::FilesSent(pointer) => ["JSON with the number of files sent at ", pointer, " (another is there)"].concat(),
        Test::TextIs(whole) => ["the text ", whole, " and nothing else"].concat(),
        Test::Contains(part) => ["the text ", part, " somewhere in it"].concat(),
        Test::Empty => String::from("nothing at all"),
        Test::Any(tests) => {
            let each: Vec<String> = tests.iter().map(|test| wanted(test, json)).collect();
            each.join(", or ")
        }
    }
}

/// How much of a body is shown with a finding.
const MOST_SHOWN: usize = 200;

pub fn beginning(heard: &ReadableResponse) -> Vec<String> {
    let text: String = heard.body.trim().chars().take(MOST_SHOWN).collect();
    vec![if text.is_empty() { String::from("(nothing)") } else { text }]
}

/// Seconds with one digit behind the point.
pub fn tenths(milliseconds: u32) -> String {
    let tenths = milliseconds.saturating_add(50) / 100;
    [(tenths / 10).to_string().as_str(), ".", (tenths % 10).to_string().as_str()].concat()
}
