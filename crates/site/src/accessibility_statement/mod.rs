//! The accessibility statement that a public body must publish, as a page for each council: `<id>-accessibility.html`.
//!
//! The law is the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018, SI 2018/952:
//! regulation 8 wants the statement, after the model that regulation 9 has the Minister publish ("Model accessibility statement"
//! and "Sample accessibility statement" on GOV.UK, the latter as updated on 19 December 2023). Regulation 7 is about a
//! disproportionate burden, regulation 4 about what is out of scope, Part 5 about who enforces it.
//!
//! Nothing is claimed for a council. What its file does not say, the page says that it has not yet said; what is told of the form
//! itself is what its own tests look at, and what they do not.
//!
//! `own` reads the council's own word on it, `criteria` knows WCAG's numbers, `words` are the texts, `page` draws.

mod criteria;
pub(crate) mod own;
mod page;
pub(crate) mod words;

pub use own::Statement;
pub use page::{StatementDrawing, file};
pub use words::StatementWords;

use putright_domain::{bundle, data::InvalidFile};

use crate::files::Site;

impl Site {
    /// The accessibility statement in a council's file; `None` where it says nothing.
    ///
    /// # Errors
    /// Returns an error if the file is wrong.
    pub fn statement(&self, id: &str) -> Result<Option<Statement>, InvalidFile> {
        self.read(&bundle::council_file(id), Statement::read)
    }

    /// The words of the accessibility statement.
    ///
    /// # Errors
    /// Returns an error if the file is wrong.
    pub fn statement_words(&self) -> Result<StatementWords, InvalidFile> {
        self.read(words::FILE, StatementWords::parse)
    }
}
