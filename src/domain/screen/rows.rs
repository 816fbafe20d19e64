//! Questions and their answers in words, to be checked, kept or printed.

use std::fmt;

use crate::domain::{
    content::Word,
    guidance::{
        facts::{ids, text},
        triage::Flag,
    },
    journey::{
        answer::{Answer, Answers, Field, QuestionId, When, numbered, unnumbered},
        question::{AGREED, Question, QuestionKind},
    },
    session::Session,
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

impl Session {
    /// Returns every answer that was given, to be checked, kept or printed. What is urgent comes first, and the questions that the
    /// person puts to the council come last.
    pub fn rows(&self) -> Vec<Row> {
        let answers = self.answers_on_the_way();
        let content = &self.loaded().content;
        let advice = self.advice();
        let row = |label, lines: Vec<String>| {
            let row = Row { question: QuestionId::new(), label: content.owned_word(label), lines };
            (!row.lines.is_empty()).then_some(row)
        };
        let heads = [(Flag::Urgent, Word::UrgentHead), (Flag::SafeguardingWorry, Word::SafeguardingHead)];
        let heads = heads.into_iter().filter(|(flag, _)| advice.flags.contains(*flag));
        let important = row(Word::RowImportant, heads.map(|(_, head)| content.owned_word(head)).collect());
        let questions = row(Word::RowQuestion, self.questions_for_council(&advice));
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
                    // A page that was filled in once more shows that by itself.
                    QuestionKind::Another => return None,
                    QuestionKind::Letter { .. } => lines(&self.letter_to_send()?),
                    QuestionKind::Files => self.file_lines()?,
                    _ => self.answer_lines(question, answer)?,
                };
                Some(Row { question: question.id.clone(), label: self.row_label(&question.id, answers), lines })
            })
            .collect()
    }

    /// Returns a question's name in a list: with its number, or with the child's own name, where it may come several times.
    fn row_label(&self, question: &str, answers: &Answers) -> String {
        let (mut caption, name) = (self.caption(question), self.short_name(question));
        let (base, number) = unnumbered(question);
        if !caption.is_empty() && base.starts_with("child_") && base != ids::CHILD_NAME {
            // A child who has a name is not a number.
            let named = text(answers, &numbered(ids::CHILD_NAME, number));
            caption = named.unwrap_or(caption);
        }
        if caption.is_empty() { name } else { [&caption, ": ", &name].concat() }
    }

    pub(super) fn short_name(&self, question: &str) -> String {
        let words = self.words_of(question);
        words.map(|words| if words.short.is_empty() { &words.title } else { &words.short }).cloned().unwrap_or_default()
    }

    fn answer_lines(&self, question: &Question, answer: &Answer) -> Option<Vec<String>> {
        let content = &self.loaded().content;
        let label = |option: &String| self.option_label(question, option);
        Some(match answer {
            Answer::Seen | Answer::Skipped => return None,
            Answer::One(option) => vec![label(option)],
            Answer::Many(options) => options.iter().map(label).collect(),
            Answer::Text(text) => lines(text),
            Answer::When(When::Day { date }) => vec![content.date(*date)],
            Answer::When(When::Month { year, month }) => {
                vec![[content.month(*month), " ", &year.to_string()].concat()]
            }
            Answer::When(When::About { words }) => vec![words.clone()],
            Answer::When(When::NotKnown) => vec![content.owned_word(Word::DateNotKnown)],
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
