//! A council's privacy notice as its file gives it: a link, or a text that becomes a page, `<id>-privacy.html`.

use putright_domain::{
    council::Council,
    data::{Document, InvalidFile, Place},
    date::Date,
    delivery::config::SendBy,
    json::Value,
};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::look::fragment::{is_address, is_host};

/// The most paragraphs of a text.
const MOST: usize = 200;

/// The problem of a file without a notice.
const MISSING: &str = "is missing: by law (UK GDPR, articles 13 and 14) people must be told how you look after what they send; write the address \
                       of your notice, \"privacy\": { \"link\": \"https://www.anytown.gov.uk/privacy\" }, or the notice itself, \"privacy\": \
                       { \"text\": [\"We use what you tell us to …\"] }";

/// The privacy notice: a link or a text. A council that takes complaints has one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PrivacyFile {
    /// The address of the notice: with https, or a page of this site.
    #[schemars(example = &"https://www.anytown.gov.uk/privacy")]
    pub(crate) link: Option<String>,
    /// The notice itself, a paragraph each. `## ` begins a heading, `* ` an item of a list, and `[words](address)` is a link.
    #[schemars(length(max = 200))]
    pub(crate) text: Vec<String>,
    /// True in place of both while nobody has confirmed which notice the council uses: people are told of none, and `check` warns.
    pub(crate) unconfirmed: bool,
    /// The page on which somebody found the notice.
    pub(crate) source: String,
    /// The day on which somebody checked it.
    pub(crate) checked: Option<Date>,
    /// The day by which to check it again. After it, `check` asks for that.
    pub(crate) review_by: Option<Date>,
}

/// The name of the page of a council whose notice is a text.
pub fn file(council: &str) -> String {
    format!("{council}-privacy.html")
}

impl PrivacyFile {
    /// Reads a council's file; `None` where it has no notice.
    ///
    /// # Errors
    /// Returns an error if it is not one of a link and a text.
    pub fn read(file: &str, text: &str) -> Result<Option<Self>, InvalidFile> {
        let document = Document::parse(file, text)?;
        let root = document.root();
        let there = matches!(root.value(), Value::Object(members) if members.get("privacy").is_some());
        let read = there.then(|| Self::of(root.member("privacy")));
        document.finish(read)
    }

    fn of(place: Place<'_>) -> Self {
        let notice: Self = place.decode();
        let given = [notice.link.is_some(), notice.has_text(), notice.unconfirmed];
        if given.iter().filter(|given| **given).count() != 1 {
            place.note("must have a link or a text, such as { \"link\": \"https://www.anytown.gov.uk/privacy\" }");
        }
        if let Some(link) = notice.link.as_deref().filter(|link| !is_address(link) || link.contains(['(', ')'])) {
            let problem = if link.starts_with("http://") {
                "must begin with https://".to_owned()
            } else if is_host(link) {
                format!("must begin with https://; write \"https://{link}\"")
            } else {
                "must be an address with https:// or a page of this site, such as \"https://www.anytown.gov.uk/privacy\"".to_owned()
            };
            place.note_in("link", &problem);
        }
        if notice.text.len() > MOST {
            place.note_in("text", &format!("has {} paragraphs; write at most {MOST}", notice.text.len()));
        }
        for (at, _) in notice.text.iter().enumerate().filter(|(_, text)| text.trim().is_empty()) {
            place.note_below(&format!("/text/{at}"), "is empty; write a paragraph, or take it out");
        }
        notice
    }

    /// Checks that a council that takes complaints has a notice.
    ///
    /// # Errors
    /// Returns an error at the missing key.
    pub fn needed(notice: Option<&Self>, file: &str, council: &Council) -> Result<(), InvalidFile> {
        if notice.is_some() || council.delivery.send == SendBy::None {
            return Ok(());
        }
        Err(InvalidFile::at(file, "/privacy", MISSING))
    }

    /// Returns whether the notice is a text, which has a page.
    pub fn has_text(&self) -> bool {
        !self.text.is_empty()
    }

    /// The address of the notice of a council.
    pub(crate) fn address(&self, council: &str) -> String {
        match &self.link {
            Some(link) if link.contains("://") || link.starts_with("./") => link.clone(),
            Some(link) => ["./", link].concat(),
            None => ["./", &file(council)].concat(),
        }
    }
}
