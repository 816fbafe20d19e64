//! The address, the history, the focus, the title, the clock, and numbers nobody else has.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{BeforeUnloadEvent, HtmlElement};

use super::{document, helper, window};
use putright_app::Focus;
use putright_domain::{
    bundle::FIRST_REGISTER,
    date::Date,
    display_settings::DisplaySettings,
    form::answer::{Field, FormInput},
    route::Route,
};

/// The page that the address names; `None` where it names a place within the page.
pub fn route() -> Option<Route> {
    Route::parse(&window()?.location().hash().ok()?)
}

/// The council that the address asks for.
pub fn asked_council() -> Option<String> {
    let search = window()?.location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&search).ok()?.get("council")
}

/// The council whose own page this is.
pub fn own_council() -> Option<String> {
    own("data-council")
}

/// The register in whose words this page is, where it is not the first.
pub fn own_register() -> Option<String> {
    own("data-register")
}

fn own(attribute: &str) -> Option<String> {
    document()?.document_element()?.get_attribute(attribute)
}

/// Returns the addresses of the bundles, a space between two: `putright build` wrote them.
pub fn bundles() -> String {
    let meta = document().and_then(|document| document.query_selector("meta[name=putright-bundles]").ok()?);
    meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}

/// Goes to a page, as a new entry of the history. No `hashchange` need follow: the browser would lay out the page that goes to
/// look for the place in it, and tell of it only when that is painted again.
pub fn go(route: &Route) {
    let Some(window) = window() else { return };
    let (address, location) = (route.to_string(), window.location());
    if location.hash().is_ok_and(|now| now == address) {
        return;
    }
    let pushed = window.history().and_then(|all| all.push_state_with_url(&JsValue::NULL, "", Some(&address)));
    // Some browsers take only so many a minute.
    if pushed.is_err() {
        let _ = location.set_hash(&address);
    }
}

/// Goes to a page in place of this entry. No `hashchange` follows.
pub fn replace(route: &Route) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&route.to_string()));
    }
}

/// Goes back one entry.
pub fn back() {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let _ = history.back();
    }
}

/// Prints.
pub fn print() {
    if let Some(window) = window() {
        let _ = window.print();
    }
}

/// Calls when the address changes, until the page is closed.
pub fn on_address_change(call: impl Fn() + 'static) {
    let closure = Closure::<dyn Fn()>::new(call);
    if let Some(window) = window() {
        let _ = window.add_event_listener_with_callback("hashchange", closure.as_ref().unchecked_ref());
    }
    closure.forget();
}

/// Calls when the page is hidden or left: the last moment that a browser is sure to give.
pub fn on_hiding(call: impl Fn() + 'static) {
    let closure = Closure::<dyn Fn()>::new(call);
    let call = closure.as_ref().unchecked_ref();
    if let (Some(window), Some(document)) = (window(), document()) {
        let _ = window.add_event_listener_with_callback("pagehide", call);
        let _ = document.add_event_listener_with_callback("visibilitychange", call);
    }
    closure.forget();
}

/// Returns true for a reload, and for the return of a tab that the browser had discarded: `page.js` looks.
pub fn resumes() -> bool {
    let told = helper("putrightResumes").and_then(|look| look.call0(&JsValue::NULL).ok());
    told.is_some_and(|told| told.is_truthy())
}

/// Asks before the page is left, while `unsaved` says so.
pub fn guard_leaving(unsaved: impl Fn() -> bool + 'static) {
    let closure = Closure::<dyn Fn(BeforeUnloadEvent)>::new(move |event: BeforeUnloadEvent| {
        if unsaved() {
            event.prevent_default();
        }
    });
    if let Some(window) = window() {
        let _ = window.add_event_listener_with_callback("beforeunload", closure.as_ref().unchecked_ref());
    }
    closure.forget();
}

/// Sets the document's title.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Sets the council's colour. By the style object and not by markup, so that the policy needs no exception for styles.
pub fn set_colour(colour: &str) {
    let root = document().and_then(|document| document.document_element());
    if let Some(root) = root.and_then(|root| root.dyn_into::<HtmlElement>().ok()) {
        let _ = root.style().set_property("--pr-brand", colour);
    }
}

/// Marks the page with the language of its words (a BCP 47 tag), their direction and their register, which the styles follow.
pub fn set_words(language: &str, direction: &str, register: &str) {
    let class = if register == FIRST_REGISTER { "govuk-template" } else { "govuk-template pr-for-young" };
    set_on_root(&[("lang", language), ("dir", direction), ("data-register", register), ("class", class)]);
}

fn set_on_root(attributes: &[(&str, &str)]) {
    let root = document().and_then(|document| document.document_element());
    for (name, value) in attributes {
        let _ = root.as_ref().map(|root| root.set_attribute(name, value));
    }
}

/// Makes the page look as the person has chosen: the styles do the rest.
pub fn set_look(look: DisplaySettings) {
    set_on_root(&[
        ("data-pr-text", look.text.id()),
        ("data-pr-spacing", look.spacing.id()),
        ("data-pr-background", look.background.id()),
    ]);
}

/// Brings the head of the page into sight, and returns whether the focus may follow.
pub fn show_heading() -> bool {
    let may_follow = !HELD.load(Relaxed);
    if let Some(window) = window().filter(|_| may_follow) {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
    may_follow
}

/// Moves the focus. What could not have it before may have it while it does, so that it is spoken but is no stop for the
/// tab key.
pub fn focus(focus: &Focus) {
    if HELD.load(Relaxed) {
        return;
    }
    let selector = match focus {
        Focus::Summary => "#summary".to_owned(),
        Focus::Heading => "#main h1".to_owned(),
        Focus::Element(id) => format!("[id='{id}']"),
    };
    let found = document().and_then(|document| document.query_selector(&selector).ok().flatten());
    let Some(element) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) else { return };
    if let Focus::Element(_) = focus {
        // What is in a closed group cannot have the focus.
        if let Some(group) = element.closest("details").ok().flatten() {
            let _ = group.set_attribute("open", "");
        }
        // The question is of more help in view than the field alone.
        let legend = element.closest(".govuk-form-group:not(.govuk-date-input *)").ok().flatten();
        legend.unwrap_or_else(|| element.clone().into()).scroll_into_view();
    }
    let native = ["INPUT", "TEXTAREA", "BUTTON", "A"].contains(&element.tag_name().as_str());
    if !native && !element.has_attribute("tabindex") {
        // `page.js` takes both away when the focus goes: one listener for all, for one of its own stays where the element
        // goes while it has the focus.
        let _ = element.set_attribute("tabindex", "-1");
        let _ = element.set_attribute("data-pr-spoken", "");
    }
    let _ = element.focus();
}

/// The answers that were given before the app was there.
#[derive(Default)]
pub struct Opening {
    /// Each question that stood there, with what was chosen and typed.
    pub given: Vec<(String, FormInput)>,
    refocus: Option<Function>,
}

impl Opening {
    /// Reads it from the prerendered page, which must still be there: `page.js` looks.
    pub fn read() -> Self {
        let Some(told) = helper("putrightOpening").and_then(|look| look.call0(&JsValue::NULL).ok()) else {
            return Self::default();
        };
        let told = Array::from(&told);
        let mut given = Vec::new();
        for one in Array::from(&told.get(0)).iter() {
            let one = Array::from(&one);
            let chosen = Array::from(&one.get(1)).iter().filter_map(|id| id.as_string()).collect();
            let text = one.get(2).as_string().unwrap_or_default();
            let raw = FormInput { chosen, ..FormInput::default() };
            let raw = if text.is_empty() { raw } else { raw.with(Field::Text, text) };
            given.push((one.get(0).as_string().unwrap_or_default(), raw));
        }
        Self { given, refocus: told.get(1).dyn_into().ok() }
    }

    /// Gives the focus back to what takes the place of what had it, and keeps it there until [`let_focus_go`].
    pub fn refocus(&self) {
        let had_it = self.refocus.as_ref().and_then(|refocus| refocus.call0(&JsValue::NULL).ok());
        HELD.store(had_it.is_some_and(|had_it| had_it.is_truthy()), Relaxed);
    }
}

/// Takes over what the fields of a question hold now, whether or not anything told of it: `page.js` looks.
pub fn read_fields(question: &str, raw: &mut FormInput) {
    let told = helper("putrightFields").and_then(|look| look.call1(&JsValue::NULL, &question.into()).ok());
    let Some(told) = told else { return };
    for one in Array::from(&told).iter().filter_map(|one| one.as_string()) {
        match one.split_once('=') {
            // There are choices, of which those that follow are on.
            Some(("", "")) => raw.chosen.clear(),
            Some(("", option)) => raw.chosen.push(option.to_owned()),
            Some((name, text)) => {
                if let Some(field) = Field::from_id(name) {
                    raw.text.insert(field, text.to_owned());
                }
            }
            None => {}
        }
    }
}

/// True while the focus stays with the element that had it before the app was there.
static HELD: AtomicBool = AtomicBool::new(false);

/// The focus may move again.
pub fn let_focus_go() {
    HELD.store(false, Relaxed);
}

/// The day in England. Made of numbers: browsers write dates as text in ways of their own.
pub fn today() -> Option<Date> {
    Date::in_england(js_sys::Date::now())
}

/// The day where the device is.
pub fn here() -> Option<Date> {
    let now = js_sys::Date::new_0();
    Date::new(i32::try_from(now.get_full_year()).ok()?, now.get_month() + 1, now.get_date())
}

/// 128 bits that nobody else has, as 32 hexadecimal digits.
pub fn make_id() -> Option<String> {
    let mut bytes = [0_u8; 16];
    random(&mut bytes)?;
    let digit = |value: u8| char::from_digit(u32::from(value), 16);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Fills with bytes that nobody can guess.
pub(super) fn random(bytes: &mut [u8]) -> Option<()> {
    window()?.crypto().ok()?.get_random_values_with_u8_array(bytes).ok().map(|_| ())
}

/// The place the app is drawn in.
pub fn app_element() -> Option<HtmlElement> {
    document()?.get_element_by_id("app")?.dyn_into().ok()
}

/// Shows one of the notices that the form cannot start. Everything else on the page stays as it is.
pub fn show_fault(id: &str) {
    let Some(element) = document().and_then(|document| document.get_element_by_id(id)) else { return };
    let _ = element.remove_attribute("hidden");
    if let Ok(element) = element.dyn_into::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Loads the page once more where it is older than the files beside it, and tells whether it does: `stale_page.js` looks.
pub async fn reload_stale() -> bool {
    let begun = helper("putrightReload").and_then(|reload| reload.call0(&JsValue::NULL).ok());
    let Some(promise) = begun.and_then(|begun| begun.dyn_into::<Promise>().ok()) else { return false };
    JsFuture::from(promise).await.is_ok_and(|reloads| reloads.is_truthy())
}

/// Tells the web officer, in the browser's console, what is wrong with a file. Never anything that a person wrote.
pub fn tell_console(problem: &str) {
    web_sys::console::error_1(&problem.into());
}
