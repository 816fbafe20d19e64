//! Elements as Leptos draws them, of one type.
//!
//! Leptos' `view!` makes a type, and so code, of every shape of markup: measured, it was the half of the download. Here every
//! element is Leptos' own `HtmlElement` with its types erased, so that its code is there once however many pages there are.
//! Drawing, reactivity, events and rendering to HTML stay Leptos'. For the same reason nothing here is inlined.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::Relaxed},
};

use leptos::{
    either::Either,
    ev::Event,
    prelude::*,
    tachys::html::{
        attribute::{
            any_attribute::{AnyAttribute, IntoAnyAttribute},
            custom::custom_attribute,
        },
        element::{br, custom, input},
        event::{Custom, on},
        property::prop,
    },
};

/// An element being put together. Boxed, so that each step of that hands on a pointer.
pub(super) struct El(Box<ElementParts>);

struct ElementParts {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// An element with a class; none where it is empty.
#[inline(never)]
pub(super) fn el(tag: &'static str, class: &str) -> El {
    let el = El(Box::new(ElementParts { tag, attributes: Vec::new(), children: Vec::new() }));
    if class.is_empty() { el } else { el.attr("class", class) }
}

/// A line break.
pub(super) fn line_break() -> AnyView {
    br().into_any()
}

/// Text.
#[inline(never)]
pub(super) fn text(text: &str) -> AnyView {
    text.to_owned().into_any()
}

/// Returns an empty view.
pub(super) fn nothing() -> AnyView {
    ().into_any()
}

/// A part that is drawn again when what it reads has changed: in a separate element, which is replaced whole.
///
/// A browser that translates the page puts its own elements in the place of text, and other software takes out
/// comments. What is changed node by node would then change nothing that anybody sees.
pub(super) fn live(draw: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
    live_erased(Arc::new(draw))
}

/// Draws a boxed closure. Within a generic function, the inner closure would be another type for each caller.
#[inline(never)]
fn live_erased(draw: Arc<dyn Fn() -> AnyView + Send + Sync>) -> AnyView {
    if cfg!(not(target_family = "wasm")) {
        return (move || draw()).into_any();
    }
    replacing(Arc::new(move || el("div", "").child(draw()).view()))
}

/// A view of elements alone, all of which are replaced each time: Leptos takes the two sides for two different views.
#[inline(never)]
pub fn replacing(draw: Arc<dyn Fn() -> AnyView + Send + Sync>) -> AnyView {
    let turn = AtomicBool::new(false);
    let draw = move || {
        let view = draw();
        if turn.fetch_xor(true, Relaxed) { Either::Left(view) } else { Either::Right(view) }
    };
    draw.into_any()
}

impl El {
    /// An attribute.
    #[inline(never)]
    pub fn attr(mut self, name: &'static str, value: &str) -> Self {
        self.0.attributes.push(custom_attribute(name, value.to_owned()).into_any_attr());
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
    pub fn live_attr(self, name: &'static str, value: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.live_attr_erased(name, Arc::new(value))
    }

    #[inline(never)]
    fn live_attr_erased(mut self, name: &'static str, value: Arc<dyn Fn() -> String + Send + Sync>) -> Self {
        self.0.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// Text that follows what it reads. The element has nothing else in it: its whole content is replaced.
    pub fn live_text(self, value: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.live_text_erased(Arc::new(value))
    }

    #[cfg(target_family = "wasm")]
    #[inline(never)]
    fn live_text_erased(mut self, value: Arc<dyn Fn() -> String + Send + Sync>) -> Self {
        self.0.attributes.push(prop("textContent", move || value()).into_any_attr());
        self
    }

    /// A property is no part of HTML, so on the host it is written out.
    #[cfg(not(target_family = "wasm"))]
    fn live_text_erased(self, value: Arc<dyn Fn() -> String + Send + Sync>) -> Self {
        self.child((move || value()).into_any())
    }

    /// A box's or radio's being on, following what it reads.
    pub fn checked(self, on: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        self.checked_erased(Arc::new(on))
    }

    #[inline(never)]
    fn checked_erased(mut self, on: Arc<dyn Fn() -> bool + Send + Sync>) -> Self {
        self.0.attributes.push(prop("checked", move || on()).into_any_attr());
        self
    }

    /// Sets the initial value of a field.
    #[cfg(target_family = "wasm")]
    #[inline(never)]
    pub fn value(mut self, value: &str) -> Self {
        self.0.attributes.push(prop("value", value.to_owned()).into_any_attr());
        self
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

    /// Handles an event.
    pub fn on(self, name: &'static str, act: impl FnMut(Event) + 'static) -> Self {
        self.on_erased(name, Box::new(act))
    }

    #[inline(never)]
    fn on_erased(mut self, name: &'static str, act: Box<dyn FnMut(Event)>) -> Self {
        self.0.attributes.push(on(Custom::new(name), act).into_any_attr());
        self
    }

    /// Handles an event in place of the browser.
    pub fn instead(self, name: &'static str, act: impl FnMut() + 'static) -> Self {
        self.instead_erased(name, Box::new(act))
    }

    #[inline(never)]
    fn instead_erased(self, name: &'static str, mut act: Box<dyn FnMut()>) -> Self {
        self.on(name, move |event| {
            event.prevent_default();
            act();
        })
    }

    /// Text in it.
    #[inline(never)]
    pub fn text(self, words: &str) -> Self {
        self.child(text(words))
    }

    /// Something in it.
    #[inline(never)]
    pub fn child(mut self, child: AnyView) -> Self {
        self.0.children.push(child);
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
    pub fn children(mut self, children: impl IntoIterator<Item = AnyView>) -> Self {
        for child in children {
            self = self.child(child);
        }
        self
    }

    /// The element as a view.
    #[inline(never)]
    pub fn view(self) -> AnyView {
        let ElementParts { tag, attributes, children } = *self.0;
        // The elements in use that have no end tag. In the browser an image is made by its name as any other.
        if tag == "input" {
            return input().add_any_attr(attributes).into_any();
        }
        #[cfg(not(target_family = "wasm"))]
        if tag == "img" {
            return leptos::tachys::html::element::img().add_any_attr(attributes).into_any();
        }
        custom(tag).child(children).add_any_attr(attributes).into_any()
    }
}
