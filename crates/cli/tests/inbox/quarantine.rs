//! Files are scanned for viruses: what is found is kept apart and never lost, and a scanner that is down loses no complaint.

use std::{
    fs,
    net::TcpListener,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::{
    clamd::{BREAKS, LONGEST, RealClamd, Scanner, eicar},
    client::{Browser, place, serve, trail},
    support::{Place, Server, json as read, reference, sample, text},
};

/// Posts a complaint to Bromley with text files, and gives its reference.
fn with_files(server: &Server, contents: &[&str]) -> String {
    let mut body = sample();
    body["council"] = "bromley".into();
    let file = |content: &&str| {
        let bytes = content.len();
        json!({ "name": "secret-name.txt", "media_type": "text/plain", "bytes": bytes, "content": STANDARD.encode(content) })
    };
    body["files"] = contents.iter().map(file).collect();
    reference(server.post(&body))
}

/// Opens a complaint again and again until its page has some words.
fn page_with(officer: &Browser<'_>, given: &str, words: &[&str]) -> String {
    let started = Instant::now();
    loop {
        let page = officer.page(&format!("/inbox/{given}"));
        if words.iter().all(|words| page.contains(words)) {
            return page;
        }
        assert!(started.elapsed() < Duration::from_secs(60), "{words:?}: {page}");
        thread::sleep(Duration::from_millis(100));
    }
}

fn doctor(place: &Place, address: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_putright"));
    command.arg("doctor").arg("--dist").arg(place.dist()).arg("--data").arg(place.data()).args(["--clamd", address]);
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

#[test]
#[allow(clippy::too_many_lines, reason = "one file, wherever it might come out")]
fn infected_file_is_given_to_nobody_and_stays_in_the_store() {
    let (place, scanner) = (place(), Scanner::start());
    let server = serve(&place, &["--clamd", &scanner.address()]);
    let given = with_files(&server, &[&eicar(), "clean"]);
    let lead = Browser::of(&server, "lead");
    let page = page_with(&lead, &given, &["In quarantine: Eicar-Test-Signature", "Nothing found"]);
    assert!(page.contains("The virus scanner found something in a file of this complaint"), "{page}");

    let infected = format!("/inbox/{given}/files/1");
    for answer in [lead.get(&infected), lead.post(&infected, &[])] {
        assert_eq!(answer.status(), 403);
        assert!(text(answer).contains("cannot be downloaded here"));
    }
    let clean = format!("/inbox/{given}/files/2");
    assert!(lead.page(&clean).contains("The virus scanner found nothing in it"));
    assert_eq!(text(lead.post(&clean, &[])), "clean");
    let exported = read(lead.post(&format!("/inbox/{given}/export"), &[]));
    assert_eq!((&exported["files"][0]["scan"], &exported["files"][0]["content"]), (&json!("infected"), &Value::Null));
    assert_eq!(exported["files"][1]["content"], STANDARD.encode("clean"));

    let folder = place.dist().with_file_name("files");
    let written = place.submissions(&["files", &given, "--to", folder.to_str().unwrap()]);
    let listed: Value = serde_json::from_slice(&written.stdout).unwrap();
    assert_eq!(listed[0], json!({ "place": 1, "quarantined": "Eicar-Test-Signature" }));
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    let apart = place.dist().with_file_name("apart");
    let written = place.submissions(&["files", &given, "--quarantined", "--to", apart.to_str().unwrap()]);
    assert!(written.status.success());
    assert_eq!(fs::read_to_string(apart.join("1-secret-name.txt")).unwrap(), eicar(), "it is never lost");

    let (entries, is_whole) = trail(&place, &[]);
    let quarantined = ["virus scanner".to_owned(), "quarantined".to_owned(), given.clone()];
    assert!(is_whole && entries.iter().filter(|entry| **entry == quarantined).count() == 1, "{entries:?}");
    assert_eq!(entries.iter().filter(|[_, action, _]| action == "downloaded").count(), 1, "{entries:?}");
    let told = doctor(&place, &scanner.address());
    assert!(told.contains("ok: tcp://127.0.0.1:") && told.contains("ClamAV 1.4.6/27000"), "{told}");
    assert!(told.contains("warning: 1 files are in quarantine") && !told.contains("not scanned"), "{told}");
    let said = server.said();
    assert!(said.contains("a file was scanned: infected") && !said.contains("secret-name"), "{said}");
}

#[test]
fn scanner_that_is_down_loses_no_complaint_and_scans_later() {
    let place = place();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let address = format!("tcp://127.0.0.1:{port}");
    let server = serve(&place, &["--clamd", &address]);
    let given = with_files(&server, &[&eicar()]);
    assert_eq!(place.references(), [given.as_str()]);
    let reader = Browser::of(&server, "reader");
    page_with(&reader, &given, &["Not scanned"]);
    let warning = reader.page(&format!("/inbox/{given}/files/1"));
    assert!(warning.contains("Nobody has checked it for viruses"), "{warning}");
    let told = doctor(&place, &address);
    assert!(told.contains("clamd cannot be reached") && told.contains("1 files are not scanned"), "{told}");
    let _scanner = Scanner::at(port);
    page_with(&reader, &given, &["In quarantine"]);
}

#[test]
fn file_that_the_scanner_cannot_scan_holds_up_no_other() {
    let (place, scanner) = (place(), Scanner::start());
    let server = serve(&place, &["--clamd", &scanner.address()]);
    let given = with_files(&server, &[&"long ".repeat(LONGEST / 4), BREAKS, "clean"]);
    let reader = Browser::of(&server, "reader");
    let page = page_with(&reader, &given, &["Nothing found"]);
    assert_eq!(page.matches("Could not be scanned").count(), 2, "{page}");
    let warning = reader.page(&format!("/inbox/{given}/files/2"));
    assert!(warning.contains("could not scan it"), "{warning}");
    assert!(doctor(&place, &scanner.address()).contains("2 files are not scanned"));
}

#[test]
fn clamd_itself_finds_the_test_file() {
    let Some(clamd) = RealClamd::start() else { return };
    let place = place();
    let server = serve(&place, &["--clamd", &clamd.address()]);
    let given = with_files(&server, &["clean", &eicar()]);
    let reader = Browser::of(&server, "reader");
    page_with(&reader, &given, &["Nothing found", "In quarantine: Test.File.UNOFFICIAL"]);
    assert!(doctor(&place, &clamd.address()).contains("ok: unix:/"));
}

#[test]
fn address_that_is_none_says_what_to_write() {
    let place = place();
    let output = place.command(&["--clamd", "127.0.0.1:3310"]).output().unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("write tcp://127.0.0.1:3310, or unix:/run/clamav/clamd.ctl"), "{said}");
}
