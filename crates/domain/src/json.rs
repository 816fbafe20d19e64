//! JSON as a value, read by hand: a fifth of a library's WebAssembly. Numbers stay as they were written, for none is
//! calculated with. [`write`] writes it, and every type that derives `Serialize`.

mod write;

pub use write::to_json;

use crate::key_map::KeyMap;

/// How deep lists and objects may lie in each other. What a server answers must not use up the stack.
const DEEPEST: u32 = 100;

/// A JSON value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it was written.
    Number(String),
    /// Text.
    String(String),
    /// A list.
    Array(Vec<Value>),
    /// An object. Of two members of one name the later counts.
    Object(KeyMap<Value>),
}

impl Value {
    /// A member of an object.
    #[inline(never)]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.get(key),
            _ => None,
        }
    }

    /// The text that it is.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number that it is, where it is not negative.
    #[inline(never)]
    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Number(number) => number.parse().ok(),
            _ => None,
        }
    }

    /// Returns whether it is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Returns whether it is text.
    pub fn is_string(&self) -> bool {
        matches!(self, Self::String(_))
    }

    /// Returns whether it is an object.
    pub fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

/// The place at which a text is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misplaced {
    /// The line, from 1.
    pub line: usize,
    /// How many bytes into the line, from 1.
    pub column: usize,
}

/// Reads JSON (RFC 8259).
///
/// # Errors
/// Returns the place of the fault if the text is not JSON.
#[inline(never)]
pub fn parse(text: &str) -> Result<Value, Misplaced> {
    let mut reader = JsonReader { text, at: 0 };
    let read = reader.value(DEEPEST);
    reader.skip_space();
    match read {
        Some(value) if reader.at == text.len() => Ok(value),
        _ => {
            let before = text.as_bytes().get(..reader.at).unwrap_or_default();
            let mut lines = before.split(|byte| *byte == b'\n');
            Err(Misplaced { line: lines.clone().count(), column: 1 + lines.next_back().map_or(0, <[u8]>::len) })
        }
    }
}

struct JsonReader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> JsonReader<'a> {
    /// Returns the next byte, or zero at the end. A zero byte is as wrong in the text as at the end.
    #[inline(never)]
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    /// Returns whether this text comes next, after white space. If it does, the reader moves past it.
    #[inline(never)]
    fn takes(&mut self, wanted: &str) -> bool {
        self.skip_space();
        let comes = self.rest().starts_with(wanted);
        if comes {
            self.at += wanted.len();
        }
        comes
    }

    #[inline(never)]
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn value(&mut self, deepest: u32) -> Option<Value> {
        let deepest = deepest.checked_sub(1)?;
        if self.takes("{") {
            let mut members = KeyMap::default();
            let mut more = !self.takes("}");
            while more {
                let key = self.string()?;
                if !self.takes(":") {
                    return None;
                }
                members.add(key, self.value(deepest)?);
                more = self.goes_on("}")?;
            }
            members.order();
            return Some(Value::Object(members));
        }
        if self.takes("[") {
            let mut items = Vec::new();
            let mut more = !self.takes("]");
            while more {
                items.push(self.value(deepest)?);
                more = self.goes_on("]")?;
            }
            return Some(Value::Array(items));
        }
        match self.peek() {
            b'"' => self.string().map(Value::String),
            b'-' | b'0'..=b'9' => self.number().map(Value::Number),
            _ if self.takes("true") => Some(Value::Bool(true)),
            _ if self.takes("false") => Some(Value::Bool(false)),
            _ if self.takes("null") => Some(Value::Null),
            _ => None,
        }
    }

    /// Returns `true` if another item follows, `false` at the end, and `None` for anything else.
    fn goes_on(&mut self, end: &str) -> Option<bool> {
        if self.takes(",") {
            return Some(true);
        }
        self.takes(end).then_some(false)
    }

    fn string(&mut self) -> Option<String> {
        if !self.takes("\"") {
            return None;
        }
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let plain = rest.bytes().position(|byte| byte == b'"' || byte == b'\\' || byte < b' ')?;
            text.push_str(rest.get(..plain)?);
            self.at += plain;
            match self.peek() {
                b'"' => break,
                b'\\' => text.push(self.escaped()?),
                _ => return None,
            }
        }
        self.at += 1;
        Some(text)
    }

    fn escaped(&mut self) -> Option<char> {
        self.at += 1;
        let byte = self.peek();
        self.at += 1;
        Some(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let mut code = self.hex()?;
                // The first half of a character past the first 65,536.
                if (0xd800..0xdc00).contains(&code) && self.rest().starts_with("\\u") {
                    self.at += 2;
                    let second = self.hex()?.checked_sub(0xdc00).filter(|second| *second < 0x400)?;
                    code = 0x1_0000 + ((code - 0xd800) << 10) + second;
                }
                char::from_u32(code)?
            }
            _ => return None,
        })
    }

    fn hex(&mut self) -> Option<u32> {
        let mut code = 0;
        for _ in 0..4 {
            code = code * 16 + char::from(self.peek()).to_digit(16)?;
            self.at += 1;
        }
        Some(code)
    }

    fn number(&mut self) -> Option<String> {
        let from = self.at;
        self.at += usize::from(self.peek() == b'-');
        if self.peek() == b'0' {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), b'e' | b'E') {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), b'+' | b'-'));
            self.digits()?;
        }
        self.text.get(from..self.at).map(str::to_owned)
    }

    /// At least one digit.
    #[inline(never)]
    fn digits(&mut self) -> Option<()> {
        let from = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        (self.at > from).then_some(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that stops has failed")]
mod tests {
    use proptest::prelude::*;

    use super::{DEEPEST, Misplaced, Value, parse};

    /// Returns the result of a library for a text, as our value.
    fn by_library(text: &str) -> Option<Value> {
        fn ours(value: serde_json::Value) -> Value {
            match value {
                serde_json::Value::Null => Value::Null,
                serde_json::Value::Bool(truth) => Value::Bool(truth),
                serde_json::Value::Number(number) => Value::Number(number.to_string()),
                serde_json::Value::String(text) => Value::String(text),
                serde_json::Value::Array(items) => Value::Array(items.into_iter().map(ours).collect()),
                serde_json::Value::Object(members) => {
                    Value::Object(members.into_iter().map(|(key, member)| (key, ours(member))).collect())
                }
            }
        }
        serde_json::from_str(text).ok().map(ours)
    }

    #[test]
    fn what_is_json_is_read_and_nothing_else() {
        let texts = [
            "null",
            " true ",
            "false",
            "tru",
            "truefalse",
            "0",
            "-0",
            "-1",
            "01",
            "1.",
            ".5",
            "1.5",
            "-",
            "+1",
            "1e",
            "1x",
            "\"\"",
            "\"a",
            "\"\\u00e9\\n\\/\"",
            "\"\\ud83d\\ude00\"",
            "\"\\b\\f\\r\\t\\\"\"",
            "\"\\ud83d\\udfff\\ud800\\udc00\"",
            "\"\\ud83d\\ue000\"",
            "\"\\ud83d\"",
            "\"\\ude00\"",
            "\"\\ud83d\\u0041\"",
            "\"\\u+041\"",
            "\"\\x\"",
            "\"\n\"",
            "\"\u{7f}é😀\"",
            "[]",
            "[1,2 , 3]",
            "[1,]",
            "[,1]",
            "[1 2]",
            "[",
            "]",
            "{}",
            "{\"a\":1,\"a\":2}",
            "{\"b\":[{}],\"a\":{\"\":null}}",
            "{\"a\"}",
            "{\"a\":}",
            "{a:1}",
            "{\"a\":1,}",
            "{\"a\" : 1 }\n",
            "",
            " ",
            "\u{feff}1",
            "\0",
            "1\0",
            "nul",
            "\u{a0}1",
        ];
        for text in texts {
            let read = parse(text).ok();
            let expected = if text == "-0" { Some(Value::Number("-0".to_owned())) } else { by_library(text) };
            assert_eq!(read, expected, "{text:?}");
        }
        assert_eq!(parse("12.50e+3").unwrap(), Value::Number("12.50e+3".to_owned()));
    }

    #[test]
    fn where_it_is_none_is_told() {
        assert_eq!(parse("{ \"id\": "), Err(Misplaced { line: 1, column: 9 }));
        assert_eq!(parse("[1,\n  2,\n  x]"), Err(Misplaced { line: 3, column: 3 }));
    }

    #[test]
    fn depth_has_an_end() {
        let nest = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(parse(&nest(DEEPEST as usize)).is_ok());
        assert!(parse(&nest(DEEPEST as usize + 1)).is_err());
        assert!(parse(&"[".repeat(1_000_000)).is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_taken_or_refused_as_a_library_does(text in r#"[\[\]{}:,"\\ua0-9.eE+ \-trfnls]{0,24}"#) {
            // A library that calculates refuses a number too large for it.
            prop_assume!(!text.contains(['e', 'E']));
            prop_assert_eq!(parse(&text).is_ok(), by_library(&text).is_some(), "{:?}", text);
        }

        #[test]
        fn what_is_written_is_read(texts in proptest::collection::vec(any::<String>(), 0..4)) {
            let text = serde_json::to_string(&texts).unwrap();
            let expected = Value::Array(texts.into_iter().map(Value::String).collect());
            prop_assert_eq!(parse(&text).unwrap(), expected);
        }
    }
}
