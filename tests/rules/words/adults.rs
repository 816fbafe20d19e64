//! The words for adults: as easy to read as a council's best pages, and advice that a tired person finishes.

use std::collections::BTreeMap;

use super::measure::{DATA, Measure, limits, page, sentences, strings};
use crate::common::content;
use putright_domain::messages::TextBlock;

const ADULT: &str = "adult";

/// Every string outside letters, without the law that it cites.
fn own_words() -> Vec<(String, String)> {
    let limits = limits(ADULT);
    let is_formal = |at: &str| limits.formal.iter().any(|section| at.starts_with(&format!("/{section}/")));
    let without_law = |text: String| text.split(&limits.cites).next().unwrap_or_default().to_owned();
    let measured = strings(ADULT).into_iter().filter(|(at, _)| !is_formal(at));
    measured.map(|(at, text)| (at, without_law(text))).collect()
}

/// How many words are read before the law.
fn length(told: &TextBlock) -> usize {
    let own = |words: &String| words.split(&limits(ADULT).cites).next().unwrap_or_default().to_owned();
    told.body.iter().map(own).flat_map(|words| sentences(&words)).map(|sentence| sentence.len()).sum()
}

#[test]
fn no_sentence_for_adults_is_long() {
    let limits = limits(ADULT);
    let mut long = Vec::new();
    let mut excepted = Vec::new();
    for (at, text) in own_words() {
        for sentence in sentences(&text).iter().filter(|sentence| sentence.len() > limits.sentence) {
            if limits.longer.contains_key(&at) {
                excepted.push(at.clone());
                continue;
            }
            let words: Vec<&str> = sentence.iter().map(|word| word.text.as_str()).collect();
            long.push(format!("{at}: {} words: {}", words.len(), words.join(" ")));
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
    let idle: Vec<&String> = limits.longer.keys().filter(|at| !excepted.contains(at)).collect();
    assert!(idle.is_empty(), "needs no exception: {idle:?}");
}

#[test]
fn every_adult_page_is_easy_to_read() {
    let limits = limits(ADULT);
    let mut pages: BTreeMap<String, Measure> = BTreeMap::new();
    let mut whole = Measure::default();
    for (at, text) in own_words() {
        let measure = Measure::of(&text);
        pages.entry(page(&at)).or_default().add(measure);
        whole.add(measure);
    }
    assert!(pages.len() > 100, "nothing was measured");
    pages.retain(|_, measure| measure.words >= 20);
    let grade = whole.grade();
    let hard: Vec<String> = pages
        .iter()
        .filter(|(_, measure)| measure.grade() > limits.page)
        .map(|(page, measure)| format!("{page}: grade {:.1}", measure.grade()))
        .collect();
    println!("adult: grade {grade:.1}");
    assert!(grade <= limits.grade, "the whole register: grade {grade:.1}");
    assert!(hard.is_empty(), "{}", hard.join("\n"));
}

#[test]
fn advice_for_adults_is_short() {
    use putright_domain::guidance::triage::{Flag, Outcome};

    let (content, limits) = (content(), &DATA.advice);
    let usual: Vec<Flag> = Flag::ALL.iter().copied().filter(|flag| limits.usual.contains(flag.id())).collect();
    assert_eq!(usual.len(), limits.usual.len(), "a flag of the list is not known");
    let mut long = Vec::new();
    for outcome in Outcome::ALL {
        let alone = length(content.outcome(*outcome).unwrap());
        if alone > limits.outcome {
            long.push(format!("{outcome:?}: {alone} words"));
        }
        for flag in &usual {
            let both = alone + length(content.flag(*flag).unwrap());
            // At the end of the council's stages other flags come than with a first complaint.
            let is_first = ["statutory_stage1", "corporate_stage1", "council_decides", "split"].contains(&outcome.id());
            if is_first && both > limits.with_flag {
                long.push(format!("{outcome:?} with {flag:?}: {both} words"));
            }
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}
