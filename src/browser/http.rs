//! Sends a request and brings back the response. The domain decides what is sent and what the response means.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use gloo_net::http::Request as FetchRequest;
use js_sys::{Array, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, FormData, ReadableStream, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache,
    RequestCredentials, RequestInit, TextDecoder, Url, UrlSearchParams,
};

use super::{document, files, helper, schedule::later, take, window};
use putright_domain::delivery::{
    config::{Credentials, Method, Opens},
    request::{Body, BodyPart, Request},
    response::{DeliveryError, Response},
};

/// The bytes of a response that are read. A receipt is shorter, and an old phone has little memory.
const MOST: usize = 1 << 20;

thread_local! {
    /// Stops the request that is under way.
    static STOPPER: RefCell<Option<AbortController>> = const { RefCell::new(None) };
}

/// Sends a request once, after the request for its token where it has one.
///
/// # Errors
/// Returns an error if no response came.
pub async fn deliver(request: Request) -> Result<Response, DeliveryError> {
    let Some(for_token) = request.for_token() else { return sent(&request).await };
    let answer = sent(&for_token).await.map_err(|_| DeliveryError::NotReady)?;
    let read = request.csrf.as_ref().filter(|_| (200..=299).contains(&answer.status));
    let token = read.and_then(|csrf| csrf.token(&answer.body, &cookies())).ok_or(DeliveryError::NotReady)?;
    sent(&request.with_token(&token)).await
}

/// Stops the request that is under way.
pub fn stop() {
    STOPPER.with_borrow(|stopper| {
        if let Some(stopper) = stopper {
            stopper.abort();
        }
    });
}

async fn sent(request: &Request) -> Result<Response, DeliveryError> {
    let stopper = AbortController::new().map_err(|_| DeliveryError::NotReady)?;
    STOPPER.set(Some(stopper.clone()));
    let signal = stopper.signal();
    let is_late = Rc::new(Cell::new(false));
    let timer = Rc::clone(&is_late);
    let wait = Duration::from_secs(request.timeout_seconds.into());
    later(
        wait,
        Box::new(move || {
            timer.set(true);
            stopper.abort();
        }),
    );
    let began_offline = is_offline();
    answered(request, &signal).await.map_err(|_| {
        if is_late.get() {
            DeliveryError::TimedOut
        } else if began_offline && is_offline() {
            // Offline from beginning to end, which a browser reports only where it is certain: nothing has gone out.
            DeliveryError::Offline
        } else {
            DeliveryError::Unreachable
        }
    })
}

async fn answered(request: &Request, signal: &AbortSignal) -> Result<Response, JsValue> {
    let body = match request.method {
        Method::Get => JsValue::UNDEFINED,
        _ => body_of(request).await?,
    };
    let headers = rows(&request.headers);
    let answer = if shows_progress(request) {
        upload(request, &[&headers, &body, signal]).await?
    } else {
        fetched(request, &headers, &body, signal).await?
    };
    let named = answer.headers();
    let header = |name: &str| named.get(name).ok().flatten().unwrap_or_default();
    let (reference, retry_after) = (header(&request.reference_header), header("Retry-After"));
    Ok(Response { status: answer.status(), body: read(answer.body()).await?, reference, retry_after })
}

async fn fetched(
    request: &Request,
    headers: &JsValue,
    body: &JsValue,
    signal: &AbortSignal,
) -> Result<web_sys::Response, JsValue> {
    let options = RequestInit::new();
    options.set_method(request.method.id());
    options.set_headers(headers);
    options.set_body(body);
    options.set_credentials(match request.credentials {
        Credentials::Omit => RequestCredentials::Omit,
        Credentials::SameOrigin => RequestCredentials::SameOrigin,
        Credentials::Include => RequestCredentials::Include,
    });
    options.set_cache(RequestCache::NoStore);
    options.set_referrer_policy(ReferrerPolicy::NoReferrer);
    options.set_signal(Some(signal));
    // Not by gloo-net's builder: it writes an address that has a query again, with `&` at its end.
    let asked = web_sys::Request::new_with_str_and_init(&request.url, &options)?;
    let answer = FetchRequest::from(asked).send().await.map_err(|_| JsValue::NULL)?;
    Ok(answer.into())
}

/// Sends files by `upload.js`, which shows how far they are.
async fn upload(request: &Request, given: &[&JsValue]) -> Result<web_sys::Response, JsValue> {
    let with_cookies = request.credentials == Credentials::Include;
    let arguments = Array::of3(&request.url.as_str().into(), &request.method.id().into(), &with_cookies.into());
    for one in given {
        arguments.push(one);
    }
    let begun = helper("putrightUpload").ok_or(JsValue::NULL)?.apply(&JsValue::NULL, &arguments)?;
    JsFuture::from(begun.unchecked_into::<Promise>()).await?.dyn_into()
}

/// Returns whether a request has files whose progress can be shown. Listening for it must not change the request: `XMLHttpRequest` sends
/// cookies within the site, and asks another site for leave first, which headers of the request's own do anyway.
fn shows_progress(request: &Request) -> bool {
    let has_file = |parts: &[BodyPart]| parts.iter().any(|part| matches!(part, BodyPart::File { .. }));
    if request.marks.is_empty() && !matches!(&request.body, Body::Parts(parts) if has_file(parts)) {
        return false;
    }
    let Some(location) = window().map(|window| window.location()) else { return false };
    let origin = location.origin().ok();
    let address = Url::new_with_base(&request.url, &location.href().unwrap_or_default()).ok();
    if address.map(|address| address.origin()) == origin {
        request.credentials != Credentials::Omit
    } else {
        !request.headers.is_empty()
    }
}

async fn body_of(request: &Request) -> Result<JsValue, JsValue> {
    match &request.body {
        Body::Text(text) if request.marks.is_empty() => Ok(text.into()),
        Body::Text(text) => JsFuture::from(files::filled(text, &request.marks).ok_or(JsValue::NULL)?).await,
        Body::Form(pairs) => Ok(UrlSearchParams::new_with_str_sequence_sequence(&rows(pairs))?.into()),
        Body::Parts(parts) => Ok(form_data(parts)?.into()),
    }
}

fn form_data(parts: &[BodyPart]) -> Result<FormData, JsValue> {
    let data = FormData::new()?;
    for part in parts {
        match part {
            BodyPart::Text { name, text, is_json: false } => data.append_with_str(name, text)?,
            BodyPart::Text { name, text, is_json: true } => {
                data.append_with_blob(name, &take::blob(text, "application/json")?)?;
            }
            BodyPart::File { name, file } => {
                let held = files::held(file.id).ok_or(JsValue::NULL)?;
                data.append_with_blob_and_filename(name, &held, &file.name)?;
            }
        }
    }
    Ok(data)
}

/// A list of pairs, as the browser takes headers and the fields of a form.
fn rows(pairs: &[(String, String)]) -> JsValue {
    let rows = Array::new();
    for (name, text) in pairs {
        rows.push(&Array::of2(&name.into(), &text.into()));
    }
    rows.into()
}

/// Reads a body up to the chunk in which [`MOST`] is reached.
async fn read(body: Option<ReadableStream>) -> Result<String, JsValue> {
    let Some(body) = body else { return Ok(String::new()) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    loop {
        let chunk = JsFuture::from(reader.read()).await?;
        // The last one has no value.
        let Ok(chunk) = Reflect::get(&chunk, &"value".into())?.dyn_into::<Uint8Array>() else { break };
        bytes.extend(chunk.to_vec());
        if bytes.len() >= MOST {
            let _ = reader.cancel();
            break;
        }
    }
    TextDecoder::new()?.decode_with_u8_array(&bytes)
}

fn is_offline() -> bool {
    window().is_some_and(|window| !window.navigator().on_line())
}

/// The cookies of the page that a script may read.
fn cookies() -> String {
    let text = document().and_then(|document| Reflect::get(&document, &"cookie".into()).ok());
    text.and_then(|text| text.as_string()).unwrap_or_default()
}

/// Opens the council's own page with a real form: nothing else reaches a server that answers with a page.
pub fn open_form(request: &Request, opens: Opens) {
    let _ = submit_form(request, opens);
}

fn submit_form(request: &Request, opens: Opens) -> Result<(), JsValue> {
    let document = document().ok_or(JsValue::NULL)?;
    let form: web_sys::HtmlFormElement = document.create_element("form")?.unchecked_into();
    let in_parts = matches!(request.body, Body::Parts(_));
    let attributes = [
        ("action", request.url.as_str()),
        ("method", request.method.id()),
        ("enctype", if in_parts { "multipart/form-data" } else { "application/x-www-form-urlencoded" }),
        ("target", if opens == Opens::NewTab { "_blank" } else { "_top" }),
        ("rel", "noopener"),
        ("hidden", ""),
    ];
    for (name, value) in attributes {
        form.set_attribute(name, value)?;
    }
    let field = |name: &str, text: &str| {
        let field = document.create_element("textarea")?;
        field.set_attribute("name", name)?;
        field.set_text_content(Some(text));
        form.append_child(&field)
    };
    match &request.body {
        Body::Form(pairs) => {
            for (name, text) in pairs {
                field(name, text)?;
            }
        }
        Body::Parts(parts) => {
            for part in parts {
                if let BodyPart::Text { name, text, .. } = part {
                    field(name, text)?;
                }
            }
        }
        Body::Text(_) => {}
    }
    document.body().ok_or(JsValue::NULL)?.append_child(&form)?;
    form.submit()?;
    form.remove();
    Ok(())
}

/// Calls when the device is connected, and when it no longer is.
pub fn watch_connection(call: impl Fn(bool) + 'static) {
    let closure = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| call(event.type_() == "online"));
    if let Some(window) = window() {
        for name in ["online", "offline"] {
            let _ = window.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        }
    }
    closure.forget();
}
