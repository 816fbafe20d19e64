//! The rules of browsers for requests to another origin: origins, preflights and the headers that a server must answer with.

use putright_domain::delivery::{
    config::{Credentials, Endpoint, InRequest, Method},
    request::Request,
};

/// The origin of an absolute address, as browsers write it.
pub fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?.to_ascii_lowercase();
    let usual = if scheme == "https" { ":443" } else { ":80" };
    Some([scheme, "://", host.strip_suffix(usual).unwrap_or(&host)].concat())
}

pub fn is_loopback(origin: &str) -> bool {
    let host = origin.split_once("://").map(|(_, host)| host).unwrap_or_default();
    ["127.0.0.1", "localhost", "[::1]"]
        .iter()
        .any(|own| host.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with(':')))
}

/// The headers for which a browser asks another origin first, the token's among them: those that the Fetch standard does not
/// let pass (<https://fetch.spec.whatwg.org/#cors-safelisted-request-header>).
pub fn asked_first(request: &Request) -> Vec<String> {
    let plain = |name: &str, value: &str| {
        let kind = value.split(';').next().unwrap_or_default();
        ["accept", "accept-language", "content-language"].iter().any(|safe| name.eq_ignore_ascii_case(safe))
            || (name.eq_ignore_ascii_case("content-type")
                && ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"].contains(&kind))
    };
    let sent = request.headers.iter().filter(|(name, value)| !plain(name, value)).map(|(name, _)| name.clone());
    let token = match request.csrf.as_ref().map(|csrf| &csrf.put) {
        Some(InRequest::Header(name)) => Some(name.clone()),
        _ => None,
    };
    sent.chain(token).collect()
}

/// Returns whether a browser sends a preflight to another origin before this request.
pub fn has_preflight(request: &Request) -> bool {
    request.method == Method::Put || !asked_first(request).is_empty()
}

/// The headers that a server of another origin must answer with, as lines.
pub fn cors_headers(page: &str, endpoint: &Endpoint, request: &Request) -> Vec<String> {
    let mut lines = vec![["Access-Control-Allow-Origin: ", page].concat()];
    if has_preflight(request) {
        lines.push(["Access-Control-Allow-Methods: ", request.method.id()].concat());
        let headers = asked_first(request);
        if !headers.is_empty() {
            lines.push(["Access-Control-Allow-Headers: ", &headers.join(", ")].concat());
        }
    }
    if request.credentials == Credentials::Include {
        lines.push(String::from("Access-Control-Allow-Credentials: true"));
    }
    lines.push(["Access-Control-Expose-Headers: ", &exposed(endpoint).join(", ")].concat());
    lines
}

/// The headers of an answer that the form reads, and a browser hides.
pub fn exposed(endpoint: &Endpoint) -> Vec<&str> {
    let reference = Some(endpoint.reference_header()).filter(|name| !name.is_empty());
    reference.into_iter().chain(["Retry-After"]).collect()
}
