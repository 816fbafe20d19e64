//! Reads every file of a site, and reports the faults of all at once.

use putright_domain::data::{Diagnostic, InvalidFile};

use crate::{advice, files::Site, no_js_form::Way, privacy_file::PrivacyFile};

/// Reads every file of a site.
///
/// # Errors
/// Returns the faults of all files.
pub fn read_all(site: &Site) -> Result<(), InvalidFile> {
    site.expect_site()?;
    let mut faults = Faults { site, found: Vec::new() };
    let councils = faults.of(site.index()).map(|index| index.councils).unwrap_or_default();
    for id in &councils {
        faults.of(site.statement(id));
        faults.of(site.look(id));
        let notice = faults.of(site.privacy(id));
        let Some(council) = faults.of(site.council(id)) else { continue };
        if let Some(notice) = notice {
            faults.of(PrivacyFile::needed(notice.as_ref(), &site.council_path(id), &council));
        }
        faults.of(Way::of(site, &council));
    }
    for register in faults.of(site.registers()).unwrap_or_default() {
        faults.of(site.edition(&register));
    }
    faults.of(site.calendar());
    faults.of(site.directory());
    faults.of(site.danger());
    faults.of(site.plain_words());
    faults.of(site.statement_words());
    InvalidFile::of(advice::without_consequences(&advice::first_at_each_place(faults.found))).map_or(Ok(()), Err)
}

struct Faults<'a> {
    site: &'a Site,
    found: Vec<Diagnostic>,
}

impl Faults<'_> {
    /// Keeps the faults of a result. A file that several steps read has each of its faults once.
    fn of<T>(&mut self, result: Result<T, InvalidFile>) -> Option<T> {
        let error = match result {
            Ok(read) => return Some(read),
            Err(error) => error,
        };
        for fault in error.apart().flat_map(|fault| self.site.located(fault).into_diagnostics()) {
            if !self.found.contains(&fault) {
                self.found.push(fault);
            }
        }
        None
    }
}
