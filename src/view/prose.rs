//! Paragraphs from words: `## ` a heading, `* ` an item of a list, `> ` set apart, `[words](address)` a link.
//!
//! Everything else is text and stays text: nothing in a file of words, or in an answer, can become markup.

use leptos::prelude::*;

/// Draws paragraphs. Their headings are of the level under `h2` where `low`, else `h2`.
pub(super) fn prose(paragraphs: &[String], low: bool) -> AnyView {
    let mut views: Vec<AnyView> = Vec::new();
    let mut items: Vec<AnyView> = Vec::new();
    for paragraph in paragraphs {
        if let Some(item) = paragraph.strip_prefix("* ") {
            items.push(view! { <li>{inline(item)}</li> }.into_any());
            continue;
        }
        close_list(&mut items, &mut views);
        views.push(if let Some(heading) = paragraph.strip_prefix("## ") {
            let heading = heading.to_owned();
            if low {
                view! { <h3 class="govuk-heading-s">{heading}</h3> }.into_any()
            } else {
                view! { <h2 class="govuk-heading-m">{heading}</h2> }.into_any()
            }
        } else if let Some(apart) = paragraph.strip_prefix("> ") {
            view! { <div class="govuk-inset-text">{inline(apart)}</div> }.into_any()
        } else {
            view! { <p class="govuk-body">{inline(paragraph)}</p> }.into_any()
        });
    }
    close_list(&mut items, &mut views);
    views.into_any()
}

fn close_list(items: &mut Vec<AnyView>, views: &mut Vec<AnyView>) {
    if !items.is_empty() {
        let items = std::mem::take(items);
        views.push(view! { <ul class="govuk-list govuk-list--bullet">{items}</ul> }.into_any());
    }
}

/// Text with links in it.
fn inline(text: &str) -> Vec<AnyView> {
    let mut views = Vec::new();
    let mut rest = text;
    while let Some((before, words, href, after)) = next_link(rest) {
        views.push(before.to_owned().into_any());
        views.push(link(href, words));
        rest = after;
    }
    views.push(rest.to_owned().into_any());
    views
}

fn next_link(text: &str) -> Option<(&str, &str, &str, &str)> {
    let (before, rest) = text.split_once('[')?;
    let (words, rest) = rest.split_once("](")?;
    let (href, after) = rest.split_once(')')?;
    let safe = ["https://", "tel:", "#/"].iter().any(|start| href.starts_with(start));
    safe.then_some((before, words, href, after))
}

/// A link.
pub(super) fn link(href: &str, words: &str) -> AnyView {
    view! { <a class="govuk-link" href=href.to_owned()>{words.to_owned()}</a> }.into_any()
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
