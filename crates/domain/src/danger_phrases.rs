//! Words that may mean that somebody is not safe: `danger/<language>.json`, looked for in what is typed, on the device alone.
//!
//! Nothing follows from a find but telephone numbers on the page, so it may be wrong; it must not be silent. Case, accents,
//! punctuation, apostrophes and repeated letters count for nothing.

use crate::{
    data::{Document, InvalidFile, Place, SchemaVersion},
    key_map::KeyMap,
};

/// The most words that `..` stands for.
const GAP: usize = 2;

/// The phrases of a language. Each list is in the order of the first bytes, so that a word is compared with few of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct DangerPhrases {
    everyone: Vec<Phrase>,
    young: Vec<Phrase>,
    harmless: Vec<Phrase>,
}

/// The kinds of danger that words or choices on a page report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Alarm {
    /// Somebody may hurt themselves.
    pub oneself: bool,
    /// A child may not be safe.
    pub child: bool,
}

impl Alarm {
    /// Returns true where there is no sign of danger.
    pub fn is_quiet(self) -> bool {
        !self.oneself && !self.child
    }

    /// Adds the kinds of another alarm.
    pub fn add(&mut self, other: Self) {
        self.oneself |= other.oneself;
        self.child |= other.child;
    }
}

/// The kind of phrases about hurting oneself.
const SELF_HARM: &str = "self_harm";

/// A phrase: its first word apart, for most words of a text are no phrase's first.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
struct Phrase {
    first: String,
    rest: String,
    /// It is about hurting oneself.
    oneself: bool,
}

impl Phrase {
    /// Returns the first byte; zero for a phrase without a word.
    fn initial(&self) -> u8 {
        self.first.bytes().next().unwrap_or_default()
    }
}

/// The file `danger/<language>.json`.
#[derive(Default, serde::Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DangerFile {
    #[serde(rename = "schema_version")]
    _version: SchemaVersion,
    /// A BCP 47 tag, such as "en".
    #[serde(rename = "language")]
    _language: String,
    /// A note for people who read the file.
    #[serde(rename = "about_this_file")]
    _about: Option<String>,
    /// The phrases looked for in what anybody types, by kind. The kind `self_harm` is about hurting oneself.
    everyone: KeyMap<Vec<String>>,
    /// The phrases looked for in the pages for children and young people too.
    young: KeyMap<Vec<String>>,
    /// The phrases that hide the words that they cover.
    harmless: Vec<String>,
}

impl DangerPhrases {
    /// Reads a file of phrases.
    ///
    /// # Errors
    /// Returns an error if the file does not have the right shape, or if a phrase could never be found.
    pub fn parse(file: &str, text: &str) -> Result<Self, InvalidFile> {
        let document = Document::parse(file, text)?;
        let file: DangerFile = document.root().decode();
        let harmless = in_order(phrases(&file.harmless, false));
        document.finish(Self { everyone: of_kinds(&file.everyone), young: of_kinds(&file.young), harmless })
    }

    /// Returns true where a text has a sign of danger.
    pub fn is_in(&self, text: &str, young: bool) -> bool {
        !self.find(text, young).is_quiet()
    }

    /// Returns the kinds of danger that a text reports.
    pub fn find(&self, text: &str, young: bool) -> Alarm {
        let text = text.char_indices().nth(MOST).and_then(|(end, _)| text.get(..end)).unwrap_or(text);
        let plain = plain(text, false);
        let words: Vec<&str> = plain.split(' ').collect();
        // What is said harmlessly is not looked at again.
        let mut open = words.clone();
        for at in 0..words.len() {
            let covered = longest(&self.harmless, words.get(at..).unwrap_or_default()).map_or(0, |(count, _)| count);
            for word in open.iter_mut().skip(at).take(covered) {
                *word = "";
            }
        }
        let mut alarm = Alarm::default();
        for at in 0..open.len() {
            let rest = open.get(at..).unwrap_or_default();
            let lists = [Some(&self.everyone), Some(&self.young).filter(|_| young)];
            for (_, phrase) in lists.into_iter().flatten().filter_map(|list| longest(list, rest)) {
                alarm.add(Alarm { oneself: phrase.oneself, child: !phrase.oneself });
            }
        }
        alarm
    }
}

/// How many characters of a text are looked at: several times as many as any field takes, for somebody may paste a whole book, and
/// every key would wait for it.
const MOST: usize = 50_000;

/// Returns the longest of some phrases that begins here, and how many words it covers.
#[inline(never)]
fn longest<'a>(phrases: &'a [Phrase], words: &[&str]) -> Option<(usize, &'a Phrase)> {
    let (word, after) = words.split_first()?;
    let initial = word.bytes().next()?;
    let mut longest: Option<(usize, &Phrase)> = None;
    for phrase in beginning(phrases, NUMBER).iter().chain(beginning(phrases, initial)) {
        if is_word(&phrase.first, word)
            && let Some(count) = covers(&phrase.rest, after)
            && longest.is_none_or(|(most, _)| count + 1 > most)
        {
            longest = Some((count + 1, phrase));
        }
    }
    longest
}

/// The first byte of a phrase that begins with a number, whichever it is.
const NUMBER: u8 = b'#';

/// Returns the phrases that begin with a byte.
fn beginning(phrases: &[Phrase], initial: u8) -> &[Phrase] {
    let from = phrases.partition_point(|phrase| phrase.initial() < initial);
    let to = phrases.partition_point(|phrase| phrase.initial() <= initial);
    phrases.get(from..to).unwrap_or_default()
}

fn covers(phrase: &str, words: &[&str]) -> Option<usize> {
    if phrase.is_empty() {
        return Some(0);
    }
    let (step, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
    // Two points, in their plainest form.
    if step == "." {
        return (0..=GAP).find_map(|gap| Some(gap + covers(rest, words.get(gap..)?)?));
    }
    let (word, after) = words.split_first()?;
    step.split('/').any(|one| is_word(one, word)).then(|| covers(rest, after)).flatten().map(|count| count + 1)
}

/// Returns whether a word matches a word of a phrase. `abus*` matches any word that begins with `abus`, `#` a number,
/// and `#km` a number with `km`.
fn is_word(wanted: &str, word: &str) -> bool {
    if let Some(unit) = wanted.strip_prefix('#') {
        let rest = word.trim_start_matches(|character: char| character.is_ascii_digit());
        return rest.len() < word.len() && rest == unit;
    }
    match wanted.strip_suffix('*') {
        Some(start) => word.starts_with(start),
        None => word == wanted,
    }
}

/// The words of a text in their plainest form, with a space between, and the marks of a phrase where it is one.
fn plain(text: &str, marks: bool) -> String {
    let mut plain = String::new();
    for character in text.chars() {
        let folded = match character {
            // In a word, and not between two; combining accents too.
            '\'' | '`' | '´' | '‘' | '’' | 'ʼ' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{300}'..='\u{36f}' => {
                continue;
            }
            'à'..='å' | 'À'..='Å' => 'a',
            'ç' | 'Ç' => 'c',
            'è'..='ë' | 'È'..='Ë' => 'e',
            'ì'..='ï' | 'Ì'..='Ï' => 'i',
            'ñ' | 'Ñ' => 'n',
            'ò'..='ö' | 'ø' | 'Ò'..='Ö' | 'Ø' => 'o',
            'ù'..='ü' | 'Ù'..='Ü' => 'u',
            other if other.is_ascii_alphanumeric() => other.to_ascii_lowercase(),
            '/' | '*' | '#' | '.' if marks => character,
            _ => ' ',
        };
        if !plain.ends_with(folded) || folded.is_ascii_digit() {
            plain.push(folded);
        }
    }
    plain
}

fn of_kinds(kinds: &KeyMap<Vec<String>>) -> Vec<Phrase> {
    in_order(kinds.iter().flat_map(|(kind, list)| phrases(list, kind == SELF_HARM)))
}

/// Puts phrases in the order that [`beginning`] needs. Those that begin alike keep their order.
fn in_order(phrases: impl Iterator<Item = Phrase>) -> Vec<Phrase> {
    let mut phrases: Vec<Phrase> = phrases.collect();
    phrases.sort_by_key(Phrase::initial);
    phrases
}

/// The phrases of a list: one for each of the words that a phrase may begin with.
fn phrases(list: &[String], oneself: bool) -> impl Iterator<Item = Phrase> {
    list.iter().flat_map(move |phrase| {
        let phrase = plain(phrase, true);
        let (first, rest) = phrase.split_once(' ').unwrap_or((&phrase, ""));
        let of = |first: &str| Phrase { first: first.to_owned(), rest: rest.to_owned(), oneself };
        first.split('/').map(of).collect::<Vec<_>>()
    })
}

/// Checks that every phrase of a file can be found: not done where people wait for a page.
///
/// # Errors
/// Returns an error that names the phrases that cannot be found.
pub fn check(file: &str, text: &str) -> Result<(), InvalidFile> {
    let document = Document::parse(file, text)?;
    let root = document.root();
    let mut lists = vec![root.member("harmless")];
    for part in ["everyone", "young"] {
        lists.extend(root.member(part).entries().into_iter().map(|(_, list)| list));
    }
    for place in lists.into_iter().flat_map(Place::list) {
        let steps: Vec<&str> = place.text().split(' ').collect();
        let ends = [steps.first(), steps.last()];
        if ends.into_iter().flatten().any(|step| *step == "..") {
            place.note("must begin and end with a word");
        }
        if !steps.iter().all(|step| *step == ".." || step.split('/').all(can_be_found)) {
            let problem =
                "must be words with one space between: a/b is either, ab* a beginning, .. up to two words, # a number";
            place.note(problem);
        }
    }
    document.finish(())
}

fn can_be_found(one: &str) -> bool {
    let number = one.starts_with('#');
    let bare = one.strip_prefix('#').or_else(|| one.strip_suffix('*')).unwrap_or(one);
    (number || !bare.is_empty())
        && bare.chars().all(|character| character.is_ascii_lowercase() || character.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{DangerPhrases, check, plain};

    fn file(everyone: &str, harmless: &str) -> String {
        let start = r#"{"schema_version":1,"language":"en","everyone":{"a":["#;
        [start, everyone, r#"]},"young":{"a":["scared of him"]},"harmless":["#, harmless, "]}"].concat()
    }

    #[test]
    fn case_accents_punctuation_and_repeated_letters_count_for_nothing() {
        assert_eq!(plain("HE’S Hittting  mé!!! 2022", false).trim(), "hes hiting me 2022");
        assert_eq!(plain("âçèíñøùåÂÇÈÍÑÖÜ", false), "aceinouaceinou");
        assert_eq!(plain("a/b*c#d.e", false), "a b c d e");
    }

    #[test]
    fn a_phrase_has_choices_beginnings_gaps_and_numbers_and_what_is_harmless_hides_it() {
        let danger = DangerPhrases::parse(
            "d",
            &file(r#""want/wants to .. die", "abus*", "kms""#, r##""die of", "#kms", "# kms""##),
        );
        let danger = danger.unwrap();
        for text in ["I want to die", "she wants to just bloody die", "ABUSED", "kms", "5, kms!? want to die"] {
            assert!(danger.is_in(text, false), "{text}");
        }
        for text in ["want to go home and then die", "I want to die of shame", "5kms", "12 kms", "", "scared of him"] {
            assert!(!danger.is_in(text, false), "{text}");
        }
        assert!(danger.is_in("I’m scared of him", true));
    }

    #[test]
    fn a_phrase_that_could_never_be_found_is_told() {
        for phrase in [r#""""#, r#"".. die""#, r#""die ..""#, r#""a//b""#, r#""kill-me""#, r#""a** b""#, "1"] {
            let error = check("d", &file(phrase, "")).unwrap_err();
            assert_eq!((error.file.as_str(), error.pointer.as_str()), ("d", "/everyone/a/0"), "{phrase}");
        }
    }
}
