//! The words of the inbox, `content/en/inbox.json`.

use std::collections::BTreeMap;

use putright_domain::{
    data::{InvalidFile, SchemaVersion, pointer_step},
    messages::{Direction, fill},
    submission::format::{AsksFor, Kind},
};
use putright_server::{inbox::pages::Notice, store::inbox::State};
use putright_site::words;
use serde::Deserialize;

/// The file, in a site.
pub const FILE: &str = "content/en/inbox.json";
/// The names in `{ }` that stand for something.
const KNOWN: [&str; 12] =
    ["bytes", "date", "days", "kilobytes", "kind", "month", "number", "officer", "place", "reference", "size", "title"];

/// The words.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InboxWords {
    #[serde(rename = "schema_version")]
    _version: SchemaVersion,
    pub language: String,
    pub direction: Direction,
    pub name: String,
    pub page_title: String,
    pub signed_in: String,
    pub sign_out: String,
    pub sign_in: String,
    pub to_list: String,
    pub list: List,
    kinds: BTreeMap<String, String>,
    states: BTreeMap<String, String>,
    pub urgent: String,
    pub held: String,
    pub safety_first: String,
    pub urgent_warning: String,
    pub yes: String,
    pub no: String,
    pub not_known: String,
    pub month: String,
    pub sections: Sections,
    rows: BTreeMap<String, String>,
    asks_for: BTreeMap<String, String>,
    pub contact_none: String,
    pub clock: Clock,
    pub file: FileWords,
    pub taken: TakenWords,
    pub export: String,
    pub delete: Delete,
    notices: NoticeWords,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    pub title: String,
    pub filter: String,
    pub all: String,
    pub find: String,
    pub wrong: String,
    pub none: String,
    pub older: String,
    pub newest: String,
    pub caption: String,
    pub urgent_only: String,
    pub from: String,
    pub until: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sections {
    pub summary: String,
    pub contact: String,
    pub story: String,
    pub point: String,
    pub about: String,
    pub acting: String,
    pub child: String,
    pub follow_up: String,
    pub young: String,
    pub wishes: String,
    pub clocks: String,
    pub guidance: String,
    pub other: String,
    pub files: String,
    pub taken: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    pub told: String,
    pub counted: String,
    pub due: String,
    pub latest: String,
    pub left: String,
    pub one_left: String,
    pub today: String,
    pub over: String,
    pub one_over: String,
    pub about: String,
    pub persons: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileWords {
    pub caption: String,
    pub name: String,
    pub kind: String,
    pub size: String,
    pub get: String,
    pub bytes: String,
    pub title: String,
    pub warning: String,
    pub text: Vec<String>,
    pub download: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TakenWords {
    pub label: String,
    pub hint: String,
    pub wrong: String,
    pub send: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delete {
    pub link: String,
    pub title: String,
    pub text: Vec<String>,
    pub send: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    pub title: String,
    pub text: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct NoticeWords {
    sign_in: Told,
    nobody: Told,
    signed_out: Told,
    not_signed_in: Told,
    refused: Told,
    no_council: Told,
    not_found: Told,
    not_allowed: Told,
    expired: Told,
    fault: Told,
    erased: Told,
    erased_not_scrubbed: Told,
    held: Told,
}

impl InboxWords {
    /// Reads the file.
    ///
    /// # Errors
    /// Returns an error that names the file, the place and what was meant.
    pub fn parse(file: &str, text: &str) -> Result<Self, InvalidFile> {
        words::read(file, text, &[&KNOWN[..], &["words", "year"]].concat(), |words: &Self, note| {
            let lists = [
                ("/kinds", &words.kinds, Kind::IDS),
                ("/states", &words.states, State::IDS),
                ("/asks_for", &words.asks_for, AsksFor::IDS),
            ];
            for (place, list, ids) in lists {
                if list.is_empty() {
                    note(place, "is empty; write the words of each");
                    continue;
                }
                for id in ids.iter().filter(|id| !list.contains_key(**id)) {
                    note(&[place, &pointer_step(id)].concat(), "is missing; write its words");
                }
            }
        })
    }

    /// Returns the words for the id of a kind.
    pub fn kind(&self, id: &str) -> String {
        of(&self.kinds, id)
    }

    /// Returns the words for a state.
    pub fn state(&self, state: State) -> String {
        of(&self.states, state.id())
    }

    /// Returns the words for the head of a row.
    pub fn row(&self, id: &str) -> String {
        of(&self.rows, id)
    }

    /// Returns the words for the request of a letter.
    pub fn asks_for(&self, asks: AsksFor) -> String {
        of(&self.asks_for, asks.id())
    }

    /// Returns the title of a page.
    pub fn title(&self, title: &str) -> String {
        fill(&self.page_title, &[("title", title)])
    }

    /// Returns the words of a page that says one thing.
    pub fn notice(&self, notice: Notice) -> &Told {
        let all = &self.notices;
        match notice {
            Notice::SignIn => &all.sign_in,
            Notice::Nobody => &all.nobody,
            Notice::SignedOut => &all.signed_out,
            Notice::NotSignedIn => &all.not_signed_in,
            Notice::Refused => &all.refused,
            Notice::NoCouncil => &all.no_council,
            Notice::NotFound => &all.not_found,
            Notice::NotAllowed => &all.not_allowed,
            Notice::Expired => &all.expired,
            Notice::Fault => &all.fault,
            Notice::Erased => &all.erased,
            Notice::ErasedNotScrubbed => &all.erased_not_scrubbed,
            Notice::Held => &all.held,
        }
    }
}

/// Returns the words of an id; the id itself where there are none.
fn of(list: &BTreeMap<String, String>, id: &str) -> String {
    list.get(id).cloned().unwrap_or_else(|| id.to_owned())
}
