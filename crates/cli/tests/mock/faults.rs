//! Faults that arrive as a response.

use serde_json::{Value, json};

use crate::support::{ID, Mock, PRESETS, header, json, text};

#[test]
fn statuses_of_faults_that_store_nothing() {
    for preset in PRESETS {
        for (fault, status, content_type) in [
            ("ok-error", 200, ""),
            ("refused-problem", 400, "application/problem+json"),
            ("refused-map", 400, "application/json"),
            ("refused-list", 400, "application/json"),
            ("too-large", 413, ""),
            ("unprocessable", 422, "application/problem+json"),
            ("too-many", 429, ""),
            ("server-error", 500, ""),
            ("html-error", 502, "text/html; charset=utf-8"),
            ("unavailable", 503, ""),
        ] {
            let mock = Mock::with_fault(preset, fault);
            let response = mock.post(&mock.good());
            assert_eq!(response.status(), status, "{preset} {fault}");
            assert!(content_type.is_empty() || header(&response, "content-type") == content_type, "{preset} {fault}");
            assert_eq!(header(&response, "retry-after"), if fault == "too-many" { "1" } else { "" });
            assert_eq!((mock.stored(), mock.requests()), (0, 1), "{preset} {fault}");
        }
    }
}

#[test]
fn a_fault_that_stores_nothing_needs_nothing_good() {
    let mock = Mock::with_fault("laravel", "unavailable");
    assert_eq!(mock.post(&crate::support::Sent::form(&[])).status(), 503);
}

#[test]
fn errors_under_status_200_are_in_the_backends_own_shape() {
    for (preset, pointer) in [
        ("putright", "/errors/0/pointer"),
        ("open311", "/0/description"),
        ("drupal-webform-rest", "/error/message/0"),
        ("formspree", "/error"),
        ("power-automate", "/error/message"),
        ("n8n", "/errors/message/0"),
        ("aspnet", "/errors/points.0.what_happened/0"),
        ("laravel", "/errors/points.0.what_happened/0"),
    ] {
        let mock = Mock::with_fault(preset, "ok-error");
        let said = json(mock.post(&mock.good()));
        assert!(said.pointer(pointer).is_some_and(Value::is_string), "{preset}: {said}");
    }
    for (preset, says) in [
        ("fixmystreet-import", "ERROR:"),
        ("netlify", "Something went wrong"),
        ("form-handler", "Something went wrong"),
    ] {
        let mock = Mock::with_fault(preset, "ok-error");
        let said = text(mock.post(&mock.good()));
        assert!(said.contains(says) && !said.contains("putright-received"), "{preset}: {said}");
    }
}

#[test]
fn refusals_name_the_field_as_the_backend_does() {
    for (preset, field) in [
        ("putright", "points.0.what_happened"),
        ("open311", "description"),
        ("fixmystreet-import", "detail"),
        ("formspree", "message"),
        ("netlify", "message"),
        ("power-automate", "points.0.what_happened"),
        ("n8n", "message"),
        ("aspnet", "points.0.what_happened"),
        ("laravel", "points.0.what_happened"),
        ("form-handler", "message"),
    ] {
        let mock = Mock::with_fault(preset, "refused-map");
        let said = json(mock.post(&mock.good()));
        assert!(said["message"].is_string() && said["errors"][field][0].is_string(), "{preset}: {said}");
        let mock = Mock::with_fault(preset, "refused-list");
        let said = json(mock.post(&mock.good()));
        let error = &said["errors"][0];
        assert_eq!(error["field"], field);
        assert!(error["code"].is_string() && error["message"].is_string(), "{preset}: {said}");
    }
    let mock = Mock::with_fault("drupal-webform-rest", "refused-map");
    let said = json(mock.post(&mock.good()));
    assert!(said["message"].is_string() && said["error"]["message"].is_string());
    for (fault, status) in [("refused-problem", 400), ("unprocessable", 422)] {
        let mock = Mock::with_fault("putright", fault);
        let said = json(mock.post(&mock.good()));
        assert_eq!(said["status"], status);
        assert_eq!(said["errors"][0]["pointer"], "#/points/0/what_happened");
        assert!(said["title"].is_string() && said["errors"][0]["detail"].is_string());
    }
}

#[test]
fn answers_of_faults_that_store_it() {
    for preset in PRESETS {
        let mock = Mock::with_fault(preset, "accepted-empty");
        let response = mock.post(&mock.good());
        assert_eq!((response.status().as_u16(), header(&response, "content-type")), (202, ""));
        assert_eq!((text(response), mock.stored()), (String::new(), 1), "{preset}");

        let well = Mock::start(preset, &[]).post_good();
        let mock = Mock::with_fault(preset, "wrong-type");
        let (status, content_type, said) = mock.post_good();
        assert_eq!((status, content_type, said), (well.0, "application/octet-stream".to_owned(), well.2), "{preset}");
        assert_eq!(mock.stored(), 1, "{preset}");
    }
}

#[test]
fn a_reference_that_is_none() {
    for (preset, pointer) in [
        ("putright", "/reference"),
        ("open311", "/0/service_request_id"),
        ("drupal-webform-rest", "/sid"),
        ("power-automate", "/reference"),
        ("n8n", "/reference"),
        ("aspnet", "/reference"),
        ("laravel", "/id"),
    ] {
        let mock = Mock::with_fault(preset, "wrong-reference");
        let response = mock.post(&mock.good());
        assert!(response.status().is_success());
        let said = json(response);
        assert!(said.pointer(pointer).is_some_and(|value| value.is_null() || value.is_object()), "{preset}: {said}");
        assert_eq!(mock.stored(), 1, "{preset}");
    }
    for (preset, is_not_said) in [
        ("fixmystreet-import", "SUCCESS"),
        ("formspree", "next"),
        ("netlify", "putright-received"),
        ("form-handler", "received"),
    ] {
        let mock = Mock::with_fault(preset, "wrong-reference");
        let (status, _, said) = mock.post_good();
        assert!(status == 200 && !said.contains(is_not_said), "{preset}: {said}");
        assert_eq!(mock.stored(), 1, "{preset}");
    }
}

#[test]
fn after_so_many_times_all_is_well() {
    let mock = Mock::start("putright", &["--fault", "unavailable", "--times", "2"]);
    let statuses = [(); 4].map(|()| mock.post(&mock.good()).status().as_u16());
    assert_eq!(statuses, [503, 503, 201, 201]);
    assert_eq!((mock.stored(), mock.requests()), (2, 4));
    let mock = Mock::start("putright", &["--fault", "unavailable", "--times", "0"]);
    assert_eq!(mock.post(&mock.good()).status(), 201);
}

#[test]
fn a_fault_that_stores_waits_for_what_can_be_stored() {
    let mock = Mock::start("laravel", &["--fault", "accepted-empty", "--times", "1"]);
    let statuses =
        [mock.good().without("x-xsrf-token"), mock.good(), mock.good()].map(|sent| mock.post(&sent).status().as_u16());
    assert_eq!(statuses, [419, 202, 201]);
}

#[test]
fn what_was_stored_without_an_answer_is_known_when_it_comes_again() {
    let mock = Mock::start("putright", &["--fault", "reset-after", "--times", "1"]);
    let sent = mock.good().with("idempotency-key", ID);
    mock.try_post(&sent).unwrap_err();
    let again = mock.post(&sent);
    assert_eq!(header(&again, "idempotent-replayed"), "true");
    assert_eq!(json(again), json!({ "reference": "MOCK-000001" }));
    assert_eq!((mock.stored(), mock.requests()), (1, 2));
}
