//! Giving a text to the person, into the clipboard or as a file, and taking back such a file. It goes nowhere else.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlInputElement, Url};

use super::{document, helper, window};
use putright_app::File;

/// Begins to put a text into the clipboard. By name, for a page that is not served safely has no clipboard.
pub fn copy(text: &str) -> Option<Promise> {
    let navigator = Reflect::get(&window()?.into(), &"navigator".into()).ok()?;
    let clipboard = Reflect::get(&navigator, &"clipboard".into()).ok()?;
    let write: Function = Reflect::get(&clipboard, &"writeText".into()).ok()?.dyn_into().ok()?;
    write.call1(&clipboard, &text.into()).ok()?.dyn_into().ok()
}

/// Returns a text as a blob of a media type.
pub fn blob(text: &str, media_type: &str) -> Result<Blob, JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind)
}

/// Gives a file to the person. Its text is in no address: the browser makes its own, which is taken back at once.
pub fn save(file: &File) {
    let Ok(blob) = blob(&file.text, file.media_type) else { return };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return };
    let link = document().and_then(|document| document.create_element("a").ok());
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(&address);
        link.set_download(&file.name);
        stays();
        link.click();
    }
    let _ = Url::revoke_object_url(&address);
}

/// Opens the person's own mail program.
pub fn mail(address: &str) {
    stays();
    if let Some(window) = window() {
        let _ = window.location().set_href(address);
    }
}

/// Says that what follows does not leave the page: nothing need be asked.
fn stays() {
    if let Some(stays) = helper("putrightStays") {
        let _ = stays.call0(&JsValue::NULL);
    }
}

/// The most of a file that is read: many times what the questions can hold.
const MOST: f64 = 4_000_000.0;

/// Begins to read the file that was chosen in a field, which is then empty again; `None` where there is none.
pub fn pick(field: &str) -> Option<Promise> {
    let input: HtmlInputElement = document()?.get_element_by_id(field)?.dyn_into().ok()?;
    let files = Reflect::get(&input, &"files".into()).ok()?;
    let file: Blob = Reflect::get_u32(&files, 0).ok()?.dyn_into().ok()?;
    let text = file.slice_with_f64_and_f64(0.0, MOST).ok()?.text();
    input.set_value("");
    Some(text.unchecked_into())
}
