//! The pages beside those of the app: the plain form, the statement, the privacy notice, the examples of a look, and Netlify's.

use putright_domain::data::InvalidFile;

use super::{Built, DrawnPage, template::Template};
use crate::{
    accessibility_statement,
    command::CliError,
    document::{Shell, stylesheets},
    look::{self, Examples, Surround},
    no_js_form::{self, Drawing},
    privacy, privacy_file,
};

/// The pages that Netlify looks at and shows.
const NETLIFY: [&str; 2] = ["forms.html", "received.html"];

impl Built<'_> {
    /// The pages of a council beside the app: the plain form and the statement, and the colour that they have.
    pub(super) fn beside(
        &self,
        form: &Drawing,
        statement: &accessibility_statement::StatementDrawing,
    ) -> Result<(), CliError> {
        let council = form.council();
        let surround = form.surround();
        let own = [surround.colours(":root").as_str(), Surround::rules([surround].into_iter())].concat();
        self.write(&format!("{}.css", council.id), &own)?;
        let shell = Shell { index: self.template.html(), up: "./" };
        self.write(&no_js_form::file(&council.id), &form.page(&shell))?;
        if let Some(notice) = privacy::PrivacyPage::load(&self.site, council, self.today)? {
            self.write(&privacy_file::file(&council.id), &notice.page(&shell))?;
        }
        self.write(&accessibility_statement::file(&council.id), &statement.page(&shell))
    }

    /// Returns the names of the files that are written beside the pages of the app.
    pub(super) fn beside_the_app(&self) -> Result<Vec<String>, InvalidFile> {
        let mut names = Vec::new();
        for form in &self.forms {
            let id = &form.council().id;
            names.extend([format!("{id}.css"), no_js_form::file(id), accessibility_statement::file(id)]);
            names.extend(form.surround().has_look().then(|| [id, look::EXAMPLES].concat()));
            let has_text = self.site.privacy(id)?.is_some_and(|notice| notice.has_text());
            names.extend(has_text.then(|| privacy_file::file(id)));
        }
        Ok(names)
    }

    /// Writes the examples of each look, and the look of the default council around the pages for Netlify.
    pub(super) fn dress(&self, pages: &[DrawnPage]) -> Result<(), CliError> {
        let shell = Shell { index: self.template.html(), up: "./" };
        for form in self.forms.iter().filter(|form| form.surround().has_look()) {
            let (council, surround) = (form.council(), form.surround());
            let its = |page: &&DrawnPage| page.root.contains(&format!("data-council=\"{}\"", council.id));
            let beside = [no_js_form::file(&council.id), accessibility_statement::file(&council.id)];
            let pages: Vec<String> = pages.iter().filter(its).map(|page| page.file.clone()).chain(beside).collect();
            let examples = Examples { council, surround, pages: &pages };
            self.write(&[&council.id, look::EXAMPLES].concat(), &examples.html(&shell))?;
        }
        let default = self.forms.iter().find(|form| form.council().id == self.default);
        let Some(surround) = default.map(Drawing::surround) else { return Ok(()) };
        let links = if surround.has_look() { stylesheets(&shell, &self.default) } else { String::new() };
        for name in NETLIFY.iter().filter(|name| self.app.join(name).is_file()) {
            let page = Template::read(&self.app.join(name))?;
            // A page of a council's own stays as it is.
            if page.can_be_dressed() {
                self.write(name, &page.dressed(&links, &surround.placed("./", false))?)?;
            }
        }
        Ok(())
    }
}
