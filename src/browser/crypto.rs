//! Locking and unlocking with a passphrase, by the browser's own `WebCrypto`: `crypto.js` has the calls.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use super::{page::random, window};
use putright_domain::draft::encryption::{Header, IV, SALT, Sealed};

fn cipher() -> Option<Function> {
    Reflect::get(&window()?.into(), &"putrightCipher".into()).ok()?.dyn_into().ok()
}

/// Returns whether the browser can encrypt. It cannot on a page that came over an insecure connection.
pub fn is_there() -> bool {
    cipher().is_some()
}

/// Returns the header with new random bytes.
pub fn randomised(mut header: Header) -> Option<Header> {
    let mut bytes = [0_u8; SALT + IV];
    random(&mut bytes)?;
    let (salt, iv) = bytes.split_at(SALT);
    header.salt = salt.to_vec();
    header.iv = iv.to_vec();
    Some(header)
}

/// Begins to lock (`encrypt`) or unlock (`decrypt`).
pub fn begin(method: &str, passphrase: &str, header: &Header, data: &[u8]) -> Option<Promise> {
    let arguments = Array::new();
    let bytes = |bytes: &[u8]| JsValue::from(Uint8Array::from(bytes));
    let given = [
        method.into(),
        passphrase.into(),
        bytes(&header.salt),
        bytes(&header.iv),
        header.iterations.into(),
        header.to_json().into(),
        bytes(data),
    ];
    for one in given {
        arguments.push(&one);
    }
    cipher()?.apply(&JsValue::NULL, &arguments).ok()?.dyn_into().ok()
}

/// Returns the encrypted data as text.
pub fn sealed(header: Header, data: &JsValue) -> String {
    Sealed { header, data: Uint8Array::new(data).to_vec() }.to_json()
}

/// Returns the decrypted text.
pub fn unsealed(data: &JsValue) -> Option<String> {
    String::from_utf8(Uint8Array::new(data).to_vec()).ok()
}
