//! Takes the plain form: `POST /api/form`, for who has no JavaScript. Answers are pages.
//!
//! It is stored as any submission is, under the same limits. Without a script no copy number can be made on the device, and the
//! page is a file that any web server may keep, so it cannot hold one either. So what is sent twice within [`A_DAY`], the same to
//! the letter, is one submission with one reference: a page that is loaded again, or a second press of the button, makes no
//! second one, not even after the receiver has been started anew.
//!
//! Nothing that was written is lost: where it is not stored, the page comes back filled in; where it could not even be read, a
//! page says so, and that the browser may still hold it. A program, which does not ask for HTML, is told as JSON. A form may come
//! from a page of any site, so the browser is believed where it says that it did; who sends it is never known by it.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    body::Body,
    extract::{ConnectInfo, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use sha2::{Digest, Sha256};
use tokio::{task, time};

use super::{
    answer, limit,
    problem::Problem,
    receive::{ARRIVAL, REPLAYED, Receiver, bytes, refuse},
    store::Kept,
};
use crate::{
    document::Shell,
    hex::hex,
    plain::{Drawing, Filled, filled},
    site::{Site, today},
};

/// How long the same words count as the same submission.
const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);
const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");
/// From `/api/form` to the folder of the site.
const UP: &str = "../";

/// For who comes back to the address of an answer.
pub async fn look() -> Redirect {
    Redirect::to(UP)
}

/// Takes a form.
pub async fn receive(
    State(receiver): State<Arc<Receiver>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let problem = match take(&receiver, peer, &headers, body).await {
        Ok(response) => return response,
        Err(problem) => problem,
    };
    if !wants_page(&headers) {
        return problem.into_response();
    }
    let long = matches!(problem, Problem::TooLarge(_));
    let drawn = task::spawn_blocking(move || lost(&receiver, long)).await;
    let response = problem.into_response();
    match drawn {
        Ok(Some(html)) => {
            let (mut parts, _) = response.into_parts();
            parts.headers.insert(header::CONTENT_TYPE, HTML);
            Response::from_parts(parts, Body::from(html))
        }
        _ => response,
    }
}

/// Whether it is a browser that asks, for somebody to read the answer.
fn wants_page(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|accepted| accepted.to_str().ok()).unwrap_or_default();
    accepted
        .split(',')
        .any(|one| one.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("text/html")))
}

/// The page for what could not be read: of which council it was is not known.
fn lost(receiver: &Receiver, long: bool) -> Option<String> {
    let drawing = Drawing::load_all(&Site::new(&receiver.dist), today()?).ok()?;
    let index = std::fs::read_to_string(receiver.dist.join("index.html")).unwrap_or_default();
    Some(drawing.lost(&Shell { index: &index, up: UP }, long))
}

async fn take(
    receiver: &Arc<Receiver>,
    peer: SocketAddr,
    headers: &HeaderMap,
    mut body: Body,
) -> Result<Response, Problem> {
    if !is_form(headers) {
        return Err(refuse(body, Problem::NotFormType).await);
    }
    // Before it is counted: who has sent too many gets back what they wrote.
    let arrived = time::timeout(ARRIVAL, bytes(&mut body, receiver.max_body)).await.map_err(|_| Problem::Timeout)?;
    let bytes = match arrived {
        Ok(bytes) => bytes,
        Err(problem) => return Err(refuse(body, problem).await),
    };
    let sender = limit::sender(peer.ip(), headers, receiver.behind_proxy);
    let counted = receiver.limit.count(sender);
    let is_ours = is_ours(headers, &receiver.origins);
    let receiver = Arc::clone(receiver);
    task::spawn_blocking(move || answer(&receiver, &filled(&bytes), counted, is_ours))
        .await
        .map_err(|_| Problem::NotStored)?
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    !headers.contains_key(header::CONTENT_ENCODING) && kind.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// Whether a page of this site sent it, or of one that may. A browser too old to say is believed.
fn is_ours(headers: &HeaderMap, origins: &[HeaderValue]) -> bool {
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    matches!(site, None | Some(b"same-origin" | b"none"))
        || headers.get(header::ORIGIN).is_some_and(|origin| origins.contains(origin))
}

fn answer(receiver: &Receiver, filled: &Filled, counted: Result<(), u64>, is_ours: bool) -> Result<Response, Problem> {
    let site = Site::new(&receiver.dist);
    let today = today().ok_or(Problem::NotStored)?;
    let council = filled.get("council").map(String::as_str).unwrap_or_default();
    // What is asked of the disk is a name of the list, and nothing that came from outside.
    let index = site.index().map_err(|_| Problem::NotFound)?;
    let council = index.councils.iter().find(|id| *id == council).ok_or(Problem::NotFound)?;
    let council = site.council(council).map_err(|_| Problem::NotFound)?;
    let drawing = Drawing::load(&site, council, today).map_err(|_| Problem::NotFound)?;
    let index = std::fs::read_to_string(receiver.dist.join("index.html")).unwrap_or_default();
    let shell = Shell { index: &index, up: UP };
    let faults = &drawing.words().faults;
    let again = |status, words: String| page(status, drawing.again(&shell, filled, &[(None, words)]));
    if let Err(seconds) = counted {
        let words = faults.busy.replace("{seconds}", &seconds.to_string());
        let mut response = again(StatusCode::TOO_MANY_REQUESTS, words);
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        return Ok(response);
    }
    if !is_ours {
        return Ok(again(StatusCode::FORBIDDEN, faults.not_taken.clone()));
    }
    let id = id().ok_or(Problem::NotStored)?;
    let submission = match drawing.submission(filled, &id, today) {
        Ok(submission) => submission,
        Err(faults) => return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, drawing.again(&shell, filled, &faults))),
    };
    let Ok(submission) = receiver.validator.read(submission.to_string().as_bytes()) else {
        return Ok(again(StatusCode::UNPROCESSABLE_ENTITY, faults.not_taken.clone()));
    };
    let (reference, replayed) = match receiver.store.keep_form(&mark(filled), &submission, A_DAY) {
        Ok(Kept::New(reference)) => (reference, false),
        Ok(Kept::Before(reference)) => (reference, true),
        Err(error) => {
            answer::log_fault(&error);
            return Ok(again(StatusCode::SERVICE_UNAVAILABLE, faults.not_stored.clone()));
        }
    };
    let mut response = page(StatusCode::CREATED, drawing.arrived(&shell, &reference.to_string(), filled));
    response.extensions_mut().insert(reference);
    if replayed {
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    }
    Ok(response)
}

fn page(status: StatusCode, html: String) -> Response {
    (status, [(header::CONTENT_TYPE, HTML)], html).into_response()
}

/// The number that a script would have made.
fn id() -> Option<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).ok()?;
    Some(hex(&bytes))
}

/// What tells one from another: all that was written, each with its length.
fn mark(filled: &Filled) -> String {
    let mut hash = Sha256::new();
    for text in filled.iter().flat_map(|(name, value)| [name, value]) {
        hash.update(text.len().to_be_bytes());
        hash.update(text);
    }
    hex(&hash.finalize())
}
