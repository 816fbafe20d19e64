//! What a browser may do with the pages: the Content Security Policy, and the other headers every answer carries.
//!
//! Nothing is allowed but what the app needs: its own files, WebAssembly, the inline scripts that stand in `index.html`
//! (each by its SHA-256), and the places a council's file says submissions go to. Pages may be framed by their own site
//! alone. There is no inline style, no `eval`, no plugin and no form that goes elsewhere.

use std::collections::BTreeSet;

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The headers that are the same for every page and every host.
pub const HEADERS: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), \
         fullscreen=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), \
         picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), \
         xr-spatial-tracking=()",
    ),
];

/// The policy for an `index.html` whose app also sends to the origins of `connect`.
pub fn content_security_policy(index_html: &str, connect: &[String]) -> String {
    let mut scripts = vec!["'self'".to_owned(), "'wasm-unsafe-eval'".to_owned()];
    scripts.extend(inline_scripts(index_html).into_iter().map(|script| {
        // A browser hashes the text after it has made every line end a line feed.
        let text = script.replace("\r\n", "\n").replace('\r', "\n");
        format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())))
    }));
    let scripts = scripts.join(" ");
    let connect = [&["'self'".to_owned()], connect].concat().join(" ");
    format!(
        "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src {connect}; form-action 'self'; base-uri 'none'; frame-ancestors 'self'; object-src 'none'"
    )
}

/// The origins of the web addresses in the `delivery` of a council's file.
pub fn delivery_origins(council: &Value) -> BTreeSet<String> {
    let mut origins = BTreeSet::new();
    if let Some(delivery) = council.get("delivery") {
        gather_origins(delivery, &mut origins);
    }
    origins
}

fn gather_origins(value: &Value, origins: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => origins.extend(origin(text)),
        Value::Array(entries) => entries.iter().for_each(|entry| gather_origins(entry, origins)),
        Value::Object(members) => members.values().for_each(|member| gather_origins(member, origins)),
        _ => {}
    }
}

/// The origin of a web address, if it is one and can stand in a policy as it is.
pub fn origin(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let plain = !host.is_empty()
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']'));
    (matches!(scheme, "https" | "http") && plain).then(|| format!("{scheme}://{host}"))
}

/// The text of every script that a browser would run from the page itself: no `src`, and not a block of data.
fn inline_scripts(html: &str) -> Vec<&str> {
    let mut scripts = Vec::new();
    let mut rest = html;
    while let Some(start) = find(rest, "<") {
        rest = rest.get(start..).unwrap_or_default();
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = after(comment, "-->");
        } else if let Some(tag) = tag_named(rest, "script") {
            let (attributes, inside) = tag;
            let end = find(inside, "</script").unwrap_or(inside.len());
            let (text, left) = inside.split_at(end);
            if runs_inline(&attributes) && !text.is_empty() {
                scripts.push(text);
            }
            rest = left.get(1..).unwrap_or_default();
        } else {
            rest = rest.get(1..).unwrap_or_default();
        }
    }
    scripts
}

fn runs_inline(attributes: &[(String, &str)]) -> bool {
    let of = |name: &str| attributes.iter().find(|(known, _)| known == name).map(|(_, value)| *value);
    let is_data = of("type").is_some_and(|kind| {
        let kind = kind.trim().to_ascii_lowercase();
        kind == "application/json" || kind == "application/ld+json"
    });
    of("src").is_none() && !is_data
}

/// The attributes of an opening tag and what follows it, if the text starts with one of that name.
fn tag_named<'a>(html: &'a str, name: &str) -> Option<(Vec<(String, &'a str)>, &'a str)> {
    let opening = html.get(1..=name.len()).filter(|found| found.eq_ignore_ascii_case(name))?;
    let mut rest = html.get(1 + opening.len()..)?;
    if !rest.starts_with(|next: char| next.is_ascii_whitespace() || matches!(next, '>' | '/')) {
        return None;
    }
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|next: char| next.is_ascii_whitespace() || next == '/');
        if let Some(inside) = rest.strip_prefix('>') {
            return Some((attributes, inside));
        }
        let end = rest.find(|next: char| next.is_ascii_whitespace() || matches!(next, '=' | '>' | '/'))?;
        let (key, left) = rest.split_at(end.max(1));
        let (value, left) = match left.trim_start().strip_prefix('=') {
            Some(valued) => attribute_value(valued.trim_start())?,
            None => ("", left),
        };
        attributes.push((key.to_ascii_lowercase(), value));
        rest = left;
    }
}

fn attribute_value(text: &str) -> Option<(&str, &str)> {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote);
        }
    }
    Some(text.split_at(text.find(|next: char| next.is_ascii_whitespace() || next == '>')?))
}

fn find(text: &str, what: &str) -> Option<usize> {
    text.as_bytes().windows(what.len()).position(|window| window.eq_ignore_ascii_case(what.as_bytes()))
}

fn after<'a>(text: &'a str, what: &str) -> &'a str {
    find(text, what).and_then(|start| text.get(start + what.len()..)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_scripts_that_run_from_the_page_are_hashed() {
        let html = r#"<!doctype html><html><head>
            <!-- <script>never()</script> -->
            <script type="module" data-odd="a > b">start('<b>');</script>
            <script src="/app.js">not run</script>
            <SCRIPT TYPE='application/json'>{"data": true}</SCRIPT>
            <script type=application/ld+json>{}</script>
            <scripture>no</scripture>
            <script
              nomodule>old()</script ></head><script></script><p>été</p><script>last"#;
        assert_eq!(inline_scripts(html), ["start('<b>');", "old()", "last"]);
    }

    #[test]
    fn the_policy_is_strict_and_holds_the_hash_that_browsers_ask_for() {
        // The example of the CSP specification: https://www.w3.org/TR/CSP3/#external-hash is over the same text.
        let policy = content_security_policy("<script>alert('Hello, world.');</script>", &[]);
        assert_eq!(
            policy,
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' \
             'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='; style-src 'self'; img-src 'self' data:; \
             font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'; \
             object-src 'none'"
        );
        let crlf = content_security_policy("<script>a\r\nb</script>", &[]);
        assert_eq!(crlf, content_security_policy("<script>a\nb</script>", &[]));
    }

    #[test]
    fn the_places_submissions_go_to_are_allowed_by_origin_and_nothing_else_of_the_file_is() {
        let council = json!({
            "website": "https://elsewhere.example/",
            "delivery": [
                { "kind": "json", "url": "https://forms.council.example:8443/api/x?y=1" },
                { "kind": "json", "url": "/api/submissions" },
                { "kind": "odd", "url": "https://a b; script-src *" },
                { "kind": "mail", "to": "mailto:complaints@council.example" },
            ],
        });
        let origins: Vec<_> = delivery_origins(&council).into_iter().collect();
        assert_eq!(origins, ["https://forms.council.example:8443"]);
        assert!(
            content_security_policy("", &origins).contains("connect-src 'self' https://forms.council.example:8443;")
        );
        assert_eq!(delivery_origins(&json!({})), BTreeSet::new());
    }
}
