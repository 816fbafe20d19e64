//! How a council's file says that submissions are sent: closed lists of what is possible, read by hand.
//!
//! A council names a preset, [`PRESETS`], and says what differs. Members of the council's own file take the place of the
//! preset's; `headers` and `fields` are taken entry by entry, and `null` takes one away. What is read can be carried out: a
//! success without a look at the body, or a retry without a key, is refused here.

use serde_json::{Map, Value};

use super::files::FileRules;
use crate::domain::{
    data::{DataError, Object, Place},
    vocabulary::vocabulary,
};

/// The presets, by name.
pub const PRESETS: &str = include_str!("presets.json");
/// The preset of a file that names none: what the built-in receiver takes.
pub const FIRST_PRESET: &str = "putright";

vocabulary! {
    /// The HTTP method.
    Method {
        Post = "POST", Put = "PUT",
        /// For what is fetched before.
        Get = "GET",
    }
}
vocabulary! {
    /// What is made of the submission.
    Encoding { Json = "json", Form = "form", Multipart = "multipart", Text = "text" }
}
vocabulary! {
    /// Whether the council's cookies go with it.
    Credentials { Omit = "omit", SameOrigin = "same-origin", Include = "include" }
}
vocabulary! {
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
vocabulary! {
    /// Where the council's own page opens.
    Opens {
        /// Beside this one, so that what was written stays.
        NewTab = "new_tab",
        /// In place of this one.
        SameTab = "same_tab",
    }
}
vocabulary! {
    /// Another way to hand a submission over.
    Means {
        Print = "print", DownloadHtml = "download_html", DownloadJson = "download_json", Copy = "copy",
        Email = "email", Telephone = "telephone", Post = "post",
        /// A real form, to the council's own page.
        Form = "form",
    }
}

/// How a council takes submissions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryConfig {
    /// How it is sent.
    pub send: SendBy,
    /// Where, and all that belongs to it. Of no use where nothing is sent.
    pub endpoint: Endpoint,
    /// What files it takes.
    pub files: Option<FileRules>,
    /// The other ways, in the council's order.
    pub fallbacks: Vec<Fallback>,
}

/// A backend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The address, absolute (`https://…`) or relative to the page.
    pub url: String,
    /// The method.
    pub method: Method,
    /// What is made of the submission.
    pub encoding: Encoding,
    /// Headers besides the content's type.
    pub headers: Vec<(String, String)>,
    /// What stands where. Empty: the submission's JSON, as it is.
    pub fields: Vec<FieldRule>,
    /// The fields that the backend cannot do without.
    pub needs: Vec<String>,
    /// Whether cookies go with it.
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
    /// What its body must show besides.
    pub success_body: Vec<Test>,
    /// Where the reference stands, tried in turn.
    pub reference: Vec<ReferenceAt>,
    /// How it tells what is wrong, tried in turn.
    pub errors: Vec<ErrorShape>,
    /// Where the council's own page opens.
    pub opens: Opens,
    /// Whether the site must hold an HTML form with every field, for a host that looks for one.
    pub skeleton: bool,
}

/// A field of what is sent, and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldRule {
    /// Its name; for JSON the place, as a JSON pointer.
    pub target: String,
    /// Where its value comes from.
    pub source: Source,
    /// Most characters.
    pub max: Option<usize>,
    /// What stands there where the person said nothing. The field is left out where this is empty.
    pub otherwise: String,
}

/// Where a field's value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InRequest {
    /// A header.
    Header(String),
    /// A field.
    Field(String),
}

/// A token against forged requests, fetched before each try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Csrf {
    /// Where it is fetched.
    pub url: String,
    /// Where it stands in the answer.
    pub read: TokenAt,
    /// Where it goes.
    pub put: InRequest,
}

/// Where a token stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenAt {
    /// It is the answer.
    Text,
    /// A place in the answer's JSON, as a JSON pointer.
    Json(String),
    /// A cookie that the answer sets, by name.
    Cookie(String),
}

/// What the body of a success must show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// Something that is neither null, false nor empty stands at a JSON pointer.
    Present(String),
    /// Nothing does.
    Absent(String),
    /// It is this text, white space at its ends aside.
    TextIs(String),
    /// It contains this text.
    Contains(String),
    /// It is empty.
    Empty,
    /// One of these holds.
    Any(Vec<Test>),
}

/// Where a reference stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReferenceAt {
    /// A JSON pointer.
    Json(String),
    /// A header.
    Header(String),
}

/// How a backend tells what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fallback {
    /// Which.
    pub means: Means,
    /// For [`Means::Email`]: the address.
    pub address: String,
    /// For [`Means::Email`]: offered to children too.
    pub for_children: bool,
    /// For [`Means::Form`]: the council's own page.
    pub form: Option<Box<Endpoint>>,
}

const ENDPOINT_KEYS: [&str; 19] = [
    "url",
    "method",
    "encoding",
    "headers",
    "fields",
    "needs",
    "credentials",
    "csrf",
    "idempotency",
    "timeout_seconds",
    "retry",
    "success",
    "reference",
    "errors",
    "opens",
    "skeleton",
    "send",
    "files",
    "fallbacks",
];

impl DeliveryConfig {
    /// Reads a delivery: a preset and what differs.
    ///
    /// # Errors
    /// Where it is not of the shape, cannot be carried out, or is not safe.
    pub fn read(place: &Place<'_>) -> Result<Self, DataError> {
        let merged = with_preset(place)?;
        let place = place.standing(&merged);
        let object = place.object(&ENDPOINT_KEYS)?;
        let send: SendBy = object.get("send").map_or(Ok(SendBy::Fetch), |place| place.id())?;
        let endpoint = Endpoint::read(&object, send)?;
        let files = object.get("files").map_or(Ok(None), |place| FileRules::read(&place))?;
        let files = files.filter(|_| send == SendBy::Fetch);
        if let Some(rules) = &files
            && let Some(problem) = rules.do_not_fit(endpoint.encoding)
        {
            return Err(object.need("files")?.fault(problem));
        }
        let fallbacks = object.list("fallbacks")?.iter().map(Fallback::read).collect::<Result<Vec<_>, _>>()?;
        if fallbacks.is_empty() {
            let problem = "must name at least one other way, such as \"print\": no way of sending always works";
            return Err(object.fault("fallbacks", problem));
        }
        Ok(Self { send, endpoint, files, fallbacks })
    }

    /// Whether the backend takes a submission that it has already as the same one.
    pub fn is_keyed(&self) -> bool {
        self.send == SendBy::Fetch && self.endpoint.idempotency.is_some()
    }
}

/// A delivery's JSON, put into its preset.
fn with_preset(place: &Place<'_>) -> Result<Value, DataError> {
    let presets: Value = serde_json::from_str(PRESETS).unwrap_or_default();
    let named = place.member("preset").ok();
    let name = named.as_ref().map_or(Ok(FIRST_PRESET), Place::text)?;
    let Some(mut merged) = presets.get(name).and_then(Value::as_object).cloned() else {
        let known: Vec<&str> = presets.as_object().into_iter().flat_map(Map::keys).map(String::as_str).collect();
        let problem = ["\"", name, "\" is not known; known: ", &known.join(", ")].concat();
        return Err(named.as_ref().unwrap_or(place).fault(problem));
    };
    for (key, own) in place.entries()? {
        let own = own.value();
        match (merged.get_mut(key), own) {
            _ if key == "preset" => {}
            (Some(Value::Object(held)), Value::Object(entries)) if matches!(key, "headers" | "fields" | "files") => {
                for (name, entry) in entries {
                    put(held, name, entry);
                }
            }
            _ => put(&mut merged, key, own),
        }
    }
    Ok(Value::Object(merged))
}

/// Puts a member in, or takes it away by null.
fn put(members: &mut Map<String, Value>, key: &str, value: &Value) {
    if value.is_null() {
        members.remove(key);
    } else {
        members.insert(key.to_owned(), value.clone());
    }
}

/// A text for each name.
fn texts_by_name(place: &Place<'_>) -> Result<Vec<(String, String)>, DataError> {
    place.entries()?.iter().map(|(name, text)| Ok(((*name).to_owned(), text.owned_text()?))).collect()
}

impl Endpoint {
    fn read(object: &Object<'_>, send: SendBy) -> Result<Self, DataError> {
        let url = if send == SendBy::None { String::new() } else { address(&object.need("url")?)? };
        let encoding = object.get("encoding").map_or(Ok(Encoding::Form), |place| place.id())?;
        let read_fields = |place: Place<'_>| {
            let read = |(target, place): &(&str, Place<'_>)| FieldRule::read(target, place, encoding);
            place.entries()?.iter().map(read).collect::<Result<Vec<_>, _>>()
        };
        let fields = object.get("fields").map_or(Ok(Vec::new()), read_fields)?;
        if fields.is_empty() && encoding != Encoding::Json && send != SendBy::None {
            let problem =
                "is missing: say what stands in each field, as in \"message\": { \"template\": \"{summary}\" }";
            return Err(object.fault("fields", problem));
        }
        let csrf = object.get("csrf").map(|place| Csrf::read(&place)).transpose()?;
        if encoding == Encoding::Json
            && matches!(&csrf, Some(Csrf { put: InRequest::Field(name), .. }) if !name.starts_with('/'))
        {
            return Err(object
                .need("csrf")?
                .fault("puts the token into a JSON body: give its field as a JSON pointer"));
        }
        let idempotency =
            object.get("idempotency").map(|place| in_request(&place, &["header", "field"])).transpose()?;
        let (retries, wait_seconds) = object.get("retry").map_or(Ok((0, 0)), |place| read_retry(&place))?;
        if retries > 0 && idempotency.is_none() {
            let problem = "needs \"idempotency\": a backend that cannot know it again would have it twice";
            return Err(object.need("retry")?.fault(problem));
        }
        let timeout_seconds = object.get("timeout_seconds").map_or(Ok(30), |place| between(&place, 1, 300))?;
        let (success_status, success_body) = match object.get("success") {
            Some(place) => read_success(&place)?,
            None if send == SendBy::Fetch => read_success(&object.need("success")?)?,
            None => (Vec::new(), Vec::new()),
        };
        Ok(Self {
            url,
            method: read_method(object.get("method"))?,
            encoding,
            headers: object.get("headers").map_or(Ok(Vec::new()), |place| texts_by_name(&place))?,
            fields,
            needs: object.texts("needs")?,
            credentials: object.get("credentials").map_or(Ok(Credentials::Omit), |place| place.id())?,
            csrf,
            idempotency,
            timeout_seconds,
            retries,
            wait_seconds,
            success_status,
            success_body,
            reference: object.list("reference")?.iter().map(ReferenceAt::read).collect::<Result<_, _>>()?,
            errors: object.list("errors")?.iter().map(ErrorShape::read).collect::<Result<_, _>>()?,
            opens: object.get("opens").map_or(Ok(Opens::NewTab), |place| place.id())?,
            skeleton: object.truth("skeleton")?,
        })
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

impl FieldRule {
    fn read(target: &str, place: &Place<'_>, encoding: Encoding) -> Result<Self, DataError> {
        if (encoding == Encoding::Json) != target.starts_with('/') {
            return Err(place.fault(if encoding == Encoding::Json {
                "is a field of a JSON body: name it by a JSON pointer, like /message"
            } else {
                "begins with /: a form's field has a name"
            }));
        }
        let object = place.object(&["from", "value", "template", "max", "otherwise"])?;
        let source = match (object.get("from"), object.get("value"), object.get("template")) {
            (Some(from), None, None) => Source::From(pointer(&from)?),
            (None, Some(value), None) => Source::Value(value.owned_text()?),
            (None, None, Some(template)) => Source::Template(template.owned_text()?),
            _ => return Err(place.fault("must have one of \"from\", \"value\" and \"template\"")),
        };
        let max = object.get("max").map(|place| between(&place, 1, 1_000_000)).transpose()?;
        Ok(Self {
            target: target.to_owned(),
            source,
            max: max.map(|max| max as usize),
            otherwise: object.text_or_empty("otherwise")?,
        })
    }
}

impl Csrf {
    fn read(place: &Place<'_>) -> Result<Self, DataError> {
        let object = place.object(&["url", "read", "header", "field"])?;
        let read = object.need("read")?;
        let read = if read.is_text() {
            if read.text()? != "text" {
                return Err(read.fault("must be \"text\", or { } around \"json\" or \"cookie\""));
            }
            TokenAt::Text
        } else {
            match only(&read)? {
                ("json", inner) => TokenAt::Json(pointer(&inner)?),
                ("cookie", inner) => TokenAt::Cookie(inner.owned_text()?),
                _ => return Err(read.fault("must be \"text\", or { } around \"json\" or \"cookie\"")),
            }
        };
        Ok(Self {
            url: address(&object.need("url")?)?,
            read,
            put: in_request(place, &["url", "read", "header", "field"])?,
        })
    }
}

impl Test {
    fn read(place: &Place<'_>) -> Result<Self, DataError> {
        let object = place.object(&["json", "is", "text", "contains", "empty", "any"])?;
        if let Some(json) = object.get("json") {
            let is = object.need("is")?;
            return match is.text()? {
                "present" => Ok(Self::Present(pointer(&json)?)),
                "absent" => Ok(Self::Absent(pointer(&json)?)),
                _ => Err(is.fault("must be \"present\" or \"absent\"")),
            };
        }
        match only(place)? {
            ("text", text) => Ok(Self::TextIs(text.owned_text()?)),
            ("contains", text) if !text.text()?.is_empty() => Ok(Self::Contains(text.owned_text()?)),
            ("empty", truth) if truth.truth()? => Ok(Self::Empty),
            ("any", list) => Ok(Self::Any(list.list()?.iter().map(Self::read).collect::<Result<_, _>>()?)),
            _ => Err(place.fault("must be one of \"json\", \"text\", \"contains\", \"empty\": true, \"any\"")),
        }
    }
}

impl ReferenceAt {
    fn read(place: &Place<'_>) -> Result<Self, DataError> {
        if place.is_text() {
            return pointer(place).map(Self::Json);
        }
        Ok(Self::Header(place.object(&["header"])?.text("header")?))
    }
}

impl ErrorShape {
    fn read(place: &Place<'_>) -> Result<Self, DataError> {
        let object = place.object(&["list", "at", "says", "map", "lines"])?;
        let at = |key: &str| object.get(key).map_or(Ok(String::new()), |place| pointer(&place));
        if object.get("list").is_some() {
            return Ok(Self::List { list: at("list")?, at: at("at")?, says: at("says")? });
        }
        match only(place)? {
            ("map", _) => at("map").map(Self::Map),
            ("says", _) => at("says").map(Self::Says),
            ("lines", text) => text.owned_text().map(Self::Lines),
            _ => Err(place.fault("must be one of \"list\", \"map\", \"says\" and \"lines\"")),
        }
    }
}

impl Fallback {
    fn read(place: &Place<'_>) -> Result<Self, DataError> {
        let plain = |means| Self { means, address: String::new(), for_children: false, form: None };
        if place.is_text() {
            let means: Means = place.id()?;
            return match means {
                Means::Email => Err(place.fault("needs an address: { \"email\": { \"address\": \"…\" } }")),
                Means::Form => Err(place.fault("needs an address: { \"form\": { \"url\": \"…\", \"fields\": { } } }")),
                other => Ok(plain(other)),
            };
        }
        match only(place)? {
            ("email", inner) => {
                let object = inner.object(&["address", "for_children"])?;
                let address = object.need("address")?;
                let text = address.owned_text()?;
                if !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"@.-_+".contains(&byte))
                    || !text.contains('@')
                {
                    return Err(address.fault("must be a plain email address"));
                }
                Ok(Self { address: text, for_children: object.truth("for_children")?, ..plain(Means::Email) })
            }
            ("form", inner) => {
                let object = inner.object(&["url", "method", "encoding", "fields", "needs", "opens"])?;
                let form = Endpoint::read(&object, SendBy::Navigate)?;
                Ok(Self { form: Some(Box::new(form)), ..plain(Means::Form) })
            }
            _ => Err(place.fault("must be { \"email\": … } or { \"form\": … }, or one of the other ways as text")),
        }
    }
}

/// The one member of an object that has one.
fn only<'a>(place: &Place<'a>) -> Result<(&'a str, Place<'a>), DataError> {
    let mut entries = place.entries()?;
    match (entries.pop(), entries.pop()) {
        (Some(only), None) => Ok(only),
        _ => Err(place.fault("must have one member")),
    }
}

fn in_request(place: &Place<'_>, keys: &[&str]) -> Result<InRequest, DataError> {
    let object = place.object(keys)?;
    match (object.get("header"), object.get("field")) {
        (Some(header), None) => Ok(InRequest::Header(header.owned_text()?)),
        (None, Some(field)) => Ok(InRequest::Field(field.owned_text()?)),
        _ => Err(place.fault("must have one of \"header\" and \"field\"")),
    }
}

fn read_method(place: Option<Place<'_>>) -> Result<Method, DataError> {
    let Some(place) = place else { return Ok(Method::Post) };
    match place.id()? {
        Method::Get => Err(place.fault("must be \"POST\" or \"PUT\": what a person wrote goes into no address")),
        method => Ok(method),
    }
}

fn read_retry(place: &Place<'_>) -> Result<(u32, u32), DataError> {
    let object = place.object(&["most", "wait_seconds"])?;
    let wait = object.get("wait_seconds").map_or(Ok(1), |place| between(&place, 0, 60))?;
    Ok((between(&object.need("most")?, 0, 5)?, wait))
}

fn read_success(place: &Place<'_>) -> Result<(Vec<u32>, Vec<Test>), DataError> {
    let object = place.object(&["status", "body"])?;
    let status = object.need("status")?;
    let statuses = status.list()?.iter().map(Place::number).collect::<Result<Vec<_>, _>>()?;
    if statuses.is_empty() || statuses.iter().any(|status| !(200..300).contains(status)) {
        return Err(status.fault("must list statuses from 200 to 299"));
    }
    let tests = object.list("body")?.iter().map(Test::read).collect::<Result<Vec<_>, _>>()?;
    if tests.is_empty() {
        let problem = "must say what the body of a success shows, as in [{ \"json\": \"/reference\", \"is\": \
                       \"present\" }]: a status alone proves nothing";
        return Err(object.fault("body", problem));
    }
    Ok((statuses, tests))
}

fn between(place: &Place<'_>, least: u32, most: u32) -> Result<u32, DataError> {
    let number = place.number()?;
    if (least..=most).contains(&number) {
        return Ok(number);
    }
    Err(place.fault(["must be from ", &least.to_string(), " to ", &most.to_string()].concat()))
}

fn pointer(place: &Place<'_>) -> Result<String, DataError> {
    let text = place.owned_text()?;
    if text.is_empty() || text.starts_with('/') {
        return Ok(text);
    }
    Err(place.fault("must be a JSON pointer, like /reference"))
}

/// What a person wrote may cross the network only under encryption, or not leave the machine at all.
fn address(place: &Place<'_>) -> Result<String, DataError> {
    let url = place.owned_text()?;
    let loopback = ["http://127.0.0.1", "http://localhost", "http://[::1]"].iter().any(|own| {
        url.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || rest.starts_with(':'))
    });
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let relative = !url.is_empty() && !path.contains(':') && !url.starts_with("//");
    if url.starts_with("https://") || loopback || relative {
        return Ok(url);
    }
    Err(place.fault("must begin with https:// or be a path on the council's own site, like api/submissions"))
}
