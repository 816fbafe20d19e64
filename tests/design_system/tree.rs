//! HTML as a tree that can be compared: what does not matter is made alike, and nothing else.
//!
//! Alike are made: the order of attributes and of classes, white space, ids and names (renamed in their order, with all that
//! refers to them; an id that nothing refers to falls away), what stands within something revealed, which is a component of its
//! own, and the classes of our own stylesheet, `pr-…`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use scraper::{ElementRef, Html};

/// An element, or a text with its white space as one space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    Element(Element),
    Text(String),
}

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    pub tag: String,
    pub classes: BTreeSet<String>,
    pub attributes: BTreeMap<String, String>,
    pub children: Vec<Node>,
}

impl Element {
    pub fn new(tag: &str, classes: &str, attributes: &[(&str, &str)], children: Vec<Node>) -> Self {
        Self {
            tag: tag.to_owned(),
            classes: classes.split_whitespace().map(str::to_owned).collect(),
            attributes: attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            children,
        }
    }

    pub fn has(&self, class: &str) -> bool {
        self.classes.contains(class)
    }

    /// Returns whether a simple selector, `tag` or `.class`, matches it.
    fn is(&self, selector: &str) -> bool {
        selector.strip_prefix('.').map_or(self.tag == selector, |class| self.has(class))
    }

    /// Does something to each element below it.
    pub fn each(&mut self, act: &mut dyn FnMut(&mut Element)) {
        for child in &mut self.children {
            if let Node::Element(element) = child {
                act(element);
                element.each(act);
            }
        }
    }

    /// Does something to each element that a selector means: `tag`, `.class`, or one of these within another.
    pub fn select(&mut self, selector: &str, act: &mut dyn FnMut(&mut Element)) {
        match selector.split_once(' ') {
            Some((outer, inner)) => self.each(&mut |element| {
                if element.is(outer) {
                    element.select(inner, act);
                }
            }),
            None => self.each(&mut |element| {
                if element.is(selector) {
                    act(element);
                }
            }),
        }
    }

    /// All its text, with a space wherever a line may break between two blocks.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.collect(&mut text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn collect(&self, into: &mut String) {
        let inline = ["a", "span", "strong", "b", "em"].contains(&self.tag.as_str());
        for child in &self.children {
            match child {
                Node::Text(text) => into.push_str(text),
                Node::Element(element) => element.collect(into),
            }
        }
        if !inline {
            into.push(' ');
        }
    }
}

/// Reads HTML: the root is an element without a tag.
pub fn parse(html: &str) -> Element {
    let mut root = read(Html::parse_fragment(html).root_element());
    root.tag.clear();
    root
}

fn read(element: ElementRef<'_>) -> Element {
    let value = element.value();
    let mut read_element = Element::new(value.name(), value.attr("class").unwrap_or(""), &[], Vec::new());
    for (name, value) in value.attrs().filter(|(name, _)| *name != "class") {
        read_element.attributes.insert(name.to_owned(), value.to_owned());
    }
    for child in element.children() {
        if let Some(text) = child.value().as_text() {
            let words: Vec<&str> = text.split_whitespace().collect();
            let [before, after] = [text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace)]
                .map(|space| if space { " " } else { "" });
            read_element.children.push(Node::Text([before, &words.join(" "), after].concat()));
        } else if let Some(child) = ElementRef::wrap(child) {
            read_element.children.push(Node::Element(read(child)));
        }
    }
    read_element
}

/// Attributes that refer to ids.
const REFERRING: [&str; 4] = ["for", "aria-describedby", "aria-labelledby", "aria-controls"];

/// Makes alike what does not matter. The second is the text, whose spaces between inline elements matter.
pub fn normalised(mut root: Element) -> (Element, String) {
    root.each(&mut |element| {
        element.classes.retain(|class| !class.starts_with("pr-"));
        if element.has("govuk-checkboxes__conditional") {
            element.children.clear();
        }
    });
    let text = root.text();
    let mut referred: BTreeSet<String> = BTreeSet::new();
    root.each(&mut |element| {
        for name in REFERRING {
            referred.extend(element.attributes.get(name).into_iter().flat_map(|ids| ids.split(' ')).map(str::to_owned));
        }
    });
    let (mut ids, mut names): (BTreeMap<String, String>, BTreeMap<String, String>) = Default::default();
    root.each(&mut |element| {
        if let Some(id) = element.attributes.remove("id")
            && referred.contains(&id)
        {
            let next = format!("id-{}", ids.len() + 1);
            let new = ids.entry(id).or_insert(next).clone();
            element.attributes.insert("id".to_owned(), new);
        }
        if let Some(name) = element.attributes.get_mut("name") {
            let next = format!("name-{}", names.len() + 1);
            names.entry(name.clone()).or_insert(next).clone_into(name);
        }
    });
    root.each(&mut |element| {
        for name in REFERRING {
            if let Some(value) = element.attributes.get_mut(name) {
                let renamed = value.split(' ').map(|id| ids.get(id).map_or(id, String::as_str));
                *value = renamed.collect::<Vec<_>>().join(" ");
            }
        }
    });
    trim(&mut root);
    (root, text)
}

/// White space at the edges of a text is compared in the text as a whole.
fn trim(element: &mut Element) {
    for child in &mut element.children {
        match child {
            Node::Text(text) => *text = text.trim().to_owned(),
            Node::Element(element) => trim(element),
        }
    }
    element.children.retain(|child| !matches!(child, Node::Text(text) if text.is_empty()));
}

/// As HTML again, indented, for a person to see what differs.
pub fn shown(element: &Element) -> String {
    let mut lines = String::new();
    show(element, 0, &mut lines);
    lines
}

fn show(element: &Element, depth: usize, lines: &mut String) {
    let indent = "  ".repeat(depth);
    for child in &element.children {
        match child {
            Node::Text(text) => writeln!(lines, "{indent}{text}").unwrap(),
            Node::Element(child) => {
                let classes = child.classes.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
                write!(lines, "{indent}<{} class=\"{classes}\"", child.tag).unwrap();
                for (name, value) in &child.attributes {
                    write!(lines, " {name}=\"{value}\"").unwrap();
                }
                lines.push_str(">\n");
                show(child, depth + 1, lines);
            }
        }
    }
}
