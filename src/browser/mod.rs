//! web-sys: the only place that touches the browser. Decides nothing.
//!
//! Failures of a mere comfort (moving the focus, printing) are silent: there is nobody to report them to, and nothing
//! to fix. Failures that matter (loading, sending) give an error.

pub mod crypto;
pub mod fetch_bundle;
pub mod files;
pub mod http;
pub mod page;
pub mod quick_exit;
pub mod schedule;
pub mod speech;
pub mod storage;
pub mod tabs;
pub mod take;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Document, Window};

/// The window. A page has one; a test without a page never comes here.
fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

/// One of the functions of the JavaScript files here.
fn helper(name: &str) -> Option<Function> {
    Reflect::get(&window()?.into(), &name.into()).ok()?.dyn_into().ok()
}

/// Calls when what was begun has come to its end, with what came of it; `None` where it failed or never began. One piece of
/// code for all: each wait of its own is a machine of its own.
pub fn when_done(promise: Option<Promise>, call: Box<dyn FnOnce(Option<JsValue>)>) {
    spawn_local(async move {
        call(match promise {
            Some(promise) => JsFuture::from(promise).await.ok(),
            None => None,
        });
    });
}
