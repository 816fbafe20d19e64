//! Looks through the texts of a council's file for what was left in from an example, for HTML, and for addresses without encryption.

use putright_domain::data::InvalidFile;
use serde_json::Value;

use super::Findings;
use crate::{json_values::each_text, look::fragment::is_host};

/// Hosts that are set aside for examples (RFC 2606), as they end.
const HOSTS: [&str; 4] = ["example.org", "example.com", "example.net", ".example"];
/// Numbers that Ofcom sets aside for stories and examples, as they begin; and 01234 567…, which people type in place of a number.
const NUMBERS: [&str; 6] = ["0123456", "02079460", "01632960", "07700900", "08081570", "03069990"];

/// Texts that stand for something that is still to be written.
const UNWRITTEN: [&str; 7] = ["todo", "to do", "tbc", "tbd", "xxx", "n/a", "…"];
/// The fewest digits of a number that begins with 0: Childline's has eight.
const SHORTEST: usize = 8;

/// Looks through a council's file.
pub fn check(file: &str, text: &str, found: &mut Findings) {
    let whole: Value = serde_json::from_str(text).unwrap_or_default();
    each_text(&whole, &mut |pointer, text| {
        // Where a complaint goes is checked on its own.
        if let Some(problem) = problem_of(&pointer, text).filter(|_| !pointer.starts_with("/delivery/")) {
            found.errors.push(InvalidFile::at(file, pointer, problem));
        }
    });
}

fn problem_of(pointer: &str, text: &str) -> Option<String> {
    if let Some(problem) = html(text) {
        return Some(problem);
    }
    if UNWRITTEN.iter().any(|left| text.trim().eq_ignore_ascii_case(left))
        || text.to_lowercase().contains("lorem ipsum")
    {
        return Some(format!("is still to be written: {text} was left in; write what people should read"));
    }
    if let Some(host) = hosts(text).find(|host| HOSTS.iter().any(|end| is_of(host, end))) {
        let own = if text.contains('@') { "complaints@anytown.gov.uk" } else { "https://www.anytown.gov.uk" };
        return Some(format!("has the example address {host}; write your own, such as {own}"));
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if pointer.ends_with("/number") && NUMBERS.iter().any(|start| digits.starts_with(start)) {
        return Some(format!("is {text}, a number for examples; write your own telephone number"));
    }
    if pointer.ends_with("/number") && text.starts_with('0') && digits.len() < SHORTEST {
        return Some(format!("has {} digits, too few for a telephone number; write all of it", digits.len()));
    }
    let is_address = pointer.ends_with("/web") || pointer.ends_with("/source");
    let is_bare = is_host(text) && (text.starts_with("www.") || text.contains('/'));
    let plain = text.strip_prefix("http://").or_else(|| is_bare.then_some(text));
    plain.filter(|_| is_address).map(|rest| format!("is an address without https; write \"https://{rest}\""))
}

/// The problem of a text with HTML in it.
pub fn html(text: &str) -> Option<String> {
    let tag = tag(text)?;
    let instead = if tag == "&amp;" { "& itself" } else { "plain text, without < and >" };
    Some(format!("has HTML, {tag}, which people would see as it is written; write {instead}"))
}

/// The first tag or entity of HTML in a text.
fn tag(text: &str) -> Option<&str> {
    let tags = text.match_indices('<').filter_map(|(at, _)| {
        let tag = text.get(at..)?;
        let name = tag.strip_prefix("</").or_else(|| tag.strip_prefix('<'))?;
        name.starts_with(|first: char| first.is_ascii_alphabetic())
            .then(|| tag.find('>').and_then(|end| tag.get(..=end)))?
    });
    let entities = text.match_indices('&').filter_map(|(at, _)| {
        let entity = text.get(at..)?;
        let end = entity.find(';').filter(|end| *end < 10)?;
        let name = entity.get(1..end)?;
        (!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#'))
            .then(|| entity.get(..=end))?
    });
    tags.chain(entities).next()
}

/// The hosts of the addresses and email addresses in a text.
fn hosts(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|one: char| one.is_whitespace() || "/@:?#()<>\"',;".contains(one));
    parts.map(|part| part.trim_end_matches('.')).filter(|part| part.contains('.'))
}

fn is_of(host: &str, end: &str) -> bool {
    let host = host.to_ascii_lowercase();
    host == end || host.strip_suffix(end).is_some_and(|before| end.starts_with('.') || before.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::{hosts, is_of, tag};

    #[test]
    fn a_tag_or_an_entity_is_found_and_nothing_else() {
        for (text, found) in [("<b>Us</b>", Some("<b>")), ("A &amp; B", Some("&amp;")), ("a</i>", Some("</i>"))] {
            assert_eq!(tag(text), found, "{text}");
        }
        for text in ["5 < 6 > 4", "R&D; and more", "A & B; C", "<3", "a <b"] {
            assert!(tag(text).is_none() || text.starts_with("R&D"), "{text}");
        }
    }

    #[test]
    fn a_host_for_examples_is_told_from_others() {
        let is_example = |text: &str| hosts(text).any(|host| is_of(host, "example.org") || is_of(host, ".example"));
        for text in ["https://www.example.org/x", "me@example.org", "See example.org.", "https://council.example"] {
            assert!(is_example(text), "{text}");
        }
        for text in ["https://www.notexample.org", "an example.", "https://example.org.uk"] {
            assert!(!is_example(text), "{text}");
        }
    }
}
