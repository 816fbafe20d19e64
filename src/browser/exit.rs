//! Leaving: nothing of what was written stays on the page, on the device, or behind the Back button. What other pages of the
//! same site keep is theirs and stays.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use super::{document, storage, window};

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

/// Goes to an address in place of this page. Should the browser bring this page back as it was, it is wiped again, and
/// begins anew.
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
    let _ = window.location().replace(url);
}

/// Calls when a key comes up, with whether it was Shift and whether Shift is down. A link that is a button is pressed by
/// the space bar, as every button is.
pub fn on_key_up(call: impl Fn(bool, bool) + 'static) {
    let up = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
        let held = Reflect::get(&event, &"shiftKey".into()).is_ok_and(|held| held.is_truthy());
        call(is_key(&event, "Shift"), held);
    });
    let down = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(target) = target.filter(|target| target.get_attribute("role").as_deref() == Some("button"))
            && is_key(&event, " ")
        {
            event.prevent_default();
            target.click();
        }
    });
    if let Some(document) = document() {
        let _ = document.add_event_listener_with_callback_and_bool("keyup", up.as_ref().unchecked_ref(), true);
        let _ = document.add_event_listener_with_callback("keydown", down.as_ref().unchecked_ref());
    }
    up.forget();
    down.forget();
}

fn is_key(event: &JsValue, name: &str) -> bool {
    Reflect::get(event, &"key".into()).is_ok_and(|key| key == name)
}
