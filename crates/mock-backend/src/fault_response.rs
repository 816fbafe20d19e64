//! The responses of a backend that has a fault.

use axum::http::{StatusCode, header};
use serde_json::{Value, json};

use super::{answer::MockResponse, fault::MockFault, preset::Preset};

const NEEDED: &str = "Say more about what happened.";
const INVALID: &str = "The submission is not valid.";

/// The answer of a fault that stores nothing; `None` for another, and for one without an answer.
pub fn refusal(fault: MockFault, preset: Preset) -> Option<MockResponse> {
    let account = preset.account();
    Some(match fault {
        MockFault::OkError => ok_error(preset),
        MockFault::RefusedProblem => problem(StatusCode::BAD_REQUEST),
        MockFault::RefusedMap if preset == Preset::DrupalWebformRest => {
            MockResponse::json(StatusCode::BAD_REQUEST, &json!({ "message": INVALID, "error": { "message": NEEDED } }))
        }
        MockFault::RefusedMap => {
            MockResponse::json(StatusCode::BAD_REQUEST, &json!({ "message": INVALID, "errors": { account: [NEEDED] } }))
        }
        MockFault::RefusedList => {
            let errors = json!([{ "field": account, "code": "TOO_SHORT", "message": NEEDED }]);
            MockResponse::json(StatusCode::BAD_REQUEST, &json!({ "errors": errors }))
        }
        MockFault::TooLarge => page(StatusCode::PAYLOAD_TOO_LARGE, "413 Request Entity Too Large"),
        MockFault::Unprocessable => problem(StatusCode::UNPROCESSABLE_ENTITY),
        MockFault::TooMany => {
            MockResponse::json(StatusCode::TOO_MANY_REQUESTS, &json!({ "message": "Too Many Attempts." }))
                .with(header::RETRY_AFTER, "1")
        }
        MockFault::ServerError => {
            MockResponse::json(StatusCode::INTERNAL_SERVER_ERROR, &json!({ "message": "Server Error" }))
        }
        MockFault::HtmlError => page(StatusCode::BAD_GATEWAY, "502 Bad Gateway"),
        MockFault::Unavailable => MockResponse::text(StatusCode::SERVICE_UNAVAILABLE, "Down for maintenance"),
        _ => return None,
    })
}

/// An answer that ought to name a reference, or to say success, and does neither.
pub fn wrong_reference(preset: Preset) -> MockResponse {
    let unusable = json!({ "unusable": true });
    match preset {
        Preset::Putright => MockResponse::json(StatusCode::CREATED, &json!({ "reference": unusable })),
        Preset::Open311 => MockResponse::json(StatusCode::CREATED, &json!([{ "service_request_id": null }])),
        Preset::FixMyStreetImport => MockResponse::text(StatusCode::OK, "OK"),
        Preset::DrupalWebformRest => MockResponse::json(StatusCode::OK, &json!({ "sid": null })),
        Preset::Formspree => MockResponse::json(StatusCode::OK, &json!({ "ok": true })),
        Preset::PowerAutomate | Preset::N8n => MockResponse::json(StatusCode::OK, &json!({ "reference": unusable })),
        Preset::AspNet => MockResponse::json(StatusCode::CREATED, &json!({ "reference": null })),
        Preset::Laravel => MockResponse::json(StatusCode::CREATED, &json!({ "id": unusable })),
        Preset::Netlify | Preset::FormHandler => MockResponse::page(StatusCode::OK, "Welcome", "Choose a service."),
    }
}

/// The older Drupal, Open311 behind some proxies, and `FixMyStreet` always: an error that looks well from afar.
fn ok_error(preset: Preset) -> MockResponse {
    let account = preset.account();
    let body: Value = match preset {
        Preset::Putright => {
            json!({ "title": INVALID, "errors": [{ "pointer": "#/points/0/what_happened", "detail": NEEDED }] })
        }
        Preset::Open311 => json!([{ "code": 400, "description": NEEDED }]),
        Preset::FixMyStreetImport => return MockResponse::text(StatusCode::OK, format!("ERROR:{NEEDED}\n")),
        Preset::DrupalWebformRest => json!({ "error": { account: [NEEDED] } }),
        Preset::Formspree => json!({ "error": NEEDED }),
        Preset::PowerAutomate => json!({ "error": { "code": "InvalidRequestContent", "message": NEEDED } }),
        Preset::N8n | Preset::AspNet | Preset::Laravel => {
            json!({ "message": INVALID, "errors": { account: [NEEDED] } })
        }
        Preset::Netlify | Preset::FormHandler => {
            return MockResponse::page(StatusCode::OK, "Something went wrong", NEEDED);
        }
    };
    MockResponse::json(StatusCode::OK, &body)
}

fn problem(status: StatusCode) -> MockResponse {
    let errors = json!([{ "pointer": "#/points/0/what_happened", "detail": NEEDED }]);
    MockResponse::problem(status, INVALID, Some(errors))
}

fn page(status: StatusCode, title: &str) -> MockResponse {
    MockResponse::page(status, title, "nginx")
}
