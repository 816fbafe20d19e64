//! Photos and files that a person has picked. `files.js` holds what is in them, by number, and makes photos smaller: it
//! decides nothing. Nothing of it goes anywhere before it is sent.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

use super::window;
use putright_domain::delivery::attachments::PickedFile;

fn call(name: &str, given: &[JsValue]) -> Option<JsValue> {
    let files = Reflect::get(&window()?.into(), &"putrightFiles".into()).ok()?;
    let function: Function = Reflect::get(&files, &name.into()).ok()?.dyn_into().ok()?;
    let arguments = Array::new();
    for one in given {
        arguments.push(one);
    }
    function.apply(&files, &arguments).ok()
}

fn promise(name: &str, given: &[JsValue]) -> Option<Promise> {
    call(name, given)?.dyn_into().ok()
}

/// Begins to take what was picked in a field, which is then empty again.
pub fn take(field: &str) -> Option<Promise> {
    promise("take", &[field.into()])
}

/// Returns the picked files.
pub fn found(list: &JsValue) -> Vec<PickedFile> {
    let at = |of: &JsValue, index: u32| Reflect::get_u32(of, index).unwrap_or_default();
    let one = |index: u32| {
        let file = at(list, index);
        Some(PickedFile {
            id: length(&at(&file, 0))?,
            name: at(&file, 1).as_string()?,
            bytes: length(&at(&file, 2))?,
            head: Uint8Array::new(&at(&file, 3)).to_vec(),
        })
    };
    (0..).map_while(one).collect()
}

/// A number of bytes, or of a file. What is more than four gigabytes is too much anyway.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast stops at the largest")]
pub fn length(value: &JsValue) -> Option<u32> {
    value.as_f64().map(|number| number as u32)
}

/// Begins to prepare a file. A photo is drawn again, and any other file keeps its bytes. The promise gives the length.
pub fn prepare(id: u32, media_type: &str, photo: bool) -> Option<Promise> {
    promise("prepare", &[id.into(), media_type.into(), photo.into()])
}

/// Lets one go, or all.
pub fn forget(id: Option<u32>) {
    call("forget", &[id.map_or(JsValue::UNDEFINED, JsValue::from)]);
}

/// Returns the content of a file, to be sent as a separate part.
pub fn held(id: u32) -> Option<Blob> {
    call("get", &[id.into()])?.dyn_into().ok()
}

/// Begins to put files in base64 into a text, each in the place of its mark. The promise gives a blob.
pub fn filled(text: &str, marks: &[(String, u32)]) -> Option<Promise> {
    let rows = Array::new();
    for (mark, id) in marks {
        rows.push(&Array::of2(&mark.into(), &(*id).into()));
    }
    promise("filled", &[text.into(), rows.into()])
}
