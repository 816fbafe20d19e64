//! A complaint of nobody's, to try a council's delivery out with: the answers of `sample.json`, given to the
//! questions as a person would give them, so that what comes of them is what the form would send.

use std::{collections::BTreeMap, sync::Arc};

use putright_app::{
    Event, Model,
    view_model::{self, Row},
};
use putright_domain::{
    bundle::Bundle,
    council::Council,
    date::Date,
    delivery::{
        attachments::Attachment,
        config::{Channel, Endpoint},
        file_rules::FileRules,
        request::{Request, RequestContext, Truncation, listed},
    },
    form::{
        answer::{AGREED, Field, FormInput, NOT_KNOWN},
        question::{Question, QuestionKind},
    },
    submission::format::Submission,
};
use serde::Deserialize;

use crate::command::CliError;

const FILE: &str = include_str!("sample_submission.json");
/// More pages than any flow has on one way.
const MOST_PAGES: usize = 300;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "about_this_file")]
    _about: String,
    id: String,
    answers: BTreeMap<String, Given>,
    file: SampleFile,
}

/// A file to send with it, where files are taken.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleFile {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its content.
    pub content: String,
}

#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum Given {
    Option(String),
    Options(Vec<String>),
    Fields {
        #[serde(default)]
        chosen: Vec<String>,
        #[serde(flatten)]
        text: BTreeMap<Field, String>,
    },
}

impl Given {
    fn raw(&self) -> FormInput {
        match self.clone() {
            Self::Option(option) => FormInput { chosen: vec![option], ..FormInput::default() },
            Self::Options(chosen) => FormInput { chosen, ..FormInput::default() },
            Self::Fields { chosen, text } => FormInput { chosen, text: text.into_iter().collect() },
        }
    }
}

/// The extent of the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// Optional answers are left out.
    Shortest,
    /// The answers are those of the file.
    AsWritten,
    /// Each text is as long as its question allows.
    Longest,
}

/// The sample as a submission.
pub struct Sample {
    /// Its copy number, and the idempotency key.
    pub id: String,
    /// The submission, as JSON.
    pub json: String,
    /// The text of all questions and answers.
    pub summary: String,
    /// The questions and answers, one by one.
    pub answers: Vec<Answered>,
    /// The files that go with it.
    pub files: Vec<Attachment>,
    /// The content of those files.
    pub file: SampleFile,
    rules: Option<FileRules>,
}

/// A question and its answer.
pub struct Answered {
    /// The row that the person reads, to be checked.
    pub row: Row,
    /// The ids of the chosen options.
    pub chosen: Vec<String>,
    /// The typed texts. A date gives its year alone.
    pub typed: Vec<String>,
    /// True for free text, which can be cut off anywhere.
    pub is_text: bool,
}

impl Sample {
    /// Answers a council's questions. `with_file` sends a file along, where the council takes any.
    ///
    /// # Errors
    /// Returns an error if the answers do not lead to the end of the questions.
    pub fn new(bundle: Bundle, today: Date, length: Length, with_file: bool) -> Result<Self, CliError> {
        let sample = "the sample submission";
        let written: Written = serde_json::from_str(FILE).map_err(|error| CliError::unusable(sample, error))?;
        let mut model = Model::new(Arc::new(bundle), today);
        for _ in 0..MOST_PAGES {
            let Some(question) = model.walk().open().cloned() else { break };
            let raw = answer(&model, &question, written.answers.get(&question.id), length);
            model.update(Event::Answered(vec![(question.id.clone(), raw)]), today);
            if !model.errors().is_empty() {
                return Err(CliError::unusable(
                    sample,
                    format!("the question {} does not take its answer", question.id),
                ));
            }
        }
        // What check answers asks itself.
        let asked: Vec<Question> = model.bundle().flow.check().iter().map(|asked| asked.question.clone()).collect();
        for question in asked {
            let raw = answer(&model, &question, written.answers.get(&question.id), length);
            model.update(Event::Typed { question: question.id, raw }, today);
        }
        model.update(Event::Send, today);
        model.update(Event::IdMade(written.id.clone()), today);
        let rules = model.delivery_config().files.clone();
        let attempt = model.attempt().ok_or_else(|| CliError::unusable(sample, "the questions have no end for it"))?;
        let (mut json, mut files) = (attempt.body.clone(), Vec::new());
        let answers = view_model::rows(&model).into_iter().map(|row| Answered::new(&model, row)).collect();
        if let (true, Some(rules)) = (with_file, &rules) {
            let bytes = u32::try_from(written.file.content.len()).unwrap_or(u32::MAX);
            let (name, media_type) = (written.file.name.clone(), written.file.media_type.clone());
            files.push(Attachment { id: 1, name, media_type, bytes });
            let mut submission: Submission =
                serde_json::from_str(&json).map_err(|error| CliError::unusable(sample, error))?;
            submission.files = listed(&files, Some(rules), &written.id);
            json = submission.to_json();
        }
        Ok(Self {
            id: written.id,
            json,
            summary: view_model::summary(&model),
            answers,
            files,
            file: written.file,
            rules,
        })
    }

    /// Builds the request to an endpoint, with the texts that had to be cut.
    pub fn request(&self, endpoint: &Endpoint) -> (Request, Vec<Truncation>) {
        let Self { json, summary, id, files, rules, .. } = self;
        Request::new(endpoint, RequestContext { json, summary, id, files, rules: rules.as_ref() })
    }
}

impl Answered {
    fn new(model: &Model, row: Row) -> Self {
        let raw = view_model::input(model, &row.question);
        let kind = model.bundle().flow.question(&row.question).map(|asked| &asked.kind);
        let is_date = matches!(kind, Some(QuestionKind::Date { .. }));
        let is_text = matches!(
            kind,
            Some(QuestionKind::Text { .. } | QuestionKind::LongText { .. } | QuestionKind::Letter { .. })
        );
        let typed = raw.text.iter().filter(|(field, text)| !text.is_empty() && (!is_date || *field == Field::Year));
        let typed = typed.map(|(_, text)| text.clone()).collect();
        Self { row, chosen: raw.chosen, typed, is_text }
    }
}

/// Returns the input of a page when Continue is pressed. A council's own questions have no answer in the file: they get
/// the first that will do.
fn answer(model: &Model, question: &Question, given: Option<&Given>, length: Length) -> FormInput {
    if question.optional && length == Length::Shortest {
        return FormInput::default();
    }
    let raw = match (given, &question.kind) {
        (_, QuestionKind::Reach { none, .. }) if length == Length::Shortest => FormInput::choosing([none.as_str()]),
        (Some(given), _) => given.raw(),
        (None, QuestionKind::Statement | QuestionKind::Advice | QuestionKind::Progress | QuestionKind::Another) => {
            FormInput::default()
        }
        (None, QuestionKind::Letter { .. }) => view_model::input(model, &question.id),
        (None, QuestionKind::Agreement) => FormInput::choosing([AGREED]),
        (None, QuestionKind::Council) => FormInput::choosing([model.bundle().council.id.as_str()]),
        (None, QuestionKind::Date { .. }) => FormInput::choosing([NOT_KNOWN]),
        (None, QuestionKind::Text { .. } | QuestionKind::LongText { .. }) => {
            FormInput::default().with(Field::Text, "TEST: nobody’s.")
        }
        (None, _) if question.optional => FormInput::default(),
        (None, _) => {
            let first = question.none_option().or_else(|| question.options().first().copied());
            FormInput::choosing([first.unwrap_or(NOT_KNOWN)])
        }
    };
    match question.kind {
        QuestionKind::Text { max, .. } | QuestionKind::LongText { max } if length == Length::Longest => {
            raw.with(Field::Text, long(&question.id, max))
        }
        _ => raw,
    }
}

/// Returns a unique text of `length` characters, which can be found again.
fn long(question: &str, length: usize) -> String {
    let sentences = (1..).flat_map(|number| {
        let sentence = format!("TEST {question}, sentence {number}. ");
        sentence.chars().collect::<Vec<_>>()
    });
    // No space at the end: it would be taken off.
    sentences.take(length.saturating_sub(1)).chain(['.']).collect()
}

/// The forms that a council offers besides, in their order.
pub fn forms(council: &Council) -> impl Iterator<Item = &Endpoint> {
    let fallbacks = council.delivery.fallbacks.iter().filter(|fallback| fallback.means == Channel::Form);
    fallbacks.filter_map(|fallback| fallback.form.as_deref())
}
