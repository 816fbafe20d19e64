//! The course of a dry run: each request with its purpose, and what came of it.

use putright_domain::{
    date::Date,
    delivery::{
        attachments::Attachment,
        config::{DeliveryConfig, Endpoint, InRequest, Method, SendBy},
        file_rules::{FileRules, FileType},
        request::{self, Body, Request, RequestContext},
        response::{Receipt, Response, evaluate_response},
    },
    id_enum::id_enum,
};

use crate::{
    cors::{asked_first, origin},
    sample::TestSubmission,
};

id_enum! {
    /// The purpose of a request.
    Purpose {
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
    /// The day on the device.
    pub day: Date,
    /// True to send an empty submission instead, to see how it is refused.
    pub empty: bool,
    /// The requests so far and their results, in order.
    pub done: Vec<Exchange>,
}

/// A request and its result.
pub struct Exchange {
    /// The purpose of the request.
    pub ask: Purpose,
    /// The result.
    pub end: End,
}

/// The result of a request.
pub enum End {
    /// An answer.
    Answered(ReadableResponse),
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
pub struct ReadableResponse {
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

impl ReadableResponse {
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// As the app has it.
    pub(crate) fn as_answer(&self, endpoint: &Endpoint) -> Response {
        Response {
            status: self.status,
            body: self.body.clone(),
            reference: self.header(endpoint.reference_header()).to_owned(),
            retry_after: self.header("retry-after").to_owned(),
        }
    }

    /// The receipt for a test without files.
    pub(crate) fn receipt(&self, endpoint: &Endpoint) -> Option<Receipt> {
        evaluate_response(endpoint, &self.as_answer(endpoint), 0).ok()
    }
}

/// Longest wait for an answer that nothing is read from, in seconds.
const PROBE_SECONDS: u32 = 15;
/// The most bytes of a test's file.
const MOST_OF_A_TEST: u32 = 10_000_000;

impl Trial {
    /// Returns the next request and its purpose. Returns `None` if nothing is left to ask.
    pub fn next(&self, config: &DeliveryConfig) -> Option<(Purpose, Request)> {
        if config.send == SendBy::None || !self.online {
            return None;
        }
        let request = self.request(&config.endpoint);
        let Some(last) = self.done.last() else {
            if config.send == SendBy::Navigate {
                return Some((Purpose::Open, request));
            }
            let token = request.for_token().map(|token| (Purpose::Token, token));
            return Some(token.unwrap_or((self.first(), request)));
        };
        match (last.ask, &last.end) {
            (Purpose::Token | Purpose::Send | Purpose::Empty, End::Nothing) => {
                Some((Purpose::Reach, self.probe(&request, false)))
            }
            (Purpose::Reach, End::Opaque | End::Answered(_)) if self.is_elsewhere(&request) => {
                Some((Purpose::Read, self.probe(&request, false)))
            }
            (Purpose::Read, End::Answered(_)) if !asked_first(&self.failed(&request)).is_empty() => {
                Some((Purpose::ReadWith, self.probe(&request, true)))
            }
            (Purpose::Token, End::Answered(_)) => {
                let token = self.token(&config.endpoint)?;
                let (ask, request) = self.following(config)?;
                Some((ask, request.with_token(&token)))
            }
            (Purpose::Send | Purpose::Again, End::Answered(heard)) => {
                heard.receipt(&config.endpoint)?;
                let (ask, request) = self.following(config)?;
                let token = request.for_token().map(|token| (Purpose::Token, token));
                Some(token.unwrap_or((ask, request)))
            }
            _ => None,
        }
    }

    /// Returns the next request after those sent so far.
    fn following(&self, config: &DeliveryConfig) -> Option<(Purpose, Request)> {
        let sent = |ask| self.done.iter().any(|exchange| exchange.ask == ask);
        let request = || self.request(&config.endpoint);
        if !sent(self.first()) {
            Some((self.first(), request()))
        } else if self.empty || sent(Purpose::Files) {
            None
        } else if config.is_keyed() && !sent(Purpose::Again) {
            Some((Purpose::Again, request()))
        } else {
            let rules = config.files.as_ref()?;
            Some((Purpose::Files, self.request_with_file(&config.endpoint, rules)))
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
        let other = TestSubmission { id: &id, ..self.sample() };
        let files = [file];
        let json = other.submission(request::listed(&files, Some(rules), &id)).to_json();
        let material =
            RequestContext { json: &json, summary: &other.summary(), id: &id, files: &files, rules: Some(rules) };
        Request::new(endpoint, material).0
    }

    fn first(&self) -> Purpose {
        if self.empty { Purpose::Empty } else { Purpose::Send }
    }

    fn sample(&self) -> TestSubmission<'_> {
        TestSubmission { council: &self.council, id: &self.id, day: self.day }
    }

    /// The request of the test, without a token: the app's own, made of a submission that says what it is.
    pub(crate) fn request(&self, endpoint: &Endpoint) -> Request {
        let json = if self.empty { String::from("{}") } else { self.sample().submission(Vec::new()).to_json() };
        let summary = if self.empty { String::new() } else { self.sample().summary() };
        let material = RequestContext { json: &json, summary: &summary, id: &self.id, files: &[], rules: None };
        Request::new(endpoint, material).0
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
            Some(token) if asked == Some(Purpose::Token) => token,
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
    pub(crate) fn other_origin(&self, url: &str) -> Option<String> {
        origin(url).filter(|other| Some(other) != origin(&self.page).as_ref())
    }
}

/// Returns whether a request only finds out why another had no answer.
pub(crate) fn is_probe(ask: Purpose) -> bool {
    matches!(ask, Purpose::Reach | Purpose::Read | Purpose::ReadWith)
}
