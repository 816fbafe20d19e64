//! Takes a submission: `POST /api/submissions`.
//!
//! 201 with a reference means that the submission is on the disk. Every other answer means that the person still holds the
//! only copy, and may send it again: under the same key (the `Idempotency-Key` header, or else the submission's own id) it
//! is stored once, and answered with the same reference, however often it comes.
//!
//! It comes as JSON, or with files as `multipart/form-data`. The latter is what any page may send from a visitor's browser
//! unasked, so there the key must be in its header, which no page of another site may set unless it was allowed. Files are
//! taken and never given out: there is no address for them.

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

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
use multer::bytes::Bytes;
use serde_json::json;
use tokio::{task, time};
use tower_http::cors::CorsLayer;

use super::{
    answer,
    files::{self, Limits},
    form,
    limit::{self, Limit},
    parts::{self, Part},
    problem::{Problem, Size},
    reference::Reference,
    store::{Kept, Store, StoreError},
    validate::Validator,
};

/// A long account over a slow telephone connection takes seconds, not minutes.
pub const ARRIVAL: Duration = Duration::from_secs(60);
/// Photographs over the same connection take minutes.
const ARRIVAL_OF_FILES: Duration = Duration::from_secs(300);
/// Of a body that is refused, so many bytes are read and dropped. After that the connection is closed.
const DROPPED: usize = 32 << 20;
const KEY: HeaderName = HeaderName::from_static("idempotency-key");
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// What the receiver needs to answer.
pub struct Receiver {
    /// Where submissions are kept.
    pub store: Arc<Store>,
    /// What may be kept.
    pub validator: Validator,
    /// How many may come.
    pub limit: Limit,
    /// How long the JSON of one may be, in bytes.
    pub max_body: usize,
    /// How many files one may have, and how large.
    pub limits: Limits,
    /// Whether the sender's address is in a header that a proxy of ours wrote.
    pub behind_proxy: bool,
    /// The folder of the built app, for the pages that answer a plain form.
    pub dist: PathBuf,
    /// The other sites whose pages may send here.
    pub origins: Vec<HeaderValue>,
}

/// Everything under `/api`.
pub fn router(receiver: Arc<Receiver>) -> Router {
    let origins = receiver.origins.clone();
    let nothing = || any(async |body: Body| refuse(body, Problem::NotFound).await);
    let mut router = Router::new()
        .route(
            "/api/submissions",
            post(receive).fallback(async |body: Body| refuse(body, Problem::MethodNotAllowed("POST")).await),
        )
        .route(
            "/api/form",
            get(form::look)
                .post(form::receive)
                .fallback(async |body: Body| refuse(body, Problem::MethodNotAllowed("GET, HEAD, POST")).await),
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

/// How a body is made.
enum Form {
    /// It is the submission.
    Json,
    /// It has the submission and its files, with this between them.
    Parts(String),
}

async fn receive(
    State(receiver): State<Arc<Receiver>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    mut body: Body,
) -> Result<Response, Problem> {
    let (form, key) = match admit(&receiver, peer, &headers) {
        Ok(admitted) => admitted,
        Err(problem) => return Err(refuse(body, problem).await),
    };
    let patience = if matches!(form, Form::Json) { ARRIVAL } else { ARRIVAL_OF_FILES };
    let arrived = time::timeout(patience, arrive(&mut body, &form, &receiver)).await.map_err(|_| Problem::Timeout)?;
    let (json, parts) = match arrived {
        Ok(arrived) => arrived,
        Err(problem) => return Err(refuse(body, problem).await),
    };
    // Reading and storing take a thread of their own: both would hold up other requests.
    let kept = task::spawn_blocking(move || {
        let mut submission = receiver.validator.read(&json)?;
        let files = files::take(&mut submission, parts, receiver.limits)?;
        let key = key.unwrap_or_else(|| submission.id.clone());
        let kept = receiver.store.keep(&key, &submission, &files).map_err(|error| match error {
            StoreError::KeyTaken => Problem::KeyTaken,
            error => {
                answer::log_fault(&error);
                Problem::NotStored
            }
        })?;
        Ok((kept, files.len()))
    });
    match kept.await.map_err(|_| Problem::NotStored)?? {
        (Kept::New(reference), files) => Ok(stored(reference, files)),
        (Kept::Before(reference), files) => {
            let mut response = stored(reference, files);
            response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
            Ok(response)
        }
    }
}

/// What can be said before the body is read. Gives how it is made and the key, where the request has one.
fn admit(receiver: &Receiver, peer: SocketAddr, headers: &HeaderMap) -> Result<(Form, Option<String>), Problem> {
    let sender = limit::sender(peer.ip(), headers, receiver.behind_proxy);
    receiver.limit.count(sender).map_err(Problem::TooMany)?;
    let form = form(headers).ok_or(Problem::NotJsonType)?;
    match (key(headers)?, &form) {
        (None, Form::Parts(_)) => Err(Problem::NoKey),
        (key, _) => Ok((form, key)),
    }
}

/// The JSON, and the files that came beside it; `None` where there can be none.
async fn arrive(body: &mut Body, form: &Form, receiver: &Receiver) -> Result<(Vec<u8>, Option<Vec<Part>>), Problem> {
    match form {
        Form::Json => Ok((bytes(body, receiver.max_body).await?, None)),
        Form::Parts(boundary) => {
            let (json, files) = parts::read(body, boundary, receiver.max_body, receiver.limits).await?;
            Ok((json, Some(files)))
        }
    }
}

/// Refuses, and reads and drops what is left of the body: an answer sent while the other side is still writing is lost on
/// its way.
pub async fn refuse(mut body: Body, problem: Problem) -> Problem {
    let drop_rest = async {
        let mut length = 0_usize;
        while let Some(Ok(frame)) = body.frame().await {
            length = length.saturating_add(frame.data_ref().map_or(0, Bytes::len));
            if length > DROPPED {
                break;
            }
        }
    };
    // How late it is no longer matters.
    let _ = time::timeout(ARRIVAL, drop_rest).await;
    problem
}

/// With how many files were stored, where there are some: the page calls them sent by that alone.
fn stored(reference: Reference, files: usize) -> Response {
    let mut answer = json!({ "reference": reference.to_string() });
    if let (Some(members), 1..) = (answer.as_object_mut(), files) {
        members.insert("files".to_owned(), files.into());
    }
    let mut response = (StatusCode::CREATED, Json(answer)).into_response();
    response.extensions_mut().insert(reference);
    response
}

fn form(headers: &HeaderMap) -> Option<Form> {
    if headers.contains_key(header::CONTENT_ENCODING) {
        return None;
    }
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    if kind.split(';').next()?.trim().eq_ignore_ascii_case("application/json") {
        return Some(Form::Json);
    }
    // RFC 2046 allows it 70 characters.
    let boundary = multer::parse_boundary(kind).ok()?;
    (1..=70).contains(&boundary.len()).then_some(Form::Parts(boundary))
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

/// The whole body, if it has no more bytes than `most`.
pub async fn bytes(body: &mut Body, most: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| Problem::NotJson)?.into_data() else { continue };
        if bytes.len().saturating_add(data.len()) > most {
            return Err(Problem::TooLarge(Size::Json(most)));
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes)
}
