//! A PostgreSQL server for one test, in a separate folder.

use std::{
    env, fs,
    net::TcpListener,
    os::unix::{fs::chown, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;
use tokio_postgres::{NoTls, SimpleQueryMessage};

/// An account that owns nothing: PostgreSQL refuses to run as root.
pub const NOBODY: u32 = 65_534;

/// The server. It is stopped when dropped.
pub struct Database {
    folder: TempDir,
    programs: PathBuf,
    port: u16,
    child: Option<Child>,
}

impl Database {
    /// Starts a server; `None` where PostgreSQL is not installed, after saying so. In CI that is a failure.
    pub fn start() -> Option<Self> {
        Self::start_with("")
    }

    /// Starts a server with more lines in its configuration.
    pub fn start_with(configuration: &str) -> Option<Self> {
        let Some(programs) = programs() else {
            let message = "PostgreSQL is not installed (Debian: apt-get install postgresql)";
            assert!(env::var_os("CI").or(env::var_os("PUTRIGHT_CI")).is_none(), "{message}");
            eprintln!("not tested: {message}");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        if is_root() {
            chown(folder.path(), Some(NOBODY), Some(NOBODY)).unwrap();
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut database = Self { folder, programs, port, child: None };
        let data = database.data();
        let made = database
            .command("initdb")
            .args(["--username=putright", "--auth=trust", "--encoding=UTF8", "--no-instructions", "--pgdata"])
            .arg(&data)
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let file = data.join("postgresql.conf");
        let own = "listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\nmax_connections = 60\n";
        let text = fs::read_to_string(&file).unwrap();
        fs::write(&file, format!("{text}\n{own}port = {port}\n{configuration}\n")).unwrap();
        database.run();
        Some(database)
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn url(&self) -> String {
        url_at(self.port)
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.current_dir(self.folder.path());
        if is_root() {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    }

    /// Starts the server, and waits until it answers.
    pub fn run(&mut self) {
        let data = self.data();
        let child = self.command("postgres").arg("-D").arg(&data).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        self.child = Some(child.unwrap());
        let started = Instant::now();
        while self.try_query("SELECT 1").is_err() {
            assert!(started.elapsed() < Duration::from_secs(30), "PostgreSQL does not start");
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Stops the server as a crash would: nothing is written out, and every connection ends.
    pub fn crash(&mut self) {
        let data = self.data();
        let stopped = self.command("pg_ctl").args(["stop", "-m", "immediate", "-D"]).arg(&data).output().unwrap();
        assert!(stopped.status.success(), "{}", String::from_utf8_lossy(&stopped.stderr));
        self.child.take().unwrap().wait().unwrap();
    }

    /// The rows that statements give, as text.
    pub fn query(&self, statements: &str) -> Vec<Vec<String>> {
        self.try_query(statements).unwrap()
    }

    fn try_query(&self, statements: &str) -> Result<Vec<Vec<String>>, tokio_postgres::Error> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (client, connection) = tokio_postgres::connect(&self.url(), NoTls).await?;
            tokio::spawn(connection);
            let messages = client.simple_query(statements).await?;
            let rows = messages.into_iter().filter_map(|message| match message {
                SimpleQueryMessage::Row(row) => {
                    Some((0..row.len()).map(|at| row.get(at).unwrap_or_default().to_owned()).collect())
                }
                _ => None,
            });
            Ok(rows.collect())
        })
    }

    /// A count that a query gives.
    pub fn count(&self, query: &str) -> usize {
        self.query(query)[0][0].parse().unwrap()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if self.child.is_some() {
            self.crash();
        }
    }
}

/// The address of the database, reached by a port.
pub fn url_at(port: u16) -> String {
    format!("postgres://putright@127.0.0.1:{port}/postgres")
}

fn programs() -> Option<PathBuf> {
    let debian =
        fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|version| version.path().join("bin"));
    let path = env::var_os("PATH").unwrap_or_default();
    let places = debian.chain(env::split_paths(&path));
    let has_all = |place: &Path| ["initdb", "postgres", "pg_ctl"].iter().all(|program| place.join(program).is_file());
    places.into_iter().find(|place| has_all(place))
}

pub fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}
