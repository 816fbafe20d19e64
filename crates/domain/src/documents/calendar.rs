//! A calendar file: RFC 5545, whole days, one event a date.

use crate::date::Date;

/// Most octets of a line, its end not counted (RFC 5545, section 3.1).
const LINE: usize = 75;

/// A date to put into a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The entry's unique id, by which a calendar recognises an entry that it already has.
    pub uid: String,
    /// The day.
    pub day: Date,
    /// The entry's title.
    pub summary: String,
    /// The details of the entry.
    pub description: String,
}

/// Writes the file. `made_on` is the day it is made; the time of day, which the format asks for, is given as midnight.
/// `reminders` adds an alarm to each day, at nine in the morning of the day before.
pub fn write(entries: &[Entry], made_on: Date, reminders: bool) -> String {
    let mut file = String::new();
    let stamp = [&compact(made_on), "T000000Z"].concat();
    for fixed in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Putright//Putright//EN", "CALSCALE:GREGORIAN"] {
        line(&mut file, fixed, "");
    }
    for entry in entries {
        line(&mut file, "BEGIN:VEVENT", "");
        line(&mut file, "UID:", &entry.uid);
        line(&mut file, "DTSTAMP:", &stamp);
        line(&mut file, "DTSTART;VALUE=DATE:", &compact(entry.day));
        line(&mut file, "DTEND;VALUE=DATE:", &compact(entry.day.next()));
        line(&mut file, "SUMMARY:", &entry.summary);
        if !entry.description.is_empty() {
            line(&mut file, "DESCRIPTION:", &entry.description);
        }
        // It takes up none of the day.
        line(&mut file, "TRANSP:TRANSPARENT", "");
        if reminders {
            for fixed in ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15H"] {
                line(&mut file, fixed, "");
            }
            line(&mut file, "DESCRIPTION:", &entry.summary);
            line(&mut file, "END:VALARM", "");
        }
        line(&mut file, "END:VEVENT", "");
    }
    line(&mut file, "END:VCALENDAR", "");
    file
}

/// A day as the format writes it: 20261217.
fn compact(day: Date) -> String {
    day.to_string().chars().filter(char::is_ascii_digit).collect()
}

/// A line, its text escaped, folded between characters so that no line is too long.
fn line(file: &mut String, name: &str, text: &str) {
    let mut length = 0;
    let mut put = |piece: &str| {
        if length + piece.len() > LINE {
            file.push_str("\r\n ");
            // The space that tells a continued line counts.
            length = 1;
        }
        file.push_str(piece);
        length += piece.len();
    };
    put(name);
    let mut buffer = [0; 4];
    for character in text.chars() {
        match character {
            '\n' => put("\\n"),
            '\\' | ';' | ',' => {
                put("\\");
                put(character.encode_utf8(&mut buffer));
            }
            // No other control character may stand in a text.
            control if control.is_control() => {}
            other => put(other.encode_utf8(&mut buffer)),
        }
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_too_long_and_folding_loses_nothing() {
        let day = Date::parse_iso("2026-12-31").unwrap();
        let summary = "Stage 1, the council’s answer; 日本語 \\ ".repeat(9);
        let entry = Entry { uid: "one".into(), day, summary: summary.clone(), description: "a\nb\u{7}".into() };
        let file = write(&[entry], day, false);
        assert!(file.split("\r\n").all(|line| line.len() <= LINE), "{file}");
        let whole = file.replace("\r\n ", "");
        let escaped = summary.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;");
        assert!(whole.contains(&["SUMMARY:", &escaped, "\r\n"].concat()), "{whole}");
        let of_length = |length: usize| {
            let summary = "x".repeat(length - "SUMMARY:".len());
            write(&[Entry { uid: "one".into(), day, summary, description: String::new() }], day, false)
        };
        assert!(!of_length(LINE).contains("\r\n ") && of_length(LINE + 1).contains("\r\n "));
        assert!(whole.contains("DESCRIPTION:a\\nb\r\n") && whole.contains("DTEND;VALUE=DATE:20270101\r\n"));
    }
}
