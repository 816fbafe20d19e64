//! Takes a submission: `POST /api/submissions`.
//!
//! 201 with a reference means that the submission is on the disk. Every other answer means that the person still holds the
//! only copy, and may send it again: under the same key (the `Idempotency-Key` header, or else the submission's own id) it
//! is stored once, and answered with the same reference, however often it comes.
//!
//! It comes as JSON, or with files as `multipart/form-data`. The latter is what any page may send from a visitor's browser
//! unasked, so there the key must be in its header, which no page of another site may set unless it was allowed. Files are
//! taken and never given out: there is no address for them.

use std::{
    net::{IpAddr, SocketAddr},
    num::NonZeroU32,
    sync::Arc,
    time::Duration,
};

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
use sha2::{Digest, Sha256};
use tokio::time;
use tower_http::cors::CorsLayer;

use super::{
    admission::Admission,
    budget::Held,
    connections::LINE,
    files::{self, Limits, StoredFile},
    form_api,
    health::{self, Readiness},
    multipart::{self, Part},
    outbox::Notices,
    pace::{Broken, Pace},
    pages::Cache,
    problem::{Fault, Problem, Size},
    rate_limit,
    reference_number::Reference,
    request_log::{self, Running},
    store::{NewSubmission, StoreError, Stored},
    validate::Validator,
    writer::Writer,
};

/// The time to count a sender at all receivers.
const COUNTING: Duration = Duration::from_secs(5);
/// The bytes of a refused body that are read and dropped, and the time for it. After that the connection is closed.
const DROPPED: usize = 32 << 20;
const DROPPING: Duration = Duration::from_secs(20);
/// A sender that writes nothing for this long is waiting for the answer.
const PAUSED: Duration = Duration::from_secs(2);
const KEY: HeaderName = HeaderName::from_static("idempotency-key");
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// The state that answers requests.
pub struct Receiver {
    /// The threads that write to the store.
    pub writer: Arc<Writer>,
    /// The checks before a submission is stored.
    pub validator: Validator,
    /// The limits on how many submissions come, and on how many at once.
    pub admission: Admission,
    /// The most bytes of the JSON of one.
    pub max_body: usize,
    /// The limits on the files of one.
    pub limits: Limits,
    /// True if the sender's address is in a header that a proxy of ours wrote.
    pub behind_proxy: bool,
    /// The pages that answer a plain form, and the councils of the site.
    pub cache: Cache,
    /// The other sites whose pages may send here.
    pub origins: Vec<HeaderValue>,
    /// The time in which a part of a body must arrive: see [`Pace`].
    pub stalled: Duration,
    /// The time for a body without files: a long account over a slow telephone connection takes seconds, not minutes.
    pub body_time: Duration,
    /// The time for a body with files: photographs over the same connection take minutes.
    pub files_time: Duration,
    /// The last result of `/api/ready`.
    pub readiness: Readiness,
    /// The number of complaints a minute from one sender, where other receivers of the same store count too.
    pub shared_rate: Option<NonZeroU32>,
    /// The channels by which somebody is told.
    pub notices: Notices,
}

impl Receiver {
    /// Counts a submission of a sender, here and at the receivers that share the store. Without the store, this receiver's count
    /// alone holds: storing the submission will fail anyway.
    pub async fn count(&self, sender: IpAddr) -> Result<(), Problem> {
        self.admission.count(sender)?;
        let Some(rate) = self.shared_rate else { return Ok(()) };
        let key = Sha256::digest(rate_limit::counted_as(sender).to_string());
        let counted = self.writer.run(move |store| store.count_sender(&key, rate.get()));
        match time::timeout(COUNTING, counted).await {
            Ok(Ok(Some(seconds))) => Err(Problem::TooMany(seconds)),
            Ok(Ok(None)) | Err(_) => Ok(()),
            Ok(Err(error)) => {
                request_log::log_fault(&error);
                Ok(())
            }
        }
    }

    /// Forgets quiet senders, each minute, until the runtime ends.
    pub fn forget_in_background(self: &Arc<Self>) {
        self.admission.forget_in_background();
        if self.shared_rate.is_none() {
            return;
        }
        let receiver = Arc::downgrade(self);
        tokio::spawn(async move {
            loop {
                time::sleep(Duration::from_secs(60)).await;
                let Some(receiver) = receiver.upgrade() else { return };
                // The next minute tries again.
                let _ = receiver.writer.run(|store| store.forget_senders()).await;
            }
        });
    }
}

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
    let sender = rate_limit::sender(peer.ip(), &headers, receiver.behind_proxy);
    let entered = receiver.count(sender).await.and_then(|()| receiver.admission.enter(sender));
    let (mut entry, form, key) = match entered.and_then(|entry| admit(&headers).map(|(form, key)| (entry, form, key))) {
        Ok(admitted) => admitted,
        Err(problem) => return Err(refuse(body, problem).await),
    };
    let patience = if matches!(form, Form::Json) { receiver.body_time } else { receiver.files_time };
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
            return Err(Problem::Invalid(vec![Fault { pointer: "/council".to_owned(), detail }]));
        }
        let files = files::take(&mut submission, parts, reader.limits)?;
        let hashes: Vec<_> = files.iter().map(StoredFile::hash).collect();
        Ok((submission, files, hashes))
    });
    let (submission, files, hashes) = read.await??;
    let count = files.len();
    let key = key.unwrap_or_else(|| submission.id.clone());
    let channels = receiver.notices.channels_for(&submission);
    let new = NewSubmission { key, submission, files, hashes, channels };
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

/// Logs why a submission was not stored, and returns the answer.
pub fn not_stored(error: &StoreError) -> Problem {
    match error {
        StoreError::KeyTaken => Problem::KeyTaken,
        StoreError::Full => Problem::Busy(5),
        error => {
            request_log::log_fault(error);
            Problem::NotStored
        }
    }
}

/// Checks a request before its body is read. Returns the encoding and the key, if the request has one.
fn admit(headers: &HeaderMap) -> Result<(Form, Option<String>), Problem> {
    let form = form(headers).ok_or(Problem::NotJsonType)?;
    match (key(headers)?, &form) {
        (None, Form::Parts(_)) => Err(Problem::NoKey),
        (key, _) => Ok((form, key)),
    }
}

/// The JSON, and the files that came beside it; `None` where there can be none.
async fn arrive(
    body: &mut Body,
    form: &Form,
    receiver: &Receiver,
    held: &mut Held,
) -> Result<(Vec<u8>, Option<Vec<Part>>), Problem> {
    match form {
        Form::Json => Ok((bytes(body, receiver.max_body, receiver.stalled, held).await?, None)),
        Form::Parts(boundary) => {
            held.with_files();
            let (json, files) = multipart::read(body, boundary, receiver, held).await?;
            Ok((json, Some(files)))
        }
    }
}

/// Refuses, and reads and drops what is left of the body: an answer sent while the other side is still writing is lost on
/// its way.
pub async fn refuse(mut body: Body, problem: Problem) -> Problem {
    let _ = LINE.try_with(|line| line.may_end());
    let drop_rest = async {
        let mut length = 0_usize;
        while let Ok(Some(Ok(frame))) = time::timeout(PAUSED, body.frame()).await {
            length = length.saturating_add(frame.data_ref().map_or(0, Bytes::len));
            if length > DROPPED {
                break;
            }
        }
    };
    // How late it is no longer matters.
    let _ = time::timeout(DROPPING, drop_rest).await;
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
pub async fn bytes(body: &mut Body, most: usize, stalled: Duration, held: &mut Held) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let mut pace = Pace::new(stalled);
    while let Some(piece) = pace.next(body).await {
        let data = piece.map_err(|broken| if broken == Broken::Slow { Problem::Timeout } else { Problem::NotJson })?;
        if bytes.len().saturating_add(data.len()) > most {
            return Err(Problem::TooLarge(Size::Json(most)));
        }
        held.extend(&mut bytes, &data)?;
    }
    Ok(bytes)
}
