//! An officer's work on stored complaints, the same with either store.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    process::Output,
    thread,
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::support::{Place, Server, reference, sample, sample_numbered};

/// A text that is in one complaint alone, and in its file.
pub const CANARY: &str = "zq7 \"kestrel\" ünder 100%";

fn run(place: &Place, more: &[&str], arguments: &[&str]) -> Output {
    place.submissions(&[arguments, more].concat())
}

fn json_of(output: &Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn references(found: &Value) -> Vec<String> {
    found.as_array().unwrap().iter().map(|one| one["reference"].as_str().unwrap().to_owned()).collect()
}

/// Posts two complaints, of which the second has the canary in its words and in a file. Gives their references.
pub fn two_complaints(server: &Server) -> [String; 2] {
    let mut second = sample_numbered(2);
    second["points"][0]["what_happened"] = format!("=1+1 {CANARY}").into();
    second["points"][0]["people_and_teams"] = CANARY.into();
    let content = format!("A letter: {CANARY}");
    second["files"] = json!([{
        "name": "letter.txt", "media_type": "text/plain", "bytes": content.len(), "content": STANDARD.encode(&content),
    }]);
    [reference(server.post(&sample())), reference(server.post(&second))]
}

/// Finds complaints by text, day and kind, and writes them out.
pub fn find_and_export(place: &Place, server: &Server, more: &[&str]) {
    let [first, second] = two_complaints(server);
    let search = |arguments: &[&str]| json_of(&run(place, more, &[&["search"], arguments].concat()));
    let all = search(&[]);
    assert_eq!(references(&all), [first.as_str(), &second]);
    let day = all[0]["received_at"].as_str().unwrap()[..10].to_owned();
    assert_eq!(references(&search(&["--text", CANARY])), [second.as_str()]);
    assert_eq!(references(&search(&["--text", "KESTREL"])), [second.as_str()], "case does not matter");
    assert_eq!(references(&search(&["--text", "1_0%"])), Vec::<String>::new(), "no sign is a wildcard");
    assert_eq!(references(&search(&["--from", &day, "--until", &day, "--kind", "complaint"])).len(), 2);
    for none in [["--from", "2999-01-01"], ["--until", "2020-01-01"], ["--kind", "comment"], ["--council", "other"]] {
        assert_eq!(references(&search(&none)), Vec::<String>::new(), "{none:?}");
    }
    assert!(!all.to_string().contains("visits"), "a list holds nothing that was written");
    for list in [
        &["list"][..],
        &["search"],
        &["search", "--kind", "complaint"],
        &["search", "--council", "exampleshire", "--kind", "complaint", "--from", &day],
        &["search", "--council", "exampleshire"],
        &["search", "--text", "sam@example.org"],
    ] {
        let part = |more_of: &[&str]| references(&json_of(&run(place, more, &[list, more_of].concat())));
        assert_eq!(part(&["--limit", "1"]), [first.as_str()], "{list:?}");
        assert_eq!(part(&["--limit", "1", "--after", &first]), [second.as_str()], "{list:?}");
        assert_eq!(part(&["--after", &second]), Vec::<String>::new(), "{list:?}");
        assert_eq!(part(&[]), [first.as_str(), &second], "{list:?}");
    }
    assert_eq!(run(place, more, &["list", "--after", "222-222-222"]).status.code(), Some(1));

    let file = place.dist().with_file_name("export.json");
    let to = file.to_str().unwrap();
    json_of(&run(place, more, &["export", "--text", CANARY, "--to", to]));
    let exported: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(references(&exported), [second.as_str()]);
    assert_eq!(exported[0]["submission"]["contact"], sample()["contact"]);
    let content = STANDARD.decode(exported[0]["files"][0]["content"].as_str().unwrap()).unwrap();
    assert_eq!(content, format!("A letter: {CANARY}").as_bytes());
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let again = run(place, more, &["export", "--to", to]);
    assert_eq!(again.status.code(), Some(2), "nothing is written over");

    let file = place.dist().with_file_name("export.csv");
    json_of(&run(place, more, &["export", "--format", "csv", "--to", file.to_str().unwrap()]));
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.starts_with("reference,received_at,council,kind,"), "{text}");
    assert!(text.contains("\"'=1+1 zq7 \"\"kestrel\"\" ünder 100%\n\nThe taxi"), "{text}");
    assert_eq!(text.matches("\r\n").count(), 3);
}

/// Holds, redacts and deletes the complaint with the canary.
pub fn hold_redact_and_delete(place: &Place, more: &[&str], second: &str, is_left: &dyn Fn() -> bool) {
    let run = |arguments: &[&str]| run(place, more, arguments);
    json_of(&run(&["hold", second]));
    for refused in [run(&["delete", second]), run(&["redact", second, "--at", "/points/0/what_happened"])] {
        assert_eq!(refused.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&refused.stderr).contains("legal hold"));
    }
    json_of(&run(&["release", second]));
    for wrong in ["/points/9/what_happened", "/points", "/kind"] {
        assert_eq!(run(&["redact", second, "--at", wrong]).status.code(), Some(2), "{wrong}");
    }
    let both = ["redact", second, "--at", "/points/0/what_happened", "--at", "/points/0/people_and_teams"];
    json_of(&run(&both));
    let shown = json_of(&run(&["show", second]));
    assert_eq!(shown["submission"]["points"][0]["what_happened"], "[redacted]");
    assert_eq!(shown["submission"]["points"][1], sample()["points"][1]);
    assert!(is_left(), "the file is still there");
    json_of(&run(&["delete", second]));
    assert_eq!(run(&["show", second]).status.code(), Some(1));
    assert_eq!(run(&["delete", second]).status.code(), Some(1));
    assert!(!is_left(), "nothing of it is left");
}

/// Takes a complaint over, and erases it once it is neither held nor too young. What was not taken over stays.
pub fn erase_in_time(place: &Place, more: &[&str]) {
    let run = |arguments: &[&str]| run(place, more, arguments);
    let mut server = place.serve_with(more);
    let [first, second] = two_complaints(&server);
    server.terminate();
    for arguments in [["taken", &second, "--as", "CASE-1"].as_slice(), &["hold", &second]] {
        json_of(&run(arguments));
    }
    let after = |keep: &str, left: usize| {
        let _server = place.serve_with(&[&["--keep", keep], more].concat());
        let started = Instant::now();
        let list = || references(&json_of(&run(&["list"])));
        while list().len() != left && started.elapsed() < Duration::from_secs(5) {
            thread::sleep(Duration::from_millis(50));
        }
        thread::sleep(Duration::from_millis(300));
        list()
    };
    assert_eq!(after("0d", 2).len(), 2, "one is held, and one was not taken over");
    json_of(&run(&["release", &second]));
    assert_eq!(after("compliment=0d", 2).len(), 2, "it is a complaint");
    assert_eq!(after("1d", 2).len(), 2, "it was taken over today");
    assert_eq!(after("0d", 1), [first.as_str()]);
}
