//! What every page has for somebody who is not safe, and what of a page can be read aloud.

use std::sync::Arc;

use super::{Body, Choice, Control, CouncilCard, Page, SignpostCard};
use crate::domain::{content::Told, guidance::signpost::SignpostId, session::Session};

/// Ways out, and whom to call.
#[derive(Debug, PartialEq)]
pub struct Safety {
    /// Where "Exit this page" leads.
    pub exit_to: String,
    /// Whom to talk to, where words of danger stand on the page: for a child, and for an adult who is worried about one.
    pub talk: Option<SignpostCard>,
    /// Help for somebody who may hurt themselves.
    pub oneself: Option<SignpostCard>,
    /// The words are for a child or a young person.
    pub young: bool,
    /// The councils' lines.
    pub councils: Vec<CouncilCard>,
}

impl Session {
    pub(super) fn safety(&self) -> Arc<Safety> {
        let adult = !self.is_young();
        Arc::new(Safety {
            exit_to: self.council().exit_to.clone(),
            oneself: self.signpost_card(SignpostId::Samaritans),
            young: !adult,
            talk: self.signpost_card(if adult { SignpostId::Nspcc } else { SignpostId::Childline }),
            councils: self.council_cards(),
        })
    }
}

impl Page {
    /// What is read aloud of it: what it says and asks, and never what somebody answered or typed. Empty where it is not for
    /// reading aloud.
    pub fn spoken(&self) -> Vec<String> {
        let mut texts = Vec::new();
        match &self.body {
            Body::Question(question) => {
                texts.push(question.title.clone());
                say_all(&mut texts, &question.body);
                texts.push(question.hint.clone());
                match &question.control {
                    Control::Radios(choices) => say_choices(&mut texts, choices),
                    Control::Checkboxes { groups, none } => {
                        for group in groups {
                            say_choices(&mut texts, &group.choices);
                        }
                        say_choices(&mut texts, none.as_slice());
                    }
                    Control::Reach { methods, none } => {
                        say_choices(&mut texts, methods);
                        say_choices(&mut texts, std::slice::from_ref(none));
                    }
                    Control::Agreement(choice) => say_choices(&mut texts, std::slice::from_ref(choice)),
                    // Said first, as it stands on the page.
                    Control::Files(files) => texts.insert(1, files.limits.clone()),
                    _ => {}
                }
            }
            Body::Advice(advice) => {
                // Not the parts: they name what was chosen.
                say_told(&mut texts, &advice.title, &advice.body);
                for Told { title, body } in &advice.first.told {
                    say_told(&mut texts, title, body);
                }
                for card in &advice.first.signposts {
                    texts.push(card.name.clone());
                    texts.push(card.about.clone());
                }
                for date in &advice.dates {
                    texts.push([&date.what, " ", &date.due].concat());
                }
                for Told { title, body } in &advice.flags {
                    say_told(&mut texts, title, body);
                }
                for card in &advice.signposts {
                    texts.push(card.name.clone());
                    texts.push(card.about.clone());
                }
            }
            _ => {}
        }
        texts.retain(|text| !text.is_empty());
        texts
    }
}

fn say_told(texts: &mut Vec<String>, title: &str, body: &[String]) {
    texts.push(title.to_owned());
    say_all(texts, body);
}

fn say_choices(texts: &mut Vec<String>, choices: &[Choice]) {
    for choice in choices {
        texts.push(choice.label.clone());
        texts.push(choice.hint.clone());
    }
}

/// Paragraphs without their marks: `[words](address)` is its words.
fn say_all(texts: &mut Vec<String>, paragraphs: &[String]) {
    for paragraph in paragraphs {
        let mut said = String::new();
        let mut address = false;
        let mut before = ' ';
        for character in paragraph.trim_start_matches(['#', '*', '>', ' ']).chars() {
            address = if address { before != ')' } else { before == ']' && character == '(' };
            if !address && character != '[' && character != ']' {
                said.push(character);
            }
            before = character;
        }
        texts.push(said);
    }
}
