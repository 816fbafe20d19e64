//! The responses of a backend that has a fault.

use axum::http::{StatusCode, header};
use serde_json::{Value, json};

use super::{answer::Answer, fault::Fault, preset::Preset};

const NEEDED: &str = "Say more about what happened.";
const INVALID: &str = "The submission is not valid.";

/// The answer of a fault that stores nothing; `None` for another, and for one without an answer.
pub fn refusal(fault: Fault, preset: Preset) -> Option<Answer> {
    let account = preset.account();
    Some(match fault {
        Fault::OkError => ok_error(preset),
        Fault::RefusedProblem => problem(StatusCode::BAD_REQUEST),
        Fault::RefusedMap if preset == Preset::DrupalWebformRest => {
            Answer::json(StatusCode::BAD_REQUEST, &json!({ "message": INVALID, "error": { "message": NEEDED } }))
        }
        Fault::RefusedMap => {
            Answer::json(StatusCode::BAD_REQUEST, &json!({ "message": INVALID, "errors": { account: [NEEDED] } }))
        }
        Fault::RefusedList => {
            let errors = json!([{ "field": account, "code": "TOO_SHORT", "message": NEEDED }]);
            Answer::json(StatusCode::BAD_REQUEST, &json!({ "errors": errors }))
        }
        Fault::TooLarge => page(StatusCode::PAYLOAD_TOO_LARGE, "413 Request Entity Too Large"),
        Fault::Unprocessable => problem(StatusCode::UNPROCESSABLE_ENTITY),
        Fault::TooMany => Answer::json(StatusCode::TOO_MANY_REQUESTS, &json!({ "message": "Too Many Attempts." }))
            .with(header::RETRY_AFTER, "1"),
        Fault::ServerError => Answer::json(StatusCode::INTERNAL_SERVER_ERROR, &json!({ "message": "Server Error" })),
        Fault::HtmlError => page(StatusCode::BAD_GATEWAY, "502 Bad Gateway"),
        Fault::Unavailable => Answer::text(StatusCode::SERVICE_UNAVAILABLE, "Down for maintenance"),
        _ => return None,
    })
}

/// An answer that ought to name a reference, or to say success, and does neither.
pub fn wrong_reference(preset: Preset) -> Answer {
    let unusable = json!({ "unusable": true });
    match preset {
        Preset::Putright => Answer::json(StatusCode::CREATED, &json!({ "reference": unusable })),
        Preset::Open311 => Answer::json(StatusCode::CREATED, &json!([{ "service_request_id": null }])),
        Preset::FixMyStreetImport => Answer::text(StatusCode::OK, "OK"),
        Preset::DrupalWebformRest => Answer::json(StatusCode::OK, &json!({ "sid": null })),
        Preset::Formspree => Answer::json(StatusCode::OK, &json!({ "ok": true })),
        Preset::PowerAutomate | Preset::N8n => Answer::json(StatusCode::OK, &json!({ "reference": unusable })),
        Preset::AspNet => Answer::json(StatusCode::CREATED, &json!({ "reference": null })),
        Preset::Laravel => Answer::json(StatusCode::CREATED, &json!({ "id": unusable })),
        Preset::Netlify | Preset::FormHandler => Answer::page(StatusCode::OK, "Welcome", "Choose a service."),
    }
}

/// The older Drupal, Open311 behind some proxies, and `FixMyStreet` always: an error that looks well from afar.
fn ok_error(preset: Preset) -> Answer {
    let account = preset.account();
    let body: Value = match preset {
        Preset::Putright => {
            json!({ "title": INVALID, "errors": [{ "pointer": "#/points/0/what_happened", "detail": NEEDED }] })
        }
        Preset::Open311 => json!([{ "code": 400, "description": NEEDED }]),
        Preset::FixMyStreetImport => return Answer::text(StatusCode::OK, format!("ERROR:{NEEDED}\n")),
        Preset::DrupalWebformRest => json!({ "error": { account: [NEEDED] } }),
        Preset::Formspree => json!({ "error": NEEDED }),
        Preset::PowerAutomate => json!({ "error": { "code": "InvalidRequestContent", "message": NEEDED } }),
        Preset::N8n | Preset::AspNet | Preset::Laravel => {
            json!({ "message": INVALID, "errors": { account: [NEEDED] } })
        }
        Preset::Netlify | Preset::FormHandler => {
            return Answer::page(StatusCode::OK, "Something went wrong", NEEDED);
        }
    };
    Answer::json(StatusCode::OK, &body)
}

fn problem(status: StatusCode) -> Answer {
    let errors = json!([{ "pointer": "#/points/0/what_happened", "detail": NEEDED }]);
    Answer::problem(status, INVALID, Some(errors))
}

fn page(status: StatusCode, title: &str) -> Answer {
    Answer::page(status, title, "nginx")
}
