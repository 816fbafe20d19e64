//! Keeps what people wrote from acting on the terminal that shows it.
//!
//! JSON escapes the controls of ASCII. Those of Latin-1 (C1) act on a terminal as escape sequences do, and marks of direction
//! make a line read as something else than it says.

use std::fmt::Write;

/// Returns JSON in which control characters, marks of direction and invisible characters are escapes. It reads back the same.
pub fn harmless(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        if acts(character) {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                // Writing to a text does not fail.
                let _ = write!(text, "\\u{unit:04x}");
            }
        } else {
            text.push(character);
        }
    }
    text
}

/// Returns whether a character is escaped. Joiners stay: words of Persian and pictures of families need them.
fn acts(character: char) -> bool {
    match character {
        '\n' => false,
        '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{200e}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => true,
        _ => character.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::harmless;

    #[test]
    fn controls_and_marks_of_direction_are_escaped_and_read_back_the_same() {
        for written in
            ["\u{9b}31m", "a\u{85}b", "\u{7f}", "\u{202e}gpj.exe", "\u{2066}\u{2069}", "\u{feff}\u{200f}", "\u{e0041}"]
        {
            let text = harmless(&format!("{:#}", json!({ "name": written, written: [1] })));
            assert!(text.chars().all(|one| one == '\n' || (' '..='~').contains(&one)), "{text:?}");
            let read: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(read, json!({ "name": written, written: [1] }));
        }
    }

    #[test]
    fn ordinary_words_stay_as_they_are() {
        for written in ["Siân's “letter” – 3 May", "می\u{200c}خواهم", "👩\u{200d}👧", "עברית"] {
            let json = format!("{:#}", json!([written]));
            assert_eq!(harmless(&json), json);
        }
    }
}
