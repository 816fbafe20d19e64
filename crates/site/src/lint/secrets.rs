//! Secrets in a council's file. The browser reads that file, so everybody can: a key in it opens the backend to all.

use putright_domain::data::pointer_step;
use serde_json::Value;

use super::{Findings, checked::Checked};

const PUBLIC: &str = "Everything in this file is public: anybody can read it in the browser";
const INSTEAD: &str = "Take it out, make it void where it was made, and send to a small program of your own that adds it \
                       on your server";

/// Names of headers, fields and parts of an address that hold a secret, without `-`, `_` and case.
const SECRET: [&str; 19] = [
    "authorization",
    "proxyauthorization",
    "cookie",
    "apikey",
    "xapikey",
    "accesstoken",
    "authtoken",
    "xauthtoken",
    "bearer",
    "token",
    "apitoken",
    "secret",
    "clientsecret",
    "password",
    "passwd",
    "subscriptionkey",
    "ocpapimsubscriptionkey",
    "xfunctionskey",
    "privatekey",
];
/// Parts of an address that let whoever has it in, where the service has no other way.
const SIGNED: [&str; 5] = ["sig", "signature", "hmac", "code", "key"];
/// The prefixes of secrets of well-known makers.
const BEGINS: [&str; 8] = ["sk_live_", "sk-", "ghp_", "github_pat_", "xoxb-", "xoxp-", "AKIA", "-----BEGIN"];
/// The shortest secret. A shorter text is a word.
const SHORTEST: usize = 20;
/// The prefixes of a header that grants access.
const IN_HEADERS: [&str; 2] = ["Bearer ", "Basic "];

/// Looks for them in all that the file says of delivery.
pub fn check(checked: &Checked<'_>, found: &mut Findings) {
    look(checked, checked.own, "", found);
}

fn look(checked: &Checked<'_>, value: &Value, pointer: &str, found: &mut Findings) {
    match value {
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                look(checked, item, &format!("{pointer}/{at}"), found);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                let inner = format!("{pointer}{}", pointer_step(name));
                let constant = match () {
                    () if pointer.ends_with("/headers") => member.as_str(),
                    () if pointer.ends_with("/fields") => member.get("value").and_then(Value::as_str),
                    () => None,
                };
                if is_secret(name) && constant.is_some_and(|text| !text.is_empty()) {
                    let problem = format!("looks like a secret. {PUBLIC}. {INSTEAD}");
                    found.errors.push(checked.fault(&inner, problem));
                } else {
                    look(checked, member, &inner, found);
                }
            }
        }
        Value::String(text) => text_at(checked, text, pointer, found),
        _ => {}
    }
}

fn text_at(checked: &Checked<'_>, text: &str, pointer: &str, found: &mut Findings) {
    // Three parts of base64url, of which the first two begin as JSON does.
    let is_token = text.starts_with("eyJ") && text.split('.').count() == 3;
    let is_key = text.len() >= SHORTEST && BEGINS.iter().any(|begin| text.starts_with(begin));
    let lets_in = pointer.contains("/headers/") && IN_HEADERS.iter().any(|begin| text.starts_with(begin));
    if is_token || is_key || lets_in {
        found.errors.push(checked.fault(pointer, format!("looks like a secret. {PUBLIC}. {INSTEAD}")));
    }
    if !pointer.ends_with("/url") {
        return;
    }
    let host = text.split_once("://").and_then(|(_, rest)| rest.split(['/', '?', '#']).next());
    if host.is_some_and(|host| host.contains('@')) {
        let problem = format!("has a user’s name or a password before the @. {PUBLIC}. {INSTEAD}");
        found.errors.push(checked.fault(pointer, problem));
    }
    let query = text.split_once('?').map_or("", |(_, query)| query);
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if value.is_empty() {
            continue;
        }
        if is_secret(&name) {
            let problem = format!("has a secret in it, \"{name}\". {PUBLIC}. {INSTEAD}");
            found.errors.push(checked.fault(pointer, problem));
        } else if SIGNED.contains(&plain(&name).as_str()) {
            let problem = format!(
                "has a signature or key in it, \"{name}\". {PUBLIC}, and whoever has this address can send to it. Let it \
                 take submissions and nothing else, and expect some that are not from the form"
            );
            found.warnings.push(checked.fault(pointer, problem));
        }
    }
}

fn is_secret(name: &str) -> bool {
    SECRET.contains(&plain(name).as_str())
}

fn plain(name: &str) -> String {
    // Of a JSON pointer, the last step.
    let name = name.rsplit('/').next().unwrap_or_default();
    name.chars().filter(|character| !matches!(character, '-' | '_')).collect::<String>().to_ascii_lowercase()
}
