//! The body of a request: fields filled from the submission, as JSON, a form or parts.

use super::{Body, BodyPart, RequestContext, Truncation};
use crate::{
    data::at_pointer,
    delivery::{
        attachments::Attachment,
        config::{Encoding, Endpoint, Source},
        file_rules::{FileRules, SendFiles},
    },
    json::{self, Value},
    key_map::KeyMap,
};

/// How a text that was cut ends, so that whoever reads it knows.
const CUT: &str = " […]";

/// The fields with a value, in words, and where each stands.
fn values(endpoint: &Endpoint, material: RequestContext<'_>, cut: &mut Vec<Truncation>) -> Vec<(String, Value)> {
    let submission = json::parse(material.json).unwrap_or_default();
    let mut values = Vec::new();
    for rule in &endpoint.fields {
        let found = match &rule.source {
            Source::From(pointer) => at_pointer(&submission, pointer).cloned().unwrap_or_default(),
            Source::Value(text) => text.as_str().into(),
            Source::Template(template) => Value::String(filled(template, &submission, material)),
        };
        let is_constant = matches!(rule.source, Source::Value(_));
        let keeps_shape = endpoint.encoding == Encoding::Json && rule.max.is_none() && !found.is_string();
        let value = if keeps_shape && !found.is_null() { found } else { Value::String(in_words(&found)) };
        let value = match value {
            Value::String(text) if text.is_empty() && !is_constant => rule.otherwise.as_str().into(),
            Value::String(text) => match rule.max {
                Some(max) if text.chars().count() > max => {
                    cut.push(Truncation { target: rule.target.clone(), max, length: text.chars().count() });
                    let kept = max.saturating_sub(CUT.chars().count());
                    Value::String(text.chars().take(kept).chain(CUT.chars().take(max)).collect())
                }
                _ => Value::String(text),
            },
            other => other,
        };
        if value.as_str() != Some("") || is_constant {
            values.push((rule.target.clone(), value));
        }
    }
    values
}

/// A value as a form's field holds it.
fn in_words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(truth) => if *truth { "yes" } else { "no" }.to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(in_words).collect::<Vec<_>>().join(", "),
        Value::Number(_) | Value::Object(_) => value.to_json(),
    }
}

/// A template with its marks filled in, once: a mark that a person wrote is text.
fn filled(template: &str, submission: &Value, material: RequestContext<'_>) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((mark, behind)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match mark {
            "summary" => out.push_str(material.summary),
            "json" => out.push_str(material.json),
            pointer if pointer.starts_with('/') => {
                out.push_str(&at_pointer(submission, pointer).map(in_words).unwrap_or_default());
            }
            other => {
                for part in ["{", other, "}"] {
                    out.push_str(part);
                }
            }
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

pub(super) fn json_body(
    endpoint: &Endpoint,
    material: RequestContext<'_>,
    key: Option<&str>,
    cut: &mut Vec<Truncation>,
) -> Body {
    let base64 = match material.rules {
        Some(FileRules { send: SendFiles::Base64 { field }, .. }) if !material.files.is_empty() => Some(field),
        _ => None,
    };
    let text = if endpoint.fields.is_empty() && key.is_none() && base64.is_none() {
        material.json.to_owned()
    } else {
        let mut body = Value::Object(KeyMap::default());
        if endpoint.fields.is_empty() {
            body = json::parse(material.json).unwrap_or_default();
        }
        for (target, value) in values(endpoint, material, cut) {
            set(&mut body, &target, value);
        }
        if let Some(name) = key {
            set(&mut body, name, material.id.into());
        }
        if let Some(field) = base64 {
            let submission = json::parse(material.json).unwrap_or_default();
            set(&mut body, field, submission.get("files").cloned().unwrap_or_default());
        }
        body.to_json()
    };
    match material.rules {
        Some(FileRules { send: SendFiles::Multipart { part: Some(part), field }, .. })
            if !material.files.is_empty() =>
        {
            let json = BodyPart::Text { name: part.clone(), text, is_json: true };
            Body::Parts([json].into_iter().chain(file_parts(field, material.files)).collect())
        }
        _ => Body::Text(text),
    }
}

pub(super) fn pairs_body(
    endpoint: &Endpoint,
    material: RequestContext<'_>,
    key: Option<&str>,
    cut: &mut Vec<Truncation>,
) -> Body {
    let values = values(endpoint, material, cut).into_iter();
    let mut pairs: Vec<(String, String)> = values.map(|(target, value)| (target, in_words(&value))).collect();
    if let Some(name) = key {
        pairs.push((name.to_owned(), material.id.to_owned()));
    }
    match endpoint.encoding {
        Encoding::Text => Body::Text(pairs.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n\n")),
        Encoding::Multipart => {
            let texts = pairs.into_iter().map(|(name, text)| BodyPart::Text { name, text, is_json: false });
            let field = match material.rules {
                Some(FileRules { send: SendFiles::Multipart { field, .. }, .. }) => field.as_str(),
                _ => "file",
            };
            Body::Parts(texts.chain(file_parts(field, material.files)).collect())
        }
        Encoding::Form | Encoding::Json => Body::Form(pairs),
    }
}

fn file_parts(field: &str, files: &[Attachment]) -> impl Iterator<Item = BodyPart> {
    files.iter().map(move |file| BodyPart::File { name: field.to_owned(), file: file.clone() })
}

/// The key that a step of a JSON pointer names: `~1` stands for `/`, `~0` for `~`.
fn key_of(step: &str) -> String {
    let mut parts = step.split('~');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (sign, rest) = match part.as_bytes().first() {
            Some(b'1') => ("/", part.get(1..)),
            Some(b'0') => ("~", part.get(1..)),
            _ => ("~", Some(part)),
        };
        text.extend([sign, rest.unwrap_or_default()]);
    }
    text
}

/// Puts a value where a JSON pointer says. Objects on the way are made; what stands there is replaced.
pub(super) fn set(value: &mut Value, pointer: &str, new: Value) {
    let mut steps: Vec<String> = pointer.split('/').skip(1).map(key_of).collect();
    let Some(last) = steps.pop() else { return };
    let mut here = value;
    for step in steps {
        let Some(members) = members(here) else { return };
        if members.get(&step).is_none() {
            members.insert(&step, Value::Null);
        }
        let Some(member) = members.get_mut(&step) else { return };
        here = member;
    }
    if let Some(members) = members(here) {
        members.put(last, new);
    }
}

/// The members of an object, made where there was none.
fn members(value: &mut Value) -> Option<&mut KeyMap<Value>> {
    if !value.is_object() {
        *value = Value::Object(KeyMap::default());
    }
    match value {
        Value::Object(members) => Some(members),
        _ => None,
    }
}
