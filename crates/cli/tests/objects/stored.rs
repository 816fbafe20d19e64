//! Files are written into the object store, and come back from it the same.

use std::{fs, thread, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{
    browser::{self, Browser, LETTER, complaints},
    bucket::{Bucket, KEY, SECRET, with_files},
    clamd::{Scanner, eicar},
    database::Database,
    support::{Place, header, json, reference, text},
};

const WORDS: &[u8] = b"Nobody came, says the letter.";

/// Sends three files, and reads them back.
fn come_back(place: &Place, more: &[&str]) {
    let bucket = Bucket::start();
    let server = bucket.serve(place, more);
    let large = [b"%PDF-1.7 ".as_slice(), &vec![7; 3_000_000]].concat();
    let files: [(&str, &str, &[u8]); 3] = [
        ("large.pdf", "application/pdf", &large),
        ("Sam's letter.txt", "text/plain", WORDS),
        ("empty.txt", "text/plain", b""),
    ];
    let body = with_files(1, &files);
    let given = reference(server.post(&body));
    let objects = bucket.objects();
    assert_eq!(objects.len(), 2, "a file without a byte needs no object");
    let stored: Vec<_> = objects.iter().map(|name| fs::read(bucket.folder().join(name)).unwrap()).collect();
    assert!(stored[0] == WORDS && stored[1] == large);
    assert!(objects.iter().all(|name| name.bytes().all(|byte| byte.is_ascii_hexdigit())), "{objects:?}");
    let asked = bucket.requests();
    for word in ["Sam", "letter", "pdf", "text/plain", &given, "bromley", "exampleshire"] {
        assert!(!asked.contains(word), "{word}: {asked}");
    }

    let again = server.post(&body);
    assert_eq!(header(&again, "idempotent-replayed"), "true");
    assert_eq!(reference(again), given);

    let to = place.dist().with_file_name("files");
    let written = [&["submissions", "files", &given, "--to", to.to_str().unwrap()], more].concat();
    bucket.read(place, &written);
    for (at, (name, _, content)) in (1..).zip(files) {
        let name = if at == 2 { "Sams letter.txt" } else { name };
        let read = fs::read(to.join(format!("{at}-{name}")));
        assert!(read.is_ok_and(|read| read == content), "{name}: {:?}", fs::read_dir(&to).unwrap().collect::<Vec<_>>());
    }
    let file = place.dist().with_file_name("export.json");
    bucket.read(place, &[&["submissions", "export", "--to", file.to_str().unwrap()], more].concat());
    let exported: serde_json::Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    for (file, (_, _, content)) in exported[0]["files"].as_array().unwrap().iter().zip(files) {
        assert_eq!((&file["content"], &file["missing"]), (&STANDARD.encode(content).into(), &false.into()));
    }
    let said = server.said();
    assert!(!said.contains(KEY) && !said.contains(SECRET) && !said.contains("Sam"), "{said}");
}

#[test]
fn files_of_a_sqlite_store_come_back_from_the_bucket() {
    let place = Place::new();
    come_back(&place, &[]);
    for entry in fs::read_dir(place.data()).unwrap() {
        let content = fs::read(entry.unwrap().path()).unwrap();
        assert!(!content.windows(WORDS.len()).any(|part| part == WORDS), "the database has no content");
    }
}

#[test]
fn files_of_a_postgres_store_come_back_from_the_bucket() {
    let Some(database) = Database::start() else { return };
    come_back(&Place::new(), &["--database", &database.url()]);
    assert_eq!(database.count("SELECT sum(length(content)) FROM files"), 0);
}

#[test]
fn another_receiver_of_the_database_gives_the_file_to_an_officer() {
    let Some(database) = Database::start() else { return };
    let (place, bucket) = (browser::place(), Bucket::start());
    let policy = browser::policy(&place);
    let url = database.url();
    let own = [
        "--database",
        &url,
        "--inbox-policy",
        &policy,
        "--inbox-user-header",
        "X-Remote-User",
        "--inbox-proxy",
        "127.0.0.1",
    ];
    let [one, other] = [bucket.serve(&place, &own), bucket.serve(&place, &own)];
    let [first, _] = complaints(&one);
    assert_eq!(bucket.objects().len(), 1);
    let lead = Browser::of(&other, "lead");
    lead.page(&format!("/inbox/{first}"));
    assert_eq!(text(lead.post(&format!("/inbox/{first}/files/1"), &[])), LETTER);
    let exported = json(lead.post(&format!("/inbox/{first}/export"), &[]));
    assert_eq!(exported["files"][0]["content"], STANDARD.encode(LETTER));
    assert!(text(lead.post(&format!("/inbox/{first}/delete"), &[])).contains("It is deleted"));
    assert_eq!(bucket.objects().len(), 0);
}

#[test]
fn scanner_and_file_drop_get_the_content_from_the_bucket() {
    let (place, bucket, scanner) = (Place::new(), Bucket::start(), Scanner::start());
    let drop = place.dist().with_file_name("drop");
    let notify = place.dist().with_file_name("notify.json");
    fs::write(&notify, serde_json::json!({ "drop": { "folder": drop } }).to_string()).unwrap();
    let server = bucket.serve(&place, &["--clamd", &scanner.address(), "--notify", notify.to_str().unwrap()]);
    let virus = eicar();
    let body = with_files(1, &[("a.txt", "text/plain", WORDS), ("b.txt", "text/plain", virus.as_bytes())]);
    let given = reference(server.post(&body));
    server.said_with("infected");
    let drop = drop.join(&given);
    // The first try may have come before the scan: the next is half a minute later.
    assert!(place.submissions(&["retry"]).status.success());
    for _ in 0..200 {
        if drop.exists() {
            break;
        }
        assert!(place.submissions(&["retry"]).status.success());
        thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(fs::read(drop.join("1-a.txt")).unwrap(), WORDS);
    assert!(!drop.join("2-b.txt").exists(), "it is in quarantine");
    assert_eq!(bucket.objects().len(), 2);
    let to = place.dist().with_file_name("files");
    let to = to.to_str().unwrap();
    let listed = bucket.read(&place, &["submissions", "files", &given, "--to", to]);
    assert_eq!(listed.as_array().unwrap().iter().filter(|one| one["quarantined"].is_string()).count(), 1, "{listed}");
}
