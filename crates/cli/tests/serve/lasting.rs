//! An acknowledged submission is on the disk, whatever becomes of the files, the clock, the disk or the sender.

use std::{
    fs,
    io::Write,
    net::TcpStream,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    forms::{JPEG, photo, send},
    support::{Place, Server, problem, reference, sample, sample_numbered},
};

fn ready(server: &Server) -> u16 {
    // What was found is good for two seconds.
    thread::sleep(Duration::from_millis(2100));
    server.get("/api/ready", &[]).status().as_u16()
}

#[test]
#[cfg(unix)]
fn nothing_is_acknowledged_when_a_file_of_the_store_was_moved_or_removed() {
    for name in ["submissions.sqlite3", "submissions.sqlite3-wal", "submissions.sqlite3-shm", ""] {
        let place = Place::new();
        let server = place.serve();
        let kept = reference(server.post(&sample_numbered(1)));
        let (from, aside) = (place.data().join(name), place.dist().join("aside"));
        fs::rename(&from, &aside).unwrap();
        problem(server.post(&sample_numbered(2)), 503, "not-stored");
        problem(server.post(&sample_numbered(1)), 503, "not-stored");
        assert_eq!(ready(&server), 503, "{name}");
        assert!(
            server.said_with("were moved, replaced or removed").contains("were moved, replaced or removed"),
            "{}",
            server.said()
        );
        // Another file in its place is not the one that is written to.
        if !name.is_empty() {
            fs::copy(&aside, &from).unwrap();
            problem(server.post(&sample_numbered(2)), 503, "not-stored");
            fs::remove_file(&from).unwrap();
        }
        fs::rename(&aside, &from).unwrap();
        assert_eq!(ready(&server), 204, "{name}");
        let second = reference(server.post(&sample_numbered(2)));
        assert_eq!(place.references(), [kept, second]);
    }
}

#[test]
#[cfg(unix)]
fn nothing_is_acknowledged_when_the_folder_was_removed() {
    let place = Place::new();
    let server = place.serve();
    fs::remove_dir_all(place.data()).unwrap();
    problem(server.post(&sample()), 503, "not-stored");
    problem(send(&server, 2, &[("a.jpg", JPEG, &photo(1000))]), 503, "not-stored");
    assert_eq!(server.get("/api/health", &[]).status(), 204);
}

#[test]
fn readiness_follows_the_disk_and_liveness_does_not() {
    let place = Place::new();
    // A limit on the size of files stands in for a full disk. Its signal must not end the server.
    let mut command = Command::new("sh");
    let serve = place.command(&["--rate", "1000"]);
    command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]).arg(serve.get_program()).args(serve.get_args());
    let server = Server::start(command);
    assert_eq!(server.get("/api/ready", &[]).status(), 204);
    reference(server.post(&sample_numbered(1)));
    let limit = |bytes: &str| {
        let pid = server.pid().to_string();
        let limited = Command::new("prlimit").args(["--pid", &pid, &format!("--fsize={bytes}:")]).status();
        limited.is_ok_and(|status| status.success())
    };
    if !limit("100000") {
        println!("no prlimit on this machine: nothing was tried");
        return;
    }
    assert_eq!(ready(&server), 503);
    problem(server.get("/api/ready", &[]), 503, "not-ready");
    assert_eq!(server.get("/api/health", &[]).status(), 204);
    problem(send(&server, 2, &[("a.jpg", JPEG, &photo(500_000))]), 503, "not-stored");
    assert_eq!(server.get("/", &[]).status(), 200);
    assert!(server.said_with("not ready: ").contains("not ready: "), "{}", server.said());
    assert!(limit("unlimited"));
    assert_eq!(ready(&server), 204);
    let given = reference(send(&server, 2, &[("a.jpg", JPEG, &photo(500_000))]));
    assert_eq!(place.references()[1], given);
    assert!(!place.data().join("ready.part").exists());
}

#[test]
fn submission_whose_sender_has_left_is_stored_and_logged() {
    let place = Place::new();
    let server = place.serve();
    let elsewhere = rusqlite::Connection::open(place.data().join("submissions.sqlite3")).unwrap();
    elsewhere.execute_batch("BEGIN IMMEDIATE").unwrap();
    let body = sample().to_string();
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let head = format!(
        "POST /api/submissions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body.as_bytes()).unwrap();
    thread::sleep(Duration::from_millis(300));
    drop(stream);
    thread::sleep(Duration::from_millis(300));
    elsewhere.execute_batch("ROLLBACK").unwrap();
    let started = Instant::now();
    while place.list().is_empty() && started.elapsed() < Duration::from_secs(5) {
        thread::sleep(Duration::from_millis(50));
    }
    let stored = place.references();
    assert_eq!(stored.len(), 1);
    let said = server.said();
    assert!(
        said.contains("method=\"POST\" route=\"/api/submissions\" status=201 ") && said.contains(&stored[0]),
        "{said}"
    );
}

#[test]
fn submission_is_never_marked_as_earlier_than_the_one_before_it() {
    let place = Place::new();
    let server = place.serve();
    reference(server.post(&sample_numbered(1)));
    let store = rusqlite::Connection::open(place.data().join("submissions.sqlite3")).unwrap();
    // As if the clock had been a year ahead, and was set back.
    store.execute("UPDATE submissions SET received_at = '2999-01-01T00:00:00Z'", []).unwrap();
    reference(server.post(&sample_numbered(2)));
    let received: Vec<Value> = place.list().iter().map(|row| row["received_at"].clone()).collect();
    assert_eq!(received, ["2999-01-01T00:00:00Z", "2999-01-01T00:00:00Z"]);
    assert!(
        server.said_with("the clock is behind the last submission").contains("the clock is behind the last submission")
    );
    store.execute("UPDATE submissions SET received_at = '2020-01-01T00:00:00Z'", []).unwrap();
    reference(server.post(&sample_numbered(3)));
    assert!(place.list()[2]["received_at"].as_str().unwrap() > "2020-01-01T00:00:00Z");
}

#[test]
fn only_councils_of_the_site_are_taken() {
    let place = Place::new();
    let index = |ids: &[&str]| {
        let index = json!({ "schema_version": 1, "default": ids[0], "councils": ids });
        fs::write(place.dist().join("councils/index.json"), index.to_string()).unwrap();
    };
    index(&["bromley", "westminster"]);
    let server = place.serve();
    let told = problem(server.post(&sample()), 422, "invalid-submission");
    assert_eq!(told["errors"], json!([{ "pointer": "/council", "detail": "is not a council of this site" }]));
    let mut body = sample();
    body["council"] = "westminster".into();
    reference(server.post(&body));
    assert_eq!(place.list().len(), 1);
}

#[test]
fn name_given_twice_in_any_object_is_refused() {
    let place = Place::new();
    let server = place.serve();
    let mut body = sample();
    body["other_answers"] = json!({ "why": ["HERE"] });
    for (whole, pointer) in [
        (body.to_string().replace("\"why\":", "\"why\":[\"other\"],\"why\":"), "/other_answers"),
        (body.to_string().replace("\"name\":", "\"name\":\"Sam\",\"name\":"), "/contact"),
        (body.to_string().replace("\"what_happened\":", "\"what_happened\":\"a\",\"what_happened\":"), "/points/0"),
    ] {
        let told = problem(server.post_with(&[], whole.as_bytes()), 422, "invalid-submission");
        let faults = told["errors"].as_array().unwrap();
        assert!(faults.contains(&json!({ "pointer": pointer, "detail": "has a field twice" })), "{told}");
    }
    assert_eq!(place.list().len(), 0);
}

#[test]
fn controls_and_marks_of_direction_are_not_printed_as_they_are() {
    let place = Place::new();
    let server = place.serve();
    let mut body = sample();
    let hostile = "\u{9b}31m \u{85} \u{7f} \u{1b}[2J \u{202e}gpj.exe \u{2066}\u{feff}";
    body["contact"]["name"] = hostile.into();
    body["other_answers"] = json!({ "why": [hostile] });
    let given = reference(server.post(&body));
    let shown = place.submissions(&["show", &given]);
    let printed = String::from_utf8(shown.stdout).unwrap();
    assert!(printed.chars().all(|one| one == '\n' || !one.is_control() && !"\u{202e}\u{2066}\u{feff}".contains(one)));
    let read: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(read["submission"]["contact"]["name"], hostile);
}
