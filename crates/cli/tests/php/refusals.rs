//! Each refusal of the example: problem details, nothing stored, and no word of the person's.

use serde_json::{Value, json};

use crate::{
    WORDS, multipart,
    server::{Answer, Php, send},
    submission, with_files,
};

const ID: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
const JSON: (&str, &str) = ("Content-Type", "application/json");
const KEY: (&str, &str) = ("Idempotency-Key", ID);

fn must_refuse(answer: &Answer, status: u16, pointer: &str) {
    assert_eq!((answer.status, answer.header("content-type")), (status, "application/problem+json"), "{answer:?}");
    let told = answer.json();
    assert!(told["status"] == status && !told["title"].as_str().unwrap().is_empty(), "{told}");
    assert!(!answer.body.contains("Tuesday") && !answer.body.contains("Siân"), "{told}");
    let found = told["errors"][0]["pointer"].as_str().unwrap_or_default();
    assert_eq!(found, pointer, "{told}");
}

#[test]
fn a_request_of_another_kind_is_refused() {
    let Some(php) = Php::start(&[]) else { return };
    let body = submission(ID).to_string();
    for method in ["GET", "DELETE", "PUT"] {
        let answer = send(php.port, method, &[], if method == "PUT" { body.as_bytes() } else { b"" }).unwrap();
        must_refuse(&answer, 405, "");
        assert_eq!(answer.header("allow"), "POST, OPTIONS");
    }
    for kind in ["text/plain", "application/x-www-form-urlencoded", "application/xml"] {
        must_refuse(&php.post(&[("Content-Type", kind)], body.as_bytes()), 415, "");
    }
    must_refuse(&php.post(&[JSON, ("Content-Encoding", "gzip")], body.as_bytes()), 415, "");
    must_refuse(&php.post(&[JSON, ("Origin", "https://evil.example")], body.as_bytes()), 403, "");
    must_refuse(&php.post(&[JSON, ("Origin", "null")], body.as_bytes()), 403, "");
    let long = "k".repeat(65);
    for key in ["a b", "", &long] {
        must_refuse(&php.post(&[JSON, ("Idempotency-Key", key)], body.as_bytes()), 400, "");
    }
    let (kind, parts) = multipart(&submission(ID), "file[]", &[]);
    must_refuse(&php.post(&[("Content-Type", &kind)], &parts), 400, "");
    must_refuse(&php.post(&[("Content-Type", "multipart/form-data; boundary=x"), KEY], b"--x--\r\n"), 400, "");
    assert_eq!(php.stored(), Vec::<String>::new());
    assert!(!php.log().contains(WORDS));
}

#[test]
fn what_is_no_submission_is_refused_with_its_place() {
    let Some(php) = Php::start(&[]) else { return };
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for text in ["", "{", "not JSON", "{\"a\":\"\u{fffd}", &deep] {
        let answer = php.post(&[JSON, KEY], if text.is_empty() { b" " } else { text.as_bytes() });
        must_refuse(&answer, 400, "");
    }
    must_refuse(&php.post(&[JSON, KEY], b"{\"schema\":\"\xFF\"}"), 400, "");
    for (pointer, value) in [
        ("/schema", json!("another")),
        ("/id", json!("short")),
        ("/id", json!([ID])),
        ("/council", json!("westminster")),
        ("/council", json!({ "a": 1 })),
        ("/kind", json!("Siân")),
        ("/points", json!([])),
        ("/points", json!("Tuesday")),
        ("/points", json!({ "a": { "what_happened": "Tuesday" } })),
        ("/points/0/what_happened", json!([" \n"])),
        ("/points/0/what_happened", json!(["Tuesday"])),
    ] {
        let mut changed = submission(ID);
        *changed.pointer_mut(pointer.split("/0").next().unwrap()).unwrap() = value;
        must_refuse(&php.post(&[JSON, KEY], changed.to_string().as_bytes()), 422, pointer);
    }
    for text in ["null", "7", "\"Tuesday\"", "[]"] {
        must_refuse(&php.post(&[JSON, KEY], text.as_bytes()), 422, "/schema");
    }
    assert_eq!(php.stored(), Vec::<String>::new());
}

#[test]
fn another_submission_under_a_used_key_is_refused_and_the_first_stays() {
    let Some(php) = Php::start(&[]) else { return };
    let first = php.post(&[JSON, KEY], submission(ID).to_string().as_bytes()).reference();
    let mut other = submission(ID);
    other["points"][0]["what_happened"] = json!("Something else");
    must_refuse(&php.post(&[JSON, KEY], other.to_string().as_bytes()), 422, "");
    let to = php.folder().join("given");
    php.read(&[&first, to.to_str().unwrap()]);
    let stored: Value = serde_json::from_str(&std::fs::read_to_string(to.join("submission.json")).unwrap()).unwrap();
    assert_eq!(stored, submission(ID));
    assert_eq!(php.stored(), [first]);
}

#[test]
fn a_store_that_fails_is_told_without_a_word_in_the_log() {
    let Some(php) = Php::start(&[]) else { return };
    let (body, data) = (submission(ID).to_string(), php.folder().join("private/data"));
    std::fs::write(&data, "").unwrap();
    let answer = php.post(&[JSON, KEY], body.as_bytes());
    must_refuse(&answer, 503, "");
    assert_eq!(answer.header("retry-after"), "5");
    std::fs::remove_file(&data).unwrap();
    std::fs::create_dir(&data).unwrap();
    std::fs::write(data.join("complaints.sqlite3"), "no database at all").unwrap();
    must_refuse(&php.post(&[JSON, KEY], body.as_bytes()), 503, "");
    let log = php.log();
    assert!(log.contains("RuntimeException in store.php") && log.contains("PDOException in store.php"), "{log}");
    assert!(!log.contains("Tuesday") && !log.contains("Siân") && !log.contains("sian@"), "{log}");
    std::fs::remove_file(data.join("complaints.sqlite3")).unwrap();
    php.post(&[JSON, KEY], body.as_bytes()).reference();
}

#[test]
fn files_that_do_not_fit_the_list_or_the_limits_are_refused() {
    let Some(php) = Php::start(&[("'file_bytes' => 10_000_000", "'file_bytes' => 1000"), ("=> 20_000_000", "=> 1500")])
    else {
        return;
    };
    let jpeg = [b"\xFF\xD8\xFF".as_slice(), &[7; 600]].concat();
    let two: [(&str, &[u8]); 2] = [("image/jpeg", &jpeg), ("image/jpeg", &jpeg)];
    let post = |listed: &Value, part: &str, files: &[(&str, &[u8])]| {
        let (kind, body) = multipart(listed, part, files);
        php.post(&[("Content-Type", &kind), KEY], &body)
    };
    // PHP keeps the last of several parts with the same name: noticed, and told what to write.
    let answer = post(&with_files(ID, &two), "file", &two);
    must_refuse(&answer, 422, "/files");
    assert!(answer.body.contains("file[]"), "{answer:?}");
    must_refuse(&post(&with_files(ID, &two), "file[]", &two[..1]), 422, "/files");
    must_refuse(&post(&submission(ID), "file[]", &two), 422, "/files");
    let html: [(&str, &[u8]); 1] = [("text/html", b"<script>")];
    must_refuse(&post(&with_files(ID, &html), "file[]", &html), 422, "/files/0");
    let named_so: [(&str, &[u8]); 1] = [("image/jpeg", b"<script>")];
    must_refuse(&post(&with_files(ID, &named_so), "file[]", &named_so), 422, "/files/0");
    let mut shorter = with_files(ID, &two);
    shorter["files"][1]["bytes"] = json!(5);
    must_refuse(&post(&shorter, "file[]", &two), 422, "/files/1/bytes");
    for name in ["../../etc/passwd", "a.php.jpg", "", ".jpg", "a/b.jpg"] {
        let mut named = with_files(ID, &two);
        named["files"][0]["name"] = json!(name);
        must_refuse(&post(&named, "file[]", &two), 422, "/files/0/name");
    }
    let large = [b"\xFF\xD8\xFF".as_slice(), &[7; 1200]].concat();
    let one: [(&str, &[u8]); 1] = [("image/jpeg", &large)];
    must_refuse(&post(&with_files(ID, &one), "file[]", &one), 413, "/files/0");
    let three = [two[0]; 3];
    must_refuse(&post(&with_files(ID, &three), "file[]", &three), 413, "/files/2");
    assert_eq!(php.stored(), Vec::<String>::new());
    assert_eq!(post(&with_files(ID, &two), "file[]", &two).json()["files"], 2);
}

#[test]
fn a_body_too_large_for_the_settings_or_for_php_is_refused() {
    let Some(php) = Php::start(&[]) else { return };
    let mut long = submission(ID);
    long["points"][0]["what_happened"] = json!("x".repeat(1_000_000));
    must_refuse(&php.post(&[JSON, KEY], long.to_string().as_bytes()), 413, "");
    let (kind, body) = multipart(&long, "file[]", &[]);
    must_refuse(&php.post(&[("Content-Type", &kind), KEY], &body), 413, "");
    // Above upload_max_filesize PHP drops the file and keeps the rest; above post_max_size it drops everything.
    for (bytes, pointer) in [(12_000_000, "/files/0"), (27_000_000, "")] {
        let content = [b"\xFF\xD8\xFF".as_slice(), &vec![7; bytes]].concat();
        let file: [(&str, &[u8]); 1] = [("image/jpeg", &content)];
        let (kind, body) = multipart(&with_files(ID, &file), "file[]", &file);
        must_refuse(&php.post(&[("Content-Type", &kind), KEY], &body), 413, pointer);
    }
    assert_eq!(php.stored(), Vec::<String>::new());
}
