//! Reads what a person chose and typed as the answer to a question.

use super::{ABOUT_MAX, Question, QuestionKind, Reading, YES};
use crate::{
    date::Date,
    form::{
        answer::{AGREED, Answer, ApproximateDate, Field, FormInput, NOT_KNOWN, Reach},
        details,
        mistake::{AnswerError, Cause},
    },
};

impl Question {
    /// Reads a page as the person left it.
    ///
    /// # Errors
    /// Returns every problem to correct, in the order of the page. The errors hold nothing that the person wrote.
    pub fn parse(&self, raw: &FormInput, reading: Reading<'_>) -> Result<Answer, Vec<AnswerError>> {
        let missing = || self.missing(None);
        match &self.kind {
            QuestionKind::Statement | QuestionKind::Advice | QuestionKind::Progress => Ok(Answer::Seen),
            QuestionKind::ChooseOne { options } => match raw.chosen.as_slice() {
                [] => missing(),
                [one] if options.contains(one) => Ok(Answer::One(one.clone())),
                _ => wrong(None, Cause::NotAnOption),
            },
            QuestionKind::ChooseMany { none, .. } => {
                let chosen = self.in_order(raw)?;
                match none {
                    _ if chosen.is_empty() => missing(),
                    Some(none) if chosen.len() > 1 && chosen.contains(none) => wrong(None, Cause::NoneWithOthers),
                    _ => Ok(Answer::Many(chosen)),
                }
            }
            QuestionKind::Text { max, .. } | QuestionKind::LongText { max } | QuestionKind::Letter { max } => {
                let text = &clean(raw.field(Field::Text));
                if text.is_empty() {
                    return self.missing(Some(Field::Text));
                }
                within(Field::Text, text, *max)?;
                Ok(Answer::Text(text.clone()))
            }
            QuestionKind::Date { ahead } => self.parse_date(raw, reading, *ahead),
            QuestionKind::Reach { none, .. } => self.parse_reach(raw, none),
            QuestionKind::Council => match raw.chosen.as_slice() {
                [] => missing(),
                [one] if one == NOT_KNOWN || reading.councils.contains(one) => Ok(Answer::One(one.clone())),
                _ => wrong(None, Cause::NotAnOption),
            },
            QuestionKind::Agreement if raw.has(AGREED) => Ok(Answer::Agreed),
            QuestionKind::Agreement => missing(),
            QuestionKind::Another if raw.has(YES) => Ok(Answer::One(YES.to_owned())),
            QuestionKind::Files | QuestionKind::Another => Ok(Answer::Skipped),
        }
    }

    fn missing(&self, field: Option<Field>) -> Result<Answer, Vec<AnswerError>> {
        if self.optional { Ok(Answer::Skipped) } else { wrong(field, Cause::Missing) }
    }

    /// The options that are on, in the question's order.
    fn in_order(&self, raw: &FormInput) -> Result<Vec<String>, Vec<AnswerError>> {
        let known = self.options();
        if raw.chosen.iter().any(|option| !known.contains(&option.as_str())) {
            return Err(vec![AnswerError::new(None, Cause::NotAnOption)]);
        }
        Ok(known.into_iter().filter(|option| raw.has(option)).map(str::to_owned).collect())
    }

    fn parse_date(&self, raw: &FormInput, reading: Reading<'_>, ahead: bool) -> Result<Answer, Vec<AnswerError>> {
        let [day, month, year] =
            [Field::Day, Field::Month, Field::Year].map(|part| details::part_of_date(raw.field(part)));
        let about = clean(raw.field(Field::About));
        let [day, month, year, about] = [&day, &month, &year, &about].map(String::as_str);
        let not_known = raw.has(NOT_KNOWN);
        let latest = reading.today.max(reading.here);
        let exact = !(day.is_empty() && month.is_empty() && year.is_empty());
        match (exact, about.is_empty(), not_known) {
            (false, true, false) => return self.missing(Some(Field::Day)),
            (false, true, true) => return Ok(Answer::When(ApproximateDate::NotKnown)),
            (false, false, false) => {
                within(Field::About, about, ABOUT_MAX)?;
                return Ok(Answer::When(ApproximateDate::About { words: about.to_owned() }));
            }
            (true, true, false) => {}
            _ => return wrong(Some(if exact { Field::Day } else { Field::About }), Cause::DateTwice),
        }
        if month.is_empty() || year.is_empty() {
            let field = if month.is_empty() { Field::Month } else { Field::Year };
            return wrong(Some(field), Cause::DateIncomplete);
        }
        let Some(month) = read_month(month, reading.months) else {
            return wrong(Some(Field::Month), Cause::DateImpossible);
        };
        if !year.bytes().all(|byte| byte.is_ascii_digit()) {
            return wrong(Some(Field::Year), Cause::DateImpossible);
        }
        let year = match year.parse::<i32>() {
            Ok(number) if year.len() == 4 && number >= 1900 => number,
            _ => return wrong(Some(Field::Year), Cause::YearShort),
        };
        if day.is_empty() {
            let first = Date::new(year, month, 1);
            return match first {
                Some(first) if first > latest && !ahead => wrong(Some(Field::Month), Cause::DateInFuture),
                Some(_) => Ok(Answer::When(ApproximateDate::Month { year, month })),
                None => wrong(Some(Field::Month), Cause::DateImpossible),
            };
        }
        match day.parse().ok().and_then(|day| Date::new(year, month, day)) {
            Some(date) if date > latest && !ahead => wrong(Some(Field::Day), Cause::DateInFuture),
            Some(date) => Ok(Answer::When(ApproximateDate::Day { date })),
            None => wrong(Some(Field::Day), Cause::DateImpossible),
        }
    }

    fn parse_reach(&self, raw: &FormInput, none: &String) -> Result<Answer, Vec<AnswerError>> {
        let chosen = self.in_order(raw)?;
        if chosen.is_empty() {
            return self.missing(None);
        }
        if chosen.len() > 1 && chosen.contains(none) {
            return wrong(None, Cause::NoneWithOthers);
        }
        let mut reach = Reach { chosen, ..Reach::default() };
        let mut errors = Vec::new();
        for method in &reach.chosen {
            let Some(field) = Field::from_id(method) else { continue };
            let text = &match field {
                Field::Email => details::email(raw.field(field)),
                Field::Telephone => details::telephone(raw.field(field)),
                _ => clean(raw.field(field)),
            };
            match reach_fault(field, text) {
                Some(error) => errors.push(error),
                None => {
                    reach.details.insert(field, text.clone());
                }
            }
        }
        if errors.is_empty() { Ok(Answer::Reach(reach)) } else { Err(errors) }
    }
}

/// Text as it is kept: without space around it, and without the one character (U+0000) that stores cannot hold.
fn clean(text: &str) -> String {
    let kept: String = text.chars().filter(|character| *character != '\0').collect();
    // Last, so that what has been cleaned stays as it is when it is read again.
    kept.trim().to_owned()
}

/// How long a way to reach somebody may be.
pub const fn reach_max(field: Field) -> usize {
    match field {
        Field::Email => 254,
        Field::Telephone => 50,
        _ => 500,
    }
}

fn reach_fault(field: Field, text: &str) -> Option<AnswerError> {
    let missing = match field {
        Field::Email => Cause::EmailMissing,
        Field::Telephone => Cause::TelephoneMissing,
        Field::School => Cause::SchoolMissing,
        Field::TrustedAdult => Cause::AdultMissing,
        _ => Cause::PostMissing,
    };
    if let Err(errors) = within(field, text, reach_max(field)) {
        return errors.first().copied();
    }
    let cause = match field {
        _ if text.is_empty() => missing,
        Field::Email if !details::is_email(text) => Cause::EmailShape,
        Field::Telephone => details::telephone_fault(text)?,
        _ => return None,
    };
    Some(AnswerError::new(Some(field), cause))
}

fn wrong(field: Option<Field>, cause: Cause) -> Result<Answer, Vec<AnswerError>> {
    Err(vec![AnswerError::new(field, cause)])
}

fn within(field: Field, text: &str, max: usize) -> Result<(), Vec<AnswerError>> {
    let length = count_characters(text);
    if length <= max {
        return Ok(());
    }
    let over = length - max;
    let cause = if over == 1 { Cause::TooLongByOne } else { Cause::TooLong };
    Err(vec![AnswerError { field: Some(field), cause, max, over }])
}

/// How long a text is: in Unicode code points, as JSON Schema's `maxLength` counts. The limit shown, the limit checked and
/// the limit at the receiver are so the same.
pub fn count_characters(text: &str) -> usize {
    text.chars().count()
}

/// A month by number, by name, or by the first three or more letters of its name.
fn read_month(text: &str, names: &[String]) -> Option<u32> {
    if let Ok(number) = text.parse::<u32>() {
        return (1..=12).contains(&number).then_some(number);
    }
    let text = text.trim_end_matches('.');
    let begins = |name: &String| name.get(..text.len()).is_some_and(|start| start.eq_ignore_ascii_case(text));
    let index = names.iter().position(|name| text.len() >= 3 && begins(name))?;
    u32::try_from(index + 1).ok()
}
