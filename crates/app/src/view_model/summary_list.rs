//! Questions and their answers in words, to be checked, kept or printed.

use std::fmt;

use crate::{
    model::Model,
    view_model::{
        files, letter,
        words::{self, lines},
    },
};
use putright_domain::{
    form::{
        answer::{AGREED, Answer, Answers, ApproximateDate, Field, QuestionId, numbered, unnumbered},
        question::{Question, QuestionKind},
    },
    guidance::{
        facts::{ids, text},
        triage::{Advice, Flag},
    },
    messages::MessageId,
};

/// Returns the questions that the advice lets the person put to the council, in the words of the page.
pub(crate) fn questions_for_council(model: &Model, advice: &Advice) -> Vec<String> {
    let asks = advice.flags.contains(Flag::WhichProcedureAsk);
    asks.then(|| model.bundle().content.owned_word(MessageId::WhichProcedureQuestion)).into_iter().collect()
}

/// A question and its answer, to be checked.
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    /// The question; empty for a row that no question gives, and that cannot be changed by itself.
    pub question: QuestionId,
    /// Its short name.
    pub label: String,
    /// The answer, a line each.
    pub lines: Vec<String>,
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Row").field("question", &self.question).finish_non_exhaustive()
    }
}

/// Returns every answer that was given, to be checked, kept or printed. What is urgent comes first, and the questions that the
/// person puts to the council come last.
pub fn rows(model: &Model) -> Vec<Row> {
    let answers = model.answers_on_the_way();
    let content = &model.bundle().content;
    let advice = model.advice();
    let row = |label, lines: Vec<String>| {
        let row = Row { question: QuestionId::new(), label: content.owned_word(label), lines };
        (!row.lines.is_empty()).then_some(row)
    };
    let answered = answer_rows(model, &answers);
    let heads = [(Flag::Urgent, MessageId::UrgentHead), (Flag::SafeguardingWorry, MessageId::SafeguardingHead)];
    let heads = heads.into_iter().filter(|(flag, _)| advice.flags.contains(*flag));
    let mut heads: Vec<String> = heads.map(|(_, head)| content.owned_word(head)).collect();
    if advice.flags.contains(Flag::Urgent) {
        heads.splice(1..1, day_of_urgency(&answered, &answers));
    }
    let important = row(MessageId::RowImportant, heads);
    let questions = row(MessageId::RowQuestion, questions_for_council(model, &advice));
    important.into_iter().chain(answered).chain(questions).collect()
}

/// Returns the line that says when something is about to happen, where the person knows.
fn day_of_urgency(answered: &[Row], answers: &Answers) -> Vec<String> {
    if answers.get(ids::ABOUT_TO_HAPPEN_ON) == Some(&Answer::When(ApproximateDate::NotKnown)) {
        return Vec::new();
    }
    let day = answered.iter().find(|row| row.question == ids::ABOUT_TO_HAPPEN_ON);
    day.map(|row| row.lines.clone()).unwrap_or_default()
}

fn answer_rows(model: &Model, answers: &Answers) -> Vec<Row> {
    let asked = model.walk();
    asked
        .questions
        .iter()
        .filter_map(|question| {
            let answer = answers.get(&question.id)?;
            let lines = match question.kind {
                // A page that was filled in once more shows that by itself.
                QuestionKind::Another => return None,
                QuestionKind::Letter { .. } => lines(&letter::letter_to_send(model)?),
                QuestionKind::Files => files::file_lines(model)?,
                _ => answer_lines(model, question, answer)?,
            };
            Some(Row { question: question.id.clone(), label: row_label(model, &question.id, answers), lines })
        })
        .collect()
}

/// Returns a question's name in a list: with its number, or with the child's own name, where it may come several times.
fn row_label(model: &Model, question: &str, answers: &Answers) -> String {
    let (mut caption, name) = (words::caption(model, question), words::short_name(model, question));
    let (base, number) = unnumbered(question);
    if !caption.is_empty() && base.starts_with("child_") && base != ids::CHILD_NAME {
        // A child who has a name is not a number.
        let named = text(answers, &numbered(ids::CHILD_NAME, number));
        caption = named.unwrap_or(caption);
    }
    if caption.is_empty() { name } else { [&caption, ": ", &name].concat() }
}

fn answer_lines(model: &Model, question: &Question, answer: &Answer) -> Option<Vec<String>> {
    let content = &model.bundle().content;
    let label = |option: &String| words::option_label(model, question, option);
    Some(match answer {
        Answer::Seen | Answer::Skipped => return None,
        Answer::One(option) => vec![label(option)],
        Answer::Many(options) => options.iter().map(label).collect(),
        Answer::Text(text) => lines(text),
        Answer::When(ApproximateDate::Day { date }) => vec![content.date(*date)],
        Answer::When(ApproximateDate::Month { year, month }) => {
            vec![[content.month(*month), " ", &year.to_string()].concat()]
        }
        Answer::When(ApproximateDate::About { words }) => vec![words.clone()],
        Answer::When(ApproximateDate::NotKnown) => vec![content.owned_word(MessageId::DateNotKnown)],
        Answer::Reach(reach) => {
            let mut all = Vec::new();
            for method in &reach.chosen {
                let detail = Field::from_id(method).and_then(|field| reach.details.get(field)).map(|text| lines(text));
                match detail.as_deref() {
                    Some([line]) => all.push([&label(method), ": ", line].concat()),
                    several => {
                        all.push(label(method));
                        all.extend(several.unwrap_or_default().iter().cloned());
                    }
                }
            }
            all
        }
        Answer::Agreed => vec![label(&AGREED.to_owned())],
    })
}
