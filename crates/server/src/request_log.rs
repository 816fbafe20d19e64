//! Logs each request to the receiver, and runs it to its end.
//!
//! A line has the method, the route as the program writes it, the status, the duration, the reference of a stored
//! submission and the id of the request. It never has an address, a body, a header or the path that was asked for: any
//! of them can be something that a person wrote. The id alone may come from a proxy, and only as letters, digits and
//! dashes.

use std::{
    convert::Infallible,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tokio::sync::mpsc;
use tracing::{Instrument, error, info, info_span};

use crate::{connections::LINE, metrics::Metrics, problem::Problem, reference_number::Reference, store::StoreError};

/// The header with the id of a request.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The most characters of an id that a proxy gives.
const MOST_ID: usize = 64;

/// A counter of the requests in progress, by its clones, with what is counted of each.
#[derive(Clone)]
pub struct Running {
    _counter: mpsc::Sender<Infallible>,
    metrics: Arc<Metrics>,
    behind_proxy: bool,
}

/// The end of the requests in progress.
pub struct Ended(mpsc::Receiver<Infallible>);

/// Creates a counter of requests, and the end to wait for.
pub fn running(metrics: Arc<Metrics>, behind_proxy: bool) -> (Running, Ended) {
    let (sender, receiver) = mpsc::channel(1);
    (Running { _counter: sender, metrics, behind_proxy }, Ended(receiver))
}

impl Ended {
    /// Waits until every [`Running`] has been dropped.
    pub async fn wait(mut self) {
        while self.0.recv().await.is_some() {}
    }
}

/// Logs a request to the receiver, and keeps its answer out of every cache. The request runs to its end, and is logged, even
/// where the other side has gone: it may have been stored.
pub async fn logged(State(running): State<Running>, request: Request, next: Next) -> Response {
    let line = LINE.try_with(Arc::clone).ok();
    let id = request_id(request.headers(), running.behind_proxy);
    let span = info_span!("request", %id);
    let request = async move {
        let mut response = log(request, next, &running.metrics).await;
        if let Ok(id) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        drop(running);
        response
    };
    let request = request.instrument(span);
    let request = match line {
        Some(line) => tokio::spawn(LINE.scope(line, request)),
        None => tokio::spawn(request),
    };
    request.await.unwrap_or_else(|_| Problem::NotStored.into_response())
}

async fn log(request: Request, next: Next, metrics: &Metrics) -> Response {
    let started = Instant::now();
    let method = known(request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let route = route.as_ref().map_or("?", MatchedPath::as_str);
    let status = response.status().as_u16();
    let duration = started.elapsed();
    metrics.count_request(method, route, status, duration);
    let ms = millis(duration);
    let reference = response.extensions().get::<Reference>().map(tracing::field::display);
    info!(method, route, status, ms, reference);
    response
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// Returns the id that a proxy of ours gave, or a new one.
fn request_id(headers: &HeaderMap, behind_proxy: bool) -> String {
    let is_plain = |id: &&str| {
        (1..=MOST_ID).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let given = headers.get(REQUEST_ID).filter(|_| behind_proxy).and_then(|id| id.to_str().ok()).filter(is_plain);
    given.map_or_else(new_id, str::to_owned)
}

fn new_id() -> String {
    let mut bytes = [0; 8];
    // Without random numbers requests are told apart by their times.
    let _ = getrandom::fill(&mut bytes);
    format!("{:016x}", u64::from_be_bytes(bytes))
}

/// Logs why a submission could not be stored now.
pub fn log_not_ready(error: &StoreError) {
    error!("not ready: {error}");
}

/// Logs why a submission could not be stored.
pub fn log_fault(error: &StoreError) {
    error!("not stored: {error}");
}

/// A method can be any word, so only those of the standard are written down.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        Method::PATCH => "PATCH",
        _ => "OTHER",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn id_of_a_proxy_is_used_only_as_letters_digits_and_dashes() {
        let with = |id: &str, behind_proxy| {
            let headers = HeaderMap::from_iter([(REQUEST_ID, HeaderValue::from_str(id).unwrap())]);
            request_id(&headers, behind_proxy)
        };
        assert_eq!(with("4bf92f35-77b3", true), "4bf92f35-77b3");
        for (id, behind_proxy) in [("4bf92f35", false), ("Sam Smith", true), ("", true), (&*"a".repeat(65), true)] {
            let made = with(id, behind_proxy);
            assert!(made.len() == 16 && made != id, "{made}");
        }
        assert_ne!(new_id(), new_id());
    }
}
