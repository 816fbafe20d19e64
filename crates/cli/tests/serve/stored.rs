//! A submission that is taken, and reading it back.

use serde_json::{Value, json};

use crate::support::{Place, header, json as body_of, reference, sample, sample_numbered};

#[test]
fn a_submission_is_stored_and_can_be_listed_and_shown_while_the_server_runs() {
    let place = Place::new();
    let server = place.serve();
    let response = server.post(&sample());
    assert_eq!(header(&response, "content-type"), "application/json");
    let given = reference(response);
    assert_eq!(given.len(), 11);

    let listed = place.list();
    assert_eq!(listed.len(), 1);
    let received_at = listed[0]["received_at"].as_str().unwrap();
    assert!(received_at.len() == 20 && received_at.ends_with('Z'), "{received_at}");
    assert_eq!(
        listed[0],
        json!({
            "reference": given, "received_at": received_at, "council": "exampleshire", "kind": "complaint",
        })
    );

    let typed = given.to_lowercase().replace('-', " ");
    let shown = place.submissions(&["show", &typed]);
    assert!(shown.status.success());
    let shown: Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!(shown["reference"], given);
    assert_eq!(shown["received_at"], received_at);
    assert_eq!(in_order(shown["submission"].clone()), in_order(sample()));
}

/// Lists of choices have no order of their own.
fn in_order(mut body: Value) -> Value {
    for list in [
        "/about/topics",
        "/about/proceedings",
        "/guidance/flags",
        "/guidance/signposts",
        "/wishes/chosen",
        "/contact/methods",
        "/help/chosen",
    ] {
        body.pointer_mut(list).unwrap().as_array_mut().unwrap().sort_by_key(ToString::to_string);
    }
    body
}

#[test]
fn a_reference_that_was_mistyped_or_never_given_is_told_apart() {
    let place = Place::new();
    let server = place.serve();
    let given = reference(server.post(&sample()));
    let other = if given.starts_with('2') { "3" } else { "2" };
    let mistyped = place.submissions(&["show", &format!("{other}{}", &given[1..])]);
    assert_eq!(mistyped.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&mistyped.stderr).contains("check symbol"));
    let unknown = place.submissions(&["show", "222-222-222"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("nothing is stored"));
}

#[test]
fn a_folder_without_submissions_cannot_be_listed() {
    let place = Place::new();
    assert_eq!(place.submissions(&["list"]).status.code(), Some(2));
    assert!(!place.data().exists(), "reading must not make anything");
}

#[test]
fn submissions_are_listed_oldest_first_after_a_stop_and_a_start() {
    let place = Place::new();
    let mut server = place.serve();
    let mut given = vec![reference(server.post(&sample_numbered(1))), reference(server.post(&sample_numbered(2)))];
    assert!(server.terminate().success(), "SIGTERM is a good end");
    assert_eq!(place.references(), given);
    let server = place.serve();
    given.push(reference(server.post(&sample_numbered(3))));
    assert_eq!(place.references(), given);
}

#[test]
fn the_longest_submission_the_form_can_make_fits_the_default_limit() {
    let place = Place::new();
    let server = place.serve_with(&[]);
    let of = |length: usize| "😀".repeat(length);
    let mut body = sample();
    let point = json!({
        "what_happened": of(5000), "dates": of(500), "people_and_teams": of(1000), "effect": of(3000),
    });
    body["points"] = json!(vec![point; 20]);
    body["wishes"]["words"] = of(2000).into();
    body["about"]["late_reason"] = of(2000).into();
    reference(server.post(&body));
}

#[test]
fn the_schema_printed_is_the_one_submissions_are_held_against() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_putright")).args(["schema"]).output().unwrap();
    let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(schema["$id"], "urn:putright:submission:1");
    assert!(jsonschema::is_valid(&schema, &sample()));
    let place = Place::new();
    let health = place.serve().get("/api/health", &[]);
    assert_eq!(health.status(), 204);
    assert_eq!(header(&health, "cache-control"), "no-store");
    let refused = place.serve().post(&json!({}));
    let missing = body_of(refused)["errors"].as_array().unwrap().len();
    assert_eq!(missing, schema["required"].as_array().unwrap().len());
}
