//! A piece of HTML of the council's own, by an allow-list: text, links, lists and pictures. Anything else is refused by its name and
//! line, so that nobody wonders where it went.

use std::collections::{HashMap, HashSet};

use ammonia::{Builder, UrlRelative};
use putright_domain::data::Position;

use crate::markup::{Tag, tags};

/// The most bytes of a piece.
pub const MOST_BYTES: usize = 20_000;

const ELEMENTS: [&str; 20] = [
    "a", "abbr", "address", "b", "br", "div", "em", "h2", "h3", "hr", "i", "img", "li", "nav", "ol", "p", "small",
    "span", "strong", "ul",
];
/// The attributes of any element.
const ATTRIBUTES: [&str; 4] = ["lang", "dir", "title", "aria-label"];
const OF_LINKS: [&str; 1] = ["href"];
const OF_PICTURES: [&str; 4] = ["src", "alt", "width", "height"];

/// A fault, with its place in the text.
pub type FragmentFault = (Position, String);

/// The pictures that a piece shows.
pub trait Pictures {
    /// Returns the address to write for a picture of the council's folder.
    ///
    /// # Errors
    /// Returns what is wrong with the picture.
    fn address(&self, name: &str) -> Result<String, String>;
}

/// Reads a piece of HTML.
///
/// # Errors
/// Returns every fault.
pub fn read(text: &str, pictures: &impl Pictures) -> Result<String, Vec<FragmentFault>> {
    let mut faults = Vec::new();
    let mut html = String::new();
    let mut rest = text;
    for tag in tags(text) {
        let at = tag.whole.as_ptr() as usize - text.as_ptr() as usize;
        let start = text.len() - rest.len();
        html.push_str(text.get(start..at).unwrap_or_default());
        match written(&tag, pictures) {
            Ok(tag) => html.push_str(&tag),
            Err(problem) => faults.push((position(text, at), problem)),
        }
        rest = text.get(at + tag.whole.len()..).unwrap_or_default();
    }
    html.push_str(rest);
    faults.extend(unended(text).map(|at| {
        let problem = "has a < that begins no whole tag; end the tag with > and its quotation marks, or write &lt; for the sign itself";
        (position(text, at), problem.to_owned())
    }));
    if !faults.is_empty() {
        return Err(faults);
    }
    let cleaned = cleaner().clean(&html).to_string();
    let names = |html: &str| tags(html).map(|tag| tag.name).collect::<Vec<_>>();
    if names(&html) != names(&cleaned) {
        let problem = "is read by browsers otherwise than it is written; close each element, in its order, and put no <p> or <div> into a <p>";
        return Err(vec![(Position { line: 1, column: 1 }, problem.to_owned())]);
    }
    Ok(cleaned)
}

/// Returns the tag to write for a tag of the piece.
fn written(tag: &Tag<'_>, pictures: &impl Pictures) -> Result<String, String> {
    let name = tag.name.as_str();
    if !ELEMENTS.contains(&name) {
        return Err(format!(
            "has <{name}>, which is not allowed; write text, links, lists and pictures: {}",
            ELEMENTS.join(", ")
        ));
    }
    let mut html = format!("<{name}");
    for (key, value) in &tag.attributes {
        let known = ATTRIBUTES.contains(&key.as_str())
            || (name == "a" && OF_LINKS.contains(&key.as_str()))
            || (name == "img" && OF_PICTURES.contains(&key.as_str()));
        if !known {
            return Err(unknown(name, key));
        }
        let value = match key.as_str() {
            "href" => address(value)?,
            "src" => pictures.address(value)?,
            "width" | "height" if value.parse::<u16>().is_err() => {
                return Err(format!("has <img> with a {key} that is no whole number of pixels, such as {key}=\"40\""));
            }
            _ => (*value).to_owned(),
        };
        html.extend([" ", key.as_str(), "=\"", &value.replace('"', "&quot;"), "\""]);
    }
    if let Some(missing) = OF_PICTURES.iter().find(|key| name == "img" && tag.attribute(key).is_none()) {
        let why = if *missing == "alt" { "people who do not see it need it" } else { "nothing may move when it comes" };
        return Err(format!("has <img> without {missing}; write it, because {why}"));
    }
    Ok(html + ">")
}

fn unknown(name: &str, key: &str) -> String {
    let instead = match key {
        "style" | "class" | "id" => "the page gives it its look: take it out",
        "target" => "a link opens in the same tab: take it out",
        key if key.starts_with("on") => "nothing runs here: take it out",
        _ => "take it out",
    };
    format!("has <{name}> with {key}, which is not allowed; {instead}")
}

/// Returns the address of a link: of another site by https, a telephone number, an email address, or a page of this site.
///
/// # Errors
/// Returns what to write.
pub fn address(href: &str) -> Result<String, String> {
    let plain =
        !href.is_empty() && href.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"'<>\\`{}|^".contains(&byte));
    let elsewhere =
        ["https://", "tel:", "mailto:"].iter().any(|start| href.len() > start.len() && href.starts_with(start));
    if plain && elsewhere {
        return Ok(href.to_owned());
    }
    let path = href.strip_prefix("./").unwrap_or(href);
    let of_site =
        plain && !path.is_empty() && !path.starts_with(['/', '#', '?']) && !path.contains(':') && !path.contains("..");
    if of_site && (path.len() < href.len() || is_page(path)) {
        return Ok(format!("./{path}"));
    }
    let begins = if href.starts_with("http://") {
        "it must begin with https://".to_owned()
    } else if is_host(href) {
        format!("it must begin with https://; write \"https://{href}\"")
    } else {
        "it must begin with https://, tel: or mailto:, or be a page of this site such as anytown-accessibility.html"
            .to_owned()
    };
    Err(format!("has a link to an address that is not allowed; {begins}"))
}

/// Returns whether a path without `./` before it is that of a page. Others may be addresses of which the `https://` was left out.
fn is_page(path: &str) -> bool {
    let file = path.split(['?', '#']).next().unwrap_or_default();
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    !folder.contains('.') && ending.is_some_and(|ending| ["html", "htm", "pdf"].contains(&ending.as_str()))
}

/// Returns whether a text begins as an address of another site does whose `https://` was left out.
pub fn is_host(href: &str) -> bool {
    let host = href.split(['/', '?', '#']).next().unwrap_or_default();
    let is_named = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
    !is_page(href) && host.trim_matches('.').contains('.') && host.bytes().all(is_named)
}

/// Returns the place of what begins as a tag and does not end as one: a browser would drop all that follows.
fn unended(text: &str) -> Option<usize> {
    let mut known = tags(text).map(|tag| tag.whole.as_ptr() as usize - text.as_ptr() as usize).peekable();
    let mut at = 0;
    loop {
        at += text.get(at..)?.find('<')?;
        let rest = text.get(at..)?;
        if let Some(comment) = rest.strip_prefix("<!--") {
            at += comment.find("-->").map_or(rest.len(), |end| end + 7);
            continue;
        }
        while known.next_if(|known| *known < at).is_some() {}
        if known.peek() == Some(&at) {
            at += tags(rest).next().map_or(1, |tag| tag.whole.len() + tag.text.len());
            continue;
        }
        if rest.get(1..).is_some_and(|inside| inside.starts_with(|first: char| first.is_ascii_alphabetic())) {
            return Some(at);
        }
        at += 1;
    }
}

fn cleaner() -> Builder<'static> {
    let mut cleaner = Builder::empty();
    cleaner
        .tags(HashSet::from(ELEMENTS))
        .generic_attributes(HashSet::from(ATTRIBUTES))
        .tag_attributes(HashMap::from([("a", HashSet::from(OF_LINKS)), ("img", HashSet::from(OF_PICTURES))]))
        .url_schemes(HashSet::from(["https", "tel", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None);
    cleaner
}

fn position(text: &str, at: usize) -> Position {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    Position { line: before.matches('\n').count() + 1, column: line.chars().count() + 1 }
}

/// Returns whether a text is an address that a page may link to.
pub fn is_address(href: &str) -> bool {
    address(href).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{Pictures, read};

    struct One;

    impl Pictures for One {
        fn address(&self, name: &str) -> Result<String, String> {
            if name == "crest.svg" { Ok("./looks/a/crest.svg?v=1".to_owned()) } else { Err("is not there".to_owned()) }
        }
    }

    #[test]
    fn text_links_lists_and_pictures_stay() {
        let text = "<!-- ours <b --><p>5 < 6 Anytown &amp; <b>you</b><br></p>\n<ul><li><a href=\"https://www.anytown.gov.uk/\">Home</a></li>\
                    <li><a href='anytown-form.html'>Form</a></li></ul><img src=\"crest.svg\" alt=\"\" width=40 height=\"40\">";
        let html = read(text, &One).unwrap();
        assert_eq!(
            html,
            "<p>5 &lt; 6 Anytown &amp; <b>you</b><br></p>\n<ul><li><a href=\"https://www.anytown.gov.uk/\">Home</a></li>\
             <li><a href=\"./anytown-form.html\">Form</a></li></ul><img src=\"./looks/a/crest.svg?v=1\" alt=\"\" width=\"40\" height=\"40\">"
        );
    }

    #[test]
    fn everything_else_is_refused_by_its_name_and_line() {
        let long = ["<p>Text\n</p>\n", "<p ONCLICK=a()>"].concat();
        for (text, named) in [
            ("<script>a()</script>", "<script>"),
            ("<p><iframe src=a></iframe></p>", "<iframe>"),
            ("<form action=a><input></form>", "<form>"),
            ("<style>p{}</style>", "<style>"),
            ("<body onload=a()>", "<body>"),
            ("<svg><g onload=a()></svg>", "<svg>"),
            ("<math><mi>", "<math>"),
            ("<template><p>", "<template>"),
            ("<noscript><p>", "<noscript>"),
            ("<link rel=stylesheet href=a>", "<link>"),
            ("<object data=a>", "<object>"),
            ("<p style=\"color:red\">", "<p> with style"),
            ("<a href=\"https://a.b\" target=_blank>a</a>", "<a> with target"),
            (long.as_str(), "<p> with onclick"),
            ("<a href=\"javascript:a()\">a</a>", "an address that is not allowed"),
            ("<a href=\"java&#115;cript:a()\">a</a>", "an address that is not allowed"),
            ("<a href=\"//a.b\">a</a>", "an address that is not allowed"),
            ("<a href=\"http://a.b\">a</a>", "it must begin with https://"),
            ("<a href=\"www.a.b/c.html\">a</a>", "write \"https://www.a.b/c.html\""),
            ("<a href=\"a.b\">a</a>", "write \"https://a.b\""),
            ("<a href=\"privacy\">a</a>", "or be a page of this site"),
            ("<img src=\"https://a.b/c.png\" alt=\"\" width=1 height=1>", "is not there"),
            ("<img src=crest.svg width=1 height=1>", "without alt"),
            ("<img src=crest.svg alt=a height=1>", "without width"),
            ("<img src=crest.svg alt=a width=1em height=1>", "no whole number"),
            ("<b>A<p>B</b>C</p>", "otherwise than it is written"),
            ("<p>A</p><a href=\"https://a.b>A</a>", "a < that begins no whole tag"),
            ("<!-- <b --><p>A <b", "a < that begins no whole tag"),
            ("<a href=\"#/guide\">a</a>", "an address that is not allowed"),
        ] {
            let faults = read(text, &One).unwrap_err();
            assert!(faults.iter().any(|(_, problem)| problem.contains(named)), "{text}: {faults:?}");
        }
        let faults = read(&long, &One).unwrap_err();
        assert_eq!((faults[0].0.line, faults[0].0.column), (3, 1));
    }

    #[test]
    fn every_fault_is_reported() {
        assert_eq!(read("<script></script><p id=a><b class=c>", &One).unwrap_err().len(), 3);
    }
}
