//! A request as it arrived, whatever is in it.

use axum::{
    body::Body,
    extract::{FromRequest, Multipart, Request},
    http::{HeaderMap, Method, header},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use http_body_util::BodyExt;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

/// The most bytes of a body that are stored. The rest is read and dropped.
const MOST: usize = 64 << 20;
const COPY_NUMBER: usize = 32;

/// A request that carries something.
#[derive(Debug)]
pub struct Arrived {
    method: Method,
    path: String,
    headers: HeaderMap,
    /// The media type of the body, without parameters.
    pub media_type: String,
    /// How long the body was.
    pub length: usize,
    /// The content that could be read from the body.
    pub content: RequestContent,
    copy_number: Option<String>,
}

/// The content of a body. Two bodies with the same content are equal, even if their bytes differ.
#[derive(Debug, Default, PartialEq)]
pub struct RequestContent {
    /// A body that is JSON, or the part `submission` of a form.
    pub json: Option<Value>,
    /// The fields of a form, in order.
    pub fields: Option<Vec<(String, String)>>,
    /// The files with it: parts of a form, or base64 in `/files` of the JSON.
    pub files: Vec<UploadedFile>,
}

/// A file. What is in it is not kept.
#[derive(Debug, PartialEq, Eq)]
pub struct UploadedFile {
    /// The name of its part, or its place in the JSON.
    pub field: String,
    name: String,
    media_type: String,
    bytes: usize,
    sha256: String,
    /// True if its base64 could be read.
    pub readable: bool,
}

impl Arrived {
    /// Reads a request to its end.
    pub async fn read(request: Request) -> Self {
        let (parts, body) = request.into_parts();
        let (bytes, length) = bytes(body).await;
        let media_type = header_of(&parts.headers, "content-type").unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let (method, path, headers) = (parts.method.clone(), parts.uri.path().to_owned(), parts.headers.clone());
        let mut content = RequestContent::default();
        let mut copy_number = None;
        if length <= MOST {
            if media_type == "application/json" || media_type.ends_with("+json") {
                content.json = serde_json::from_slice(&bytes).ok();
                content.files = content.json.as_ref().map(files_within).unwrap_or_default();
                copy_number = copy_number_in(&String::from_utf8_lossy(&bytes));
            } else if media_type == "application/x-www-form-urlencoded" {
                content.fields = Some(form_urlencoded::parse(&bytes).into_owned().collect());
            } else if media_type == "multipart/form-data" {
                content = multipart(Request::from_parts(parts, Body::from(bytes))).await.unwrap_or_default();
            }
        }
        // Not in the whole body of a form: the boundary between its parts may look like a copy number.
        let in_fields = || content.fields.iter().flatten().find_map(|(_, value)| copy_number_in(value));
        let copy_number = copy_number.or_else(in_fields);
        Self { method, path, headers, media_type, length, content, copy_number }
    }

    /// A header, where it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        header_of(&self.headers, name)
    }

    /// The key under which it may come again.
    pub fn key(&self) -> Option<&str> {
        self.header("idempotency-key")
    }

    /// Returns whether the body was longer than this module stores.
    pub fn is_too_long(&self) -> bool {
        self.length > MOST
    }

    /// The body, where it is one JSON object.
    pub fn object(&self) -> Option<&Map<String, Value>> {
        self.content.json.as_ref()?.as_object()
    }

    /// A field of a form that has more than white space in it. An empty field is as good as none.
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut fields = self.content.fields.iter().flatten();
        fields.find(|(known, value)| known == name && !value.trim().is_empty()).map(|(_, value)| value.as_str())
    }

    /// All about it, for a test to look at.
    pub fn told(&self) -> Value {
        let mut headers = Map::new();
        for name in ["accept", "origin", "referer"] {
            headers.extend(self.header(name).map(|value| (name.to_owned(), value.into())));
        }
        headers.insert("cookie".to_owned(), self.headers.contains_key(header::COOKIE).into());
        let files: Vec<_> = self.content.files.iter().map(UploadedFile::told).collect();
        json!({
            "method": self.method.as_str(),
            "path": self.path,
            "key": self.key(),
            "id": self.copy_number,
            "content_type": self.media_type,
            "json": self.content.json,
            "fields": self.content.fields.as_deref().map(by_name),
            "files": files,
            "headers": headers,
        })
    }
}

impl UploadedFile {
    fn new(field: String, name: &str, media_type: &str, content: Option<&[u8]>) -> Self {
        let bytes = content.unwrap_or_default();
        let sha256 = format!("{:x}", Sha256::digest(bytes));
        let (name, media_type) = (name.to_owned(), media_type.to_owned());
        Self { field, name, media_type, bytes: bytes.len(), sha256, readable: content.is_some() }
    }

    fn told(&self) -> Value {
        json!({
            "field": self.field, "name": self.name, "media_type": self.media_type, "bytes": self.bytes, "sha256": self.sha256,
        })
    }
}

/// As much of the body as is kept, and how long it was. One that breaks off ends there.
async fn bytes(mut body: Body) -> (Vec<u8>, usize) {
    let mut bytes = Vec::new();
    let mut length = 0_usize;
    while let Some(Ok(frame)) = body.frame().await {
        let Ok(data) = frame.into_data() else { continue };
        length = length.saturating_add(data.len());
        if length <= MOST {
            bytes.extend_from_slice(&data);
        }
    }
    (bytes, length)
}

/// `None` where its parts cannot be told apart.
async fn multipart(request: Request) -> Option<RequestContent> {
    let mut parts = Multipart::from_request(request, &()).await.ok()?;
    let mut content = RequestContent::default();
    let mut fields = Vec::new();
    while let Some(part) = parts.next_field().await.ok()? {
        let field = part.name()?.to_owned();
        let file = part.file_name().map(|name| (name.to_owned(), part.content_type().unwrap_or_default().to_owned()));
        let bytes = part.bytes().await.ok()?;
        match file {
            // A `Blob` that a script puts into a form always has a name.
            Some((name, media_type)) if field != "submission" => {
                // A page's own form sends one without a name where no file was chosen.
                if !(name.is_empty() && bytes.is_empty()) {
                    content.files.push(UploadedFile::new(field, &name, &media_type, Some(&bytes)));
                }
            }
            _ => fields.push((field, String::from_utf8(bytes.into()).ok()?)),
        }
    }
    let submission = fields.iter().find(|(name, _)| name == "submission");
    content.json = submission.and_then(|(_, text)| serde_json::from_str(text).ok());
    content.fields = Some(fields);
    Some(content)
}

/// The files in the JSON: entries of `/files` that have content.
fn files_within(json: &Value) -> Vec<UploadedFile> {
    let files = json.pointer("/files").and_then(Value::as_array).into_iter().flatten();
    let with_content = files.enumerate().filter_map(|(place, file)| {
        let text = |name| file.get(name).and_then(Value::as_str);
        let content = STANDARD.decode(text("content")?).ok();
        let (name, media_type) = (text("name").unwrap_or_default(), text("media_type").unwrap_or_default());
        Some(UploadedFile::new(format!("/files/{place}"), name, media_type, content.as_deref()))
    });
    with_content.collect()
}

/// The first run of exactly 32 hexadecimal digits.
fn copy_number_in(text: &str) -> Option<String> {
    let mut runs = text.split(|character: char| !character.is_ascii_hexdigit());
    runs.find(|run| run.len() == COPY_NUMBER).map(str::to_owned)
}

/// An object; the values of a name that comes more than once are a list.
fn by_name(fields: &[(String, String)]) -> Value {
    let mut object = Map::new();
    for (name, value) in fields {
        match object.get_mut(name) {
            None => {
                object.insert(name.clone(), value.as_str().into());
            }
            Some(Value::Array(values)) => values.push(value.as_str().into()),
            Some(first) => *first = json!([first.take(), value]),
        }
    }
    object.into()
}

fn header_of<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
