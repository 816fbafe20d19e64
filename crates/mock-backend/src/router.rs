//! Takes requests as the backend would, and lets the fault have its way.
//!
//! A fault that stores nothing takes any request. One that stores needs a request that the backend would take: another is
//! refused as ever, and the fault still waits. Only [`Fault::Cors`] counts every request, a preflight too: for nothing else
//! may come.

use std::{future, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, DefaultBodyLimit, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};

use super::{
    answer,
    answer::Answer,
    check,
    connection::Line,
    control_api,
    fault::Fault,
    fault_response,
    request::Arrived,
    state::{Kept, Mock},
    success_response,
};

const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// The whole mock.
pub fn router(mock: Arc<Mock>) -> Router {
    let backend = Router::new()
        .fallback(backend)
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn_with_state(mock.clone(), with_cors_unless_faulty));
    control_api::router().fallback_service(backend.with_state(mock.clone())).with_state(mock)
}

async fn backend(State(mock): State<Arc<Mock>>, ConnectInfo(line): ConnectInfo<Line>, request: Request) -> Response {
    match *request.method() {
        Method::POST | Method::PUT => receive(&mock, &line, request).await,
        Method::GET | Method::HEAD => success_response::given_out(&mock, request.uri().path()).into_response(),
        _ => Answer::empty(StatusCode::METHOD_NOT_ALLOWED).into_response(),
    }
}

async fn receive(mock: &Mock, line: &Line, request: Request) -> Response {
    mock.count();
    let arrived = Arrived::read(request).await;
    let checked = check::check(mock.preset, &arrived, &mock.token);
    let fault = mock.take_fault(|fault| fault != Fault::Cors && (!fault.stores() || checked.is_ok()));
    if fault == Fault::ResetBefore {
        return cut(line);
    }
    if let Some(refusal) = fault_response::refusal(fault, mock.preset) {
        return refusal.into_response();
    }
    if let Err(refusal) = checked {
        return refusal.into_response();
    }
    let asks_for_json = success_response::asks_for_json(&arrived);
    let files = arrived.content.files.len();
    let answer = |number| success_response::accepted(mock.preset, number, files, asks_for_json);
    let answer = match mock.keep(arrived) {
        Kept::New(number) => answer(number),
        Kept::Before(number) => answer(number).with(REPLAYED, "true"),
        Kept::KeyTaken => {
            let title = "The Idempotency-Key stands for another submission";
            return Answer::problem(StatusCode::UNPROCESSABLE_ENTITY, title, None).into_response();
        }
    };
    match fault {
        Fault::Timeout => future::pending().await,
        Fault::ResetAfter => cut(line),
        Fault::AcceptedEmpty => Answer::empty(StatusCode::ACCEPTED).into_response(),
        Fault::Slow => answer.slowly(),
        Fault::Huge => answer::huge(),
        Fault::WrongType => answer.marked("application/octet-stream").into_response(),
        Fault::WrongReference => fault_response::wrong_reference(mock.preset).into_response(),
        _ => answer.into_response(),
    }
}

/// The answer is never written.
fn cut(line: &Line) -> Response {
    line.cut();
    StatusCode::NO_CONTENT.into_response()
}

async fn with_cors_unless_faulty(State(mock): State<Arc<Mock>>, request: Request, next: Next) -> Response {
    let faulty = mock.take_fault(|fault| fault == Fault::Cors) == Fault::Cors;
    answered(request, next, !faulty).await
}

/// Lets pages of any origin read every answer.
pub async fn with_cors(request: Request, next: Next) -> Response {
    answered(request, next, true).await
}

/// A connection is used once: a browser sends again by itself, a POST too, where one that it has used before is cut.
async fn answered(request: Request, next: Next, cors: bool) -> Response {
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
