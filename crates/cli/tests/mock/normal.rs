//! The response of each backend when all is well, and the stored submission.

use std::{sync::Arc, thread};

use serde_json::{Value, json};

use crate::support::{ID, Mock, PRESETS, Sent, header, json, text};

#[test]
fn every_backend_stores_what_it_takes_with_the_copy_number() {
    for preset in PRESETS {
        let mock = Mock::start(preset, &[]);
        mock.post(&mock.good());
        mock.post(&mock.good());
        let received = mock.received();
        assert_eq!((received.len(), mock.requests()), (2, 2), "{preset}");
        // Not the boundary's: it looks like one.
        assert!(received.iter().all(|submission| submission["id"] == ID), "{preset}: {received:?}");
    }
}

#[test]
fn each_says_so_in_its_own_way() {
    for (preset, status, content_type, first, second) in [
        ("open311", 201, "application/json", "\"service_request_id\":638344", "\"service_request_id\":638345"),
        ("fixmystreet-import", 200, "text/plain; charset=utf-8", "SUCCESS", "SUCCESS"),
        ("drupal-webform-rest", 200, "application/json", r#"{"sid":"4127"}"#, r#"{"sid":"4128"}"#),
        ("formspree", 200, "application/json", r#"{"next":"/thanks","ok":true}"#, "/thanks"),
        ("netlify", 200, "text/html; charset=utf-8", "putright-received", "putright-received"),
        ("power-automate", 202, "", "", ""),
        ("n8n", 200, "application/json", r#"{"files":1,"reference":"MOCK-000001"}"#, "MOCK-000002"),
        ("putright", 201, "application/json", r#"{"reference":"MOCK-000001"}"#, "MOCK-000002"),
        ("aspnet", 201, "application/json", r#"{"reference":"MOCK-000001"}"#, "MOCK-000002"),
        ("laravel", 201, "application/json", "\"id\":17", "\"id\":18"),
        ("form-handler", 200, "text/html; charset=utf-8", "We have received your form", "received"),
    ] {
        let mock = Mock::start(preset, &[]);
        for says in [first, second] {
            let response = mock.post(&mock.good());
            assert_eq!(response.status(), status, "{preset}");
            assert_eq!(header(&response, "content-type"), content_type, "{preset}");
            let said = text(response);
            assert!(said.contains(says), "{preset}: {said}");
            assert!(preset != "power-automate" || said.is_empty());
        }
    }
}

#[test]
fn a_submission_with_files_comes_in_parts() {
    let mock = Mock::start("putright", &[]);
    let submission = json!({ "id": ID, "points": [{ "what_happened": "déjà vu" }] });
    // A part that a script made of a `Blob` has a file's name.
    let blob = [("submission", "blob", "application/json", &*submission.to_string())];
    let files = [("file", "a.txt", "text/plain", "abc"), ("file", "b b.pdf", "application/pdf", "")];
    let sent = Sent::multipart(&[], &[&blob[..], &files].concat());
    assert_eq!(mock.post(&sent).status(), 201);
    let received = mock.received().remove(0);
    assert_eq!(received["json"], submission);
    assert_eq!(received["content_type"], "multipart/form-data");
    assert_eq!(received["id"], ID);
    assert_eq!(received["files"].as_array().unwrap().len(), 2);
    assert_eq!(
        received["files"][0],
        json!({
            "field": "file", "name": "a.txt", "media_type": "text/plain", "bytes": 3,
            "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        })
    );
    assert_eq!(received["files"][1]["name"], "b b.pdf");
    assert_eq!(received["files"][1]["bytes"], 0);
}

#[test]
fn files_come_as_base64_too() {
    let mock = Mock::start("power-automate", &[]);
    let file = json!({ "name": "a.txt", "media_type": "text/plain", "bytes": 3, "content": "YWJj" });
    assert_eq!(mock.post(&Sent::json(&json!({ "id": ID, "files": [file] }))).status(), 202);
    let file = &mock.received()[0]["files"][0];
    assert_eq!((&file["field"], &file["bytes"]), (&json!("/files/0"), &json!(3)));
}

#[test]
fn what_is_told_of_a_form() {
    let mock = Mock::start("form-handler", &[]);
    let fields = [("message", "a & b\r\n=ü"), ("empty", ""), ("twice", "1"), ("twice", "2"), ("twice", "3")];
    let file = [("file", "", "application/octet-stream", "")];
    let headers = [("accept", "text/html"), ("referer", "http://a.example/"), ("cookie", "a=b")];
    for sent in [Sent::form(&fields), Sent::multipart(&fields, &file)] {
        let sent = headers.into_iter().fold(sent, |sent, (name, value)| sent.with(name, value));
        assert_eq!(mock.post(&sent).status(), 200);
    }
    for (received, content_type) in
        mock.received().iter().zip(["application/x-www-form-urlencoded", "multipart/form-data"])
    {
        assert_eq!(received["content_type"], content_type);
        assert_eq!(received["fields"], json!({ "message": "a & b\r\n=ü", "empty": "", "twice": ["1", "2", "3"] }));
        // A page's own form sends an empty part where no file was chosen.
        assert_eq!(received["files"], json!([]));
        assert_eq!((&received["id"], &received["key"], &received["json"]), (&Value::Null, &Value::Null, &Value::Null));
        assert_eq!(
            received["headers"],
            json!({ "accept": "text/html", "referer": "http://a.example/", "cookie": true })
        );
    }
}

#[test]
fn a_page_that_is_opened_is_sent_on_by_formspree() {
    let mock = Mock::start("formspree", &[]);
    let response = mock.post(&mock.good().without("accept"));
    assert_eq!(response.status(), 302);
    let page = mock.get(header(&response, "location"));
    assert_eq!((page.status().as_u16(), mock.stored()), (200, 1));
    assert!(text(page).contains("<title>"));
}

#[test]
fn the_same_key_is_stored_once_by_putright_and_by_nobody_else() {
    for preset in PRESETS {
        let mock = Mock::start(preset, &[]);
        let sent = || mock.good().with("idempotency-key", ID);
        assert_eq!(header(&mock.post(&sent()), "idempotent-replayed"), "");
        let again = mock.post(&sent());
        let once = preset == "putright";
        assert_eq!(header(&again, "idempotent-replayed"), if once { "true" } else { "" }, "{preset}");
        let received = mock.received();
        assert_eq!(received.len(), if once { 1 } else { 2 }, "{preset}");
        assert_eq!(received[0]["key"], ID);
        if once {
            assert_eq!(json(again)["reference"], "MOCK-000001");
            let mut other = sent();
            other.body = br#"{"id":"another"}"#.to_vec();
            assert_eq!(mock.post(&other).status(), 422);
            assert_eq!(mock.stored(), 1);
        }
    }
}

#[test]
fn two_hundred_at_once_each_twice_are_two_hundred() {
    let mock = Arc::new(Mock::start("putright", &[]));
    let senders: Vec<_> = (0..400)
        .map(|place| {
            let mock = mock.clone();
            thread::spawn(move || {
                let key = format!("{:032x}", place / 2);
                let sent = Sent::json(&json!({ "id": key })).with("idempotency-key", &key);
                let response = mock.post(&sent);
                assert_eq!(response.status(), 201);
                (key, json(response)["reference"].as_str().unwrap().to_owned())
            })
        })
        .collect();
    let mut answers: Vec<_> = senders.into_iter().map(|sender| sender.join().unwrap()).collect();
    answers.sort();
    answers.dedup();
    // Both of a pair were told the same.
    assert_eq!((answers.len(), mock.stored(), mock.requests()), (200, 200, 400));
}
