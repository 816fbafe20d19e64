//! The checks of each backend, and its responses to a request that fails them.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{answer::MockResponse, preset::Preset, request::Arrived};

/// Open311's own limit, in characters.
const DESCRIPTION: usize = 4000;
/// n8n's own limit, in bytes.
const N8N_MOST: usize = 16 << 20;

/// Checks whether a backend takes a request.
///
/// # Errors
/// Returns the backend's response if it refuses the request.
pub fn check(preset: Preset, arrived: &Arrived, token: &str) -> Result<(), MockResponse> {
    if arrived.is_too_long() {
        return Err(MockResponse::text(StatusCode::PAYLOAD_TOO_LARGE, "Too long for any of these backends"));
    }
    match preset {
        Preset::Putright => putright(arrived),
        Preset::Open311 => open311(arrived),
        Preset::FixMyStreetImport => fixmystreet(arrived),
        Preset::DrupalWebformRest => drupal(arrived, token),
        Preset::Formspree => formspree(arrived),
        Preset::Netlify => netlify(arrived),
        Preset::PowerAutomate => power_automate(arrived),
        Preset::N8n => n8n(arrived),
        Preset::AspNet => aspnet(arrived, token),
        Preset::Laravel => laravel(arrived, token),
        Preset::FormHandler => form_handler(arrived),
    }
}

fn putright(arrived: &Arrived) -> Result<(), MockResponse> {
    let refused = |title| Err(MockResponse::problem(StatusCode::BAD_REQUEST, title, None));
    match arrived.media_type.as_str() {
        "application/json" if arrived.object().is_none() => refused("The submission is not JSON"),
        "multipart/form-data" if arrived.content.fields.is_none() => {
            refused("The parts of the form cannot be told apart")
        }
        "multipart/form-data" if arrived.object().is_none() => refused("The part submission is not JSON"),
        "multipart/form-data" if arrived.content.files.iter().any(|file| file.field != "file") => {
            refused("A file comes in a part that is called file")
        }
        "application/json" | "multipart/form-data" => Ok(()),
        _ => {
            let title = "The submission is not marked as JSON or a form of parts";
            Err(MockResponse::problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, title, None))
        }
    }
}

fn open311(arrived: &Arrived) -> Result<(), MockResponse> {
    let mut wrong = Vec::new();
    if arrived.media_type != "application/x-www-form-urlencoded" {
        wrong.push("the request must be a URL-encoded form");
    }
    if arrived.field("service_code").is_none() {
        wrong.push("service_code was not provided");
    }
    match arrived.field("description") {
        None => wrong.push("description was not provided"),
        Some(text) if text.chars().count() > DESCRIPTION => wrong.push("description is longer than 4,000 characters"),
        Some(_) => (),
    }
    let has_point = arrived.field("lat").is_some() && arrived.field("long").is_some();
    if !has_point && arrived.field("address_string").is_none() {
        wrong.push("a location was not provided: lat and long, or address_string");
    }
    if wrong.is_empty() {
        return Ok(());
    }
    let errors: Vec<_> = wrong.iter().map(|description| json!({ "code": 400, "description": description })).collect();
    Err(MockResponse::json(StatusCode::BAD_REQUEST, &Value::from(errors)))
}

/// Everything is answered with 200, as it answers.
fn fixmystreet(arrived: &Arrived) -> Result<(), MockResponse> {
    let missing = |names: &[&str]| names.iter().all(|name| arrived.field(name).is_none());
    let wrong: Vec<_> = [
        (missing(&["service"]), "You must supply a service"),
        (missing(&["subject"]), "Please enter a subject"),
        (missing(&["name"]), "Please enter your name"),
        (missing(&["email", "phone"]), "Please enter your email or phone number"),
        (missing(&["lat"]) || missing(&["lon"]), "Either a location or a photo must be provided."),
    ]
    .into_iter()
    .filter(|(is_wrong, _)| *is_wrong)
    .map(|(_, says)| format!("ERROR:{says}\n"))
    .collect();
    if wrong.is_empty() { Ok(()) } else { Err(MockResponse::text(StatusCode::OK, wrong.concat())) }
}

fn drupal(arrived: &Arrived, token: &str) -> Result<(), MockResponse> {
    let refused = |status, message: &str| Err(MockResponse::json(status, &json!({ "message": message })));
    match arrived.header("x-csrf-token") {
        None => return refused(StatusCode::FORBIDDEN, "X-CSRF-Token request header is missing"),
        Some(given) if given != token => {
            return refused(StatusCode::FORBIDDEN, "X-CSRF-Token request header is invalid");
        }
        Some(_) => (),
    }
    if arrived.media_type != "application/json" {
        return refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "No route found that matches \"Content-Type\"");
    }
    let Some(object) = arrived.object() else { return refused(StatusCode::BAD_REQUEST, "Syntax error") };
    if object.get("webform_id").and_then(Value::as_str).is_none_or(str::is_empty) {
        let body =
            json!({ "message": "The webform is not named.", "error": { "webform_id": "webform_id is required." } });
        return Err(MockResponse::json(StatusCode::BAD_REQUEST, &body));
    }
    Ok(())
}

/// Fields that begin with `_` are for Formspree itself: a form of nothing else is empty.
fn formspree(arrived: &Arrived) -> Result<(), MockResponse> {
    let counts = |name: &str| !name.starts_with('_');
    let mut in_form = arrived.content.fields.iter().flatten();
    let mut in_json = arrived.object().into_iter().flatten();
    if in_form.any(|(name, value)| counts(name) && !value.is_empty())
        || in_json.any(|(name, value)| counts(name) && !value.is_null() && *value != "")
    {
        return Ok(());
    }
    let errors = json!([{ "code": "EMPTY", "message": "The form is empty" }]);
    Err(MockResponse::json(StatusCode::BAD_REQUEST, &json!({ "error": "The form is empty", "errors": errors })))
}

fn netlify(arrived: &Arrived) -> Result<(), MockResponse> {
    if arrived.field("form-name").is_some() {
        return Ok(());
    }
    let sentence = "Looks like you’ve followed a broken link or entered a URL that doesn’t exist on this site.";
    Err(MockResponse::page(StatusCode::NOT_FOUND, "Page not found", sentence))
}

fn power_automate(arrived: &Arrived) -> Result<(), MockResponse> {
    let says = if arrived.object().is_none() {
        "The input body for trigger 'manual' of type 'Request' must be of type JSON."
    } else if arrived.content.files.iter().any(|file| !file.readable) {
        "The content of a file is not base64."
    } else {
        return Ok(());
    };
    let error = json!({ "error": { "code": "TriggerInputSchemaMismatch", "message": says } });
    Err(MockResponse::json(StatusCode::BAD_REQUEST, &error))
}

fn n8n(arrived: &Arrived) -> Result<(), MockResponse> {
    let refused = |status: StatusCode, message: &str| {
        Err(MockResponse::json(status, &json!({ "code": status.as_u16(), "message": message })))
    };
    if arrived.length > N8N_MOST {
        return refused(StatusCode::PAYLOAD_TOO_LARGE, "request entity too large");
    }
    if arrived.content.json.is_none() && arrived.content.fields.is_none() {
        return refused(StatusCode::UNPROCESSABLE_ENTITY, "Failed to parse request body");
    }
    Ok(())
}

fn aspnet(arrived: &Arrived, token: &str) -> Result<(), MockResponse> {
    if arrived.header("requestverificationtoken") != Some(token) {
        return Err(MockResponse::problem(
            StatusCode::BAD_REQUEST,
            "The antiforgery token could not be validated.",
            None,
        ));
    }
    if arrived.media_type != "application/json" {
        return Err(MockResponse::problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Unsupported Media Type", None));
    }
    if arrived.object().is_none() {
        let errors = json!({ "$": ["The JSON value could not be converted."] });
        return Err(MockResponse::problem(
            StatusCode::BAD_REQUEST,
            "One or more validation errors occurred.",
            Some(errors),
        ));
    }
    Ok(())
}

fn laravel(arrived: &Arrived, token: &str) -> Result<(), MockResponse> {
    if arrived.header("x-xsrf-token") != Some(token) {
        // 419 has no name but Laravel's own.
        let status = StatusCode::from_u16(419).unwrap_or(StatusCode::FORBIDDEN);
        return Err(MockResponse::json(status, &json!({ "message": "CSRF token mismatch." })));
    }
    if arrived.media_type != "application/json" || arrived.object().is_none_or(serde_json::Map::is_empty) {
        let says = "The complaint field is required.";
        let body = json!({ "message": says, "errors": { "complaint": [says] } });
        return Err(MockResponse::json(StatusCode::UNPROCESSABLE_ENTITY, &body));
    }
    Ok(())
}

fn form_handler(arrived: &Arrived) -> Result<(), MockResponse> {
    let mut fields = arrived.content.fields.iter().flatten();
    if fields.any(|(_, value)| !value.trim().is_empty()) {
        return Ok(());
    }
    Err(MockResponse::page(StatusCode::BAD_REQUEST, "Something is missing", "The form was empty. Nothing was sent."))
}
