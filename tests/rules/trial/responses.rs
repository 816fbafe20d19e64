//! Findings about responses: status, body, headers and tokens.

use super::{ELSEWHERE, ID, REFERENCE, about, answer, config, elsewhere, found, heard, text, trial};
use putright_endpoint_test::{End, Purpose, ReadableResponse, Side, Subject, Verdict, headline};
use serde_json::{Value, json};

#[test]
fn each_answer_that_is_no_success_is_told_by_what_it_is() {
    let table = [
        (401, "", Subject::Answer, Side::Server, "The server wants to know who is sending"),
        (403, "{}", Subject::Answer, Side::Server, "The server wants to know who is sending"),
        (404, "<h1>Not found</h1>", Subject::Answer, Side::Either, "Nothing takes complaints at this address"),
        (405, "", Subject::Answer, Side::Either, "Nothing takes complaints at this address"),
        (406, "", Subject::Answer, Side::Either, "The server cannot answer in the form that it is asked for"),
        (409, "", Subject::Answer, Side::Server, "The server says that the test clashes with something it has"),
        (413, "", Subject::Answer, Side::Server, "The test is too large for the server"),
        (415, "", Subject::Answer, Side::Either, "The server does not take this type of content"),
        (419, "", Subject::Answer, Side::Either, "The server did not take the token"),
        (400, "{}", Subject::Errors, Side::Site, "People would not be told what is wrong"),
        (422, "nonsense", Subject::Answer, Side::Either, "The server refused the test"),
        (429, "", Subject::Answer, Side::Server, "The server asks to wait"),
        (500, "", Subject::Answer, Side::Server, "The server failed"),
        (502, "<h1>Bad gateway</h1>", Subject::Answer, Side::Server, "A server in front of it got no good answer"),
        (503, "", Subject::Answer, Side::Server, "A server in front of it got no good answer"),
        (301, "", Subject::Answer, Side::Server, "The answer is no success"),
        (206, REFERENCE, Subject::Answer, Side::Either, "The status is not one that the file calls a success"),
        (202, "", Subject::Body, Side::Either, "The answer does not prove that the test was stored"),
        (200, "<p>Sign in</p>", Subject::Body, Side::Either, "The answer does not prove that the test was stored"),
    ];
    for (status, body, on, side, title) in table {
        let (asked, found) = found(&elsewhere("putright"), |_, _| answer(status, body));
        assert_eq!(asked, [Purpose::Send], "{status}: never sent twice");
        let finding = about(&found, on);
        assert_eq!((finding.side, finding.title), (side, title), "{status}");
        assert_eq!(headline(&found), "Not ready: something must be changed", "{status}");
        assert_eq!(about(&found, Subject::Twice).verdict, Verdict::Unknown, "{status}");
    }
    let (_, busy) = found(&json!({ "preset": "putright", "url": "api/complaints" }), |_, _| answer(429, ""));
    assert_eq!(about(&busy, Subject::Answer).title, "The server asks to wait", "on the page's own server, too");
}

#[test]
fn what_is_wanted_of_a_body_is_told_with_what_is_there() {
    let table = [
        ("putright", "", "The answer is empty"),
        ("putright", "<html>", "a web page, not JSON"),
        ("putright", "thanks", "text, not JSON"),
        ("putright", r#"{"reference":{}}"#, "JSON with something at /reference (a list or an object is there)"),
        ("putright", r#"{"reference":null}"#, "(null is there)"),
        ("putright", r#"{"reference":""}"#, "(what is there is empty, false or 0)"),
        ("putright", r#"{"number":1}"#, "(nothing is there)"),
        ("open311", "[]", "/0/service_request_id (nothing is there), or JSON with something at /0/token"),
        ("fixmystreet-import", "OK", "the text SUCCESS and nothing else"),
        ("netlify", "<p>hello</p>", "the text putright-received somewhere in it"),
        ("power-automate", "{}", "or nothing at all"),
    ];
    for (preset, body, says) in table {
        let (_, found) = found(&elsewhere(preset), |_, _| answer(200, body));
        let finding = about(&found, Subject::Body);
        assert!(text(finding).contains(says), "{preset} {body}: {finding:#?}");
    }
}

#[test]
fn a_refusal_is_told_in_the_server_s_own_words() {
    let (_, found) = found(&elsewhere("putright"), |_, _| {
        answer(422, r##"{"errors":[{"pointer":"#/points/0/what_happened","detail":"Say more."}]}"##)
    });
    assert_eq!(about(&found, Subject::Answer).lines, ["/points/0/what_happened: Say more."]);
    let (_, found) = self::found(&elsewhere("fixmystreet-import"), |_, _| answer(200, "ERROR:No photo\n"));
    let finding = about(&found, Subject::Answer);
    assert_eq!(
        (finding.title, finding.lines.as_slice()),
        ("The status says yes, but the answer says no", &["No photo".to_owned()][..])
    );
}

#[test]
fn the_same_sent_twice_is_compared_by_its_reference() {
    let again = |first: &'static str, second: End| {
        let mut second = Some(second);
        let (asked, found) = found(&elsewhere("putright"), move |ask, _| match ask {
            Purpose::Again => second.take().unwrap(),
            _ => answer(201, first),
        });
        assert_eq!(asked[..2], [Purpose::Send, Purpose::Again]);
        let finding = about(&found, Subject::Twice).clone();
        (finding.verdict, finding.title)
    };
    let once = (Verdict::Works, "The same test sent twice was stored once");
    assert_eq!(again(REFERENCE, answer(200, REFERENCE)), once);
    assert_eq!(
        again(REFERENCE, answer(201, r#"{"reference":"other"}"#)),
        (Verdict::Change, "The same test sent twice was stored twice")
    );
    for status in [409, 422, 500] {
        let title = "The same test sent a second time was not answered as the first time";
        assert_eq!(again(REFERENCE, answer(status, "{}")), (Verdict::Change, title));
    }
    for end in [End::Nothing, End::Late] {
        let title = "The same test sent a second time got no answer";
        assert_eq!(again(REFERENCE, end), (Verdict::Unknown, title));
    }
}

#[test]
fn without_a_reference_it_cannot_be_known_whether_it_was_stored_twice() {
    let delivery = json!({
        "preset": "fixmystreet-import", "url": ELSEWHERE, "idempotency": { "field": "external_id" },
    });
    let (asked, found) = found(&delivery, |_, _| answer(200, "SUCCESS"));
    assert_eq!(asked, [Purpose::Send, Purpose::Again]);
    assert_eq!(about(&found, Subject::Twice).verdict, Verdict::Unknown);
    let (_, found) = self::found(&delivery, |_, _| {
        let mut heard = heard(200, "SUCCESS");
        heard.headers.push(("idempotent-replayed".to_owned(), "true".to_owned()));
        End::Answered(heard)
    });
    assert_eq!(about(&found, Subject::Twice).verdict, Verdict::Works, "unless the server says so");
}

#[test]
fn without_a_key_nothing_is_sent_twice() {
    let (asked, found) = found(&elsewhere("open311"), |_, _| answer(201, r#"[{"service_request_id":7}]"#));
    assert_eq!(asked, [Purpose::Send]);
    let finding = about(&found, Subject::Twice);
    assert_eq!(finding.verdict, Verdict::Consider);
    assert_eq!(headline(&found), "It works");
}

#[test]
fn a_server_that_asks_to_wait_is_told_to_let_the_page_read_for_how_long() {
    let busy = |delivery: &Value, waits: bool| {
        let (_, found) = found(delivery, |_, _| {
            let mut heard = heard(429, "");
            heard.headers.extend(waits.then(|| ("retry-after".to_owned(), "60".to_owned())));
            End::Answered(heard)
        });
        let finding = about(&found, Subject::Answer);
        assert_eq!(finding.title, "The server asks to wait");
        finding.lines.join(" ").contains("Retry-After")
    };
    assert!(busy(&elsewhere("putright"), false));
    assert!(!busy(&elsewhere("putright"), true), "it does already");
    assert!(!busy(&json!({ "preset": "putright", "url": "api/submissions" }), false), "on this site it can be read");
}

#[test]
fn what_the_file_wants_of_an_answer_is_called_json_only_where_it_is() {
    let told = |preset: &str, body: &str| {
        let (_, found) = found(&elsewhere(preset), |_, _| answer(200, body));
        text(about(&found, Subject::Body))
    };
    assert!(told("putright", "thanks").contains("text, not JSON"));
    assert!(!told("putright", r#"{"number":1}"#).contains("not JSON"), "it is JSON, with something else in it");
    assert!(!told("fixmystreet-import", "OK").contains("not JSON"), "none is wanted");
}

#[test]
fn a_request_is_handed_over_with_its_headers_and_all_that_a_form_has() {
    let handed = |preset: &str| -> Value {
        let config = config(&elsewhere(preset));
        serde_json::from_str(&trial().next(&config).unwrap().1.to_json()).unwrap()
    };
    let request = handed("putright");
    assert!(request["headers"].as_array().unwrap().contains(&json!(["Idempotency-Key", ID])), "{request}");
    let rows = handed("open311")["form"].as_array().unwrap().clone();
    assert!(rows.len() > 2 && rows.iter().all(|row| row.as_array().unwrap().len() == 2), "{rows:?}");
}

#[test]
fn a_reference_in_a_header_must_be_let_through() {
    let delivery = json!({
        "url": ELSEWHERE, "reference": [{ "header": "Location" }], "idempotency": null, "retry": null,
        "success": { "status": [201], "body": [{ "empty": true }] },
    });
    let (_, hidden) = found(&delivery, |_, _| answer(201, ""));
    let finding = about(&hidden, Subject::Reference);
    assert_eq!((finding.verdict, finding.side), (Verdict::Change, Side::Server));
    assert_eq!(finding.lines, ["Access-Control-Expose-Headers: Location, Retry-After"]);
    let mut here = delivery;
    here["url"] = "api/submissions".into();
    let (_, absent) = found(&here, |_, _| answer(201, ""));
    assert_eq!(
        about(&absent, Subject::Reference).title,
        "The answer has no reference",
        "nothing is hidden from its own page"
    );
}

#[test]
fn a_token_is_fetched_before_each_try_and_its_ways_to_fail_are_told() {
    let delivery = json!({ "preset": "laravel", "url": "api/complaints", "idempotency": { "header": "X-Key" } });
    let with_cookie = |cookies: &str| {
        let mut heard = heard(204, "");
        heard.cookies = cookies.to_owned();
        End::Answered(heard)
    };
    let (asked, good) = found(&delivery, |ask, request| {
        if ask == Purpose::Token {
            return with_cookie("XSRF-TOKEN=abc%3D");
        }
        assert!(request.headers.contains(&("X-XSRF-TOKEN".to_owned(), "abc=".to_owned())));
        answer(201, r#"{"id":17}"#)
    });
    assert_eq!(asked, [Purpose::Token, Purpose::Send, Purpose::Token, Purpose::Again]);
    assert_eq!(about(&good, Subject::Token).verdict, Verdict::Works);
    assert_eq!(about(&good, Subject::Answer).verdict, Verdict::Works);
    assert_eq!(about(&good, Subject::Twice).verdict, Verdict::Works);
    let table = [
        (delivery.clone(), answer(404, ""), "The token was not given out"),
        (delivery, with_cookie("other=1"), "The answer sets no cookie that holds the token"),
        (
            json!({ "preset": "laravel", "url": ELSEWHERE, "csrf": { "url": "https://forms.example.gov.uk/csrf", "read": { "cookie": "T" }, "header": "X" } }),
            with_cookie(""),
            "The token is in a cookie of another site",
        ),
        (
            json!({ "preset": "drupal-webform-rest", "url": "submit" }),
            answer(200, "<p>Sign in first</p>"),
            "There is no token where the file says",
        ),
    ];
    for (delivery, end, title) in table {
        let mut end = Some(end);
        let (asked, found) = found(&delivery, |_, _| end.take().unwrap());
        assert_eq!(asked, [Purpose::Token]);
        assert_eq!(about(&found, Subject::Token).title, title);
    }
    for (body, shown) in [(" <p>Sign in first</p>\n", "<p>Sign in first</p>"), ("", "(nothing)")] {
        let delivery = json!({ "preset": "drupal-webform-rest", "url": "submit" });
        let (_, found) = found(&delivery, |_, _| answer(200, body));
        assert_eq!(about(&found, Subject::Token).lines, [shown]);
    }
}

#[test]
fn what_is_slow_late_redirected_or_called_something_else_is_told() {
    let (_, late) = found(&elsewhere("putright"), |_, _| End::Late);
    assert!(text(about(&late, Subject::Time)).contains("after 30 seconds"));
    assert_ne!(about(&late, Subject::Time).title, "The token did not come in time");
    let (_, no_token) = found(&json!({ "preset": "laravel", "url": "api/complaints" }), |_, _| End::Late);
    assert_eq!(about(&no_token, Subject::Time).title, "The token did not come in time");
    let with = |change: fn(&mut ReadableResponse)| {
        let (_, found) = found(&elsewhere("putright"), |_, _| {
            let mut heard = heard(201, REFERENCE);
            change(&mut heard);
            End::Answered(heard)
        });
        found
    };
    let slow = with(|heard| heard.milliseconds = 20_000);
    assert!(text(about(&slow, Subject::Time)).contains("20.0 seconds"));
    let half = with(|heard| heard.milliseconds = 15_000);
    assert!(half.iter().all(|finding| finding.about != Subject::Time), "half the time is not more than half");
    let odd = with(|heard| heard.headers = vec![("content-type".to_owned(), "application/octet-stream".to_owned())]);
    assert!(text(about(&odd, Subject::Type)).contains("is application/octet-stream"));
    assert_eq!(about(&odd, Subject::Answer).verdict, Verdict::Works, "the form reads it all the same");
    let moved = with(|heard| heard.redirected_to = "https://forms.example.gov.uk/v2".to_owned());
    assert_eq!(about(&moved, Subject::Redirect).lines, ["https://forms.example.gov.uk/v2"]);
}
