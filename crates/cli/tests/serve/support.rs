//! The server under test, and a client for it.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;
use ureq::{
    Agent, Body,
    http::{Request, Response},
};

pub const INDEX: &str = "<!doctype html><html lang=en><title>Complaints</title><script>start()</script><p>Guide</p>";
pub const WASM: &str = "putright-app-0123456789abcdef_bg.wasm";
const MANY: &str = "1000000";

/// A folder with a built app and a folder for submissions.
pub struct Place {
    folder: TempDir,
}

impl Place {
    pub fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        let dist = place.dist();
        fs::create_dir_all(dist.join("councils")).unwrap();
        for (name, content) in [
            ("index.html", INDEX),
            ("index.html.br", "br of index"),
            ("index.html.gz", "gz of index"),
            ("putright-app-0123456789abcdef.js", "start()"),
            (WASM, "\0asm"),
            ("icon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
            (".hidden", "hidden"),
            (
                "councils/exampleshire.json",
                r#"{ "delivery": { "url": "https://forms.example.gov.uk/new" }, "web": "https://not.example" }"#,
            ),
        ] {
            fs::write(dist.join(name), content).unwrap();
        }
        place
    }

    pub fn dist(&self) -> PathBuf {
        self.folder.path().join("dist")
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn serve(&self) -> Server {
        self.serve_with(&["--rate", MANY])
    }

    pub fn serve_with(&self, more: &[&str]) -> Server {
        Server::start(self.command(more))
    }

    pub fn command(&self, more: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_putright"));
        command.args(["serve", "--port", "0", "--dist"]).arg(self.dist());
        command.arg("--data").arg(self.data()).args(more);
        command
    }

    /// `putright submissions …`.
    pub fn submissions(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_putright"));
        command.arg("submissions").args(arguments).arg("--data").arg(self.data()).output().unwrap()
    }

    pub fn list(&self) -> Vec<Value> {
        let output = self.submissions(&["list"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    pub fn references(&self) -> Vec<String> {
        self.list().iter().map(|row| row["reference"].as_str().unwrap().to_owned()).collect()
    }
}

fn listen(mut from: impl Read + Send + 'static, into: Arc<Mutex<Vec<u8>>>) {
    thread::spawn(move || {
        let mut part = [0; 1024];
        while let Ok(length @ 1..) = from.read(&mut part) {
            into.lock().unwrap().extend_from_slice(&part[..length]);
        }
    });
}

/// A running server. Killed when dropped.
pub struct Server {
    child: Child,
    pub address: String,
    pub agent: Agent,
    said: Arc<Mutex<Vec<u8>>>,
}

impl Server {
    /// Starts a server by a command like [`Place::command`]'s.
    pub fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("Putright is at http://").map(str::to_owned);
        let said = Arc::new(Mutex::new(line.clone().into_bytes()));
        listen(output, said.clone());
        listen(child.stderr.take().unwrap(), said.clone());
        let address = address.unwrap_or_else(|| {
            thread::sleep(Duration::from_millis(100));
            panic!("did not start: {}", String::from_utf8_lossy(&said.lock().unwrap()))
        });
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(20)))
            .build()
            .new_agent();
        Self { child, address, agent, said }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Response<Body> {
        let mut request = Request::builder().method(method).uri(self.url(path));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.agent.run(request.body(body).unwrap()).unwrap()
    }

    pub fn get(&self, path: &str, headers: &[(&str, &str)]) -> Response<Body> {
        self.send("GET", path, headers, b"")
    }

    pub fn post(&self, body: &Value) -> Response<Body> {
        self.post_with(&[], body.to_string().as_bytes())
    }

    pub fn post_with(&self, headers: &[(&str, &str)], body: &[u8]) -> Response<Body> {
        let mut all = vec![("content-type", "application/json")];
        all.extend(headers);
        self.send("POST", "/api/submissions", &all, body)
    }

    /// Sends bytes as they are, and gives back what came before the connection ended or fell silent.
    pub fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
        stream.write_all(bytes).unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The number of its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// SIGKILL.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM, and how the server ended.
    pub fn terminate(&mut self) -> ExitStatus {
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(8) {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("still running after SIGTERM");
    }

    /// All that it wrote to its outputs so far.
    pub fn said(&self) -> String {
        thread::sleep(Duration::from_millis(100));
        String::from_utf8_lossy(&self.said.lock().unwrap()).into_owned()
    }

    /// All that it wrote to its outputs, once this part of it is there or ten seconds have gone: a busy machine is slow to hand it on.
    pub fn said_with(&self, part: &str) -> String {
        for _ in 0..100 {
            let said = self.said();
            if said.contains(part) {
                return said;
            }
        }
        self.said()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn sample() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/submission.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The sample under an id of its own.
pub fn sample_numbered(number: u64) -> Value {
    let mut body = sample();
    body["id"] = format!("{number:032x}").into();
    body
}

pub fn json(mut response: Response<Body>) -> Value {
    serde_json::from_str(&response.body_mut().read_to_string().unwrap()).unwrap()
}

pub fn text(mut response: Response<Body>) -> String {
    response.body_mut().read_to_string().unwrap()
}

pub fn header<'a>(response: &'a Response<Body>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

/// The reference of a 201.
pub fn reference(response: Response<Body>) -> String {
    assert_eq!(response.status(), 201);
    json(response)["reference"].as_str().unwrap().to_owned()
}

/// Checks that an answer is a problem of a kind, and gives it back.
pub fn problem(response: Response<Body>, status: u16, kind: &str) -> Value {
    assert_eq!(response.status(), status);
    assert_eq!(header(&response, "content-type"), "application/problem+json");
    assert_eq!(header(&response, "cache-control"), "no-store");
    let told = json(response);
    assert_eq!(told["type"], format!("urn:putright:problem:{kind}"));
    assert_eq!(told["status"], status);
    assert!(told["title"].is_string() && told["detail"].is_string(), "{told}");
    told
}
