//! The two stores of a browser: one for as long as a tab is open, one for the device. Nothing is in them but a draft that a
//! person asked for.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::window;
use crate::domain::session::keeping::{NotKept, Place};

const KEY: &str = "putright/draft";
const PLACES: [Place; 2] = [Place::Tab, Place::Device];

fn store(place: Place) -> Result<JsValue, JsValue> {
    let name = match place {
        Place::Tab => "sessionStorage",
        Place::Device => "localStorage",
    };
    // A browser that forbids it throws at the name alone.
    Reflect::get(&window().ok_or(JsValue::NULL)?.into(), &name.into())
}

fn call(place: Place, method: &str, value: Option<&str>) -> Result<JsValue, JsValue> {
    let store = store(place)?;
    let method: Function = Reflect::get(&store, &method.into())?.dyn_into()?;
    match value {
        Some(value) => method.call2(&store, &KEY.into(), &value.into()),
        None => method.call1(&store, &KEY.into()),
    }
}

fn read(place: Place) -> Option<String> {
    call(place, "getItem", None).ok()?.as_string()
}

/// What is kept, and where.
pub fn found() -> Option<(Place, String)> {
    PLACES.into_iter().find_map(|place| Some((place, read(place)?)))
}

/// Keeps a text in one place and in no other. `again`: one must be there already, or somebody has deleted it.
pub fn keep(place: Place, again: bool, text: &str) -> Result<(), NotKept> {
    if again && read(place).is_none() {
        return Err(if store(place).is_err() { NotKept::Forbidden } else { NotKept::Gone });
    }
    call(place, "setItem", Some(text)).map_err(|error| {
        let name = Reflect::get(&error, &"name".into()).ok().and_then(|name| name.as_string());
        if name.as_deref() == Some("QuotaExceededError") { NotKept::Full } else { NotKept::Forbidden }
    })?;
    for other in PLACES {
        if other != place {
            let _ = call(other, "removeItem", None);
        }
    }
    Ok(())
}

/// Deletes everything of ours that is kept in this browser.
pub fn forget_all() {
    for place in PLACES {
        let _ = call(place, "removeItem", None);
    }
}
