//! Leaving: nothing of what was written stays on the page, on the device, or behind the Back button. What other pages of the
//! same site keep is theirs and stays.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use super::{document, helper, storage, window};
use putright_domain::quick_exit::Input;

/// Wipes the page and the storage, and says what a tab that is loading says.
pub fn wipe(said: &str) {
    storage::forget_all();
    let Some(document) = document() else { return };
    document.set_title(said);
    let Some(body) = document.body() else { return };
    // All but the stylesheet, which stands at the end of the page: the empty page is drawn by it.
    match body.query_selector_all(":scope > :not(link)") {
        Ok(all) => {
            for node in (0..all.length()).filter_map(|at| all.get(at)) {
                let _ = body.remove_child(&node);
            }
        }
        Err(_) => body.set_inner_html(""),
    }
    body.set_class_name("govuk-exit-this-page-hide-content");
    if let Ok(overlay) = document.create_element("div") {
        overlay.set_class_name("govuk-exit-this-page-overlay");
        let _ = overlay.set_attribute("role", "alert");
        let _ = body.append_child(&overlay);
        overlay.set_text_content(Some(said));
    }
}

/// Goes to an address in place of this page. Within a frame, the page around it is replaced, or the frame alone where
/// the browser does not allow that. If the browser brings this page back as it was, the page is wiped and begins again.
pub fn leave(url: &str, said: String) {
    let Some(window) = window() else { return };
    let again = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
        let kept = Reflect::get(&event, &"persisted".into()).is_ok_and(|kept| kept.is_truthy());
        if kept {
            wipe(&said);
            if let Some(window) = super::window() {
                let location = window.location();
                let fresh = [location.pathname().unwrap_or_default(), location.search().unwrap_or_default()].concat();
                let _ = location.replace(&fresh);
            }
        }
    });
    let _ = window.add_event_listener_with_callback("pageshow", again.as_ref().unchecked_ref());
    again.forget();
    // The page around a frame may replace itself where the frame may not replace it.
    if let Some(tell) = helper("putrightLeave") {
        let _ = tell.call1(&JsValue::NULL, &url.into());
    }
    let top = window.top().ok().flatten().filter(|top| *top != window);
    if top.is_none_or(|top| top.location().replace(url).is_err()) {
        let _ = window.location().replace(url);
    }
}

/// Calls when Shift goes down or comes up, and once after that when anything else is done: `quick_exit.js` listens.
pub fn on_input(call: impl Fn(Input) + 'static) {
    let tell = Closure::<dyn Fn(u32, f64)>::new(move |what: u32, time: f64| {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "49 days of one visit")]
        let time = time as u32;
        call(match what {
            0 => Input::ShiftDown(time),
            1 => Input::ShiftUp(time),
            _ => Input::Other,
        });
    });
    if let Some(listen) = helper("putrightKeys") {
        let _ = listen.call1(&JsValue::NULL, &tell.into_js_value());
    }
}
