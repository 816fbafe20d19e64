//! The plain form, as our own receiver takes it.

mod limits;

use std::fs;

use crate::{
    place::{copy, putright, root},
    site::{Page, attribute},
    support::{Place, Server, header, problem, sample, text},
};
use serde_json::{Value, json};
use ureq::{Body, http::Response};

const FORM: &str = "application/x-www-form-urlencoded";

/// A receiver of the files that ship, with their pages.
fn place() -> Place {
    let place = Place::new();
    let dist = place.dist();
    fs::remove_dir_all(&dist).unwrap();
    copy(&root().join("public"), &dist);
    fs::copy(root().join("index.html"), dist.join("index.html")).unwrap();
    let output = putright(&["build", dist.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    place
}

type Pairs<'a> = &'a [(&'a str, &'a str)];

const SHORT: [(&str, &str); 4] =
    [("council", "bromley"), ("who", "child"), ("what_happened", "Nobody came."), ("agreed", "yes")];

/// The short one, with some fields that are others.
fn with<'a>(own: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = SHORT.into_iter().filter(|(name, _)| own.iter().all(|(other, _)| other != name));
    kept.chain(own.iter().copied()).collect()
}

fn post(server: &Server, headers: Pairs, fields: Pairs) -> Response<Body> {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let mut all = vec![("content-type", FORM)];
    all.extend(headers);
    server.send("POST", "/api/form", &all, body.as_bytes())
}

/// The reference on the page that says that it has arrived.
fn arrived(response: Response<Body>) -> String {
    assert_eq!(response.status(), 201);
    assert_eq!(header(&response, "content-type"), "text/html; charset=utf-8");
    assert_eq!(header(&response, "cache-control"), "no-store");
    let page = text(response);
    let (_, after) = page.split_once("class=\"pr-reference\">").unwrap();
    after.split('<').next().unwrap().to_owned()
}

fn stored(place: &Place, reference: &str) -> Value {
    let output = place.submissions(&["show", reference]);
    let shown: Value = serde_json::from_slice(&output.stdout).unwrap();
    shown["submission"].clone()
}

#[test]
fn every_field_has_its_place_in_what_is_stored() {
    let place = place();
    let server = place.serve();
    let reference = arrived(post(
        &server,
        &[("sec-fetch-site", "same-origin")],
        &[
            ("council", "bromley"),
            ("who", "helper"),
            ("what_happened", "Nobody came.\r\n\r\n  And <nobody> & rang. 👩‍👧"),
            ("when", "Since May"),
            ("effect", "She waits."),
            ("wants", "Say sorry."),
            ("name", "Sam"),
            ("email", "sam@example.org"),
            ("telephone", "01632 960 123"),
            ("post", "1 Low Road\r\nBR6 0ZZ"),
            ("safety", "After six."),
            ("help", "Large print"),
            ("agreed", "yes"),
            ("unknown", "is dropped"),
        ],
    ));
    let mut submission = stored(&place, &reference);
    let id = submission["id"].take();
    let today = submission["sent_on"].take();
    assert!(id.as_str().unwrap().len() == 32 && today.as_str().unwrap().len() == 10);
    let expected = json!({
        "schema": "putright/submission/1", "id": null, "sent_on": null, "kind": "complaint", "council": "bromley",
        "council_not_known": false, "language": "en-GB", "register": "plain-form",
        "about": {
            "who": "someone_else", "topics": [], "proceedings": [], "when": { "known": "about", "words": "Since May" },
        },
        // Line ends count one character, as in the app.
        "points": [{ "what_happened": "Nobody came.\n\n  And <nobody> & rang. 👩‍👧", "effect": "She waits." }],
        "wishes": { "chosen": [], "words": "Say sorry." },
        "contact": {
            "name": "Sam", "methods": ["email", "telephone", "post"], "email": "sam@example.org",
            "telephone": "01632 960 123", "post": "1 Low Road\nBR6 0ZZ", "safety": "After six.",
        },
        "help": { "chosen": [], "words": "Large print" },
        "other_answers": { "plain_form_who": ["I help a child or young person"] },
        "agreed_to_sharing": true,
    });
    assert_eq!(submission, expected);
}

#[test]
fn what_may_be_left_out_may_be_and_who_wants_no_answer_gets_none() {
    let place = place();
    let server = place.serve();
    let submission = stored(&place, &arrived(post(&server, &[], &SHORT)));
    assert_eq!(submission["contact"], json!({ "methods": ["none"] }));
    assert_eq!(submission["about"]["when"], json!({ "known": "not_known" }));
    assert_eq!(submission["about"]["who"], "child");
}

#[test]
fn the_page_comes_back_with_what_was_written_and_what_is_to_be_mended() {
    let place = place();
    let server = place.serve();
    let hostile = "\nHe said \"no\" & <b>left</b></textarea><script>alert(1)</script> {council} <!>";
    let long = "x".repeat(201);
    let fields = [
        ("council", "bromley"),
        ("effect", hostile),
        ("email", "not an address"),
        ("name", long.as_str()),
        ("telephone", "\"><img src=x>"),
        ("who", "parent"),
    ];
    let response = post(&server, &[], &fields);
    assert_eq!(response.status(), 422);
    assert_eq!(header(&response, "cache-control"), "no-store");
    let page = Page(text(response));
    assert!(page.0.contains("<title>Error: "));
    assert!(!page.0.contains("<script") && !page.0.contains("<img"), "{}", page.0);
    let summary = page.0.split_once("govuk-error-summary__list").unwrap().1.split_once("</ul>").unwrap().0;
    for id in ["what_happened", "email", "name", "telephone", "agreed"] {
        assert!(summary.contains(&format!("href=\"#{id}\"")), "{id}: {summary}");
        assert!(page.0.contains(&format!("id=\"{id}-error\"")), "{id}");
    }
    assert_eq!(summary.matches("<li>").count(), 5, "{summary}");
    assert!(summary.contains("by 1 character"), "{summary}");
    // Nothing is lost: a first line end, which a browser drops, is there twice.
    assert!(page.text().contains(&format!("\n{hostile}")), "{}", page.text());
    let fields = page.fields();
    assert_eq!(attribute(&fields["email"], "value").as_deref(), Some("not an address"));
    assert_eq!(attribute(&fields["name"], "value").as_deref(), Some(long.as_str()));
    assert!(page.tags("input").iter().any(|tag| tag.contains("value=\"parent\"") && tag.contains("checked")));
    // It goes to where it comes from, wherever that is, and its styles are found from there.
    assert!(!page.form().unwrap().contains("action="));
    assert!(page.0.contains("href=\"../bromley.css\"") && page.0.contains("href=\"../bromley.html#/contacts\""));
    assert!(place.list().is_empty());
    // Mended, it is taken.
    arrived(post(&server, &[], &with(&[("effect", hostile), ("email", "a@example.org")])));
    assert_eq!(place.list().len(), 1);
}

#[test]
fn the_same_again_is_the_same_and_anything_else_is_another() {
    let place = place();
    let mut server = place.serve();
    let first = arrived(post(&server, &[], &SHORT));
    let again = post(&server, &[], &SHORT);
    assert_eq!(header(&again, "idempotent-replayed"), "true");
    assert_eq!(arrived(again), first);
    // Whatever the order, and even when the receiver has been started anew.
    server.kill();
    let server = place.serve();
    let turned: Vec<_> = SHORT.into_iter().rev().collect();
    assert_eq!(arrived(post(&server, &[], &turned)), first);
    for other in [("what_happened", "Nobody came"), ("name", "Sam"), ("who", "parent"), ("council", "westminster")] {
        assert_ne!(arrived(post(&server, &[], &with(&[other]))), first, "{other:?}");
    }
    assert_eq!(place.list().len(), 5);
}

#[test]
fn many_at_once_are_one() {
    let place = place();
    let server = place.serve();
    let given: Vec<String> = std::thread::scope(|scope| {
        let senders: Vec<_> = (0..8).map(|_| scope.spawn(|| arrived(post(&server, &[], &SHORT)))).collect();
        senders.into_iter().map(|sender| sender.join().unwrap()).collect()
    });
    assert!(given.iter().all(|reference| *reference == given[0]));
    assert_eq!(place.references(), given[..1]);
}

#[test]
fn only_the_plain_form_may_leave_out_what_the_person_was_told() {
    let place = place();
    let server = place.serve();
    let mut submission = sample();
    submission["council"] = "bromley".into();
    submission.as_object_mut().unwrap().remove("guidance");
    let told = problem(server.post(&submission), 422, "invalid-submission");
    assert!(told.to_string().contains("/guidance"));
    submission["register"] = "plain-form".into();
    assert_eq!(server.post(&submission).status(), 201);
}

#[test]
fn nothing_that_was_written_is_in_the_log() {
    let place = place();
    let server = place.serve();
    let fields = with(&[("what_happened", "Xylophone."), ("email", "xerxes@example.org")]);
    let reference = arrived(post(&server, &[], &fields));
    post(&server, &[], &with(&[("agreed", ""), ("what_happened", "Xylophone.")]));
    let said = server.said();
    assert!(said.contains("method=\"POST\" route=\"/api/form\" status=201 ") && said.contains(&reference), "{said}");
    for secret in ["Xylophone", "xerxes", "bromley", "Nobody"] {
        assert!(!said.contains(secret), "{said}");
    }
}

#[test]
fn limits_count_characters_as_people_do_and_refuse_with_everything_kept() {
    let place = place();
    let server = place.serve();
    let page = fs::read_to_string(place.dist().join("bromley-form.html")).unwrap();
    assert!(!page.contains("maxlength") && page.contains("You can write up to 5000 characters."), "said, and not cut");
    // A line end is one character, however the browser writes it, and a picture is one.
    for taken in
        ["😀".repeat(5000), ["a".repeat(4999), "b".to_owned()].join("\r\n")[1..].to_owned(), "e\u{301}".repeat(2500)]
    {
        let reference = arrived(post(&server, &[], &with(&[("what_happened", taken.as_str())])));
        let kept = stored(&place, &reference)["points"][0]["what_happened"].as_str().unwrap().to_owned();
        assert_eq!(kept, taken.replace("\r\n", "\n"));
    }
    let before = place.list().len();
    for (field, length, over) in
        [("what_happened", 6579, 1579), ("what_happened", 5001, 1), ("when", 203, 3), ("name", 201, 1)]
    {
        let long = "é".repeat(length);
        let response = post(&server, &[], &with(&[(field, long.as_str()), ("effect", "I was sad")]));
        assert_eq!(response.status(), 422, "{field}");
        let page = Page(text(response));
        assert!(
            page.text().contains(&long) || page.0.contains(&format!("value=\"{long}\"")),
            "{field}: all of it is there"
        );
        assert!(page.text().contains("I was sad"));
        let words = if over == 1 { "by 1 character".to_owned() } else { format!("by {over} characters") };
        assert!(page.text().contains(&words), "{field}: {words}");
    }
    assert_eq!(place.list().len(), before, "nothing was cut and stored");
}

#[test]
fn details_are_stored_as_the_app_takes_them() {
    let place = place();
    let server = place.serve();
    let copied = [("email", "“zoe@example.co.uk”,\u{200B}"), ("telephone", "\u{202A}٠٧٧٠٠ ٩٠٠١٢٣\u{202C}")];
    let reference = arrived(post(&server, &[], &with(&copied)));
    let contact = stored(&place, &reference)["contact"].clone();
    assert_eq!((&contact["email"], &contact["telephone"]), (&"zoe@example.co.uk".into(), &"07700 900123".into()));
    for (field, wrong) in [("email", "zoe@example,co.uk"), ("telephone", "07700 90")] {
        let response = post(&server, &[], &with(&[(field, wrong)]));
        assert_eq!(response.status(), 422);
        assert!(text(response).contains(&format!("value=\"{wrong}\"")));
    }
}
