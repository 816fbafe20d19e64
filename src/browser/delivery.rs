//! Sends a submission and brings back the answer; what the answer means is decided in the domain.

use gloo_net::http::Request;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{AbortController, ReferrerPolicy, RequestCredentials};

use super::window;
use crate::domain::{
    council::DeliveryConfig,
    submission::delivery::{Attempt, DeliveryError, Receipt, judge},
};

/// Sends it once.
pub async fn deliver(config: &DeliveryConfig, attempt: &Attempt) -> Result<Receipt, DeliveryError> {
    let abort = AbortController::new().ok();
    if let (Some(window), Some(abort)) = (window(), abort.clone()) {
        let timeout = Closure::once_into_js(move || abort.abort());
        let milliseconds = i32::try_from(config.timeout_seconds.saturating_mul(1000)).unwrap_or(i32::MAX);
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(timeout.unchecked_ref(), milliseconds);
    }
    let signal = abort.as_ref().map(AbortController::signal);
    let no_answer = || {
        let timed_out = signal.as_ref().is_some_and(web_sys::AbortSignal::aborted);
        if timed_out { DeliveryError::TimedOut } else { DeliveryError::Unreachable }
    };
    let request = Request::post(&config.url)
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, application/problem+json")
        .header("Idempotency-Key", &attempt.id)
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(signal.as_ref())
        .body(attempt.body.as_str())
        .map_err(|_| DeliveryError::Unreachable)?;
    let response = request.send().await.map_err(|_| no_answer())?;
    let body = response.text().await.map_err(|_| no_answer())?;
    judge(config, response.status(), &body)
}
