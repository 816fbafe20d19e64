//! Paragraphs from words: `## ` a heading, `### ` one below it, `* ` an item of a list, `> ` set apart, `>> ` a block of
//! paragraphs set apart as somebody else's words, `[words](address)` a link.
//!
//! Everything else is text and stays text: nothing in a file of words, or in an answer, can become markup.

use super::element::{El, Html, el, text};

const HEADINGS: [&str; 4] = ["h2", "h3", "h4", "h5"];

/// Draws paragraphs. Their headings are `h2` at level 0, `h3` at level 1, and so on.
pub(super) fn prose(paragraphs: &[String], level: usize) -> Html {
    let mut views = Vec::new();
    let mut rest = paragraphs;
    while let Some((paragraph, after)) = rest.split_first() {
        let items = run(rest, "* ");
        let mut said = run(rest, ">> ");
        // Each heading begins a block of its own: what two councils say is not said by one.
        let next = said.iter().skip(1).position(|words| words.starts_with('#'));
        said.truncate(next.map_or(said.len(), |at| at + 1));
        let element = if !items.is_empty() {
            let items = items.iter().map(|item| el("li", "").children(inline(item)).view());
            el("ul", "govuk-list govuk-list--bullet").children(items)
        } else if !said.is_empty() {
            el("div", "pr-said").child(prose(&said, level))
        } else if let Some(heading) = paragraph.strip_prefix("### ") {
            title(level + 1, "pr-part", heading)
        } else if let Some(heading) = paragraph.strip_prefix("## ") {
            title(level, if level == 0 { "govuk-heading-m" } else { "govuk-heading-s" }, heading)
        } else if let Some(apart) = paragraph.strip_prefix("> ") {
            el("div", "govuk-inset-text").children(inline(apart))
        } else {
            el("p", "govuk-body").children(inline(paragraph))
        };
        views.push(element.view());
        rest = rest.get(items.len().max(said.len())..).filter(|left| left.len() < rest.len()).unwrap_or(after);
    }
    views.into_iter().collect()
}

/// The paragraphs at the beginning that all begin alike, without that.
fn run(paragraphs: &[String], prefix: &str) -> Vec<String> {
    paragraphs.iter().map_while(|paragraph| paragraph.strip_prefix(prefix)).map(str::to_owned).collect()
}

fn title(level: usize, class: &str, words: &str) -> El {
    el(HEADINGS.get(level).copied().unwrap_or("h6"), class).text(words)
}

/// Text with links in it.
pub(super) fn inline(words: &str) -> Vec<Html> {
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
    let safe = ["https://", "tel:", "mailto:", "#/", "./"].iter().any(|start| href.starts_with(start));
    safe.then_some((before, words, href, after))
}

/// A link.
pub(super) fn link(href: &str, words: &str) -> El {
    el("a", "govuk-link").attr("href", href).text(words)
}

#[cfg(test)]
mod tests {
    use super::next_link;

    #[cfg(not(target_family = "wasm"))]
    #[test]
    fn what_somebody_else_says_stands_in_a_block_of_its_own_for_each_who_says_it() {
        let words =
            ["Ours.", ">> ## One", ">> * a", ">> * b", ">> ## Two", ">> c", "## Ours again", "### Below", "* <i>"];
        let html = super::prose(&words.map(str::to_owned), 1).into_string();
        let blocks: Vec<&str> = html.split("<div class=\"pr-said\">").collect();
        assert_eq!(blocks.len(), 3, "{html}");
        assert!(!blocks[0].contains("One") && blocks[1].contains("<h3 class=\"govuk-heading-s\">One</h3>"), "{html}");
        assert!(blocks[1].contains("<li>a</li><li>b</li>") && !blocks[1].contains("Two"), "{html}");
        let (two, after) = blocks[2].split_once("</div>").unwrap();
        assert!(two.contains('c') && after.contains("Ours again</h3>") && after.contains("Below</h4>"), "{html}");
        assert!(after.contains("&lt;i&gt;"), "{html}");
    }

    #[test]
    fn only_safe_addresses_become_links() {
        assert_eq!(next_link("See [the law](https://x.y/z) here"), Some(("See ", "the law", "https://x.y/z", " here")));
        assert_eq!(next_link("[notice](./a.html)"), Some(("", "notice", "./a.html", "")));
        assert_eq!(next_link("[click](javascript:alert(1))"), None);
        assert_eq!(next_link("[click](//x.y)"), None);
        assert_eq!(next_link("a [b] c"), None);
    }
}
