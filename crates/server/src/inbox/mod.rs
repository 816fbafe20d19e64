//! The inbox: small pages under `/inbox` for officers, who read complaints there and take them into their own system.
//!
//! It is off, and each address of it is unknown, without a policy and a way to sign in: a header of a proxy (`trusted_header`) or OpenID
//! Connect (`oidc`). `guard` lets a request in: it finds the officer and the session, and of each form the token. `policy` says
//! which councils' complaints they read, `list`, `search` and `complaint` answer. Every look, download and change is in the audit trail before
//! anything is shown, and nothing is shown where that fails. The caller draws the pages: [`InboxPages`].

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    Router,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{any, get, post},
};
use tokio::{sync::Semaphore, task};

use crate::{
    ServerError, Website,
    objects::FileStorage,
    request_log::{self, Running},
    store::{Location, Store, StoreError, sessions::SessionLimits},
    writer::StoreWriter,
};

mod complaint;
mod guard;

mod list;
#[cfg(feature = "inbox-oidc")]
mod oidc;
mod options;
pub mod pages;
pub mod policy;
mod response;
mod search;
mod session;
mod trusted_header;

use guard::Officer;

pub use options::InboxOptions;
use pages::{Frame, InboxPages, NoticePage};
use policy::Policy;
use session::Sessions;
use trusted_header::TrustedHeader;

/// The connections that read from a store in a file, beside the one that writes.
const READERS: usize = 2;
/// The most requests that wait for a reader.
const MOST_WAITING: usize = 64;
/// The pages and files that are made at once.
const WORKERS: usize = 4;
/// The time for which the words of the pages are not read again.
const FRESH: Duration = Duration::from_secs(5);

/// The way to sign in.
enum SignIn {
    /// By a header of the proxy.
    Header(TrustedHeader),
    /// By a provider of OpenID Connect.
    #[cfg(feature = "inbox-oidc")]
    Oidc(Arc<oidc::Provider>),
}

/// The inbox.
pub struct Inbox {
    sign_in: SignIn,
    policy: Policy,
    sessions: Sessions,
    writer: Arc<StoreWriter>,
    storage: FileStorage,
    reader: Arc<StoreWriter>,
    site: Arc<dyn Website>,
    drawn: Mutex<Option<(Instant, Arc<dyn InboxPages>)>>,
    workers: Semaphore,
}

impl Inbox {
    /// Makes the inbox of the options; `None` if it is off.
    ///
    /// # Errors
    /// Returns an error if an option, a file that it names or the store cannot be used.
    pub fn new(
        options: &InboxOptions,
        site: &Arc<dyn Website>,
        writer: &Arc<StoreWriter>,
        location: &Location,
        storage: &FileStorage,
    ) -> Result<Option<Arc<Self>>, ServerError> {
        let Some(policy) = &options.inbox_policy else { return Ok(None) };
        let policy = Policy::read(policy, site.councils().as_deref())?;
        let sign_in = sign_in(options)?;
        // A site that was built before there was an inbox has no words for it.
        site.inbox_pages().map_err(ServerError::from)?;
        let seconds = |given: std::num::NonZeroU32| Duration::from_secs(u64::from(given.get()));
        let limits = SessionLimits { idle: seconds(options.inbox_idle), longest: seconds(options.inbox_longest) };
        let reader = match location.folder() {
            None => Arc::clone(writer),
            Some(_) => Arc::new(readers(location)?),
        };
        Ok(Some(Arc::new(Self {
            sign_in,
            policy,
            sessions: Sessions::new(writer, &reader, limits),
            writer: Arc::clone(writer),
            storage: storage.clone(),
            reader,
            site: Arc::clone(site),
            drawn: Mutex::default(),
            workers: Semaphore::new(WORKERS),
        })))
    }

    /// Runs work that reads from the store, without holding up the submissions that are written.
    async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut dyn Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.reader.run(work).await
    }

    /// Draws a page.
    async fn draw(
        &self,
        status: StatusCode,
        work: impl FnOnce(&dyn InboxPages) -> String + Send + 'static,
    ) -> Response {
        let Some(pages) = self.pages().await else {
            return response::plain(StatusCode::SERVICE_UNAVAILABLE, "The pages of the inbox cannot be read.\n");
        };
        let Ok(_worker) = self.workers.acquire().await else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
        match task::spawn_blocking(move || work(&*pages)).await {
            Ok(html) => response::page(status, html),
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }

    /// Draws a page that says one thing.
    async fn notice(&self, frame: &Frame, notice: NoticePage) -> Response {
        let frame = frame.clone();
        self.draw(response::status_of(notice), move |pages| pages.notice(&frame, notice)).await
    }

    /// Logs why the store cannot be used, and draws the page for it.
    async fn fault(&self, frame: &Frame, error: &StoreError) -> Response {
        tracing::error!("inbox: {error}");
        self.notice(frame, NoticePage::Fault).await
    }

    async fn pages(&self) -> Option<Arc<dyn InboxPages>> {
        let drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, pages)) = drawn.filter(|(read, _)| read.elapsed() < FRESH) {
            return Some(pages);
        }
        let site = Arc::clone(&self.site);
        let pages = task::spawn_blocking(move || site.inbox_pages()).await.ok()?;
        let pages = pages.map_err(|error| tracing::error!("inbox: {error}")).ok()?;
        *self.drawn.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), Arc::clone(&pages)));
        Some(pages)
    }
}

fn sign_in(options: &InboxOptions) -> Result<SignIn, ServerError> {
    if let Some(header) = TrustedHeader::read(options)? {
        return Ok(SignIn::Header(header));
    }
    let Some(file) = &options.inbox_oidc else {
        let why = "needs a way to sign in: add --inbox-user-header and --inbox-proxy, or --inbox-oidc";
        return Err(ServerError::new("--inbox-policy", why));
    };
    #[cfg(feature = "inbox-oidc")]
    return Ok(SignIn::Oidc(Arc::new(oidc::Provider::read(file)?)));
    #[cfg(not(feature = "inbox-oidc"))]
    Err(ServerError::new(
        format!("--inbox-oidc {}", file.display()),
        "this putright was built without OpenID Connect; build it with: cargo build --release --package putright-cli \
         --features inbox-oidc",
    ))
}

fn readers(location: &Location) -> Result<StoreWriter, ServerError> {
    let opened: Result<Vec<_>, _> = (0..READERS).map(|_| location.open_to_read()).collect();
    let opened = opened.map_err(|error| ServerError::new(location, error))?;
    StoreWriter::start(opened, MOST_WAITING).map_err(|error| ServerError::new("this machine", error))
}

/// Everything under `/inbox`, with its headers.
pub fn router(inbox: &Arc<Inbox>, running: Running, headers: &'static [(&'static str, &'static str)]) -> Router {
    let guarded = Router::new()
        .route("/inbox", get(list::list))
        .route("/inbox/", get(list::list))
        .route("/inbox/search", get(list::list).post(search::search))
        .route("/inbox/sign-out", post(guard::sign_out))
        .route("/inbox/{reference}", get(complaint::look))
        .route("/inbox/{reference}/taken", post(complaint::take_over))
        .route("/inbox/{reference}/export", post(complaint::export))
        .route("/inbox/{reference}/delete", get(complaint::ask).post(complaint::erase))
        .route("/inbox/{reference}/files/{place}", get(complaint::warn).post(complaint::download))
        .route("/inbox/{reference}/{part}", any(complaint::nothing))
        .route("/inbox/{reference}/{part}/{place}", any(complaint::nothing))
        .route("/inbox/{reference}/{part}/{place}/{*rest}", any(complaint::nothing))
        .layer(middleware::from_fn_with_state(Arc::clone(inbox), guard::guard));
    let router = guarded.route("/inbox/style.css", get(styles));
    #[cfg(feature = "inbox-oidc")]
    let router = if matches!(inbox.sign_in, SignIn::Oidc(_)) {
        router.route("/inbox/sign-in", get(guard::begin_sign_in)).route("/inbox/callback", get(guard::end_sign_in))
    } else {
        router
    };
    let router: Router = router.with_state(Arc::clone(inbox));
    let router = router.layer(middleware::from_fn_with_state(running, request_log::logged));
    response::with_headers(router, headers)
}

async fn styles(State(inbox): State<Arc<Inbox>>) -> Response {
    let Some(pages) = inbox.pages().await else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    ([(header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"))], pages.styles()).into_response()
}
