//! An operator's view and settings: the log as JSON, request ids, metrics, and timeouts.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::support::{Place, header, problem, reference, sample};

#[test]
fn log_as_json_has_the_id_of_the_request_that_the_answer_has() {
    let place = Place::new();
    let server = place.serve_with(&["--log", "json", "--behind-proxy"]);
    let body = sample().to_string();
    let response = server.post_with(&[("x-request-id", "4bf92f35-77b3")], body.as_bytes());
    assert_eq!(header(&response, "x-request-id"), "4bf92f35-77b3");
    let given = reference(response);
    let refused = server.post_with(&[("x-request-id", "Sam Placeholder")], b"{");
    let id = header(&refused, "x-request-id").to_owned();
    assert!(id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
    let said = server.said();
    let lines: Vec<Value> = said.lines().skip(1).map(|line| serde_json::from_str(line).unwrap()).collect();
    let [stored, wrong] = &lines[..] else { panic!("{said}") };
    assert_eq!(stored["span"]["id"], "4bf92f35-77b3");
    assert_eq!(
        (&stored["route"], &stored["status"], &stored["reference"]),
        (&"/api/submissions".into(), &201.into(), &given.into())
    );
    assert_eq!((&wrong["span"]["id"], &wrong["status"]), (&id.into(), &400.into()));
}

#[test]
fn metrics_count_requests_on_an_address_of_their_own() {
    let place = Place::new();
    let server = place.serve_with(&["--metrics", "127.0.0.1:0"]);
    let given = reference(server.post(&sample()));
    server.get("/api/anything", &[]);
    assert_eq!(server.get("/metrics", &[]).status(), 404, "they are not for everybody");
    let said = server.said();
    let (_, after) = said.split_once("metrics are at http://").unwrap();
    let address = after.split('/').next().unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).unwrap();
    for line in [
        "putright_request_duration_seconds_count{method=\"POST\",route=\"/api/submissions\",status=\"201\"} 1",
        "putright_request_duration_seconds_count{method=\"GET\",route=\"/api/{*rest}\",status=\"404\"} 1",
        "putright_store_up 1",
        "putright_submissions 1",
        "putright_notices_waiting 0",
        "putright_notices_failed 0",
        "putright_bytes_in_flight 0",
        "putright_files_not_scanned 0",
        "putright_files_in_quarantine 0",
    ] {
        assert!(page.contains(&format!("{line}\n")), "{line}: {page}");
    }
    assert!(!page.contains(&given) && !page.contains("exampleshire") && !page.contains("anything"), "{page}");
}

/// Sends the beginning of a request whose body never ends, with more lines in its head.
fn half_sent(address: &str, head: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let head = format!("POST /api/submissions HTTP/1.1\r\nHost: x\r\n{head}Content-Length: 100\r\n\r\n-");
    stream.write_all(head.as_bytes()).unwrap();
    stream
}

#[test]
fn body_that_takes_longer_than_the_option_allows_is_refused() {
    let json = "Content-Type: application/json\r\n";
    let files = "Content-Type: multipart/form-data; boundary=b\r\nIdempotency-Key: 0123456789abcdef\r\n";
    for (option, head) in [("--body-timeout", json), ("--files-timeout", files)] {
        let place = Place::new();
        let server = place.serve_with(&[option, "1"]);
        let started = Instant::now();
        let mut answer = [0; 12];
        half_sent(&server.address, head).read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"HTTP/1.1 408", "{option}");
        assert!((1..5).contains(&started.elapsed().as_secs()), "{option}: {:?}", started.elapsed());
        problem(server.post_with(&[], b"{"), 400, "not-json");
    }
}

#[test]
fn request_in_progress_holds_the_end_up_no_longer_than_the_option_allows() {
    let place = Place::new();
    let mut server = place.serve_with(&["--stop-timeout", "2"]);
    let _stream = half_sent(&server.address, "Content-Type: application/json\r\n");
    std::thread::sleep(Duration::from_millis(300));
    let started = Instant::now();
    assert!(server.terminate().success());
    // By default it would be ten seconds, and without any request none.
    assert!((1..6).contains(&started.elapsed().as_secs()), "{:?}", started.elapsed());
}
