//! A dry run for a council's web officer: what to ask of the endpoint that a council's file names, one request after the
//! other, and what the answers show.
//!
//! The page `check.html` performs what [`Trial::next`] asks for and hands back what came of it, until nothing is left to ask;
//! then [`findings`] says in plain words what worked and what must be changed, and on which side. The request is the app's own
//! ([`Request`]), and so is the judgement of the answer ([`evaluate_response`]): what passes here passes there.
//!
//! A browser tells a page nothing of an answer that it may not read, so where none came more is asked, each time with a `GET`
//! that carries nothing: whether the server can be reached at all, whether it lets this site read, whether it also takes the
//! headers. Nothing is ever sent that a browser would not let the page read an answer to.

pub mod diagnose;
pub mod finding;
mod messages;
pub mod probe;

pub use diagnose::{Finding, findings, headline};
pub use finding::{About, Side, Verdict};

use putright_domain::delivery::{
    attachments::Attachment,
    config::{Credentials, DeliveryConfig, Endpoint, InRequest, Method, SendBy},
    file_rules::{FileRules, FileType},
    request::{self, Body, Request, RequestContext},
    response::{Receipt, Response, evaluate_response},
};
use putright_domain::{
    id_enum::id_enum,
    submission::{
        format::SentFile,
        write::{self, Writer},
    },
};

id_enum! {
    /// The purpose of a request.
    Ask {
        /// The token that is fetched before sending.
        Token = "token",
        /// The test.
        Send = "send",
        /// The very same once more.
        Again = "again",
        /// Another test, with a file.
        Files = "files",
        /// One with nothing in it, because the officer asked for that.
        Empty = "empty",
        /// A form that opens the council's own page.
        Open = "open",
        /// A probe that shows whether anything answers at all. Its response cannot be read.
        Reach = "reach",
        /// A probe that shows whether the site may read a response.
        Read = "read",
        /// A probe that shows whether the site may read a response to the headers of the test.
        ReadWith = "read_with",
    }
}

/// A dry run, as far as it has come.
pub struct Trial {
    /// The council's id.
    pub council: String,
    /// The origin of the page, like `https://complaints.example.gov.uk`.
    pub page: String,
    /// True if the device is connected, as far as it knows.
    pub online: bool,
    /// The number of the test, and its idempotency key.
    pub id: String,
    /// The day, as `2026-12-17`.
    pub day: String,
    /// True to send an empty submission instead, to see how it is refused.
    pub empty: bool,
    /// The requests so far and their results, in order.
    pub done: Vec<Exchange>,
}

/// A request and its result.
pub struct Exchange {
    /// The purpose of the request.
    pub ask: Ask,
    /// The result.
    pub end: End,
}

/// The result of a request.
pub enum End {
    /// An answer.
    Answered(Heard),
    /// An answer that cannot be read, because it was asked for so.
    Opaque,
    /// Nothing that the browser tells of.
    Nothing,
    /// Nothing in time.
    Late,
    /// The page's own policy stopped it: the directive.
    Blocked(String),
    /// Another page was opened, and what it says cannot be read.
    Opened,
}

/// An answer, as far as the page may read it.
#[derive(Default)]
pub struct Heard {
    /// The HTTP status.
    pub status: u16,
    /// The address that responded after redirects. Empty if there was no redirect.
    pub redirected_to: String,
    /// The headers that the page may read, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, or as much of it as was read.
    pub body: String,
    /// The page's cookies afterwards.
    pub cookies: String,
    /// How long it took.
    pub milliseconds: u32,
    /// True if the body was longer than the part that was read.
    pub is_cut: bool,
}

impl Heard {
    fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// As the app has it.
    fn as_answer(&self, endpoint: &Endpoint) -> Response {
        Response {
            status: self.status,
            body: self.body.clone(),
            reference: self.header(endpoint.reference_header()).to_owned(),
            retry_after: self.header("retry-after").to_owned(),
        }
    }

    fn receipt(&self, endpoint: &Endpoint) -> Option<Receipt> {
        evaluate_response(endpoint, &self.as_answer(endpoint)).ok()
    }
}

/// Longest wait for an answer that nothing is read from, in seconds.
const PROBE_SECONDS: u32 = 15;
/// The most bytes of a test's file.
const MOST_OF_A_TEST: u32 = 10_000_000;

impl Trial {
    /// Returns the next request and its purpose. Returns `None` if nothing is left to ask.
    pub fn next(&self, config: &DeliveryConfig) -> Option<(Ask, Request)> {
        if config.send == SendBy::None || !self.online {
            return None;
        }
        let request = self.request(&config.endpoint);
        let Some(last) = self.done.last() else {
            if config.send == SendBy::Navigate {
                return Some((Ask::Open, request));
            }
            let token = request.for_token().map(|token| (Ask::Token, token));
            return Some(token.unwrap_or((self.first(), request)));
        };
        match (last.ask, &last.end) {
            (Ask::Token | Ask::Send | Ask::Empty, End::Nothing) => Some((Ask::Reach, self.probe(&request, false))),
            (Ask::Reach, End::Opaque | End::Answered(_)) if self.is_elsewhere(&request) => {
                Some((Ask::Read, self.probe(&request, false)))
            }
            (Ask::Read, End::Answered(_)) if !asked_first(&self.failed(&request)).is_empty() => {
                Some((Ask::ReadWith, self.probe(&request, true)))
            }
            (Ask::Token, End::Answered(_)) => {
                let token = self.token(&config.endpoint)?;
                let (ask, request) = self.following(config)?;
                Some((ask, request.with_token(&token)))
            }
            (Ask::Send | Ask::Again, End::Answered(heard)) => {
                heard.receipt(&config.endpoint)?;
                let (ask, request) = self.following(config)?;
                let token = request.for_token().map(|token| (Ask::Token, token));
                Some(token.unwrap_or((ask, request)))
            }
            _ => None,
        }
    }

    /// Returns the next request after those sent so far.
    fn following(&self, config: &DeliveryConfig) -> Option<(Ask, Request)> {
        let sent = |ask| self.done.iter().any(|exchange| exchange.ask == ask);
        let request = || self.request(&config.endpoint);
        if !sent(self.first()) {
            Some((self.first(), request()))
        } else if self.empty || sent(Ask::Files) {
            None
        } else if config.is_keyed() && !sent(Ask::Again) {
            Some((Ask::Again, request()))
        } else {
            let rules = config.files.as_ref()?;
            Some((Ask::Files, self.request_with_file(&config.endpoint, rules)))
        }
    }

    /// Another test with a file as large as the council lets people add: servers on the way drop what is too large for them,
    /// and some say nothing of it. The page makes the file, of as many bytes as its number.
    fn request_with_file(&self, endpoint: &Endpoint, rules: &FileRules) -> Request {
        let (name, media_type) = rules.types.iter().next().map_or(("test.txt", "text/plain"), |kind| match kind {
            FileType::Photo => ("test.jpg", "image/jpeg"),
            FileType::Pdf => ("test.pdf", "application/pdf"),
            FileType::Word => ("test.doc", "application/msword"),
            FileType::Text => ("test.txt", "text/plain"),
        });
        let bytes = rules.each_bytes.min(MOST_OF_A_TEST);
        let file = Attachment { id: bytes, name: name.to_owned(), media_type: media_type.to_owned(), bytes };
        // Another number: it is another submission.
        let id: String = self.id.chars().rev().collect();
        let other = Self {
            id,
            page: String::new(),
            council: self.council.clone(),
            day: self.day.clone(),
            done: Vec::new(),
            ..*self
        };
        let files = [file];
        let json = other.submission(&request::listed(&files, Some(rules), &other.id));
        let material =
            RequestContext { json: &json, summary: &other.summary(), id: &other.id, files: &files, rules: Some(rules) };
        Request::new(endpoint, material).0
    }

    fn first(&self) -> Ask {
        if self.empty { Ask::Empty } else { Ask::Send }
    }

    /// The request of the test, without a token: the app's own, made of a submission that says what it is.
    fn request(&self, endpoint: &Endpoint) -> Request {
        let json = if self.empty { String::from("{}") } else { self.submission(&[]) };
        let summary = if self.empty { String::new() } else { self.summary() };
        let material = RequestContext { json: &json, summary: &summary, id: &self.id, files: &[], rules: None };
        Request::new(endpoint, material).0
    }

    /// A submission that every receiver of the format takes, and nobody takes for a person's.
    fn submission(&self, files: &[SentFile]) -> String {
        let mut out = Writer(String::from("{"));
        out.text("schema", "putright/submission/1");
        out.text("id", &self.id);
        out.text("kind", "complaint");
        out.text("council", &self.council);
        out.text("language", "en");
        out.text("register", "adult");
        out.text("sent_on", &self.day);
        out.open("about", '{');
        out.text("who", "parent");
        list(&mut out, "topics", &["other_council_service"]);
        list(&mut out, "proceedings", &[]);
        out.open("when", '{');
        out.text("known", "not_known");
        out.close('}');
        out.close('}');
        // Something for somebody else to look at: no time limit of the law begins with it.
        out.open("guidance", '{');
        out.text("outcome", "signpost");
        out.open("parts", '{');
        out.close('}');
        for key in ["flags", "signposts", "deadlines"] {
            list(&mut out, key, &[]);
        }
        out.close('}');
        out.open("points", '[');
        out.0.push('{');
        out.text("what_happened", NOTE);
        out.close('}');
        out.close(']');
        for key in ["wishes", "help"] {
            out.open(key, '{');
            list(&mut out, "chosen", &[]);
            out.close('}');
        }
        out.open("contact", '{');
        out.text("name", NAME);
        list(&mut out, "methods", &["email", "telephone"]);
        out.text("email", EMAIL);
        out.text("telephone", TELEPHONE);
        out.close('}');
        out.open("other_answers", '{');
        out.close('}');
        if !files.is_empty() {
            out.open("files", '[');
            for one in files {
                write::file(&mut out, one);
            }
            out.close(']');
        }
        out.truth("agreed_to_sharing", true);
        out.close('}');
        out.0
    }

    fn summary(&self) -> String {
        [NOTE, "\n\nName: ", NAME, "\nCopy number: ", &self.id, "\nSent on: ", &self.day, "\n"].concat()
    }

    /// The token, from the last answer.
    fn token(&self, endpoint: &Endpoint) -> Option<String> {
        let Some(End::Answered(heard)) = self.done.last().map(|exchange| &exchange.end) else { return None };
        let csrf = endpoint.csrf.as_ref().filter(|_| (200..=299).contains(&heard.status))?;
        csrf.token(&heard.body, &heard.cookies)
    }

    /// The request that no answer came to.
    fn failed(&self, request: &Request) -> Request {
        let asked = self.done.iter().rev().find(|exchange| !is_probe(exchange.ask)).map(|exchange| exchange.ask);
        match request.for_token() {
            Some(token) if asked == Some(Ask::Token) => token,
            _ => request.clone(),
        }
    }

    /// Asks the address of what failed for nothing, with its headers or without.
    fn probe(&self, request: &Request, with_headers: bool) -> Request {
        let mut probe = self.failed(request);
        let token = match probe.csrf.take().map(|csrf| csrf.put) {
            Some(InRequest::Header(name)) => Some((name, String::from("test"))),
            _ => None,
        };
        if with_headers {
            probe.headers.extend(token);
        } else {
            probe.headers.clear();
        }
        probe.method = Method::Get;
        probe.body = Body::Text(String::new());
        probe.timeout_seconds = probe.timeout_seconds.min(PROBE_SECONDS);
        probe
    }

    /// Returns whether the request that failed went to another origin than the page's.
    fn is_elsewhere(&self, request: &Request) -> bool {
        self.other_origin(&self.failed(request).url).is_some()
    }

    /// The origin of an address, where it is not the page's.
    fn other_origin(&self, url: &str) -> Option<String> {
        origin(url).filter(|other| Some(other) != origin(&self.page).as_ref())
    }
}

/// Says in every field that is read by people what this is.
const NOTE: &str = "THIS IS A TEST, not a complaint. It was sent from the page check.html by somebody who looks after the \
                    council’s website, to see that complaints arrive. Nobody needs help. Please delete it.";
const NAME: &str = "TEST, not a person";
/// Kept for examples by RFC 2606: nobody has it.
const EMAIL: &str = "test@example.com";
/// Kept for drama by Ofcom: nobody has it.
const TELEPHONE: &str = "020 7946 0000";

fn list(out: &mut Writer, key: &str, items: &[&str]) {
    out.open(key, '[');
    for item in items {
        out.item(item);
    }
    out.close(']');
}

fn is_probe(ask: Ask) -> bool {
    matches!(ask, Ask::Reach | Ask::Read | Ask::ReadWith)
}

/// The origin of an absolute address, as browsers write it.
fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?.to_ascii_lowercase();
    let usual = if scheme == "https" { ":443" } else { ":80" };
    Some([scheme, "://", host.strip_suffix(usual).unwrap_or(&host)].concat())
}

fn is_loopback(origin: &str) -> bool {
    let host = origin.split_once("://").map(|(_, host)| host).unwrap_or_default();
    ["127.0.0.1", "localhost", "[::1]"]
        .iter()
        .any(|own| host.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with(':')))
}

/// The headers for which a browser asks another origin first, the token's among them: those that the Fetch standard does not
/// let pass (<https://fetch.spec.whatwg.org/#cors-safelisted-request-header>).
fn asked_first(request: &Request) -> Vec<String> {
    let plain = |name: &str, value: &str| {
        let kind = value.split(';').next().unwrap_or_default();
        ["accept", "accept-language", "content-language"].iter().any(|safe| name.eq_ignore_ascii_case(safe))
            || (name.eq_ignore_ascii_case("content-type")
                && ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"].contains(&kind))
    };
    let sent = request.headers.iter().filter(|(name, value)| !plain(name, value)).map(|(name, _)| name.clone());
    let token = match request.csrf.as_ref().map(|csrf| &csrf.put) {
        Some(InRequest::Header(name)) => Some(name.clone()),
        _ => None,
    };
    sent.chain(token).collect()
}

/// Returns whether a browser sends a preflight to another origin before this request.
fn has_preflight(request: &Request) -> bool {
    request.method == Method::Put || !asked_first(request).is_empty()
}

/// The headers that a server of another origin must answer with, as lines.
fn cors_headers(trial: &Trial, endpoint: &Endpoint, request: &Request) -> Vec<String> {
    let mut lines = vec![["Access-Control-Allow-Origin: ", &trial.page].concat()];
    if has_preflight(request) {
        lines.push(["Access-Control-Allow-Methods: ", request.method.id()].concat());
        let headers = asked_first(request);
        if !headers.is_empty() {
            lines.push(["Access-Control-Allow-Headers: ", &headers.join(", ")].concat());
        }
    }
    if request.credentials == Credentials::Include {
        lines.push(String::from("Access-Control-Allow-Credentials: true"));
    }
    lines.push(["Access-Control-Expose-Headers: ", &exposed(endpoint).join(", ")].concat());
    lines
}

/// The headers of an answer that the form reads, and a browser hides.
fn exposed(endpoint: &Endpoint) -> Vec<&str> {
    let reference = Some(endpoint.reference_header()).filter(|name| !name.is_empty());
    reference.into_iter().chain(["Retry-After"]).collect()
}
