//! The example on PHP's own server, in a folder for one test.

use std::{
    fs,
    net::TcpStream,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;
use ureq::{Agent, http::Request};

use crate::{
    daemon::{free_port, program},
    place::{copy, root},
};

/// A running server. It is killed when dropped.
pub struct Php {
    child: Child,
    folder: TempDir,
    program: PathBuf,
    pub port: u16,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{self:?}"))
    }

    pub fn reference(&self) -> String {
        assert_eq!(self.status, 201, "{self:?}");
        self.json()["reference"].as_str().unwrap().to_owned()
    }
}

impl Php {
    /// Starts the example with these changes to its settings; `None` where PHP or its `pdo_sqlite` is missing, after saying
    /// so. In CI that is a failure.
    pub fn start(settings: &[(&str, &str)]) -> Option<Self> {
        let program = program("php", "php-cli php-sqlite3")?;
        let modules = Command::new(&program).arg("-m").output().unwrap();
        let has_sqlite = String::from_utf8_lossy(&modules.stdout).lines().any(|line| line == "pdo_sqlite");
        if !has_sqlite {
            let message = "PHP has no pdo_sqlite (Debian: apt-get install php-sqlite3)";
            assert!(std::env::var_os("CI").or(std::env::var_os("PUTRIGHT_CI")).is_none(), "{message}");
            eprintln!("not tested: {message}");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        copy(&root().join("examples/php"), folder.path());
        let path = folder.path().join("private/settings.php");
        let mut text = fs::read_to_string(&path).unwrap();
        for (from, to) in [("['anytown']", "['bromley']")].iter().chain(settings) {
            assert!(text.contains(from), "the settings have no {from}");
            text = text.replace(from, to);
        }
        fs::write(path, text).unwrap();
        // It writes the email that it is given, or fails where a folder is in the way.
        let mail = folder.path().join("mail.sh");
        fs::write(&mail, format!("cat >> '{}/mail'\n", folder.path().display())).unwrap();
        let port = free_port();
        let child = spawn(&program, folder.path(), port);
        let mut php = Self { child, folder, program, port };
        php.wait();
        Some(php)
    }

    /// Kills the server and all its workers, in whatever they are doing, and starts it again.
    pub fn kill_and_start(&mut self) {
        self.kill();
        self.child = spawn(&self.program, self.folder.path(), self.port);
        self.wait();
    }

    fn kill(&mut self) {
        let group = format!("-{}", self.child.id());
        let killed = Command::new("kill").args(["-KILL", "--", &group]).status().unwrap();
        assert!(killed.success());
        self.child.wait().unwrap();
    }

    fn wait(&mut self) {
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let ended = self.child.try_wait().unwrap();
            assert!(ended.is_none() && started.elapsed() < Duration::from_secs(20), "does not start: {}", self.log());
            thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap()
    }

    /// The emails that were sent, one after the other.
    pub fn mail(&self) -> String {
        fs::read_to_string(self.folder.path().join("mail")).unwrap_or_default()
    }

    /// Runs `read.php`, and gives its output.
    pub fn read(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(&self.program);
        let output = command.arg(self.folder.path().join("private/read.php")).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The references of all that is stored.
    pub fn stored(&self) -> Vec<String> {
        self.read(&[]).lines().map(|line| line.split("  ").next().unwrap().to_owned()).collect()
    }

    pub fn post(&self, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        send(self.port, "POST", headers, body).unwrap()
    }
}

impl Drop for Php {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A group of processes, because the server's workers are processes too.
fn spawn(program: &Path, folder: &Path, port: u16) -> Child {
    let log = fs::File::options().create(true).append(true).open(folder.join("log")).unwrap();
    Command::new(program)
        .args(["-c", "public/.user.ini", "-t", "public", "-S", &format!("127.0.0.1:{port}")])
        .args(["-d", &format!("sendmail_path=sh {}/mail.sh", folder.display())])
        .env("PHP_CLI_SERVER_WORKERS", "4")
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .process_group(0)
        .spawn()
        .unwrap()
}

/// Sends a request to the example; `None` where no answer came.
pub fn send(port: u16, method: &str, headers: &[(&str, &str)], body: &[u8]) -> Option<Answer> {
    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(60)))
        .build()
        .new_agent();
    let mut request = Request::builder().method(method).uri(format!("http://127.0.0.1:{port}/complaints.php"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut response =
        if body.is_empty() { agent.run(request.body(()).unwrap()) } else { agent.run(request.body(body).unwrap()) }
            .ok()?;
    let text = |(name, value): (&ureq::http::HeaderName, &ureq::http::HeaderValue)| {
        (name.as_str().to_owned(), value.to_str().unwrap().to_owned())
    };
    Some(Answer {
        status: response.status().as_u16(),
        headers: response.headers().iter().map(text).collect(),
        body: response.body_mut().read_to_string().ok()?,
    })
}
