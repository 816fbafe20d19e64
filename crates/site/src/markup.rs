//! HTML, read tag by tag: as far as the pages need it that Trunk builds and our own components draw.

/// An opening tag.
pub struct Tag<'a> {
    /// The element's name, in small letters.
    pub name: String,
    /// Its attributes: their names in small letters, and the value of each as it is written.
    pub attributes: Vec<(String, &'a str)>,
    /// The tag itself, from `<` to `>`.
    pub whole: &'a str,
    /// The content of a script or a style. It is empty for other elements.
    pub text: &'a str,
}

impl<'a> Tag<'a> {
    /// Returns the value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }

    /// Returns the address of a stylesheet if the element links to one.
    pub fn stylesheet(&self) -> Option<&'a str> {
        (self.name == "link" && self.attribute("rel") == Some("stylesheet")).then(|| self.attribute("href"))?
    }
}

/// The opening tags of a page, in their order: none of what looks like one in a comment, a script or a style.
pub fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            rest = rest.get(rest.find('<')?..)?;
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
            } else if let Some((tag, after)) = opening(rest) {
                rest = after;
                return Some(tag);
            } else {
                rest = rest.get(1..)?;
            }
        }
    })
}

/// The tag that the text starts with, and what follows it.
fn opening(html: &str) -> Option<(Tag<'_>, &str)> {
    let inside =
        html.strip_prefix('<').filter(|inside| inside.starts_with(|first: char| first.is_ascii_alphabetic()))?;
    let ends = |next: char| next.is_ascii_whitespace() || matches!(next, '>' | '/');
    let (name, mut rest) = inside.split_at(inside.find(ends)?);
    let name = name.to_ascii_lowercase();
    let mut attributes = Vec::new();
    let after = loop {
        rest = rest.trim_start_matches(|next: char| next.is_ascii_whitespace() || next == '/');
        if let Some(after) = rest.strip_prefix('>') {
            break after;
        }
        let end = rest.find(|next: char| next.is_ascii_whitespace() || matches!(next, '=' | '>' | '/'))?;
        let (key, left) = rest.split_at(end.max(1));
        let (value, left) = match left.trim_start().strip_prefix('=') {
            Some(valued) => value(valued.trim_start())?,
            None => ("", left),
        };
        attributes.push((key.to_ascii_lowercase(), value));
        rest = left;
    };
    let whole = html.get(..html.len() - after.len())?;
    let (text, after) =
        if matches!(name.as_str(), "script" | "style") { after.split_at(end_of(after, &name)) } else { ("", after) };
    Some((Tag { name, attributes, whole, text }, after))
}

fn value(text: &str) -> Option<(&str, &str)> {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote);
        }
    }
    Some(text.split_at(text.find(|next: char| next.is_ascii_whitespace() || next == '>')?))
}

/// Returns the position of the closing tag of a script or a style. Without one, a browser takes all that is left.
fn end_of(text: &str, name: &str) -> usize {
    let closing = ["</", name].concat();
    let found = text.as_bytes().windows(closing.len()).position(|part| part.eq_ignore_ascii_case(closing.as_bytes()));
    found.unwrap_or(text.len())
}

/// Escapes text for HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::tags;

    #[test]
    fn tags_are_read_with_their_attributes_and_what_only_looks_like_one_is_none() {
        let html = "<!DOCTYPE html>\n<!-- <p> --><A Class=\"b c\" href='x>y' data-z=1 hidden/><br/>1 < 2 </p>\
                    <STYLE media=screen>a>b{}<i></style ><link rel=\"stylesheet\" href=\"./a.css\"/><x-y>é<z";
        let read: Vec<_> = tags(html).map(|tag| (tag.name, tag.attributes, tag.text)).collect();
        let pair = |name: &str, value| (name.to_owned(), value);
        assert_eq!(
            read,
            [
                (
                    "a".to_owned(),
                    vec![pair("class", "b c"), pair("href", "x>y"), pair("data-z", "1"), pair("hidden", "")],
                    ""
                ),
                ("br".to_owned(), vec![], ""),
                ("style".to_owned(), vec![pair("media", "screen")], "a>b{}<i>"),
                ("link".to_owned(), vec![pair("rel", "stylesheet"), pair("href", "./a.css")], ""),
                ("x-y".to_owned(), vec![], ""),
            ]
        );
        let sheets: Vec<_> = tags(html).filter_map(|tag| Some((tag.stylesheet()?, tag.whole))).collect();
        assert_eq!(sheets, [("./a.css", "<link rel=\"stylesheet\" href=\"./a.css\"/>")]);
    }
}
