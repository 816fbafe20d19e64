//! Reads a delivery: a preset, and what a council's file says differs from it.

use super::{
    Channel, Credentials, Csrf, DeliveryConfig, Encoding, Endpoint, ErrorShape, FIRST_PRESET, Fallback, FieldRule,
    InRequest, Method, Opens, PRESETS, ReferenceAt, SendBy, Source, Test, TokenAt,
    places::{only, pointer},
    success::read_success,
};
use crate::{
    data::{Object, Place, problem},
    delivery::file_rules::{FileRules, Proof},
    json::{self, Value},
    key_map::KeyMap,
};

const ENDPOINT_KEYS: [&str; 20] = [
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
    // For the page without JavaScript, which the command line makes: the app has no use for it.
    "plain_form",
];

impl DeliveryConfig {
    /// Reads a delivery: a preset and what differs. What is read can be carried out, and is safe.
    #[inline(never)]
    pub fn read(place: Place<'_>) -> Self {
        let merged = place.replaced(with_preset(place));
        let read = Self::read_whole(merged.root());
        place.take_over(&merged);
        read
    }

    fn read_whole(place: Place<'_>) -> Self {
        let object = place.object(&ENDPOINT_KEYS);
        let send = object.id_or("send", SendBy::Fetch);
        let endpoint = Endpoint::read(object, send);
        let mut files = object.get("files").and_then(FileRules::read).filter(|_| send == SendBy::Fetch);
        if let Some(rules) = &mut files
            && rules.proof == Proof::None
            && endpoint.success_body.iter().any(|test| matches!(test, Test::FilesSent(_)))
        {
            rules.proof = Proof::Success;
        }
        if let Some(rules) = &files
            && let Some(problem) = rules.do_not_fit(endpoint.encoding)
        {
            object.note("files", problem);
        }
        let fallbacks = object.each("fallbacks", Fallback::read);
        if fallbacks.is_empty() {
            let problem = "must name at least one other way, such as \"print\": no way of sending always works";
            object.note("fallbacks", problem);
        }
        Self { send, endpoint, files, fallbacks }
    }
}

/// A delivery's JSON, put into its preset.
fn with_preset(place: Place<'_>) -> Value {
    let Value::Object(own) = place.value() else { return Value::Null };
    let Ok(Value::Object(mut presets)) = json::parse(PRESETS) else { return Value::Null };
    let named = own.get("preset").map(|_| place.member("preset"));
    let name = named.map_or(FIRST_PRESET, Place::text);
    let Some(mut merged) = presets.remove(name) else {
        let known = || presets.iter().map(|(name, _)| name).collect::<Vec<_>>().join(", ");
        named.unwrap_or(place).note(&problem!["\"", name, "\" is not known; known: ", &known()]);
        return Value::Null;
    };
    let Value::Object(members) = &mut merged else { return Value::Null };
    for (key, own) in own.iter() {
        match (members.get_mut(key), own) {
            _ if key == "preset" => {}
            (Some(Value::Object(held)), Value::Object(entries)) if matches!(key, "headers" | "fields" | "files") => {
                for (name, entry) in entries.iter() {
                    put(held, name, entry);
                }
            }
            (_, own) => put(members, key, own),
        }
    }
    merged
}

/// Puts a member in, or takes it away by null.
fn put(members: &mut KeyMap<Value>, key: &str, value: &Value) {
    if value.is_null() {
        members.remove(key);
    } else {
        members.insert(key, value.clone());
    }
}

/// A text for each name.
fn texts_by_name(place: Place<'_>) -> Vec<(String, String)> {
    place.entries().into_iter().map(|(name, text)| (name.to_owned(), text.owned_text())).collect()
}

impl Endpoint {
    fn read(object: Object<'_>, send: SendBy) -> Self {
        let url = if send == SendBy::None { String::new() } else { address(object.need("url")) };
        let encoding = object.id_or("encoding", Encoding::Form);
        let mut fields = Vec::new();
        for (target, place) in object.get("fields").map(Place::entries).unwrap_or_default() {
            fields.push(FieldRule::read(target, place, encoding));
        }
        if fields.is_empty() && encoding != Encoding::Json && send != SendBy::None {
            let problem =
                "is missing: say what stands in each field, as in \"message\": { \"template\": \"{summary}\" }";
            object.note("fields", problem);
        }
        let csrf = object.get("csrf").map(Csrf::read);
        if encoding == Encoding::Json
            && matches!(&csrf, Some(Csrf { put: InRequest::Field(name), .. }) if !name.starts_with('/'))
        {
            object.note("csrf", "puts the token into a JSON body: give its field as a JSON pointer");
        }
        let idempotency = object.get("idempotency").map(|place| in_request(place, &["header", "field"]));
        let (retries, wait_seconds) = object.get("retry").map(read_retry).unwrap_or_default();
        if retries > 0 && idempotency.is_none() {
            let problem = "needs \"idempotency\": a backend that cannot know it again would have it twice";
            object.note("retry", problem);
        }
        let needs_success = send == SendBy::Fetch || object.get("success").is_some();
        let (success_status, success_body) =
            if needs_success { read_success(object.need("success")) } else { Default::default() };
        Self {
            url,
            method: object.get("method").map_or(Method::Post, read_method),
            encoding,
            headers: object.get("headers").map(texts_by_name).unwrap_or_default(),
            fields,
            needs: object.texts("needs"),
            credentials: object.id_or("credentials", Credentials::Omit),
            csrf,
            idempotency,
            timeout_seconds: object.get("timeout_seconds").map_or(30, |place| between(place, 1, 300)),
            retries,
            wait_seconds,
            success_status,
            success_body,
            reference: object.each("reference", ReferenceAt::read),
            errors: object.each("errors", ErrorShape::read),
            opens: object.id_or("opens", Opens::NewTab),
            skeleton: object.truth("skeleton"),
        }
    }
}

impl FieldRule {
    fn read(target: &str, place: Place<'_>, encoding: Encoding) -> Self {
        if (encoding == Encoding::Json) != target.starts_with('/') {
            place.note(if encoding == Encoding::Json {
                "is a field of a JSON body: name it by a JSON pointer, like /message"
            } else {
                "begins with /: a form's field has a name"
            });
        }
        let object = place.object(&["from", "value", "template", "max", "otherwise"]);
        let source = match (object.get("from"), object.get("value"), object.get("template")) {
            (Some(from), None, None) => Source::From(pointer(from)),
            (None, Some(value), None) => Source::Value(value.owned_text()),
            (None, None, Some(template)) => Source::Template(template.owned_text()),
            _ => {
                place.note("must have one of \"from\", \"value\" and \"template\"");
                Source::Value(String::new())
            }
        };
        Self {
            target: target.to_owned(),
            source,
            max: object.get("max").map(|place| between(place, 1, 1_000_000) as usize),
            otherwise: object.text_or_empty("otherwise"),
        }
    }
}

impl Csrf {
    fn read(place: Place<'_>) -> Self {
        let keys = ["url", "read", "header", "field"];
        let object = place.object(&keys);
        Self {
            url: address(object.need("url")),
            read: TokenAt::read(object.need("read")),
            put: in_request(place, &keys),
        }
    }
}

impl TokenAt {
    fn read(place: Place<'_>) -> Self {
        if place.is_text() {
            if place.text() == "text" {
                return Self::Text;
            }
        } else {
            match only(place) {
                ("json", inner) => return Self::Json(pointer(inner)),
                ("cookie", inner) => return Self::Cookie(inner.owned_text()),
                _ => {}
            }
        }
        place.note("must be \"text\", or { } around \"json\" or \"cookie\"");
        Self::Text
    }
}

impl ReferenceAt {
    fn read(place: Place<'_>) -> Self {
        if place.is_text() {
            Self::Json(pointer(place))
        } else {
            Self::Header(place.object(&["header"]).text("header"))
        }
    }
}

impl ErrorShape {
    fn read(place: Place<'_>) -> Self {
        let object = place.object(&["list", "at", "says", "map", "lines"]);
        let at = |key: &str| object.get(key).map(pointer).unwrap_or_default();
        if object.get("list").is_some() {
            return Self::List { list: at("list"), at: at("at"), says: at("says") };
        }
        match only(place) {
            ("map", _) => Self::Map(at("map")),
            ("says", _) => Self::Says(at("says")),
            ("lines", text) => Self::Lines(text.owned_text()),
            _ => {
                place.note("must be one of \"list\", \"map\", \"says\" and \"lines\"");
                Self::Says(String::new())
            }
        }
    }
}

impl Fallback {
    fn read(place: Place<'_>) -> Self {
        let mut read = Self { means: Channel::Print, address: String::new(), for_children: false, form: None };
        if place.is_text() {
            read.means = place.id();
            match read.means {
                Channel::Email => place.note("needs an address: { \"email\": { \"address\": \"…\" } }"),
                Channel::Form => place.note("needs an address: { \"form\": { \"url\": \"…\", \"fields\": { } } }"),
                _ => {}
            }
            return read;
        }
        match only(place) {
            ("email", inner) => {
                let object = inner.object(&["address", "for_children"]);
                let address = object.text("address");
                if !address.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"@.-_+".contains(&byte))
                    || !address.contains('@')
                {
                    object.note("address", "must be a plain email address");
                }
                read = Self { means: Channel::Email, address, for_children: object.truth("for_children"), form: None };
            }
            ("form", inner) => {
                let object = inner.object(&["url", "method", "encoding", "fields", "needs", "opens"]);
                read.means = Channel::Form;
                read.form = Some(Box::new(Endpoint::read(object, SendBy::Navigate)));
            }
            _ => place.note("must be { \"email\": … } or { \"form\": … }, or one of the other ways as text"),
        }
        read
    }
}

fn in_request(place: Place<'_>, keys: &[&str]) -> InRequest {
    let object = place.object(keys);
    match (object.get("header"), object.get("field")) {
        (Some(header), None) => InRequest::Header(header.owned_text()),
        (None, Some(field)) => InRequest::Field(field.owned_text()),
        _ => {
            place.note("must have one of \"header\" and \"field\"");
            InRequest::Field(String::new())
        }
    }
}

fn read_method(place: Place<'_>) -> Method {
    let method = place.id();
    if method == Method::Get {
        place.note("must be \"POST\" or \"PUT\": what a person wrote goes into no address");
    }
    method
}

fn read_retry(place: Place<'_>) -> (u32, u32) {
    let object = place.object(&["most", "wait_seconds"]);
    let wait = object.get("wait_seconds").map_or(1, |place| between(place, 0, 60));
    (between(object.need("most"), 0, 5), wait)
}

#[inline(never)]
fn between(place: Place<'_>, least: u32, most: u32) -> u32 {
    let number = place.number();
    if !(least..=most).contains(&number) {
        place.note(&problem!["must be from ", &least.to_string(), " to ", &most.to_string()]);
    }
    number
}

/// Reads an address and checks it. A person's words may cross the network only under encryption, or stay on the
/// machine.
#[inline(never)]
fn address(place: Place<'_>) -> String {
    let url = place.owned_text();
    let loopback = ["http://127.0.0.1", "http://localhost", "http://[::1]"].iter().any(|own| {
        url.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || rest.starts_with(':'))
    });
    let path = url.split(['?', '#']).next().unwrap_or_default();
    // What stands before an @ is no host.
    let loopback = loopback && !path.contains('@');
    // A browser reads a backslash as / and leaves white space out: two of either lead to another site.
    let plain = !url.contains(|character| character == '\\' || character <= ' ');
    let relative = !url.is_empty() && !path.contains(':') && !url.starts_with("//");
    if !plain || !(url.starts_with("https://") || loopback || relative) {
        place.note(
            "must begin with https:// or be a path on the council's own site, like api/submissions, with no space or \\ in it",
        );
    }
    url
}
