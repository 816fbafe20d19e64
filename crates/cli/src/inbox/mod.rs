//! Draws the pages of the inbox, in the design of the site and with its words.
//!
//! `list` and `complaint` make the parts of the two main pages; `rows` and `clocks` put a submission into words. What a person
//! wrote is in rows alone, which are drawn as text; a paragraph of our own words may have links and marks.

use std::{collections::BTreeMap, sync::Arc};

use putright::ui::{
    officer::{self, InboxPart, Surroundings},
    parts::{self, Form},
    ssr,
};
use putright_app::{Model, safety::Live, view_model};
use putright_domain::{
    bundle::{AudienceContent, Bundle, FIRST_REGISTER},
    council::Council,
    data::InvalidFile,
    date::Date,
    messages::fill,
};
use putright_server::inbox::pages::{ComplaintView, FileView, Frame, InboxPages, ListView, NoticePage, SearchView};
use putright_site::{
    document::{Head, Root, Shell, stylesheets},
    files::{Site, today},
};

use words::InboxWords;

mod clocks;
mod complaint;
mod list;
mod rows;
mod search;
mod words;

/// The styles that only the inbox has.
const STYLES: &str = include_str!("inbox.css");

/// The data to draw the pages.
pub struct InboxDrawing {
    words: InboxWords,
    bundle: Arc<Bundle>,
    councils: BTreeMap<String, Council>,
    /// The words of the young, for the answers that only they give.
    young: Vec<AudienceContent>,
    default: String,
    index: String,
    today: Date,
}

impl InboxDrawing {
    /// Reads it from the folder of a built site.
    ///
    /// # Errors
    /// Returns an error if a file cannot be read.
    pub fn load(site: &Site, index: String) -> Result<Self, InvalidFile> {
        let all = site.index()?;
        let today = today().ok_or_else(|| InvalidFile::at("clock", "", "cannot be right; set the clock"))?;
        let mut councils = BTreeMap::new();
        for id in &all.councils {
            councils.insert(id.clone(), site.council(id)?);
        }
        let bundle = Arc::new(site.load_in(FIRST_REGISTER, site.council(&all.default)?, Vec::new())?);
        let young = site.registers()?.into_iter().filter(|register| register != FIRST_REGISTER);
        let young = young.map(|register| site.edition(&register)).collect::<Result<_, _>>()?;
        let words = site.read(words::FILE, InboxWords::parse)?;
        Ok(Self { words, bundle, councils, young, default: all.default, index, today })
    }

    /// Returns the name of a council; its id where the site does not have it any more.
    fn council(&self, id: &str) -> String {
        self.councils.get(id).map_or_else(|| id.to_owned(), |council| council.short_name.clone())
    }

    /// Draws a page of parts.
    fn page(&self, frame: &Frame, title: &str, parts: &[InboxPart]) -> String {
        let words = &self.words;
        let around = Surroundings {
            name: words.name.clone(),
            home: format!("{}inbox", frame.up),
            officer: if frame.officer.is_empty() {
                String::new()
            } else {
                fill(&words.signed_in, &[("officer", &frame.officer)])
            },
            sign_out: (frame.signs_out && !frame.officer.is_empty())
                .then(|| form(frame, "inbox/sign-out", Vec::new(), &words.sign_out)),
        };
        let model = Model::new(Arc::clone(&self.bundle), self.today);
        let body = ssr::html(&self.bundle, view_model::page(&model), Live::default(), |ctx, _| {
            officer::page(ctx, &around, parts)
        });
        let shell = Shell { index: &self.index, up: &frame.up };
        let own = format!("<link rel=\"stylesheet\" href=\"{}inbox/style.css\">\n", frame.up);
        let links = [stylesheets(&shell, &self.default), own].concat();
        let root = Root { language: &words.language, direction: words.direction, council: None, register: None };
        Head { root: &root, title: &words.title(title), referrer: "same-origin", metas: "", icon: None, links: &links }
            .with_body(&body)
    }

    fn back(&self, frame: &Frame) -> InboxPart {
        InboxPart::Link(format!("{}inbox", frame.up), self.words.to_list.clone())
    }
}

/// A form of the inbox, with the token of the session.
fn form(frame: &Frame, to: &str, items: Vec<parts::Item>, send: &str) -> Form {
    Form {
        action: Some(format!("{}{to}", frame.up)),
        multipart: false,
        beside: false,
        checked_before_sending: false,
        hidden: vec![("csrf".to_owned(), frame.csrf.clone())],
        items,
        send: send.to_owned(),
    }
}

fn title(words: &str) -> InboxPart {
    InboxPart::Shared(parts::Part::Title(words.to_owned()))
}

fn heading(words: &str) -> InboxPart {
    InboxPart::Shared(parts::Part::Heading(words.to_owned()))
}

fn prose(words: Vec<String>) -> InboxPart {
    InboxPart::Shared(parts::Part::Prose(words))
}

impl InboxPages for InboxDrawing {
    fn list(&self, frame: &Frame, view: &ListView) -> String {
        self.page(frame, &self.words.list.title, &self.list_parts(frame, view))
    }

    fn search(&self, frame: &Frame, view: &SearchView) -> String {
        self.page(frame, &self.words.search.title, &self.search_parts(frame, view))
    }

    fn complaint(&self, frame: &Frame, view: &ComplaintView) -> String {
        self.page(frame, &view.line.reference, &self.complaint_parts(frame, view))
    }

    fn file(&self, frame: &Frame, view: &FileView) -> String {
        let words = &self.words.file;
        let (place, size) = (view.place.to_string(), self.size(view.bytes));
        let head = fill(&words.title, &[("place", &place)]);
        let values = [("kind", view.media_type.as_str()), ("size", &size)];
        let text = words.text.iter().map(|text| fill(text, &values)).collect();
        let to = format!("inbox/{}/files/{place}", view.reference);
        let back = format!("{}inbox/{}", frame.up, view.reference);
        let parts = [
            title(&head),
            InboxPart::Warning(self.words.scan_warning(&view.scan)),
            prose(text),
            InboxPart::Form(form(frame, &to, Vec::new(), &words.download)),
            InboxPart::Link(back, view.reference.clone()),
        ];
        self.page(frame, &head, &parts)
    }

    fn erase(&self, frame: &Frame, reference: &str) -> String {
        let words = &self.words.delete;
        let head = fill(&words.title, &[("reference", reference)]);
        let to = format!("inbox/{reference}/delete");
        let parts = [
            title(&head),
            prose(words.text.clone()),
            InboxPart::Form(form(frame, &to, Vec::new(), &words.send)),
            InboxPart::Link(format!("{}inbox/{reference}", frame.up), reference.to_owned()),
        ];
        self.page(frame, &head, &parts)
    }

    fn notice(&self, frame: &Frame, notice: NoticePage) -> String {
        let told = self.words.notice(notice);
        let mut parts = vec![title(&told.title), prose(told.text.clone())];
        match notice {
            NoticePage::SignIn | NoticePage::NotSignedIn => {
                parts.push(InboxPart::Link(format!("{}inbox/sign-in", frame.up), self.words.sign_in.clone()));
            }
            NoticePage::SignedOut | NoticePage::Nobody | NoticePage::Refused | NoticePage::NoCouncil => {}
            _ => parts.push(self.back(frame)),
        }
        self.page(frame, &told.title, &parts)
    }

    fn styles(&self) -> &'static str {
        STYLES
    }
}
