//! A council's privacy notice: a link, or a text that becomes a page, `<id>-privacy.html`.
//!
//! It is told before anything is sent and at the foot of every page. `putright build` writes it into the words of the bundles, so
//! the app knows nothing of it.

use std::sync::Arc;

use crate::{
    blanks,
    document::{HtmlDocument, Root, Shell, register},
    files::Site,
    look::Surround,
    no_js_form::Words,
    privacy_file::PrivacyFile,
};
use putright::ui::parts::Part;
use putright_domain::{
    bundle::{self, Bundle},
    council::Council,
    data::InvalidFile,
    date::Date,
    messages::{Messages, fill},
};

/// The questions that stand above the button that sends.
const BEFORE_SENDING: [&str; 2] = ["sharing", "sharing_thanks"];

impl Site {
    /// The privacy notice in a council's file; `None` where there is none.
    ///
    /// # Errors
    /// Returns an error if the file is wrong or has blanks.
    pub fn privacy(&self, id: &str) -> Result<Option<PrivacyFile>, InvalidFile> {
        self.read(&bundle::council_file(id), |path, text| blanks::refuse(path, text, PrivacyFile::read(path, text)))
    }

    /// Returns a sentence about the privacy notice of each of these councils.
    pub(crate) fn before_sending(&self, words: &Words, councils: &[&Council]) -> Vec<String> {
        let lines = self.notices(councils).map(|(council, address)| {
            fill(&words.privacy.before_sending, &[("council", &council.short_name), ("privacy", &address)])
        });
        lines.collect()
    }

    /// Tells of the privacy notices of these councils above the button that sends.
    pub(crate) fn tell_before_sending(&self, words: &Words, councils: &[&Council], messages: &mut Messages) {
        let lines = self.before_sending(words, councils);
        let asked: Vec<String> = messages.questions.iter().map(|(id, _)| id.to_owned()).collect();
        for id in asked.iter().filter(|id| BEFORE_SENDING.contains(&id.split('@').next().unwrap_or_default())) {
            if let Some(question) = messages.questions.get_mut(id) {
                question.body.extend(lines.iter().cloned());
            }
        }
    }

    /// Returns the foot of a page of these councils: links to their privacy notices, and the version of Putright.
    pub(crate) fn foot(&self, words: &Words, councils: &[&Council]) -> String {
        let name = |council: &Council| match councils {
            [_] => words.privacy.link.clone(),
            _ => [&words.privacy.link, " (", &council.short_name, ")"].concat(),
        };
        let links = self.notices(councils).map(|(council, address)| format!("[{}]({address}). ", name(council)));
        links.collect::<String>() + VERSION
    }

    fn notices<'a>(&self, councils: &[&'a Council]) -> impl Iterator<Item = (&'a Council, String)> {
        // The faults of a notice are reported where all files are read.
        let notice = |council: &&'a Council| {
            let notice = self.privacy(&council.id).ok().flatten().filter(|notice| !notice.unconfirmed)?;
            Some((*council, notice.address(&council.id)))
        };
        councils.iter().filter_map(notice).collect::<Vec<_>>().into_iter()
    }
}

/// The name and the version of the program that wrote a page.
const VERSION: &str = concat!("Putright ", env!("CARGO_PKG_VERSION"));

/// The data to draw a council's notice.
pub struct PrivacyPage {
    council: Council,
    bundle: Arc<Bundle>,
    words: Words,
    text: Vec<String>,
    today: Date,
    surround: Surround,
}

impl PrivacyPage {
    /// Reads it from the folder of a site; `None` where the notice is no text.
    ///
    /// # Errors
    /// Returns an error if a file cannot be read.
    pub fn load(site: &Site, council: &Council, today: Date) -> Result<Option<Self>, InvalidFile> {
        let Some(notice) = site.privacy(&council.id)?.filter(PrivacyFile::has_text) else { return Ok(None) };
        let bundle = Arc::new(site.load_in(register(site)?, council.clone(), Vec::new())?);
        let (words, surround) = (site.plain_words()?, site.surround(council)?);
        Ok(Some(Self { council: council.clone(), bundle, words, text: notice.text, today, surround }))
    }

    /// The page.
    pub fn page(&self, shell: &Shell<'_>) -> String {
        let Self { council, bundle, words, today, surround, .. } = self;
        let parts = [Part::Title(words.privacy.link.clone()), Part::Prose(self.text.clone())];
        let title = fill(&words.page_title, &[("title", &words.privacy.link), ("council", &council.short_name)]);
        let root = Root { language: &words.language, direction: words.direction, council: None, register: None };
        HtmlDocument { council, bundle, today: *today, root, title: &title, goes: "'none'", parts: &parts, surround }
            .html(shell)
    }
}
