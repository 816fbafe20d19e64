//! Sends a request and brings back the answer: `http.js` has the calls. What is asked, and what the answer means, is
//! decided in the domain.

use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

use super::{helper, window};
use putright_domain::delivery::{
    config::Opens,
    request::Request,
    response::{DeliveryError, Response},
};

/// Sends it once, its token first where it has one.
///
/// # Errors
/// Returns an error if no response came.
pub async fn deliver(request: Request) -> Result<Response, DeliveryError> {
    let Some(for_token) = request.for_token() else { return sent(&request).await.map(|(answer, _)| answer) };
    let (answer, cookies) = sent(&for_token).await.map_err(|_| DeliveryError::NotReady)?;
    let read = request.csrf.as_ref().filter(|_| (200..=299).contains(&answer.status));
    let token = read.and_then(|csrf| csrf.token(&answer.body, &cookies)).ok_or(DeliveryError::NotReady)?;
    sent(&request.with_token(&token)).await.map(|(answer, _)| answer)
}

/// The answer, and the page's cookies as they are then.
async fn sent(request: &Request) -> Result<(Response, String), DeliveryError> {
    let send = helper("putrightSend").ok_or(DeliveryError::NotReady)?;
    let begun = send.call1(&JsValue::NULL, &request.to_json().into()).map_err(|_| DeliveryError::NotReady)?;
    let promise: Promise = begun.dyn_into().map_err(|_| DeliveryError::NotReady)?;
    // It tells every end by a value: a status, or why there is none.
    let told = JsFuture::from(promise).await.map_err(|_| DeliveryError::Unreachable)?;
    let told = Array::from(&told);
    let text = |at: u32| told.get(at).as_string().unwrap_or_default();
    let Some(status) = told.get(0).as_f64() else {
        return Err(match text(0).as_str() {
            "late" => DeliveryError::TimedOut,
            "offline" => DeliveryError::Offline,
            _ => DeliveryError::Unreachable,
        });
    };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a status is from 0 to 599")]
    let status = status as u16;
    let answer = Response { status, body: text(1), reference: text(2), retry_after: text(3) };
    Ok((answer, text(4)))
}

/// Stops what is being sent.
pub fn stop() {
    if let Some(stop) = helper("putrightStop") {
        let _ = stop.call0(&JsValue::NULL);
    }
}

/// Opens the council's own page, with what is sent in a form of its own.
pub fn open_form(request: &Request, opens: Opens) {
    if let Some(open) = helper("putrightForm") {
        let _ = open.call2(&JsValue::NULL, &request.to_json().into(), &(opens == Opens::NewTab).into());
    }
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
