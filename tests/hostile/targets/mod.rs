//! Every entrance of the domain, each as one function that anything may be thrown at: `Err` tells what was wrong with us.
//!
//! Used by the harness beside it and by `fuzz/`.

mod files;
mod person;
mod sending;
mod shipped;
mod walk;

/// The text that must never be output again. It is in inputs wherever a person writes something.
pub const SECRET: &str = "Ottoline7Q";

/// The result of a try. An error is a fault of ours, in words.
pub type Verdict = Result<(), String>;

/// An entrance.
pub struct Target {
    pub name: &'static str,
    /// Takes any bytes.
    pub run: fn(&[u8]) -> Verdict,
    /// The everyday inputs of the entrance.
    pub seeds: fn() -> Vec<String>,
    /// How many of ten thousand inputs are for it: few where one takes long.
    pub share: u64,
}

const fn target(name: &'static str, share: u64, run: fn(&[u8]) -> Verdict, seeds: fn() -> Vec<String>) -> Target {
    Target { name, run, seeds, share }
}

pub static TARGETS: [Target; 16] = [
    target("answer", 1500, sending::answer, sending::answers),
    target("calendar", 700, person::calendar, person::texts),
    target("copy", 700, person::copy, person::texts),
    target("council", 40, files::council, files::councils),
    target("danger", 40, files::danger, files::dangers),
    target("date", 1500, person::date, person::dates),
    target("delivery", 500, sending::delivery, sending::deliveries),
    target("draft", 80, person::draft, person::drafts),
    target("facts", 40, files::facts, files::all_facts),
    target("flow", 40, files::flow, files::flows),
    target("json", 800, files::json, files::jsons),
    target("name", 1500, person::name, person::texts),
    target("route", 1500, person::route, person::routes),
    target("sealed", 500, person::sealed, person::seals),
    target("submission", 520, sending::submission, sending::submissions),
    target("words", 40, files::words, files::all_words),
];

/// The text of an input. What is no UTF-8 never reaches us: a browser has replaced it.
fn text_of(input: &[u8]) -> String {
    String::from_utf8_lossy(input).into_owned()
}

/// Fails where something does not hold.
fn must(holds: bool, otherwise: &str) -> Verdict {
    if holds { Ok(()) } else { Err(otherwise.to_owned()) }
}

/// Fails if a printed text has the words of a person.
fn discreet(printed: &str, what: &str) -> Verdict {
    if printed.contains(SECRET) { Err(format!("{what} tells what a person wrote: {printed}")) } else { Ok(()) }
}

/// A number after another that looks like chance, and is the same each time (`SplitMix64`).
#[derive(Clone)]
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Creates the source of chance from an input, so that the same input always takes the same path.
    pub fn of(input: &[u8]) -> Self {
        // FNV-1a.
        Self(
            input
                .iter()
                .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)),
        )
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below a limit; 0 where there is nothing below it.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % (limit.max(1) as u64)).unwrap_or_default()
    }

    /// Once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

/// Texts that break forms, and that a person may write all the same.
pub const HOSTILE: [&str; 34] = [
    "",
    " ",
    "\0",
    "a\0b",
    "\u{1}\u{2}\u{7}\u{8}\u{b}\u{c}\u{1b}[31m\u{7f}\u{85}",
    "\r\n\r\nX-Injected: yes",
    "\u{202e}desrever\u{202c}",
    "\u{2066}\u{2067}\u{2068} never closed",
    "\u{200b}\u{200d}\u{feff}\u{ad}",
    "Z\u{335}\u{321}\u{353}\u{35a}a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}",
    "👨‍👩‍👧‍👦🏳️‍🌈👩🏽‍⚕️🇬🇧",
    "\u{d7ff}\u{e000}\u{fffd}\u{fffe}\u{ffff}\u{10ffff}",
    "<script>window.__ran=1</script>",
    "\"><img src=x onerror=__ran()>",
    "'-alert(1)-'",
    "</textarea></title></style></script><svg/onload=alert(1)>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "javascript:alert(1)",
    "[click](javascript:alert(1)) [ok](https://evil.example)",
    "{{7*7}}${7*7}<%= 7*7 %>#{7*7}{council}{?name}{!name}{",
    "{limit:statutory.s1.response}{promises:every_stage}",
    "## heading\n* item\n>> said",
    "../../../etc/passwd",
    "..\\..\\CON.txt",
    "a/b~1c~0/-/0",
    "'; DROP TABLE submissions; --",
    "%s%n%00%0d%0a",
    "BEGIN:VEVENT\nEND:VCALENDAR\n;,:\\n\\",
    "=HYPERLINK(\"https://evil.example\")",
    "&lt;b&gt;&amp;#x3c;",
    "\\u0000\\ud800\\\"",
    "١٢٣ १२३ ⅷ ß ﬁ İ ı ſ K",
    "constructor __proto__ toString",
    "9999999999999999999999999999999999999999",
];

/// Runs the check for privacy on an input, for the test of the tests.
#[allow(dead_code, reason = "fuzz/ has no tests")]
pub fn tells(input: &[u8]) -> Verdict {
    discreet(&text_of(input), "a test")
}
