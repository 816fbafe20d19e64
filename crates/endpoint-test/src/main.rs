//! Lends the rules of sending to the page `check.html`, and nothing else: the page asks `putrightTrial(json)` what to do next,
//! does it, and asks again.
//!
//! A module of its own, so that the app pays nothing for it: no Leptos, no waiting, no part of the page. What a browser does
//! (fetching, drawing) is a few lines of `check/check.js`; what is asked, and what the answers mean, is the app's own Rust.

#[cfg(target_family = "wasm")]
fn main() {
    use js_sys::{Reflect, global};
    use putright_endpoint_test::probe;
    use wasm_bindgen::{JsCast, JsValue, closure::Closure};

    let answer = Closure::<dyn Fn(String) -> String>::new(|input: String| probe::answer(&input));
    let _ = Reflect::set(&global(), &JsValue::from_str("putrightTrial"), answer.as_ref().unchecked_ref());
    // It is there as long as the page is.
    answer.forget();
}

#[cfg(not(target_family = "wasm"))]
fn main() {
    eprintln!("putright-trial runs in a browser: scripts/check-page.sh builds it");
    std::process::exit(2);
}
