//! Responses: what proves success, and what an error says.

use super::{judged, names, preset, read};
use putright_domain::delivery::{
    config::SendBy,
    file_rules::Proof,
    response::{DeliveryError, Receipt, Response, evaluate_response},
};
use serde_json::json;

#[test]
fn nothing_counts_as_delivered_without_what_the_rules_want_to_see() {
    let delivered = |name: &str, status, body: &str, reference: &str| {
        assert_eq!(judged(name, status, body), Ok(Receipt { reference: reference.into() }), "{name} {status} {body}");
    };
    delivered("putright", 201, r#"{"reference":"K7M"}"#, "K7M");
    delivered("putright", 200, r#"{"reference":17}"#, "17");
    delivered("open311", 201, r#"[{"service_request_id":638344}]"#, "638344");
    delivered("open311", 200, r#"[{"token":"abc"}]"#, "abc");
    delivered("fixmystreet-import", 200, "SUCCESS\n", "");
    delivered("drupal-webform-rest", 200, r#"{"sid":"5"}"#, "5");
    delivered("drupal-webform-rest", 200, r#"{"sid":"5","error":[]}"#, "5");
    for nothing in [r#""""#, "null", "false", "0", "{}"] {
        delivered("drupal-webform-rest", 200, &format!(r#"{{"sid":"5","error":{nothing}}}"#), "5");
    }
    delivered("formspree", 200, r#"{"next":"/thanks"}"#, "");
    delivered("netlify", 200, "<p class=putright-received>", "");
    delivered("power-automate", 202, "", "");
    delivered("n8n", 200, r#"[{"reference":"a"}]"#, "a");
    delivered("n8n", 200, r#"{"message":"Workflow was started"}"#, "");
    delivered("n8n", 200, "{ \"message\": \"Workflow was started\" }", "");
    delivered("laravel", 201, r#"{"id":17}"#, "17");
    for name in names().iter().filter(|name| preset(name).send == SendBy::Fetch) {
        for body in [
            "<html>Thank you</html>",
            "{}",
            "[]",
            "null",
            r#"{"reference":" "}"#,
            r#"{"reference":{"a":1}}"#,
            r#"{"id":0}"#,
        ] {
            assert_eq!(judged(name, 200, body), Err(DeliveryError::Fault(200)), "{name}: {body}");
        }
        for status in [408, 409, 500, 502, 503, 504, 302] {
            let told = judged(name, status, r#"{"reference":"a","sid":1,"next":"x","id":1}"#).unwrap_err();
            assert!(told.may_have_arrived(), "{name}: {status}");
        }
        assert_eq!(judged(name, 413, "x"), Err(DeliveryError::TooLarge));
        let fault = judged(name, 500, "").unwrap_err();
        assert_eq!([format!("{fault}"), format!("{fault:?}")], ["the answer, with status 500, proves nothing"; 2]);
        assert!(!judged(name, 422, "").unwrap_err().may_have_arrived());
        assert_eq!(judged(name, 429, ""), Err(DeliveryError::Busy(None)));
    }
}

#[test]
fn an_error_in_a_success_s_clothes_is_a_refusal() {
    for (name, body) in [
        ("drupal-webform-rest", r#"{"error":"Invalid webform_id"}"#),
        ("drupal-webform-rest", r#"{"sid":"5","error":{"message":"is required"}}"#),
        ("drupal-webform-rest", r#"{"sid":"5","error":"is required"}"#),
        ("fixmystreet-import", "ERROR:Please enter a subject\nERROR:Please enter your name"),
        ("open311", r#"[{"code":400,"description":"jurisdiction_id is wrong"}]"#),
        ("formspree", r#"{"error":"Form not found"}"#),
        ("n8n", r#"{"message":"The workflow could not be started"}"#),
        ("n8n", r#"{"message":"He said: \"Workflow was started\" and left"}"#),
    ] {
        let Err(DeliveryError::Refused(refusals)) = judged(name, 200, body) else { panic!("{name}: {body}") };
        assert!(!refusals.is_empty() && refusals.iter().all(|refusal| !refusal.detail.is_empty()), "{name}");
    }
}

#[test]
fn what_is_wrong_with_a_field_finds_its_place_in_the_submission() {
    let places = |name: &str, body: &str| -> Vec<(String, String)> {
        let Err(DeliveryError::Refused(refusals)) = judged(name, 422, body) else { panic!("{name}") };
        refusals.into_iter().map(|refusal| (refusal.pointer, refusal.detail)).collect()
    };
    let one = |pointer: &str, detail: &str| vec![(pointer.to_owned(), detail.to_owned())];
    let what = "/points/0/what_happened";
    assert_eq!(
        places("putright", r##"{"errors":[{"pointer":"#/points/0/what_happened","detail":"is short"}]}"##),
        one(what, "is short")
    );
    assert_eq!(
        places("laravel", r#"{"message":"no","errors":{"points.0.what_happened":["is short"]}}"#),
        one(what, "is short")
    );
    assert_eq!(places("aspnet", r#"{"errors":{"$.points[0].what_happened":["is short"]}}"#), one(what, "is short"));
    assert_eq!(
        places("formspree", r#"{"errors":[{"field":"email","code":"TYPE_EMAIL","message":"must be one"}]}"#),
        one("/contact/email", "must be one")
    );
    assert_eq!(
        places("drupal-webform-rest", r#"{"message":"x","error":{"email":"is wrong"}}"#),
        one("/contact/email", "is wrong")
    );
    // What matches no field is told all the same, of the whole.
    assert_eq!(places("drupal-webform-rest", r#"{"error":{"captcha":"is missing"}}"#), one("", "is missing"));
    assert_eq!(places("laravel", r#"{"message":"CSRF token mismatch."}"#), one("", "CSRF token mismatch."));
    assert!(places("putright", "<p>no</p>").is_empty());
}

#[test]
fn success_that_asks_about_files_needs_as_many_as_were_sent() {
    let delivery = json!({
        "url": "https://council.example/send",
        "success": { "status": [200], "body": [{ "json": "/reference", "is": "present" }, { "json": "/kept", "is": "files_sent" }] },
        "files": { "proof": null }
    });
    let config = read(&delivery).unwrap();
    assert_eq!(config.files.unwrap().proof, Proof::Success, "a success proves the files, too");
    let judged = |kept: &str, files: usize| {
        let body = format!(r#"{{"reference":"K7M"{kept}}}"#);
        evaluate_response(&config.endpoint, &Response { status: 200, body, ..Response::default() }, files)
    };
    let receipt = Receipt { reference: "K7M".to_owned() };
    for (kept, files) in
        [("", 0), (r#","kept":0"#, 0), (r#","kept":2"#, 2), (r#","kept":["a","b"]"#, 2), (r#","kept":[]"#, 0)]
    {
        assert_eq!(judged(kept, files), Ok(receipt.clone()), "{kept} {files}");
    }
    for (kept, files) in [
        ("", 1),
        (r#","kept":1"#, 2),
        (r#","kept":3"#, 2),
        (r#","kept":["a"]"#, 2),
        (r#","kept":"2""#, 2),
        (r#","kept":1"#, 0),
    ] {
        assert_eq!(judged(kept, files), Err(DeliveryError::Fault(200)), "{kept} {files}");
    }
}
