//! The files in the documents of the receiver: it starts with each as it is written there.

use std::fs;

use serde_json::Value;

use crate::{client::place, shipped::root};

/// Returns the blocks of JSON in the document of the receiver.
fn blocks() -> Vec<String> {
    let document = fs::read_to_string(root().join("docs/receiver.md")).unwrap();
    let parts = document.split("\n```json\n").skip(1);
    parts.map(|part| part.split_once("\n```").unwrap().0.to_owned()).collect()
}

#[test]
fn receiver_starts_with_the_files_of_its_document() {
    let place = place();
    let folder = place.dist().parent().unwrap().to_owned();
    for name in ["mail-password", "webhook-secret", "oidc-secret"] {
        fs::write(folder.join(name), "0123456789abcdef0123456789abcdef\n").unwrap();
    }
    let mut options = Vec::new();
    for block in blocks() {
        let part = |name: &str| serde_json::from_str::<Value>(&block).unwrap().get(name).is_some();
        let option = match (part("mail"), part("roles"), part("issuer")) {
            (true, false, false) => "--notify",
            (false, true, false) => "--inbox-policy",
            (false, false, true) => "--inbox-oidc",
            _ => panic!("no reader is known: {block}"),
        };
        // The folders of the document are this one's, and its council is one of the site.
        let mut text = block.replace("\"/etc/putright/", &format!("\"{}/", folder.display()));
        text = text.replace("\"/srv/putright/", &format!("\"{}/", folder.display()));
        text = text.replace("\"exampleshire\"", "\"bromley\"");
        let file = folder.join(format!("{}.json", option.trim_start_matches('-')));
        fs::write(&file, text).unwrap();
        options.extend([option.to_owned(), file.to_str().unwrap().to_owned()]);
    }
    assert_eq!(options.len(), 6, "{options:?}");
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let server = place.serve_with(&options);
    assert_eq!(server.get("/api/ready", &[]).status(), 204);
    assert_eq!(server.get("/inbox", &[]).status(), 401, "the inbox is on");

    // A name that no reader knows is refused, so what is in the document is read.
    for file in [options[1], options[3], options[5]] {
        let text = fs::read_to_string(file).unwrap();
        fs::write(file, text.replacen('{', "{ \"unknown\": 1,", 1)).unwrap();
        let output = place.command(&options).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && said.contains("unknown field"), "{file}: {said}");
        fs::write(file, text).unwrap();
    }
}
