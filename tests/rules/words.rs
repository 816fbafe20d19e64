//! The words for children and young people, measured: every string of both registers.
//!
//! * No sentence is longer than the register's limit.
//! * The Flesch–Kincaid grade level (Kincaid, Fishburne, Rogers and Chissom 1975, *Derivation of new readability formulas for
//!   Navy enlisted personnel*, Research Branch Report 8-75): 0.39 × words a sentence + 11.8 × syllables a word − 15.59, which
//!   is a school grade of the United States: 4 is read at about nine. Of each page by itself, and of the register as a whole.
//! * No word of the lists, which are data: `data/words.json`, with the limits, the names left out of the measure (nobody can
//!   write them otherwise) and the words whose syllables the rule of [`syllables`] gets wrong.
//!
//! A line without a full stop, such as a heading or an option, is a sentence; in the grade, only those with one count: short
//! lines would make any page look easy. Numbers, and what stands in `{ }`, are words of a sentence but not of the grade.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a test that stops has failed, and its counts are small"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use crate::common::{self, COUNCILS, drive, public, session_in};
use putright::domain::{
    content::Content,
    journey::{answer::Raw, flow::Flow, question::QuestionKind},
    screen::Body,
    session::Session,
};
use serde::Deserialize;
use serde_json::Value;

const YOUNG: [&str; 2] = ["8-11", "12-17"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    registers: BTreeMap<String, Limits>,
    /// Words for no child.
    banned: BTreeSet<String>,
    names: BTreeSet<String>,
    syllables: BTreeMap<String, usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Limits {
    /// Most words in a sentence.
    sentence: usize,
    /// Highest grade of the register as a whole.
    grade: f64,
    /// Highest grade of a page.
    page: f64,
    /// Words not for this register.
    banned: BTreeSet<String>,
}

static DATA: LazyLock<Data> = LazyLock::new(|| serde_json::from_str(include_str!("../data/words.json")).unwrap());

/// How many syllables a word has: groups of vowels, less those that are not heard.
fn syllables(word: &str) -> usize {
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
struct Token {
    text: String,
    syllables: Option<usize>,
    /// Whether the sentence ends with it, by its mark.
    ends: bool,
}

/// The sentences of a string, its marks and the addresses of its links taken away.
fn sentences(text: &str) -> Vec<Vec<Token>> {
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
struct Measure {
    sentences: usize,
    words: usize,
    syllables: usize,
}

impl Measure {
    fn of(text: &str) -> Self {
        let mut measure = Self::default();
        for sentence in sentences(text).iter().filter(|sentence| sentence.iter().any(|word| word.ends)) {
            let heard: Vec<usize> = sentence.iter().filter_map(|word| word.syllables).collect();
            if !heard.is_empty() {
                measure.add(Self { sentences: 1, words: heard.len(), syllables: heard.iter().sum() });
            }
        }
        measure
    }

    fn add(&mut self, other: Self) {
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
    fn grade(self) -> f64 {
        0.39 * self.words_a_sentence() + 11.8 * self.syllables_a_word() - 15.59
    }

    /// Flesch's reading ease, of which more examples are published.
    fn ease(self) -> f64 {
        206.835 - 1.015 * self.words_a_sentence() - 84.6 * self.syllables_a_word()
    }
}

/// Every string that a person reads, with its place.
fn strings(register: &str) -> Vec<(String, String)> {
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

/// The page, or the part of one, that a string stands on: a question, an outcome, a letter, a section of the guide; the words
/// of all pages and lists of short ones together.
fn page(at: &str) -> String {
    let steps: Vec<&str> = at.split('/').collect();
    let alone = ["questions", "outcomes", "letters", "guide"];
    if alone.contains(&steps[1]) { format!("/{}/{}", steps[1], steps[2]) } else { format!("/{}", steps[1]) }
}

fn limits(register: &str) -> &'static Limits {
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

#[test]
fn no_sentence_is_long() {
    let mut long = Vec::new();
    for register in YOUNG {
        for (at, text) in strings(register) {
            for sentence in sentences(&text).iter().filter(|sentence| sentence.len() > limits(register).sentence) {
                let words: Vec<&str> = sentence.iter().map(|word| word.text.as_str()).collect();
                long.push(format!("{register} {at}: {} words: {}", words.len(), words.join(" ")));
            }
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn every_page_and_the_whole_register_are_easy_to_read() {
    let mut hard = Vec::new();
    for register in YOUNG {
        let mut pages: BTreeMap<String, Measure> = BTreeMap::new();
        let mut whole = Measure::default();
        for (at, text) in strings(register) {
            let measure = Measure::of(&text);
            pages.entry(page(&at)).or_default().add(measure);
            whole.add(measure);
        }
        assert!(pages.len() > 30, "nothing was measured");
        // A few words alone say nothing of a page; they count for the whole.
        pages.retain(|_, measure| measure.words >= 20);
        let (hardest, measure) = pages.iter().max_by(|left, right| left.1.grade().total_cmp(&right.1.grade())).unwrap();
        println!("{register}: grade {:.1}, hardest {hardest} {:.1}", whole.grade(), measure.grade());
        hard.extend(
            pages
                .iter()
                .filter(|(_, measure)| measure.grade() > limits(register).page)
                .map(|(page, measure)| format!("{register} {page}: grade {:.1}", measure.grade())),
        );
        if whole.grade() > limits(register).grade {
            hard.push(format!("{register} as a whole: grade {:.1}", whole.grade()));
        }
    }
    assert!(hard.is_empty(), "{}", hard.join("\n"));
}

#[test]
fn no_word_of_the_lists_is_used() {
    let mut used = Vec::new();
    for register in YOUNG {
        for (at, text) in strings(register) {
            for word in sentences(&text).iter().flatten().map(|token| token.text.to_lowercase().replace("’s", "")) {
                if DATA.banned.contains(&word) || limits(register).banned.contains(&word) {
                    used.push(format!("{register} {at}: {word}"));
                }
            }
        }
    }
    assert!(used.is_empty(), "{}", used.join("\n"));
}

/// Everybody uses it, whatever words they chose before.
#[test]
fn the_plain_form_is_as_easy_as_the_words_for_12_to_17() {
    let limits = limits("12-17");
    let mut wrong = Vec::new();
    let mut whole = Measure::default();
    for (at, text) in strings("plain") {
        whole.add(Measure::of(&text));
        for sentence in sentences(&text) {
            if sentence.len() > limits.sentence {
                wrong.push(format!("{at}: {} words: {text}", sentence.len()));
            }
            let words = sentence.iter().map(|token| token.text.to_lowercase().replace("’s", ""));
            let used = words.filter(|word| DATA.banned.contains(word) || limits.banned.contains(word));
            wrong.extend(used.map(|word| format!("{at}: {word}")));
        }
    }
    assert!(whole.words > 300, "nothing was measured");
    assert!(whole.grade() <= limits.grade, "grade {:.1}", whole.grade());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every word of a page as it is drawn, but for the names of councils.
fn drawn(session: &Session) -> String {
    format!("{:?}", session.page())
}

fn has_gap(text: &str) -> bool {
    // Debug writes the braces of a structure with a space behind them; a name that stands for nothing has none.
    text.match_indices('{')
        .any(|(at, _)| text[at + 1..].starts_with(|next: char| next.is_ascii_lowercase() || next == '?' || next == '!'))
}

/// Goes through every answer of every choice, one question at a time, and looks at each page on the way.
#[test]
fn every_page_that_a_child_can_come_to_has_its_words() {
    for register in YOUNG {
        for council in COUNCILS {
            let flow = common::flow_in(register);
            for question in flow.questions() {
                for option in question.options() {
                    let mut session = session_in(register, council, "2026-12-17");
                    let chosen = match question.kind {
                        QuestionKind::Reach { .. } => continue,
                        _ => Raw::choosing([option]),
                    };
                    let want = if question.id == "want" { chosen.clone() } else { Raw::choosing(["complaint"]) };
                    let old = Raw::default()
                        .with(putright::domain::journey::answer::Field::Month, "1")
                        .with(putright::domain::journey::answer::Field::Year, "2024");
                    let answers = [(question.id.as_str(), chosen), ("want", want), ("event_date", old)];
                    for page in flow.questions() {
                        drive::to(&mut session, &page.id, &answers);
                        let text = drawn(&session);
                        assert!(!has_gap(&text), "{register}, {council}, {}: {text}", page.id);
                        if let Body::Advice(advice) = session.page().body {
                            let told = session.loaded().content.outcome(session.advice().outcome).unwrap();
                            assert!(!told.title.is_empty() && !advice.title.is_empty());
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn a_flow_of_the_young_and_its_words_are_complete_and_its_pictures_are_there() {
    for register in YOUNG {
        let content: Box<Content> = common::content_in(register);
        let flow: Flow = common::flow_in(register);
        assert_eq!(content.register, register);
        content.check_covers(register, &flow).unwrap();
        // The page about keeping a draft is no question of a flow.
        for (id, words) in content.questions.iter().filter(|(id, _)| *id != "draft") {
            let asked = flow.question(id).unwrap_or_else(|| panic!("{register}: nothing asks {id}"));
            for (option, words) in words.options.iter() {
                let known = asked.options().contains(&option) || option == "agreed";
                assert!(known, "{register}: {id} does not offer {option}");
                if !words.picture.is_empty() {
                    public(&format!("pictures/{}.svg", words.picture));
                }
            }
        }
    }
}

/// What stands in `{ }` in the words for children stands in the adult ones at the same place: those are filled in.
#[test]
fn nothing_is_to_be_filled_in_that_the_app_does_not_fill_in() {
    fn names(value: &Value) -> BTreeSet<String> {
        let text = value.to_string();
        let inside = text.split('{').filter_map(|part| part.split_once('}')).map(|(name, _)| name);
        let plain =
            inside.filter(|name| !name.contains('"')).map(|name| name.trim_start_matches(['?', '!']).to_owned());
        plain.collect()
    }
    let read = |register: &str| serde_json::from_str::<Value>(&public(&format!("content/en/{register}.json"))).unwrap();
    let adult = read("adult");
    for register in YOUNG {
        let young = read(register);
        for section in [
            "words",
            "errors",
            "outcomes",
            "flags",
            "routes",
            "clocks",
            "clock_names",
            "milestones",
            "letters",
            "bases",
        ] {
            for (key, words) in young[section].as_object().unwrap() {
                let (mine, known) = (names(words), names(&adult[section][key]));
                // The council's name can stand in these wherever it is wanted.
                let named = ["outcomes", "flags", "routes", "clocks", "bases"].contains(&section);
                let unfilled = |name: &&String| !(known.contains(*name) || named && *name == "council");
                let unknown: Vec<&String> = mine.iter().filter(unfilled).collect();
                assert!(unknown.is_empty(), "{register} /{section}/{key}: {unknown:?}");
                assert!(section != "letters" || known.contains("name") == mine.contains("name"), "{register} {key}");
            }
        }
        let asked = names(&young["questions"]);
        assert!(asked.iter().all(|name| name == "council"), "{register}: {asked:?}");
    }
}

/// A link is drawn in a paragraph alone: elsewhere its marks would be read out.
#[test]
fn links_stand_only_in_paragraphs() {
    for register in YOUNG {
        for (at, text) in strings(register) {
            let drawn = ["danger_panel_now", "danger_self_now", "danger_body", "safeguarding_for"];
            let drawn_as_prose =
                at.contains("/body/") || drawn.iter().any(|word| at.strip_prefix("/words/") == Some(word));
            assert!(drawn_as_prose || !text.contains("]("), "{register} {at}: {text}");
        }
    }
}

/// A picture says nothing that its words do not: it has no text of its own, is small, and is there because it is used.
#[test]
fn pictures_are_small_plain_and_in_use() {
    let mut used = BTreeSet::new();
    for register in common::REGISTERS {
        let content = common::content_in(register);
        let options = content.questions.iter().flat_map(|(_, words)| words.options.iter());
        used.extend(options.map(|(_, words)| words.picture.clone()).filter(|picture| !picture.is_empty()));
    }
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("public/pictures");
    let mut there = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let svg = std::fs::read_to_string(&path).unwrap();
        assert!(svg.len() < 1500, "{name} has {} bytes", svg.len());
        for banned in ["<text", "radient", "<script", "href", "<style"] {
            assert!(!svg.contains(banned), "{name} has {banned}");
        }
        there.insert(name);
    }
    assert_eq!(there, used, "pictures there, and pictures in use");
}

/// Not knowing and not wanting to say are two answers, wherever a child is asked to choose about themselves.
#[test]
fn not_knowing_and_not_wanting_to_say_are_two_answers() {
    for register in YOUNG {
        let flow = common::flow_in(register);
        for id in ["feeling", "safe_now", "topics", "wishes"] {
            let options = flow.question(id).unwrap().options();
            assert!(options.contains(&"not_known") && options.contains(&"not_say"), "{register}: {id}");
        }
    }
}
