//! The text of a page that can be read aloud.

use crate::view_model::{
    PageBody, ViewModel,
    question::{AskedQuestion, Choice, Control},
    words::plain,
};
use putright_domain::messages::TextBlock;

impl ViewModel {
    /// Returns the texts of the page to read aloud: its statements and questions, and never an answer or a typed input.
    /// Empty if the page is not for reading aloud.
    pub fn spoken(&self) -> Vec<String> {
        let mut texts = Vec::new();
        match &self.body {
            PageBody::Question(page) => {
                if page.own_heading {
                    say_told(&mut texts, &page.title, &page.body);
                }
                for asked in page.questions.iter().filter(|asked| asked.shown) {
                    say_question(&mut texts, asked);
                }
            }
            PageBody::Advice(advice) => {
                // Not the parts: they name what was chosen.
                say_told(&mut texts, &advice.title, &advice.body);
                for TextBlock { title, body } in &advice.first.told {
                    say_told(&mut texts, title, body);
                }
                for card in &advice.first.signposts {
                    texts.push(card.name.clone());
                    texts.push(card.about.clone());
                }
                texts.extend(advice.counts.iter().cloned());
                for date in &advice.dates {
                    texts.push([&date.what, " ", &date.due].concat());
                }
                for TextBlock { title, body } in &advice.flags {
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

fn say_question(texts: &mut Vec<String>, asked: &AskedQuestion) {
    texts.push(asked.title.clone());
    // Said first, as they stand on the page.
    if let Control::Files(files) = &asked.control {
        texts.push(files.limits.clone());
    }
    say_all(texts, &asked.body);
    texts.push(asked.hint.clone());
    match &asked.control {
        Control::Radios(choices) => say_choices(texts, choices),
        Control::Checkboxes { groups, none } => {
            for group in groups {
                say_choices(texts, &group.choices);
            }
            say_choices(texts, none.as_slice());
        }
        Control::Reach { methods, none } => {
            say_choices(texts, methods);
            say_choices(texts, std::slice::from_ref(none));
        }
        Control::Agreement(choice) => say_choices(texts, std::slice::from_ref(choice)),
        _ => {}
    }
}

fn say_choices(texts: &mut Vec<String>, choices: &[Choice]) {
    for choice in choices {
        texts.push(choice.label.clone());
        texts.push(choice.hint.clone());
    }
}

/// Paragraphs without their marks: `[words](address)` is its words.
fn say_all(texts: &mut Vec<String>, paragraphs: &[String]) {
    texts.extend(paragraphs.iter().map(|paragraph| plain(paragraph)));
}
