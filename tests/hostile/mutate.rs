//! Makes one thing into another that is like it and wrong: as JSON, by its structure, where it is JSON; by its bytes always.

use serde_json::{Value, json};

use crate::targets::{Chance, HOSTILE};

/// Something like what comes every day. `all` are what it may be made of.
pub fn mutant(all: &[(String, Option<Value>)], chance: &mut Chance) -> Vec<u8> {
    let Some((text, value)) = all.get(chance.below(all.len())) else { return Vec::new() };
    match chance.below(20) {
        // As it is.
        0 => text.clone().into_bytes(),
        1 => arbitrary(chance),
        2..=4 => bytes(text.clone().into_bytes(), all, chance),
        _ => match value {
            Some(value) => {
                let mut value = value.clone();
                // Mostly one thing: it may still be taken.
                for _ in 0..=chance.below(2) * chance.below(3) {
                    structure(&mut value, all, chance);
                }
                let text = value.to_string();
                match chance.below(12) {
                    0 => with_text_faults(&text, chance).into_bytes(),
                    1 => bytes(text.into_bytes(), all, chance),
                    _ => text.into_bytes(),
                }
            }
            None => plain(text, chance).into_bytes(),
        },
    }
}

/// Bytes and letters that nobody chose.
fn arbitrary(chance: &mut Chance) -> Vec<u8> {
    let most = [4, 40, 400, 4000][chance.below(4)];
    let length = chance.below(most);
    if chance.once_in(2) {
        return (0..length).map(|_| chance.next() as u8).collect();
    }
    let ranges: [u32; 6] = [0x80, 0x300, 0x1000, 0x3000, 0x1_0000, 0x11_0000];
    let top = ranges[chance.below(6)] as usize;
    (0..length).filter_map(|_| char::from_u32(chance.below(top) as u32)).collect::<String>().into_bytes()
}

/// A text with something hostile put in, taken out, or said over and over.
fn plain(text: &str, chance: &mut Chance) -> String {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let (one, other) = (places[chance.below(places.len())], places[chance.below(places.len())]);
    let (from, to) = (one.min(other), one.max(other));
    match chance.below(5) {
        0 => [&text[..from], chance.pick(&HOSTILE), &text[from..]].concat(),
        1 => [&text[..from], &text[to..]].concat(),
        2 => [text, &text[from..to].repeat(chance.below(40))].concat(),
        3 => [chance.pick(&HOSTILE), text].concat(),
        _ => {
            let nasty = char::from_u32(chance.below(0x11_0000) as u32).unwrap_or('\u{202e}');
            [&text[..from], &nasty.to_string(), &text[to..]].concat()
        }
    }
}

/// Flipped, cut off, or the end of another.
fn bytes(mut bytes: Vec<u8>, all: &[(String, Option<Value>)], chance: &mut Chance) -> Vec<u8> {
    if bytes.is_empty() {
        return arbitrary(chance);
    }
    match chance.below(5) {
        0 => bytes.truncate(chance.below(bytes.len())),
        1 => {
            let (other, _) = &all[chance.below(all.len())];
            let from = chance.below(other.len());
            bytes.truncate(chance.below(bytes.len()));
            bytes.extend_from_slice(&other.as_bytes()[from..]);
        }
        2 => {
            let (from, length) = (chance.below(bytes.len()), chance.below(40));
            let end = bytes.len().min(from + length);
            bytes.drain(from..end);
        }
        3 => {
            let at = chance.below(bytes.len());
            let put = chance.pick(&HOSTILE).bytes();
            bytes.splice(at..at, put);
        }
        _ => {
            for _ in 0..=chance.below(6) {
                let at = chance.below(bytes.len());
                bytes[at] =
                    if chance.once_in(3) { b"\"\\{}[],:0e-\0\xff"[chance.below(13)] } else { chance.next() as u8 };
            }
        }
    }
    bytes
}

/// Adds a fault that JSON text can hold, and a value of a library cannot: a name twice, half a character, depth.
fn with_text_faults(text: &str, chance: &mut Chance) -> String {
    let wanted = if chance.once_in(2) { '{' } else { '"' };
    let places: Vec<usize> = text.match_indices(wanted).map(|(at, _)| at + 1).collect();
    let Some(at) = places.get(chance.below(places.len())) else { return text.to_owned() };
    let put = match (wanted, chance.below(4)) {
        ('{', 0) => "\"id\":\"twice\",".to_owned(),
        ('{', 1) => ["\"deep\":", &"[".repeat(10_000), &"]".repeat(10_000), ","].concat(),
        ('{', 2) => ["\"deep\":", &"{\"a\":".repeat(10_000)].concat(),
        ('{', _) => "\"k\":0,".repeat(300),
        (_, 0) => "\\ud800".to_owned(),
        (_, 1) => "\\udc00\\ud800".to_owned(),
        (_, 2) => "\\u202e\\u0000".to_owned(),
        _ => "\\uD83D\\uDE00\\u00".to_owned(),
    };
    [&text[..*at], &put, &text[*at..]].concat()
}

/// Some place in a value, more often deep than not.
fn place<'a>(value: &'a mut Value, chance: &mut Chance) -> &'a mut Value {
    let count = match &*value {
        Value::Array(items) => items.len(),
        Value::Object(members) => members.len(),
        _ => 0,
    };
    if count == 0 || chance.once_in(7) {
        return value;
    }
    let at = chance.below(count);
    let inner = match value {
        Value::Array(items) => &mut items[at],
        Value::Object(members) => members.values_mut().nth(at).unwrap(),
        _ => unreachable!(),
    };
    place(inner, chance)
}

/// One change of structure.
#[allow(clippy::too_many_lines, reason = "one arm for each change")]
fn structure(value: &mut Value, all: &[(String, Option<Value>)], chance: &mut Chance) {
    let other = {
        let (_, other) = &all[chance.below(all.len())];
        let mut other = if chance.once_in(3) { other.clone().unwrap_or_default() } else { value.clone() };
        place(&mut other, chance).clone()
    };
    // As often as makes some hundred thousand bytes.
    let often = 300_000 / (other.to_string().len() + 8);
    let found = place(value, chance);
    match chance.below(16) {
        // From elsewhere, in this one or in another.
        0 | 1 => *found = other,
        2 => match found {
            Value::Array(items) if !items.is_empty() => {
                items.remove(chance.below(items.len()));
            }
            Value::Object(members) if !members.is_empty() => {
                let key = members.keys().nth(chance.below(members.len())).unwrap().clone();
                members.remove(&key);
            }
            _ => *found = Value::Null,
        },
        3 => match found {
            Value::Array(items) if !items.is_empty() => {
                let again = items[chance.below(items.len())].clone();
                items.push(again);
            }
            Value::Object(members) if !members.is_empty() => {
                let key = members.keys().nth(chance.below(members.len())).unwrap().clone();
                let held = members[&key].clone();
                members.insert([key.as_str(), "-2"].concat(), held);
            }
            _ => *found = json!([found.take()]),
        },
        4 => {
            if let Value::Object(members) = found
                && let Some(key) = members.keys().nth(chance.below(members.len())).cloned()
                && let Some(held) = members.remove(&key)
            {
                members.insert(chance.pick(&HOSTILE).to_owned(), held);
            }
        }
        5 => {
            *found = [json!(null), json!(true), json!(0), json!(-1), json!(1.5), json!([]), json!({}), json!("")]
                [chance.below(8)]
            .clone();
        }
        6 => {
            let depth = [3, 90, 101, 500][chance.below(4)];
            *found = (0..depth)
                .fold(found.take(), |inner, _| if depth % 2 == 0 { json!([inner]) } else { json!({ "not": inner }) });
        }
        7 => {
            *found = [json!(u64::MAX), json!(i64::MIN), json!(f64::MAX), json!(u32::MAX), json!(4_294_967_296_u64)]
                [chance.below(5)]
            .clone();
        }
        8 if chance.once_in(8) => *found = json!("long \u{301}x".repeat(chance.below(20_000))),
        9 if chance.once_in(30) => *found = Value::Array(vec![other; often]),
        10 if chance.once_in(30) => {
            *found = Value::Object((0..often).map(|number| (format!("key {number}"), other.clone())).collect());
        }
        11 => {
            *found = json!(
                [
                    "http://localhost:x@evil.example/",
                    "\\\\evil.example/",
                    "/\\evil.example",
                    "java\nscript:alert(1)",
                    "/\t/evil.example",
                    " //evil.example",
                    "https:evil.example",
                    "https:///a",
                    "mailto:a@b.example",
                    "tel:999",
                    "#/sent",
                    "data:text/html,x"
                ][chance.below(12)]
            );
        }
        _ => {
            // Texts stay texts: most are still taken, and shown.
            let hostile = chance.pick(&HOSTILE);
            *found = match found {
                Value::String(text) if chance.once_in(2) => json!([text.as_str(), hostile].concat()),
                _ => json!(hostile),
            };
        }
    }
}
