//! Lets requests of officers in, and nobody else's.
//!
//! A request must name an officer, the officer must have a council by the policy, and a form must have the token of the session.
//! Everything under `/inbox` is behind it, except the styles and the two addresses of the sign-in.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use axum::{
    body::{self, Body},
    extract::{ConnectInfo, Extension, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header, request::Parts},
    middleware::Next,
    response::Response,
};
use tokio::time;

#[cfg(feature = "inbox-oidc")]
use super::oidc::TO_SIGN_IN;
use super::{
    Inbox, SignIn,
    pages::{Frame, NoticePage},
    policy::{OfficerIdentity, Rights},
    session::{OpenSession, is_same},
    trusted_header::Unknown,
};
#[cfg(feature = "inbox-oidc")]
use crate::store::sessions::Key;
use crate::store::{
    StoreError,
    audit::{Action, AuditEntry},
};

/// The most bytes of a form of the inbox, and the time for it.
const MOST_BYTES: usize = 16 << 10;
const PATIENCE: Duration = Duration::from_secs(15);
/// The name of the token in a form.
const TOKEN: &str = "csrf";

/// The officer of a request.
#[derive(Clone)]
pub struct Officer {
    /// The id.
    pub id: String,
    /// The rights.
    pub rights: Rights,
    /// The things around the page that answers.
    pub frame: Frame,
}

/// The fields of a form.
#[derive(Clone, Default)]
pub struct FormFields(Vec<(String, String)>);

impl FormFields {
    /// Returns the value of a field; empty where the form has none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

/// A request that is not let in.
enum NotAdmitted {
    /// A page says why.
    Notice(NoticePage),
    /// The store cannot be used.
    Store(StoreError),
}

impl From<StoreError> for NotAdmitted {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Lets a request in, or answers it.
pub async fn guard(
    State(inbox): State<Arc<Inbox>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    let mut frame = inbox.frame(&parts);
    let (found, cookie) = match inbox.admit(peer.ip(), &parts.headers).await {
        Ok(admitted) => admitted,
        Err(refused) => return inbox.refuse(&frame, refused).await,
    };
    frame.officer.clone_from(&found.officer.id);
    frame.csrf.clone_from(&found.csrf);
    let rights = inbox.policy.rights(&found.officer);
    // Nobody must stay signed in because no role names them.
    let response = if rights.is_empty() && parts.uri.path() != "/inbox/sign-out" {
        inbox.notice(&frame, NoticePage::NoCouncil).await
    } else {
        match inbox.read_form(&parts, body, &found).await {
            Err(refused) => inbox.refuse(&frame, refused).await,
            Ok(fields) => {
                let mut request = Request::from_parts(parts, Body::empty());
                request.extensions_mut().insert(fields);
                request.extensions_mut().insert(Officer { id: found.officer.id, rights, frame });
                next.run(request).await
            }
        }
    };
    with_cookie(response, cookie)
}

fn with_cookie(mut response: Response, cookie: Option<HeaderValue>) -> Response {
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Ends the session of the officer.
pub async fn sign_out(
    State(inbox): State<Arc<Inbox>>,
    Extension(officer): Extension<Officer>,
    headers: HeaderMap,
) -> Response {
    let cookie = match inbox.sessions.end(&headers).await {
        Ok(cookie) => cookie,
        Err(error) => return inbox.fault(&officer.frame, &error).await,
    };
    // As with their sign-in, nothing is recorded of people without a role.
    let recorded = if officer.rights.is_empty() { Ok(()) } else { inbox.record(&officer.id, Action::SignedOut).await };
    let frame = Frame { officer: String::new(), csrf: String::new(), ..officer.frame };
    let response = match recorded {
        Ok(()) => inbox.notice(&frame, NoticePage::SignedOut).await,
        Err(error) => inbox.fault(&frame, &error).await,
    };
    let mut response = with_cookie(response, Some(cookie));
    // Browsers may show a page again that they kept in memory for going back, `no-store` or not.
    response.headers_mut().insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));
    response
}

/// Sends the browser to the provider.
#[cfg(feature = "inbox-oidc")]
pub async fn begin_sign_in(State(inbox): State<Arc<Inbox>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let frame = inbox.frame(&parts);
    let SignIn::Oidc(provider) = &inbox.sign_in else { return inbox.notice(&frame, NoticePage::NotFound).await };
    let provider = Arc::clone(provider);
    let begun = inbox.work(move || provider.begin()).await;
    match begun {
        Ok((url, cookie)) => with_cookie(super::response::see_other(&url), Some(cookie)),
        Err(reason) => inbox.not_signed_in(&frame, &reason).await,
    }
}

/// Signs in the officer that the provider sends back.
#[cfg(feature = "inbox-oidc")]
pub async fn end_sign_in(State(inbox): State<Arc<Inbox>>, request: Request) -> Response {
    use super::oidc::{OidcCallback, expired};

    let (parts, _) = request.into_parts();
    let frame = inbox.frame(&parts);
    let SignIn::Oidc(provider) = &inbox.sign_in else { return inbox.notice(&frame, NoticePage::NotFound).await };
    let (provider, headers) = (Arc::clone(provider), parts.headers);
    let answer = OidcCallback::read(parts.uri.query().unwrap_or_default());
    let response = match inbox.signed_in(move || provider.end(&headers, answer)).await {
        Ok(officer) => match inbox.begin(officer).await {
            Ok((_, cookie)) => with_cookie(super::response::see_other("../inbox"), Some(cookie)),
            Err(refused) => inbox.refuse(&frame, refused).await,
        },
        Err(reason) => inbox.not_signed_in(&frame, &reason).await,
    };
    with_cookie(response, Some(expired()))
}

#[cfg(feature = "inbox-oidc")]
impl Inbox {
    /// Runs work that may block, a few at a time.
    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, String> + Send + 'static,
    ) -> Result<T, String> {
        let _worker = self.workers.acquire().await.map_err(|error| error.to_string())?;
        tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err("the work ended early".to_owned()))
    }

    /// Ends a sign-in by the provider, and uses it up for every receiver of the store.
    async fn signed_in(
        &self,
        end: impl FnOnce() -> Result<(OfficerIdentity, Key), String> + Send + 'static,
    ) -> Result<OfficerIdentity, String> {
        let (officer, key) = self.work(end).await?;
        let is_new = self.writer.run(move |store| store.use_sign_in(&key, TO_SIGN_IN * 2)).await;
        match is_new {
            Ok(true) => Ok(officer),
            Ok(false) => Err("the sign-in was used before".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }

    async fn not_signed_in(&self, frame: &Frame, reason: &str) -> Response {
        tracing::warn!("inbox: nobody was signed in: {reason}");
        self.notice(frame, NoticePage::NotSignedIn).await
    }
}

impl Inbox {
    /// Returns the things around a page at the address of a request.
    pub(super) fn frame(&self, parts: &Parts) -> Frame {
        let depth = parts.uri.path().matches('/').count().saturating_sub(1);
        let up = if depth == 0 { "./".to_owned() } else { "../".repeat(depth) };
        let signs_out = !matches!(self.sign_in, SignIn::Header(_));
        Frame { up, officer: String::new(), csrf: String::new(), signs_out }
    }

    /// Finds the officer of a request, and their session. Returns the cookie too where the session is new.
    async fn admit(
        &self,
        peer: IpAddr,
        headers: &HeaderMap,
    ) -> Result<(OpenSession, Option<HeaderValue>), NotAdmitted> {
        match &self.sign_in {
            SignIn::Header(header) => match header.officer(peer, headers) {
                Err(Unknown::Nobody) => Err(NotAdmitted::Notice(NoticePage::Nobody)),
                Err(Unknown::Forged) => {
                    tracing::warn!(
                        "inbox: refused a request with the header of the proxy that came from elsewhere, or twice; see \
                         --inbox-proxy"
                    );
                    Err(NotAdmitted::Notice(NoticePage::Refused))
                }
                Ok(officer) => match self.sessions.find(headers).await?.filter(|found| found.officer == officer) {
                    Some(found) => Ok((found, None)),
                    None => self.begin(officer).await.map(|(found, cookie)| (found, Some(cookie))),
                },
            },
            #[cfg(feature = "inbox-oidc")]
            SignIn::Oidc(_) => match self.sessions.find(headers).await? {
                Some(found) => Ok((found, None)),
                None => Err(NotAdmitted::Notice(NoticePage::SignIn)),
            },
        }
    }

    /// Begins a session, once it is in the audit trail.
    async fn begin(&self, officer: OfficerIdentity) -> Result<(OpenSession, HeaderValue), NotAdmitted> {
        if !self.policy.rights(&officer).is_empty() {
            self.record(&officer.id, Action::SignedIn).await?;
        }
        Ok(self.sessions.begin(officer).await?)
    }

    /// Records an action that is about no complaint.
    pub(super) async fn record(&self, officer: &str, action: Action) -> Result<(), StoreError> {
        let entry = AuditEntry { officer: officer.to_owned(), action, submission: None };
        self.writer.run(move |store| store.record(&entry)).await
    }

    /// Reads the form of a request that changes something, and checks its token.
    async fn read_form(&self, parts: &Parts, body: Body, found: &OpenSession) -> Result<FormFields, NotAdmitted> {
        if matches!(parts.method, Method::GET | Method::HEAD) {
            return Ok(FormFields::default());
        }
        let expired = || NotAdmitted::Notice(NoticePage::Expired);
        let site = parts.headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
        if site.is_some_and(|site| site != b"same-origin") {
            return Err(expired());
        }
        let read = time::timeout(PATIENCE, body::to_bytes(body, MOST_BYTES)).await;
        let bytes = read.map_err(|_| expired())?.map_err(|_| expired())?;
        let pairs = form_urlencoded::parse(&bytes).take(20);
        let fields = FormFields(pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect());
        if is_same(fields.get(TOKEN), &found.csrf) { Ok(fields) } else { Err(expired()) }
    }

    async fn refuse(&self, frame: &Frame, refused: NotAdmitted) -> Response {
        match refused {
            NotAdmitted::Notice(notice) => self.notice(frame, notice).await,
            NotAdmitted::Store(error) => self.fault(frame, &error).await,
        }
    }
}
