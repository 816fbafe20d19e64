//! Reads the values of our own form and writes them as a submission. The app's own questions check them, so that limits
//! and email addresses have the same rules.

use std::collections::BTreeMap;

use putright_domain::{
    date::Date,
    form::{
        answer::{Answer, Field, FormInput},
        flow::Flow,
        mistake::{AnswerError, Cause},
        question::{Reading, count_characters},
    },
    guidance::facts::ids,
    messages::fill,
    submission::format::PLAIN_REGISTER,
};
use serde_json::{Map, Value, json};

use super::{Ask, Drawing, Filled, fields::ours};

/// The errors of a form: the question of each, if it has one, and the words.
pub type FormFaults = Vec<(Option<Ask>, String)>;

/// A form of ours has fewer fields than this. A browser may add some of its own.
const MOST_FIELDS: usize = 100;

/// Reads the body of a form. What our form does not have is dropped; of what comes twice, the first counts. `None` where it has
/// more fields than any form of ours.
pub fn filled(body: &[u8]) -> Option<Filled> {
    if body.split(|byte| *byte == b'&').nth(MOST_FIELDS).is_some() {
        return None;
    }
    let names: Vec<String> = ours().into_iter().map(|field| field.name).chain(["council".to_owned()]).collect();
    let mut filled = Filled::new();
    for (name, value) in form_urlencoded::parse(body) {
        if names.iter().any(|known| *known == name) {
            // A browser writes each line end as two characters; the limits count one.
            let value = value.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "");
            filled.entry(name.into_owned()).or_insert(value);
        }
    }
    Some(filled)
}

impl Drawing {
    /// The submission that it makes, as JSON.
    ///
    /// # Errors
    /// Returns the errors of the form, if it has any.
    #[allow(clippy::too_many_lines, reason = "older than the limit of 60 lines")]
    pub fn submission(&self, filled: &Filled, id: &str, today: Date) -> Result<Value, FormFaults> {
        let mut faults = FormFaults::new();
        let written = |ask: Ask| filled.get(ask.id()).map(|text| text.trim()).filter(|text| !text.is_empty());
        let missing = |ask: Ask| self.words().asked(ask).map(|asked| asked.missing.clone()).unwrap_or_default();
        let mut read = BTreeMap::new();
        for field in ours() {
            let ask = field.ask;
            match written(ask).map(|text| self.answer(ask, text, today)) {
                None if field.needed => faults.push((Some(ask), missing(ask))),
                None => {}
                Some(Ok(text)) => drop(read.insert(ask, text)),
                Some(Err(words)) => faults.push((Some(ask), words)),
            }
        }
        let given = |ask: Ask| read.get(&ask).map(String::as_str);
        if let Some(who) = given(Ask::Who)
            && !["child", "parent", "helper", "other"].contains(&who)
        {
            faults.push((Some(Ask::Who), missing(Ask::Who)));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let who = given(Ask::Who).unwrap_or_default();
        let ways = [Ask::Email, Ask::Telephone, Ask::Post];
        let mut methods: Vec<&str> = ways.iter().filter(|ask| given(**ask).is_some()).map(|ask| ask.id()).collect();
        if methods.is_empty() {
            methods.push("none");
        }
        let texts = |asks: &[(&str, Ask)]| -> Map<String, Value> {
            asks.iter().filter_map(|(name, ask)| Some(((*name).to_owned(), given(*ask)?.into()))).collect()
        };
        let with = |mut texts: Map<String, Value>, name: &str, value: Value| {
            texts.insert(name.to_owned(), value);
            Value::Object(texts)
        };
        let contact = texts(&[
            ("name", Ask::Name),
            ("email", Ask::Email),
            ("telephone", Ask::Telephone),
            ("post", Ask::Post),
            ("safety", Ask::Safety),
        ]);
        let point = texts(&[("what_happened", Ask::Story), ("effect", Ask::Effect)]);
        let when = given(Ask::When)
            .map_or_else(|| json!({ "known": "not_known" }), |words| json!({ "known": "about", "words": words }));
        Ok(json!({
            "schema": "putright/submission/1",
            "id": id,
            "kind": "complaint",
            "council": filled.get("council"),
            "language": self.words().language,
            "register": PLAIN_REGISTER,
            "sent_on": today.to_string(),
            "about": {
                // A helper may be an aunt or an advocate, so the words that were chosen go along.
                "who": match who { "child" | "parent" => who, _ => "someone_else" },
                "topics": [],
                "proceedings": [],
                "when": when,
            },
            "points": [point],
            "wishes": with(texts(&[("words", Ask::Wants)]), "chosen", json!([])),
            "contact": with(contact, "methods", json!(methods)),
            "help": with(texts(&[("words", Ask::Help)]), "chosen", json!([])),
            "other_answers": BTreeMap::from([("plain_form_who", [self.whose(who)])]),
            "agreed_to_sharing": true,
        }))
    }

    /// A text as the question that asks for it in the app takes it.
    ///
    /// # Errors
    /// The problem in words.
    fn answer(&self, ask: Ask, text: &str, today: Date) -> Result<String, String> {
        let content = &self.content();
        let (question, raw) = match (ask.question(), ask.reach()) {
            (Some(question), _) => (
                question,
                FormInput { text: [(Field::Text, text.to_owned())].into_iter().collect(), ..FormInput::default() },
            ),
            (_, Some(part)) => {
                let text = [(part, text.to_owned())].into_iter().collect();
                (ids::REACH, FormInput { chosen: vec![part.id().to_owned()], text })
            }
            _ => {
                let (max, length) = (self.most(ask), count_characters(text));
                let over = length.saturating_sub(max);
                let cause = if over == 1 { Cause::TooLongByOne } else { Cause::TooLong };
                let error = AnswerError { field: None, cause, max, over };
                return if over == 0 { Ok(text.to_owned()) } else { Err(self.said("", &error)) };
            }
        };
        let flow: &Flow = self.flow();
        let reading = Reading { today, here: today, months: &content.months, councils: &[] };
        let answer = flow.question(question).map(|question| question.parse(&raw, reading));
        match (answer, ask.reach()) {
            (Some(Err(errors)), _) => Err(errors.first().map(|error| self.said(question, error)).unwrap_or_default()),
            (Some(Ok(Answer::Reach(reach))), Some(part)) => Ok(reach.details.get(part).cloned().unwrap_or_default()),
            (Some(Ok(Answer::Text(text))), _) => Ok(text),
            _ => Ok(text.to_owned()),
        }
    }

    fn said(&self, question: &str, error: &AnswerError) -> String {
        let [max, over] = [error.max, error.over].map(|number| number.to_string());
        fill(self.content().error(question, error.cause), &[("max", &max), ("over", &over)])
    }
}
