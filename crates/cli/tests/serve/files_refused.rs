//! Files that do not agree with their list, are not what they say, or are too many or too large.

use serde_json::{Value, json};

use crate::{
    forms::{Form, JPEG, PDF, Sent, listing, photo, post, send},
    support::{Place, Server, problem, reference, sample},
};

fn refused(server: &Server, submission: &Value, files: &[Sent], pointer: &str, detail: &str) {
    let told = problem(Form::of(submission, files).post(server, "key"), 422, "invalid-submission");
    assert_eq!(told["errors"], json!([{ "pointer": pointer, "detail": detail }]));
}

#[test]
fn the_list_and_the_parts_must_agree() {
    let place = Place::new();
    let server = place.serve();
    let files: [Sent; 2] = [("a.txt", "text/plain", b"one"), ("b.pdf", PDF, b"%PDF")];
    let list = listing(1, &files);
    refused(&server, &list, &files[..1], "/files/1", "has no part of its own");
    refused(&server, &listing(1, &files[..1]), &files, "/files/1", "is missing, and a part came for it");
    refused(&server, &sample(), &files[..1], "/files/0", "is missing, and a part came for it");
    let mut other = list.clone();
    other["files"][0]["bytes"] = json!(4);
    refused(&server, &other, &files, "/files/0/bytes", "is not the length of the file");
    let typed = [files[0], ("b.pdf", JPEG, files[1].2)];
    refused(&server, &list, &typed, "/files/1/media_type", "is not the type of the part that came for it");
    let mut other = list.clone();
    other["files"][1]["content"] = json!("JVBERg==");
    let detail = "must be left out where files are parts of their own";
    refused(&server, &other, &files, "/files/1/content", detail);
    let told = problem(Form::of(&list, &[files[1], files[0]]).post(&server, "key"), 422, "invalid-submission");
    assert_eq!(told["errors"].as_array().unwrap().len(), 2, "in the order of the list");
    assert_eq!(place.list().len(), 0);
}

#[test]
fn files_in_the_json_must_be_there_and_hold_what_the_list_says() {
    let place = Place::new();
    let server = place.serve();
    let list = listing(1, &[("a.txt", "text/plain", b"one")]);
    for (content, bytes, pointer, detail) in [
        (None, 3, "/files/0/content", "is missing; a file comes here, or as a part of multipart/form-data"),
        (Some("b25l!"), 3, "/files/0/content", "is not base64"),
        (Some("b25l"), 4, "/files/0/bytes", "is not the length of the file"),
        (Some("AAAA"), 3, "/files/0", "is not what its media type says"),
    ] {
        let mut body = list.clone();
        body["files"][0]["bytes"] = json!(bytes);
        body["files"][0]["content"] = json!(content);
        let told = problem(server.post(&body), 422, "invalid-submission");
        assert_eq!(told["errors"], json!([{ "pointer": pointer, "detail": detail }]));
    }
    let mut body = list;
    body["files"][0]["bytes"] = json!(-1);
    problem(server.post(&body), 422, "invalid-submission");
    body["files"][0] = json!({ "name": " ", "media_type": "text/plain", "bytes": 3, "path": "/etc" });
    let told = problem(server.post(&body), 422, "invalid-submission");
    assert_eq!(told["errors"].as_array().unwrap().len(), 2);
    assert_eq!(place.list().len(), 0);
}

#[test]
fn a_type_that_is_not_taken_and_a_file_that_is_not_what_it_says_are_refused() {
    let place = Place::new();
    let server = place.serve();
    for kind in ["text/html", "image/svg+xml", "audio/mpeg", "application/zip", "application/xhtml+xml", "image/JPEG"] {
        let files: [Sent; 1] = [("a", kind, b"<svg onload=alert(1)>")];
        refused(&server, &listing(1, &files), &files, "/files/0/media_type", "is not a type of file that is taken");
    }
    for (kind, content) in [
        (JPEG, &b"<!doctype html>"[..]),
        (JPEG, b""),
        ("image/png", b"\xFF\xD8\xFF\xE0"),
        (PDF, b" %PDF"),
        ("text/plain", b"a\0b"),
        ("text/plain", b"\xFF\xFEa"),
        ("application/msword", b"PK\x03\x04"),
        ("application/vnd.oasis.opendocument.text", b"%PDF"),
    ] {
        let files: [Sent; 1] = [("a", kind, content)];
        refused(&server, &listing(1, &files), &files, "/files/0", "is not what its media type says");
    }
    assert_eq!(place.list().len(), 0);
}

#[test]
fn each_limit_is_told_by_name_and_reaches_a_sender_that_is_still_writing() {
    let place = Place::new();
    let limits = ["--rate", "1000", "--max-files", "2", "--max-file-bytes", "1000", "--max-files-total", "1500"];
    let server = place.serve_with(&[&limits[..], &["--max-body", "4096"]].concat());
    let large = photo(3_000_000);
    let of = |length: usize| ("a.jpg", JPEG, &large[..length]);
    let too_large = |files: &[Sent], limit: &str, pointer: &str| {
        let told = problem(send(&server, 1, files), 413, "too-large");
        assert_eq!(told["limit"], limit, "{told}");
        assert_eq!(told["errors"][0]["pointer"], pointer, "{told}");
    };
    too_large(&[of(10), of(10), of(10)], "max-files", "/files");
    too_large(&[of(10), of(1001)], "max-file-bytes", "/files/1");
    too_large(&[of(3_000_000)], "max-file-bytes", "/files/0");
    too_large(&[of(800), of(701)], "max-files-total", "/files");
    let mut body = listing(1, &[of(10)]);
    body["points"][0]["what_happened"] = json!("a".repeat(4096));
    let told = problem(Form::of(&body, &[of(10)]).post(&server, "key"), 413, "too-large");
    assert_eq!(told["limit"], "max-body");
    assert!(told.get("errors").is_none());

    // Files are counted before the list is known, and in the list where none came.
    let only_files = (0..3).fold(Form::default(), |form, _| form.file(of(10)));
    problem(only_files.post(&server, "key"), 413, "too-large");
    problem(server.post(&listing(1, &[of(10), of(10), of(10)])), 413, "too-large");
    let mut in_json = listing(1, &[of(10)]);
    in_json["files"][0]["content"] = json!("A".repeat(1336));
    assert_eq!(problem(server.post(&in_json), 413, "too-large")["limit"], "max-file-bytes");
    // Ten, or fewer, is what the format has room for.
    problem(server.post(&listing(1, &[of(1); 11])), 422, "invalid-submission");
    assert_eq!(place.list().len(), 0);
    reference(send(&server, 1, &[of(1000), of(500)]));
}

#[test]
fn a_council_may_take_no_files_and_cannot_take_more_than_the_format() {
    let place = Place::new();
    let server = place.serve_with(&["--max-files", "0"]);
    let files: [Sent; 1] = [("a.txt", "text/plain", b"one")];
    problem(send(&server, 1, &files), 413, "too-large");
    reference(send(&server, 2, &[]));
    drop(server);
    for wrong in [["--max-files", "11"], ["--max-file-bytes", "2000000000"]] {
        assert_eq!(place.command(&wrong).output().unwrap().status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn a_refusal_in_the_middle_of_many_parts_reads_what_is_left() {
    let place = Place::new();
    let server = place.serve();
    let large = photo(4_000_000);
    let form = (0..5).fold(Form::default().part("name=\"other\"", None, b""), |form, _| form.file(("a", JPEG, &large)));
    for _ in 0..3 {
        problem(post(&server, &[("idempotency-key", "key")], &form.clone().end()), 400, "bad-parts");
    }
}
