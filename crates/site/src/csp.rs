//! Builds the Content Security Policy of the pages, and the other headers that every response carries.
//!
//! Nothing is allowed but what the app needs: its own files, WebAssembly, the scripts and the styles that stand in `index.html`
//! itself (each by its SHA-256), and the places a council's file says submissions go to: where the page itself sends, and where a
//! form of its opens a page of the council's. Pages may be framed by their own site, and by those that a council's file allows. There is no `style` attribute, no
//! `eval` and no plugin.

use std::collections::BTreeSet;

use base64::{Engine, engine::general_purpose::STANDARD};
use putright_domain::{
    data::Document,
    delivery::config::{DeliveryConfig, SendBy},
};
use sha2::{Digest, Sha256};

use crate::{
    embed,
    markup::{Tag, tags},
    no_js_form::{Own, Way},
    origin::origin,
};

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

/// The policy for an `index.html` whose app also sends to these places.
pub fn content_security_policy(index_html: &str, places: &Places) -> String {
    let by_hash = |own: &str, texts: Vec<&str>| {
        let hashes = texts.into_iter().map(|text| {
            // A browser hashes the text after it has made every line end a line feed.
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())))
        });
        [own.to_owned()].into_iter().chain(hashes).collect::<String>()
    };
    let scripts = by_hash("'self' 'wasm-unsafe-eval'", inline_scripts(index_html));
    let styles = by_hash("'self'", inline_styles(index_html));
    let with_self = |origins: &BTreeSet<String>| {
        ["'self'"].into_iter().chain(origins.iter().map(String::as_str)).collect::<Vec<_>>().join(" ")
    };
    let [connect, form, frame] = [&places.connect, &places.form, &places.frame].map(with_self);
    format!(
        "default-src 'none'; script-src {scripts}; style-src {styles}; img-src 'self' data:; font-src 'self'; \
         connect-src {connect}; form-action {form}; base-uri 'none'; frame-ancestors {frame}; object-src 'none'"
    )
}

/// The policy of a page that has no script. `goes`: where its form may go.
pub fn without_script(goes: &str) -> String {
    format!(
        "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action {goes}; base-uri 'none'"
    )
}

/// The origins, other than its own, that a page sends to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The origins that the page itself sends to, and reads the response of.
    pub connect: BTreeSet<String>,
    /// The origins that a form of the page is handed to.
    pub form: BTreeSet<String>,
    /// The origins whose pages may show this one in a frame.
    pub frame: BTreeSet<String>,
}

impl Places {
    /// Returns the origins of a council's file. A file that cannot be read has none: `putright check` reports its
    /// problems.
    pub fn of_file(text: &str) -> Self {
        let read = || {
            let document = Document::parse("", text)?;
            let delivery = DeliveryConfig::read(document.root().member("delivery"));
            document.finish(delivery)
        };
        let sent_to = read().map(|delivery| Self::of(&delivery).and(Self::of_plain(text, &delivery)));
        Self { frame: embed::allowed(text), ..sent_to.unwrap_or_default() }
    }

    fn of_plain(text: &str, delivery: &DeliveryConfig) -> Self {
        let own = Own::read("", text).unwrap_or_default();
        Self::of_form(&Way::choose(delivery, own.as_ref(), "", &[]))
    }

    /// Returns the places of a plain form.
    pub fn of_form(way: &Way) -> Self {
        Self { form: way.address().and_then(origin).into_iter().collect(), ..Self::default() }
    }

    /// Returns the origins of a delivery.
    pub fn of(delivery: &DeliveryConfig) -> Self {
        let mut places = Self::default();
        for destination in destinations(delivery) {
            let origins = match destination.directive {
                CONNECT => &mut places.connect,
                _ => &mut places.form,
            };
            origins.extend(origin(destination.url));
        }
        places
    }

    /// Adds the origins of `other`.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.connect.extend(other.connect);
        self.form.extend(other.form);
        self.frame.extend(other.frame);
        self
    }
}

/// The directive for what the page itself sends.
pub const CONNECT: &str = "connect-src";
/// The directive for forms.
pub const FORM: &str = "form-action";

/// An address that something goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination<'a> {
    /// Its place in the delivery, as a JSON pointer.
    pub pointer: String,
    /// The address.
    pub url: &'a str,
    /// The directive that allows it.
    pub directive: &'static str,
}

/// Every address that a delivery sends to.
pub fn destinations(delivery: &DeliveryConfig) -> Vec<Destination<'_>> {
    let mut found = Vec::new();
    let mut find = |pointer: String, url, directive| found.push(Destination { pointer, url, directive });
    let endpoint = &delivery.endpoint;
    match delivery.send {
        SendBy::Fetch => {
            find("/url".to_owned(), endpoint.url.as_str(), CONNECT);
            if let Some(csrf) = &endpoint.csrf {
                find("/csrf/url".to_owned(), csrf.url.as_str(), CONNECT);
            }
        }
        SendBy::Navigate => find("/url".to_owned(), endpoint.url.as_str(), FORM),
        SendBy::None => {}
    }
    for (at, fallback) in delivery.fallbacks.iter().enumerate() {
        if let Some(form) = &fallback.form {
            find(format!("/fallbacks/{at}/form/url"), form.url.as_str(), FORM);
        }
    }
    found
}

/// Returns whether an address names a site. A path on the page's own site does not.
pub fn is_of_another_site(address: &str) -> bool {
    address.contains("://") || address.starts_with("//")
}

/// Returns whether a policy allows a destination, as CSP 3 matches sources. Paths in a source are ignored, because
/// Putright writes none.
pub fn allows(policy: &str, destination: &Destination<'_>) -> bool {
    let mut directives = policy.split(';').filter_map(|directive| {
        let mut words = directive.split_ascii_whitespace();
        Some((words.next()?.to_ascii_lowercase(), words.collect::<Vec<_>>()))
    });
    let directives: Vec<_> = directives.by_ref().collect();
    let named = |name: &str| directives.iter().find(|(known, _)| known == name).map(|(_, sources)| sources);
    // What a page fetches falls back on default-src; where its forms go does not.
    let fallback = if destination.directive == CONNECT { named("default-src") } else { None };
    let Some(sources) = named(destination.directive).or(fallback) else { return true };
    let Some(origin) = origin(destination.url) else {
        return sources.iter().any(|source| matches!(*source, "'self'" | "*"));
    };
    let (scheme, host) = origin.split_once("://").unwrap_or_default();
    sources.iter().any(|source| {
        let source = source.trim_end_matches('/');
        source == "*"
            || source.eq_ignore_ascii_case(&origin)
            || source.eq_ignore_ascii_case(host)
            || source.strip_suffix(':') == Some(scheme)
            || source
                .rsplit("://")
                .next()
                .and_then(|source| source.strip_prefix('*'))
                .is_some_and(|end| end.starts_with('.') && host.ends_with(end))
    })
}

/// The text of every script that a browser would run from the page itself: no `src`, and not a block of data.
fn inline_scripts(html: &str) -> Vec<&str> {
    let runs = |tag: &Tag<'_>| {
        let is_data = tag.attribute("type").is_some_and(|kind| {
            let kind = kind.trim().to_ascii_lowercase();
            kind == "application/json" || kind == "application/ld+json"
        });
        tag.name == "script" && tag.attribute("src").is_none() && !is_data && !tag.text.is_empty()
    };
    tags(html).filter(runs).map(|tag| tag.text).collect()
}

/// The text of every style in the page itself.
fn inline_styles(html: &str) -> Vec<&str> {
    tags(html).filter(|tag| tag.name == "style").map(|tag| tag.text).collect()
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
        let policy = content_security_policy("<script>alert('Hello, world.');</script>", &Places::default());
        assert_eq!(
            policy,
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' \
             'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='; style-src 'self'; img-src 'self' data:; \
             font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'; \
             object-src 'none'"
        );
        let with = |html| content_security_policy(html, &Places::default());
        assert_eq!(with("<script>a\r\nb</script>"), with("<script>a\nb</script>"));
        let styled = with("<style>alert('Hello, world.');</style>");
        let expected = "script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=';";
        assert!(styled.contains(expected), "{styled}");
    }

    fn places(delivery: &serde_json::Value) -> Places {
        Places::of_file(&json!({ "website": "https://elsewhere.example/", "delivery": delivery }).to_string())
    }

    #[test]
    fn where_the_page_sends_and_where_its_forms_go_are_two_things_and_nothing_else_of_the_file_is_allowed() {
        let places = places(&json!({
            "preset": "aspnet",
            "url": "https://forms.council.example:8443/api/x?y=1",
            "csrf": { "url": "https://tokens.council.example/t", "read": "text", "header": "X-Token" },
            "headers": { "X-Page": "https://nowhere.example/" },
            "fallbacks": [
                "print", { "email": { "address": "complaints@council.example" } },
                { "form": { "url": "https://old.council.example/form", "fields": { "message": { "template": "{summary}" } } } },
            ],
        }));
        let policy = content_security_policy("", &places);
        let connect = "connect-src 'self' https://forms.council.example:8443 https://tokens.council.example;";
        assert!(policy.contains(connect), "{policy}");
        assert!(policy.contains("form-action 'self' https://old.council.example;"), "{policy}");
    }

    #[test]
    fn a_form_s_own_page_is_no_place_to_connect_to_and_nothing_sent_goes_nowhere() {
        let by_form = places(&json!({ "preset": "form-handler", "url": "https://www.council.example/complain" }));
        assert!(by_form.connect.is_empty());
        assert_eq!(by_form.form.into_iter().collect::<Vec<_>>(), ["https://www.council.example"]);
        assert_eq!(places(&json!({ "preset": "no-endpoint", "url": "https://a.example" })), Places::default());
        assert_eq!(places(&json!({ "url": "api/submissions" })), Places::default());
        assert_eq!(places(&json!({ "url": "https://a b; script-src *" })), Places::default());
        assert_eq!(Places::of_file("{}"), Places::default());
    }

    #[test]
    fn a_policy_allows_what_it_names() {
        let to = |url, directive| Destination { pointer: String::new(), url, directive };
        let there = "https://forms.council.example";
        for (policy, allowed) in [
            ("connect-src 'self' https://forms.council.example", true),
            ("connect-src https://*.council.example", true),
            ("connect-src https:", true),
            ("connect-src *", true),
            ("connect-src forms.council.example/", true),
            ("img-src 'self'", true),
            ("default-src 'none'", false),
            ("default-src *; connect-src 'self'", false),
            ("connect-src https://forms.council.example:8443", false),
            ("connect-src *.example.council", false),
            ("form-action https://forms.council.example; connect-src 'none'", false),
        ] {
            assert_eq!(allows(policy, &to(there, CONNECT)), allowed, "{policy}");
        }
        assert!(allows("connect-src 'self'", &to("api/submissions", CONNECT)));
        assert!(!allows("connect-src https:", &to("api/submissions", CONNECT)));
        assert!(allows("default-src 'none'", &to(there, FORM)), "forms fall back on nothing");
        assert!(!allows("form-action 'self'", &to(there, FORM)));
    }
}
