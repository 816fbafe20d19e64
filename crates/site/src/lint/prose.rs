//! Warns of words in a council's promises and exclusions that no page should use, and says what to write instead.

use std::collections::BTreeMap;

use putright_domain::{council::Council, data::InvalidFile};

use super::Findings;

/// Words to avoid, each with what to write instead. The tests hold the content files of Putright to the same list.
const AVOIDED: &str = include_str!("avoided.json");

/// Checks the words that a council's file says to people.
pub fn check(file: &str, council: &Council, found: &mut Findings) {
    let promised =
        council.promises.iter().enumerate().map(|(at, one)| (format!("/promises/{at}/words"), &one.said.words));
    let excluded =
        council.exclusions.iter().enumerate().map(|(at, one)| (format!("/exclusions/{at}/wording"), &one.said.words));
    let avoided = avoided();
    for (pointer, text) in promised.chain(excluded) {
        for (wanted, instead) in avoided.iter().filter(|(wanted, _)| uses(text, wanted)) {
            let problem = format!("uses “{wanted}”, which many people find hard to read; write {instead}");
            found.warnings.push(InvalidFile::at(file, pointer.clone(), problem));
        }
    }
}

fn avoided() -> BTreeMap<String, String> {
    serde_json::from_str(AVOIDED).unwrap_or_default()
}

/// Returns whether a text has a word, or words in a row, whatever their case and the marks around them.
fn uses(text: &str, wanted: &str) -> bool {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let wanted: Vec<&str> = wanted.split(' ').collect();
    words.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::{avoided, uses};

    #[test]
    fn the_list_is_read_and_names_an_alternative_for_each_word() {
        let list = avoided();
        assert!(list.len() > 5 && list.values().all(|instead| !instead.is_empty()));
    }

    #[test]
    fn a_word_is_found_whole_and_in_any_case() {
        assert!(uses("Whom should we ask?", "whom") && uses("It has a form of its own.", "of its own"));
        assert!(!uses("An understanding", "stands") && !uses("It is on its own", "of its own"));
    }
}
