//! The page that shows every answer, and sends.

use crate::{
    asked,
    model::Model,
    routes,
    view_model::{
        channels::{self, ChannelOption},
        contacts::{self, CouncilCard},
        failure,
        question::{self, AskedQuestion, Steps},
        reference,
        summary_list::{self, Row},
        words,
    },
};
use putright_domain::{
    delivery::{config::SendBy, state_machine::Delivery},
    form::{
        answer::unnumbered,
        flow::{FlowQuestion, Page},
    },
    guidance::facts::ids,
    messages::MessageId,
};

/// Check answers.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckPage {
    /// The place among the steps; `None` for a way without steps.
    pub steps: Option<Steps>,
    /// Every answer on the way.
    pub rows: Vec<Row>,
    /// The pages that can be added: the address of each, and the words of its link.
    pub extras: Vec<(String, String)>,
    /// The questions that this page asks before sending.
    pub asked: Vec<AskedQuestion>,
    /// The words of the button that sends; `None` where nothing can be sent from here.
    pub send: Option<MessageId>,
    /// The words of the button that sends it without the files that were refused; empty where there are none.
    pub without: String,
    /// While it is being sent: what is said of it.
    pub sending: Option<MessageId>,
    /// Why it is not known to be with the council, and what trying again would mean.
    pub failed: Vec<String>,
    /// How else to reach the council.
    pub councils: Vec<CouncilCard>,
    /// The other ways, in the council's order.
    pub ways: Vec<ChannelOption>,
    /// The person's own copy number; empty where none has been made.
    pub copy_number: String,
}

pub(crate) fn check_page(model: &Model) -> CheckPage {
    let sends = model.delivery_config().send != SendBy::None;
    let error = match model.delivery() {
        Delivery::Failed(error) => Some(error),
        _ => None,
    };
    let sending = match model.delivery() {
        Delivery::Sending => Some(MessageId::Sending),
        Delivery::Waiting(_) => Some(MessageId::SendingAgain),
        _ => None,
    };
    let others = error.is_some() || !sends || !model.delivery_machine().handed_over().is_empty();
    let walk = model.walk();
    let has_steps = walk.pages.iter().any(|page| page.step.is_some());
    let is_here = |row: &Row| model.bundle().flow.check().iter().any(|asked| asked.question.id == row.question);
    let rows: Vec<Row> = summary_list::rows(model).into_iter().filter(|row| !is_here(row)).collect();
    CheckPage {
        steps: question::steps(model, has_steps.then(|| model.bundle().flow.steps().len().saturating_sub(1))),
        // What has been added already has a link to change it.
        extras: walk
            .extras
            .iter()
            .filter(|page| rows.iter().all(|row| row.question != page.id()))
            .map(|page| extra(model, page))
            .collect(),
        rows: people_together(model, rows),
        asked: asked::asked_on_check(model, model.bundle()).into_iter().map(|asked| check_part(model, asked)).collect(),
        send: sends.then_some(if error.is_some() { MessageId::TryAgain } else { MessageId::Send }),
        failed: error.map(|_| failure::what_trying_again_means(model)).unwrap_or_default(),
        without: without_words(model),
        councils: if error.is_some() || !sends { contacts::council_cards(model) } else { Vec::new() },
        ways: if others && sending.is_none() { channels::ways(model) } else { Vec::new() },
        copy_number: if model.is_made() { reference::copy_number(model) } else { String::new() },
        sending,
    }
}

/// Makes one row of what was answered on a page about one person: a phone would show two children on four screens otherwise. Change leads to
/// the first question there.
fn people_together(model: &Model, rows: Vec<Row>) -> Vec<Row> {
    let flow = &model.bundle().flow;
    let page_of = |row: &Row| flow.page_of(&row.question).map_or("", Page::id);
    let mut together: Vec<Row> = Vec::new();
    for mut row in rows {
        let page = page_of(&row);
        if !matches!(unnumbered(page).0, ids::CHILD_NAME | ids::HELPER_ROLE) {
            together.push(row);
            continue;
        }
        if let Some(first) = together.last_mut().filter(|first| page_of(first) == page) {
            let answer = row.lines.join(" ");
            match first.lines.last_mut() {
                Some(name) if unnumbered(&row.question).0 == ids::CHILD_AGE => name.extend([" (", &answer, ")"]),
                _ => first.lines.push([&words::short_name(model, &row.question), ": ", &answer].concat()),
            }
            continue;
        }
        if row.question == page {
            row.label = words::caption_or_name(model, &row.question);
        }
        together.push(row);
    }
    together
}

/// A page that can be added: its address and the words of the link to it.
fn extra(model: &Model, page: &Page) -> (String, String) {
    let words = model.bundle().content.question(page.id()).map(|words| words.add.clone()).unwrap_or_default();
    (routes::route_of(model, page.id()).to_string(), words)
}

fn check_part(model: &Model, asked: &FlowQuestion) -> AskedQuestion {
    let question = &asked.question;
    AskedQuestion {
        prefix: [&question.id, "-"].concat(),
        is_heading: false,
        ..question::asked_question(model, question)
    }
}

fn without_words(model: &Model) -> String {
    let names: Vec<&str> = model.sending.files_refused().iter().map(|file| file.name.as_str()).collect();
    if names.is_empty() {
        return String::new();
    }
    model.bundle().content.fill(MessageId::SendWithout, &[("files", &names.join(", "))])
}
