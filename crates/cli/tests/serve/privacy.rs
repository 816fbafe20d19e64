//! Nothing a person wrote may come out anywhere but in `putright submissions show` and `files`.

use serde_json::{Value, json};

use crate::{
    forms::{Form, JPEG, PDF, Sent, listing},
    support::{Place, sample, sample_numbered, text},
};

const CANARY: &str = "canary7Zq";

/// Every text of a value, and every name it does not know, becomes the canary.
fn with_canaries(value: &mut Value) {
    match value {
        Value::String(text) => CANARY.clone_into(text),
        Value::Array(entries) => entries.iter_mut().for_each(with_canaries),
        Value::Object(members) => {
            members.values_mut().for_each(with_canaries);
            members.insert(CANARY.to_owned(), json!(CANARY));
        }
        _ => {}
    }
}

#[test]
fn no_answer_and_no_log_holds_what_a_person_wrote() {
    let place = Place::new();
    let server = place.serve();
    let mut bodies = Vec::new();
    let mut all = sample();
    with_canaries(&mut all);
    bodies.push(all);
    for pointer in ["/points/0", "/contact", "/about", "/guidance/parts", "/about/when", "/help", "/other_answers"] {
        let mut body = sample();
        body["other_answers"] = json!({});
        body.pointer_mut(pointer).unwrap()[CANARY] = json!([CANARY, " ", "\0"]);
        body.pointer_mut(pointer).unwrap()["7700900123"] = json!([CANARY, " ", "\0", 7]);
        bodies.push(body);
    }
    let mut wrong = sample();
    wrong["about"]["when"] = json!({ "known": "about", "words": CANARY.repeat(50) });
    bodies.push(wrong);
    let mut kept = sample_numbered(7);
    kept["points"][0]["what_happened"] = json!(CANARY);
    kept["contact"]["name"] = json!(CANARY);
    bodies.push(kept.clone());
    kept["points"][0]["what_happened"] = json!(format!("{CANARY} changed"));
    bodies.push(kept);

    let check = |answer: String| {
        assert!(!answer.contains(CANARY) && !answer.contains("7700900123"), "{answer}");
    };
    for body in &bodies {
        check(text(server.post(body)));
    }
    assert_eq!(place.list().len(), 1);
    check(text(server.post_with(&[], format!("{{{CANARY}").as_bytes())));
    let body = sample().to_string();
    check(text(server.post_with(&[("idempotency-key", &CANARY.repeat(9))], body.as_bytes())));
    check(text(server.send("POST", "/api/submissions", &[("content-type", CANARY)], body.as_bytes())));
    check(text(server.get(&format!("/api/{CANARY}?{CANARY}"), &[])));
    check(text(server.get(&format!("/{CANARY}?{CANARY}"), &[("referer", CANARY), ("user-agent", CANARY)])));
    check(server.raw(format!("{CANARY} /api/submissions?{CANARY} HTTP/1.1\r\nHost: {CANARY}\r\n\r\n").as_bytes()));
    check(server.raw(format!("{CANARY}\r\n\r\n").as_bytes()));

    let said = server.said();
    check(said.clone());
    assert!(!said.contains("127.0.0.1 ") && !said.contains("exampleshire") && !said.contains("0f1e2d3c"), "{said}");
}

#[test]
fn no_answer_and_no_log_holds_anything_of_a_file() {
    let place = Place::new();
    let server = place.serve();
    let check = |answer: String| assert!(!answer.contains(CANARY), "{answer}");
    let name = format!("{CANARY}.pdf");
    let content = format!("%PDF {CANARY}");
    let kept: [Sent; 1] = [(&name, PDF, content.as_bytes())];
    let typed: [Sent; 1] = [(&name, CANARY, content.as_bytes())];
    let not_so: [Sent; 1] = [(&name, JPEG, content.as_bytes())];
    for (list, files) in [(kept, kept), (kept, typed), (typed, typed), (not_so, not_so)] {
        check(text(Form::of(&listing(1, &list), &files).post(&server, CANARY)));
    }
    let other = [(name.as_str(), PDF, &b"%PDF other"[..])];
    check(text(Form::of(&listing(1, &other), &other).post(&server, CANARY)));
    check(text(Form::of(&listing(2, &kept), &[kept[0], kept[0]]).post(&server, CANARY)));
    check(text(Form::of(&listing(2, &kept), &[]).post(&server, CANARY)));
    check(text(Form::default().part(&format!("name=\"{CANARY}\""), Some(CANARY), b"").post(&server, "key")));
    check(text(Form::default().part(CANARY, None, CANARY.as_bytes()).post(&server, "key")));
    let boundary = format!("multipart/form-data; boundary={CANARY}");
    let headers = [("content-type", boundary.as_str()), ("idempotency-key", "key")];
    check(text(server.send("POST", "/api/submissions", &headers, format!("--{CANARY}\r\n{CANARY}").as_bytes())));
    for field in ["name", "media_type", "content", CANARY] {
        let mut body = listing(3, &kept);
        body["files"][0][field] = json!(CANARY.repeat(20));
        check(text(server.post(&body)));
    }
    let listed = place.references();
    assert_eq!(listed.len(), 1);
    let to = place.data().join("out");
    let taken_out = place.submissions(&["files", &listed[0], "--to", to.to_str().unwrap()]);
    assert!(taken_out.status.success() && to.join(format!("1-{name}")).exists());
    check(String::from_utf8_lossy(&taken_out.stderr).into_owned());
    check(server.said());
}

#[test]
fn the_log_has_a_line_for_each_request_to_the_receiver_and_none_for_pages() {
    let place = Place::new();
    let server = place.serve();
    let given = crate::support::reference(server.post(&sample()));
    server.get("/", &[]);
    server.get("/api/anything/else", &[]);
    let said = server.said();
    let lines: Vec<_> = said.lines().skip(1).collect();
    assert_eq!(lines.len(), 2, "{said}");
    let words: Vec<_> = lines[0].split_whitespace().collect();
    assert!(words[0].ends_with('Z') && words[1] == "INFO" && words[2].starts_with("request{id="), "{said}");
    assert_eq!(words[3..6], ["method=\"POST\"", "route=\"/api/submissions\"", "status=201"]);
    assert!(words[6].starts_with("ms="), "{said}");
    assert_eq!(words[7..], [format!("reference={given}")]);
    assert!(lines[1].contains(" method=\"GET\" route=\"/api/{*rest}\" status=404 "), "{said}");
}
