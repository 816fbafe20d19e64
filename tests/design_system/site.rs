//! The files that ship, with some words of a fixture's in place of theirs.

use std::{collections::BTreeMap, fs, path::Path};

use putright::{
    domain::{
        council::Council,
        danger::Danger,
        date::Date,
        guidance::{signpost::Directory, working_days::WorkingCalendar},
        loaded::{Common, Edition, Loaded, Sources, files},
    },
    view::specimen::Specimens,
};
use serde_json::Value;

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
            Specimens::new(loaded(theirs.chain(own.iter().cloned())), Date::parse_iso("2026-12-17").unwrap())
        })
    }
}

fn loaded(own: impl Iterator<Item = (&'static str, String)>) -> Loaded {
    let council = Council::parse("bromley", &public("councils/bromley.json")).unwrap();
    let [flow, content] = files("adult");
    let mut words: Value = serde_json::from_str(&public(&content)).unwrap();
    for (key, text) in own {
        let place = words.pointer_mut(&format!("/words/{key}"));
        *place.unwrap_or_else(|| panic!("the app has no words {key}")) = Value::String(text);
    }
    let sources = Sources { flow: &flow, content: &content };
    let edition = Edition::parse(sources, &public(&flow), &words.to_string()).unwrap();
    let common = Common::new(
        Box::new(council),
        Vec::new(),
        WorkingCalendar::parse("bank-holidays.json", &public("bank-holidays.json")).unwrap(),
        Directory::parse("signposts.json", &public("signposts.json")).unwrap(),
        Danger::parse("danger/en.json", &public("danger/en.json")).unwrap(),
    );
    Loaded::new(common, edition)
}

fn public(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("public").join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
