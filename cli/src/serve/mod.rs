//! The built-in server: the app's files, and the receiver that submissions go to where a council has nothing else.
//!
//! It is the embedded default and an example of a receiver, not a case-management system: it takes a submission, keeps it
//! safe, gives a reference and shows what it has. Nobody is told that something came, nothing is assigned, no date is kept
//! and nothing is ever deleted by it. A council that has such a system sends there instead.
//!
//! It speaks plain HTTP on the machine's own address. A host puts a web server with TLS in front, and says so with
//! `--behind-proxy`, so that the limit counts people and not the proxy.
//!
//! `connections` takes requests, `host` and `answer` look at each and write the log. `site` serves the app. `receive` takes
//! submissions, `parts` those that come with files, `form` those of the plain form, with `pages` to answer them. `admission`
//! lets them in, by `limit` and `budget`; `bounded` and `validate` read them; `files` and `kind` look at what came with them.
//! `writer` has the `store`, which keeps both. `problem` says no, and `health` says whether the server could take any.

use std::{
    fs,
    io::{self, Write},
    net::{IpAddr, SocketAddr},
    num::{NonZeroU16, NonZeroU32},
    path::{self, Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use axum::{http::HeaderValue, middleware};
use clap::Args;
use serde_json::Value;
use tokio::{runtime, signal, time};

use self::{
    admission::Admission, budget::Budget, connections::Bounds, files::Limits, health::Readiness, pages::Cache,
    receive::Receiver, store::Store, validate::Validator, writer::Writer,
};
use crate::{
    Failure,
    policy::{self, Places},
};

mod admission;
mod answer;
mod bounded;
mod budget;
mod connections;
pub mod files;
mod form;
mod health;
mod host;
pub mod kind;
mod limit;
mod pace;
mod pages;
mod parts;
mod patient;
pub mod private;
mod problem;
mod receive;
pub mod reference;
mod site;
pub mod store;
mod validate;
mod writer;

/// How long requests under way may take after the server is told to stop.
const LAST_ORDERS: Duration = Duration::from_secs(10);
/// The time that requests whose sender has left have after that.
const ENDING: Duration = Duration::from_secs(2);
/// The default number of connections.
const MOST_CONNECTIONS: usize = 1024;
/// The default budget of bytes.
const IN_FLIGHT: usize = 96 << 20;
/// The threads for files and for work that keeps a processor busy.
const THREADS: usize = 32;

/// Serves the built app and receives submissions into a folder: the default receiver, and an example of one.
///
/// It is not a case-management system: it tells nobody that a submission came. Read them with `putright submissions`.
#[derive(Args)]
pub struct Arguments {
    /// The folder of the built app.
    #[arg(long, value_name = "DIR", default_value = "dist")]
    dist: PathBuf,
    /// The folder to keep submissions in. Made where it is not there. It holds personal data.
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// The port; 0 for any that is free.
    #[arg(long, value_name = "N", default_value_t = 8080)]
    port: u16,
    /// The address to listen on. Others than this machine's own need a web server with TLS in front.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    host: IpAddr,
    /// How many submissions a minute to take from one address.
    #[arg(long, value_name = "N", default_value = "30")]
    rate: NonZeroU32,
    /// The most bytes the JSON of a submission may have. The default holds the longest that the form can make.
    #[arg(long, value_name = "BYTES", default_value_t = 1_048_576)]
    max_body: usize,
    #[command(flatten)]
    limits: Limits,
    /// The most submissions in progress at once, over all senders. Others get 503 and a time to come back.
    #[arg(long, value_name = "N", default_value = "512")]
    max_at_once: NonZeroU16,
    /// The most bytes of submissions in memory at once, over all senders. By default 96 MiB, or four of the largest submissions
    /// if that is more. Others get 503 and a time to come back.
    #[arg(long, value_name = "BYTES")]
    max_in_flight: Option<usize>,
    /// The most connections at once. When all are in use, the one that has been silent longest makes room. By default 1024, or
    /// fewer if the system's limit of open files has no room for as many.
    #[arg(long, value_name = "N")]
    max_connections: Option<NonZeroU16>,
    /// The time a connection has to send the head of a request, including silence before it, in seconds.
    #[arg(long, value_name = "SECONDS", default_value = "15")]
    head_timeout: NonZeroU16,
    /// The time in which 4 KiB of a body must arrive, and something of an answer must be taken, in seconds.
    #[arg(long, value_name = "SECONDS", default_value = "30")]
    stall_timeout: NonZeroU16,
    /// Another site that may send submissions from its own pages, as `https://host`. May be given more than once.
    #[arg(long, value_name = "URL")]
    allow_origin: Vec<String>,
    /// A web server of ours stands in front, and writes the sender's address last into X-Forwarded-For.
    #[arg(long)]
    behind_proxy: bool,
}

/// Serves until it is told to stop.
///
/// # Errors
/// Where a folder, the store or the address cannot be used.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let policy = security_policy(&arguments.dist)?;
    let origins = arguments.allow_origin.iter().map(|origin| allowed_origin(origin)).collect::<Result<Vec<_>, _>>()?;
    refuse_to_publish(&arguments.dist, &arguments.data)?;
    let notes = check_permissions(&arguments.data)?;
    let store = Store::open(&arguments.data).map_err(|error| Failure::unusable(arguments.data.display(), error))?;
    for note in notes {
        let _ = writeln!(io::stderr(), "putright: {note}");
    }
    let (bounds, at_once) = bounds(arguments);
    let budget = budget(arguments)?;
    let machine = |error: io::Error| Failure::unusable("this machine", error);
    let receiver = Arc::new(Receiver {
        writer: Writer::start(store, at_once).map_err(machine)?,
        validator: Validator::new()?,
        admission: Admission::new(arguments.rate, at_once, budget),
        max_body: arguments.max_body,
        limits: arguments.limits,
        behind_proxy: arguments.behind_proxy,
        cache: Cache::new(arguments.dist.clone()),
        origins,
        data: arguments.data.clone(),
        stalled: bounds.stalled,
        readiness: Readiness::default(),
    });
    let (running, ended) = answer::running();
    let router = receive::router(receiver.clone(), running).merge(site::router(&arguments.dist));
    let router = answer::with_headers(router.layer(middleware::from_fn(host::checked)), policy);
    let runtime =
        runtime::Builder::new_multi_thread().enable_all().max_blocking_threads(THREADS).build().map_err(machine)?;
    runtime.block_on(async {
        let address = SocketAddr::new(arguments.host, arguments.port);
        let listener = connections::listen(address).map_err(|error| Failure::unusable(address, error))?;
        let bound = listener.local_addr().map_err(|error| Failure::unusable(address, error))?;
        announce(bound);
        receiver.admission.forget_in_background();
        connections::serve(listener, router, bounds, told_to_stop()).await;
        // Those whose other side has gone may still be stored.
        let _ = time::timeout(ENDING, ended.wait()).await;
        Ok(())
    })
}

/// Returns the bounds of connections and the most submissions at once: at most half of the connections, so that pages always
/// find one.
fn bounds(arguments: &Arguments) -> (Bounds, usize) {
    let fit = connections::most_that_fit().unwrap_or(MOST_CONNECTIONS);
    let asked = arguments.max_connections.map(|most| usize::from(most.get()));
    let most = asked.unwrap_or(MOST_CONNECTIONS.min(fit));
    if most > fit {
        let _ = writeln!(
            io::stderr(),
            "putright: the limit of open files leaves room for {fit} connections; raise it (ulimit -n, LimitNOFILE=) to have {most}"
        );
    }
    let [head, stalled] = [arguments.head_timeout, arguments.stall_timeout].map(seconds);
    let at_once = usize::from(arguments.max_at_once.get()).min((most / 2).max(1));
    (Bounds { most, head, stalled, ending: LAST_ORDERS }, at_once)
}

fn seconds(given: NonZeroU16) -> Duration {
    Duration::from_secs(u64::from(given.get()))
}

/// Returns the budget of bytes.
fn budget(arguments: &Arguments) -> Result<Arc<Budget>, Failure> {
    let of_one = arguments.max_body.saturating_add(arguments.limits.together());
    let least = Budget::for_one(of_one);
    let most = arguments.max_in_flight.unwrap_or_else(|| IN_FLIGHT.max(least.saturating_mul(4)));
    if most < least {
        let why =
            format!("must be at least {least}: one submission may have as much, by --max-body and --max-files-total");
        return Err(Failure::unusable("--max-in-flight", why));
    }
    Ok(Budget::new(most, of_one))
}

/// Closes the store's files to other users of the machine. A copy made by hand may have been left open. Returns what to report.
fn check_permissions(data: &Path) -> Result<Vec<String>, Failure> {
    let mut notes = Vec::new();
    for name in store::FILES {
        let file = data.join(name);
        let Some(mode) = private::open_to_others(&file) else { continue };
        private::close_to_others(&file).map_err(|error| {
            let why = format!("other users of this machine may read it (mode {mode:03o}): chmod 600; {error}");
            Failure::unusable(file.display(), why)
        })?;
        notes.push(format!(
            "{}: other users of this machine could read it (mode {mode:03o}). Now its owner alone can (mode 600). \
             Look for copies of it, and make backups with `putright backup`",
            file.display()
        ));
    }
    if let Some(mode) = private::open_to_others(data) {
        let folder = data.display();
        notes.push(format!(
            "{folder}: other users of this machine can open this folder (mode {mode:03o}): chmod 700 {folder}"
        ));
    }
    Ok(notes)
}

/// A closed output is no reason not to serve.
fn announce(bound: SocketAddr) {
    let mut output = io::stdout().lock();
    let _ = writeln!(output, "Putright is at http://{bound}").and_then(|()| output.flush());
    if !bound.ip().is_loopback() {
        let _ = writeln!(
            io::stderr(),
            "putright: this address can be reached from other machines, and HTTP is not encrypted; \
             put a web server with TLS in front"
        );
    }
}

/// The policy that the build wrote, or the same one made here.
fn security_policy(dist: &Path) -> Result<HeaderValue, Failure> {
    let index = dist.join("index.html");
    let html = fs::read_to_string(&index)
        .map_err(|error| Failure::unusable(index.display(), format!("{error}; is the app built?")))?;
    let written = dist.join("headers.json");
    let policy = match fs::read_to_string(&written) {
        Ok(text) => serde_json::from_str::<Value>(&text)
            .ok()
            .and_then(|headers| headers.get("content_security_policy")?.as_str().map(str::to_owned))
            .ok_or_else(|| Failure::unusable(written.display(), "has no text content_security_policy"))?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            policy::content_security_policy(&html, &places_sent_to(&dist.join("councils")))
        }
        Err(error) => return Err(Failure::unusable(written.display(), error)),
    };
    HeaderValue::from_str(&policy).map_err(|error| Failure::unusable(written.display(), error))
}

/// The places that the councils' files send to.
fn places_sent_to(councils: &Path) -> Places {
    let entries = fs::read_dir(councils).into_iter().flatten().flatten();
    let texts = entries.filter_map(|entry| fs::read_to_string(entry.path()).ok());
    texts.fold(Places::default(), |places, text| places.and(Places::of_file(&text)))
}

fn allowed_origin(origin: &str) -> Result<HeaderValue, Failure> {
    policy::origin(origin)
        .filter(|found| found == origin)
        .and_then(|found| HeaderValue::from_str(&found).ok())
        .ok_or_else(|| Failure::unusable("--allow-origin", "give it as https://host, with nothing after the host"))
}

/// Submissions must not lie where files are served from. The folder may not be there yet; then its place counts.
fn refuse_to_publish(dist: &Path, data: &Path) -> Result<(), Failure> {
    let unusable = |error| Failure::unusable(data.display(), error);
    let served = dist.canonicalize().map_err(unusable)?;
    let place = path::absolute(data).map_err(unusable)?;
    if place.ancestors().find_map(|folder| folder.canonicalize().ok()).is_some_and(|real| real.starts_with(&served)) {
        return Err(Failure::unusable(data.display(), "lies inside the folder that is served to everyone"));
    }
    Ok(())
}

/// Waits until the person at the terminal, or the system, wants the program to end.
pub async fn told_to_stop() {
    let interrupted = signal::ctrl_c();
    #[cfg(unix)]
    if let Ok(mut terminated) = signal::unix::signal(signal::unix::SignalKind::terminate()) {
        tokio::select! { _ = interrupted => (), _ = terminated.recv() => () }
        return;
    }
    let _ = interrupted.await;
}
