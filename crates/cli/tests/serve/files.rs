//! Files that are taken, and what is kept of them.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::{
    forms::{Form, JPEG, PDF, Sent, content_type, listing, photo, post, send},
    support::{Place, header, problem, reference},
};

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const ODT: &str = "application/vnd.oasis.opendocument.text";
const DOC: &str = "application/msword";

fn shown(place: &Place, given: &str) -> Value {
    let output = place.submissions(&["show", given]);
    assert!(output.status.success());
    serde_json::from_slice::<Value>(&output.stdout).unwrap()["submission"].clone()
}

fn in_json(number: u64, files: &[Sent]) -> Value {
    let mut body = listing(number, files);
    for (entry, (_, _, content)) in body["files"].as_array_mut().unwrap().iter_mut().zip(files) {
        entry["content"] = STANDARD.encode(content).into();
    }
    body
}

fn stored(place: &Place) -> Vec<(i64, String, String, i64, Vec<u8>)> {
    let database = rusqlite::Connection::open(place.data().join("submissions.sqlite3")).unwrap();
    let mut query = database
        .prepare("SELECT position, name, media_type, bytes, content FROM files ORDER BY submission, position")
        .unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

#[test]
fn files_beside_the_json_are_stored_in_their_order_under_clean_names() {
    let place = Place::new();
    let server = place.serve();
    let large = photo(3_000_000);
    let files: [Sent; 5] = [
        ("../My photo (1).jpeg", JPEG, &large),
        ("<b>.html", "text/plain", b"\r\n--not the end--\r\nS\xC3\xAEan\r"),
        ("letter", PDF, b"%PDF-1.7"),
        ("???", DOCX, b"PK\x03\x04 docx"),
        ("old.doc", DOC, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
    ];
    let given = reference(send(&server, 1, &files));
    let names = ["My photo 1.jpg", "b.txt", "letter.pdf", "file-4.docx", "old.doc"];
    let rows = stored(&place);
    assert_eq!(rows.len(), 5);
    let listed = shown(&place, &given)["files"].clone();
    for (at, ((position, name, media_type, bytes, content), file)) in rows.iter().zip(files).enumerate() {
        assert_eq!(
            (*position, name.as_str(), media_type.as_str()),
            (i64::try_from(at).unwrap() + 1, names[at], file.1)
        );
        assert!(content == file.2 && usize::try_from(*bytes).unwrap() == file.2.len(), "{name}");
        assert_eq!(listed[at], json!({ "name": name, "media_type": media_type, "bytes": bytes }));
    }
}

#[test]
fn the_submission_may_stand_anywhere_and_a_part_that_does_not_say_is_text() {
    let place = Place::new();
    let server = place.serve();
    let files: [Sent; 2] = [("a.txt", "text/plain", b"one"), ("b.odt", ODT, b"PK\x03\x04 odt")];
    let form = Form::default()
        .part("name=\"file\"", None, b"one")
        .part("name=\"submission\"", None, listing(1, &files).to_string().as_bytes())
        .file((files[1].0, "Application/vnd.oasis.opendocument.text; x=y", files[1].2));
    let given = reference(form.post(&server, "key"));
    assert_eq!(reference(Form::of(&listing(1, &files), &files).post(&server, "key")), given);
    assert_eq!(stored(&place).len(), 2);
    // Without files it is a submission like any other.
    reference(send(&server, 2, &[]));
    assert_eq!(stored(&place).len(), 2);
}

#[test]
fn files_in_the_json_are_taken_and_the_same_either_way() {
    let place = Place::new();
    let server = place.serve();
    let files: [Sent; 2] = [("a.png", "image/png", b"\x89PNG\r\n\x1A\n"), ("empty.txt", "text/plain", b"")];
    let given = reference(server.post(&in_json(1, &files)));
    assert!(!shown(&place, &given).to_string().contains("content"));
    assert_eq!(stored(&place)[0].4, files[0].2);
    let again = send(&server, 1, &files);
    assert_eq!(header(&again, "idempotent-replayed"), "true");
    assert_eq!(reference(again), given);
    assert_eq!((place.list().len(), stored(&place).len()), (1, 2));
}

#[test]
fn the_same_key_with_another_file_is_refused_and_the_first_is_kept() {
    let place = Place::new();
    let server = place.serve();
    let first: [Sent; 2] = [("a.txt", "text/plain", b"one"), ("a.txt", "text/plain", b"two")];
    let given = reference(send(&server, 1, &first));
    let changed: [Sent; 2] = [("a.txt", "text/plain", b"one"), ("a.txt", "text/plain", b"TWO")];
    let swapped = [first[1], first[0]];
    problem(send(&server, 1, &changed), 422, "idempotency-key-taken");
    problem(send(&server, 1, &swapped), 422, "idempotency-key-taken");
    problem(server.post(&in_json(1, &changed)), 422, "idempotency-key-taken");
    problem(send(&server, 1, &first[..1]), 422, "idempotency-key-taken");
    assert_eq!(reference(send(&server, 1, &first)), given);
    assert_eq!(stored(&place)[1].4, b"two");
    assert_eq!(stored(&place).len(), 2);
}

#[test]
fn a_page_of_another_site_needs_leave_to_send_files_too() {
    let place = Place::new();
    let server = place.serve_with(&["--allow-origin", "https://forms.example"]);
    let files: [Sent; 1] = [("a.txt", "text/plain", b"one")];
    let origin = ("origin", "https://forms.example");
    let asks =
        [origin, ("access-control-request-method", "POST"), ("access-control-request-headers", "idempotency-key")];
    let asked = server.send("OPTIONS", "/api/submissions", &asks, b"");
    assert_eq!(header(&asked, "access-control-allow-origin"), origin.1);
    assert_eq!(header(&asked, "access-control-allow-headers"), "content-type,idempotency-key");
    let body = Form::of(&listing(1, &files), &files).end();
    // What a page may send unasked, a form without the header, is not taken from anybody.
    problem(post(&server, &[("origin", "https://evil.example")], &body), 400, "no-idempotency-key");
    let sent = post(&server, &[origin, ("idempotency-key", "key")], &body);
    assert_eq!(header(&sent, "access-control-allow-origin"), origin.1);
    reference(sent);
    let refused = post(&server, &[origin, ("idempotency-key", "other")], b"nothing");
    assert_eq!(header(&refused, "access-control-allow-origin"), origin.1);
    problem(refused, 400, "bad-parts");
}

#[test]
fn there_is_no_address_for_a_file() {
    let place = Place::new();
    let server = place.serve();
    let given = reference(send(&server, 1, &[("a.txt", "text/plain", b"one")]));
    for path in [
        format!("/api/submissions/{given}"),
        format!("/api/submissions/{given}/files"),
        format!("/api/submissions/{given}/files/1"),
        "/api/files/1".to_owned(),
    ] {
        problem(server.get(&path, &[]), 404, "not-found");
    }
    for path in ["/files/1-a.txt", "/data/submissions.sqlite3"] {
        assert_eq!(server.get(path, &[]).status(), 404);
    }
    problem(server.get("/api/submissions", &[]), 405, "method-not-allowed");
}

#[test]
fn a_body_in_parts_that_breaks_off_or_holds_something_else_is_refused() {
    let place = Place::new();
    let server = place.serve();
    let files: [Sent; 1] = [("a.txt", "text/plain", b"one")];
    let whole = || Form::of(&listing(1, &files), &files);
    let key = [("idempotency-key", "key")];
    let no_end = whole().open_ended();
    let mut long_head = Form::default().part(&format!("name=\"file\"; x=\"{}\"", "x".repeat(900_000)), None, b"one");
    long_head = long_head.submission(&listing(1, &files));
    let preamble = [" ".repeat(900_000).into_bytes(), whole().end()].concat();
    for body in [
        &b""[..],
        b"{}",
        &no_end,
        &no_end[..no_end.len() - 4],
        &preamble,
        &long_head.end(),
        &Form::default().end(),
        &Form::default().file(files[0]).end(),
        &whole().submission(&listing(1, &files)).end(),
        &whole().part("name=\"other\"", None, b"x").end(),
        &whole().part("filename=\"no name\"", None, b"x").end(),
    ] {
        problem(post(&server, &key, body), 400, "bad-parts");
    }
    let json = Form::default().part("name=\"submission\"", None, b"{").end();
    problem(post(&server, &key, &json), 400, "not-json");
    let whole = whole().end();
    for kind in ["multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=x"] {
        let headers = [("content-type", kind), key[0]];
        problem(server.send("POST", "/api/submissions", &headers, &whole), 415, "not-json-type");
    }
    let (kind, gzip) = (content_type(), ("content-encoding", "gzip"));
    let headers = [("content-type", kind.as_str()), key[0], gzip];
    problem(server.send("POST", "/api/submissions", &headers, &whole), 415, "not-json-type");
    assert_eq!(place.list().len(), 0);
}
