//! Reading aloud, with a voice that is on this device: with any other, what is read would go over the network.
//!
//! By name, for not every browser can speak.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use super::window;

/// Tells whether there is a voice for a language, now and whenever that changes: browsers find their voices late.
pub fn watch(language: String, tell: impl Fn(bool) + 'static) {
    let Some(speech) = speech() else { return };
    let look = Closure::<dyn Fn()>::new(move || tell(voice(&language).is_some()));
    let look: Function = look.into_js_value().unchecked_into();
    let _ = look.call0(&JsValue::NULL);
    call(&speech, "addEventListener", &["voiceschanged".into(), look.into()]);
}

/// Says texts, one after another, and calls at the end of the last, or when that cannot be said.
pub fn speak(texts: &[String], language: &str, done: impl FnOnce() + 'static) {
    silence();
    let made = window().and_then(|window| Reflect::get(&window, &"SpeechSynthesisUtterance".into()).ok());
    let (Some(speech), Some(voice), Some(made)) = (speech(), voice(language), made) else { return };
    let Some(made) = made.dyn_ref::<Function>() else { return };
    let done = Closure::once_into_js(done);
    for (at, text) in texts.iter().enumerate() {
        let Ok(said) = Reflect::construct(made, &Array::of1(&text.as_str().into())) else { return };
        let set = |name: &str, value: &JsValue| {
            let _ = Reflect::set(&said, &name.into(), value);
        };
        set("voice", &voice);
        set("lang", &get(&voice, "lang"));
        if at + 1 == texts.len() {
            set("onend", &done);
            set("onerror", &done);
        }
        call(&speech, "speak", &[said]);
    }
}

/// Says no more.
pub fn silence() {
    if let Some(speech) = speech() {
        call(&speech, "cancel", &[]);
    }
}

fn speech() -> Option<JsValue> {
    let speech = get(&window()?.into(), "speechSynthesis");
    speech.is_object().then_some(speech)
}

/// A voice of this device for a language: of the same country where there is one.
fn voice(language: &str) -> Option<JsValue> {
    let voices: Array = call(&speech()?, "getVoices", &[])?.dyn_into().ok()?;
    let mut found = None;
    for at in 0..voices.length() {
        let voice = voices.get(at);
        let spoken = get(&voice, "lang").as_string().unwrap_or_default();
        let same = spoken == language;
        if get(&voice, "localService") == JsValue::TRUE
            && spoken.get(..2) == language.get(..2)
            && (same || found.is_none())
        {
            found = Some(voice);
            if same {
                break;
            }
        }
    }
    found
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}

fn call(object: &JsValue, name: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let function: Function = get(object, name).dyn_into().ok()?;
    let list = Array::new();
    for argument in arguments {
        list.push(argument);
    }
    function.apply(&object.clone().unchecked_into::<Object>(), &list).ok()
}
