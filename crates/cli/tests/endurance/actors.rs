//! Those who send, hold up, flood and look.

use std::{
    collections::HashMap,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Mutex, atomic::Ordering},
    thread,
    time::{Duration, Instant},
};

use ureq::Agent;

use crate::{
    Shared,
    forms::{Form, JPEG, content_type, listing, photo},
    support::{json, sample_numbered},
};

/// How often a client sends: 256 of them send some 128 submissions a second.
const EACH: Duration = Duration::from_secs(2);

fn agent() -> Agent {
    let timeout = Some(Duration::from_secs(15));
    Agent::config_builder().http_status_as_error(false).timeout_global(timeout).build().new_agent()
}

/// The content type and the body of a submission: every eighth has a file.
fn request(number: u64) -> (String, Vec<u8>) {
    if number.is_multiple_of(8) {
        let content = photo(20_000);
        let files = [("a.jpg", JPEG, content.as_slice())];
        let mut body = listing(number, &files);
        body["council"] = "bromley".into();
        return (content_type(), Form::of(&body, &files).end());
    }
    let mut body = sample_numbered(number);
    body["council"] = "bromley".into();
    ("application/json".to_owned(), body.to_string().into_bytes())
}

/// Sends one submission after another, each until it is acknowledged. Gives back what was: key and reference.
pub fn client(shared: &Shared, number: u64) -> HashMap<String, String> {
    let agent = agent();
    let url = format!("http://{}/api/submissions", shared.address);
    let mut acknowledged = HashMap::new();
    thread::sleep(Duration::from_millis(number * 7));
    let mut index = 0;
    while !shared.is_ending.load(Ordering::SeqCst) {
        let begun = Instant::now();
        let id = number * 1_000_000 + index;
        let key = format!("{id:032x}");
        let (kind, body) = request(id);
        let reference = loop {
            assert!(Instant::now() < shared.patience, "{key} was not acknowledged in time");
            let sent = agent
                .post(&url)
                .header("content-type", &kind)
                .header("idempotency-key", &key)
                .header("x-forwarded-for", format!("10.0.{}.{}", number / 256, number % 256))
                .send(&body[..]);
            match sent {
                Ok(response) if response.status() == 201 => {
                    break json(response)["reference"].as_str().unwrap().to_owned();
                }
                Ok(response) => assert_eq!(response.status(), 503, "refused"),
                Err(_) => {}
            }
            shared.tries_in_vain.fetch_add(1, Ordering::SeqCst);
            thread::sleep(Duration::from_millis(200 + number));
        };
        acknowledged.insert(key, reference);
        index += 1;
        thread::sleep(EACH.saturating_sub(begun.elapsed()));
    }
    acknowledged
}

/// Keeps 300 connections open that never come to the end of a head.
pub fn slow_heads(shared: &Shared) {
    let connect = || {
        let mut stream = TcpStream::connect(&shared.address).ok()?;
        stream.set_write_timeout(Some(Duration::from_millis(100))).ok()?;
        stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ").ok()?;
        Some(stream)
    };
    let mut all: Vec<Option<TcpStream>> = (0..300).map(|_| connect()).collect();
    while !shared.is_ending.load(Ordering::SeqCst) {
        for slow in &mut all {
            let goes_on = slow.as_mut().is_some_and(|stream| stream.write_all(b"a").is_ok());
            if !goes_on {
                *slow = connect();
            }
        }
        thread::sleep(Duration::from_millis(500));
    }
}

/// Keeps ten uploads of 3 MB open that never come to their end.
pub fn held_uploads(shared: &Shared) {
    let body = Form::default().file(("a.jpg", JPEG, &photo(3_000_000))).open_ended();
    let begin = |number: u64| {
        let mut stream = TcpStream::connect(&shared.address).ok()?;
        stream.set_write_timeout(Some(Duration::from_secs(2))).ok()?;
        let head = format!(
            "POST /api/submissions HTTP/1.1\r\nHost: x\r\nContent-Type: {}\r\nIdempotency-Key: held\r\n\
             X-Forwarded-For: 10.9.0.{number}\r\nContent-Length: {}\r\n\r\n",
            content_type(),
            body.len() + 1000
        );
        stream.write_all(head.as_bytes()).ok()?;
        stream.write_all(&body).ok()?;
        stream.set_nonblocking(true).ok()?;
        Some(stream)
    };
    let mut all: Vec<Option<TcpStream>> = (0..10).map(begin).collect();
    while !shared.is_ending.load(Ordering::SeqCst) {
        for (number, held) in (0..).zip(&mut all) {
            let mut answer = [0; 1024];
            let has_ended = held.as_mut().is_none_or(|stream| stream.read(&mut answer).is_ok());
            if has_ended && shared.is_up.load(Ordering::SeqCst) {
                *held = begin(number);
            }
            thread::sleep(Duration::from_millis(100));
        }
    }
}

/// Posts forms from one address, without end.
pub fn flood(shared: &Shared) {
    let agent = agent();
    let url = format!("http://{}/api/form", shared.address);
    while !shared.is_ending.load(Ordering::SeqCst) {
        let form = agent.post(&url).header("accept", "text/html").header("x-forwarded-for", "10.8.0.1");
        let _ = form
            .header("content-type", "application/x-www-form-urlencoded")
            .send("council=bromley&who=child&what_happened=Nobody+came.&agreed=yes");
        thread::sleep(Duration::from_millis(20));
    }
}

/// How long something took, in milliseconds.
#[derive(Default)]
pub struct Times {
    /// The first page.
    pub pages: Vec<u64>,
    /// A byte to another thread of this test and back, at about the same moment: what the machine itself takes.
    pub echoes: Vec<u64>,
}

/// The `part`th of a hundred, in order.
pub fn percentile(times: &[u64], part: usize) -> u64 {
    let mut times = times.to_vec();
    times.sort_unstable();
    times[(times.len() * part / 100).min(times.len() - 1)]
}

/// Sends back each byte.
fn echo() -> TcpStream {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let stream = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    stream.set_nodelay(true).unwrap();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut byte = [0];
        while stream.read_exact(&mut byte).and_then(|()| stream.write_all(&byte)).is_ok() {}
    });
    stream
}

/// Asks for the first page again and again, and notes how long each took. A page that was asked for while the server was down,
/// or went down, does not count.
pub fn page_times(shared: &Shared, times: &Mutex<Times>) {
    let mut echo = echo();
    let mut agent = agent();
    let url = format!("http://{}/", shared.address);
    for number in 0_u64.. {
        if shared.is_ending.load(Ordering::SeqCst) {
            return;
        }
        thread::sleep(Duration::from_millis(20));
        if number.is_multiple_of(10) {
            // A new visitor has no connection yet.
            agent = self::agent();
        }
        let started = Instant::now();
        echo.write_all(&[0]).and_then(|()| echo.read_exact(&mut [0])).unwrap();
        times.lock().unwrap().echoes.push(milliseconds(started.elapsed()));
        let is_up = || (shared.is_up.load(Ordering::SeqCst), shared.starts.load(Ordering::SeqCst));
        let before = is_up();
        let started = Instant::now();
        let answered =
            agent.get(&url).call().is_ok_and(|mut page| page.status() == 200 && page.body_mut().read_to_vec().is_ok());
        let took = started.elapsed();
        if before.0 && before == is_up() {
            assert!(answered, "the first page did not come while the server was up");
            times.lock().unwrap().pages.push(milliseconds(took));
        } else {
            agent = self::agent();
        }
    }
}

fn milliseconds(took: Duration) -> u64 {
    u64::try_from(took.as_millis()).unwrap()
}
