//! Takes requests as the backend would, and lets the fault have its way.
//!
//! A fault that stores nothing takes any request. One that stores needs a request that the backend would take: another is
//! refused as ever, and the fault still waits. Only [`MockFault::Cors`] counts every request, a preflight too: for nothing else
//! may come.

use std::{future, sync::Arc};

use axum::{
    Router,
    extract::{ConnectInfo, DefaultBodyLimit, Request, State},
    http::{HeaderName, Method, StatusCode},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};

use super::{
    answer,
    answer::MockResponse,
    check,
    connection::CutSwitch,
    control_api, cors,
    fault::MockFault,
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

async fn backend(
    State(mock): State<Arc<Mock>>,
    ConnectInfo(line): ConnectInfo<CutSwitch>,
    request: Request,
) -> Response {
    match *request.method() {
        Method::POST | Method::PUT => receive(&mock, &line, request).await,
        Method::GET | Method::HEAD => success_response::given_out(&mock, request.uri().path()).into_response(),
        _ => MockResponse::empty(StatusCode::METHOD_NOT_ALLOWED).into_response(),
    }
}

async fn receive(mock: &Mock, line: &CutSwitch, request: Request) -> Response {
    mock.count();
    let arrived = Arrived::read(request).await;
    let checked = check::check(mock.preset, &arrived, &mock.token);
    let fault = mock.take_fault(|fault| fault != MockFault::Cors && (!fault.stores() || checked.is_ok()));
    if fault == MockFault::ResetBefore {
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
            return MockResponse::problem(StatusCode::UNPROCESSABLE_ENTITY, title, None).into_response();
        }
    };
    match fault {
        MockFault::Timeout => future::pending().await,
        MockFault::ResetAfter => cut(line),
        MockFault::AcceptedEmpty => MockResponse::empty(StatusCode::ACCEPTED).into_response(),
        MockFault::Slow => answer.slowly(),
        MockFault::Huge => answer::huge(),
        MockFault::WrongType => answer.marked("application/octet-stream").into_response(),
        MockFault::WrongReference => fault_response::wrong_reference(mock.preset).into_response(),
        _ => answer.into_response(),
    }
}

/// The answer is never written.
fn cut(line: &CutSwitch) -> Response {
    line.cut();
    StatusCode::NO_CONTENT.into_response()
}

async fn with_cors_unless_faulty(State(mock): State<Arc<Mock>>, request: Request, next: Next) -> Response {
    let faulty = mock.take_fault(|fault| fault == MockFault::Cors) == MockFault::Cors;
    cors::answered(request, next, !faulty).await
}
