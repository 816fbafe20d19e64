//! The two stores of a browser: one of the tab, one of the device. One key in each, with one draft. In the tab's, the time it was
//! written comes first (whole minutes since 1970) and a space; before that [`ASKED`], while "Go on, or start again?" is open.

use std::sync::{Mutex, MutexGuard, PoisonError};

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::window;
use putright_app::drafts::{DraftStore, NotKept, Secret, StoredDraft};

const KEY: &str = "putright/draft";
const PLACES: [DraftStore; 2] = [DraftStore::Tab, DraftStore::Device];
const ASKED: char = '?';

fn store(place: DraftStore) -> Result<JsValue, JsValue> {
    let name = match place {
        DraftStore::Tab => "sessionStorage",
        DraftStore::Device => "localStorage",
    };
    // A browser that forbids it throws at the name alone.
    Reflect::get(&window().ok_or(JsValue::NULL)?.into(), &name.into())
}

/// Returns whole minutes since 1970: numbers with a fraction, read or written, would bring 20 KB of tables along.
fn now() -> u32 {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it stops at the least and the greatest"
    )]
    let minutes = (js_sys::Date::now() / 60_000.0) as u32;
    minutes
}

fn call(place: DraftStore, method: &str, value: Option<&str>) -> Result<JsValue, JsValue> {
    let store = store(place)?;
    let method: Function = Reflect::get(&store, &method.into())?.dyn_into()?;
    match value {
        Some(value) => method.call2(&store, &KEY.into(), &value.into()),
        None => method.call1(&store, &KEY.into()),
    }
}

fn read(place: DraftStore) -> Option<String> {
    call(place, "getItem", None).ok()?.as_string()
}

/// The last draft on the device that this tab has written or read. Another one was written by another tab.
static SEEN: Mutex<Option<String>> = Mutex::new(None);

fn seen() -> MutexGuard<'static, Option<String>> {
    SEEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns what is kept, the tab's first. `resumes`: this start is a reload or the like, which counts as one only where no
/// question was open.
pub fn found(resumes: bool) -> Vec<StoredDraft> {
    let in_tab = read(DraftStore::Tab).unwrap_or_default();
    let on_device = read(DraftStore::Device);
    seen().clone_from(&on_device);
    let text = in_tab.trim_start_matches(ASKED);
    let resumes = resumes && text == in_tab;
    let stored = |place, text: &str, minutes| StoredDraft { place, text: Secret(text.to_owned()), minutes, resumes };
    let in_tab = text.split_once(' ').map(|(written, text)| {
        // Before it was written, by a clock that was put back: nothing is known of its age.
        let minutes = now().checked_sub(written.parse().unwrap_or_default()).unwrap_or(u32::MAX);
        stored(DraftStore::Tab, text, minutes)
    });
    in_tab.into_iter().chain(on_device.map(|text| stored(DraftStore::Device, &text, 0))).collect()
}

/// Keeps a text in one place, and nothing of this tab in the other. `again`: one must be there already, or somebody has deleted
/// it. A draft on the device that another tab has written is never overwritten.
pub fn keep(place: DraftStore, again: bool, text: &str) -> Result<(), NotKept> {
    let set = |text: &str| {
        call(place, "setItem", Some(text)).map_err(|error| {
            let name = Reflect::get(&error, &"name".into()).ok().and_then(|name| name.as_string());
            if name.as_deref() == Some("QuotaExceededError") { NotKept::Full } else { NotKept::Forbidden }
        })
    };
    if place == DraftStore::Tab {
        set(&[&now().to_string(), " ", text].concat())?;
        forget_seen();
        return Ok(());
    }
    let there = read(place);
    if again && there.is_none() {
        return Err(if store(place).is_err() { NotKept::Forbidden } else { NotKept::Gone });
    }
    if there.is_some() && there != *seen() {
        return Err(NotKept::Newer);
    }
    set(text)?;
    forget(DraftStore::Tab);
    *seen() = Some(text.to_owned());
    Ok(())
}

/// Remembers that the question is open: whatever loads this tab again asks it again.
pub fn ask() {
    let in_tab = read(DraftStore::Tab).unwrap_or_default();
    if !in_tab.starts_with(ASKED) {
        let _ = call(DraftStore::Tab, "setItem", Some(&[&ASKED.to_string(), &in_tab[..]].concat()));
    }
}

/// Deletes what is in one place. A question about a draft on the device goes with it.
pub fn forget(place: DraftStore) {
    let _ = call(place, "removeItem", None);
    if place == DraftStore::Device && read(DraftStore::Tab).is_some_and(|text| text.len() == ASKED.len_utf8()) {
        let _ = call(DraftStore::Tab, "removeItem", None);
    }
}

/// Deletes the draft on the device, unless another tab has written it since.
fn forget_seen() {
    let there = read(DraftStore::Device);
    if there.is_some() && there == *seen() {
        forget(DraftStore::Device);
    }
}

/// Deletes what this tab has written or read.
pub fn forget_own() {
    forget(DraftStore::Tab);
    forget_seen();
}

/// Deletes everything of ours that is kept in this browser.
pub fn forget_all() {
    PLACES.into_iter().for_each(forget);
}
