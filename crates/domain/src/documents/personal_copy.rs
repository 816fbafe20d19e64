//! A person's own copy of what they wrote: as a page, as text, or in an email of their own. Whether it has been sent stands
//! first in each.

/// The data that a copy is made of.
#[derive(Clone, PartialEq, Eq)]
pub struct Copy<'a> {
    /// A BCP 47 tag.
    pub language: &'a str,
    /// `ltr` or `rtl`.
    pub direction: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The opening lines: whether it has been sent, its reference, its day, the team and its telephone, and the dates.
    pub told: &'a [String],
    /// The copy number, last and in small print; empty where it is among `told`.
    pub number: &'a str,
    /// Questions, each with the lines of its answer.
    pub parts: &'a [(&'a str, &'a [String])],
}

/// An address for the person's own mail program. It holds what they wrote.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// The address, `mailto:…` (RFC 6068).
    pub address: String,
    /// The flag for a mail that holds all of the text.
    pub is_whole: bool,
}

impl std::fmt::Debug for Mail {
    /// Never what a person wrote.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mail").field("is_whole", &self.is_whole).finish_non_exhaustive()
    }
}

/// Mail programs cut an address that is longer than about two thousand characters.
const LONGEST_ADDRESS: usize = 1900;

/// The page allows nothing but its own style: what a person wrote cannot make it load or run anything.
const HEAD: &str = "<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
    <style>body{font:1.1em/1.5 sans-serif;max-width:40em;margin:1em auto;padding:0 1em}dt{font-weight:bold;margin-top:1em}\
    dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}</style>\n";

impl Copy<'_> {
    /// As a page of its own, which needs nothing else.
    pub fn html(&self) -> String {
        let mut out = String::from("<!DOCTYPE html>\n<html lang=\"");
        escape(&mut out, self.language);
        out.push_str("\" dir=\"");
        escape(&mut out, self.direction);
        out.push_str("\">\n<head>\n");
        out.push_str(HEAD);
        element(&mut out, "title", self.title);
        out.push_str("</head>\n<body>\n<main>\n");
        element(&mut out, "h1", self.title);
        for told in self.told {
            element(&mut out, "p", told);
        }
        out.push_str("<dl>\n");
        for (label, lines) in self.parts {
            element(&mut out, "dt", label);
            element(&mut out, "dd", &lines.join("\n"));
        }
        out.push_str("</dl>\n");
        if !self.number.is_empty() {
            element(&mut out, "small", self.number);
        }
        out.push_str("</main>\n</body>\n</html>\n");
        out
    }

    /// As plain text.
    pub fn text(&self) -> String {
        let mut out = vec![self.title.to_owned(), String::new()];
        out.extend(self.told.iter().cloned());
        out.push(String::new());
        out.push(summary(self.parts));
        if !self.number.is_empty() {
            out.extend([String::new(), self.number.to_owned()]);
        }
        out.join("\n")
    }
}

/// Questions and answers, one under the other.
pub fn summary(parts: &[(&str, &[String])]) -> String {
    let part = |(label, lines): &(&str, &[String])| [label, "\n", &lines.join("\n")].concat();
    parts.iter().map(part).collect::<Vec<_>>().join("\n\n")
}

/// An email with this in it, or, where it is too long for that, with a note in its place.
pub fn mail(to: &str, subject: &str, text: &str, too_long: &str) -> Mail {
    let with = |body: &str| {
        let mut address = ["mailto:", to, "?subject="].concat();
        percent(&mut address, subject);
        address.push_str("&body=");
        percent(&mut address, body);
        address
    };
    let whole = with(text);
    if whole.len() <= LONGEST_ADDRESS {
        return Mail { address: whole, is_whole: true };
    }
    Mail { address: with(too_long), is_whole: false }
}

fn element(out: &mut String, tag: &str, text: &str) {
    for part in ["<", tag, ">"] {
        out.push_str(part);
    }
    escape(out, text);
    for part in ["</", tag, ">\n"] {
        out.push_str(part);
    }
}

fn escape(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Not allowed in HTML, and nothing to be seen.
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}' => {}
            other => out.push(other),
        }
    }
}

/// Written so that it can stand in an address: line ends as RFC 6068 asks.
fn percent(out: &mut String, text: &str) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let digit = |at: u8| char::from(DIGITS.get(usize::from(at)).copied().unwrap_or(b'0'));
    let lines: Vec<&str> = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
    for byte in lines.join("\r\n").bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(digit(byte >> 4));
            out.push(digit(byte & 15));
        }
    }
}
