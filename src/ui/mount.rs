//! Puts HTML into the page of a browser, and connects its hooks: listeners, what follows the state, and parts that are drawn again.
//!
//! A drawn part has one effect for all that follows the state in it. The effect asks each of them, and touches those alone whose
//! value has changed. The browser is given one listener for each kind of event, and none for each element: making those, and letting
//! them go with their page, is dear on an old phone.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use leptos::{ev::Event, prelude::*, wasm_bindgen::JsCast};
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, HtmlInputElement, Node};

use super::element::{Follower, Hook, Html, MARK};

/// The kinds of events that the page listens for. Each of them bubbles.
const KINDS: [&str; 5] = ["click", "auxclick", "input", "change", "submit"];

thread_local! {
    /// The listeners of the parts that are drawn now. Those of an outer element come before those of the elements in it.
    static LISTENERS: RefCell<Vec<Listener>> = const { RefCell::new(Vec::new()) };
}

/// A listener of an element, which lives as long as its part.
struct Listener {
    element: Element,
    kind: &'static str,
    act: Weak<dyn Fn(Event)>,
}

/// Draws into an element for as long as the page exists, and listens there.
pub fn mount(element: Element, draw: Box<dyn Fn() -> Html>) {
    let closure = Closure::<dyn Fn(Event)>::new(|event| tell(&event));
    for kind in KINDS {
        let _ = element.add_event_listener_with_callback(kind, closure.as_ref().unchecked_ref());
    }
    closure.forget();
    std::mem::forget(LivePart::new(element, draw));
}

/// Tells the listeners of an event, the innermost first, as the browser would. Those that go meanwhile are not told.
fn tell(event: &Event) {
    let target = event.target();
    let target: Option<&Node> = target.as_ref().map(JsCast::unchecked_ref);
    let kind = event.type_();
    let concerned: Vec<Weak<dyn Fn(Event)>> = LISTENERS.with_borrow(|listeners| {
        let own = listeners.iter().rev().filter(|listener| listener.kind == kind && listener.element.contains(target));
        own.map(|listener| Weak::clone(&listener.act)).collect()
    });
    for act in concerned {
        if let Some(act) = act.upgrade() {
            act(event.clone());
        }
    }
}

/// A part of the page that is drawn again when something that it was drawn of has changed, for as long as this exists.
struct LivePart {
    _effect: RenderEffect<Drawn>,
}

impl LivePart {
    /// Draws into an element, in place of its content.
    fn new(element: Element, draw: Box<dyn Fn() -> Html>) -> Self {
        let draw_again = move |before: Option<Drawn>| {
            let (markup, hooks) = draw().into_parts();
            let stays = |before: &Drawn| hooks.is_empty() && before.markup.as_ref() == Some(&markup);
            match before {
                Some(before) if stays(&before) => before,
                before => {
                    let_focus_go(&element);
                    element.set_inner_html(&markup);
                    // Its listeners may be called until here: a field tells of a change as it loses the focus.
                    drop(before);
                    connect(&element, markup, hooks)
                }
            }
        };
        Self { _effect: RenderEffect::new(draw_again) }
    }
}

/// A part as it stands in the page, with what is to live as long.
struct Drawn {
    /// The markup, where nothing in it is connected: then the same markup need not be put in again.
    markup: Option<String>,
    _listeners: Vec<Rc<dyn Fn(Event)>>,
    _followers: Option<RenderEffect<()>>,
    _parts: Vec<LivePart>,
}

/// A hook that follows the state, with its element.
struct Following(Element, Hook);

/// Takes the focus off what is about to go. A browser that finds the focus in what it takes out lays out the page first.
fn let_focus_go(element: &Element) {
    let focused = element.owner_document().and_then(|document| document.active_element());
    if let Some(focused) = focused.filter(|focused| element.contains(Some(focused))) {
        let _ = focused.unchecked_into::<HtmlElement>().blur();
    }
}

fn connect(element: &Element, markup: String, hooks: Vec<Vec<Hook>>) -> Drawn {
    if hooks.is_empty() {
        return Drawn { markup: Some(markup), _listeners: Vec::new(), _followers: None, _parts: Vec::new() };
    }
    LISTENERS.with_borrow_mut(|listeners| listeners.retain(|listener| listener.act.strong_count() > 0));
    let marked = element.query_selector_all(&["[", MARK, "]"].concat());
    let (mut listeners, mut following, mut parts) = (Vec::new(), Vec::new(), Vec::new());
    for (at, hooks) in (0..).zip(hooks) {
        let found = marked.as_ref().ok().and_then(|marked| marked.item(at)).and_then(|node| node.dyn_into().ok());
        let Some(element): Option<Element> = found else { continue };
        for hook in hooks {
            match hook {
                Hook::Listener(kind, act) => {
                    let listener = Listener { element: element.clone(), kind, act: Rc::downgrade(&act) };
                    LISTENERS.with_borrow_mut(|listeners| listeners.push(listener));
                    listeners.push(act);
                }
                Hook::Value(value) => set_value(&element, &value),
                Hook::Part(draw) => parts.push((element.clone(), draw)),
                follows => following.push(Following(element.clone(), follows)),
            }
        }
    }
    let follow = |mut following: Vec<Following>| {
        RenderEffect::new(move |_: Option<()>| following.iter_mut().for_each(Following::follow))
    };
    Drawn {
        markup: None,
        _listeners: listeners,
        _followers: (!following.is_empty()).then(|| follow(following)),
        _parts: parts.into_iter().map(|(element, draw)| LivePart::new(element, draw)).collect(),
    }
}

impl Following {
    fn follow(&mut self) {
        let element = &self.0;
        match &mut self.1 {
            Hook::Attribute(name, follower) => {
                if follower.changes() {
                    let _ = element.set_attribute(name, &follower.shown);
                }
            }
            Hook::Text(follower) => {
                if follower.changes() {
                    element.set_text_content(Some(&follower.shown));
                }
            }
            Hook::Checked(follower) => {
                if follower.changes() {
                    element.unchecked_ref::<HtmlInputElement>().set_checked(follower.shown);
                }
            }
            Hook::Listener(..) | Hook::Value(_) | Hook::Part(_) => {}
        }
    }
}

impl<T: PartialEq> Follower<T> {
    /// Takes the value as it is now, and tells whether it is another than the page shows.
    fn changes(&mut self) -> bool {
        let now = (self.value)();
        let changes = now != self.shown;
        self.shown = now;
        changes
    }
}

/// Sets the text of a field: of an input, and of a text area, whose property has the same name.
fn set_value(element: &Element, value: &str) {
    element.unchecked_ref::<HtmlInputElement>().set_value(value);
}
