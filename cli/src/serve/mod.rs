//! The built-in server: the app's files, and the receiver that submissions go to where a council has nothing else.
//!
//! It is the embedded default and an example of a receiver, not a case-management system: it takes a submission, keeps it
//! safe, gives a reference and shows what it has. Nobody is told that something came, nothing is assigned, no date is kept
//! and nothing is ever deleted by it. A council that has such a system sends there instead.
//!
//! It speaks plain HTTP on the machine's own address. A host puts a web server with TLS in front, and says so with
//! `--behind-proxy`, so that the limit counts people and not the proxy.
//!
//! `site` serves the app, `receive` takes submissions, `parts` those that come with files, `form` those of the plain form, `validate` reads them, `files` and
//! `kind` look at what came with them, `store` keeps both, `problem` says no, `limit` slows down a flood, `answer` puts the
//! headers on and writes the log.

use std::{
    fs,
    io::{self, Write},
    net::{IpAddr, SocketAddr},
    num::NonZeroU32,
    path::{self, Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use axum::http::HeaderValue;
use clap::Args;
use serde_json::Value;
use tokio::{net::TcpListener, runtime, signal, time};

use self::{files::Limits, limit::Limit, receive::Receiver, store::Store, validate::Validator};
use crate::{
    Failure,
    policy::{self, Places},
};

mod answer;
pub mod files;
mod form;
pub mod kind;
mod limit;
mod parts;
pub mod private;
mod problem;
mod receive;
pub mod reference;
mod site;
pub mod store;
mod validate;

/// How long requests under way may take after the server is told to stop.
const LAST_ORDERS: Duration = Duration::from_secs(10);

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
    let store = Store::open(&arguments.data).map_err(|error| Failure::unusable(arguments.data.display(), error))?;
    let receiver = Arc::new(Receiver {
        store: Arc::new(store),
        validator: Validator::new()?,
        limit: Limit::per_minute(arguments.rate),
        max_body: arguments.max_body,
        limits: arguments.limits,
        behind_proxy: arguments.behind_proxy,
        dist: arguments.dist.clone(),
        origins,
    });
    let router = answer::with_headers(receive::router(receiver.clone()).merge(site::router(&arguments.dist)), policy);
    let runtime = runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::unusable("this machine", error))?;
    runtime.block_on(async {
        let address = SocketAddr::new(arguments.host, arguments.port);
        let listener = TcpListener::bind(address).await.map_err(|error| Failure::unusable(address, error))?;
        let bound = listener.local_addr().map_err(|error| Failure::unusable(address, error))?;
        announce(bound);
        receiver.limit.forget_in_background();
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let served = axum::serve(listener, service).with_graceful_shutdown(told_to_stop());
        tokio::select! {
            ended = served => ended.map_err(|error| Failure::unusable(bound, error)),
            () = async { told_to_stop().await; time::sleep(LAST_ORDERS).await } => Ok(()),
        }
    })
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
