//! The CORS headers of every answer.

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Lets pages of any origin read every answer.
pub async fn with_cors(request: Request, next: Next) -> Response {
    answered(request, next, true).await
}

/// A connection is used once: a browser sends again by itself, a POST too, where one that it has used before is cut.
pub async fn answered(request: Request, next: Next, cors: bool) -> Response {
    let allowed = if cors { allowed(request.headers()) } else { HeaderMap::new() };
    let mut response = if *request.method() == Method::OPTIONS {
        (StatusCode::NO_CONTENT, Body::empty()).into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.extend(allowed);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

/// Returns the CORS headers. With them a page of another origin can send anything, with cookies, and read the response.
fn allowed(request: &HeaderMap) -> HeaderMap {
    let mut allowed = HeaderMap::new();
    let Some(origin) = request.get(header::ORIGIN) else { return allowed };
    allowed.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    allowed.insert(header::VARY, HeaderValue::from_static("Origin"));
    let constant = [
        (header::ACCESS_CONTROL_ALLOW_CREDENTIALS, "true"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST, PUT, DELETE"),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, "Location, Retry-After, Idempotent-Replayed"),
        // A preflight that is remembered would get past a fault that is switched on later.
        (header::ACCESS_CONTROL_MAX_AGE, "0"),
    ];
    allowed.extend(constant.map(|(name, value)| (name, HeaderValue::from_static(value))));
    if let Some(asked_for) = request.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        allowed.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, asked_for.clone());
    }
    allowed
}
