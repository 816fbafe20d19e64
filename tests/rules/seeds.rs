//! Every statement of the councils' own pages, and the place in the app that says it to the people of each council.
//!
//! The table is data: `tests/data/council-pages.json`. A statement is said where the app draws it, or in a file, or it has a
//! reason why it is left out.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that stops has failed")]

use std::{collections::BTreeSet, sync::LazyLock};

use crate::common::{self, COUNCILS, drive, model, public};
use putright_app::{
    Event, Model,
    view_model::{self, PageBody},
};
use putright_domain::{form::answer::FormInput, guidance::signpost::SignpostId, route::Route};
use serde::Deserialize;
use serde_json::Value;

const TODAY: &str = "2026-12-17";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(rename = "about_this_file")]
    _about: String,
    pages: Vec<CouncilPage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CouncilPage {
    id: String,
    statements: Vec<Statement>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Statement {
    id: String,
    councils: Vec<String>,
    /// The sense of it, in our own words.
    says: String,
    #[serde(default)]
    said: Vec<Place>,
    /// The reason for leaving it out, or for saying it in another way.
    not_said: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Place {
    /// A page as the app draws it.
    Page { read: String, phrase: String },
    /// A value of a file, or anything below it. `{council}` is the council's id.
    File { file: String, pointer: String, phrase: String },
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| serde_json::from_str(include_str!("../data/council-pages.json")).unwrap());

impl Place {
    fn phrase(&self) -> &str {
        match self {
            Self::Page { phrase, .. } | Self::File { phrase, .. } => phrase,
        }
    }

    /// Returns what is said at this place to the people of a council.
    fn text(&self, council: &str) -> String {
        match self {
            Self::File { file, pointer, .. } => {
                let file = file.replace("{council}", council);
                let value: Value = serde_json::from_str(&public(&file)).unwrap();
                let found = value.pointer(pointer).unwrap_or_else(|| panic!("{file} has nothing at {pointer}"));
                serde_json::to_string(found).unwrap()
            }
            Self::Page { read, .. } => match read.split_once(':') {
                Some(("question", id)) => question(council, id),
                Some(("signpost", id)) => signpost(council, id),
                _ => page(council, read),
            },
        }
    }
}

/// A visit to a council's page. Where councils share a service, the person has said which one it is.
fn visit(council: &str, want: &str, until: &str) -> Model {
    let mut model = model(council, TODAY);
    let answers = [("want", FormInput::choosing([want])), ("borough", FormInput::choosing([council]))];
    drive::to(&mut model, until, &answers);
    model
}

fn page(council: &str, name: &str) -> String {
    let mut model = visit(council, "complaint", "who");
    match name {
        "guide" => view_model::guide(&model)
            .into_iter()
            .flat_map(|part| [vec![part.told.title], part.told.body].concat())
            .collect::<Vec<_>>()
            .join("\n"),
        "contacts" => {
            let today = model.today();
            model.update(Event::Navigated(Route::Contacts), today);
            match view_model::page(&model).body {
                PageBody::Contacts(cards) => format!("{cards:?}"),
                other => panic!("not the contacts: {other:?}"),
            }
        }
        _ => panic!("no page is called {name}: guide, contacts, question:<id> or signpost:<id>"),
    }
}

fn question(council: &str, id: &str) -> String {
    let praise = ["about_whom", "what_was_good", "may_tell"].contains(&id);
    let model = visit(council, if praise { "compliment" } else { "complaint" }, id);
    match view_model::page(&model).body {
        PageBody::Question(page) => match page.questions.iter().find(|asked| asked.id == id) {
            Some(asked) => format!("{asked:?}"),
            None => panic!("{council} does not ask {id}: {page:?}"),
        },
        PageBody::Check(page) if page.asked.iter().any(|asked| asked.id == id) => format!("{:?}", page.asked),
        other => panic!("{council} does not ask {id}: {other:?}"),
    }
}

fn signpost(council: &str, id: &str) -> String {
    let bundle = common::bundle(council);
    let id = SignpostId::from_id(id).unwrap_or_else(|| panic!("no signpost is called {id}"));
    let contact = bundle.council.signposts.get(id).or_else(|| bundle.directory.contact(id));
    format!("{:?} {contact:?}", bundle.content.signpost(id).unwrap())
}

fn statements() -> impl Iterator<Item = (&'static str, &'static Statement)> {
    TABLE.pages.iter().flat_map(|page| page.statements.iter().map(|statement| (page.id.as_str(), statement)))
}

#[test]
fn every_statement_is_said_where_the_table_says() {
    let mut lost = Vec::new();
    for (page, statement) in statements() {
        for place in &statement.said {
            for council in &statement.councils {
                if !place.text(council).contains(place.phrase()) {
                    lost.push(format!("{page}, {}: {council} does not say “{}”", statement.id, place.phrase()));
                }
            }
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
fn every_statement_has_a_place_or_a_reason() {
    for (page, statement) in statements() {
        let reason = statement.not_said.as_deref().unwrap_or_default();
        assert!(
            !statement.said.is_empty() || reason.len() > 20,
            "{page}, {}: neither said nor explained",
            statement.id
        );
        assert!(!statement.says.is_empty() && !statement.councils.is_empty(), "{page}, {}", statement.id);
        assert!(
            statement.said.iter().all(|place| place.phrase().len() > 2 || place.phrase() == "3"),
            "{}",
            statement.id
        );
    }
}

#[test]
fn every_council_and_every_promise_is_in_the_table() {
    let named: BTreeSet<&str> =
        statements().flat_map(|(_, statement)| statement.councils.iter().map(String::as_str)).collect();
    assert_eq!(named, COUNCILS.into_iter().collect::<BTreeSet<_>>());
    let ids: Vec<(&str, &str)> = statements().map(|(page, statement)| (page, statement.id.as_str())).collect();
    assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "an id comes twice");
    // Both pages, whole: 64 statements and 33. Fewer means that one was lost.
    let count = |id: &str| ids.iter().filter(|(page, _)| *page == id).count();
    assert_eq!((count("bi-borough"), count("bromley")), (64, 33));
}

/// A child with nowhere to live rings the number for a child who is not safe, unless the council gives another one.
#[test]
fn a_homeless_child_has_a_number_of_every_council() {
    for id in COUNCILS {
        let council = common::council(id);
        let number = |id| council.signposts.get(id).map(|contact| contact.telephone.clone()).unwrap_or_default();
        assert_eq!(number(SignpostId::HomelessChild), number(SignpostId::Safeguarding), "{id}");
    }
}
