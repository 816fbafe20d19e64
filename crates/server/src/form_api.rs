//! Takes the plain form: `POST /api/form`, for who has no JavaScript. Answers are pages.
//!
//! It is stored as any submission is, under the same limits. Without a script no copy number can be made on the device, and the
//! page is a file that any web server may keep, so it cannot hold one either. So what is sent twice within [`A_DAY`], the same to
//! the letter, is one submission with one reference: a page that is loaded again, or a second press of the button, makes no
//! second one, not even after the receiver has been restarted.
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
use putright_domain::submission::format::Submission;
use sha2::{Digest, Sha256};
use tokio::time;

use crate::{
    FormPages, FormRefusal, PlainForm, host,
    pages::UP,
    problem::Problem,
    rate_limit,
    receiver::{REPLAYED, Receiver, not_stored},
    request_body::{read_all, refuse},
    store::{NewSubmission, Stored},
};

/// The time for which the same words count as the same submission.
const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);
const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

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
    let drawn = receiver.admission.work({
        let receiver = Arc::clone(&receiver);
        move || receiver.cache.lost(long)
    });
    let drawn = drawn.await;
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

/// Returns whether a browser asks, for a person to read the answer.
fn wants_page(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|accepted| accepted.to_str().ok()).unwrap_or_default();
    accepted
        .split(',')
        .any(|one| one.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("text/html")))
}

async fn take(
    receiver: &Arc<Receiver>,
    peer: SocketAddr,
    headers: &HeaderMap,
    mut body: Body,
) -> Result<Response, Problem> {
    let sender = rate_limit::sender(peer.ip(), headers, receiver.behind_proxy);
    let admission = &receiver.admission;
    // Somebody who has sent too many gets back what they wrote, a few times; a flood is refused unread.
    let entered = match receiver.count(sender).await {
        Err(Problem::TooMany(seconds)) if admission.gives_back(sender) => Ok(Some(seconds)),
        counted => counted.map(|()| None),
    };
    let entered = entered.and_then(|wait| admission.enter(sender).map(|entry| (wait, entry)));
    let entered = entered.and_then(|entered| if is_form(headers) { Ok(entered) } else { Err(Problem::NotFormType) });
    let (wait, mut entry) = match entered {
        Ok(entered) => entered,
        Err(problem) => return Err(refuse(body, problem).await),
    };
    let arriving = read_all(&mut body, receiver.max_body, receiver.stalled, &mut entry.held);
    let arrived = time::timeout(receiver.body_time, arriving).await.map_err(|_| Problem::Timeout)?;
    let bytes = match arrived {
        Ok(bytes) => bytes,
        Err(problem) => {
            drop(entry);
            return Err(refuse(body, problem).await);
        }
    };
    let is_ours = is_ours(headers, receiver);
    let reader = Arc::clone(receiver);
    let read = admission.work(move || read(&reader, &bytes, wait, is_ours)).await??;
    let (form, pages, submission) = match read {
        FormReading::Answered(response) => return Ok(response),
        FormReading::Submission { form, pages, submission } => (form, pages, submission),
    };
    let mark = mark(&form);
    let channels = receiver.notices.channels_for(&submission);
    let new =
        NewSubmission { key: String::new(), submission: *submission, files: Vec::new(), hashes: Vec::new(), channels };
    let stored = receiver.writer.run(move |store| store.add_form(&mark, &new, A_DAY)).await;
    if matches!(stored, Ok(Stored::New(_))) {
        receiver.notices.wake();
    }
    let drawn = admission.work(move || match stored {
        Ok(stored) => arrived_page(&*pages, &form, stored),
        Err(error) => {
            not_stored(&error);
            again(&*pages, &form, StatusCode::SERVICE_UNAVAILABLE, FormRefusal::NotStored)
        }
    });
    drawn.await
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    !headers.contains_key(header::CONTENT_ENCODING) && kind.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// Returns whether a page of this site sent the form, or of an allowed site. A browser without `Sec-Fetch-Site` names the
/// page's origin. A browser that names neither is believed.
fn is_ours(headers: &HeaderMap, receiver: &Receiver) -> bool {
    let origin = headers.get(header::ORIGIN);
    if origin.is_some_and(|origin| receiver.origins.contains(origin)) {
        return true;
    }
    match (headers.get("sec-fetch-site").map(HeaderValue::as_bytes), origin) {
        (Some(site), _) => matches!(site, b"same-origin" | b"none"),
        (None, Some(origin)) => {
            let forwarded = headers.get("x-forwarded-host").filter(|_| receiver.behind_proxy);
            let hosts = [host::named(headers), forwarded.and_then(|host| host.to_str().ok())];
            let named = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
            named.is_some_and(|(_, name)| hosts.iter().flatten().any(|host| host.eq_ignore_ascii_case(name)))
        }
        (None, None) => true,
    }
}

/// The result of reading a form.
enum FormReading {
    /// The form cannot be stored; the page says why.
    Answered(Response),
    /// The form can be stored.
    Submission { form: PlainForm, pages: Arc<dyn FormPages>, submission: Box<Submission> },
}

/// Reads a form. `wait` is the time in seconds after which a sender past the limit may send another.
fn read(receiver: &Receiver, bytes: &[u8], wait: Option<u64>, is_ours: bool) -> Result<FormReading, Problem> {
    let form = receiver.cache.read_form(bytes).ok_or(Problem::BadForm)?;
    let council = form.get("council").map(String::as_str).unwrap_or_default();
    let pages = receiver.cache.of_council(council).ok_or(Problem::NotFound)?;
    if let Some(seconds) = wait {
        let mut response = again(&*pages, &form, StatusCode::TOO_MANY_REQUESTS, FormRefusal::TooMany(seconds));
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        return Ok(FormReading::Answered(response));
    }
    if !is_ours {
        return Ok(FormReading::Answered(again(&*pages, &form, StatusCode::FORBIDDEN, FormRefusal::NotTaken)));
    }
    let id = id().ok_or(Problem::NotStored)?;
    let submission = match pages.submission(&form, &id) {
        Ok(submission) => submission,
        Err(html) => return Ok(FormReading::Answered(page(StatusCode::UNPROCESSABLE_ENTITY, html))),
    };
    let Ok(submission) = receiver.validator.read(submission.to_string().as_bytes()) else {
        return Ok(FormReading::Answered(again(
            &*pages,
            &form,
            StatusCode::UNPROCESSABLE_ENTITY,
            FormRefusal::NotTaken,
        )));
    };
    Ok(FormReading::Submission { form, pages, submission: Box::new(submission) })
}

/// Returns the form with what was written, and what is wrong with the form as a whole.
fn again(pages: &dyn FormPages, form: &PlainForm, status: StatusCode, refusal: FormRefusal) -> Response {
    page(status, pages.again(form, refusal))
}

fn arrived_page(pages: &dyn FormPages, form: &PlainForm, stored: Stored) -> Response {
    let (reference, replayed) = match stored {
        Stored::New(reference) => (reference, false),
        Stored::Existing(reference) => (reference, true),
    };
    let html = pages.stored(form, &reference.to_string());
    let mut response = page(StatusCode::CREATED, html);
    response.extensions_mut().insert(reference);
    if replayed {
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    }
    response
}

fn page(status: StatusCode, html: String) -> Response {
    (status, [(header::CONTENT_TYPE, HTML)], html).into_response()
}

/// The number that a script would have made.
fn id() -> Option<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).ok()?;
    Some(format!("{:032x}", u128::from_be_bytes(bytes)))
}

/// Returns a hash of all that was written, each with its length.
fn mark(form: &PlainForm) -> String {
    let mut hash = Sha256::new();
    for text in form.iter().flat_map(|(name, value)| [name, value]) {
        hash.update(text.len().to_be_bytes());
        hash.update(text);
    }
    format!("{:x}", hash.finalize())
}
