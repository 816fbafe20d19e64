//! Reads `plain_form` in `delivery`, a council's own setting for its plain form.
//!
//! `"none"`; an address alone, where our own receiver takes its form; or a form of another backend, as among the other ways.

use putright_domain::{
    data::{Document, InvalidFile, Place},
    delivery::config::{DeliveryConfig, Endpoint},
    json::Value,
    key_map::KeyMap,
};

const KEYS: [&str; 6] = ["url", "method", "encoding", "fields", "needs", "opens"];

/// The setting in a council's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Own {
    /// There is no form to send.
    None,
    /// The address of our own receiver's form.
    Receiver(String),
    /// A form of another backend.
    Form(Box<Endpoint>),
}

impl Own {
    /// Reads a council's file; `None` where it says nothing.
    ///
    /// # Errors
    /// Returns an error that names the file, the place and what was meant.
    pub fn read(file: &str, text: &str) -> Result<Option<Self>, InvalidFile> {
        let document = Document::parse(file, text)?;
        let delivery = document.root().member("delivery");
        let there = matches!(delivery.value(), Value::Object(members) if members.get("plain_form").is_some_and(|own| !own.is_null()));
        let read = there.then(|| Self::of(delivery.member("plain_form")));
        document.finish(read)
    }

    /// The names of the fields of a delivery that the file itself has, and not its preset.
    pub fn fields(file: &str, text: &str) -> Vec<String> {
        let Ok(document) = Document::parse(file, text) else { return Vec::new() };
        let fields = document.root().member("delivery").member("fields").value();
        match fields {
            Value::Object(members) => members.iter().map(|(name, _)| name.to_owned()).collect(),
            _ => Vec::new(),
        }
    }

    fn of(place: Place<'_>) -> Self {
        if place.is_text() {
            if place.text() != "none" {
                place
                    .note("must be \"none\", or an object with the address of a form, as in { \"url\": \"api/form\" }");
            }
            return Self::None;
        }
        let object = place.object(&KEYS);
        let has_fields = object.get("fields").is_some();
        let mut whole = KeyMap::default();
        if let Value::Object(members) = place.value() {
            for (key, value) in members.iter() {
                whole.insert(key, value.clone());
            }
        }
        // Read as any other form is. The preset has what a form need not say.
        whole.insert("preset", "no-endpoint".into());
        whole.insert("send", "navigate".into());
        if !has_fields {
            let mut rule = KeyMap::default();
            rule.insert("value", "".into());
            let mut fields = KeyMap::default();
            fields.insert("council", Value::Object(rule));
            whole.insert("fields", Value::Object(fields));
        }
        let merged = place.replaced(Value::Object(whole));
        let form = DeliveryConfig::read(merged.root()).endpoint;
        place.take_over(&merged);
        if has_fields { Self::Form(Box::new(form)) } else { Self::Receiver(form.url) }
    }
}
