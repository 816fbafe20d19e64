//! Starts the receiver from its options, and ends it.

use std::{
    io::{self, Write},
    net::SocketAddr,
    num::NonZeroU16,
    path::{self, Path},
    sync::Arc,
    time::Duration,
};

use axum::{
    Router,
    http::{HeaderValue, Uri},
    middleware,
};
use tokio::{runtime, signal, time};
use tracing::{info, warn};

use crate::{
    Options, ServerError, Website,
    admission::Admission,
    budget::Budget,
    connections::{self, ConnectionBounds},
    file_permissions, host,
    inbox::{self, Inbox},
    log,
    metrics::Metrics,
    metrics_server,
    outbox::Notices,
    pages::Cache,
    readiness::Readiness,
    receiver::Receiver,
    request_log::{self, Running},
    response_headers, retention, static_files,
    store::{Location, Store, sqlite},
    submissions_api, unattached,
    validate::Validator,
    virus_scan,
    writer::StoreWriter,
};

/// The time that requests whose sender has left have after that.
const ENDING: Duration = Duration::from_secs(2);
/// The default number of connections.
const MOST_CONNECTIONS: usize = 1024;
/// The default budget of bytes.
const IN_FLIGHT: usize = 56 << 20;
/// The threads for files and for work that keeps a processor busy.
const THREADS: usize = 32;

/// Serves until it is told to stop.
///
/// # Errors
/// Returns an error if a folder, the store or the address cannot be used.
pub fn run(options: &Options, site: &Arc<dyn Website>) -> Result<(), ServerError> {
    log::start(options.log);
    let policy = policy(options, site)?;
    let origins = options.allow_origin.iter().map(|origin| allowed_origin(origin)).collect::<Result<Vec<_>, _>>()?;
    let notices = Notices::read(options.notify.as_deref())?;
    let storage = options.database.file_storage()?;
    let (location, stores) = open_store(options)?;
    let (bounds, at_once) = bounds(options);
    let budget = budget(options)?;
    let machine = |error: io::Error| ServerError::new("this machine", error);
    let writer = Arc::new(StoreWriter::start(stores, at_once).map_err(machine)?);
    let inbox = Inbox::new(&options.inbox, site, &writer, &location, &storage)?;
    let receiver = Arc::new(Receiver {
        writer,
        storage,
        validator: Validator::new(&site.submission_schema())?,
        admission: Admission::new(options.rate, at_once, budget),
        max_body: options.max_body,
        limits: options.limits,
        behind_proxy: options.behind_proxy,
        cache: Cache::new(Arc::clone(site)),
        origins,
        stalled: bounds.stalled,
        body_time: seconds(options.body_timeout),
        files_time: seconds(options.files_timeout),
        readiness: Readiness::default(),
        notices,
        shared_rate: options.database.is_shared().then_some(options.rate),
    });
    let metrics = Arc::<Metrics>::default();
    let (running, ended) = request_log::running(Arc::clone(&metrics), options.behind_proxy);
    let router = router(options, site, &receiver, inbox.as_ref(), policy, running);
    let runtime =
        runtime::Builder::new_multi_thread().enable_all().max_blocking_threads(THREADS).build().map_err(machine)?;
    runtime.block_on(async {
        let address = SocketAddr::new(options.host, options.port);
        let listener = connections::listen(address).map_err(|error| ServerError::new(address, error))?;
        let bound = listener.local_addr().map_err(|error| ServerError::new(address, error))?;
        announce(bound);
        if let Some(address) = options.metrics {
            let bound = metrics_server::serve(address, Arc::clone(&receiver), metrics).await;
            let bound = bound.map_err(|error| ServerError::new(address, error))?;
            info!("metrics are at http://{bound}/metrics");
        }
        receiver.forget_in_background();
        receiver.notices.deliver_in_background(&receiver.writer, &receiver.storage, options.clamd.is_some());
        unattached::delete_in_background(&receiver.storage, &receiver.writer);
        virus_scan::scan_in_background(options.clamd.as_ref(), &receiver);
        retention::erase_in_background(options.keep.clone(), &receiver.writer, &receiver.storage);
        connections::serve(listener, router, bounds, told_to_stop()).await;
        // Those whose other side has gone may still be stored.
        let _ = time::timeout(ENDING, ended.wait()).await;
        Ok(())
    })
}

/// Returns the policy of the site's pages.
fn policy(options: &Options, site: &Arc<dyn Website>) -> Result<HeaderValue, ServerError> {
    let policy = site.content_security_policy().map_err(ServerError::from)?;
    HeaderValue::from_str(&policy).map_err(|error| ServerError::new(options.dist.display(), error))
}

/// Returns everything that is served: the receiver, the site around it and the inbox, each with its headers.
fn router(
    options: &Options,
    site: &Arc<dyn Website>,
    receiver: &Arc<Receiver>,
    inbox: Option<&Arc<Inbox>>,
    policy: HeaderValue,
    running: Running,
) -> Router {
    let pages = inbox.map(|inbox| inbox::router(inbox, running.clone(), site.headers()));
    let router = submissions_api::router(Arc::clone(receiver), running)
        .merge(static_files::router(&options.dist, Arc::clone(site)));
    let checked = |router: Router| router.layer(middleware::from_fn(host::checked));
    let router = response_headers::with_headers(checked(router), policy, site.headers());
    pages.into_iter().map(checked).fold(router, Router::merge)
}

/// Opens the store, and returns the connections that may write to it. A folder is looked at first: nobody else may read it.
fn open_store(options: &Options) -> Result<(Location, Vec<Box<dyn Store>>), ServerError> {
    let location = options.database.location()?;
    let mut notes = Vec::new();
    if let Some(data) = location.folder() {
        refuse_to_publish(&options.dist, data)?;
        notes = check_permissions(data)?;
    }
    let stores = location.open().map_err(|error| ServerError::new(&location, error))?;
    for note in notes {
        warn!("{note}");
    }
    Ok((location, stores))
}

/// Returns the bounds of connections and the most submissions at once: at most half of the connections, so that pages always
/// find one.
fn bounds(options: &Options) -> (ConnectionBounds, usize) {
    let fit = connections::most_that_fit().unwrap_or(MOST_CONNECTIONS);
    let asked = options.max_connections.map(|most| usize::from(most.get()));
    let most = asked.unwrap_or(MOST_CONNECTIONS.min(fit));
    if most > fit {
        warn!(
            "the limit of open files leaves room for {fit} connections; raise it (ulimit -n, LimitNOFILE=) to have {most}"
        );
    }
    let [head, stalled] = [options.head_timeout, options.stall_timeout].map(seconds);
    let at_once = usize::from(options.max_at_once.get()).min((most / 2).max(1));
    (ConnectionBounds { most, head, stalled, ending: seconds(options.stop_timeout) }, at_once)
}

fn seconds(given: NonZeroU16) -> Duration {
    Duration::from_secs(u64::from(given.get()))
}

/// Returns the budget of bytes.
fn budget(options: &Options) -> Result<Arc<Budget>, ServerError> {
    let of_one = options.max_body.saturating_add(options.limits.together());
    let least = Budget::for_one(of_one);
    let most = options.max_in_flight.unwrap_or_else(|| IN_FLIGHT.max(least.saturating_mul(2)));
    if most < least {
        let why =
            format!("must be at least {least}: one submission may have as much, by --max-body and --max-files-total");
        return Err(ServerError::new("--max-in-flight", why));
    }
    Ok(Budget::new(most, of_one))
}

/// Closes the store's files to other users of the machine. A copy made by hand may have been left open. Returns what to report.
fn check_permissions(data: &Path) -> Result<Vec<String>, ServerError> {
    let mut notes = Vec::new();
    for name in sqlite::FILES {
        let file = data.join(name);
        let Some(mode) = file_permissions::open_to_others(&file) else { continue };
        file_permissions::close_to_others(&file).map_err(|error| {
            let why = format!("other users of this machine may read it (mode {mode:03o}): chmod 600; {error}");
            ServerError::new(file.display(), why)
        })?;
        notes.push(format!(
            "{}: other users of this machine could read it (mode {mode:03o}). Now its owner alone can (mode 600). \
             Look for copies of it, and make backups with `putright backup`",
            file.display()
        ));
    }
    if let Some(mode) = file_permissions::open_to_others(data) {
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
        warn!(
            "this address can be reached from other machines, and HTTP is not encrypted; \
             put a web server with TLS in front"
        );
    }
}

fn allowed_origin(origin: &str) -> Result<HeaderValue, ServerError> {
    is_origin(origin)
        .then(|| HeaderValue::from_str(origin).ok())
        .flatten()
        .ok_or_else(|| ServerError::new("--allow-origin", "give it as https://host, with nothing after the host"))
}

fn is_origin(text: &str) -> bool {
    let Ok(uri) = text.parse::<Uri>() else { return false };
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else { return false };
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']');
    matches!(scheme, "https" | "http")
        && authority.as_str().bytes().all(is_plain)
        && text == format!("{scheme}://{authority}")
}

/// Submissions must not lie where files are served from. The folder may not be there yet; then its place counts.
fn refuse_to_publish(dist: &Path, data: &Path) -> Result<(), ServerError> {
    let unusable = |error| ServerError::new(data.display(), error);
    let served = dist.canonicalize().map_err(unusable)?;
    let place = path::absolute(data).map_err(unusable)?;
    if place.ancestors().find_map(|folder| folder.canonicalize().ok()).is_some_and(|real| real.starts_with(&served)) {
        return Err(ServerError::new(data.display(), "lies inside the folder that is served to everyone"));
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
