use proptest::prelude::*;
use serde_json::{Value, json};

use super::JsonText;

/// Each mistake as `line:column problem`.
fn told(bytes: &[u8]) -> Vec<String> {
    let faults = JsonText::read(bytes).diagnostics("file.json");
    let one = |fault: putright_domain::data::Diagnostic| {
        let position = fault.position.unwrap();
        format!("{}:{} {}", position.line, position.column, fault.problem)
    };
    faults.into_iter().map(one).collect()
}

/// Expects one mistake, at a place, with these words; and the value that is read all the same.
fn expect(text: &str, start: &str, words: &[&str], value: Option<&Value>) {
    let faults = told(text.as_bytes());
    let [only] = faults.as_slice() else { panic!("{text:?}: {faults:?}") };
    assert!(only.starts_with(start) && words.iter().all(|word| only.contains(word)), "{text:?}: {only}");
    assert_eq!(JsonText::read(text.as_bytes()).value(), value, "{text:?}");
}

#[test]
fn each_mistake_is_named_in_its_line_and_read_past() {
    let both = json!({ "a": "x", "b": "y" });
    for (text, start, words) in [
        ("{\n \"a\": \"x\"\n \"b\": \"y\"\n}", "2:10 ", "has no comma after this value; write ,"),
        ("{\n \"a\": \"x\",\n \"b\": \"y\",\n}", "3:10 ", "delete this comma"),
        ("{\n \"a\": \"x\",,\n \"b\": \"y\"\n}", "2:11 ", "delete this comma"),
        ("{\n \"a\": \"x,\n \"b\": \"y\"\n}", "2:7 ", "no quotation mark after x; write \"x\""),
        ("{\n \"a\": \"x\",\n \"b\": \"y\n}", "3:7 ", "no quotation mark after y; write \"y\""),
        ("{\n \"a\": x\",\n \"b\": \"y\"\n}", "2:7 ", "no quotation mark before x; write \"x\""),
        ("{\n \"a\": x,\n \"b\": \"y\"\n}", "2:7 ", "no quotation mark before x"),
        ("{\n \"a: \"x\",\n \"b\": \"y\"\n}", "2:2 ", "no quotation mark after a; write \"a\""),
        ("{\n a\": \"x\",\n \"b\": \"y\"\n}", "2:2 ", "no quotation mark before a; write \"a\""),
        ("{\n a: \"x\",\n \"b\": \"y\"\n}", "2:2 ", "no quotation mark before a; write \"a\""),
        ("{\n \"a\" \"x\",\n \"b\": \"y\"\n}", "2:5 ", "no colon after \"a\"; write \"a\":"),
        ("{\n \"a\" = \"x\",\n \"b\": \"y\"\n}", "2:5 ", "no colon after \"a\""),
        ("{\n // of us\n \"a\": \"x\",\n \"b\": \"y\"\n}", "2:2 ", "comment, and JSON has none; delete it"),
        ("{\n \"a\": \"x\", /* of\n us */ \"b\": \"y\"\n}", "2:12 ", "comment"),
        ("{\n \"a\": \"x\",\n # of us\n \"b\": \"y\"\n}", "3:2 ", "comment"),
        ("{\n \"a\":\u{a0}\"x\",\n \"b\": \"y\"\n}", "2:6 ", "non-breaking"),
        ("{\n \"a\": \"z\",\n \"b\": \"y\",\n \"a\": \"x\"\n}", "4:2 ", "\"a\" twice, first in line 2; keep one"),
    ] {
        expect(text, start, &[words], Some(&both));
        let windows = text.replace('\n', "\r\n");
        expect(&windows, start, &[words], Some(&both));
    }
    expect("{\"a\": True}", "1:7 ", &["write true"], Some(&json!({ "a": true })));
    expect("{\"a\": None}", "1:7 ", &["write null"], Some(&json!({ "a": null })));
    expect("{\"a\": }", "1:6 ", &["no value for \"a\""], Some(&json!({ "a": null })));
    expect("{\"a\": 01234}", "1:7 ", &["\"01234\""], Some(&json!({ "a": "01234" })));
    expect("{\"a\": 020 7946\"}", "1:7 ", &["write \"020 7946\""], Some(&json!({ "a": "020 7946" })));
    expect("{\"a\": #1d4f91}", "1:7 ", &["write \"#1d4f91\""], Some(&json!({ "a": "#1d4f91" })));
    expect("{\"a\": \"b\tc\"}", "1:9 ", &["tab"], Some(&json!({ "a": "b\tc" })));
    expect("{\"a\": \"b\nc\"\n}", "1:9 ", &["new line within text"], Some(&json!({ "a": "b\nc" })));
    expect("{\"a\": \"C:\\new\\dir\"}", "1:14 ", &["\\d", "write \\\\"], Some(&json!({ "a": "C:\new\\dir" })));
    expect("{\"a\": [1, 2}", "1:12 ", &["no ] for the [ of line 1; write ] here"], Some(&json!({ "a": [1, 2] })));
    let both = json!({ "a": [1, "x"], "b": 2 });
    expect("{\"a\": [1, \"x\",\n \"b\": 2}", "1:14 ", &["no ] for the [ of line 1"], Some(&both));
    expect("{\"a\": {\n\"b\": 1\n", "2:7 ", &["no } for the { of line 1; write } here"], None);
    expect("{\"a\": ", "1:6 ", &["ends before it is complete"], None);
    expect("{\"a\": 1}}", "1:9 ", &["more text after the end"], Some(&json!({ "a": 1 })));
    expect("{\"a\": 1 ; \"b\": 2}", "1:9 ", &["has ;"], None);
    let said = Some(json!({ "a": "He said \"no\" to us" }));
    let faults = told(b"{\"a\": \"He said \"no\" to us\"\n}");
    assert!(faults.iter().all(|fault| fault.contains("write \\\" there")) && faults.len() == 2, "{faults:?}");
    assert_eq!(JsonText::read(b"{\"a\": \"He said \"no\" to us\"\n}").value(), said.as_ref());
}

#[test]
fn curly_and_single_marks_are_reported_once_each() {
    for text in ["{“a”: “x”, “b”: “it’s”}", "{“a\": \"x”,\n\"b\": \"it’s”\n}", "{„a“: ”x”, «b»: “it’s”}"]
    {
        let faults = told(text.as_bytes());
        assert!(
            faults.len() == 1 && faults[0].contains("curly") && faults[0].contains("more in this file"),
            "{faults:?}"
        );
        let read = JsonText::read(text.as_bytes());
        assert_eq!(read.value(), Some(&json!({ "a": "x", "b": "it’s" })), "{text}");
    }
    let faults = told(b"{'a': 'x'}");
    assert!(faults.len() == 1 && faults[0].starts_with("1:2 has a single quotation mark"), "{faults:?}");
}

#[test]
fn an_encoding_or_another_format_is_named() {
    let json = "{\"a\":\n \"it’s\"}";
    let utf_16 = |bytes: fn(u16) -> [u8; 2]| json.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let (little, big) = (utf_16(u16::to_le_bytes), utf_16(u16::to_be_bytes));
    for bytes in [[b"\xff\xfe".as_slice(), &little].concat(), [b"\xfe\xff".as_slice(), &big].concat(), little, big] {
        let faults = told(&bytes);
        assert!(faults.len() == 1 && faults[0].starts_with("1:1 is saved as UTF-16"), "{faults:?}");
        assert_eq!(JsonText::read(&bytes).value(), Some(&json!({ "a": "it’s" })));
    }
    let faults = told(&[b"\xef\xbb\xbf".as_slice(), json.as_bytes()].concat());
    assert!(faults.len() == 1 && faults[0].contains("byte order mark"), "{faults:?}");
    let ansi = b"{\"a\":\n \"it\x92s\"}";
    assert!(
        told(ansi).len() == 1 && told(ansi)[0].starts_with("2:5 has a letter that is not UTF-8"),
        "{:?}",
        told(ansi)
    );
    assert_eq!(JsonText::read(ansi).value(), Some(&json!({ "a": "it’s" })));
    for (bytes, word) in [
        ("", "is empty"),
        (" \r\n\t", "is empty"),
        ("\u{feff}", "is empty"),
        ("PK\u{3}\u{4}…", "a Word or zip file"),
        ("%PDF-1.4", "a PDF"),
        ("{\\rtf1", "a file of a word processor"),
        ("\n<!doctype html>", "a web page"),
    ] {
        let faults = told(bytes.as_bytes());
        assert!(
            faults[0].contains(word) && JsonText::read(bytes.as_bytes()).value().is_none(),
            "{bytes:?}: {faults:?}"
        );
    }
    let long = [b"[".to_vec(), vec![b' '; super::MOST_BYTES], b"]".to_vec()].concat();
    assert!(told(&long)[0].contains("longer than 4 MB"));
    let deep = "[".repeat(200_000);
    assert!(told(deep.as_bytes())[0].contains("nested more than 100 deep"));
}

#[test]
fn several_mistakes_of_a_file_are_told_at_once() {
    let faults = told("{\n “a”: 1\n \"b\": [1, 2,],\n \"c\": \"d,\n // e\n \"f\": 1,\n}".as_bytes());
    let lines: Vec<&str> = faults.iter().filter_map(|fault| fault.split(' ').next()).collect();
    assert_eq!(lines, ["2:2", "2:8", "3:12", "4:7", "5:2", "6:8"], "{faults:?}");
}

#[test]
fn a_pointer_has_the_place_of_its_name_or_of_the_part_that_lacks_it() {
    let read = JsonText::read("{\n \"é\": 1, \"a/b\": [\n  {\"c\": 1}, 2]\n}".as_bytes());
    let place = |pointer: &str| read.position(pointer).map(|place| (place.line, place.column));
    assert_eq!(place(""), Some((1, 1)));
    assert_eq!(place("/a~1b"), Some((2, 10)));
    assert_eq!(place("/a~1b/0/c"), Some((3, 4)));
    assert_eq!(place("/a~1b/0/d/e"), Some((3, 3)));
    assert_eq!(place("/missing"), Some((1, 1)));
}

proptest! {
    #[test]
    fn any_json_is_read_as_a_library_reads_it(text in r#"[\[\]{}:,"\\ua0-9.eE+ \-trfnls“'#/]{0,24}"#) {
        let read = JsonText::read(text.as_bytes());
        let faults = read.diagnostics("");
        match serde_json::from_str::<Value>(&text) {
            Ok(value) if !faults.iter().any(|fault| fault.problem.contains("twice")) => {
                prop_assert_eq!(read.value(), Some(&value), "{:?}: {:?}", text, faults);
                prop_assert!(faults.is_empty(), "{:?}: {:?}", text, faults);
            }
            Ok(_) => {}
            Err(_) => prop_assert!(!faults.is_empty(), "{:?}", text),
        }
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let read = JsonText::read(&bytes);
        prop_assert!(serde_json::from_slice::<Value>(&bytes).is_ok() || !read.diagnostics("").is_empty());
    }
}
