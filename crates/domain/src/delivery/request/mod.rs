//! The request that a submission makes of a backend: method, headers and body, from the submission's JSON and a council's
//! rules. The app sends it, and the command line shows it; both get it here.

mod body;

use body::{json_body, pairs_body, set};
use serde::{Serialize, Serializer};

use crate::delivery::{
    attachments::Attachment,
    config::{Credentials, Csrf, Encoding, Endpoint, InRequest, Method, TokenAt},
    file_rules::{FileRules, SendFiles},
};
use crate::{data::at_pointer, json, submission::format::SentFile};

/// The data that a request is made from.
#[derive(Clone, Copy)]
pub struct RequestContext<'a> {
    /// The submission, as JSON.
    pub json: &'a str,
    /// All questions and answers, in words.
    pub summary: &'a str,
    /// The copy number, and the idempotency key.
    pub id: &'a str,
    /// The files that go with it.
    pub files: &'a [Attachment],
    /// How they are sent.
    pub rules: Option<&'a FileRules>,
}

/// A request, whole but for the content of files and for a token that is fetched before it.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The address.
    pub url: String,
    /// The method.
    pub method: Method,
    /// Headers by name, the content's type among them where the browser does not set it.
    pub headers: Vec<(String, String)>,
    /// The choice of sending cookies with the request.
    pub credentials: Credentials,
    /// A token to fetch first.
    pub csrf: Option<Csrf>,
    /// How long to wait for an answer, in seconds.
    pub timeout_seconds: u32,
    /// The header that the reference may stand in; empty for none.
    pub reference_header: String,
    /// The body.
    pub body: Body,
    /// The marks in a text body that the content of files replaces, each with the number of its file.
    pub marks: Vec<(String, u32)>,
}

impl std::fmt::Debug for Request {
    /// Never what a person wrote.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Request").field("method", &self.method).finish_non_exhaustive()
    }
}

/// A request's body.
#[derive(Clone, PartialEq, Eq)]
pub enum Body {
    /// Text. Where [`file_mark`] stands in it, the file's content in base64 takes its place.
    Text(String),
    /// Names and values, as `application/x-www-form-urlencoded`.
    Form(Vec<(String, String)>),
    /// Parts, as `multipart/form-data`.
    Parts(Vec<BodyPart>),
}

/// A part of a multipart body.
#[derive(Clone, PartialEq, Eq)]
pub enum BodyPart {
    /// A text.
    Text {
        /// Its name.
        name: String,
        /// The text.
        text: String,
        /// The flag for a part whose type is JSON.
        is_json: bool,
    },
    /// A file.
    File {
        /// Its name as a part.
        name: String,
        /// The file to send.
        file: Attachment,
    },
}

impl Serialize for BodyPart {
    /// Writes a row: the name and the text, and a type where it has one; of a file its number, type and name.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text { name, text, is_json: false } => [name.as_str(), text].serialize(serializer),
            Self::Text { name, text, is_json: true } => [name.as_str(), text, "application/json"].serialize(serializer),
            Self::File { name, file } => {
                [name.as_str(), &file.id.to_string(), &file.media_type, &file.name].serialize(serializer)
            }
        }
    }
}

/// A request as whatever carries it out reads it: one of text, form and parts is its body.
#[derive(Serialize)]
struct WrittenRequest<'a> {
    url: &'a str,
    method: Method,
    credentials: Credentials,
    milliseconds: u32,
    reference: &'a str,
    headers: &'a [(String, String)],
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    form: Option<&'a [(String, String)]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parts: Option<&'a [BodyPart]>,
    marks: &'a [(String, u32)],
}

impl Serialize for Request {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (text, form, parts) = match &self.body {
            Body::Text(text) => (Some(text.as_str()), None, None),
            Body::Form(pairs) => (None, Some(pairs.as_slice()), None),
            Body::Parts(parts) => (None, None, Some(parts.as_slice())),
        };
        let written = WrittenRequest {
            url: &self.url,
            method: self.method,
            credentials: self.credentials,
            milliseconds: self.timeout_seconds.saturating_mul(1000),
            reference: &self.reference_header,
            headers: &self.headers,
            text,
            form,
            parts,
            marks: &self.marks,
        };
        written.serialize(serializer)
    }
}

/// A field that holds less than the person wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truncation {
    /// The field.
    pub target: String,
    /// Most characters it holds.
    pub max: usize,
    /// How many there are.
    pub length: usize,
}

/// How long files may take on their way, besides: as long as a poor mobile connection takes.
fn seconds_to_upload(files: &[Attachment]) -> u32 {
    const BYTES_PER_SECOND: u32 = 16_000;
    files.iter().fold(0, |sum, file| file.bytes.saturating_add(sum)) / BYTES_PER_SECOND
}

impl Request {
    /// Makes the request, and says which fields hold less than the person wrote.
    pub fn new(endpoint: &Endpoint, material: RequestContext<'_>) -> (Self, Vec<Truncation>) {
        let mut cut = Vec::new();
        let mut headers = endpoint.headers.clone();
        let mut idempotency_field = None;
        match &endpoint.idempotency {
            Some(InRequest::Header(name)) => headers.push((name.clone(), material.id.to_owned())),
            Some(InRequest::Field(name)) => idempotency_field = Some(name.as_str()),
            None => {}
        }
        let body = if endpoint.encoding == Encoding::Json {
            json_body(endpoint, material, idempotency_field, &mut cut)
        } else {
            pairs_body(endpoint, material, idempotency_field, &mut cut)
        };
        if let Some(media_type) = match &body {
            Body::Text(_) if endpoint.encoding == Encoding::Text => Some("text/plain;charset=UTF-8"),
            Body::Text(_) => Some("application/json"),
            Body::Form(_) => Some("application/x-www-form-urlencoded;charset=UTF-8"),
            // The browser draws the line between the parts, and says so itself.
            Body::Parts(_) => None,
        } {
            headers.push(("Content-Type".to_owned(), media_type.to_owned()));
        }
        let request = Self {
            url: endpoint.url.clone(),
            method: endpoint.method,
            headers,
            credentials: endpoint.credentials,
            csrf: endpoint.csrf.clone(),
            timeout_seconds: endpoint.timeout_seconds.saturating_add(seconds_to_upload(material.files)),
            reference_header: endpoint.reference_header().to_owned(),
            marks: match material.rules {
                Some(FileRules { send: SendFiles::Base64 { .. }, .. }) => {
                    material.files.iter().map(|file| (file_mark(material.id, file.id), file.id)).collect()
                }
                _ => Vec::new(),
            },
            body,
        };
        (request, cut)
    }

    /// The request that fetches the token, where there is one to fetch.
    pub fn for_token(&self) -> Option<Self> {
        let csrf = self.csrf.as_ref()?;
        Some(Self {
            url: csrf.url.clone(),
            method: Method::Get,
            headers: vec![("Accept".to_owned(), "application/json, text/plain".to_owned())],
            csrf: None,
            reference_header: String::new(),
            body: Body::Text(String::new()),
            marks: Vec::new(),
            ..self.clone()
        })
    }

    /// Returns the request as JSON, for whatever carries it out.
    pub fn to_json(&self) -> String {
        json::to_json(self)
    }

    /// Puts the token in that was fetched.
    #[must_use]
    pub fn with_token(mut self, token: &str) -> Self {
        let Some(csrf) = self.csrf.take() else { return self };
        match (csrf.put, &mut self.body) {
            (InRequest::Header(name), _) => self.headers.push((name, token.to_owned())),
            (InRequest::Field(name), Body::Form(pairs)) => pairs.push((name, token.to_owned())),
            (InRequest::Field(name), Body::Parts(parts)) => {
                parts.insert(0, BodyPart::Text { name, text: token.to_owned(), is_json: false });
            }
            (InRequest::Field(name), Body::Text(text)) => {
                let mut value = json::parse(text).unwrap_or_default();
                set(&mut value, &name, token.into());
                *text = value.to_json();
            }
        }
        self
    }
}

impl Csrf {
    /// The token, from the answer to [`Request::for_token`] and the page's cookies.
    pub fn token(&self, body: &str, cookies: &str) -> Option<String> {
        let found = match &self.read {
            TokenAt::Text => body.trim().to_owned(),
            TokenAt::Json(pointer) => {
                let json = json::parse(body).ok()?;
                at_pointer(&json, pointer)?.as_str()?.to_owned()
            }
            TokenAt::Cookie(name) => {
                let mut pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
                unescaped(pairs.find(|(key, _)| key == name)?.1)
            }
        };
        // A page of HTML is no token, and a header holds one line.
        let plain = !found.is_empty() && found.len() < 4096 && found.bytes().all(|byte| byte.is_ascii_graphic());
        plain.then_some(found)
    }
}

/// A cookie's value without its percent signs.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        let digits = behind.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let byte = digits.filter(|_| *first == b'%').and_then(|two| u8::from_str_radix(two, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = behind.get(if byte.is_some() { 2.. } else { 0.. }).unwrap_or_default();
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// Stands in a JSON body for the content of a file. The number is the person's own, which nobody can have written.
pub fn file_mark(id: &str, file: u32) -> String {
    ["{", id, ":", &file.to_string(), "}"].concat()
}

/// Returns the submission's list of its files. Files that are sent in the JSON have a mark in place of their content.
pub fn listed(files: &[Attachment], rules: Option<&FileRules>, id: &str) -> Vec<SentFile> {
    let in_json = matches!(rules, Some(FileRules { send: SendFiles::Base64 { .. }, .. }));
    let of = |file: &Attachment| SentFile {
        name: file.name.clone(),
        media_type: file.media_type.clone(),
        bytes: file.bytes,
        content: in_json.then(|| file_mark(id, file.id)),
    };
    files.iter().map(of).collect()
}
