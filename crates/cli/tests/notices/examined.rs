//! `putright doctor`: what it finds, and what it says to do.

use std::{fs, os::unix::fs::PermissionsExt};

use rusqlite::Connection;
use serde_json::json;

use crate::{
    beside,
    email::mail,
    notify,
    smtp::MailServer,
    support::{Place, reference, sample},
};

/// The exit code, and the lines.
fn doctor(place: &Place, more: &[&str]) -> (i32, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_putright"));
    command.arg("doctor").arg("--dist").arg(place.dist()).arg("--data").arg(place.data()).args(more);
    let output = command.output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

fn has(lines: &str, weight: &str, part: &str) -> bool {
    lines.lines().any(|line| line.starts_with(&format!("{weight}: ")) && line.contains(part))
}

#[test]
fn receiver_in_order_is_said_to_be_and_each_fault_is_named() {
    let (place, server) = (Place::new(), MailServer::start());
    let (code, lines) = doctor(&place, &[]);
    assert!(code == 1 && has(&lines, "error", "data"), "there is no store yet: {lines}");

    let config = mail(&place, &server, &json!({ "acknowledge": {} }));
    let receiver = place.serve();
    reference(receiver.post(&sample()));
    let (code, lines) = doctor(&place, &["--notify", &config]);
    assert_eq!(code, 0, "{lines}");
    for part in [
        "only its owner",
        "MB are free",
        "the database is sound",
        "1 submissions",
        "localhost lets us in",
        "the policy allows",
    ] {
        assert!(has(&lines, "ok", part), "{part}: {lines}");
    }
    assert!(has(&doctor(&place, &[]).1, "warning", "nobody is told"));
    assert!(server.arrived().is_empty(), "it sends nothing");
    drop(receiver);

    fs::write(beside(&place, "password"), "another\n").unwrap();
    fs::write(place.dist().join("headers.json"), r#"{"content_security_policy":"connect-src 'self'"}"#).unwrap();
    fs::set_permissions(place.data(), fs::Permissions::from_mode(0o755)).unwrap();
    let file = place.data().join("submissions.sqlite3");
    let store = Connection::open(&file).unwrap();
    store.execute("UPDATE submissions SET received_at = '2999-01-01T00:00:00Z'", []).unwrap();
    store.execute("INSERT INTO outbox (submission, channel, state) VALUES (1, 'mail', 'failed')", []).unwrap();
    drop(store);
    let (code, lines) = doctor(&place, &["--notify", &config]);
    assert_eq!(code, 1);
    for part in [
        "chmod 700",
        "set the clock",
        "1 have failed; look with",
        "localhost: SMTP 535",
        "the policy blocks https://forms.example.gov.uk (connect-src); run: putright build",
    ] {
        assert!(has(&lines, "error", part), "{part}: {lines}");
    }

    let mut content = fs::read(&file).unwrap();
    let middle = content.len() / 2;
    content[middle..].fill(0x55);
    fs::write(&file, content).unwrap();
    let (code, lines) = doctor(&place, &["--notify", &notify(&place, &json!({}))]);
    assert!(
        code == 1
            && (has(&lines, "error", "damaged")
                || has(&lines, "error", "cannot be read")
                || has(&lines, "error", "the database answers")),
        "{lines}"
    );
}

#[test]
fn policy_must_name_a_place_in_the_directive_that_is_asked() {
    let place = Place::new();
    let _receiver = place.serve();
    let found = |policy: &str| {
        let headers = json!({ "content_security_policy": policy });
        fs::write(place.dist().join("headers.json"), headers.to_string()).unwrap();
        doctor(&place, &[]).1
    };
    let origin = "https://forms.example.gov.uk";
    for policy in [
        format!("connect-src 'self'; frame-ancestors {origin}"),
        format!("connect-src 'self'; form-action {origin}"),
        format!("default-src {origin}; connect-src 'self'"),
        format!("default-src 'none'; img-src {origin}"),
        format!("connect-src {origin}.example"),
    ] {
        let lines = found(&policy);
        assert!(has(&lines, "error", &format!("the policy blocks {origin} (connect-src)")), "{policy}: {lines}");
    }
    for policy in [format!("connect-src {origin}; form-action 'self'"), format!("default-src {origin}")] {
        let lines = found(&policy);
        assert!(has(&lines, "ok", "the policy allows"), "{policy}: {lines}");
    }
    let council = json!({ "delivery": { "preset": "form-handler", "url": format!("{origin}/complain") } });
    fs::write(place.dist().join("councils/exampleshire.json"), council.to_string()).unwrap();
    for policy in [format!("connect-src {origin}; form-action 'self'"), format!("form-action {origin}.example")] {
        let lines = found(&policy);
        assert!(has(&lines, "error", &format!("the policy blocks {origin} (form-action)")), "{policy}: {lines}");
    }
    let lines = found(&format!("default-src 'none'; form-action {origin}"));
    assert!(has(&lines, "ok", "the policy allows"), "{lines}");
}

#[test]
fn copies_that_erasure_does_not_reach_are_named() {
    let (place, server) = (Place::new(), MailServer::start());
    let _receiver = place.serve();
    let told = |channel: &str, config: &str| {
        let (code, lines) = doctor(&place, &["--notify", config]);
        assert_eq!(code, 0, "a warning is no error: {lines}");
        assert!(has(&lines, "warning", "backups keep what was erased"), "{lines}");
        let is_of = |line: &&str| line.starts_with(&format!("warning: {channel}: "));
        let found: Vec<String> = lines.lines().filter(is_of).map(str::to_owned).collect();
        assert!(found.iter().all(|line| line.contains("putright submissions delete does not reach")), "{found:?}");
        found
    };
    let notice = "reference, kind, council, time, urgent or not and the number of files";
    let both = told("mail", &mail(&place, &server, &json!({})));
    assert!(both.len() == 2 && both[0].contains(notice) && both[1].contains("an acknowledgement"), "{both:?}");
    let one = told("mail", &mail(&place, &server, &json!({ "acknowledge": {} })));
    assert!(one.len() == 1 && one[0].contains(notice), "{one:?}");
    assert!(told("mail", &mail(&place, &server, &json!({ "acknowledge": {}, "officers": {} }))).is_empty());
    assert!(told("mail", &notify(&place, &json!({}))).is_empty());

    let secret = beside(&place, "secret");
    fs::write(&secret, "0123456789abcdef0123456789abcdef").unwrap();
    for (content, holds) in [("notice", notice), ("submission", "all that was written, without the files")] {
        let webhook = json!({ "url": "https://cases.example.gov.uk/hook", "secret_file": secret, "content": content });
        let found = told("webhook", &notify(&place, &json!({ "webhook": webhook })));
        assert!(found.len() == 1 && found[0].contains(holds), "{found:?}");
    }
    let dropped = told("drop", &notify(&place, &json!({ "drop": { "folder": beside(&place, "drop") } })));
    assert!(dropped.len() == 1 && dropped[0].contains("all that was written, and the files"), "{dropped:?}");
    assert!(server.arrived().is_empty(), "it sends nothing");
}
