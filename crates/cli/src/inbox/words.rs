//! The words of the inbox, `content/en/inbox.json`.

use std::collections::BTreeMap;

use putright_domain::{
    data::{InvalidFile, SchemaVersion, pointer_step},
    messages::{Direction, fill},
    submission::format::{AsksFor, Kind},
};
use putright_server::{
    file_scan::{FileScan, ScanState},
    inbox::pages::NoticePage,
    store::inbox::Progress,
};
use putright_site::words;
use serde::Deserialize;

/// The file, in a site.
pub const FILE: &str = "content/en/inbox.json";
/// The names in `{ }` that stand for something.
const KNOWN: [&str; 13] = [
    "bytes",
    "date",
    "days",
    "found",
    "kilobytes",
    "kind",
    "month",
    "number",
    "officer",
    "place",
    "reference",
    "size",
    "title",
];

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
    pub search: SearchWords,
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
    scans: BTreeMap<String, String>,
    scan_warnings: BTreeMap<String, String>,
    pub quarantine_warning: String,
    pub taken: TakenWords,
    pub export: String,
    pub delete: Delete,
    notices: BTreeMap<String, Told>,
}

/// Makes groups of words. Every text of a group must be in the file, and no other; after the semicolon are those in paragraphs.
macro_rules! word_groups {
    ($($group:ident { $($text:ident),+ $(; $($paragraphs:ident),+)? })+) => {$(
        #[derive(Clone, Default, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $group {
            $(pub $text: String,)+
            $($(pub $paragraphs: Vec<String>,)+)?
        }
    )+};
}

word_groups! {
    List { title, filter, all, find, wrong, none, older, newest, caption, urgent_only, from, until }
    SearchWords { title, label, hint, send, wrong, none, searched_to, further }
    Sections {
        summary, contact, story, point, about, acting, child, follow_up, young, wishes, clocks, guidance, other,
        files, taken
    }
    Clock { told, counted, due, latest, left, one_left, today, over, one_over, about, persons }
    FileWords { caption, name, kind, size, scan, get, bytes, title, download; text }
    TakenWords { label, hint, wrong, send }
    Delete { link, title, send; text }
    Told { title; text }
}

impl InboxWords {
    /// Reads the file.
    ///
    /// # Errors
    /// Returns an error that names the file, the place and what was meant.
    pub fn parse(file: &str, text: &str) -> Result<Self, InvalidFile> {
        words::read(file, text, &[&KNOWN[..], &["words", "year"]].concat(), |words: &Self, note| {
            need_words_of("/kinds", &words.kinds, Kind::IDS, note);
            need_words_of("/states", &words.states, Progress::IDS, note);
            need_words_of("/scans", &words.scans, ScanState::IDS, note);
            need_words_of("/scan_warnings", &words.scan_warnings, ScanState::IDS, note);
            need_words_of("/asks_for", &words.asks_for, AsksFor::IDS, note);
            need_words_of("/notices", &words.notices, NoticePage::IDS, note);
        })
    }

    /// Returns the words for the id of a kind.
    pub fn kind(&self, id: &str) -> String {
        of(&self.kinds, id)
    }

    /// Returns the words for a state.
    pub fn state(&self, state: Progress) -> String {
        of(&self.states, state.id())
    }

    /// Returns the words for the result of the virus scan.
    pub fn scan(&self, scan: &FileScan) -> String {
        fill(&of(&self.scans, scan.state.id()), &[("found", scan.found.as_deref().unwrap_or_default())])
    }

    /// Returns the warning before a file is downloaded.
    pub fn scan_warning(&self, scan: &FileScan) -> String {
        of(&self.scan_warnings, scan.state.id())
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
    pub fn notice(&self, notice: NoticePage) -> Told {
        self.notices.get(notice.id()).cloned().unwrap_or_default()
    }
}

/// Notes each id that a list has no words for.
fn need_words_of<T>(place: &str, list: &BTreeMap<String, T>, ids: &[&str], note: &dyn Fn(&str, &str)) {
    if list.is_empty() {
        note(place, "is empty; write the words of each");
        return;
    }
    for id in ids.iter().filter(|id| !list.contains_key(**id)) {
        note(&[place, &pointer_step(id)].concat(), "is missing; write its words");
    }
}

/// Returns the words of an id; the id itself where there are none.
fn of(list: &BTreeMap<String, String>, id: &str) -> String {
    list.get(id).cloned().unwrap_or_else(|| id.to_owned())
}
