//! Elements as Leptos draws them, of one type.
//!
//! Leptos' `view!` makes a type, and so code, of every shape of markup: measured, it was the half of the download. Here every
//! element is Leptos' own `HtmlElement` with its types erased, so that its code is there once however many pages there are.
//! Drawing, reactivity, events and rendering to HTML stay Leptos'.

use std::sync::Arc;

use leptos::{
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

/// An element being put together.
pub(super) struct El {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// An element with a class; none where it is empty.
pub(super) fn el(tag: &'static str, class: &str) -> El {
    let el = El { tag, attributes: Vec::new(), children: Vec::new() };
    if class.is_empty() { el } else { el.attr("class", class) }
}

/// A line break.
pub(super) fn line_break() -> AnyView {
    br().into_any()
}

/// Text.
pub(super) fn text(text: impl Into<String>) -> AnyView {
    text.into().into_any()
}

/// Nothing.
pub(super) fn nothing() -> AnyView {
    ().into_any()
}

/// A part that is drawn again when what it reads has changed.
pub(super) fn live(draw: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
    let draw: Arc<dyn Fn() -> AnyView + Send + Sync> = Arc::new(draw);
    (move || draw()).into_any()
}

impl El {
    /// An attribute.
    pub fn attr(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push(custom_attribute(name, value.into()).into_any_attr());
        self
    }

    /// An attribute where there is a value for it.
    pub fn maybe(self, name: &'static str, value: Option<String>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// An attribute that is there or not.
    pub fn flag(self, name: &'static str, on: bool) -> Self {
        if on { self.attr(name, "") } else { self }
    }

    /// An attribute that follows what it reads.
    pub fn live_attr(mut self, name: &'static str, value: impl Fn() -> String + Send + Sync + 'static) -> Self {
        let value: Arc<dyn Fn() -> String + Send + Sync> = Arc::new(value);
        self.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// A box's or radio's being on, following what it reads.
    pub fn checked(mut self, on: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        let on: Arc<dyn Fn() -> bool + Send + Sync> = Arc::new(on);
        self.attributes.push(prop("checked", move || on()).into_any_attr());
        self
    }

    /// What stands in a field at first.
    pub fn value(mut self, value: String) -> Self {
        self.attributes.push(prop("value", value).into_any_attr());
        self
    }

    /// What to do about an event.
    pub fn on(mut self, name: &'static str, act: impl FnMut(Event) + 'static) -> Self {
        let act: Box<dyn FnMut(Event)> = Box::new(act);
        self.attributes.push(on(Custom::new(name), act).into_any_attr());
        self
    }

    /// What to do about an event in place of what the browser would do.
    pub fn instead(self, name: &'static str, mut act: impl FnMut() + 'static) -> Self {
        self.on(name, move |event| {
            event.prevent_default();
            act();
        })
    }

    /// Text in it.
    pub fn text(self, words: impl Into<String>) -> Self {
        self.child(text(words))
    }

    /// Something in it.
    pub fn child(mut self, child: AnyView) -> Self {
        self.children.push(child);
        self
    }

    /// Another element in it.
    pub fn with(self, child: El) -> Self {
        self.child(child.view())
    }

    /// Another element in it, where there is one.
    pub fn with_some(self, child: Option<El>) -> Self {
        match child {
            Some(child) => self.with(child),
            None => self,
        }
    }

    /// Several things in it.
    pub fn children(mut self, children: impl IntoIterator<Item = AnyView>) -> Self {
        self.children.extend(children);
        self
    }

    /// The element as a view.
    pub fn view(self) -> AnyView {
        // The one element in use that has no end tag.
        if self.tag == "input" {
            return input().add_any_attr(self.attributes).into_any();
        }
        custom(self.tag).child(self.children).add_any_attr(self.attributes).into_any()
    }
}
