//! Web servers for one test, each in a separate folder.

use std::{
    env, fs,
    net::{TcpListener, TcpStream},
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// The folder of Apache's modules, as Debian has it.
const MODULES: &str = "/usr/lib/apache2/modules";

/// A running server. It is stopped when dropped.
pub struct Daemon {
    child: Child,
    folder: TempDir,
    /// The port that it answers at.
    pub port: u16,
}

/// Finds a program; `None` where it is not installed, after saying so. In CI that is a failure.
pub fn program(name: &str, package: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let places = env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]);
    let found = places.map(|place| place.join(name)).find(|program| program.is_file());
    if found.is_none() {
        let message = format!("{name} is not installed (Debian: apt-get install {package})");
        assert!(env::var_os("CI").or(env::var_os("PUTRIGHT_CI")).is_none(), "{message}");
        eprintln!("not tested: {message}");
    }
    found
}

/// A port that nothing listens at.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

impl Daemon {
    /// nginx, with what belongs into its `http { }`.
    pub fn nginx(program: &Path, port: u16, http: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().display();
        // Started by root it would give up what it may read; what it serves here is in folders of root's.
        let user = if is_root() { "user root;\n" } else { "" };
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|kind| format!("{kind}_temp_path {at}/{kind};\n"))
            .concat();
        let whole = format!(
            "{user}daemon off;\npid {at}/pid;\nerror_log {at}/error.log;\nevents {{ }}\nhttp {{\naccess_log off;\n\
             include /etc/nginx/mime.types;\ndefault_type application/octet-stream;\n{temporary}{http}\n}}\n"
        );
        let file = folder.path().join("nginx.conf");
        fs::write(&file, whole).unwrap();
        let mut command = Command::new(program);
        command.arg("-p").arg(folder.path()).arg("-c").arg(&file);
        Self::start(command, folder, port)
    }

    /// Apache, with these modules beside the most needed, and what belongs into its configuration.
    pub fn apache(program: &Path, port: u16, modules: &[&str], more: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let at = folder.path().display();
        let user = if is_root() { "User nobody\nGroup nogroup\n" } else { "" };
        let loaded = ["mpm_event", "authz_core", "mime", "dir"]
            .iter()
            .chain(modules)
            .map(|name| format!("LoadModule {name}_module {MODULES}/mod_{name}.so\n"))
            .collect::<Vec<_>>()
            .concat();
        let whole = format!(
            "ServerRoot {at}\nDefaultRuntimeDir {at}\nPidFile {at}/pid\nErrorLog {at}/error.log\nServerName localhost\n\
             {loaded}{user}TypesConfig /etc/mime.types\nDirectoryIndex index.html\n{more}\n"
        );
        let file = folder.path().join("apache.conf");
        fs::write(&file, whole).unwrap();
        let mut command = Command::new(program);
        command.arg("-f").arg(&file).arg("-DFOREGROUND");
        Self::start(command, folder, port)
    }

    /// Caddy, with a whole Caddyfile.
    pub fn caddy(program: &Path, port: u16, caddyfile: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("Caddyfile");
        fs::write(&file, caddyfile).unwrap();
        let mut command = Command::new(program);
        command.args(["run", "--adapter", "caddyfile", "--config"]).arg(&file).env("HOME", folder.path());
        command.env("XDG_DATA_HOME", folder.path()).env("XDG_CONFIG_HOME", folder.path());
        Self::start(command, folder, port)
    }

    /// Python's own server of a folder.
    pub fn python(program: &Path, port: u16, served: &Path) -> Self {
        let mut command = Command::new(program);
        command.args(["-m", "http.server", "--bind", "127.0.0.1", "--directory"]).arg(served).arg(port.to_string());
        Self::start(command, tempfile::tempdir().unwrap(), port)
    }

    /// Cloudflare's own server of a folder as on Cloudflare Pages. It asks nothing of anybody outside.
    pub fn wrangler(program: &Path, port: u16, served: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(program);
        command.args(["pages", "dev", "--compatibility-date", "2026-01-01", "--ip", "127.0.0.1", "--port"]);
        command.arg(port.to_string()).arg("--inspector-port").arg(free_port().to_string()).arg(served);
        command.env("HOME", folder.path()).env("CI", "1").env("WRANGLER_SEND_METRICS", "false");
        command.current_dir(folder.path());
        Self::start(command, folder, port)
    }

    /// A server that stands in for Amazon S3.
    pub fn s3(program: &Path, port: u16) -> Self {
        let mut command = Command::new(program);
        command.args(["--host", "127.0.0.1", "--port"]).arg(port.to_string());
        Self::start(command, tempfile::tempdir().unwrap(), port)
    }

    /// Starts a server, and waits until it listens.
    fn start(mut command: Command, folder: TempDir, port: u16) -> Self {
        let output = fs::File::create(folder.path().join("output")).unwrap();
        let errors = output.try_clone().unwrap();
        let child = command.stdin(Stdio::null()).stdout(output).stderr(errors).spawn().unwrap();
        let mut daemon = Self { child, folder, port };
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = daemon.child.try_wait().unwrap();
            assert!(
                ended.is_none() && started.elapsed() < Duration::from_secs(60),
                "does not start: {}",
                daemon.said()
            );
            thread::sleep(Duration::from_millis(20));
        }
        daemon
    }

    /// Returns its output and its log.
    fn said(&self) -> String {
        ["output", "error.log"]
            .map(|file| fs::read_to_string(self.folder.path().join(file)).unwrap_or_default())
            .concat()
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // Both servers have processes of their own, which end with the first when that is told to.
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(5) {
            if self.child.try_wait().is_ok_and(|ended| ended.is_some()) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
