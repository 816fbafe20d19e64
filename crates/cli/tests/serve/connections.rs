//! Connections that are silent, slow, too many or ill-named.

use std::{
    io::{Read, Write},
    net::TcpStream,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use crate::support::{Place, Server, header, text};

const HALF: &[u8] = b"GET / HTTP/1.1\r\nHost: x\r\nX-Half: ";

fn connect(server: &Server, sent: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream.write_all(sent).unwrap();
    stream
}

/// How long until the other side ends a connection.
fn ended_after(mut stream: TcpStream) -> Duration {
    let started = Instant::now();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    started.elapsed()
}

#[test]
fn silent_connection_and_half_a_head_are_closed_in_time() {
    let place = Place::new();
    let server = place.serve_with(&["--head-timeout", "1"]);
    let whole = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    for sent in [&b""[..], HALF, whole, &[whole, HALF].concat()] {
        let took = ended_after(connect(&server, sent));
        assert!((Duration::from_millis(800)..Duration::from_secs(4)).contains(&took), "{took:?}");
    }
    // A byte now and then does not make a head longer.
    let mut slow = connect(&server, HALF);
    let started = Instant::now();
    while slow.write_all(b"a").is_ok() && started.elapsed() < Duration::from_secs(8) {
        thread::sleep(Duration::from_millis(100));
    }
    assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());
}

#[test]
fn silent_connections_lock_nobody_out() {
    let place = Place::new();
    let server = place.serve_with(&["--max-connections", "40"]);
    let silent: Vec<_> = (0..200).map(|_| connect(&server, HALF)).collect();
    for _ in 0..60 {
        let answer = server.raw(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    }
    drop(silent);
}

#[test]
fn connections_past_the_limit_of_files_are_reported_in_the_log() {
    let place = Place::new();
    let server = place.serve_with(&["--max-connections", "1000"]);
    let limited = Command::new("prlimit").args(["--pid", &server.pid().to_string(), "--nofile=40:40"]).status();
    if !limited.is_ok_and(|status| status.success()) {
        println!("no prlimit on this machine: nothing was tried");
        return;
    }
    let silent: Vec<_> = (0..60).map(|_| connect(&server, HALF)).collect();
    thread::sleep(Duration::from_millis(300));
    let said = server.said_with("no connection can be taken");
    assert!(said.contains("no connection can be taken") && said.contains("ulimit -n"), "{said}");
    drop(silent);
    thread::sleep(Duration::from_millis(500));
    assert_eq!(server.get("/", &[]).status(), 200);
}

#[test]
fn limit_of_files_that_is_too_low_is_reported_at_the_start() {
    let place = Place::new();
    let server = place.serve_with(&["--max-connections", "60000"]);
    let said = server.said_with("the limit of open files leaves room for");
    assert!(said.contains("the limit of open files leaves room for") && said.contains("to have 60000"), "{said}");
}

#[test]
fn answers_on_a_connection_that_is_used_again_do_not_wait_for_one_another() {
    let place = Place::new();
    let server = place.serve();
    let mut stream = connect(&server, b"");
    let mut slow = 0;
    for _ in 0..100 {
        let started = Instant::now();
        stream.write_all(b"GET /icon.svg HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        let mut piece = [0; 4096];
        while !answer.ends_with(b"/>") {
            let length = stream.read(&mut piece).unwrap();
            assert!(length > 0, "the connection ended");
            answer.extend_from_slice(&piece[..length]);
        }
        // A delayed acknowledgement takes 40 milliseconds.
        slow += u32::from(started.elapsed() > Duration::from_millis(35));
    }
    assert!(slow <= 5, "{slow} of 100 waited");
}

#[test]
fn answer_that_nobody_takes_is_given_up() {
    let place = Place::new();
    std::fs::write(place.dist().join("large.bin"), vec![0; 50_000_000]).unwrap();
    let server = place.serve_with(&["--stall-timeout", "1"]);
    let mut stream = connect(&server, b"GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n");
    thread::sleep(Duration::from_secs(3));
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert!(answer.len() < 49_000_000, "{} bytes came", answer.len());
}

#[test]
fn request_that_names_no_host_or_two_is_refused() {
    let place = Place::new();
    let server = place.serve();
    let status = |head: &str| server.raw(format!("{head}Connection: close\r\n\r\n").as_bytes())[..12].to_owned();
    for path in ["/", "/api/health"] {
        assert_eq!(status(&format!("GET {path} HTTP/1.1\r\n")), "HTTP/1.1 400", "{path}");
        let two = format!("GET {path} HTTP/1.1\r\nHost: a.example\r\nHost: b.example\r\n");
        assert_eq!(status(&two), "HTTP/1.1 400", "{path}");
        let ok = status(&format!("GET {path} HTTP/1.1\r\nHost: a.example:80\r\n"));
        assert!(ok.starts_with("HTTP/1.1 2"), "{path}");
    }
    assert_eq!(status("GET / HTTP/1.0\r\n"), "HTTP/1.0 200");
}

#[test]
fn range_that_cannot_be_used_is_ignored() {
    let place = Place::new();
    let server = place.serve();
    let whole = text(server.get("/index.html", &[]));
    for range in ["items=0-4", "bytes=a-b", "bytes=5-4", "bytes=0-1,4-5", "0-4"] {
        let response = server.get("/index.html", &[("range", range)]);
        assert_eq!(response.status(), 200, "{range}");
        assert_eq!(text(response), whole, "{range}");
    }
    let part = server.get("/index.html", &[("range", "bytes=0-8")]);
    assert_eq!((part.status().as_u16(), header(&part, "content-range").starts_with("bytes 0-8/")), (206, true));
    assert_eq!(text(part), whole[..9]);
    assert_eq!(server.get("/index.html", &[("range", "bytes=999999-")]).status(), 416);
}

#[test]
#[cfg(unix)]
fn link_that_leads_out_of_the_site_is_not_followed() {
    use std::os::unix::fs::symlink;
    let place = Place::new();
    let (dist, outside) = (place.dist(), place.dist().parent().unwrap().join("outside"));
    std::fs::create_dir(&outside).unwrap();
    for name in ["secret.txt", "secret.txt.br", "index.html"] {
        std::fs::write(outside.join(name), "secret").unwrap();
    }
    std::fs::write(dist.join("plain.txt"), "plain").unwrap();
    symlink(outside.join("secret.txt"), dist.join("link.txt")).unwrap();
    symlink(&outside, dist.join("folder")).unwrap();
    symlink(outside.join("secret.txt.br"), dist.join("plain.txt.br")).unwrap();
    symlink("index.html", dist.join("inside.html")).unwrap();
    let server = place.serve();
    for path in ["/link.txt", "/folder/secret.txt", "/folder/", "/folder", "/plain.txt"] {
        let response = server.get(path, &[("accept-encoding", "br")]);
        assert_eq!(response.status(), 404, "{path}");
        assert!(!text(response).contains("secret"), "{path}");
    }
    assert_eq!(server.get("/inside.html", &[]).status(), 200);
}
