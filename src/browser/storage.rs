//! The two stores of a browser: one for as long as a tab is open, one for the device. Nothing is in them but a draft that a
//! person asked for.

use std::sync::{Mutex, MutexGuard, PoisonError};

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

/// The last draft that this tab has written or read. Another one was written by another tab.
static SEEN: Mutex<Option<String>> = Mutex::new(None);

fn seen() -> MutexGuard<'static, Option<String>> {
    SEEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is kept, and where.
pub fn found() -> Option<(Place, String)> {
    let found = PLACES.into_iter().find_map(|place| Some((place, read(place)?)));
    *seen() = found.as_ref().map(|(_, text)| text.clone());
    found
}

/// Keeps a text in one place and in no other. `again`: one must be there already, or somebody has deleted it. What another tab
/// has written is never overwritten.
pub fn keep(place: Place, again: bool, text: &str) -> Result<(), NotKept> {
    let there = read(place);
    if again && there.is_none() {
        return Err(if store(place).is_err() { NotKept::Forbidden } else { NotKept::Gone });
    }
    if there.is_some() && there != *seen() {
        return Err(NotKept::Newer);
    }
    call(place, "setItem", Some(text)).map_err(|error| {
        let name = Reflect::get(&error, &"name".into()).ok().and_then(|name| name.as_string());
        if name.as_deref() == Some("QuotaExceededError") { NotKept::Full } else { NotKept::Forbidden }
    })?;
    forget_own(Some(place));
    *seen() = Some(text.to_owned());
    Ok(())
}

/// Deletes what this tab has written or read, in all places or all but one.
pub fn forget_own(but: Option<Place>) {
    for place in PLACES {
        let there = read(place);
        if Some(place) != but && there.is_some() && there == *seen() {
            let _ = call(place, "removeItem", None);
        }
    }
}

/// Deletes everything of ours that is kept in this browser.
pub fn forget_all() {
    for place in PLACES {
        let _ = call(place, "removeItem", None);
    }
}
