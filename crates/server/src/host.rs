//! Refuses a request that does not name one host (RFC 9112, section 3.2). Of two names, two programs in a row may each
//! believe a different one.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, Version, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Answers 400 unless a request names one host. HTTP/1.0 need not name any.
pub async fn checked(request: Request, next: Next) -> Response {
    if names_one(request.version(), request.headers()) {
        return next.run(request).await;
    }
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::CONNECTION, HeaderValue::from_static("close")),
    ];
    (StatusCode::BAD_REQUEST, headers, "A request must have one Host header, with the name of this site.\n")
        .into_response()
}

fn names_one(version: Version, headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().is_ok_and(|host| !host.contains('@') && host.parse::<Authority>().is_ok()),
        (None, _) => version == Version::HTTP_10,
        (Some(_), Some(_)) => false,
    }
}

/// Returns the host that a request names.
pub fn named(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::HOST)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn request_must_name_one_host() {
        let with = |version, hosts: &[&str]| {
            let mut headers = HeaderMap::new();
            for host in hosts {
                headers.append(header::HOST, host.parse().unwrap());
            }
            names_one(version, &headers)
        };
        for host in ["complaints.example.gov.uk", "localhost:8080", "[::1]:8080", "127.0.0.1"] {
            assert!(with(Version::HTTP_11, &[host]), "{host}");
        }
        for hosts in
            [&[][..], &["a.example", "a.example"], &["a.example", "b.example"], &[""], &["a b"], &["a@b"], &["a/b"]]
        {
            assert!(!with(Version::HTTP_11, hosts), "{hosts:?}");
        }
        assert!(with(Version::HTTP_10, &[]));
        assert!(!with(Version::HTTP_10, &["a.example", "b.example"]));
    }
}
