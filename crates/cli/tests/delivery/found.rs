//! `putright check` on a delivery: each message names the file, the place, what is wrong and what to do.

use std::fs;

use serde_json::{Value, json};

use crate::{documented::smallest, place::Place};

fn told(delivery: &Value) -> Vec<String> {
    Place::with(delivery).told()
}

fn must_say(delivery: &Value, parts: &[&str]) {
    let told = told(delivery);
    let line = told.iter().find(|line| parts.iter().all(|part| line.contains(part)));
    assert!(line.is_some(), "no {parts:?} in {told:#?}");
}

fn with(preset: &str, changes: &Value) -> Value {
    let (_, mut block) = smallest().into_iter().find(|(name, _)| name == preset).unwrap();
    for (key, value) in changes.as_object().unwrap() {
        block[key] = value.clone();
    }
    block
}

#[test]
fn secrets_are_refused_because_everybody_can_read_the_file() {
    let url = "https://forms.example.gov.uk/x";
    let header = |name: &str, text: &str| json!({ "url": url, "headers": { name: text } });
    let to = |url: &str| json!({ "url": url });
    for (delivery, place) in [
        (header("Authorization", "abc"), "/delivery/headers/Authorization"),
        (header("Ocp-Apim-Subscription-Key", "abc"), "/delivery/headers/Ocp-Apim-Subscription-Key"),
        (header("X-API-Key", "abc"), "/delivery/headers/X-API-Key"),
        (header("X-Sender", "Bearer abc"), "/delivery/headers/X-Sender"),
        (header("X-Sender", "eyJhbGciOi.eyJzdWIiOi.c2lnbmF0"), "/delivery/headers/X-Sender"),
        (
            with("open311", &json!({ "fields": { "api_key": { "value": "abc" }, "service_code": { "value": "1" } } })),
            "/fields/api_key",
        ),
        (json!({ "url": url, "fields": { "/auth/access_token": { "value": "abc" } } }), "/fields/~1auth~1access_token"),
        (to("https://forms.example.gov.uk/x?y=1&api_key=abc"), "/delivery/url"),
        (to("https://me:abc@forms.example.gov.uk/x"), "/delivery/url"),
        (with("form-handler", &json!({ "url": "https://a.example/x?token=abc" })), "/delivery/url"),
        (
            json!({ "url": url, "fallbacks": [{ "form": { "url": "https://a.example/?password=a", "fields": { "a": { "value": "b" } } } }] }),
            "/delivery/fallbacks/0/form/url",
        ),
    ] {
        must_say(
            &delivery,
            &["error: ", "bromley.json at ", place, "Everything in this file is public", "Take it out"],
        );
    }
}

#[test]
fn an_address_that_is_signed_is_warned_of_because_some_have_no_other() {
    let delivery = with("power-automate", &json!({ "url": "https://a.logic.azure.com/invoke?sp=%2F&sig=abc" }));
    must_say(&delivery, &["warning: ", "/delivery/url", "\"sig\"", "Everything in this file is public", "whoever has"]);
}

#[test]
fn tokens_against_forged_requests_and_keys_of_the_form_are_no_secrets() {
    for delivery in [
        json!({ "url": "https://a.example/x", "idempotency": { "header": "X-Key" }, "headers": { "X-Requested-With": "a" } }),
        with("aspnet", &json!({})),
        with("laravel", &json!({})),
        json!({ "url": "https://a.example/x?keyword=a&form=7" }),
        json!({ "url": "https://a.example/x", "headers": { "X-Source": "sk-site" } }),
        with("formspree", &json!({ "fields": { "_subject": { "value": "Basic complaint form" } } })),
    ] {
        assert_eq!(told(&delivery), Vec::<String>::new(), "{delivery}");
    }
}

/// A fault of another kind is reported once, however often the questions are tried out.
#[test]
fn other_faults_are_not_told_again() {
    let place = Place::with(&json!({ "url": "api/submissions" }));
    let path = place.folder().join("content/en/adult.json");
    let mut words: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    words["words"].as_object_mut().unwrap().remove("send");
    fs::write(&path, words.to_string()).unwrap();
    let text = String::from_utf8(place.check(&[]).stdout).unwrap();
    assert_eq!(text.matches("/words/send").count(), 1, "{text}");
}

#[test]
fn addresses_that_only_this_machine_reaches_and_those_without_encryption() {
    must_say(&json!({ "url": "http://127.0.0.1:9000/x" }), &["warning: ", "/delivery/url", "your own machine"]);
    must_say(&json!({ "url": "http://forms.example.gov.uk/x" }), &["error: ", "/delivery/url", "https://"]);
}

#[test]
fn a_field_that_the_backend_needs_and_nothing_fills() {
    let delivery = with("open311", &json!({ "fields": { "description": null } }));
    must_say(&delivery, &["error: ", "/delivery/fields/description", "refuses a submission without", "{summary}"]);
    let delivery = with("n8n", &json!({ "needs": ["message", "case"] }));
    must_say(&delivery, &["error: ", "fields/case", "is missing", "\"case\": {"]);
    let delivery = json!({ "preset": "fixmystreet-import", "url": "https://a.example/import" });
    must_say(
        &delivery,
        &["error: ", "/delivery/preset: \"fields/lat\" of the preset fixmystreet-import is empty", "\"value\""],
    );
    // One that the number goes into is filled.
    let delivery = with("n8n", &json!({ "needs": ["message", "case"], "idempotency": { "field": "case" } }));
    assert_eq!(told(&delivery), Vec::<String>::new());
}

#[test]
fn a_field_that_the_backend_needs_and_a_person_may_leave_out() {
    let delivery = with("formspree", &json!({ "needs": ["message", "email"] }));
    must_say(
        &delivery,
        &[
            "warning: ",
            "\"fields/email\" of the preset formspree",
            "stands empty where a person leaves",
            "\"otherwise\"",
        ],
    );
    let fields = json!({ "email": { "from": "/contact/email", "otherwise": "none@example.org" } });
    let delivery = with("formspree", &json!({ "needs": ["message", "email"], "fields": fields }));
    assert_eq!(told(&delivery), Vec::<String>::new());
}

#[test]
fn what_is_cut_off_is_told_by_question_and_by_the_character() {
    let delivery = with("open311", &json!({}));
    let told = told(&delivery);
    let [line] = told.as_slice() else { panic!("{told:#?}") };
    for part in [
        "warning: ",
        "bromley.json at /delivery/preset",
        "fields/description/max",
        "holds 4,000 of the ",
        " of the 5,000 characters of “What happened”",
        "all 3,000 characters of “Effect”",
        "answers more",
        "raise \"max\"",
    ] {
        assert!(line.contains(part), "no {part:?} in {line}");
    }
    // To the character: a limit that is so much higher loses so much less of the same question.
    let lost = |max: usize| -> usize {
        let fields = json!({
            "service_code": { "value": "1" }, "address_string": { "value": "a" },
            "description": { "template": "Copy number: {/id}\n\n{summary}", "max": max }
        });
        let told = Place::with(&with("open311", &json!({ "fields": fields }))).told();
        assert!(told[0].contains("/delivery/fields/description/max: holds"), "{told:#?}");
        let (before, _) = told[0].split_once(" of the 5,000 characters").unwrap();
        before.rsplit(' ').next().unwrap().replace(',', "").parse().unwrap()
    };
    assert_eq!(lost(4000), lost(4100) + 100);
    assert!(line.contains(&format!("{},{:03} of the 5,000", lost(4000) / 1000, lost(4000) % 1000)), "{line}");
}

#[test]
fn nothing_is_told_as_lost_where_another_field_holds_it_all() {
    let delivery = with("n8n", &json!({ "fields": { "title": { "template": "{summary}", "max": 80 } } }));
    assert_eq!(told(&delivery), Vec::<String>::new());
    let fields =
        json!({ "/words": { "template": "{summary}" }, "/subject": { "from": "/points/0/what_happened", "max": 60 } });
    assert_eq!(told(&json!({ "url": "api/x", "fields": fields })), Vec::<String>::new());
}

#[test]
fn what_no_field_holds_is_told() {
    let fields = json!({ "/what": { "from": "/points/0/what_happened" }, "/email": { "from": "/contact/email" } });
    let told = told(&json!({ "url": "api/x", "fields": fields }));
    let [line] = told.as_slice() else { panic!("{told:#?}") };
    assert!(line.contains("/delivery/fields: leaves out") && line.contains("“Effect”"), "{line}");
    assert!(!line.contains("What happened”") && line.contains("{ \"template\": \"{summary}\" }"), "{line}");
}

#[test]
fn tokens_that_a_page_could_not_come_by() {
    let delivery = with(
        "laravel",
        &json!({
            "url": "https://a.example/api",
            "csrf": { "url": "https://a.example/csrf", "read": { "cookie": "XSRF-TOKEN" }, "header": "X-XSRF-TOKEN" }
        }),
    );
    must_say(&delivery, &["warning: ", "/delivery/csrf/url", "cannot read the cookies of another site"]);
    let delivery = with("aspnet", &json!({ "url": "https://a.example/api" }));
    must_say(&delivery, &["warning: ", "/delivery/csrf/url", "https://a.example/api", "tokens of its own"]);
}

#[test]
fn the_skeleton_has_every_field_and_a_field_more_is_asked_for() {
    assert_eq!(told(&json!({ "preset": "netlify" })), Vec::<String>::new());
    let delivery = json!({ "preset": "netlify", "fields": { "telephone": { "from": "/contact/telephone" } } });
    must_say(&delivery, &["error: ", "/delivery/fields/telephone", "forms.html", "<input name=\"telephone\">"]);
    let delivery = json!({ "preset": "netlify", "fields": { "form-name": { "value": "other" } } });
    must_say(&delivery, &["error: ", "/delivery/fields/form-name", "<form name=\"other\">"]);
    let place = Place::with(&json!({ "preset": "netlify" }));
    fs::remove_file(place.folder().join("forms.html")).unwrap();
    assert_eq!(place.told().len(), 6);
}

/// The page proves nothing but what it says, and says nothing that a visitor who sent nothing could take for a success.
#[test]
fn netlify_s_answer_has_the_mark_that_success_looks_for() {
    let place = Place::with(&json!({ "preset": "netlify" }));
    let received = fs::read_to_string(place.folder().join("received.html")).unwrap();
    assert!(received.contains("putright-received") && received.contains("nothing has been sent"));
    for page in ["received.html", "forms.html"] {
        let html = fs::read_to_string(place.folder().join(page)).unwrap();
        assert!(html.contains("noindex") && !html.contains("<script") && !html.contains("style="), "{page}");
    }
}
