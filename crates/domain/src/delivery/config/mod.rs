//! How a council's file says that submissions are sent: closed lists of what is possible, read by hand.
//!
//! A council names a preset, [`PRESETS`], and says what differs. Members of the council's own file take the place of the
//! preset's; `headers` and `fields` are taken entry by entry, and `null` takes one away. What is read can be carried out: a
//! success without a look at the body, or a retry without a key, is refused here.

mod parse;
mod places;
mod success;

use crate::{
    delivery::file_rules::{FileRules, SendFiles},
    id_enum::id_enum,
};

/// The presets, by name.
pub const PRESETS: &str = include_str!("../presets.json");
/// The preset of a file that names none: what the built-in receiver takes.
pub const FIRST_PRESET: &str = "putright";

id_enum! {
    /// The HTTP method.
    Method {
        Post = "POST", Put = "PUT",
        /// For what is fetched before.
        Get = "GET",
    }
}
id_enum! {
    /// The encoding of the submission in the request body.
    Encoding { Json = "json", Form = "form", Multipart = "multipart", Text = "text" }
}
id_enum! {
    /// The choice of sending the council's cookies with the request.
    Credentials { Omit = "omit", SameOrigin = "same-origin", Include = "include" }
}
id_enum! {
    /// How it is sent.
    SendBy {
        /// By the page itself, which reads the answer.
        Fetch = "fetch",
        /// By a form that opens the council's own page, which gives the answer.
        Navigate = "navigate",
        /// Not at all: by the other ways alone.
        None = "none",
    }
}
id_enum! {
    /// The window in which the council's own page opens.
    Opens {
        /// Beside this one, so that what was written stays.
        NewTab = "new_tab",
        /// In place of this one.
        SameTab = "same_tab",
    }
}
id_enum! {
    /// Another way to hand a submission over.
    Channel {
        Print = "print", DownloadHtml = "download_html", DownloadJson = "download_json", Copy = "copy",
        Email = "email", Telephone = "telephone", Post = "post",
        /// A real form, to the council's own page.
        Form = "form",
    }
}

/// How a council takes submissions.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct DeliveryConfig {
    /// How it is sent.
    pub send: SendBy,
    /// The endpoint and its settings. It has no use if nothing is sent.
    pub endpoint: Endpoint,
    /// The rules for the files that the council takes; `None` if it takes none.
    pub files: Option<FileRules>,
    /// The other ways, in the council's order.
    pub fallbacks: Vec<Fallback>,
}

/// A backend.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Endpoint {
    /// The address, absolute (`https://…`) or relative to the page.
    pub url: String,
    /// The method.
    pub method: Method,
    /// The encoding of the submission.
    pub encoding: Encoding,
    /// Headers besides the content's type.
    pub headers: Vec<(String, String)>,
    /// The fields of the request. An empty list sends the submission's JSON unchanged.
    pub fields: Vec<FieldRule>,
    /// The fields that the backend cannot do without.
    pub needs: Vec<String>,
    /// The choice of sending cookies with the request.
    pub credentials: Credentials,
    /// A token to fetch first.
    pub csrf: Option<Csrf>,
    /// How the backend knows one submission again, where it does.
    pub idempotency: Option<InRequest>,
    /// How long to wait for an answer, in seconds.
    pub timeout_seconds: u32,
    /// How often to try again by itself.
    pub retries: u32,
    /// How long to wait before the first of these, in seconds; each further wait is twice as long.
    pub wait_seconds: u32,
    /// The statuses of a success.
    pub success_status: Vec<u32>,
    /// The tests that the body of a success must also pass.
    pub success_body: Vec<Test>,
    /// The places of the reference, tried in turn.
    pub reference: Vec<ReferenceAt>,
    /// How it tells what is wrong, tried in turn.
    pub errors: Vec<ErrorShape>,
    /// The window in which the council's own page opens.
    pub opens: Opens,
    /// The flag for an HTML form with every field in the site. Some hosts look for such a form.
    pub skeleton: bool,
}

/// A field of what is sent, and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FieldRule {
    /// Its name; for JSON the place, as a JSON pointer.
    pub target: String,
    /// The source of the field's value.
    pub source: Source,
    /// Most characters.
    pub max: Option<usize>,
    /// The value when the person gave no answer. The field is left out if this is empty.
    pub otherwise: String,
}

/// The source of a field's value.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Source {
    /// A place in the submission, as a JSON pointer.
    From(String),
    /// Always the same.
    Value(String),
    /// A text, where `{summary}` stands for all questions and answers in words, `{json}` for the submission as JSON, and
    /// `{/a/pointer}` for a place in it.
    Template(String),
}

/// A place in a request.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum InRequest {
    /// A header.
    Header(String),
    /// A field.
    Field(String),
}

/// A token against forged requests, fetched before each try.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Csrf {
    /// The address that the token is fetched from.
    pub url: String,
    /// The place of the token in the response.
    pub read: TokenAt,
    /// The place of the token in the request.
    pub put: InRequest,
}

/// The place of a token in a response.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum TokenAt {
    /// It is the answer.
    Text,
    /// A place in the answer's JSON, as a JSON pointer.
    Json(String),
    /// A cookie that the answer sets, by name.
    Cookie(String),
}

/// A test that the body of a success must pass.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Test {
    /// Something that is neither null, false nor empty stands at a JSON pointer.
    Present(String),
    /// Nothing does.
    Absent(String),
    /// The number of files sent stands at a JSON pointer, or a list of as many. Nothing there is the number 0.
    FilesSent(String),
    /// It is this text, white space at its ends aside.
    TextIs(String),
    /// It contains this text.
    Contains(String),
    /// It is empty.
    Empty,
    /// One of these holds.
    Any(Vec<Test>),
}

/// The place of a reference in a response.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ReferenceAt {
    /// A JSON pointer.
    Json(String),
    /// A header.
    Header(String),
}

/// How a backend tells what is wrong.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ErrorShape {
    /// A list of objects.
    List {
        /// Its place.
        list: String,
        /// The place, in each, of the field's name or pointer; empty where it names none.
        at: String,
        /// The place, in each, of the words.
        says: String,
    },
    /// An object of field names, each with its words or a list of them.
    Map(String),
    /// The words for the whole.
    Says(String),
    /// Lines of text that begin with this.
    Lines(String),
}

/// Another way to hand a submission over, with what it needs.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Fallback {
    /// The channel.
    pub means: Channel,
    /// For [`Channel::Email`]: the address.
    pub address: String,
    /// For [`Channel::Email`]: offered to children too.
    pub for_children: bool,
    /// For [`Channel::Form`]: the council's own page.
    pub form: Option<Box<Endpoint>>,
}

impl DeliveryConfig {
    /// Returns whether the backend recognises a submission that it already has, by its idempotency key.
    pub fn is_keyed(&self) -> bool {
        self.send == SendBy::Fetch && self.endpoint.idempotency.is_some()
    }
}

impl FileRules {
    /// Why files cannot be sent so in this encoding; `None` where they can.
    pub fn do_not_fit(&self, encoding: Encoding) -> Option<&'static str> {
        match (&self.send, encoding) {
            (SendFiles::Multipart { part: Some(_), .. }, Encoding::Json)
            | (SendFiles::Multipart { part: None, .. }, Encoding::Multipart) => None,
            (SendFiles::Base64 { field }, Encoding::Json) if field.starts_with('/') => None,
            (SendFiles::Base64 { .. }, _) => {
                Some("are sent as base64: \"encoding\" must be \"json\", and \"field\" a JSON pointer")
            }
            _ => Some(
                "are sent as parts: with \"encoding\" \"json\" name the \"part\" that holds the JSON; else it must be \"multipart\"",
            ),
        }
    }
}

impl Endpoint {
    /// The header that the reference may stand in; empty where the rules name none.
    pub fn reference_header(&self) -> &str {
        let header = self.reference.iter().find_map(|place| match place {
            ReferenceAt::Header(name) => Some(name.as_str()),
            ReferenceAt::Json(_) => None,
        });
        header.unwrap_or_default()
    }
}
