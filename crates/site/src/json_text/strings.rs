//! Texts in quotation marks, and the mistakes that people make with the marks.

use super::{
    fault::FaultKind,
    parser::{Parser, is_quote},
};

impl Parser<'_> {
    /// A text as a value.
    pub(super) fn string(&mut self) -> String {
        self.quoted(false)
    }

    /// A text as the name of a member.
    pub(super) fn name_in_quotes(&mut self) -> String {
        self.quoted(true)
    }

    fn quoted(&mut self, is_name: bool) -> String {
        let opened = self.at;
        let open = self.peek().unwrap_or('"');
        let mut text = String::new();
        self.bump();
        self.of_quote(opened, open);
        loop {
            let place = self.at;
            match self.peek() {
                Some(mark) if closes(open, mark) => {
                    if self.is_within(is_name) {
                        self.fault(place, FaultKind::InnerQuote);
                        text.push(mark);
                        self.bump();
                        continue;
                    }
                    self.bump();
                    self.of_quote(place, mark);
                    if is_name && self.runs_into_value(&text) {
                        return self.name_without_end(opened, &text);
                    }
                    return text;
                }
                Some('\n' | '\r') | None => {
                    if self.goes_on_below(is_name) {
                        self.fault(place, FaultKind::LineBreak);
                        text.push('\n');
                        self.skip_line_end();
                        continue;
                    }
                    return self.without_end(opened, &text);
                }
                Some('\\') => self.escape(&mut text),
                Some(character) => {
                    if character.is_control() && character < ' ' {
                        self.fault(place, FaultKind::ControlCharacter);
                    }
                    text.push(character);
                    self.bump();
                }
            }
        }
    }

    /// Notes a quotation mark that is not the straight one.
    fn of_quote(&mut self, place: usize, mark: char) {
        match mark {
            '"' => {}
            '\'' => self.fault(place, FaultKind::SingleQuote),
            _ => self.fault(place, FaultKind::CurlyQuote),
        }
    }

    /// Returns whether the mark here stands within the text: letters follow at once, and another mark ends the text in this line.
    fn is_within(&self, is_name: bool) -> bool {
        let mut after = self.rest().chars();
        after.next();
        let line = after.as_str().split('\n').next().unwrap_or_default();
        let follows = line.trim_start().chars().next();
        let goes_on = follows.is_some_and(|one| one.is_alphanumeric() || "(.;!?-–—’".contains(one));
        // The last mark of the line, and nothing behind it but what may follow a value.
        let ends = line.rfind('"').is_some_and(|end| {
            let behind = line.get(end + 1..).unwrap_or_default().trim();
            behind.chars().all(|one| ",}]".contains(one))
        });
        !is_name && goes_on && ends && !line.contains("\":")
    }

    /// Returns whether a text that is not closed in its line goes on in the next ones.
    fn goes_on_below(&self, is_name: bool) -> bool {
        if is_name || self.text.get(..self.at).is_some_and(|before| before.ends_with([',', '{', '['])) {
            return false;
        }
        let mut lines = self.rest().trim_start().lines();
        lines.next().is_some_and(|next| !next.starts_with(['"', '“', '}', ']', '{', '[']) && next.contains('"'))
    }

    fn skip_line_end(&mut self) {
        self.at += if self.rest().starts_with("\r\n") { 2 } else { 1 };
    }

    /// A text that is not closed in its line: it ends with the line, before a comma.
    fn without_end(&mut self, opened: usize, text: &str) -> String {
        let written = self.text.get(opened..self.at).unwrap_or_default();
        // Back to the end of the words, for the comma or the bracket that follows.
        self.at = opened + words_of(written).len();
        let words = words_of(text);
        let Some(closed) = words.strip_suffix(|last| is_quote(last) && last != '\'') else {
            self.fault(opened, FaultKind::ClosingQuote(shortened(words)));
            return words.to_owned();
        };
        self.fault(self.at - (words.len() - closed.len()), FaultKind::CurlyQuote);
        closed.to_owned()
    }

    /// Returns whether a name was read up to the mark that opens its value.
    fn runs_into_value(&self, text: &str) -> bool {
        text.trim_end().ends_with(':') && !self.rest().trim_start().starts_with(':')
    }

    fn name_without_end(&mut self, opened: usize, text: &str) -> String {
        let name = text.trim_end().trim_end_matches(':').trim_end();
        self.fault(opened, FaultKind::ClosingQuote(shortened(name)));
        // Back to the colon.
        self.at = opened + '"'.len_utf8() + name.len();
        name.to_owned()
    }

    fn escape(&mut self, text: &mut String) {
        let place = self.at;
        self.bump();
        let Some(character) = self.peek() else { return };
        let length = if character == 'u' { self.code_length() } else { character.len_utf8() };
        let escaped = self.rest().get(..length).unwrap_or_default();
        if let Ok(read) = serde_json::from_str::<String>(&["\"\\", escaped, "\""].concat()) {
            text.push_str(&read);
        } else {
            self.fault(place, FaultKind::Escape(character));
            text.push('\\');
            text.push_str(escaped);
        }
        self.at += length;
    }

    /// The length of `uXXXX`, twice with a backslash between for a character beyond the first 65,536.
    fn code_length(&self) -> usize {
        let rest = self.rest();
        let is_code = |at: usize| {
            rest.get(at..at + 5)
                .is_some_and(|code| code.starts_with('u') && code.bytes().skip(1).all(|byte| byte.is_ascii_hexdigit()))
        };
        let is_high = rest.get(1..3).is_some_and(|start| {
            let start = start.to_ascii_lowercase();
            start.starts_with('d') && start.ends_with(['8', '9', 'a', 'b'])
        });
        match (is_code(0), is_high && rest.get(5..6) == Some("\\") && is_code(6)) {
            (false, _) => 1,
            (true, false) => 5,
            (true, true) => 11,
        }
    }
}

/// The words of a line, without the comma and the brackets that end it.
fn words_of(line: &str) -> &str {
    let line = line.trim_end();
    line.strip_suffix(',').unwrap_or(line).trim_end_matches(['}', ']', ' '])
}

/// Returns whether a mark closes a text that another opened.
fn closes(open: char, mark: char) -> bool {
    match open {
        '"' => mark == '"',
        '\'' | '‘' | '’' => mark == '\'' || mark == '’',
        _ => is_quote(mark) && !matches!(mark, '\'' | '‘' | '’'),
    }
}

/// The beginning of a text, for a message.
fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => [text.get(..end).unwrap_or_default(), "…"].concat(),
        None => text.to_owned(),
    }
}
