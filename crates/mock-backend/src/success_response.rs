//! How each backend says that it has a submission, and what it gives out before one.

use axum::http::{StatusCode, header};
use serde_json::{Value, json};

use super::{answer::MockResponse, preset::Preset, request::Arrived, state::Mock};

/// The first number that Open311's servers and Drupal's would give.
const OPEN311_FIRST: u64 = 638_344;
const DRUPAL_FIRST: u64 = 4_127;
const LARAVEL_FIRST: u64 = 17;

/// Returns the answer of a backend to submission `number`, the first being 1, that came with so many files.
pub fn accepted(preset: Preset, number: u64, files: usize, asks_for_json: bool) -> MockResponse {
    let after = |first: u64| first + number - 1;
    let reference = reference(number);
    match preset {
        Preset::Putright => {
            MockResponse::json(StatusCode::CREATED, &with_files(json!({ "reference": reference }), files))
        }
        Preset::Open311 => {
            let request =
                json!({ "service_request_id": after(OPEN311_FIRST), "service_notice": "", "account_id": null });
            MockResponse::json(StatusCode::CREATED, &json!([request]))
        }
        Preset::FixMyStreetImport => MockResponse::text(StatusCode::OK, "SUCCESS"),
        Preset::DrupalWebformRest => {
            MockResponse::json(StatusCode::OK, &json!({ "sid": after(DRUPAL_FIRST).to_string() }))
        }
        Preset::Formspree if asks_for_json => {
            MockResponse::json(StatusCode::OK, &json!({ "next": "/thanks", "ok": true }))
        }
        Preset::Formspree => MockResponse::page(StatusCode::FOUND, "Found", "You are taken to the next page.")
            .with(header::LOCATION, "/thanks"),
        Preset::Netlify => received("putright-received"),
        Preset::PowerAutomate => MockResponse::empty(StatusCode::ACCEPTED),
        Preset::N8n => MockResponse::json(StatusCode::OK, &with_files(json!({ "reference": reference }), files)),
        Preset::AspNet => MockResponse::json(StatusCode::CREATED, &json!({ "reference": reference }))
            .with(header::LOCATION, &format!("/complaints/{reference}")),
        Preset::Laravel => MockResponse::json(
            StatusCode::CREATED,
            &json!({ "id": after(LARAVEL_FIRST), "created_at": "2026-01-05T09:00:00.000000Z" }),
        ),
        Preset::FormHandler => received("Thank you."),
    }
}

/// Returns the response to a request without content.
pub fn given_out(mock: &Mock, path: &str) -> MockResponse {
    let token = &mock.token;
    match (mock.preset, path) {
        (Preset::DrupalWebformRest, "/session/token") => MockResponse::text(StatusCode::OK, token),
        (Preset::AspNet, "/antiforgery/token") => MockResponse::json(StatusCode::OK, &json!({ "token": token }))
            .with(header::SET_COOKIE, ".AspNetCore.Antiforgery.mock=mock; Path=/; SameSite=Strict; HttpOnly"),
        (Preset::Laravel, "/sanctum/csrf-cookie") => {
            let value: String = form_urlencoded::byte_serialize(token.as_bytes()).collect();
            MockResponse::empty(StatusCode::NO_CONTENT)
                .with(header::SET_COOKIE, &format!("XSRF-TOKEN={value}; Path=/; SameSite=Lax"))
                .with(header::SET_COOKIE, "laravel_session=mock; Path=/; SameSite=Lax; HttpOnly")
        }
        (Preset::Formspree, "/thanks") => received("Thanks!"),
        _ => MockResponse::text(StatusCode::NOT_FOUND, "There is nothing here. POST a submission to any address."),
    }
}

/// Returns whether a script asks, instead of a browser that opens a page.
pub fn asks_for_json(arrived: &Arrived) -> bool {
    arrived.header("accept").is_some_and(|accept| accept.contains("application/json"))
}

fn received(sentence: &str) -> MockResponse {
    MockResponse::page(StatusCode::OK, "We have received your form", sentence)
}

/// Says how many files it has, where some came.
fn with_files(mut answer: Value, files: usize) -> Value {
    if files > 0
        && let Some(members) = answer.as_object_mut()
    {
        members.insert("files".to_owned(), files.into());
    }
    answer
}

fn reference(number: u64) -> String {
    format!("MOCK-{number:06}")
}
