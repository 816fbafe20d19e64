//! Takes a submission: `POST /api/submissions`.
//!
//! 201 with a reference means that the submission is on the disk. Every other answer means that the person still holds the
//! only copy, and may send it again: under the same key (the `Idempotency-Key` header, or else the submission's own id) it
//! is stored once, and answered with the same reference, however often it comes.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Json, Router,
    body::Body,
    extract::{ConnectInfo, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{any, get, post},
};
use http_body_util::BodyExt;
use serde_json::json;
use tokio::{task, time};
use tower_http::cors::CorsLayer;

use super::{
    answer,
    limit::{self, Limit},
    problem::Problem,
    reference::Reference,
    store::{Kept, Store},
    validate::Validator,
};

/// A long account over a slow telephone connection takes seconds, not minutes.
const ARRIVAL: Duration = Duration::from_secs(60);
/// Of a body that is refused, so many bytes are read and dropped. After that the connection is closed.
const DROPPED: usize = 8 << 20;
const KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// What the receiver needs to answer.
pub struct Receiver {
    /// Where submissions are kept.
    pub store: Arc<Store>,
    /// What may be kept.
    pub validator: Validator,
    /// How many may come.
    pub limit: Limit,
    /// How long one may be, in bytes.
    pub max_body: usize,
    /// Whether the sender's address is in a header that a proxy of ours wrote.
    pub behind_proxy: bool,
}

/// Everything under `/api`. Pages of `origins` may send here too.
pub fn router(receiver: Arc<Receiver>, origins: Vec<HeaderValue>) -> Router {
    let nothing = || any(async |body: Body| refuse(body, Problem::NotFound).await);
    let mut router = Router::new()
        .route(
            "/api/submissions",
            post(receive).fallback(async |body: Body| refuse(body, Problem::MethodNotAllowed("POST")).await),
        )
        .route(
            "/api/health",
            get(async || StatusCode::NO_CONTENT)
                .fallback(async |body: Body| refuse(body, Problem::MethodNotAllowed("GET, HEAD")).await),
        )
        .route("/api", nothing())
        .route("/api/", nothing())
        .route("/api/{*rest}", nothing())
        .with_state(receiver);
    if !origins.is_empty() {
        let allowed = CorsLayer::new()
            .allow_origin(origins)
            .allow_methods([Method::POST])
            .allow_headers([header::CONTENT_TYPE, KEY])
            .expose_headers([header::RETRY_AFTER]);
        router = router.layer(allowed);
    }
    router.layer(middleware::from_fn(answer::logged))
}

async fn receive(
    State(receiver): State<Arc<Receiver>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let key = match admit(&receiver, peer, &headers) {
        Ok(key) => key,
        Err(problem) => return Err(refuse(body, problem).await),
    };
    let bytes = time::timeout(ARRIVAL, bytes(body, receiver.max_body)).await.map_err(|_| Problem::Timeout)??;
    // Reading and storing take a thread of their own: both would hold up other requests.
    let kept = task::spawn_blocking(move || {
        let submission = receiver.validator.read(&bytes)?;
        let key = key.unwrap_or_else(|| submission.id.clone());
        receiver.store.keep(&key, &submission).map_err(|error| {
            answer::log_fault(&error);
            Problem::NotStored
        })
    });
    match kept.await.map_err(|_| Problem::NotStored)?? {
        Kept::New(reference) => Ok(stored(reference)),
        Kept::Before(reference) => {
            let mut response = stored(reference);
            response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
            Ok(response)
        }
        Kept::KeyTaken => Err(Problem::KeyTaken),
    }
}

/// What can be said before the body is read. Gives the key, where the request has one.
fn admit(receiver: &Receiver, peer: SocketAddr, headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let sender = limit::sender(peer.ip(), headers, receiver.behind_proxy);
    receiver.limit.count(sender).map_err(Problem::TooMany)?;
    if is_json(headers) { key(headers) } else { Err(Problem::NotJsonType) }
}

/// Refuses without a look at the body, which is read and dropped: an answer sent while the other side is still writing is
/// lost on its way.
async fn refuse(body: Body, problem: Problem) -> Problem {
    // What is wrong with it, or how late it is, no longer matters.
    let _ = time::timeout(ARRIVAL, bytes(body, 0)).await;
    problem
}

fn stored(reference: Reference) -> Response {
    let mut response = (StatusCode::CREATED, Json(json!({ "reference": reference.to_string() }))).into_response();
    response.extensions_mut().insert(reference);
    response
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json") && !headers.contains_key(header::CONTENT_ENCODING)
}

fn key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut given = headers.get_all(KEY).iter();
    let (Some(key), None) = (given.next(), given.next()) else {
        return if headers.contains_key(KEY) { Err(Problem::BadKey) } else { Ok(None) };
    };
    match key.to_str() {
        Ok(key) if (1..=64).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()) => {
            Ok(Some(key.to_owned()))
        }
        _ => Err(Problem::BadKey),
    }
}

/// The whole body, if it has no more bytes than `most`. The rest of a longer one is read and dropped, within reason.
async fn bytes(mut body: Body, most: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let mut length = 0_usize;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| Problem::NotJson)?.into_data() else { continue };
        length = length.saturating_add(data.len());
        if length <= most {
            bytes.extend_from_slice(&data);
        } else if length > most.saturating_add(DROPPED) {
            break;
        }
    }
    if length > most { Err(Problem::TooLarge(most)) } else { Ok(bytes) }
}
