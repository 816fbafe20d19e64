//! A file in quarantine: the officers are told, and no other system gets it.

use std::fs;

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::{
    beside,
    clamd::{Scanner, eicar},
    database::Database,
    email::mail,
    outbox,
    smtp::MailServer,
    support::{Place, Server, reference, sample},
    wait_for,
};

/// Posts a complaint with two infected files and a clean one.
fn infected(server: &Server) -> String {
    let mut body = sample();
    let file = |content: &str| json!({ "name": "a.txt", "media_type": "text/plain", "bytes": content.len(), "content": STANDARD.encode(content) });
    body["files"] = json!([file(&eicar()), file("clean"), file(&format!("{}.", eicar()))]);
    reference(server.post(&body))
}

/// Starts a receiver with a mail server, a drop and a scanner, and checks who is told what.
fn check(place: &Place, more: &[&str]) {
    let (server, scanner) = (MailServer::start(), Scanner::start());
    let config = mail(place, &server, &json!({ "acknowledge": {} }));
    let mut with_drop: Value = serde_json::from_str(&fs::read_to_string(&config).unwrap()).unwrap();
    let drop = beside(place, "drop");
    with_drop["drop"] = json!({ "folder": drop });
    fs::write(&config, with_drop.to_string()).unwrap();
    let receiver = place.serve_with(&[&["--notify", &config, "--clamd", &scanner.address()], more].concat());
    let given = infected(&receiver);
    let emails = wait_for("both emails", || Some(server.arrived()).filter(|all| all.len() == 2));
    let subject = format!("A file in quarantine, {given}");
    let told = emails.iter().find(|email| email.header("Subject") == subject).unwrap();
    assert_eq!(told.to, ["officer@exampleshire.gov.uk", "second@exampleshire.gov.uk"]);
    assert!(!told.text.contains("a.txt") && !told.text.contains("sam@example.org"), "{}", told.text);

    let written = wait_for("the drop", || {
        // The first try may come before the scan, and the second would take half a minute.
        assert!(place_retries(place, more));
        fs::read_to_string(drop.join(&given).join("submission.json")).ok()
    });
    assert_eq!(serde_json::from_str::<Value>(&written).unwrap()["quarantined"], json!([1, 3]));
    let mut names: Vec<_> = fs::read_dir(drop.join(&given))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["2-a.txt", "submission.json"]);
}

fn place_retries(place: &Place, more: &[&str]) -> bool {
    place.submissions(&[&["retry"], more].concat()).status.success()
}

#[test]
fn officers_are_told_once_and_a_drop_gets_only_the_clean_file() {
    let place = Place::new();
    check(&place, &[]);
    let all = outbox(&place, &["--all"]);
    assert_eq!(all.iter().filter(|one| one["channel"] == "quarantine").count(), 1, "{all:?}");
}

#[test]
fn database_that_receivers_share_keeps_the_quarantine() {
    let Some(database) = Database::start() else { return };
    check(&Place::new(), &["--database", &database.url()]);
    assert_eq!(database.count("SELECT count(*) FROM files WHERE scan = 'infected'"), 2);
    assert_eq!(database.count("SELECT count(*) FROM audit WHERE action = 'quarantined'"), 2);
    assert_eq!(database.count("SELECT count(*) FROM outbox WHERE channel = 'quarantine'"), 1);
}
