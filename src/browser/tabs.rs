//! What the tabs of a site tell each other: that one was left by "Exit this page", and that one has sent its complaint. Nothing
//! that a person wrote, and nothing is kept.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use super::helper;

const EXIT: &str = "exit";

/// What another tab tells.
pub enum Heard {
    /// Somebody has left by "Exit this page".
    Exit,
    /// The visit of this number has been sent, under this reference.
    Sent(String, String),
}

/// Calls when another tab tells something.
pub fn hear(call: impl Fn(Heard) + 'static) {
    let hear = Closure::<dyn Fn(String)>::new(move |text: String| {
        if text == EXIT {
            call(Heard::Exit);
        } else if let Some((visit, reference)) = text.split_once(' ') {
            call(Heard::Sent(visit.to_owned(), reference.to_owned()));
        }
    });
    let hear: Function = hear.into_js_value().unchecked_into();
    run("putrightTabs", &hear);
}

/// Tells the other tabs that this one is left.
pub fn tell_exit() {
    run("putrightTell", &EXIT.into());
}

/// Tells the other tabs that this visit has been sent.
pub fn tell_sent(visit: &str, reference: &str) {
    run("putrightTell", &[visit, " ", reference].concat().into());
}

fn run(name: &str, given: &JsValue) {
    if let Some(function) = helper(name) {
        // A browser without either means has one tab less to tell.
        let _ = function.call1(&JsValue::NULL, given);
    }
}
