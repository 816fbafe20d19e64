//! Warnings of requests that the policy of a built site would block.

use std::fs;

use serde_json::{Value, json};

use crate::place::{Place, putright, root};

const THERE: &str = "https://forms.example.gov.uk";

/// A built site whose policy was written for one delivery, and whose council's file says another.
fn built(first: &Value, then: &Value) -> Place {
    let place = Place::with(first);
    fs::copy(root().join("index.html"), place.folder().join("index.html")).unwrap();
    prerender(&place);
    place.deliver(then);
    place
}

fn prerender(place: &Place) {
    let output = putright(&["build", place.folder().to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn an_address_that_came_later_is_blocked_until_the_page_is_prerendered_again() {
    let form = json!({ "url": "https://old.example.gov.uk/f", "fields": { "message": { "template": "{summary}" } } });
    let token = json!({ "url": "https://token.example.gov.uk/t", "read": "text", "header": "X-Token" });
    for (then, pointer, directive, origin, blocks) in [
        (json!({ "url": format!("{THERE}/x") }), "/url", "connect-src", THERE, "send nothing there"),
        (
            json!({ "preset": "form-handler", "url": format!("{THERE}/x") }),
            "/url",
            "form-action",
            THERE,
            "not open that page",
        ),
        (
            json!({ "url": "api/x", "fallbacks": ["print", { "form": form }] }),
            "/fallbacks/1/form/url",
            "form-action",
            "https://old.example.gov.uk",
            "not open that page",
        ),
        (
            json!({ "url": "api/x", "csrf": token }),
            "/csrf/url",
            "connect-src",
            "https://token.example.gov.uk",
            "send nothing",
        ),
    ] {
        let place = built(&json!({ "url": "api/submissions" }), &then);
        let told: Vec<_> = place.told().into_iter().filter(|line| line.starts_with("error: ")).collect();
        assert_eq!(told.len(), 2, "by the header and by the page: {told:#?}");
        for (line, file) in told.iter().zip(["headers.json", "index.html"]) {
            for part in [&format!("/delivery{pointer}: is blocked"), file, directive, origin, blocks, "putright build"]
            {
                assert!(line.contains(part), "no {part:?} in {line}");
            }
        }
        prerender(&place);
        assert!(place.told().iter().all(|line| line.starts_with("warning: ")), "{then}: {:#?}", place.told());
    }
}

#[test]
fn a_page_that_sends_may_not_open_forms_there_nor_the_other_way_round() {
    let by_page = json!({ "url": format!("{THERE}/x") });
    let by_form = json!({ "preset": "form-handler", "url": format!("{THERE}/x") });
    for (first, then) in [(&by_page, &by_form), (&by_form, &by_page)] {
        assert_eq!(built(first, then).told().len(), 2);
    }
    assert_eq!(built(&by_page, &by_page).told(), Vec::<String>::new());
}

#[test]
fn a_host_that_no_policy_can_name() {
    let told = Place::with(&json!({ "url": "https://früher.example/x" })).told();
    assert!(told.iter().any(|line| line.starts_with("error: ") && line.contains("xn--")), "{told:#?}");
}
