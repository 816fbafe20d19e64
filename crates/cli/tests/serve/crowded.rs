//! More than the server can hold or do: it says so at once, and the pages are served regardless.

use std::{
    io::{Read, Write},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use crate::{
    forms::{Form, JPEG, content_type, photo, send},
    support::{Place, Server, header, problem, reference, sample_numbered},
};

/// Begins an upload, and stops before its end.
fn half_an_upload(server: &Server, number: u64, length: usize) -> TcpStream {
    let body = Form::default().file(("a.jpg", JPEG, &photo(length))).open_ended();
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let head = format!(
        "POST /api/submissions HTTP/1.1\r\nHost: x\r\nContent-Type: {}\r\nIdempotency-Key: {number}\r\n\
         X-Forwarded-For: 192.0.2.{number}\r\nContent-Length: {}\r\n\r\n",
        content_type(),
        body.len() + 1000
    );
    stream.write_all(head.as_bytes()).unwrap();
    // The server may have refused it already.
    let _ = stream.write_all(&body);
    stream
}

fn start_of_answer(stream: &mut TcpStream) -> String {
    let mut piece = [0; 8192];
    let length = stream.read(&mut piece).unwrap_or_default();
    String::from_utf8_lossy(&piece[..length]).into_owned()
}

#[test]
#[cfg(target_os = "linux")]
fn half_sent_uploads_take_no_more_than_their_budget() {
    let place = Place::new();
    let server = place.serve_with(&["--rate", "1000", "--behind-proxy"]);
    let process = crate::process::Process(server.pid());
    let mut uploads: Vec<_> = (0..35).map(|number| half_an_upload(&server, number, 10_000_000)).collect();
    thread::sleep(Duration::from_millis(500));
    assert!(process.peak() < 200 << 10, "{} kB", process.peak());
    // A complaint without files finds room.
    reference(server.post_with(&[("x-forwarded-for", "203.0.113.1")], sample_numbered(1).to_string().as_bytes()));
    // Those past the budget are told to come back, though they have not come to their end.
    for mut upload in uploads.drain(..).rev().take(5) {
        let answer = start_of_answer(&mut upload);
        assert!(answer.starts_with("HTTP/1.1 503 ") && answer.contains("retry-after: 10"), "{answer}");
        assert!(answer.contains("urn:putright:problem:busy"), "{answer}");
    }
    // When they have gone, there is room for files.
    thread::sleep(Duration::from_millis(300));
    reference(send(&server, 2, &[("a.jpg", JPEG, &photo(5_000_000))]));
}

#[test]
fn body_that_drips_in_is_given_up() {
    let place = Place::new();
    let server = place.serve_with(&["--stall-timeout", "1"]);
    for kind in ["application/json", &content_type()] {
        let mut stream = TcpStream::connect(&server.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        let head = format!(
            "POST /api/submissions HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nIdempotency-Key: key\r\n\
             Content-Length: 100000\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        for _ in 0..15 {
            let _ = stream.write_all(b" ");
            thread::sleep(Duration::from_millis(100));
        }
        let answer = start_of_answer(&mut stream);
        assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("urn:putright:problem:timeout"), "{answer}");
    }
}

#[test]
fn submissions_past_the_most_at_once_are_refused_at_once() {
    let place = Place::new();
    let server = place.serve_with(&["--max-at-once", "2", "--rate", "1000"]);
    let held: Vec<_> = (0..2).map(|number| half_an_upload(&server, number, 100)).collect();
    thread::sleep(Duration::from_millis(200));
    let refused = server.post(&sample_numbered(1));
    assert_eq!(header(&refused, "retry-after"), "5");
    problem(refused, 503, "busy");
    assert_eq!(server.get("/", &[]).status(), 200);
    drop(held);
    thread::sleep(Duration::from_millis(200));
    reference(server.post(&sample_numbered(1)));
}

#[test]
fn budget_that_holds_not_one_submission_is_refused_at_the_start() {
    let place = Place::new();
    let output = place.command(&["--max-in-flight", "1000000"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--max-in-flight: must be at least 2"));
}

#[test]
fn locked_store_holds_up_no_page_and_many_wait_no_longer_than_one() {
    const SENDERS: u64 = 100;
    let place = Place::new();
    let server = place.serve();
    let elsewhere = rusqlite::Connection::open(place.data().join("submissions.sqlite3")).unwrap();
    elsewhere.execute_batch("BEGIN IMMEDIATE").unwrap();
    let senders: Vec<_> = (0..SENDERS)
        .map(|number| {
            let (agent, url) = (server.agent.clone(), server.url("/api/submissions"));
            thread::spawn(move || {
                let started = Instant::now();
                let body = sample_numbered(number).to_string();
                let response = agent.post(&url).header("content-type", "application/json").send(body).unwrap();
                (response.status().as_u16(), started.elapsed())
            })
        })
        .collect();
    thread::sleep(Duration::from_millis(300));
    let mut slowest = Duration::ZERO;
    for _ in 0..50 {
        let started = Instant::now();
        assert_eq!(server.get("/", &[]).status(), 200);
        slowest = slowest.max(started.elapsed());
    }
    assert!(slowest < Duration::from_millis(300), "{slowest:?}");
    for sender in senders {
        let (status, took) = sender.join().unwrap();
        assert_eq!(status, 503);
        // Three seconds for the lock, and what an unoptimised build takes to read a hundred.
        assert!(took < Duration::from_secs(8), "{took:?}");
    }
    elsewhere.execute_batch("ROLLBACK").unwrap();
    reference(server.post(&sample_numbered(1)));
    assert_eq!(place.list().len(), 1);
}
