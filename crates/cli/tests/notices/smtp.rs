//! A mail server (RFC 5321) with STARTTLS (RFC 3207) or TLS from the start (RFC 8314), and AUTH PLAIN (RFC 4954).

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    crypto::ring,
    pki_types::{PrivateKeyDer, pem::PemObject},
};

pub const USER: &str = "putright";
pub const PASSWORD: &str = "correct horse battery staple";

/// An email as it arrived.
#[derive(Clone, Debug)]
pub struct Email {
    pub from: String,
    pub to: Vec<String>,
    pub text: String,
}

impl Email {
    /// A header.
    pub fn header(&self, name: &str) -> &str {
        let start = format!("{name}: ");
        self.text
            .lines()
            .take_while(|line| !line.is_empty())
            .find_map(|line| line.strip_prefix(&start))
            .unwrap_or_default()
    }
}

/// A conversation with a client.
type Conversation = fn(TcpStream, &Arc<ServerConfig>, &Mutex<Vec<Email>>, &AtomicUsize) -> std::io::Result<()>;

/// The server.
pub struct MailServer {
    pub port: u16,
    /// Its certificate, in PEM.
    pub certificate: String,
    arrived: Arc<Mutex<Vec<Email>>>,
    /// The number of emails to refuse for the time being.
    pub refusals: Arc<AtomicUsize>,
}

impl MailServer {
    /// Starts a server that speaks in the clear until STARTTLS.
    pub fn start() -> Self {
        Self::start_with(converse)
    }

    /// Starts a server that speaks TLS from the first byte.
    pub fn start_in_tls() -> Self {
        Self::start_with(converse_in_tls)
    }

    fn start_with(converse: Conversation) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = PrivateKeyDer::from_pem_slice(made.signing_key.serialize_pem().as_bytes()).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        let server = Self { port, certificate: made.cert.pem(), arrived: Arc::default(), refusals: Arc::default() };
        let (arrived, refusals, config) = (Arc::clone(&server.arrived), Arc::clone(&server.refusals), Arc::new(config));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (arrived, refusals, config) = (Arc::clone(&arrived), Arc::clone(&refusals), Arc::clone(&config));
                // A client may leave at any time.
                thread::spawn(move || drop(converse(stream.unwrap(), &config, &arrived, &refusals)));
            }
        });
        server
    }

    pub fn arrived(&self) -> Vec<Email> {
        self.arrived.lock().unwrap().clone()
    }
}

/// Speaks in the clear until STARTTLS: nothing but that is allowed before.
fn converse(
    mut stream: TcpStream,
    config: &Arc<ServerConfig>,
    arrived: &Mutex<Vec<Email>>,
    refusals: &AtomicUsize,
) -> std::io::Result<()> {
    stream.write_all(b"220 localhost ESMTP\r\n")?;
    loop {
        let line = read_line(&mut stream)?;
        match line.split(' ').next().unwrap_or_default() {
            "EHLO" => stream.write_all(b"250-localhost\r\n250 STARTTLS\r\n")?,
            "STARTTLS" => break,
            "QUIT" | "" => return stream.write_all(b"221 bye\r\n"),
            _ => stream.write_all(b"530 Must issue a STARTTLS command first\r\n")?,
        }
    }
    stream.write_all(b"220 go ahead\r\n")?;
    let connection = ServerConnection::new(Arc::clone(config)).map_err(std::io::Error::other)?;
    take(BufReader::new(StreamOwned::new(connection, stream)), arrived, refusals)
}

/// Speaks TLS from the first byte.
fn converse_in_tls(
    stream: TcpStream,
    config: &Arc<ServerConfig>,
    arrived: &Mutex<Vec<Email>>,
    refusals: &AtomicUsize,
) -> std::io::Result<()> {
    let connection = ServerConnection::new(Arc::clone(config)).map_err(std::io::Error::other)?;
    let mut stream = StreamOwned::new(connection, stream);
    stream.write_all(b"220 localhost ESMTP\r\n")?;
    stream.flush()?;
    take(BufReader::new(stream), arrived, refusals)
}

/// Reads a line, a byte at a time: what follows may be TLS.
fn read_line(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut line = Vec::new();
    let mut byte = [0];
    while stream.read(&mut byte)? == 1 && byte[0] != b'\n' {
        line.push(byte[0]);
    }
    Ok(String::from_utf8_lossy(&line).trim().to_owned())
}

fn take(
    mut stream: BufReader<StreamOwned<ServerConnection, TcpStream>>,
    arrived: &Mutex<Vec<Email>>,
    refusals: &AtomicUsize,
) -> std::io::Result<()> {
    let known = STANDARD.encode(format!("\0{USER}\0{PASSWORD}"));
    let mut is_known = false;
    let mut email = Email { from: String::new(), to: Vec::new(), text: String::new() };
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let line = line.trim_end();
        let answer = match line.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => "250-localhost\r\n250 AUTH PLAIN",
            "AUTH" if line == format!("AUTH PLAIN {known}") => {
                is_known = true;
                "235 ok"
            }
            "AUTH" => "535 wrong",
            "MAIL" if !is_known => "530 Authentication required",
            "MAIL" => {
                line.clone_into(&mut email.from);
                "250 ok"
            }
            "RCPT" => {
                email.to.push(address(line));
                "250 ok"
            }
            "DATA" => {
                stream.get_mut().write_all(b"354 go on\r\n")?;
                email.text = data(&mut stream)?;
                let refused = refusals.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
                if refused.is_ok() {
                    "451 try again, sam@example.org"
                } else {
                    arrived.lock().unwrap().push(email.clone());
                    email.to.clear();
                    "250 kept"
                }
            }
            "RSET" | "NOOP" => "250 ok",
            _ => "221 bye",
        };
        stream.get_mut().write_all(format!("{answer}\r\n").as_bytes())?;
        stream.get_mut().flush()?;
    }
}

fn address(line: &str) -> String {
    line.split(['<', '>']).nth(1).unwrap_or_default().to_owned()
}

fn data(stream: &mut impl BufRead) -> std::io::Result<String> {
    let mut text = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line)? == 0 || line == ".\r\n" {
            return Ok(text.replace("\r\n", "\n"));
        }
        text.push_str(&line);
    }
}
