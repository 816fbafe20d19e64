//! Virus scanners: a small one that speaks the protocol of `clamd`, and `clamd` itself with one signature, that of EICAR's test file.

use std::{
    env, fs,
    io::{self, Read, Write},
    net::{TcpListener, TcpStream},
    os::unix::net::UnixStream,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// The longest file that the small scanner takes.
pub const LONGEST: usize = 128 << 10;
/// A file at which the small scanner breaks off.
pub const BREAKS: &str = "breaks the scanner";

/// The test file that every scanner finds: <https://www.eicar.org>. In two parts, so that none finds it here.
pub fn eicar() -> String {
    [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR", "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].concat()
}

/// The small scanner.
pub struct Scanner {
    pub port: u16,
}

impl Scanner {
    pub fn start() -> Self {
        Self::at(0)
    }

    /// Starts a scanner at a port; 0 for any.
    pub fn at(port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            for stream in listener.incoming() {
                // A client may leave at any time.
                thread::spawn(move || drop(answer(stream.unwrap())));
            }
        });
        Self { port }
    }

    pub fn address(&self) -> String {
        format!("tcp://127.0.0.1:{}", self.port)
    }
}

fn answer(mut stream: TcpStream) -> io::Result<()> {
    let mut command = Vec::new();
    let mut byte = [1];
    while byte[0] != 0 {
        stream.read_exact(&mut byte)?;
        command.push(byte[0]);
    }
    if command == b"zVERSION\0" {
        return stream.write_all(b"ClamAV 1.4.6/27000/Mon Nov 30\0");
    }
    assert_eq!(command, b"zINSTREAM\0");
    let mut content = Vec::new();
    loop {
        let mut length = [0; 4];
        stream.read_exact(&mut length)?;
        let length = usize::try_from(u32::from_be_bytes(length)).unwrap();
        if length == 0 {
            break;
        }
        let mut piece = vec![0; length];
        stream.read_exact(&mut piece)?;
        content.extend(piece);
        if content.len() > LONGEST {
            return stream.write_all(b"INSTREAM size limit exceeded. ERROR\0");
        }
    }
    let holds = |text: &str| content.windows(text.len()).any(|part| part == text.as_bytes());
    if holds(BREAKS) {
        return Ok(());
    }
    stream.write_all(if holds(&eicar()) { b"stream: Eicar-Test-Signature FOUND\0" } else { b"stream: OK\0" })
}

/// `clamd` in a folder of its own. It is stopped when dropped.
pub struct RealClamd {
    folder: TempDir,
    child: Child,
}

impl RealClamd {
    /// Starts it; `None` where it is not installed, after saying so. In CI that is a failure.
    pub fn start() -> Option<Self> {
        let program = ["/usr/sbin/clamd", "/usr/bin/clamd"].into_iter().find(|path| fs::metadata(path).is_ok());
        let Some(program) = program else {
            let message = "clamd is not installed (Debian: apt-get install clamav-daemon)";
            assert!(env::var_os("CI").or(env::var_os("PUTRIGHT_CI")).is_none(), "{message}");
            eprintln!("not tested: {message}");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let (signatures, config) = (folder.path().join("signatures"), folder.path().join("clamd.conf"));
        fs::create_dir(&signatures).unwrap();
        let bytes = eicar().bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
        fs::write(signatures.join("test.ndb"), format!("Test.File:0:*:{bytes}\n")).unwrap();
        let socket = folder.path().join("socket");
        let text =
            format!("LocalSocket {}\nDatabaseDirectory {}\nForeground yes\n", socket.display(), signatures.display());
        fs::write(&config, text).unwrap();
        let mut option = std::ffi::OsString::from("--config-file=");
        option.push(&config);
        let child = Command::new(program).arg(option).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let started = Instant::now();
        while UnixStream::connect(&socket).is_err() {
            assert!(started.elapsed() < Duration::from_secs(60), "clamd does not answer");
            thread::sleep(Duration::from_millis(50));
        }
        Some(Self { folder, child })
    }

    pub fn address(&self) -> String {
        format!("unix:{}", self.folder.path().join("socket").display())
    }
}

impl Drop for RealClamd {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
