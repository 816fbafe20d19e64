//! Asks ClamAV's `clamd` about a file, by its command INSTREAM.
//!
//! The scanner sees the content alone: no name, and nothing else of the submission. Each step has a time, and of an answer a few
//! kilobytes are read.

use std::{fmt, io, path::PathBuf, time::Duration};

#[cfg(unix)]
use tokio::net::UnixStream;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpStream,
    time,
};

use crate::file_scan::{FileScan, ScanState};

/// The time to connect, and the time for a file with its answer.
const CONNECTING: Duration = Duration::from_secs(5);
const PATIENCE: Duration = Duration::from_secs(120);
/// The bytes of a file that are sent at a time.
const PIECE: usize = 64 << 10;
/// The most bytes of an answer, and the most characters of the name of what was found.
const MOST_ANSWER: u64 = 4 << 10;
const MOST_NAME: usize = 100;

/// The address of a scanner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClamdAddress {
    /// A host and a port.
    Tcp(String),
    /// A socket on this machine.
    #[cfg(unix)]
    Unix(PathBuf),
}

/// The reason why a file was not scanned.
#[derive(Debug, thiserror::Error)]
pub enum ClamdError {
    /// The scanner cannot be reached.
    #[error("clamd cannot be reached: {0}")]
    Unreachable(io::ErrorKind),
    /// The scanner broke off, or did not answer in time. The file itself may be the cause.
    #[error("clamd broke off: {0}")]
    BrokenOff(io::ErrorKind),
}

impl ClamdAddress {
    /// Reads `tcp://host:port` or `unix:/path`.
    ///
    /// # Errors
    /// Says what to write.
    pub fn parse(text: &str) -> Result<Self, String> {
        #[cfg(unix)]
        if let Some(path) = text.strip_prefix("unix:").filter(|path| path.starts_with('/')) {
            return Ok(Self::Unix(PathBuf::from(path)));
        }
        let host = text.strip_prefix("tcp://").and_then(|host| Some((host, host.rsplit_once(':')?)));
        match host {
            Some((whole, (host, port))) if !host.is_empty() && port.parse::<u16>().is_ok() => {
                Ok(Self::Tcp(whole.to_owned()))
            }
            _ => Err("write tcp://127.0.0.1:3310, or unix:/run/clamav/clamd.ctl".to_owned()),
        }
    }

    /// Scans a file.
    ///
    /// # Errors
    /// Returns an error if the scanner gave no answer: the file is not scanned.
    pub async fn scan(&self, content: &[u8]) -> Result<FileScan, ClamdError> {
        self.ask(b"zINSTREAM\0", Some(content)).await.map(|answer| verdict(&answer))
    }

    /// Asks for the version of the scanner and of its signatures.
    ///
    /// # Errors
    /// Returns an error if the scanner gave no answer.
    pub async fn version(&self) -> Result<String, ClamdError> {
        self.ask(b"zVERSION\0", None).await.map(|answer| plain(&answer))
    }

    async fn ask(&self, command: &[u8], content: Option<&[u8]>) -> Result<String, ClamdError> {
        let late = |_| io::Error::from(io::ErrorKind::TimedOut);
        let unreachable = |error: io::Error| ClamdError::Unreachable(error.kind());
        let answered = match self {
            Self::Tcp(host) => {
                let connected = time::timeout(CONNECTING, TcpStream::connect(host)).await;
                let stream = connected.map_err(late).and_then(|connected| connected).map_err(unreachable)?;
                time::timeout(PATIENCE, exchange(stream, command, content)).await
            }
            #[cfg(unix)]
            Self::Unix(path) => {
                let connected = time::timeout(CONNECTING, UnixStream::connect(path)).await;
                let stream = connected.map_err(late).and_then(|connected| connected).map_err(unreachable)?;
                time::timeout(PATIENCE, exchange(stream, command, content)).await
            }
        };
        answered.map_err(late).and_then(|answer| answer).map_err(|error| ClamdError::BrokenOff(error.kind()))
    }
}

impl fmt::Display for ClamdAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(host) => write!(f, "tcp://{host}"),
            #[cfg(unix)]
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
        }
    }
}

/// Sends a command and a file, and returns the answer.
async fn exchange(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    command: &[u8],
    content: Option<&[u8]>,
) -> io::Result<String> {
    let sent = send(&mut stream, command, content).await;
    // The scanner answers before it has the whole of a file that is too long for it, so the answer counts more than the sending.
    let mut answer = Vec::new();
    let read = stream.take(MOST_ANSWER).read_to_end(&mut answer).await;
    if answer.is_empty() {
        sent?;
        read?;
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(String::from_utf8_lossy(&answer).trim_end_matches(['\0', '\n']).to_owned())
}

/// Sends a command, then the file in pieces, each after its length, and a piece of no length.
async fn send(stream: &mut (impl AsyncWrite + Unpin), command: &[u8], content: Option<&[u8]>) -> io::Result<()> {
    stream.write_all(command).await?;
    if let Some(content) = content {
        for piece in content.chunks(PIECE) {
            let length = u32::try_from(piece.len()).map_err(io::Error::other)?;
            stream.write_all(&length.to_be_bytes()).await?;
            stream.write_all(piece).await?;
        }
        stream.write_all(&[0; 4]).await?;
    }
    stream.flush().await
}

/// Reads the answer about a file. Every answer but `OK` and `FOUND` says that the scanner cannot scan this file.
fn verdict(answer: &str) -> FileScan {
    let answer = answer.strip_prefix("stream: ").unwrap_or(answer);
    match answer.strip_suffix(" FOUND") {
        Some(found) => FileScan { state: ScanState::Infected, found: Some(plain(found)) },
        None if answer == "OK" => FileScan { state: ScanState::Clean, found: None },
        None => FileScan { state: ScanState::Refused, found: None },
    }
}

/// Returns what another program said, short and without control characters.
fn plain(text: &str) -> String {
    text.chars().filter(|character| character.is_ascii_graphic() || *character == ' ').take(MOST_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_is_a_port_or_a_socket() {
        assert_eq!(
            ClamdAddress::parse("tcp://127.0.0.1:3310").unwrap(),
            ClamdAddress::Tcp("127.0.0.1:3310".to_owned())
        );
        assert_eq!(ClamdAddress::parse("tcp://[::1]:3310").unwrap(), ClamdAddress::Tcp("[::1]:3310".to_owned()));
        assert_eq!(ClamdAddress::parse("unix:/run/clamd").unwrap(), ClamdAddress::Unix(PathBuf::from("/run/clamd")));
        for text in ["", "127.0.0.1:3310", "tcp://", "tcp://:3310", "tcp://host", "tcp://host:no", "unix:run", "unix:"]
        {
            assert!(ClamdAddress::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn file_is_clean_only_by_the_word_for_it() {
        let infected = verdict("stream: Eicar-Test\u{1b}[31m-Signature FOUND");
        assert_eq!(
            (infected.state, infected.found.as_deref()),
            (ScanState::Infected, Some("Eicar-Test[31m-Signature"))
        );
        assert_eq!(verdict("stream: OK").state, ScanState::Clean);
        for answer in ["", "ok", "stream: ", "INSTREAM size limit exceeded. ERROR", "stream: not OK"] {
            assert_eq!(verdict(answer).state, ScanState::Refused, "{answer}");
        }
        assert_eq!(verdict(&format!("stream: {} FOUND", "a".repeat(999))).found.unwrap().len(), MOST_NAME);
    }
}
