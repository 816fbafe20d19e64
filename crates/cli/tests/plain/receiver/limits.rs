//! Forms that are refused: of another site, too many, too large, or none of ours.

use std::fs;

use super::{SHORT, arrived, place, post, with};
use crate::{
    place::root,
    site::Page,
    support::{header, problem, text},
};
use serde_json::Value;
use ureq::{Body, http::Response};

#[test]
fn a_page_of_another_site_sends_nothing_unless_it_may() {
    let place = place();
    let server = place.serve_with(&["--rate", "1000", "--allow-origin", "https://complaints.example.gov.uk"]);
    for headers in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site"), ("origin", "null")],
        &[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")],
    ] {
        let response = post(&server, headers, &SHORT);
        assert_eq!(response.status(), 403, "{headers:?}");
        // Who did mean it has lost nothing.
        assert!(Page(text(response)).text().contains("Nobody came."));
    }
    assert!(place.list().is_empty());
    let allowed = [("sec-fetch-site", "cross-site"), ("origin", "https://complaints.example.gov.uk")];
    arrived(post(&server, &allowed, &SHORT));
    // An old browser says nothing of it.
    arrived(post(&server, &[], &with(&[("name", "Sam")])));
    assert_eq!(place.list().len(), 2);
}

#[test]
fn form_of_another_origin_is_refused_where_the_browser_says_no_more() {
    let place = place();
    let server = place.serve_with(&["--rate", "1000", "--allow-origin", "https://complaints.example.gov.uk"]);
    for origin in ["https://evil.example", "null", "https://complaints.example.gov.uk.evil.example", "evil"] {
        let response = post(&server, &[("origin", origin)], &SHORT);
        assert_eq!(response.status(), 403, "{origin}");
        assert!(Page(text(response)).text().contains("Nobody came."), "nothing is lost");
    }
    // A proxy is not believed unless there is one.
    let forwarded = [("origin", "https://evil.example"), ("x-forwarded-host", "evil.example")];
    assert_eq!(post(&server, &forwarded, &SHORT).status(), 403);
    assert!(place.list().is_empty());
    let own = format!("http://{}", server.address);
    arrived(post(&server, &[("origin", &own)], &SHORT));
    arrived(post(&server, &[("origin", "https://complaints.example.gov.uk")], &with(&[("name", "Sam")])));
    drop(server);
    let server = place.serve_with(&["--behind-proxy"]);
    let forwarded = [("origin", "https://our.example"), ("x-forwarded-host", "our.example")];
    arrived(post(&server, &forwarded, &with(&[("name", "Kim")])));
    assert_eq!(place.list().len(), 3);
    // Without it, an older browser would say that its own page's form comes from nowhere.
    let page = fs::read_to_string(place.dist().join("bromley-form.html")).unwrap();
    assert!(page.contains("<meta name=\"referrer\" content=\"same-origin\">"));
}

#[test]
fn flood_of_forms_is_refused_unread_after_a_few_are_given_back() {
    let place = place();
    let server = place.serve_with(&["--rate", "1"]);
    arrived(post(&server, &[], &SHORT));
    let page = ("accept", "text/html");
    let fields = with(&[("what_happened", "Another thing.")]);
    let given_back = (0..30)
        .map(|_| {
            let response = post(&server, &[page], &fields);
            assert_eq!(response.status(), 429);
            assert!(!header(&response, "retry-after").is_empty());
            Page(text(response)).text()
        })
        .filter(|text| text.contains("Another thing."))
        .count();
    assert_eq!(given_back, 5);
    // The others are told on one page that is drawn once: not a tenth of the time that drawing takes.
    let started = std::time::Instant::now();
    for _ in 0..100 {
        assert_eq!(post(&server, &[page], &fields).status(), 429);
    }
    assert!(started.elapsed().as_millis() < 2_000, "{:?}", started.elapsed());
    assert_eq!(place.list().len(), 1);
}

#[test]
fn form_with_more_fields_than_ours_is_refused() {
    let place = place();
    let server = place.serve();
    let many = vec![("unknown", "x"); 200];
    problem(post(&server, &[], &[&SHORT[..], &many].concat()), 400, "bad-form");
    assert!(place.list().is_empty());
}

#[test]
fn who_sends_too_many_waits_and_loses_nothing() {
    let place = place();
    let server = place.serve_with(&["--rate", "1"]);
    arrived(post(&server, &[], &SHORT));
    let response = post(&server, &[], &with(&[("what_happened", "Another thing.")]));
    assert_eq!(response.status(), 429);
    let seconds = header(&response, "retry-after").to_owned();
    let text = Page(text(response)).text();
    assert!(text.contains(&format!("Wait {seconds} seconds")) && text.contains("Another thing."), "{text}");
    assert_eq!(place.list().len(), 1);
}

#[test]
fn what_is_no_form_of_ours_is_refused() {
    let place = place();
    let server = place.serve();
    let send = |kind: &str, body: &[u8]| server.send("POST", "/api/form", &[("content-type", kind)], body);
    problem(send("application/json", b"{}"), 415, "not-form-type");
    problem(send("text/plain", b"council=bromley"), 415, "not-form-type");
    problem(send("multipart/form-data; boundary=x", b""), 415, "not-form-type");
    for council in ["", "nowhere", "../councils/bromley", "index"] {
        problem(post(&server, &[], &with(&[("council", council)])), 404, "not-found");
    }
    problem(server.send("PUT", "/api/form", &[], b""), 405, "method-not-allowed");
    // Who comes back to the address is led to the site.
    let config = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).build();
    let looked = config.new_agent().get(server.url("/api/form")).call().unwrap();
    assert_eq!((looked.status().as_u16(), header(&looked, "location")), (303, "../"));
    let large = "x".repeat(1_100_000);
    problem(post(&server, &[], &with(&[("what_happened", &large)])), 413, "too-large");
    assert!(place.list().is_empty());
}

#[test]
fn a_browser_is_told_on_a_page_what_could_not_be_read() {
    const WANTED: (&str, &str) = ("accept", "application/xml;q=0.9, Text/HTML ;q=1, */*;q=0.8");
    let place = place();
    let server = place.serve();
    let words: Value =
        serde_json::from_str(&fs::read_to_string(root().join("public/content/en/plain.json")).unwrap()).unwrap();
    let [title, long] = ["title", "long"].map(|name| words["lost"][name].as_str().unwrap());
    let told = |response: Response<Body>, status: u16| {
        assert_eq!(response.status(), status);
        assert_eq!(header(&response, "content-type"), "text/html; charset=utf-8");
        assert_eq!(header(&response, "cache-control"), "no-store");
        let page = Page(text(response));
        assert!(page.0.contains("<title>Error: ") && page.text().contains(title), "{}", page.0);
        // Which council it was for is not known: each can be called, and none is named as the one.
        for council in ["bromley", "kensington-and-chelsea", "westminster"] {
            let file = fs::read_to_string(root().join(format!("public/councils/{council}.json"))).unwrap();
            let council: Value = serde_json::from_str(&file).unwrap();
            let phone = council["contact"]["telephone"][0]["number"].as_str().unwrap().to_owned();
            assert!(page.text().contains(&phone), "{phone} is not there");
        }
        assert!(page.form().is_none() && !page.policy().contains("script-src"));
        page
    };
    let secret = "Nobody came on Monday. ".repeat(50_000);
    let page = told(post(&server, &[WANTED], &with(&[("what_happened", &secret)])), 413);
    assert!(page.text().contains(long) && !page.0.contains("Monday"));
    for (fields, status) in [(with(&[("council", "nowhere")]), 404), (with(&[("council", "")]), 404)] {
        assert!(!told(post(&server, &[WANTED], &fields), status).text().contains(long));
    }
    told(server.send("POST", "/api/form", &[("content-type", "text/plain"), WANTED], b"council=bromley"), 415);
    // A program is told as ever, whatever else it takes.
    let other = ("accept", "application/json, text/htmlx, */*");
    problem(post(&server, &[other], &with(&[("council", "nowhere")])), 404, "not-found");
    assert!(place.list().is_empty());
}
