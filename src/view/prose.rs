//! Paragraphs from words: `## ` a heading, `* ` an item of a list, `> ` set apart, `[words](address)` a link.
//!
//! Everything else is text and stays text: nothing in a file of words, or in an answer, can become markup.

use leptos::prelude::*;

use super::html::{El, el, text};

/// Draws paragraphs. Their headings are `h3` where `low`, else `h2`.
pub(super) fn prose(paragraphs: &[String], low: bool) -> AnyView {
    let mut views: Vec<AnyView> = Vec::new();
    let mut list: Option<El> = None;
    for paragraph in paragraphs {
        if let Some(item) = paragraph.strip_prefix("* ") {
            let open = list.take().unwrap_or_else(|| el("ul", "govuk-list govuk-list--bullet"));
            list = Some(open.with(el("li", "").children(inline(item))));
            continue;
        }
        views.extend(list.take().map(El::view));
        let element = if let Some(heading) = paragraph.strip_prefix("## ") {
            let (tag, class) = if low { ("h3", "govuk-heading-s") } else { ("h2", "govuk-heading-m") };
            el(tag, class).text(heading)
        } else if let Some(apart) = paragraph.strip_prefix("> ") {
            el("div", "govuk-inset-text").children(inline(apart))
        } else {
            el("p", "govuk-body").children(inline(paragraph))
        };
        views.push(element.view());
    }
    views.extend(list.map(El::view));
    views.into_any()
}

/// Text with links in it.
fn inline(words: &str) -> Vec<AnyView> {
    let mut views = Vec::new();
    let mut rest = words;
    while let Some((before, words, href, after)) = next_link(rest) {
        views.push(text(before));
        views.push(link(href, words).view());
        rest = after;
    }
    views.push(text(rest));
    views
}

fn next_link(text: &str) -> Option<(&str, &str, &str, &str)> {
    let (before, rest) = text.split_once('[')?;
    let (words, rest) = rest.split_once(']')?;
    let rest = rest.strip_prefix('(')?;
    let (href, after) = rest.split_once(')')?;
    let safe = ["https://", "tel:", "#/"].iter().any(|start| href.starts_with(start));
    safe.then_some((before, words, href, after))
}

/// A link.
pub(super) fn link(href: &str, words: &str) -> El {
    el("a", "govuk-link").attr("href", href).text(words)
}

#[cfg(test)]
mod tests {
    use super::next_link;

    #[test]
    fn only_safe_addresses_become_links() {
        assert_eq!(next_link("See [the law](https://x.y/z) here"), Some(("See ", "the law", "https://x.y/z", " here")));
        assert_eq!(next_link("[click](javascript:alert(1))"), None);
        assert_eq!(next_link("a [b] c"), None);
    }
}
