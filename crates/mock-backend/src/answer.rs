//! An answer before it is HTTP, and two ways of giving one that no client should have to wait for.

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use http_body_util::channel::{Channel, Sender};
use serde_json::{Value, json};

const BETWEEN_BYTES: Duration = Duration::from_millis(500);
const HUGE: usize = 64 << 20;
const CHUNK: usize = 64 << 10;

/// A status, a body and what kind of body it is.
#[derive(Clone, Debug)]
pub struct MockResponse {
    status: StatusCode,
    media_type: &'static str,
    body: String,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl MockResponse {
    /// Nothing but a status.
    pub fn empty(status: StatusCode) -> Self {
        Self::new(status, "", String::new())
    }

    /// JSON.
    pub fn json(status: StatusCode, body: &Value) -> Self {
        Self::new(status, "application/json", body.to_string())
    }

    /// Problem details (RFC 9457), with what else they hold.
    pub fn problem(status: StatusCode, title: &str, errors: Option<Value>) -> Self {
        let mut body = json!({ "title": title, "status": status.as_u16() });
        if let (Some(members), Some(errors)) = (body.as_object_mut(), errors) {
            members.insert("errors".to_owned(), errors);
        }
        Self::new(status, "application/problem+json", body.to_string())
    }

    /// Plain text.
    pub fn text(status: StatusCode, body: impl Into<String>) -> Self {
        Self::new(status, "text/plain; charset=utf-8", body.into())
    }

    /// A page that says a title and a sentence.
    pub fn page(status: StatusCode, title: &str, sentence: &str) -> Self {
        let page = format!(
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
             <h1>{title}</h1>\n<p>{sentence}</p>\n</html>\n"
        );
        Self::new(status, "text/html; charset=utf-8", page)
    }

    fn new(status: StatusCode, media_type: &'static str, body: String) -> Self {
        Self { status, media_type, body, headers: Vec::new() }
    }

    /// With a header more. One that cannot be written is left out.
    #[must_use]
    pub fn with(mut self, name: HeaderName, value: &str) -> Self {
        self.headers.extend(HeaderValue::from_str(value).map(|value| (name, value)));
        self
    }

    /// The same, marked as something else.
    #[must_use]
    pub fn marked(self, media_type: &'static str) -> Self {
        Self { media_type, ..self }
    }

    /// The same body with status 200, a byte every half second.
    pub fn slowly(self) -> Response {
        let bytes = Bytes::from(self.body.clone());
        let (mut sender, body) = Channel::<Bytes>::new(1);
        tokio::spawn(async move {
            for place in 0..bytes.len() {
                tokio::time::sleep(BETWEEN_BYTES).await;
                // Nobody is waiting any more.
                let Ok(()) = sender.send_data(bytes.slice(place..=place)).await else { return };
            }
        });
        let mut response = Self { status: StatusCode::OK, ..self }.into_response();
        *response.body_mut() = Body::new(body);
        response
    }
}

impl IntoResponse for MockResponse {
    fn into_response(self) -> Response {
        let mut response = (self.status, self.body).into_response();
        let headers = response.headers_mut();
        headers.remove(header::CONTENT_TYPE);
        if !self.media_type.is_empty() {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        }
        for (name, value) in self.headers {
            headers.append(name, value);
        }
        response
    }
}

/// More text than anybody should read, made while it is sent.
pub fn huge() -> Response {
    let (sender, body) = Channel::<Bytes>::new(1);
    tokio::spawn(pour(sender));
    let mut response = MockResponse::text(StatusCode::OK, "").into_response();
    *response.body_mut() = Body::new(body);
    response
}

async fn pour(mut sender: Sender<Bytes>) {
    let chunk = Bytes::from(vec![b'x'; CHUNK]);
    for _ in 0..HUGE / CHUNK {
        let Ok(()) = sender.send_data(chunk.clone()).await else { return };
    }
}
