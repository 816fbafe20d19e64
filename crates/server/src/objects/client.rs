//! The requests to an object store, by the client that the receiver's other requests use: certificates are checked, redirects are
//! not followed, and each answer has a time and a size.

use std::{
    io::{self, Read},
    time::Duration,
};

use async_trait::async_trait;
use http_body_util::BodyExt;
use object_store::{
    ClientOptions,
    client::{HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpService},
};
use tokio::task::spawn_blocking;
use ureq::{
    Agent,
    http::{Request, Response, header},
};

/// The time for one request.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// The most bytes of an answer that is no content of a file: a list of a thousand objects is shorter.
const MOST_BYTES: u64 = 4 << 20;

/// Connects with an agent.
#[derive(Clone)]
pub struct Requests(pub Agent);

impl std::fmt::Debug for Requests {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Requests")
    }
}

impl HttpConnector for Requests {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.clone()))
    }
}

#[async_trait]
impl HttpService for Requests {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let (agent, most) = (self.0.clone(), most_bytes(&request));
        let (parts, body) = request.into_parts();
        let content = body.collect().await?.to_bytes();
        let answered = spawn_blocking(move || ask(&agent, Request::from_parts(parts, &content[..]), most)).await;
        answered.unwrap_or_else(|error| Err(HttpError::new(HttpErrorKind::Unknown, error)))
    }
}

fn ask(agent: &Agent, request: Request<&[u8]>, most: u64) -> Result<HttpResponse, HttpError> {
    let (parts, body) = agent.run(request).map_err(fault)?.into_parts();
    let mut bytes = Vec::new();
    body.into_reader().take(most + 1).read_to_end(&mut bytes).map_err(|error| fault(error.into()))?;
    if bytes.len() as u64 > most {
        return Err(HttpError::new(HttpErrorKind::Decode, io::Error::other("the answer is too long")));
    }
    Ok(Response::from_parts(parts, bytes.into()))
}

/// Returns the most bytes of the answer: those of the range that is asked for, or of a list.
fn most_bytes(request: &HttpRequest) -> u64 {
    let range = request.headers().get(header::RANGE).and_then(|range| range.to_str().ok());
    let last = range.and_then(|range| range.strip_prefix("bytes=0-")?.parse::<u64>().ok());
    last.map_or(0, |last| last.saturating_add(1)).max(MOST_BYTES)
}

fn fault(error: ureq::Error) -> HttpError {
    let kind = match &error {
        ureq::Error::Timeout(_) => HttpErrorKind::Timeout,
        ureq::Error::Io(_) => HttpErrorKind::Interrupted,
        _ => HttpErrorKind::Connect,
    };
    HttpError::new(kind, error)
}
