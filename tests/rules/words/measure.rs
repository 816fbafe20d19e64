//! How easy a text is to read: its sentences, their words and syllables, and the grade they come to.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use serde::Deserialize;
use serde_json::Value;

use crate::common::public;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Data {
    pub registers: BTreeMap<String, Limits>,
    /// Words for no child.
    pub banned: BTreeSet<String>,
    pub names: BTreeSet<String>,
    pub syllables: BTreeMap<String, usize>,
    /// How long the advice for adults may be.
    pub advice: Advice,
}

/// Words of an adult outcome before the law it cites.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    /// Most words of an outcome alone.
    pub outcome: usize,
    /// Most words with one of the usual flags.
    pub with_flag: usize,
    /// The flags that come most often.
    pub usual: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Most words in a sentence.
    pub sentence: usize,
    /// Highest grade of the register as a whole.
    pub grade: f64,
    /// Highest grade of a page.
    pub page: f64,
    /// Words not for this register.
    pub banned: BTreeSet<String>,
    /// Paragraphs, or the rest of one, that begin with this cite the law: not measured for length. Empty for none.
    #[serde(default)]
    pub cites: String,
    /// Sections of formal letters, which are not measured.
    #[serde(default)]
    pub formal: BTreeSet<String>,
    /// The strings with a sentence that may be longer, each with its reason.
    #[serde(default)]
    pub longer: BTreeMap<String, String>,
}

pub static DATA: LazyLock<Data> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../data/words.json")).unwrap());

/// How many syllables a word has: groups of vowels, less those that are not heard.
pub fn syllables(word: &str) -> usize {
    let word = word.to_lowercase().replace('’', "'");
    let word = word.trim_end_matches("'s").replace('\'', "");
    if let Some(known) = DATA.syllables.get(&word) {
        return *known;
    }
    let letters: Vec<char> = word.chars().collect();
    let vowel = |at: usize| letters.get(at).is_some_and(|letter| "aeiouy".contains(*letter));
    let starts = |at: usize| vowel(at) && (at == 0 || !vowel(at - 1));
    let mut count = (0..letters.len()).filter(|at| starts(*at)).count();
    let ends = |end: &str| word.ends_with(end);
    let before = |back: usize| letters.len().checked_sub(back).and_then(|at| letters.get(at)).copied().unwrap_or(' ');
    let is_consonant = |letter: char| letter.is_alphabetic() && !"aeiouy".contains(letter);
    // Not heard: made, made-up; called, but not wanted; times, but not pages. Heard: table.
    let silent = (ends("e") && is_consonant(before(2)) && !(before(2) == 'l' && is_consonant(before(3))))
        || (ends("ed") && is_consonant(before(3)) && !"td".contains(before(3)))
        || (ends("es")
            && is_consonant(before(3))
            && !"scgzxh".contains(before(3))
            && !(before(3) == 'l' && is_consonant(before(4))))
        || ends("ely");
    if silent && count > 1 {
        count -= 1;
    }
    // Two that are heard apart: piano, museum, but not in "tion" and "cial".
    let apart = ["ia", "io", "iu", "eo", "ua", "uou"];
    let together = ["cia", "tia", "tio", "sio", "cio", "gio", "qua", "gua", "eou", "peo"];
    for (at, _) in word.char_indices() {
        let pair = apart.iter().any(|pair| word[at..].starts_with(pair));
        let joined = together
            .iter()
            .any(|joined| at > 0 && word[at - 1..].starts_with(joined) || word[at..].starts_with(joined));
        count += usize::from(pair && !joined);
    }
    count.max(1)
}

/// A word as it counts: in a sentence always, in the grade where it has syllables.
#[derive(Clone, Debug)]
pub struct Token {
    pub text: String,
    pub syllables: Option<usize>,
    /// True if the sentence ends with the word, by its mark.
    pub ends: bool,
}

/// The sentences of a string, its marks and the addresses of its links taken away.
pub fn sentences(text: &str) -> Vec<Vec<Token>> {
    let mut all = Vec::new();
    for line in unmarked(text).lines() {
        let mut sentence: Vec<Token> = Vec::new();
        for piece in line.split_whitespace() {
            sentence.extend(piece.split(['-', '–', '/']).filter_map(token));
            if piece.trim_end_matches(['”', ')', '’']).ends_with(['.', '?', '!', '…']) {
                if let Some(last) = sentence.last_mut() {
                    last.ends = true;
                }
                all.push(std::mem::take(&mut sentence));
            }
        }
        all.push(sentence);
    }
    all.retain(|sentence| !sentence.is_empty());
    all
}

fn token(piece: &str) -> Option<Token> {
    let text = piece.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != VALUE);
    if text.is_empty() {
        return None;
    }
    let measured = text.chars().all(|letter| letter.is_alphabetic() || letter == '’')
        && !DATA.names.contains(text.trim_end_matches("’s"));
    Some(Token { text: text.to_owned(), syllables: measured.then(|| syllables(text)), ends: false })
}

/// Stands for what will be filled in.
const VALUE: char = '\u{25a1}';

fn unmarked(text: &str) -> String {
    let text = text.trim_start_matches(['#', '>', '*', ' ']);
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', ']']) {
        plain.push_str(&rest[..at]);
        let (close, shown) = if rest[at..].starts_with('{') {
            let condition = rest[at + 1..].starts_with(['?', '!']);
            ('}', if condition { None } else { Some(VALUE) })
        } else {
            (')', None)
        };
        plain.extend(shown);
        rest = &rest[at + rest[at..].find(close).unwrap() + 1..];
    }
    plain.push_str(rest);
    plain.replace('[', "")
}

#[derive(Clone, Copy, Default)]
pub struct Measure {
    pub sentences: usize,
    pub words: usize,
    pub syllables: usize,
}

impl Measure {
    pub fn of(text: &str) -> Self {
        let mut measure = Self::default();
        for sentence in sentences(text).iter().filter(|sentence| sentence.iter().any(|word| word.ends)) {
            let heard: Vec<usize> = sentence.iter().filter_map(|word| word.syllables).collect();
            if !heard.is_empty() {
                measure.add(Self { sentences: 1, words: heard.len(), syllables: heard.iter().sum() });
            }
        }
        measure
    }

    pub fn add(&mut self, other: Self) {
        self.sentences += other.sentences;
        self.words += other.words;
        self.syllables += other.syllables;
    }

    fn words_a_sentence(self) -> f64 {
        self.words as f64 / self.sentences as f64
    }

    fn syllables_a_word(self) -> f64 {
        self.syllables as f64 / self.words as f64
    }

    /// The Flesch–Kincaid grade level.
    pub fn grade(self) -> f64 {
        0.39 * self.words_a_sentence() + 11.8 * self.syllables_a_word() - 15.59
    }

    /// Flesch's reading ease, of which more examples are published.
    fn ease(self) -> f64 {
        206.835 - 1.015 * self.words_a_sentence() - 84.6 * self.syllables_a_word()
    }
}

/// Every string that a person reads, with its place.
pub fn strings(register: &str) -> Vec<(String, String)> {
    fn inside(at: &str, value: &Value, found: &mut Vec<(String, String)>) {
        match value {
            Value::String(text) => found.push((at.to_owned(), text.clone())),
            Value::Array(list) => {
                list.iter().enumerate().for_each(|(index, item)| inside(&format!("{at}/{index}"), item, found));
            }
            Value::Object(object) => object.iter().for_each(|(key, item)| inside(&format!("{at}/{key}"), item, found)),
            _ => {}
        }
    }
    let file: Value = serde_json::from_str(&public(&format!("content/en/{register}.json"))).unwrap();
    let mut found = Vec::new();
    inside("", &file, &mut found);
    let names = ["/language", "/direction", "/register", "/months/", "/weekdays/"];
    found.retain(|(at, _)| {
        let is_id = at.ends_with("/picture") || (at.starts_with("/guide/") && at.ends_with("/id"));
        !is_id && at != "/words/calendar_file" && !names.iter().any(|name| at.starts_with(name))
    });
    found
}

/// The page, or the part of one, that a string is on: a question, an outcome, a flag, a letter, a section of the guide; the
/// words of all pages and lists of short ones together.
pub fn page(at: &str) -> String {
    let steps: Vec<&str> = at.split('/').collect();
    let alone = ["questions", "outcomes", "flags", "routes", "late", "letters", "signposts", "guide"];
    if alone.contains(&steps[1]) { format!("/{}/{}", steps[1], steps[2]) } else { format!("/{}", steps[1]) }
}

pub fn limits(register: &str) -> &'static Limits {
    &DATA.registers[register]
}

#[test]
fn the_measure_agrees_with_published_examples() {
    // Wikipedia, "Flesch–Kincaid readability tests": texts with their reading ease, and counts with their grade: those of a
    // sentence about the platypus, and of Green Eggs and Ham.
    for (text, ease) in [
        ("The cat sat on the mat.", 116.0),
        ("This sentence, taken as a reading passage unto itself, is being used to prove a point.", 69.0),
    ] {
        let measured = Measure::of(text).ease();
        assert!((measured - ease).abs() < 0.5, "{text}: {measured}, published {ease}");
    }
    for (sentences, words, syllables, grade) in [(1, 13, 24, 11.3), (100, 570, 581, -1.3)] {
        let measured = Measure { sentences, words, syllables }.grade();
        assert!((measured - grade).abs() < 0.06, "{measured}, published {grade}");
    }
}

#[test]
fn syllables_are_counted_as_they_are_heard() {
    for (count, words) in [
        (
            1,
            "a the help you made like once place called asked stopped school want don’t you’re child’s times court months stage sent safe those changed",
        ),
        (
            2,
            "social worker council people someone listen listens happen happens started wanted pages table over quickly lonely answer maybe answers number money scared-of",
        ),
        (3, "advocate family together decided remember complaint-team officer manager holiday"),
        (4, "information especially ordinary education"),
    ] {
        for word in words.split_whitespace().filter(|word| !word.contains('-')) {
            assert_eq!(syllables(word), count, "{word}");
        }
    }
}

#[test]
fn a_string_is_cut_into_its_sentences() {
    let count = |text: &str| sentences(text).iter().map(Vec::len).collect::<Vec<_>>();
    assert_eq!(count("You can call [Childline](tel:08001111), free. Do it “now.” Then {council} helps"), [5, 3, 3]);
    assert_eq!(count("{?late}Sent on:\n{date}"), [2, 1]);
    assert_eq!(count("* It makes me feel …"), [4]);
}
