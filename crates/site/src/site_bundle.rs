//! Loads the bundles of a site, with what a council's file changes in the words.

use std::sync::Arc;

use putright_domain::{
    bundle::{AudienceContent, Bundle, SharedData},
    council::Council,
    data::InvalidFile,
    messages::MessageId,
};

use crate::files::Site;

impl Site {
    /// Loads the bundle of a council and of those that it shares its service with, in a register of
    /// [`Site::registers`].
    pub fn load_in(&self, register: &str, council: Council, partners: Vec<Council>) -> Result<Bundle, InvalidFile> {
        let councils: Vec<&Council> = [&council].into_iter().chain(&partners).collect();
        let edition = self.edition_of(register, &councils)?;
        Ok(Bundle::new(self.common(council, partners)?, edition))
    }

    /// Loads the bundle of a site of these councils, before a person has chosen one, in a register of
    /// [`Site::registers`].
    pub fn load_all(&self, register: &str, default: Council, others: Vec<Council>) -> Result<Bundle, InvalidFile> {
        if others.is_empty() {
            return self.load_in(register, default, others);
        }
        let mut edition = self.edition(register)?;
        let councils: Vec<&Council> = [&default].into_iter().chain(&others).collect();
        self.add_foot(&mut edition, &councils)?;
        let mut common = self.common(default, others)?;
        common.chosen = false;
        Ok(Bundle::new(common, edition))
    }

    fn common(&self, council: Council, partners: Vec<Council>) -> Result<SharedData, InvalidFile> {
        let partners = partners.into_iter().map(Box::new).collect();
        let mut common =
            SharedData::new(Box::new(council), partners, self.calendar()?, self.directory()?, self.danger()?);
        common.pictures = self.pictures()?;
        Ok(common)
    }

    /// The questions and the words of a register: with the name that the first council gives the service, and with the privacy
    /// notices of all.
    fn edition_of(&self, register: &str, councils: &[&Council]) -> Result<AudienceContent, InvalidFile> {
        let mut edition = self.edition(register)?;
        let messages = Arc::make_mut(&mut edition.content);
        // The faults of a look are reported where it is read for the pages.
        let look = councils.first().and_then(|council| self.look(&council.id).ok());
        if let Some(name) = look.and_then(|look| look.keys?.service_name) {
            messages.set_word(MessageId::ServiceName, name);
        }
        self.tell_before_sending(&self.plain_words()?, councils, messages);
        self.add_foot(&mut edition, councils)?;
        Ok(edition)
    }

    /// Adds the privacy notices and the version of Putright to the words at the foot of a page.
    fn add_foot(&self, edition: &mut AudienceContent, councils: &[&Council]) -> Result<(), InvalidFile> {
        let messages = Arc::make_mut(&mut edition.content);
        let note = [messages.word(MessageId::FooterNote), " ", &self.foot(&self.plain_words()?, councils)].concat();
        messages.set_word(MessageId::FooterNote, note.trim().to_owned());
        Ok(())
    }
}
