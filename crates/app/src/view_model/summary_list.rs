//! Questions and their answers in words, to be checked, kept or printed.

use std::fmt;

use crate::model::Model;
use putright_domain::{
    form::{
        answer::{AGREED, Answer, Answers, ApproximateDate, Field, QuestionId},
        question::{Question, QuestionKind},
    },
    guidance::triage::Flag,
    messages::MessageId,
};

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

impl Model {
    /// Returns every answer that was given, to be checked, kept or printed. What is urgent comes first, and the questions that the
    /// person puts to the council come last.
    pub fn rows(&self) -> Vec<Row> {
        let answers = self.answers_on_the_way();
        let content = &self.bundle().content;
        let advice = self.advice();
        let row = |label, lines: Vec<String>| {
            let row = Row { question: QuestionId::new(), label: content.owned_word(label), lines };
            (!row.lines.is_empty()).then_some(row)
        };
        let heads = [(Flag::Urgent, MessageId::UrgentHead), (Flag::SafeguardingWorry, MessageId::SafeguardingHead)];
        let heads = heads.into_iter().filter(|(flag, _)| advice.flags.contains(*flag));
        let important = row(MessageId::RowImportant, heads.map(|(_, head)| content.owned_word(head)).collect());
        let questions = row(MessageId::RowQuestion, self.questions_for_council(&advice));
        important.into_iter().chain(self.answer_rows(&answers)).chain(questions).collect()
    }

    fn answer_rows(&self, answers: &Answers) -> Vec<Row> {
        let asked = self.walk();
        asked
            .questions
            .iter()
            .filter_map(|question| {
                let answer = answers.get(&question.id)?;
                let lines = match question.kind {
                    QuestionKind::Letter { .. } => lines(&self.letter_to_send()?),
                    QuestionKind::Files => self.file_lines()?,
                    _ => self.answer_lines(question, answer)?,
                };
                Some(Row { question: question.id.clone(), label: self.row_label(&question.id), lines })
            })
            .collect()
    }

    /// A question's name in a list: with its number, where it may come several times.
    fn row_label(&self, question: &str) -> String {
        let (caption, name) = (self.caption(question), self.short_name(question));
        if caption.is_empty() { name } else { [&caption, ": ", &name].concat() }
    }

    pub(super) fn short_name(&self, question: &str) -> String {
        let words = self.words_of(question);
        words.map(|words| if words.short.is_empty() { &words.title } else { &words.short }).cloned().unwrap_or_default()
    }

    fn answer_lines(&self, question: &Question, answer: &Answer) -> Option<Vec<String>> {
        let content = &self.bundle().content;
        let label = |option: &String| self.option_label(question, option);
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
                    all.push(label(method));
                    if let Some(detail) = Field::from_id(method).and_then(|field| reach.details.get(field)) {
                        all.extend(lines(detail));
                    }
                }
                all
            }
            Answer::Agreed => vec![label(&AGREED.to_owned())],
        })
    }
}

/// The lines of a text.
#[inline(never)]
pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}
