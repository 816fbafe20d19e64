//! A client for HTTP/1.1, in the clear or over TLS, that shows an answer as it came.

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::Arc,
    time::Duration,
};

use rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, ServerName},
};

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// The values of a header.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(one, _)| one.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str()).collect()
    }

    /// The value of a header that is there once, or nothing.
    pub fn header(&self, name: &str) -> &str {
        let all = self.all(name);
        assert!(all.len() < 2, "{name} is there {} times: {all:?}", all.len());
        all.first().copied().unwrap_or_default()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A server to ask.
pub struct Client {
    port: u16,
    /// The name that it is asked by.
    name: String,
    tls: Option<Arc<ClientConfig>>,
}

impl Client {
    /// A client in the clear.
    pub fn plain(port: u16) -> Self {
        Self::named(port, "localhost")
    }

    /// A client in the clear, which asks for a server by this name.
    pub fn named(port: u16, name: &str) -> Self {
        Self { port, name: name.to_owned(), tls: None }
    }

    /// A client over TLS, which trusts one certificate.
    pub fn secure(port: u16, name: &str, certificate: &CertificateDer<'static>) -> Self {
        let mut roots = RootCertStore::empty();
        roots.add(certificate.clone()).unwrap();
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        Self { port, name: name.to_owned(), tls: Some(Arc::new(config)) }
    }

    pub fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask("GET", path, headers, b"")
    }

    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        self.ask_with(method, path, headers, body, body.len())
    }

    /// Sends a part of a body of so many bytes, and reads what a server says to that.
    pub fn begin(&self, path: &str, headers: &[(&str, &str)], part: &[u8], length: usize) -> Answer {
        self.ask_with("POST", path, headers, part, length)
    }

    fn ask_with(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8], length: usize) -> Answer {
        let mut head =
            format!("{method} {path} HTTP/1.1\r\nHost: {}:{}\r\nConnection: close\r\n", self.name, self.port);
        for (name, value) in headers {
            head += &[name, ": ", value, "\r\n"].concat();
        }
        if method == "POST" {
            head += &["Content-Length: ", &length.to_string(), "\r\n"].concat();
        }
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let message = [head.as_bytes(), b"\r\n", body].concat();
        parsed(&match &self.tls {
            None => exchanged(stream, &message),
            Some(config) => {
                let name = ServerName::try_from(self.name.clone()).unwrap();
                let connection = ClientConnection::new(Arc::clone(config), name).unwrap();
                exchanged(StreamOwned::new(connection, stream), &message)
            }
        })
    }
}

/// Sends a message and reads the answer to its end. A server that refuses a body may close before it has all of it.
fn exchanged(mut stream: impl Read + Write, message: &[u8]) -> Vec<u8> {
    let _ = stream.write_all(message).and_then(|()| stream.flush());
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    answer
}

fn parsed(answer: &[u8]) -> Answer {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or_else(|| {
        panic!("no answer: {:?}", String::from_utf8_lossy(answer));
    });
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers: Vec<(String, String)> = lines
        .map(|line| {
            let (name, value) = line.split_once(':').unwrap();
            (name.to_owned(), value.trim().to_owned())
        })
        .collect();
    let mut answer = Answer { status, headers, body: answer[end + 4..].to_vec() };
    if answer.header("transfer-encoding") == "chunked" {
        answer.body = unchunked(&answer.body);
    }
    answer
}

fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n").unwrap();
        let length = usize::from_str_radix(std::str::from_utf8(&rest[..end]).unwrap().trim(), 16).unwrap();
        if length == 0 {
            return whole;
        }
        whole.extend_from_slice(&rest[end + 2..end + 2 + length]);
        rest = &rest[end + 4 + length..];
    }
}
