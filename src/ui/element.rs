//! Elements, written as HTML.
//!
//! A part of the page is one text, which the browser reads at once: many times quicker than an element made at a time, and the
//! same text that the host writes into files. With the text come [`Hook`]s: what listens in an element, and what follows the
//! state. `mount` connects them, by the marks that their elements have.
//!
//! Everything here is a plain function of one type, and nothing is inlined: its code is there once however many pages there are.
//! Leptos' `view!` makes a type, and so code, of every shape of markup.

use std::rc::Rc;

use leptos::{ev::Event, prelude::untrack};

/// The mark of an element that has hooks.
#[cfg(target_family = "wasm")]
pub(super) const MARK: &str = "data-pr-live";
/// The most bytes of a tag's brackets and of the mark.
const ENDS: usize = 24;
/// The elements in use that have no end tag.
const VOID: [&str; 3] = ["input", "img", "br"];

/// A piece of a page: its HTML, and the hooks of its elements.
#[derive(Default)]
pub struct Html {
    markup: String,
    /// The hooks of each marked element, in the order of the elements in the markup.
    hooks: Vec<Vec<Hook>>,
}

/// A connection of an element to the app, made once the element is in the page.
#[cfg_attr(not(target_family = "wasm"), allow(dead_code, reason = "nothing is connected on the host"))]
pub(super) enum Hook {
    /// Calls the function at each event of the kind.
    Listener(&'static str, Rc<dyn Fn(Event)>),
    /// Sets the attribute whenever its value has changed.
    Attribute(&'static str, Follower<String>),
    /// Replaces the content by text whenever the text has changed.
    Text(Follower<String>),
    /// Switches a box or a radio whenever its state has changed.
    Checked(Follower<bool>),
    /// Sets the text of a field once. What a person wrote passes through no reader of HTML on its way back into a field.
    Value(String),
    /// Replaces the content whenever something that it was drawn of has changed.
    Part(Box<dyn Fn() -> Html>),
}

/// A value that follows the state, with the one that the page shows.
#[cfg_attr(not(target_family = "wasm"), allow(dead_code, reason = "nothing is connected on the host"))]
pub(super) struct Follower<T> {
    pub shown: T,
    pub value: Box<dyn Fn() -> T>,
}

impl<T> Follower<T> {
    fn new(value: Box<dyn Fn() -> T>) -> Self {
        Self { shown: untrack(&value), value }
    }
}

impl Html {
    /// Returns the markup and the hooks of its marked elements.
    #[cfg(target_family = "wasm")]
    pub(super) fn into_parts(self) -> (String, Vec<Vec<Hook>>) {
        (self.markup, self.hooks)
    }

    /// Returns the markup alone.
    #[cfg(not(target_family = "wasm"))]
    pub fn into_string(self) -> String {
        self.markup
    }

    /// Adds another piece after this one.
    #[inline(never)]
    fn push(&mut self, html: Self) {
        if self.markup.is_empty() {
            *self = html;
            return;
        }
        self.markup.push_str(&html.markup);
        self.hooks.extend(html.hooks);
    }
}

impl FromIterator<Html> for Html {
    fn from_iter<I: IntoIterator<Item = Self>>(pieces: I) -> Self {
        let mut all = Self::default();
        pieces.into_iter().for_each(|piece| all.push(piece));
        all
    }
}

/// An element being put together. Boxed, so that each step of that hands on a pointer.
pub(super) struct El(Box<ElementParts>);

struct ElementParts {
    tag: &'static str,
    /// The attributes as markup, each after a space.
    attributes: String,
    hooks: Vec<Hook>,
    content: Html,
}

/// An element with a class; none where it is empty.
#[inline(never)]
pub(super) fn el(tag: &'static str, class: &str) -> El {
    let parts = ElementParts { tag, attributes: String::new(), hooks: Vec::new(), content: Html::default() };
    let el = El(Box::new(parts));
    if class.is_empty() { el } else { el.attr("class", class) }
}

/// A line break.
pub(super) fn line_break() -> Html {
    el("br", "").view()
}

/// Text.
#[inline(never)]
pub(super) fn text(text: &str) -> Html {
    let mut html = Html::default();
    push_escaped(&mut html.markup, text);
    html
}

/// Returns an empty piece.
pub(super) fn nothing() -> Html {
    Html::default()
}

/// Adds text to markup, for the content of an element and for the value of an attribute.
#[inline(never)]
fn push_escaped(markup: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(name) = reference(byte) {
            markup.push_str(text.get(from..at).unwrap_or_default());
            markup.push_str(name);
            from = at + 1;
        }
    }
    markup.push_str(text.get(from..).unwrap_or_default());
}

/// Returns what stands for a character that means something in HTML.
fn reference(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        _ => None,
    }
}

/// A part that is drawn again when something that it reads has changed: in a separate element, whose content is replaced whole.
///
/// A browser that translates the page puts its own elements in the place of text, and other software takes out
/// comments. What is changed node by node would then change nothing that anybody sees.
pub(super) fn live(draw: impl Fn() -> Html + 'static) -> Html {
    if cfg!(not(target_family = "wasm")) { draw() } else { el("div", "").hook(Hook::Part(Box::new(draw))).view() }
}

impl El {
    /// An attribute.
    #[inline(never)]
    pub fn attr(mut self, name: &'static str, value: &str) -> Self {
        let attributes = &mut self.0.attributes;
        attributes.push(' ');
        attributes.push_str(name);
        attributes.push_str("=\"");
        push_escaped(attributes, value);
        attributes.push('"');
        self
    }

    /// An attribute where there is a value for it.
    #[inline(never)]
    pub fn maybe(self, name: &'static str, value: Option<String>) -> Self {
        match value {
            Some(value) => self.attr(name, &value),
            None => self,
        }
    }

    /// An attribute that is there or not.
    #[inline(never)]
    pub fn flag(self, name: &'static str, on: bool) -> Self {
        if on { self.attr(name, "") } else { self }
    }

    /// An attribute that follows what it reads.
    pub fn live_attr(self, name: &'static str, value: impl Fn() -> String + 'static) -> Self {
        self.live_attr_erased(name, Box::new(value))
    }

    #[inline(never)]
    fn live_attr_erased(self, name: &'static str, value: Box<dyn Fn() -> String>) -> Self {
        let follower = Follower::new(value);
        self.attr(name, &follower.shown).hook(Hook::Attribute(name, follower))
    }

    /// Text that follows what it reads. The element has nothing else in it: its whole content is replaced.
    pub fn live_text(self, value: impl Fn() -> String + 'static) -> Self {
        self.live_text_erased(Box::new(value))
    }

    #[inline(never)]
    fn live_text_erased(self, value: Box<dyn Fn() -> String>) -> Self {
        let follower = Follower::new(value);
        self.text(&follower.shown).hook(Hook::Text(follower))
    }

    /// A box's or radio's being on, following what it reads. The attribute `checked` says how it is at first.
    pub fn checked(self, on: impl Fn() -> bool + 'static) -> Self {
        self.hook(Hook::Checked(Follower::new(Box::new(on))))
    }

    /// Sets the initial value of a field.
    #[cfg(target_family = "wasm")]
    #[inline(never)]
    pub fn value(self, value: &str) -> Self {
        if value.is_empty() { self } else { self.hook(Hook::Value(value.to_owned())) }
    }

    /// Sets the initial value of a field. A property is no part of HTML, so on the host it is written out.
    #[cfg(not(target_family = "wasm"))]
    pub fn value(self, value: &str) -> Self {
        match (value.is_empty(), self.0.tag) {
            (true, _) => self,
            (false, "textarea") => self.text(value),
            (false, _) => self.attr("value", value),
        }
    }

    /// Handles an event of this element and of those in it. Its kind must be one that `mount` listens for.
    pub fn on(self, kind: &'static str, act: impl Fn(Event) + 'static) -> Self {
        self.hook(Hook::Listener(kind, Rc::new(act)))
    }

    /// Handles an event in place of the browser.
    pub fn instead(self, kind: &'static str, act: impl Fn() + 'static) -> Self {
        self.instead_erased(kind, Box::new(act))
    }

    #[inline(never)]
    fn instead_erased(self, kind: &'static str, act: Box<dyn Fn()>) -> Self {
        self.on(kind, move |event| {
            event.prevent_default();
            act();
        })
    }

    #[inline(never)]
    fn hook(mut self, hook: Hook) -> Self {
        self.0.hooks.push(hook);
        self
    }

    /// Text in it.
    #[inline(never)]
    pub fn text(mut self, words: &str) -> Self {
        push_escaped(&mut self.0.content.markup, words);
        self
    }

    /// Something in it.
    #[inline(never)]
    pub fn child(mut self, child: Html) -> Self {
        self.0.content.push(child);
        self
    }

    /// Another element in it.
    #[inline(never)]
    pub fn with(self, child: El) -> Self {
        self.child(child.view())
    }

    /// Another element in it, where there is one.
    #[inline(never)]
    pub fn with_some(self, child: Option<El>) -> Self {
        match child {
            Some(child) => self.with(child),
            None => self,
        }
    }

    /// Several things in it.
    pub fn children(mut self, children: impl IntoIterator<Item = Html>) -> Self {
        for child in children {
            self = self.child(child);
        }
        self
    }

    /// The element as a piece of a page.
    #[inline(never)]
    pub fn view(self) -> Html {
        let ElementParts { tag, attributes, hooks, content } = *self.0;
        // In one piece: growing costs more than writing.
        let length = attributes.len() + content.markup.len() + 2 * tag.len() + ENDS;
        let mut html = Html { markup: String::with_capacity(length), hooks: Vec::new() };
        html.markup.push('<');
        html.markup.push_str(tag);
        html.markup.push_str(&attributes);
        #[cfg(target_family = "wasm")]
        if !hooks.is_empty() {
            html.markup.push(' ');
            html.markup.push_str(MARK);
            html.hooks.push(hooks);
        }
        // Nothing is pressed on the host, and nothing changes there.
        #[cfg(not(target_family = "wasm"))]
        drop(hooks);
        html.markup.push('>');
        if VOID.contains(&tag) {
            return html;
        }
        html.push(content);
        html.markup.push_str("</");
        html.markup.push_str(tag);
        html.markup.push('>');
        html
    }
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use scraper::Html as Reader;

    use super::{el, line_break, text};

    const HOSTILE: &str = "\"'><script>alert(1)</script><!-- &amp; &lt;b> \u{0} ]]> \u{202e}";

    #[test]
    fn hostile_text_is_read_back_as_it_was_written() {
        let markup = el("p", HOSTILE).attr("title", HOSTILE).text(HOSTILE).child(text(HOSTILE)).view().into_string();
        let read = Reader::parse_fragment(&markup);
        let elements: Vec<_> = read.root_element().descendants().filter_map(scraper::ElementRef::wrap).collect();
        assert_eq!(elements.len(), 2, "the paragraph and the root: {markup}");
        let paragraph = elements[1];
        // A reader of HTML has no place for the character zero in a text.
        let known = HOSTILE.replace('\u{0}', "\u{fffd}");
        assert_eq!(paragraph.attr("title"), Some(known.as_str()));
        assert_eq!(paragraph.attr("class"), Some(known.as_str()));
        let shown: String = paragraph.text().collect();
        assert_eq!(shown, [HOSTILE, HOSTILE].concat().replace('\u{0}', ""));
    }

    #[test]
    fn an_element_holds_its_attributes_and_children_in_their_order() {
        let input = el("input", "").attr("id", "a").flag("checked", true).flag("disabled", false);
        let markup = el("div", "x").with(input).text("1").child(line_break()).with(el("b", "").text("2")).view();
        assert_eq!(markup.into_string(), r#"<div class="x"><input id="a" checked="">1<br><b>2</b></div>"#);
    }

    #[test]
    fn what_follows_the_state_is_written_as_it_is_now() {
        let markup = el("p", "").live_attr("class", || "now".to_owned()).live_text(|| "<here>".to_owned()).view();
        assert_eq!(markup.into_string(), r#"<p class="now">&lt;here&gt;</p>"#);
    }

    #[test]
    fn a_value_is_the_attribute_of_an_input_and_the_text_of_a_text_area() {
        assert_eq!(el("input", "").value("a\"b").view().into_string(), r#"<input value="a&quot;b">"#);
        assert_eq!(el("textarea", "").value("a<b").view().into_string(), "<textarea>a&lt;b</textarea>");
        assert_eq!(el("textarea", "").value("").view().into_string(), "<textarea></textarea>");
    }
}
