//! Draws the plain form, the same form with its errors, and the page after it has been sent.
//!
//! With the app's own components, in the words for 12 to 17 where the site has them: children use it too. There is no script in
//! it, and its policy allows none.

use std::{collections::BTreeMap, sync::Arc};

use putright::ui::parts::{Form, Item, ItemControl, Part};
use putright_domain::{
    bundle::{Bundle, FIRST_REGISTER},
    council::Council,
    data::InvalidFile,
    date::Date,
    delivery::config::Channel,
    form::flow::Flow,
    guidance::signpost::SignpostId,
    messages::Messages,
};

use super::{
    Ask, FormField, Post, Way,
    fields::ours,
    words::{self, Words, filled},
};
use crate::{
    document::{HtmlDocument, Root, Shell, register},
    files::Site,
    look::Surround,
    origin::origin,
};

/// The data to draw the pages of a council.
pub struct Drawing {
    council: Council,
    bundle: Arc<Bundle>,
    words: Words,
    way: Way,
    today: Date,
    /// The questions that ask the same in the app.
    flow: Arc<Flow>,
    surround: Surround,
    /// The sentences about privacy notices.
    privacy: Vec<String>,
}

/// The values that somebody filled in, by the names of our own form.
pub type Filled = BTreeMap<String, String>;

impl Drawing {
    /// Reads it from the folder of a site.
    ///
    /// # Errors
    /// Returns an error if a file cannot be read.
    pub fn load(site: &Site, council: Council, today: Date) -> Result<Self, InvalidFile> {
        let bundle = site.load_in(register(site)?, council.clone(), Vec::new())?;
        let surround = site.surround(&council)?;
        Self::with(site, council, bundle, surround, today)
    }

    /// The same where nobody knows of which council: it tells how to reach each.
    ///
    /// # Errors
    /// Returns an error if a file cannot be read.
    pub fn load_all(site: &Site, today: Date) -> Result<Self, InvalidFile> {
        let index = site.index()?;
        let default = site.council(&index.default)?;
        let others = index.councils.iter().filter(|id| **id != index.default).map(|id| site.council(id));
        let others = others.collect::<Result<Vec<_>, _>>()?;
        let bundle = site.load_all(register(site)?, default.clone(), others)?;
        let surround = if bundle.chosen { site.surround(&default)? } else { Surround::default() };
        Self::with(site, default, bundle, surround, today)
    }

    fn with(
        site: &Site,
        council: Council,
        bundle: Bundle,
        surround: Surround,
        today: Date,
    ) -> Result<Self, InvalidFile> {
        let way = Way::of(site, &council)?;
        let words = site.plain_words()?;
        let privacy = site.before_sending(&words, &[&council]);
        let flow = site.edition(FIRST_REGISTER)?.flow;
        Ok(Self { council, bundle: Arc::new(bundle), words, way, today, flow, surround, privacy })
    }

    /// Returns the council of the form.
    pub fn council(&self) -> &Council {
        &self.council
    }

    /// Returns the way of the form: posted or printed.
    pub fn way(&self) -> &Way {
        &self.way
    }

    /// The look of the council.
    pub fn surround(&self) -> &Surround {
        &self.surround
    }

    /// Its words.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The questions that ask the same in the app.
    pub fn flow(&self) -> &Flow {
        &self.flow
    }

    /// The words of the app.
    pub fn content(&self) -> &Messages {
        &self.bundle.content
    }

    /// The most characters of an answer.
    pub fn most(&self, ask: Ask) -> usize {
        ask.most(&self.flow)
    }

    /// The page as it is found.
    pub fn page(&self, shell: &Shell<'_>) -> String {
        match &self.way {
            Way::Posts(post) => {
                let up = if is_absolute(&post.url) { "" } else { shell.up };
                self.form(shell, post, Some([up, &post.url].concat()), &Filled::new(), &[])
            }
            Way::Prints(_) => self.sheet(shell),
        }
    }

    /// Draws our own form again, with the written values and the errors. An error has the field, if it concerns a
    /// single one, and the words. The form goes to the address of the page.
    pub fn again(&self, shell: &Shell<'_>, filled: &Filled, errors: &[(Option<Ask>, String)]) -> String {
        self.form(shell, &Post::ours("", &self.council.id), None, filled, errors)
    }

    /// Draws the page which confirms that the form has arrived.
    pub fn arrived(&self, shell: &Shell<'_>, reference: &str, filled: &Filled) -> String {
        let words = &self.words;
        let rows = ours().into_iter().filter_map(|field| {
            let written = filled.get(&field.name).filter(|written| !written.trim().is_empty())?;
            let written = match field.ask {
                Ask::Agreed => return None,
                Ask::Who => self.whose(written).to_owned(),
                _ => written.clone(),
            };
            Some((self.fill(&words.asked(field.ask)?.label), written))
        });
        let parts = vec![
            Part::Arrived(self.fill(&words.sent_title), self.fill(&words.sent_reference), reference.to_owned()),
            Part::Prose(self.all(&words.sent_keep)),
            Part::Heading(self.fill(&words.next_title)),
            Part::Prose(self.all(&words.next)),
            Part::Heading(self.fill(&words.sent_ask)),
            Part::Council,
            Part::Heading(self.fill(&words.sent_rows)),
            Part::Rows(rows.collect()),
        ];
        self.html(shell, &self.fill(&words.sent_title), "'none'", &parts)
    }

    /// Draws the page for a form that was neither stored nor can be shown again. The browser may still have its values.
    /// `long`: the form was longer than the limit.
    pub fn lost(&self, shell: &Shell<'_>, long: bool) -> String {
        let words = &self.words.lost;
        let why = long.then(|| words.long.clone());
        let parts = [
            Part::Title(words.title.clone()),
            Part::Prose(why.into_iter().chain(words.text.clone()).collect()),
            Part::Council,
            Part::Danger,
        ];
        self.html(shell, &self.words.error_title.replace("{title}", &words.title), "'none'", &parts)
    }

    /// Returns the words for the kind of person who writes.
    pub fn whose(&self, value: &str) -> &str {
        let who = &self.words.who;
        match value {
            "child" => &who.child,
            "parent" => &who.parent,
            "helper" => &who.helper,
            _ => &who.other,
        }
    }

    fn form(
        &self,
        shell: &Shell<'_>,
        post: &Post,
        action: Option<String>,
        filled: &Filled,
        errors: &[(Option<Ask>, String)],
    ) -> String {
        let words = &self.words;
        let title = self.fill(&words.title);
        let error = |ask| errors.iter().find(|(of, _)| *of == Some(ask)).map_or("", |(_, words)| words);
        let items: Vec<Item> = post
            .fields
            .iter()
            .filter_map(|field| {
                let value = filled.get(&field.name).unwrap_or(&field.value);
                self.item(field, post, false, value, error(field.ask))
            })
            .collect();
        let lines = errors.iter().map(|(ask, words)| (ask.map_or("", Ask::id).to_owned(), words.clone()));
        let mut about = self.all(&words.about);
        about.push(self.fill(&words.about_more));
        let mut parts = Vec::new();
        if !errors.is_empty() {
            parts.push(Part::Errors(lines.collect()));
        }
        parts.extend([Part::Danger, Part::Title(title.clone()), Part::Prose(about)]);
        parts.extend(self.person());
        parts.extend(self.reads());
        parts.push(Part::Heading(self.fill(&words.form_title)));
        if post.fields.iter().any(|field| field.ask.reach().is_some()) {
            parts.push(Part::Prose(vec![self.fill(&words.no_way)]));
        }
        parts.push(Part::Form(Form {
            action,
            multipart: post.multipart,
            beside: post.beside,
            checked_before_sending: !post.ours,
            hidden: post.hidden.clone(),
            items,
            send: self.fill(if post.beside { &words.send_beside } else { &words.send }),
        }));
        if !post.ours {
            parts.push(Part::Prose(self.all(if post.beside { &words.beside } else { &words.same_tab })));
        }
        parts.extend([Part::Heading(self.fill(&words.next_title)), Part::Prose(self.all(&words.next))]);
        let shown = if errors.is_empty() { title } else { words.error_title.replace("{title}", &title) };
        let goes = origin(&post.url).unwrap_or_else(|| "'self'".to_owned());
        self.html(shell, &shown, &goes, &parts)
    }

    fn sheet(&self, shell: &Shell<'_>) -> String {
        let words = &self.words;
        let title = self.fill(&words.title_print);
        // The same as our own receiver asks, but what only sending needs.
        let post = Post::ours("", &self.council.id);
        let asked = post.fields.iter().filter(|field| field.ask != Ask::Agreed);
        let items =
            asked.filter_map(|field| self.item(&FormField { needed: true, ..field.clone() }, &post, true, "", ""));
        let mut parts = vec![Part::Danger, Part::Title(title.clone()), Part::Prose(self.all(&words.about_print))];
        parts.extend(self.person());
        parts.extend(self.reads());
        parts.push(Part::Prose(vec![self.fill(&words.no_way)]));
        parts.push(Part::Sheet(self.fill(&words.print_sheet), items.collect()));
        parts.push(Part::Heading(self.fill(&words.print_title)));
        parts.push(Part::Prose([self.all(&words.print), vec![self.fill(&words.print_not_sent)]].concat()));
        let emails = self.council.delivery.fallbacks.iter().filter(|way| way.means == Channel::Email);
        parts.extend(emails.map(|way| Part::Email(self.fill(&words.print_email), way.address.clone())));
        parts.extend([Part::Heading(self.fill(&words.next_title)), Part::Prose(self.all(&words.next))]);
        self.html(shell, &title, "'none'", &parts)
    }

    fn person(&self) -> [Part; 5] {
        let words = &self.words;
        [
            Part::Heading(self.fill(&words.person_title)),
            Part::Prose(self.all(&words.person)),
            Part::Council,
            Part::Prose(self.all(&words.advocate)),
            Part::Lines(vec![SignpostId::Advocacy, SignpostId::Childline]),
        ]
    }

    fn reads(&self) -> [Part; 2] {
        [
            Part::Heading(self.fill(&self.words.reads_title)),
            Part::Prose([self.all(&self.words.reads), self.privacy.clone()].concat()),
        ]
    }

    /// `paper`: it is filled in by hand, and nothing counts its characters.
    fn item(&self, field: &FormField, post: &Post, paper: bool, value: &str, error: &str) -> Option<Item> {
        let asked = self.words.asked(field.ask)?;
        let mut hint = self.all(&asked.hint);
        if field.ask == Ask::Everything {
            hint.extend(self.left_to_say(post));
        }
        if field.needed && !field.value.is_empty() {
            hint = vec![self.fill(&self.words.otherwise)];
        }
        let most = self.most(field.ask);
        let most = field.max.map_or(most, |max| max.min(most));
        if !matches!(field.ask, Ask::Who | Ask::Agreed) && !paper {
            hint.push(self.fill(&self.words.limit).replace("{max}", &most.to_string()));
        }
        let most = (!post.ours).then_some(most);
        let control = match field.ask {
            Ask::Who => ItemControl::Radios(self.who(post.ours)),
            Ask::Agreed => ItemControl::Tick("yes".to_owned(), asked.option.clone()),
            Ask::Name => ItemControl::Line("text", "name", most),
            Ask::Email => ItemControl::Line("email", "email", most),
            Ask::Telephone => ItemControl::Line("tel", "tel", most),
            Ask::When => ItemControl::Line("text", "off", most),
            Ask::Post => ItemControl::Lines("4", "street-address"),
            Ask::Everything => ItemControl::Lines("16", "off"),
            Ask::Story => ItemControl::Lines("10", "off"),
            _ => ItemControl::Lines("4", "off"),
        };
        Some(Item {
            id: field.ask.id(),
            name: field.name.clone(),
            label: self.fill(&asked.label),
            hint,
            needed: field.needed,
            error: error.to_owned(),
            value: value.to_owned(),
            control,
        })
    }

    /// Returns the questions for the one field that takes everything: those that no other field asks.
    fn left_to_say(&self, post: &Post) -> Vec<String> {
        let words = &self.words.everything;
        let asked = |ask: Ask| post.fields.iter().any(|field| field.ask == ask);
        let reached = [Ask::Email, Ask::Telephone, Ask::Post].into_iter().any(asked);
        let all = [
            (&words.story, false),
            (&words.effect, false),
            (&words.wants, false),
            (&words.who, asked(Ask::Who)),
            (&words.name, asked(Ask::Name)),
            (&words.reach, reached),
            (&words.safety, asked(Ask::Safety)),
        ];
        all.into_iter().filter(|(_, elsewhere)| !elsewhere).map(|(words, _)| self.fill(words)).collect()
    }

    /// Returns the options for the person who writes. Our own receiver takes the values as they are. Another backend
    /// knows only those of a submission.
    fn who(&self, ours: bool) -> Vec<(String, String)> {
        let option = |one: &str| {
            let value = if ours || ["child", "parent"].contains(&one) { one } else { "someone_else" };
            (value.to_owned(), self.whose(one).to_owned())
        };
        ["child", "parent", "helper", "other"].map(option).to_vec()
    }

    fn fill(&self, words: &str) -> String {
        filled(words, &self.council)
    }

    fn all(&self, words: &[String]) -> Vec<String> {
        words.iter().map(|words| self.fill(words)).collect()
    }

    /// The whole document. `goes`: where its form may go.
    fn html(&self, shell: &Shell<'_>, title: &str, goes: &str, parts: &[Part]) -> String {
        let title = filled(&self.words.page_title.replace("{title}", title), &self.council);
        let Self { council, bundle, today, surround, .. } = self;
        let root =
            Root { language: &self.words.language, direction: self.words.direction, council: None, register: None };
        HtmlDocument { council, bundle, today: *today, root, title: &title, goes, parts, surround }.html(shell)
    }
}

fn is_absolute(url: &str) -> bool {
    url.starts_with('/') || url.contains("://")
}

/// The name of a council's plain form.
pub fn file(council: &str) -> String {
    format!("{council}-form.html")
}

impl Site {
    /// The words of the plain form.
    ///
    /// # Errors
    /// Returns an error if the file is wrong.
    pub fn plain_words(&self) -> Result<Words, InvalidFile> {
        self.read(words::FILE, Words::parse)
    }
}
