//! Accepts connections and serves the requests on them, with a bound on their number and on their silence.
//!
//! Each part of a request has its time: the head (`header_read_timeout`, which also ends a connection that says nothing between
//! requests), the body (in `receive`), and the answer (in `patient`). At the most connections there may be, the one that has
//! waited longest for a head makes room for a new one, so that silent connections lock nobody out; one that is at work is
//! never ended for another.

use std::{
    collections::HashMap,
    future::Future,
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU8, AtomicU64, Ordering},
    },
    task::{Context, Poll},
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::{Body, Bytes, HttpBody},
    extract::{ConnectInfo, Request},
    response::Response,
};
use hyper::{body::Frame, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    sync::Notify,
    time,
};
use tower::Service;

use crate::patient::Patient;

/// A head longer than this is refused (431), and no more of it is held.
const MOST_HEAD: usize = 32 << 10;
/// The most connections that may wait to be accepted. Without a place, a visitor's system tries again a second later.
const WAITING: u32 = 4096;
/// The pause after a connection could not be accepted.
const PAUSE: Duration = Duration::from_millis(100);
/// The least time between two log lines about the same problem.
const SAID: Duration = Duration::from_secs(10);

/// The bounds of connections.
#[derive(Clone, Copy)]
pub struct ConnectionBounds {
    /// The most connections at once.
    pub most: usize,
    /// The time a connection has to send the head of a request, including silence before it.
    pub head: Duration,
    /// The time after which an answer is given up if the other side takes nothing of it.
    pub stalled: Duration,
    /// The time that requests in progress have after the server is asked to stop.
    pub ending: Duration,
}

/// The activity of a connection. Connections make room for new ones in this order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
enum Doing {
    /// It waits for the head of a request.
    Waiting,
    /// Its request has been answered or refused; the answer is being sent, or the rest of the body dropped.
    Ending,
    /// Its request is being received or worked on.
    Working,
}

/// A connection, as others see it.
pub struct ConnectionState {
    doing: AtomicU8,
    /// The start of that activity, in milliseconds after the server began.
    since: AtomicU64,
    began: Instant,
    ended: Notify,
}

tokio::task_local! {
    /// The connection that a request came by.
    pub static LINE: Arc<ConnectionState>;
}

impl ConnectionState {
    fn new(began: Instant) -> Self {
        let line = Self { doing: AtomicU8::default(), since: AtomicU64::default(), began, ended: Notify::new() };
        line.set(Doing::Waiting);
        line
    }

    fn set(&self, doing: Doing) {
        let since = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.since.store(since, Ordering::Relaxed);
        self.doing.store(doing as u8, Ordering::Relaxed);
    }

    /// Marks the connection as one that may be closed, because its request has been refused.
    pub fn may_end(&self) {
        self.set(Doing::Ending);
    }

    /// Returns the rank in which connections make room; `None` for a connection that never does.
    fn rank(&self) -> Option<(u8, u64)> {
        let doing = self.doing.load(Ordering::Relaxed);
        (doing < Doing::Working as u8).then(|| (doing, self.since.load(Ordering::Relaxed)))
    }
}

/// The connections there are.
#[derive(Default)]
struct OpenConnections(Mutex<HashMap<u64, Arc<ConnectionState>>>);

impl OpenConnections {
    fn all(&self) -> MutexGuard<'_, HashMap<u64, Arc<ConnectionState>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a connection. Where there are `most`, one that does nothing is ended for it; `false` where there is none.
    fn add(&self, number: u64, line: &Arc<ConnectionState>, most: usize) -> bool {
        let mut all = self.all();
        if all.len() >= most {
            let idle = all.iter().filter_map(|(number, line)| Some((line.rank()?, *number))).min();
            let Some(line) = idle.and_then(|(_, number)| all.remove(&number)) else { return false };
            line.ended.notify_one();
        }
        all.insert(number, Arc::clone(line));
        true
    }
}

/// Says something in the log, once in a while.
#[derive(Default)]
struct Log(Option<Instant>);

impl Log {
    fn say(&mut self, what: impl FnOnce() -> String) {
        if self.0.is_none_or(|last| last.elapsed() >= SAID) {
            self.0 = Some(Instant::now());
            tracing::warn!("{}", what());
        }
    }
}

/// Listens on an address. Must be called inside a runtime.
///
/// # Errors
/// Returns an error if the address cannot be used.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // After a restart, connections of the one before may linger.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(WAITING)
}

/// Serves until asked to stop, then lets the requests in progress finish.
pub async fn serve(listener: TcpListener, router: Router, bounds: ConnectionBounds, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(bounds.head).max_buf_size(MOST_HEAD);
    let graceful = GracefulShutdown::new();
    let lines = Arc::new(OpenConnections::default());
    let began = Instant::now();
    let (mut no_file, mut no_room) = (Log::default(), Log::default());
    let mut stop = std::pin::pin!(stop);
    for number in 0.. {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            // The other side has gone again.
            Err(error) if matches!(error.kind(), io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset) => {
                continue;
            }
            Err(error) => {
                no_file.say(|| {
                    format!(
                        "no connection can be taken: {error}; if too many files are open, raise the limit (ulimit -n, \
                         LimitNOFILE=) or lower --max-connections"
                    )
                });
                time::sleep(PAUSE).await;
                continue;
            }
        };
        let line = Arc::new(ConnectionState::new(began));
        if !lines.add(number, &line, bounds.most) {
            no_room.say(|| format!("a connection was turned away: {} are at work, see --max-connections", bounds.most));
            continue;
        }
        // Without it, an answer on a connection that is used again waits for 40 milliseconds.
        let _ = stream.set_nodelay(true);
        let connection = connection(&http, stream, peer, bounds.stalled, &line, router.clone());
        let connection = graceful.watch(connection);
        let lines = Arc::clone(&lines);
        tokio::spawn(async move {
            tokio::select! { _ = connection => {}, () = line.ended.notified() => {} }
            lines.all().remove(&number);
        });
    }
    drop(listener);
    let _ = time::timeout(bounds.ending, graceful.shutdown()).await;
}

type Served = Pin<Box<dyn Future<Output = Result<Response<AnswerBody>, std::convert::Infallible>> + Send>>;

fn connection(
    http: &http1::Builder,
    stream: TcpStream,
    peer: SocketAddr,
    stalled: Duration,
    line: &Arc<ConnectionState>,
    router: Router,
) -> http1::Connection<
    TokioIo<Patient>,
    impl hyper::service::HttpService<Incoming, ResBody = AnswerBody, Error = std::convert::Infallible, Future = Served>
    + use<>,
> {
    let line = Arc::clone(line);
    let service = service_fn(move |request: Request<Incoming>| -> Served {
        let at_work = AtWork::begin(&line);
        let mut router = router.clone();
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let answered = LINE.scope(Arc::clone(&line), async move { router.call(request).await });
        Box::pin(async move {
            let response = answered.await?;
            at_work.0.set(Doing::Ending);
            Ok(response.map(|body| AnswerBody { body, _at_work: at_work }))
        })
    });
    http.serve_connection(TokioIo::new(Patient::new(stream, stalled)), service)
}

/// Marks a connection as at work, until the answer has been sent or dropped.
struct AtWork(Arc<ConnectionState>);

impl AtWork {
    fn begin(line: &Arc<ConnectionState>) -> Self {
        line.set(Doing::Working);
        Self(Arc::clone(line))
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        self.0.set(Doing::Waiting);
    }
}

/// The body of an answer, and the mark of its connection.
struct AnswerBody {
    body: Body,
    _at_work: AtWork,
}

impl HttpBody for AnswerBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> hyper::body::SizeHint {
        self.body.size_hint()
    }
}

/// Returns the number of connections that the system's limit of open files has room for; `None` if it is not known.
pub fn most_that_fit() -> Option<usize> {
    const FILES: usize = 64;
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    let most: usize = line.split_whitespace().next()?.parse().ok()?;
    // Each answer may have a file open.
    Some(most.saturating_sub(FILES).max(2) / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_silent_connection_makes_room_and_one_at_work_does_not() {
        let lines = OpenConnections::default();
        let began = Instant::now();
        let add = |number: u64, since: u64, doing: Doing| {
            let line = Arc::new(ConnectionState::new(began));
            line.set(doing);
            line.since.store(since, Ordering::Relaxed);
            lines.add(number, &line, 3)
        };
        assert!(add(1, 10, Doing::Waiting) && add(2, 5, Doing::Waiting) && add(3, 1, Doing::Ending));
        let left = || {
            let mut numbers: Vec<u64> = lines.all().keys().copied().collect();
            numbers.sort_unstable();
            numbers
        };
        assert!(add(4, 20, Doing::Working));
        assert_eq!(left(), [1, 3, 4]);
        assert!(add(5, 20, Doing::Working) && add(6, 20, Doing::Working));
        assert_eq!(left(), [4, 5, 6]);
        assert!(!add(7, 30, Doing::Waiting));
    }
}
