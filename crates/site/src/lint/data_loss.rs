//! Finds the words of a long complaint that a backend's fields would lose: the question, and the number of characters.

use std::fmt::Write;

use putright_domain::delivery::{
    config::Endpoint,
    request::{Body, BodyPart, Request},
};
use serde_json::Value;

use super::{
    Findings,
    checked::{Checked, place_of},
    sample_submission::{Answered, Sample},
};

/// The end of a text that was cut.
const CUT: &str = " […]";
/// The most questions that are named. Further ones are counted.
const MOST_NAMED: usize = 6;

/// Sends nothing, and looks at what would have been sent.
pub fn check(checked: &Checked<'_>, at: &str, endpoint: &Endpoint, sample: &Sample, found: &mut Findings) {
    let (request, cuts) = sample.request(endpoint);
    // Without the sign that something was cut off: its space may be the person's next character.
    let sent = texts(&request).into_iter().map(|text| text.strip_suffix(CUT).map(str::to_owned).unwrap_or(text));
    let sent: Vec<String> = sent.collect();
    let mut lost: Vec<LostAnswer> =
        sample.answers.iter().filter_map(|answered| lost(answered, &sent, sample)).collect();
    if lost.is_empty() {
        return;
    }
    lost.sort_by_key(|lost| std::cmp::Reverse(lost.characters));
    let told = told(&lost);
    if cuts.is_empty() {
        let problem = format!(
            "leaves out some of what people answer. Of a long complaint this would not be sent: {told}. Add a field with \
             {{ \"template\": \"{{summary}}\" }}, which holds every question and answer"
        );
        found.warnings.push(checked.fault(&format!("{at}/fields"), problem));
    }
    for cut in cuts {
        let problem = format!(
            "holds {} of the {} characters of a long complaint, so this would be cut off: {told}. The person is told \
             before it is sent. If the backend takes more, raise \"max\"; if it has another field that does, put \
             {{ \"template\": \"{{summary}}\" }} in there too",
            grouped(cut.max),
            grouped(cut.length)
        );
        found.warnings.push(checked.fault(&(place_of(at, &cut.target) + "/max"), problem));
    }
}

/// An answer that does not arrive whole.
struct LostAnswer {
    label: String,
    characters: usize,
    of: usize,
}

fn told(lost: &[LostAnswer]) -> String {
    let mut told = String::new();
    for (place, lost) in lost.iter().take(MOST_NAMED).enumerate() {
        let between = if place == 0 { "" } else { "; " };
        let (characters, of) = (grouped(lost.characters), grouped(lost.of));
        let _ = if characters == of {
            write!(told, "{between}all {of} characters of “{}”", lost.label)
        } else {
            write!(told, "{between}{characters} of the {of} characters of “{}”", lost.label)
        };
    }
    if let Some(more @ 1..) = lost.len().checked_sub(MOST_NAMED) {
        let _ = write!(told, "; and {more} answers more");
    }
    told
}

/// A number as people read it: 4,000.
fn grouped(number: usize) -> String {
    let (thousands, rest) = (number / 1000, number % 1000);
    if thousands == 0 { rest.to_string() } else { format!("{},{rest:03}", grouped(thousands)) }
}

/// Returns the part of an answer that is in none of the sent texts, or `None` if all of it is sent.
fn lost(answered: &Answered, sent: &[String], sample: &Sample) -> Option<LostAnswer> {
    let row = &answered.row;
    let words = row.lines.join("\n");
    let in_words = format!("{}\n{words}", row.label);
    let stands = |text: &str| sent.iter().any(|sent| sent.contains(text));
    if answered.chosen.is_empty() && answered.typed.is_empty() || stands(&sample.json) || stands(&in_words) {
        return None;
    }
    let of = words.chars().count();
    let lost = |characters| Some(LostAnswer { label: row.label.clone(), characters, of });
    // What is typed is told apart by its words; what is chosen, by the ids of the submission.
    let ids = || sent.iter().flat_map(|sent| sent.split(", ")).collect::<Vec<_>>();
    match answered.typed.as_slice() {
        [] if answered.chosen.iter().all(|id| ids().contains(&id.as_str())) => None,
        [typed] if answered.is_text => {
            let kept = sent.iter().map(|sent| kept(&row.label, typed, sent)).max().unwrap_or_default();
            match typed.chars().count() - kept {
                0 => None,
                characters => lost(characters.min(of)),
            }
        }
        typed if !typed.is_empty() && typed.iter().all(|typed| stands(typed)) => None,
        _ => lost(of),
    }
}

/// Returns the number of characters of `typed` that `text` contains: behind its question, or alone. When alone, a few
/// characters may match by chance.
fn kept(label: &str, typed: &str, text: &str) -> usize {
    const BY_CHANCE: usize = 32;
    let behind = longest_start(&format!("{label}\n{typed}"), text).saturating_sub(label.chars().count() + 1);
    let alone = longest_start(typed, text);
    if alone < BY_CHANCE && alone < typed.chars().count() { behind } else { behind.max(alone) }
}

/// Returns the number of the first characters of `words` that `text` contains in a row.
fn longest_start(words: &str, text: &str) -> usize {
    let ends: Vec<usize> = words.char_indices().map(|(at, _)| at).chain([words.len()]).collect();
    let stands = |characters: &usize| {
        ends.get(*characters).and_then(|end| words.get(..*end)).is_some_and(|start| text.contains(start))
    };
    // Where a start stands, every shorter one does.
    let all: Vec<usize> = (1..ends.len()).collect();
    all.partition_point(stands)
}

/// Every text in a request's body.
fn texts(request: &Request) -> Vec<String> {
    match &request.body {
        Body::Form(pairs) => pairs.iter().map(|(_, text)| text.clone()).collect(),
        Body::Parts(parts) => parts
            .iter()
            .filter_map(|part| match part {
                BodyPart::Text { text, .. } => Some(text.clone()),
                BodyPart::File { .. } => None,
            })
            .collect(),
        Body::Text(text) => {
            let mut found = vec![text.clone()];
            gather(&serde_json::from_str(text).unwrap_or_default(), &mut found);
            found
        }
    }
}

fn gather(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Number(number) => found.push(number.to_string()),
        Value::Array(items) => items.iter().for_each(|item| gather(item, found)),
        Value::Object(members) => members.values().for_each(|member| gather(member, found)),
        Value::Null | Value::Bool(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{grouped, kept, longest_start};

    #[test]
    fn numbers_are_written_as_people_read_them() {
        assert_eq!(
            [0, 7, 999, 1000, 14_473, 1_000_012].map(grouped),
            ["0", "7", "999", "1,000", "14,473", "1,000,012"]
        );
    }

    #[test]
    fn a_few_characters_that_stand_somewhere_are_not_the_person_s() {
        let typed = "TEST of the effect, which is long enough to be told from others.";
        assert_eq!(kept("Effect", typed, "Name\nTEST of it"), 0);
        assert_eq!(kept("Effect", typed, "Name\nTEST\n\nEffect\nTEST of […]"), 8);
        assert_eq!(kept("Effect", typed, typed), typed.len());
        assert_eq!(kept("Effect", typed, &typed[..40]), 40);
    }

    #[test]
    fn the_longest_start_is_found_to_the_character() {
        for (words, text, kept) in
            [("abc", "xxabcx", 3), ("abc", "ab", 2), ("abc", "bc", 0), ("", "a", 0), ("é–x", "é– […]", 2)]
        {
            assert_eq!(longest_start(words, text), kept, "{words} in {text}");
        }
    }
}
