//! Takes a submission: `POST /api/submissions`.
//!
//! 201 with a reference means that the submission is on the disk. Every other answer means that the person still holds the
//! only copy, and may send it again: under the same key (the `Idempotency-Key` header, or else the submission's own id) it
//! is stored once, and answered with the same reference, however often it comes.
//!
//! It comes as JSON, or with files as `multipart/form-data`. The latter is what any page may send from a visitor's browser
//! unasked, so there the key must be in its header, which no page of another site may set unless it was allowed. Files are
//! taken and never given out: there is no address for them.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Json, Router,
    body::Body,
    extract::{ConnectInfo, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{any, get, post},
};
use serde_json::json;
use tokio::time;
use tower_http::cors::CorsLayer;

use crate::{
    budget::Held,
    files, form_api, health,
    multipart::{self, MultipartLimits},
    problem::{InvalidField, Problem},
    rate_limit,
    received_file::ReceivedFile,
    receiver::{REPLAYED, Receiver, not_stored},
    reference_number::Reference,
    request_body::{read_all, refuse},
    request_log::{self, Running},
    store::{NewSubmission, Stored},
    stored_file::StoredFile,
    unattached,
};

const KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Everything under `/api`.
pub fn router(receiver: Arc<Receiver>, running: Running) -> Router {
    let origins = receiver.origins.clone();
    let only_get = async |body: Body| refuse(body, Problem::MethodNotAllowed("GET, HEAD")).await;
    let nothing = || any(async |body: Body| refuse(body, Problem::NotFound).await);
    let mut router = Router::new()
        .route(
            "/api/submissions",
            post(receive).fallback(async |body: Body| refuse(body, Problem::MethodNotAllowed("POST")).await),
        )
        .route(
            "/api/form",
            get(form_api::look)
                .post(form_api::receive)
                .fallback(async |body: Body| refuse(body, Problem::MethodNotAllowed("GET, HEAD, POST")).await),
        )
        .route("/api/health", get(health::health).fallback(only_get))
        .route("/api/ready", get(health::ready).fallback(only_get))
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
    router.layer(middleware::from_fn_with_state(running, request_log::logged))
}

/// The encoding of a body.
enum BodyEncoding {
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
    let sender = rate_limit::sender(peer.ip(), &headers, receiver.behind_proxy);
    let entered = receiver.count(sender).await.and_then(|()| receiver.admission.enter(sender));
    let (mut entry, form, key) = match entered.and_then(|entry| admit(&headers).map(|(form, key)| (entry, form, key))) {
        Ok(admitted) => admitted,
        Err(problem) => return Err(refuse(body, problem).await),
    };
    let patience = if matches!(form, BodyEncoding::Json) { receiver.body_time } else { receiver.files_time };
    let arriving = arrive(&mut body, &form, &receiver, &mut entry.held);
    let arrived = time::timeout(patience, arriving).await.map_err(|_| Problem::Timeout)?;
    let (json, parts) = match arrived {
        Ok(arrived) => arrived,
        Err(problem) => {
            drop(entry);
            return Err(refuse(body, problem).await);
        }
    };
    let reader = Arc::clone(&receiver);
    let read = receiver.admission.work(move || {
        let mut submission = reader.validator.read(&json)?;
        if !reader.cache.has_council(&submission.council) {
            let detail = "is not a council of this site".to_owned();
            return Err(Problem::Invalid(vec![InvalidField { pointer: "/council".to_owned(), detail }]));
        }
        let files = files::take(&mut submission, parts, reader.limits)?;
        let hashes: Vec<_> = files.iter().map(|file: &StoredFile| file.content.hash()).collect();
        Ok((submission, files, hashes))
    });
    let (submission, files, hashes) = read.await??;
    let count = files.len();
    let key = key.unwrap_or_else(|| submission.id.clone());
    let channels = receiver.notices.channels_for(&submission);
    let mut new = NewSubmission { key, submission, files, hashes, channels };
    let outside = unattached::store_files(&receiver.storage, &receiver.writer, &mut new).await;
    outside.map_err(|error| not_stored(&error))?;
    let outcome = receiver.writer.run(move |store| store.add(&new)).await;
    match outcome.map_err(|error| not_stored(&error))? {
        Stored::New(reference) => {
            receiver.notices.wake();
            Ok(stored(reference, count))
        }
        Stored::Existing(reference) => {
            let mut response = stored(reference, count);
            response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
            Ok(response)
        }
    }
}

/// Checks a request before its body is read. Returns the encoding and the key, if the request has one.
fn admit(headers: &HeaderMap) -> Result<(BodyEncoding, Option<String>), Problem> {
    let form = form(headers).ok_or(Problem::NotJsonType)?;
    match (key(headers)?, &form) {
        (None, BodyEncoding::Parts(_)) => Err(Problem::NoKey),
        (key, _) => Ok((form, key)),
    }
}

/// The JSON, and the files that came beside it; `None` where there can be none.
async fn arrive(
    body: &mut Body,
    form: &BodyEncoding,
    receiver: &Receiver,
    held: &mut Held,
) -> Result<(Vec<u8>, Option<Vec<ReceivedFile>>), Problem> {
    match form {
        BodyEncoding::Json => Ok((read_all(body, receiver.max_body, receiver.stalled, held).await?, None)),
        BodyEncoding::Parts(boundary) => {
            held.with_files();
            let limits = MultipartLimits { json: receiver.max_body, files: receiver.limits, stalled: receiver.stalled };
            let (json, files) = multipart::read(body, boundary, limits, held).await?;
            Ok((json, Some(files)))
        }
    }
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

fn form(headers: &HeaderMap) -> Option<BodyEncoding> {
    if headers.contains_key(header::CONTENT_ENCODING) {
        return None;
    }
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    if kind.split(';').next()?.trim().eq_ignore_ascii_case("application/json") {
        return Some(BodyEncoding::Json);
    }
    // RFC 2046 allows it 70 characters.
    let boundary = multer::parse_boundary(kind).ok()?;
    (1..=70).contains(&boundary.len()).then_some(BodyEncoding::Parts(boundary))
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
