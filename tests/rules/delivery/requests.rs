//! Requests as the rules describe them.

use super::{ID, preset, read};
use putright_domain::delivery::{
    attachments::Attachment,
    config::DeliveryConfig,
    request::{Body, BodyPart, Request, RequestContext, listed},
};
use serde_json::{Map, Value, json};

fn request(config: &DeliveryConfig, json: &str, summary: &str) -> (Request, usize) {
    let material = RequestContext { json, summary, id: ID, files: &[], rules: config.files.as_ref() };
    let (request, cut) = Request::new(&config.endpoint, material);
    (request, cut.len())
}

#[test]
fn whole_json_goes_as_it_was_written_with_its_key() {
    let (request, _) = request(&preset("putright"), r#"{"id":"x"}"#, "");
    assert!(request.body == Body::Text(r#"{"id":"x"}"#.into()));
    assert!(request.headers.contains(&("Idempotency-Key".into(), ID.into())));
    assert!(request.headers.contains(&("Content-Type".into(), "application/json".into())));
}

#[test]
fn files_are_given_the_time_that_a_poor_connection_takes() {
    let config = preset("putright");
    let file = |bytes: u32| Attachment { id: 1, name: "a.pdf".into(), media_type: "application/pdf".into(), bytes };
    let seconds = |files: &[Attachment]| {
        let material = RequestContext { json: "{}", summary: "", id: ID, files, rules: config.files.as_ref() };
        Request::new(&config.endpoint, material).0.timeout_seconds
    };
    let alone = seconds(&[]);
    assert_eq!(alone, config.endpoint.timeout_seconds);
    assert_eq!(seconds(&[file(1_000_000), file(600_000)]), alone + 100);
    assert!(seconds(&[file(u32::MAX), file(u32::MAX)]) > alone);
}

#[test]
fn the_content_of_files_within_json_is_marked_where_the_browser_puts_it() {
    let base64 = json!({ "send": "base64", "field": "/attachments" });
    let config = read(&json!({ "preset": "putright", "url": "/send", "files": base64 })).unwrap();
    let file = Attachment { id: 7, name: "a.pdf".into(), media_type: "application/pdf".into(), bytes: 3 };
    let files = [file];
    let listed: Vec<Value> = listed(&files, config.files.as_ref(), ID)
        .iter()
        .map(|file| json!({ "name": file.name, "content": file.content }))
        .collect();
    let mark = format!("{{{ID}:7}}");
    assert_eq!(listed, [json!({ "name": "a.pdf", "content": mark })]);
    let json = json!({ "files": listed }).to_string();
    let material = RequestContext { json: &json, summary: "", id: ID, files: &files, rules: config.files.as_ref() };
    let made = Request::new(&config.endpoint, material).0;
    assert_eq!(made.marks, [(mark, 7)]);
    let Body::Text(text) = made.body else { panic!("no text") };
    let body: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(body["attachments"], json!(listed));
    assert!(request(&config, &json, "").0.body == Body::Text(json), "nothing is put in where there is no file");
}

#[test]
fn with_files_the_json_is_a_part_beside_them_and_without_it_stands_alone() {
    let files = json!({ "send": "multipart", "part": "submission", "field": "file" });
    let config = read(&json!({ "preset": "putright", "url": "/send", "files": files })).unwrap();
    let made = |files: &[Attachment]| {
        let material = RequestContext { json: "{}", summary: "", id: ID, files, rules: config.files.as_ref() };
        Request::new(&config.endpoint, material).0.body
    };
    let Body::Parts(parts) =
        made(&[Attachment { id: 1, name: "a.pdf".into(), media_type: "application/pdf".into(), bytes: 3 }])
    else {
        panic!("not in parts")
    };
    let name = |part: &BodyPart| match part {
        BodyPart::Text { name, .. } | BodyPart::File { name, .. } => name.clone(),
    };
    let names: Vec<String> = parts.iter().map(name).collect();
    assert_eq!(names, ["submission", "file"]);
    assert!(made(&[]) == Body::Text("{}".into()));
}

#[test]
fn files_are_parts_of_the_name_that_the_backend_wants() {
    let named = |files: Value| {
        let config = read(&json!({ "preset": "n8n", "url": "/send", "files": files })).unwrap();
        let file = |id| Attachment { id, name: "a.pdf".into(), media_type: "application/pdf".into(), bytes: 3 };
        let material = RequestContext {
            json: "{}",
            summary: "",
            id: ID,
            files: &[file(1), file(2)],
            rules: config.files.as_ref(),
        };
        let Body::Parts(parts) = Request::new(&config.endpoint, material).0.body else { panic!("not in parts") };
        let files = parts.into_iter().filter_map(|part| match part {
            BodyPart::File { name, file } => Some((name, file.id)),
            BodyPart::Text { .. } => None,
        });
        files.collect::<Vec<_>>()
    };
    let evidence = json!({ "send": "multipart", "field": "evidence[]" });
    assert_eq!(named(evidence), [("evidence[]".to_owned(), 1), ("evidence[]".to_owned(), 2)]);
}

#[test]
fn fields_are_filled_once_and_what_a_person_wrote_is_never_a_mark() {
    let json = json!({ "id": ID, "contact": { "name": "{json}", "methods": ["email", "post"] }, "may_tell": true })
        .to_string();
    let mut config = preset("n8n");
    config.endpoint.fields.retain(|rule| rule.target != "submission");
    let (made, cut) = request(&config, &json, "What happened\n{/contact/name} {summary}");
    let Body::Parts(parts) = made.body else { panic!("not in parts") };
    let text = |wanted: &str| {
        parts.iter().find_map(|part| match part {
            BodyPart::Text { name, text, .. } if name == wanted => Some(text.as_str()),
            _ => None,
        })
    };
    assert_eq!(text("message"), Some("What happened\n{/contact/name} {summary}"));
    assert_eq!(text("copy_number"), Some(ID));
    assert_eq!(cut, 0);

    let config = read(&json!({
        "preset": "n8n", "url": "https://council.example/", "encoding": "form", "files": { "send": "none" },
        "fields": {
            "all": { "template": "{/contact/name}, by {/contact/methods}: {nothing} {/nowhere}" },
            "told": { "from": "/may_tell" }, "email": { "from": "/contact/email" },
            "telephone": { "from": "/contact/telephone", "otherwise": "none given" }, "empty": { "value": "" },
        },
    }))
    .unwrap();
    let Body::Form(pairs) = request(&config, &json, "").0.body else { panic!("not a form") };
    let pairs: Map<String, Value> = pairs.into_iter().map(|(name, text)| (name, text.into())).collect();
    assert_eq!(pairs["all"], "{json}, by email, post: {nothing} ");
    assert_eq!(pairs["told"], "yes");
    assert_eq!(pairs["telephone"], "none given");
    assert_eq!(pairs["empty"], "");
    assert!(!pairs.contains_key("email"), "what nobody said is no field");
}

#[test]
fn json_is_built_by_pointers_and_keeps_shapes() {
    let config = read(&json!({
        "preset": "drupal-webform-rest", "url": "/webform_rest/submit",
        "fields": { "/a~1b/c": { "from": "/about/topics" }, "/name": { "from": "/contact/name" } },
    }))
    .unwrap();
    let json = json!({ "about": { "topics": ["support"] }, "contact": {} }).to_string();
    let Body::Text(text) = request(&config, &json, "all of it \"quoted\"").0.body else { panic!("no text") };
    let body: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(body["a/b"]["c"], json!(["support"]));
    let short = json!({ "about": { "topics": ["support", "school"] }, "asked": true });
    let config = read(&json!({
        "preset": "drupal-webform-rest", "url": "/webform_rest/submit",
        "fields": { "/c": { "from": "/about/topics", "max": 100 }, "/asked": { "from": "/asked" } },
    }))
    .unwrap();
    let Body::Text(text) = request(&config, &short.to_string(), "").0.body else { panic!("no text") };
    let limited: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (&limited["c"], &limited["asked"]),
        (&json!("support, school"), &json!(true)),
        "a limit is one of a text"
    );
    assert_eq!(body["message"], "all of it \"quoted\"");
    assert_eq!(body["webform_id"], "complaint");
    assert!(body.get("name").is_none());
}

#[test]
fn a_text_that_does_not_fit_is_cut_visibly_and_said() {
    let config = preset("open311");
    let (made, cut) = request(&config, "{}", &"ä".repeat(4001));
    assert_eq!(cut, 1);
    let Body::Form(pairs) = made.body else { panic!("not a form") };
    let text = &pairs.iter().find(|(name, _)| name == "description").unwrap().1;
    assert_eq!(text.chars().count(), 4000);
    assert!(text.ends_with(" […]"));
    let before = text.find('ä').unwrap();
    assert!(text.starts_with("Copy number: "), "whoever rings up is found by it");
    assert_eq!(request(&config, "{}", &"ä".repeat(4000 - before)).1, 0);
    assert_eq!(request(&config, "{}", &"ä".repeat(4001 - before)).1, 1);
}

#[test]
fn a_token_is_read_from_text_json_or_a_cookie_and_put_where_it_belongs() {
    let drupal = request(&preset("drupal-webform-rest"), "{}", "").0;
    let csrf = drupal.csrf.clone().unwrap();
    let with_files = Request { marks: vec![("mark".into(), 1)], reference_header: "Location".into(), ..drupal.clone() };
    let asks = with_files.for_token().unwrap();
    assert_eq!((asks.url.as_str(), asks.method.id(), asks.marks.len()), ("/session/token", "GET", 0));
    assert!(asks.csrf.is_none() && asks.body == Body::Text(String::new()) && asks.reference_header.is_empty());
    assert_eq!(csrf.token(" abc-1 \n", ""), Some("abc-1".into()));
    assert_eq!(csrf.token("<!doctype html>\n<p>Log in</p>", ""), None, "a page is no token");
    assert!(drupal.with_token("abc-1").headers.contains(&("X-CSRF-Token".into(), "abc-1".into())));
    assert!(csrf.token(&"a".repeat(4095), "").is_some());
    assert_eq!(csrf.token(&"a".repeat(4096), ""), None, "that is no token any more");
    let laravel = preset("laravel").endpoint.csrf.unwrap();
    assert_eq!(laravel.token("", "a=b; XSRF-TOKEN=ab%3D%3D; c=d"), Some("ab==".into()));
    assert_eq!(laravel.token("", "a=b"), None);
    let aspnet = preset("aspnet").endpoint.csrf.unwrap();
    assert_eq!(aspnet.token(r#"{"token":"t"}"#, ""), Some("t".into()));
    assert_eq!(aspnet.token(r#"{"token":5}"#, ""), None);
}
