//! Messages between the tabs of a site: that one was left by "Exit this page", and what one did with a visit. Nothing that a person
//! wrote, and nothing is kept.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use super::helper;
use putright_app::drafts::News;

const EXIT: &str = "exit";
/// The word of a tab that has sent a visit.
pub const SENT: &str = "sent";

/// A message of another tab.
pub enum TabMessage {
    /// Somebody has left by "Exit this page".
    Exit,
    /// The visit of this number has been sent, under this reference.
    Sent(String, String),
    /// Something happened to the draft of the visit of this number.
    News(String, News),
}

/// Calls when another tab sends a message.
pub fn hear(call: impl Fn(TabMessage) + 'static) {
    let hear = Closure::<dyn Fn(String)>::new(move |text: String| {
        let mut parts = text.splitn(3, ' ');
        let mut next = || parts.next().unwrap_or_default();
        let (word, visit, reference) = (next(), next().to_owned(), next().to_owned());
        match word {
            EXIT => call(TabMessage::Exit),
            SENT => call(TabMessage::Sent(visit, reference)),
            _ => {
                if let Some(news) = News::from_id(word) {
                    call(TabMessage::News(visit, news));
                }
            }
        }
    });
    let hear: Function = hear.into_js_value().unchecked_into();
    run("putrightTabs", &hear);
}

/// Tells the other tabs that this one is left.
pub fn tell_exit() {
    run("putrightTell", &EXIT.into());
}

/// Tells the other tabs what happened to a visit.
pub fn tell(word: &str, visit: &str, reference: &str) {
    run("putrightTell", &[word, " ", visit, " ", reference].concat().into());
}

fn run(name: &str, given: &JsValue) {
    if let Some(function) = helper(name) {
        // A browser without either means has one tab less to tell.
        let _ = function.call1(&JsValue::NULL, given);
    }
}
