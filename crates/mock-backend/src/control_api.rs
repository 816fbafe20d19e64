//! The requests of tests and the responses to them, under `/_mock/`. No fault affects them.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{Path, RawQuery, State},
    http::StatusCode,
    middleware,
    response::{IntoResponse, Response},
    routing::{any, get, put},
};

use super::{answer::MockResponse, cors, fault::MockFault, state::Mock};

/// The routes of the control.
pub fn router() -> Router<Arc<Mock>> {
    Router::new()
        .route("/_mock/received", get(async |State(mock): State<Arc<Mock>>| Json(mock.received())).delete(clear))
        .route("/_mock/requests", get(async |State(mock): State<Arc<Mock>>| Json(mock.requests())))
        .route("/_mock/fault/{name}", put(switch))
        .route("/_mock/{*rest}", any(async || StatusCode::NOT_FOUND))
        .layer(middleware::from_fn(cors::with_cors))
}

async fn clear(State(mock): State<Arc<Mock>>) -> StatusCode {
    mock.clear();
    StatusCode::NO_CONTENT
}

async fn switch(State(mock): State<Arc<Mock>>, Path(name): Path<String>, RawQuery(query): RawQuery) -> Response {
    let fault = match MockFault::named(&name) {
        Ok(fault) => fault,
        Err(known) => return MockResponse::text(StatusCode::NOT_FOUND, known).into_response(),
    };
    let query = query.unwrap_or_default();
    let times = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "times");
    match times.map(|(_, times)| times.parse()).transpose() {
        Ok(times) => {
            mock.set_fault(fault, times);
            StatusCode::NO_CONTENT.into_response()
        }
        Err(_) => MockResponse::text(StatusCode::BAD_REQUEST, "times is a number").into_response(),
    }
}
