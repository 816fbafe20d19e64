//! An S3 server on this machine (s3s over a folder), which checks signatures and can fail on demand; and programs that use it.

use std::{
    convert::Infallible,
    fs,
    net::TcpListener,
    path::PathBuf,
    process::{Command, Output},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use http_body_util::{BodyExt, Full};
use hyper::{Method, Request, Response, body::Bytes, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use s3s::{auth::SimpleAuth, service::S3Service, service::S3ServiceBuilder};
use s3s_fs::FileSystem;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime;

use crate::support::{Place, Server, sample_numbered};

pub const KEY: &str = "AKIAPUTRIGHTTEST";
pub const SECRET: &str = "secret/of+the/test0123456789";
const NAME: &str = "complaints";

/// A fault of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    None,
    /// Refuses each request.
    Refuses,
    /// Stores an object, and answers with an error.
    StoresAndRefuses,
    /// Stores an object, and never answers.
    StoresAndHangs,
}

/// The state that a test changes.
struct State {
    fault: Fault,
    versioning: Option<&'static str>,
    requests: Vec<String>,
}

/// A server with one bucket.
pub struct Bucket {
    folder: TempDir,
    port: u16,
    state: Arc<Mutex<State>>,
}

impl Bucket {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(NAME)).unwrap();
        let mut builder = S3ServiceBuilder::new(FileSystem::new(folder.path()).unwrap());
        builder.set_auth(SimpleAuth::from_single(KEY, SECRET));
        let service = builder.build();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        listener.set_nonblocking(true).unwrap();
        let state = Arc::new(Mutex::new(State { fault: Fault::None, versioning: None, requests: Vec::new() }));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            let runtime = runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
            runtime.block_on(serve(listener, service, shared));
        });
        Self { folder, port, state }
    }

    pub fn fail(&self, fault: Fault) {
        self.state.lock().unwrap().fault = fault;
    }

    /// Sets the versioning that the bucket reports.
    pub fn versioning(&self, status: &'static str) {
        self.state.lock().unwrap().versioning = Some(status);
    }

    /// All that was asked so far: methods, addresses and headers.
    pub fn requests(&self) -> String {
        self.state.lock().unwrap().requests.join("\n")
    }

    pub fn folder(&self) -> PathBuf {
        self.folder.path().join(NAME).join("files")
    }

    /// The names of the objects, in the order of their lengths.
    pub fn objects(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder()).into_iter().flatten().flatten();
        let mut named: Vec<(u64, String)> = entries
            .map(|entry| (entry.metadata().unwrap().len(), entry.file_name().into_string().unwrap()))
            .filter(|(_, name)| name.len() == 64)
            .collect();
        named.sort();
        named.into_iter().map(|(_, name)| name).collect()
    }

    /// Waits until the bucket has so many objects.
    pub fn wait_for(&self, count: usize) {
        let started = Instant::now();
        while self.objects().len() != count {
            assert!(started.elapsed() < Duration::from_secs(15), "{:?}", self.objects());
            thread::sleep(Duration::from_millis(50));
        }
    }

    pub fn options(&self) -> [String; 4] {
        ["--files", "s3://complaints/files", "--files-endpoint", &format!("http://127.0.0.1:{}", self.port)]
            .map(str::to_owned)
    }

    fn with(&self, mut command: Command, more: &[&str]) -> Command {
        command.args(self.options()).args(more).env("AWS_ACCESS_KEY_ID", KEY).env("AWS_SECRET_ACCESS_KEY", SECRET);
        command
    }

    /// A command like `putright serve`.
    pub fn command(&self, place: &Place, more: &[&str]) -> Command {
        self.with(place.command(&["--rate", "1000000", "--max-body", "8000000"]), more)
    }

    pub fn serve(&self, place: &Place, more: &[&str]) -> Server {
        Server::start(self.command(place, more))
    }

    /// `putright …` with the bucket and the data of a place.
    pub fn run(&self, place: &Place, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_putright"));
        command.args(arguments).arg("--data").arg(place.data());
        self.with(command, &[]).output().unwrap()
    }

    /// The JSON that a command prints.
    pub fn read(&self, place: &Place, arguments: &[&str]) -> Value {
        let output = self.run(place, arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

type Answer = Response<Full<Bytes>>;

async fn serve(listener: TcpListener, service: S3Service, state: Arc<Mutex<State>>) {
    let (listener, service) = (tokio::net::TcpListener::from_std(listener).unwrap(), Arc::new(service));
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let (service, state) = (Arc::clone(&service), Arc::clone(&state));
        tokio::spawn(async move {
            let each = service_fn(|request| answer(&service, &state, request));
            // A client that is killed leaves at any time.
            drop(http1::Builder::new().serve_connection(TokioIo::new(stream), each).await);
        });
    }
}

async fn answer(service: &S3Service, state: &Mutex<State>, request: Request<Incoming>) -> Result<Answer, Infallible> {
    let (method, is_versioning) = (request.method().clone(), request.uri().query() == Some("versioning"));
    let (fault, versioning) = {
        let mut state = state.lock().unwrap();
        state.requests.push(format!("{method} {} {:?}", request.uri(), request.headers()));
        (state.fault, state.versioning)
    };
    if fault == Fault::Refuses {
        return Ok(error());
    }
    let answer = service.call(request.map(s3s::Body::from)).await.unwrap();
    let (parts, body) = answer.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    // The folder has no versions. What the test says takes the place of that answer, once the signature was good.
    if let (true, 501, Some(status)) = (is_versioning, parts.status.as_u16(), versioning) {
        let status = if status.is_empty() { String::new() } else { format!("<Status>{status}</Status>") };
        let xml = format!("<VersioningConfiguration>{status}</VersioningConfiguration>");
        return Ok(Response::new(Full::new(xml.into())));
    }
    match fault {
        Fault::StoresAndRefuses if method == Method::PUT => Ok(error()),
        Fault::StoresAndHangs if method == Method::PUT => {
            tokio::time::sleep(Duration::from_secs(600)).await;
            Ok(error())
        }
        _ => Ok(Response::from_parts(parts, Full::new(bytes))),
    }
}

fn error() -> Answer {
    let xml = "<Error><Code>InternalError</Code><Message>a message</Message></Error>";
    Response::builder().status(500).body(Full::new(xml.into())).unwrap()
}

/// The sample with files in its JSON.
pub fn with_files(number: u64, files: &[(&str, &str, &[u8])]) -> Value {
    let mut body = sample_numbered(number);
    let file = |(name, media_type, content): &(&str, &str, &[u8])| json!({ "name": name, "media_type": media_type, "bytes": content.len(), "content": STANDARD.encode(content) });
    body["files"] = files.iter().map(file).collect();
    body
}
