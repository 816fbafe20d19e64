//! Faults of the connection: no response, half a connection, a response without an end.

use std::{
    fmt::Write as _,
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use crate::support::{Mock, PRESETS, Sent, text};

/// Sends it over a separate connection, to see what a client's library would hide.
fn connect(mock: &Mock, sent: &Sent) -> TcpStream {
    let mut stream = TcpStream::connect(mock.host()).unwrap();
    let mut head = format!("POST / HTTP/1.1\r\nhost: {}\r\ncontent-length: {}\r\n", mock.host(), sent.body.len());
    for (name, value) in &sent.headers {
        let _ = write!(head, "{name}: {value}\r\n");
    }
    stream.write_all((head + "\r\n").as_bytes()).unwrap();
    stream.write_all(&sent.body).unwrap();
    stream
}

#[test]
fn a_connection_is_cut_without_a_byte() {
    for preset in PRESETS {
        for (fault, stored) in [("reset-before", 0), ("reset-after", 1)] {
            let mock = Mock::with_fault(preset, fault);
            let mut answer = Vec::new();
            let error = connect(&mock, &mock.good()).read_to_end(&mut answer).unwrap_err();
            assert_eq!((error.kind(), answer.len()), (ErrorKind::ConnectionReset, 0), "{preset} {fault}");
            assert_eq!((mock.stored(), mock.requests()), (stored, 1), "{preset} {fault}");
        }
    }
}

#[test]
fn no_answer_ever_and_yet_it_is_stored() {
    let waiting: Vec<_> = PRESETS
        .map(|preset| {
            let mock = Mock::with_fault(preset, "timeout");
            let stream = connect(&mock, &mock.good());
            (mock, stream)
        })
        .into();
    thread::sleep(Duration::from_secs(2));
    for (mock, mut stream) in waiting {
        stream.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
        let error = stream.read(&mut [0]).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut), "{error}");
        assert_eq!((mock.stored(), mock.requests()), (1, 1));
    }
}

#[test]
fn a_byte_every_half_second() {
    let mock = Mock::with_fault("fixmystreet-import", "slow");
    let started = Instant::now();
    let response = mock.post(&mock.good());
    // The headers come at once, long before the seventh byte.
    assert!(started.elapsed() < Duration::from_secs(3));
    assert_eq!((response.status().as_u16(), mock.stored()), (200, 1));
    assert_eq!(text(response), "SUCCESS");
    assert!(started.elapsed() >= Duration::from_millis(3500));
    let mock = Mock::with_fault("putright", "slow");
    assert_eq!(mock.post(&mock.good()).status(), 200);
}

#[test]
fn more_than_anybody_should_read() {
    let mock = Mock::with_fault("putright", "huge");
    let response = mock.post(&mock.good());
    assert_eq!((response.status().as_u16(), mock.stored()), (200, 1));
    assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
    let mut body = response.into_body().into_reader();
    let (mut part, mut length) = (vec![0; 1 << 20], 0);
    while let Ok(read @ 1..) = body.read(&mut part) {
        assert!(part[..read].iter().all(|byte| *byte == b'x'));
        length += read;
    }
    assert_eq!(length, 64 << 20);
    // One that stops reading does no harm.
    drop(mock.post(&mock.good()));
    assert_eq!(mock.stored(), 2);
}
