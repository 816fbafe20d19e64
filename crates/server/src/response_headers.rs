//! The security headers of every answer.

use axum::{
    Router,
    http::{HeaderName, HeaderValue, header},
    middleware,
    response::Response,
};

/// Puts the security headers on every answer of a router.
pub fn with_headers(router: Router, policy: HeaderValue, others: &'static [(&'static str, &'static str)]) -> Router {
    router.layer(middleware::map_response(move |mut response: Response| {
        let policy = policy.clone();
        async move {
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
            for (name, value) in others {
                // A file may have said otherwise of itself.
                headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
            }
            response
        }
    }))
}
