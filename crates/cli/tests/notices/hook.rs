//! A system of the council that a webhook calls.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    sync::{Arc, Mutex},
    thread,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use serde_json::Value;
use sha2::Sha256;

pub const SECRET: &str = "a secret of thirty-two bytes ...";

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Call {
    pub id: String,
    pub body: Value,
}

/// The system. `answer` gives the status for the number of the call; `None` to say nothing at all.
pub struct Hook {
    pub url: String,
    calls: Arc<Mutex<Vec<Call>>>,
}

impl Hook {
    pub fn start(answer: impl Fn(usize) -> Option<u16> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let calls: Arc<Mutex<Vec<Call>>> = Arc::default();
        let (all, answer) = (Arc::clone(&calls), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (all, answer) = (Arc::clone(&all), Arc::clone(&answer));
                thread::spawn(move || {
                    let mut stream = BufReader::new(stream.unwrap());
                    let Some(call) = read(&mut stream) else { return };
                    let number = {
                        let mut all = all.lock().unwrap();
                        all.push(call);
                        all.len()
                    };
                    match answer(number) {
                        Some(status) => {
                            let head = format!("HTTP/1.1 {status} x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                            let _ = stream.get_mut().write_all(head.as_bytes());
                        }
                        None => loop {
                            thread::park();
                        },
                    }
                });
            }
        });
        Self { url, calls }
    }

    pub fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap().clone()
    }
}

/// Reads a request, and checks its signature.
fn read(stream: &mut impl BufRead) -> Option<Call> {
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line == "\r\n" {
            break;
        }
        headers.extend(line.trim_end().split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned())));
    }
    let header = |name: &str| headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap();
    let mut body = vec![0; header("content-length").parse().unwrap()];
    stream.read_exact(&mut body).ok()?;
    let (id, time) = (header("webhook-id"), header("webhook-timestamp"));
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(format!("{id}.{time}.").as_bytes());
    mac.update(&body);
    let signature = header("webhook-signature");
    let signature = STANDARD.decode(signature.strip_prefix("v1,").unwrap()).unwrap();
    mac.verify_slice(&signature).expect("the signature fits");
    Some(Call { id, body: serde_json::from_slice(&body).unwrap() })
}
