//! The shapes of hostile requests: wide, deep, repeated, with long names and long texts.

use serde_json::{Value, json};

use crate::{
    forms::{Form, JPEG, Sent, listing, photo},
    support::sample,
};

/// As long as a body may be.
const MOST: usize = 1_048_576;

/// Something many times over, as long as a body may be and a bit less.
fn many(piece: impl Fn(usize) -> String, length: usize) -> String {
    let mut all = String::with_capacity(length);
    for number in 0.. {
        let piece = piece(number);
        if all.len() + piece.len() + 1 > length {
            return all;
        }
        if number > 0 {
            all.push(',');
        }
        all += &piece;
    }
    all
}

/// The sample, with the text of a value put in at a pointer.
fn with(pointer: &str, value: &str) -> Vec<u8> {
    let mut body = sample();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    body.pointer_mut(parent).unwrap()[name] = "HERE".into();
    body.to_string().replace("\"HERE\"", value).into_bytes()
}

/// Returns JSON bodies, none of which is a submission.
#[allow(clippy::too_many_lines, reason = "a list of shapes")]
pub fn jsons() -> Vec<(String, Vec<u8>)> {
    // What is left of a body for one value in the sample.
    let room = MOST - 4096;
    let mut all: Vec<(String, Vec<u8>)> = Vec::new();
    let mut add = |name: &str, body: Vec<u8>| all.push((name.to_owned(), body));
    for (name, length) in [("39 KB of", 39_000), ("1 MB of", room)] {
        let names = many(|number| format!("\"name{number}\":\"statutory\""), length);
        add(&format!("{name} unknown topics"), with("/guidance/parts", &format!("{{{names}}}")));
        let empty = many(|_| "{}".to_owned(), length);
        for list in ["/guidance/deadlines", "/points", "/children", "/files", "/about/topics", "/contact/methods"] {
            add(&format!("{name} empty objects in {list}"), with(list, &format!("[{empty}]")));
        }
    }
    let member = |value: &str| format!("{{\"clock\":\"statutory.s1.response\",\"from\":{value},\"due\":0,\"x\":0}}");
    add("deadlines that are all wrong", with("/guidance/deadlines", &format!("[{}]", many(|_| member("7"), room))));
    let strings = many(|_| "\"email\"".to_owned(), room);
    add("one entry many times", with("/contact/methods", &format!("[{strings}]")));
    add("many unknown entries", with("/about/topics", &format!("[{}]", many(|number| format!("\"{number}\""), room))));
    add("numbers in a list of texts", with("/about/topics", &format!("[{}]", many(|_| "1e5".to_owned(), room))));
    let long = "a".repeat(20_000);
    let badly_named = many(|number| format!("\"Not a name {number}\":[\"{long}\"]"), room);
    add("badly named answers", with("/other_answers", &format!("{{{badly_named}}}")));
    let answers = many(|number| format!("\"a{number}\":[\"{}\"]", "b".repeat(5)), room);
    add("answers to many questions", with("/other_answers", &format!("{{{answers}}}")));
    let values = many(|_| "7".to_owned(), 10_000);
    let answers = many(|number| format!("\"a{number}\":[{values}]"), room);
    add("answers that are all wrong", with("/other_answers", &format!("{{{answers}}}")));
    add("one answer many times", with("/other_answers", &format!("{{{}}}", many(|_| "\"a\":[]".to_owned(), room))));
    let twice =
        sample().to_string().replacen('{', &format!("{{{},", many(|_| "\"kind\":\"comment\"".to_owned(), room)), 1);
    add("one field many times", twice.into_bytes());
    let unknown = many(|number| format!("\"name{number}\":{{}}"), room);
    add("unknown fields", sample().to_string().replacen('{', &format!("{{{unknown},"), 1).into_bytes());
    let key = "k".repeat(room);
    add("a long name", sample().to_string().replacen('{', &format!("{{\"{key}\":1,"), 1).into_bytes());
    add("a long name in a map", with("/guidance/parts", &format!("{{\"{key}\":\"statutory\"}}")));
    add("a long escaped name", with("/other_answers", &format!("{{\"{}\":[]}}", "\\u0041".repeat(room / 6))));
    for pointer in [
        "/id",
        "/kind",
        "/council",
        "/sent_on",
        "/points/0/what_happened",
        "/contact/email",
        "/about/who",
        "/guidance/outcome",
        "/agreed_to_sharing",
        "/guidance",
        "/contact",
        "/about/when",
    ] {
        add(&format!("a long text at {pointer}"), with(pointer, &format!("\"{key}\"")));
        add(&format!("a long list at {pointer}"), with(pointer, &format!("[{}]", many(|_| "[]".to_owned(), room))));
    }
    let words = |text: &str, count: usize| {
        let point = format!("{{\"what_happened\":\"{}\"}}", text.repeat(count));
        with("/points", &format!("[{}]", many(|_| point.clone(), room)))
    };
    add("points of white space", words("\\u2003", 300));
    add("points of U+0000", words("\\u0000", 9000));
    add("points that are too long", words("😀", 12_000));
    let point = "{\"what_happened\":7,\"dates\":7,\"effect\":[],\"x\":{}}";
    add("points that are all wrong", with("/points", &format!("[{}]", many(|_| point.to_owned(), room))));
    add("a long number", with("/kind", &"9".repeat(room)));
    add("a long fraction", with("/kind", &format!("0.{}", "3".repeat(room))));
    let file = |content: &str| {
        json!({ "name": "a.txt", "media_type": "text/plain", "bytes": 3, "content": content }).to_string()
    };
    add("a long file that is not base64", with("/files", &format!("[{}]", file(&"!".repeat(room - 200)))));
    add("a long file of another length", with("/files", &format!("[{}]", file(&"QUFB".repeat((room - 200) / 4)))));
    for (name, open, close) in [("lists", "[", "]"), ("objects", "{\"a\":", "}")] {
        let depth = room / (open.len() + close.len()) - 1;
        let deep = format!("{}1{}", open.repeat(depth), close.repeat(depth));
        add(&format!("deep {name}"), deep.clone().into_bytes());
        add(&format!("deep {name} in a field"), with("/points", &deep));
        add(&format!("deep {name} in an unknown field"), with("/unknown", &deep));
        add(&format!("deep {name} that never end"), open.repeat(room / open.len()).into_bytes());
    }
    add("a long list", format!("[{}]", many(|_| "1".to_owned(), room)).into_bytes());
    add("a long text", format!("\"{key}\"").into_bytes());
    add("a long escaped text", format!("\"{}\"", "\\n".repeat(room / 2)).into_bytes());
    add("white space", vec![b' '; room]);
    add("bytes that are no text", vec![0xFF; room]);
    add("too much", vec![b' '; 4 * MOST]);
    add("everything wrong at once", wrong(sample()).to_string().into_bytes());
    all
}

/// A value in which every part is of another kind.
fn wrong(value: Value) -> Value {
    match value {
        Value::Object(members) if members.is_empty() => json!([]),
        Value::Object(members) => members.into_iter().map(|(name, member)| (name, wrong(member))).collect(),
        Value::Array(_) => json!({ "a": [], "b": {} }),
        Value::String(_) => json!(7),
        _ => json!("\u{0}"),
    }
}

type Multipart = (&'static str, &'static [u16], Vec<u8>);

/// Returns multipart bodies.
pub fn multiparts() -> Vec<Multipart> {
    let large = photo(10_000_000);
    let files: [Sent; 2] = [("a.jpg", JPEG, &large), ("b.jpg", JPEG, &large)];
    let mut list = listing(1, &files);
    list["council"] = "bromley".into();
    let largest = Form::of(&list, &files).end();
    let five = (0..5).fold(Form::default(), |form, _| form.file(("a", JPEG, &large[..6_000_000]))).end();
    let parts = (0..20_000).fold(Form::default(), |form, _| form.part("name=\"other\"", None, b"")).end();
    let files = (0..20_000).fold(Form::default(), |form, _| form.file(("a", JPEG, b"")));
    let head = Form::default().part(&format!("name=\"{}\"", "x".repeat(MOST)), None, b"").end();
    let nearly = b"\r\n------WebKitFormBoundary7MA4YWxkTrZu0gX".repeat(230_000);
    let nearly = Form::default().file(("a", JPEG, &nearly)).end();
    let lines = Form::default().file(("a", JPEG, &b"\r\n-".repeat(3_400_000))).end();
    vec![
        ("the largest that is taken", &[201], largest),
        ("too many large files", &[413], five),
        ("many parts", &[400], parts),
        ("many files", &[413], files.end()),
        ("a long head", &[400], head),
        ("what nearly ends a part", &[400], nearly),
        ("line ends", &[400], lines),
        ("what comes before the first part", &[400], vec![b'-'; 20 * MOST]),
        ("nothing", &[400], Vec::new()),
    ]
}

/// Returns URL-encoded forms.
pub fn forms_of() -> Vec<(&'static str, Vec<u8>)> {
    let room = MOST - 200;
    let start = "council=bromley&who=child&agreed=yes&";
    let field = |text: &str| format!("{start}what_happened={text}").into_bytes();
    let each = "x".repeat(room / 12);
    let names = ["what_happened", "when", "effect", "wants", "name", "email", "telephone", "post", "safety", "help"];
    let all: Vec<String> = names.iter().map(|name| format!("{name}={each}")).collect();
    vec![
        ("many fields", [start, &"a&".repeat(room / 2)].concat().into_bytes()),
        ("one field many times", [start, &"who=child&".repeat(room / 10 - 10)].concat().into_bytes()),
        ("99 unknown fields", [start, &"unknown=0123456789&".repeat(90)].concat().into_bytes()),
        ("a long field", field(&"x".repeat(room))),
        ("a long escaped field", field(&"%F0%9F%98%80".repeat(room / 12))),
        ("a field of markup", field(&"<".repeat(room))),
        ("a field of line ends", field(&"%0D%0A".repeat(room / 6))),
        ("long fields", format!("{start}{}", all.join("&")).into_bytes()),
        ("a long name", [start, &"x".repeat(room)].concat().into_bytes()),
        ("an unknown council", format!("council={}", "x".repeat(room)).into_bytes()),
        ("too much", vec![b'x'; 4 * MOST]),
        ("bytes that are no text", vec![0xFF; room]),
        ("nothing", Vec::new()),
    ]
}

type Head = (&'static str, &'static [u16], Vec<u8>);

/// Returns the heads of requests.
pub fn heads() -> Vec<Head> {
    let ask = |path: &str, more: &str| {
        format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{more}\r\n").into_bytes()
    };
    vec![
        ("a long path", &[404, 414, 431], ask(&format!("/{}", "a".repeat(30_000)), "")),
        ("a longer path", &[414, 431, 400], ask(&format!("/{}", "a".repeat(3_000_000)), "")),
        ("a deep path", &[404], ask(&"/a".repeat(10_000), "")),
        ("a version", &[404, 200], ask(&format!("/danger/en.json?v={}", "0".repeat(16)), "")),
        ("a long header", &[431], ask("/", &format!("X: {}\r\n", "a".repeat(3_000_000)))),
        ("many headers", &[431], ask("/", &"X: a\r\n".repeat(100_000))),
        ("many ranges", &[200], ask("/index.html", &format!("Range: bytes={}\r\n", many_ranges()))),
        ("two hosts", &[400], ask("/", "Host: y\r\n")),
    ]
}

fn many_ranges() -> String {
    vec!["0-1"; 5_000].join(",")
}
