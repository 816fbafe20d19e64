//! The rules that the first paint needs, to stand in the pages themselves: nothing is fetched before a person sees the first
//! question. The whole stylesheet comes at the end of each page, in its own order, and changes nothing of what they see.
//!
//! A selector stays if all that it names stands in one of the pages. What it says of states (`:focus`) and within brackets (`:not(.a)`)
//! is not asked: a rule too many does no harm. Rules for paper, and those without a selector (fonts, keyframes), are left to the whole
//! stylesheet.

use std::collections::BTreeSet;

use cssparser::{ParseError, Parser, Token};

use crate::markup::tags;

/// The rules of a stylesheet that some of these pages may need.
pub fn needed<'a>(stylesheet: &str, pages: impl Iterator<Item = &'a str>) -> String {
    let mut named = Named::default();
    pages.for_each(|page| named.add(page));
    let mut rules = String::new();
    named.copy(&mut Parser::new(stylesheet), &mut rules);
    rules
}

/// Returns the style element of a page.
pub fn element(rules: &str) -> String {
    // No rule may end it. Within a text, where alone that could stand, a backslash before a slash says nothing.
    ["<style>", &rules.replace("</", "<\\/"), "</style>"].concat()
}

/// The parts of pages that a selector can name.
#[derive(Default)]
struct Named<'a> {
    elements: BTreeSet<String>,
    classes: BTreeSet<&'a str>,
    ids: BTreeSet<&'a str>,
    attributes: BTreeSet<(String, &'a str)>,
}

impl<'a> Named<'a> {
    fn add(&mut self, page: &'a str) {
        for tag in tags(page) {
            self.elements.insert(tag.name);
            for (name, value) in tag.attributes {
                match name.as_str() {
                    "class" => self.classes.extend(value.split_ascii_whitespace()),
                    "id" => {
                        self.ids.insert(value);
                    }
                    _ => {}
                }
                self.attributes.insert((name, value));
            }
        }
    }

    /// Copies what is needed of a list of rules.
    fn copy(&self, css: &mut Parser<'_>, to: &mut String) {
        while let Some(prelude) = prelude(css) {
            // Nothing here fails: an error would be one of ours.
            let _ = css.parse_nested_block(|block| -> Result<(), ParseError<()>> {
                let (head, inner) = if is_group(prelude) {
                    let mut inner = String::new();
                    self.copy(block, &mut inner);
                    (prelude.to_owned(), inner)
                } else {
                    (self.needed_of(prelude), rest(block).to_owned())
                };
                if !head.is_empty() && !inner.is_empty() {
                    to.extend([head.as_str(), "{", inner.as_str(), "}"]);
                }
                Ok(())
            });
        }
    }

    /// Returns the needed selectors of a list. The pages have everything that a needed selector names.
    fn needed_of(&self, selectors: &str) -> String {
        if selectors.starts_with('@') {
            return String::new();
        }
        let mut selectors = Parser::new(selectors);
        let mut kept = Vec::new();
        loop {
            let start = selectors.position();
            let is_needed = self.needs_next(&mut selectors);
            let selector = selectors.slice_from(start).trim_end_matches(',').trim();
            if is_needed && !selector.is_empty() {
                kept.push(selector);
            }
            if selectors.is_exhausted() {
                return kept.join(",");
            }
        }
    }

    /// Reads the next selector and the comma after it. Returns whether the pages have everything that the selector
    /// names.
    fn needs_next(&self, selectors: &mut Parser<'_>) -> bool {
        let mut needed = true;
        let mut named = SelectorKind::Element;
        while let Ok(token) = selectors.next().cloned() {
            let before = std::mem::replace(&mut named, SelectorKind::Element);
            needed &= match &token {
                Token::Comma => return needed,
                Token::Delim('.') => {
                    named = SelectorKind::Class;
                    true
                }
                Token::Colon => {
                    named = SelectorKind::State;
                    true
                }
                Token::Ident(name) => match before {
                    SelectorKind::Element => self.elements.contains(&name.to_ascii_lowercase()),
                    SelectorKind::Class => self.classes.contains(name.as_ref()),
                    SelectorKind::State => true,
                },
                Token::IDHash(id) => self.ids.contains(id.as_ref()),
                Token::SquareBracketBlock => self.has_attribute(selectors),
                _ => true,
            };
        }
        needed
    }

    /// Returns whether the pages have an attribute with the required value. An attribute without a value is accepted,
    /// because it may come later: `open` on a `details`.
    fn has_attribute(&self, selectors: &mut Parser<'_>) -> bool {
        let read = selectors.parse_nested_block(|inner| -> Result<_, ParseError<()>> {
            let name = inner.expect_ident()?.to_ascii_lowercase();
            let value = inner
                .try_parse(|inner| inner.expect_delim('=').and_then(|()| inner.expect_ident_or_string().cloned()))
                .ok();
            rest(inner);
            Ok((name, value))
        });
        let Ok((name, Some(value))) = read else { return true };
        self.attributes.contains(&(name, value.as_ref()))
    }
}

/// The kind of thing that an identifier in a selector names, by the sign before it.
enum SelectorKind {
    Element,
    Class,
    State,
}

/// Reads the text before the next block. The block itself is left to read.
fn prelude<'i>(css: &mut Parser<'i>) -> Option<&'i str> {
    css.skip_whitespace();
    let mut start = css.position();
    loop {
        match css.next().ok()? {
            Token::CurlyBracketBlock => return Some(css.slice_from(start).trim_end_matches('{').trim()),
            // A rule without a block, such as the one that tells how the file is encoded.
            Token::Semicolon => {
                css.skip_whitespace();
                start = css.position();
            }
            _ => {}
        }
    }
}

/// Returns whether a block has rules that a screen may need.
fn is_group(prelude: &str) -> bool {
    (prelude.starts_with("@media") && prelude != "@media print") || prelude.starts_with("@supports")
}

/// Reads the rest.
fn rest<'i>(css: &mut Parser<'i>) -> &'i str {
    let start = css.position();
    while css.next().is_ok() {}
    css.slice_from(start)
}

#[cfg(test)]
mod tests {
    use super::{element, needed};

    const PAGE: &str = "<html dir=\"ltr\"><body class=\"page on\"><a id=\"top\" class=\"link\" type='radio'>A &lt;b class=\"no\"&gt;</a>\
                        <!-- <s class=\"gone\"> --></body></html>";

    #[track_caller]
    fn kept(css: &str, expected: &str) {
        assert_eq!(needed(css, [PAGE, "<p class=\"second\">"].into_iter()), expected);
    }

    #[test]
    fn a_rule_stays_where_all_that_it_names_is_in_a_page() {
        kept(".link{color:red}.no{color:red}.gone{a:b}.second{a:b}", ".link{color:red}.second{a:b}");
        kept("a,b{x:y}B , A > a{x:y}", "a{x:y}A > a{x:y}");
        kept("#top{x:y}#no{x:y}body.page.on #top.link{x:y}body.page.off{x:y}", "#top{x:y}body.page.on #top.link{x:y}");
        kept("*{x:y}:root{--a:{b}}::before{x:y}", "*{x:y}:root{--a:{b}}::before{x:y}");
    }

    #[test]
    fn a_state_or_a_selector_in_brackets_takes_no_rule_away() {
        kept(
            ".link:not(.no,:focus):hover::after{x:y}:is(.no,.link) a{x:y}.no:hover{x:y}",
            ".link:not(.no,:focus):hover::after{x:y}:is(.no,.link) a{x:y}",
        );
    }

    #[test]
    fn an_attribute_counts_by_what_it_is_and_one_that_may_come_stays() {
        kept(
            "[dir=rtl] a{x:y}[dir=\"ltr\"] a{x:y}[type=radio i]{x:y}[open]{x:y}a[href^=\"tel:\"]{x:y}",
            "[dir=\"ltr\"] a{x:y}[type=radio i]{x:y}[open]{x:y}a[href^=\"tel:\"]{x:y}",
        );
    }

    #[test]
    fn groups_keep_what_is_needed_in_them_and_paper_can_wait() {
        kept(
            "@charset \"UTF-8\";@media (min-width:40em){a{x:y}b{x:y}}@media print{a{x:y}}@supports selector(:has(a)){b{x:y}}\
             @media screen and (forced-colors:active){@supports (x:y){a{x:\"}\"}}}@page{margin:0}@font-face{src:url(a)}\
             @keyframes a{from{x:y}}",
            "@media (min-width:40em){a{x:y}}@media screen and (forced-colors:active){@supports (x:y){a{x:\"}\"}}}",
        );
    }

    #[test]
    fn what_is_no_stylesheet_gives_no_rule() {
        for text in ["", "a", "a{", "}", "a}b{", "@media", "{}", ",{x:y}", "a,{", "\u{feff}", "[{", "a[", "/*"] {
            let rules = needed(text, [PAGE].into_iter());
            assert!(rules.is_empty(), "{text}: {rules}");
        }
    }

    #[test]
    fn no_rule_ends_the_element() {
        assert_eq!(element("a{x:\"</style><script>\"}"), "<style>a{x:\"<\\/style><script>\"}</style>");
    }
}
