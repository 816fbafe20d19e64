//! The files that ship, with some words of a fixture's in place of theirs.

use std::collections::BTreeMap;

use putright::ui::examples::Specimens;
use putright_domain::bundle::Bundle;
use serde_json::Value;

use crate::common::{date, loaded_with, public};

/// Draws with the words that are asked for.
#[derive(Default)]
pub struct Words {
    known: BTreeMap<Vec<(&'static str, String)>, Specimens>,
}

impl Words {
    /// With some words, by their keys, in place of those that ship.
    pub fn with(&mut self, own: &[(&'static str, String)]) -> &mut Specimens {
        self.known.entry(own.to_vec()).or_insert_with(|| {
            // What the design system says where nothing else is asked for.
            let theirs = [
                ("characters_max", "You can enter up to {max} characters"),
                ("characters_left", "You have {count} characters remaining"),
                ("characters_one_left", "You have {count} character remaining"),
                ("characters_over", "You have {count} characters too many"),
                ("characters_one_over", "You have {count} character too many"),
            ];
            let theirs = theirs.into_iter().map(|(key, words)| (key, words.to_owned()));
            Specimens::new(bundle(theirs.chain(own.iter().cloned())), date("2026-12-17"))
        })
    }
}

fn bundle(own: impl Iterator<Item = (&'static str, String)>) -> Bundle {
    let mut words: Value = serde_json::from_str(&public("content/en/adult.json")).unwrap();
    for (key, text) in own {
        let place = words.pointer_mut(&format!("/words/{key}"));
        *place.unwrap_or_else(|| panic!("the app has no words {key}")) = Value::String(text);
    }
    loaded_with("bromley", &words.to_string())
}
