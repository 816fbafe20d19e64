//! What every answer has in common: the security headers, and a line in the log for each request to the receiver.
//!
//! The log has the time, the method, the route as it is written in the program, the status, the duration, and the
//! reference of a stored submission. Never an address, a body, a header or the path that was asked for: any of them can be
//! something a person wrote.

use std::{
    convert::Infallible,
    io::{self, Write},
    sync::Arc,
    time::Instant,
};

use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, Method, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use tokio::sync::mpsc;

use crate::{connections::LINE, problem::Problem, reference_number::Reference, store};

/// Puts the security headers on every answer of a router.
pub fn with_headers(router: Router, policy: HeaderValue, others: &'static [(&'static str, &'static str)]) -> Router {
    router.layer(middleware::map_response(move |mut response: Response| {
        let policy = policy.clone();
        async move {
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
            for (name, value) in others {
                headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
            }
            response
        }
    }))
}

/// A counter of the requests in progress, by its clones.
#[derive(Clone)]
pub struct Running {
    _counter: mpsc::Sender<Infallible>,
}

/// The end of the requests in progress.
pub struct Ended(mpsc::Receiver<Infallible>);

/// Creates a counter of requests, and the end to wait for.
pub fn running() -> (Running, Ended) {
    let (sender, receiver) = mpsc::channel(1);
    (Running { _counter: sender }, Ended(receiver))
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
    let request = async move {
        let response = log(request, next).await;
        drop(running);
        response
    };
    let request = match line {
        Some(line) => tokio::spawn(LINE.scope(line, request)),
        None => tokio::spawn(request),
    };
    request.await.unwrap_or_else(|_| Problem::NotStored.into_response())
}

async fn log(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let reference =
        response.extensions().get::<Reference>().map(|reference| format!(" {reference}")).unwrap_or_default();
    // A log that cannot be written must not stop a submission.
    let _ = writeln!(
        io::stderr(),
        "{} {} {} {} {}ms{reference}",
        store::now(),
        known(&method),
        route.as_ref().map_or("?", MatchedPath::as_str),
        response.status().as_u16(),
        started.elapsed().as_millis(),
    );
    response
}

/// Logs why a submission could not be stored now.
pub fn log_not_ready(error: &store::StoreError) {
    let _ = writeln!(io::stderr(), "{} not ready: {error}", store::now());
}

/// Logs why a submission could not be stored.
pub fn log_fault(error: &store::StoreError) {
    let _ = writeln!(io::stderr(), "{} not stored: {error}", store::now());
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
