//! Draws the statement, in the order of the model.

use std::sync::Arc;

use putright::ui::parts::Part;
use putright_app::view_model::Reachable;
use putright_domain::{bundle::Bundle, council::Council, data::InvalidFile, date::Date, messages::fill};

use super::{
    own::{Exempt, Statement, StatementContact, Status},
    words::StatementWords,
};
use crate::{
    document::{HtmlDocument, Root, Shell, register},
    files::Site,
    look::Surround,
};

/// The data to draw a council's statement.
pub struct StatementDrawing {
    council: Council,
    bundle: Arc<Bundle>,
    words: StatementWords,
    said: Option<Statement>,
    today: Date,
    surround: Surround,
}

impl StatementDrawing {
    /// Reads it from the folder of a site.
    ///
    /// # Errors
    /// Returns an error if a file cannot be read.
    pub fn load(site: &Site, council: Council, today: Date) -> Result<Self, InvalidFile> {
        let said = site.statement(&council.id)?;
        let bundle = Arc::new(site.load_in(register(site)?, council.clone(), Vec::new())?);
        let surround = site.surround(&council)?;
        Ok(Self { words: site.statement_words()?, council, bundle, said, today, surround })
    }

    /// The page.
    pub fn page(&self, shell: &Shell<'_>) -> String {
        let words = &self.words;
        let mut parts = vec![Part::Title(self.fill(&words.title))];
        let applies = vec![self.fill(&words.law.applies)];
        let about = [applies, self.all(&words.about), self.all(&words.can), vec![self.fill(&words.advice)]];
        parts.push(Part::Prose(about.concat()));
        parts.push(self.state());
        parts.extend(self.feedback());
        parts.push(self.section(&words.report_title, self.all(&words.report)));
        let enforcement = [vec![self.fill(&words.law.enforcement)], self.all(&words.enforcement)].concat();
        parts.push(self.section(&words.enforcement_title, enforcement));
        parts.push(self.technical());
        parts.extend(self.content());
        parts.push(self.improving());
        parts.push(self.prepared());
        let title = self.fill(&words.page_title.replace("{title}", &words.title));
        let Self { council, bundle, today, surround, .. } = self;
        let root = Root { language: &words.language, direction: words.direction, council: None, register: None };
        HtmlDocument { council, bundle, today: *today, root, title: &title, goes: "'none'", parts: &parts, surround }
            .html(shell)
    }

    fn state(&self) -> Part {
        let words = &self.words;
        let said = match &self.said {
            None => apart(&words.unsaid.state),
            Some(said) if said.status == Status::Fully => words.state_fully.clone(),
            Some(_) => words.state.clone(),
        };
        self.section(&words.state_title, [vec![self.fill(&said)], self.all(&words.limits)].concat())
    }

    fn feedback(&self) -> Vec<Part> {
        let words = &self.words;
        let mut parts = vec![self.section(&words.feedback_title, self.all(&words.feedback))];
        match self.said.as_ref().and_then(|said| said.contact.as_ref()) {
            Some(contact) => {
                parts.push(Part::Reach(self.fill(&words.contact), reach(contact)));
                if !contact.email.is_empty() {
                    parts.push(Part::Email(self.fill(&words.feedback_email), contact.email.clone()));
                }
            }
            None => parts.push(Part::Council),
        }
        parts.push(Part::Prose(match &self.said {
            Some(said) => vec![self.with(&words.answer, &[("days", &said.answer_within.to_string())])],
            None => [&words.unsaid.contact, &words.unsaid.answer].map(|words| self.fill(&apart(words))).to_vec(),
        }));
        parts
    }

    fn technical(&self) -> Part {
        let (words, law) = (&self.words, &self.words.law);
        let heading = ["### ", &words.status_title].concat();
        let Some(said) = &self.said else {
            return self.section(&words.technical_title, vec![heading, self.fill(&apart(&words.unsaid.status))]);
        };
        let template = match said.status {
            Status::Fully => &law.fully,
            Status::Partially => &law.partially,
            Status::Not => &law.not,
        };
        let exempt = !said.burden.is_empty() || !said.out_of_scope.is_empty();
        let reasons = match (said.problems.is_empty(), exempt) {
            (false, true) => &law.both,
            (true, _) => &law.exemptions,
            (false, false) => &law.non_compliances,
        };
        let status = self.with(template, &[("reasons", reasons)]);
        self.section(&words.technical_title, vec![self.fill(&law.committed), heading, status])
    }

    fn content(&self) -> Option<Part> {
        let (words, law) = (&self.words, &self.words.law);
        let Some(said) = &self.said else {
            return Some(self.section(&law.content_title, vec![self.fill(&apart(&words.unsaid.content))]));
        };
        // The model leaves the section out where there is nothing to list.
        if said.status == Status::Fully && said.out_of_scope.is_empty() {
            return None;
        }
        let problems = said.problems.iter().map(|problem| {
            let fails = self.with(&law.fails, &[("criterion", &problem.criterion)]);
            [stopped(&problem.what), fails, stopped(&problem.plan)].join(" ")
        });
        let exempt = |all: &[Exempt]| -> Vec<String> {
            all.iter().map(|one| [stopped(&one.what), stopped(&one.why)].join(" ")).collect()
        };
        let lists = [
            (&law.problems_title, problems.collect()),
            (&law.burden_title, exempt(&said.burden)),
            (&law.scope_title, exempt(&said.out_of_scope)),
        ];
        let mut body = vec![self.fill(&law.content)];
        for (title, items) in lists {
            body.push(["### ", title].concat());
            if items.is_empty() {
                body.push(self.fill(&words.listed_none));
            }
            body.extend(items.iter().map(|item| ["* ", item].concat()));
        }
        Some(self.section(&law.content_title, body))
    }

    fn improving(&self) -> Part {
        let words = &self.words;
        let said = self.said.iter().flat_map(|said| &said.improving);
        let mut body: Vec<String> = said.map(|item| ["* ", item].concat()).collect();
        if body.is_empty() {
            body.push(self.fill(&apart(&words.unsaid.improving)));
        }
        self.section(&words.improving_title, body)
    }

    fn prepared(&self) -> Part {
        let (words, law) = (&self.words, &self.words.law);
        let mut body = match &self.said {
            Some(said) => {
                let [prepared, reviewed, tested] =
                    [said.prepared, said.reviewed(), said.tested.on].map(|date| self.day(date));
                vec![
                    self.with(&law.prepared, &[("prepared", &prepared), ("reviewed", &reviewed)]),
                    self.with(&law.tested, &[("tested", &tested)]),
                    [&self.with(&law.tested_by, &[("by", &said.tested.by)]), " ", &stopped(&said.tested.how)].concat(),
                ]
            }
            None => vec![self.fill(&apart(&words.unsaid.prepared))],
        };
        body.push(["### ", &words.form_title].concat());
        body.extend(self.all(&words.form));
        self.section(&words.prepared_title, body)
    }

    fn section(&self, title: &str, body: Vec<String>) -> Part {
        Part::Prose([vec![["## ", &self.fill(title)].concat()], body].concat())
    }

    fn day(&self, date: Date) -> String {
        format!("{} {}", self.bundle.content.day_of_month(date), date.year())
    }

    fn fill(&self, words: &str) -> String {
        self.with(words, &[])
    }

    fn all(&self, words: &[String]) -> Vec<String> {
        words.iter().map(|words| self.fill(words)).collect()
    }

    fn with(&self, words: &str, more: &[(&str, &str)]) -> String {
        let Council { name, short_name, .. } = &self.council;
        let own = self.said.as_ref().and_then(|said| said.website.clone());
        let website = own.unwrap_or_else(|| fill(&self.words.website, &[("council", short_name)]));
        let values: [(&str, &str); 3] = [("council", short_name), ("name", name), ("website", &website)];
        fill(words, &[&values[..], more].concat())
    }
}

/// Set apart: it is still to be said.
fn apart(words: &str) -> String {
    ["> ", words].concat()
}

/// Adds a full stop, because more text follows.
fn stopped(words: &str) -> String {
    let words = words.trim();
    if words.ends_with(['.', '!', '?']) { words.to_owned() } else { [words, "."].concat() }
}

fn reach(contact: &StatementContact) -> Reachable {
    Reachable {
        telephone: contact.telephone.clone(),
        // Drawn by itself, with its own words.
        email: String::new(),
        web: contact.web.clone(),
        post: contact.post.clone(),
        checked: String::new(),
    }
}

/// The name of a council's statement. The link in `view/frame.rs` leads to it.
pub fn file(council: &str) -> String {
    format!("{council}-accessibility.html")
}
