//! Reads `accessibility`, a council's own data for its accessibility statement.

use putright_domain::{
    data::{Document, InvalidFile, Object, Place},
    date::Date,
    guidance::signpost::Telephone,
    json::Value,
};

use super::criteria;

const KEYS: [&str; 11] = [
    "status",
    "website",
    "prepared",
    "reviewed",
    "tested",
    "contact",
    "answer_within_working_days",
    "problems",
    "burden",
    "out_of_scope",
    "improving",
];

/// The level of compliance with WCAG 2.2 at level AA.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Full compliance.
    Fully,
    /// Compliance with most of it.
    Partially,
    /// No compliance with most of it.
    Not,
}

/// The test of the website: the tester, the date and the method.
#[derive(Debug)]
pub struct Tested {
    pub by: String,
    pub on: Date,
    pub how: String,
}

/// The contact for accessibility problems.
#[derive(Debug)]
pub struct Contact {
    pub email: String,
    pub telephone: Vec<Telephone>,
    pub post: Vec<String>,
    /// A contact form's address.
    pub web: String,
}

/// A part that is not accessible though it should be.
#[derive(Debug)]
pub struct Problem {
    pub what: String,
    /// The criterion that it fails, by number and name.
    pub criterion: String,
    pub plan: String,
}

/// A part that is not accessible and need not be.
#[derive(Debug)]
pub struct Exempt {
    pub what: String,
    pub why: String,
}

/// The data of a council for its statement.
#[derive(Debug)]
pub struct Statement {
    pub status: Status,
    /// The website that it is about, where it is more than this one or has a name.
    pub website: Option<String>,
    pub prepared: Date,
    pub reviewed: Date,
    pub tested: Tested,
    /// `None`: the complaints team.
    pub contact: Option<Contact>,
    pub answer_within: u32,
    pub problems: Vec<Problem>,
    pub burden: Vec<Exempt>,
    pub out_of_scope: Vec<Exempt>,
    pub improving: Vec<String>,
}

impl Statement {
    /// Reads a council's file; `None` where it says nothing.
    ///
    /// # Errors
    /// Returns an error that names the file, the place and what was meant.
    pub fn read(file: &str, text: &str) -> Result<Option<Self>, InvalidFile> {
        let document = Document::parse(file, text)?;
        let root = document.root();
        let there = matches!(root.value(), Value::Object(members) if members.get("accessibility").is_some());
        let read = there.then(|| Self::of(root.member("accessibility")));
        document.finish(read)
    }

    fn of(place: Place<'_>) -> Self {
        let object = place.object(&KEYS);
        let prepared = object.need("prepared").date();
        let reviewed = object.get("reviewed").map_or(prepared, Place::date);
        if reviewed < prepared {
            object
                .note("reviewed", "is before prepared; give the day on which somebody last went through the statement");
        }
        let answer_within = object.need("answer_within_working_days").number();
        if answer_within == 0 {
            object.note("answer_within_working_days", "must be 1 or more");
        }
        let statement = Self {
            status: status(object.need("status")),
            website: object.get("website").map(words),
            prepared,
            reviewed,
            tested: Tested::read(object.need("tested")),
            contact: object.get("contact").map(Contact::read),
            answer_within,
            problems: object.each("problems", Problem::read),
            burden: object.each("burden", Exempt::read),
            out_of_scope: object.each("out_of_scope", Exempt::read),
            improving: object.each("improving", words),
        };
        statement.agree(object);
        statement
    }

    /// The law knows a status by what is listed.
    fn agree(&self, object: Object<'_>) {
        let fails = !self.problems.is_empty() || !self.burden.is_empty();
        let problem = match self.status {
            Status::Fully if fails => {
                "is \"fully\", and problems or burden list what is not accessible; it is \"partially\" then, or \"not\""
            }
            Status::Partially | Status::Not if !fails && self.out_of_scope.is_empty() => {
                "must be explained: list what is not accessible in problems, burden or out_of_scope"
            }
            _ => return,
        };
        object.note("status", problem);
    }
}

fn status(place: Place<'_>) -> Status {
    match place.text() {
        "fully" => Status::Fully,
        "partially" => Status::Partially,
        "not" => Status::Not,
        other => {
            place.note(&format!("\"{other}\" is not known; known: fully, partially, not"));
            Status::Not
        }
    }
}

/// Text that says something.
fn words(place: Place<'_>) -> String {
    let text = place.owned_text();
    if text.trim().is_empty() {
        place.note("is empty; people need to know it, in plain words");
    }
    text
}

impl Tested {
    fn read(place: Place<'_>) -> Self {
        let object = place.object(&["by", "on", "how"]);
        Self { by: words(object.need("by")), on: object.need("on").date(), how: words(object.need("how")) }
    }
}

impl Contact {
    fn read(place: Place<'_>) -> Self {
        let object = place.object(&["email", "telephone", "post", "web"]);
        let contact = Self {
            email: object.text_or_empty("email"),
            telephone: object.each("telephone", telephone),
            post: object.each("post", words),
            web: object.text_or_empty("web"),
        };
        let email = &contact.email;
        let plain = |email: &str| email.bytes().all(|byte| byte.is_ascii_graphic());
        if object.get("email").is_some()
            && !(plain(email)
                && email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')))
        {
            object.note("email", "must be an email address like access@council.example");
        }
        if object.get("web").is_some() && !contact.web.starts_with("https://") {
            object.note("web", "must begin with https://");
        }
        if email.is_empty() && contact.telephone.is_empty() && contact.post.is_empty() && contact.web.is_empty() {
            place.note("names no way; give an email, a telephone, a post or a web, or leave contact out for the complaints team");
        }
        contact
    }
}

fn telephone(place: Place<'_>) -> Telephone {
    let object = place.object(&["number", "hours"]);
    Telephone { number: words(object.need("number")), hours: object.text_or_empty("hours") }
}

impl Problem {
    fn read(place: Place<'_>) -> Self {
        let object = place.object(&["what", "criterion", "plan"]);
        let criterion = object.need("criterion");
        let named = criteria::named(criterion.text());
        if named.is_none() {
            criterion.note("must be the number of a criterion of WCAG 2.2 at level A or AA, like \"1.3.1\"");
        }
        Self {
            what: words(object.need("what")),
            criterion: named.unwrap_or_default(),
            plan: words(object.need("plan")),
        }
    }
}

impl Exempt {
    fn read(place: Place<'_>) -> Self {
        let object = place.object(&["what", "why"]);
        Self { what: words(object.need("what")), why: words(object.need("why")) }
    }
}
