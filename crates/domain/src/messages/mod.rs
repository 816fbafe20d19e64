//! The words of one language and one register: `content/<language>/<register>.json`, complete or refused.
//!
//! The domain has no words of its own; it holds these and says which are needed. A missing one is told by file and pointer
//! before anybody sees a page without it.

mod blocks;
mod ids;
mod parse;

pub use blocks::{Direction, GuideSection, OptionWords, QuestionWords, SignpostWords, TextBlock};
pub use ids::{LateWords, MessageId, RouteWords};

use crate::{
    date::Date,
    documents::letter::LetterKind,
    form::{answer::unnumbered, mistake::Cause},
    guidance::{
        signpost::SignpostId,
        time_limits::{Basis, Milestone, TimeLimit},
        triage::{Flag, Outcome, ProcedureRoute, Topic},
    },
    id_enum::IdMap,
    key_map::KeyMap,
};

/// The ending of the id of a question or page in the words for somebody who complains for themselves.
const OF_ONESELF: &str = "@oneself";

/// The words of one language and register.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Messages {
    /// A BCP 47 tag.
    pub language: String,
    /// Reading direction.
    pub direction: Direction,
    /// The register: the readers that the words are for.
    pub register: String,
    /// Every register that can be chosen: its id, and what it is called here.
    #[cfg_attr(not(target_family = "wasm"), schemars(with = "KeyMap<String>"))]
    pub registers: Vec<(String, String)>,
    /// January to December.
    pub months: Vec<String>,
    /// Monday to Sunday.
    pub weekdays: Vec<String>,
    #[cfg_attr(not(target_family = "wasm"), schemars(schema_with = "crate::id_enum::complete::<MessageId, String>"))]
    words: IdMap<MessageId, String>,
    /// Each question's words. [`Self::question`] finds those of one that comes several times.
    pub questions: KeyMap<QuestionWords>,
    /// The words of pages whose heading is not their first question's, by the id of that.
    #[serde(default)]
    pub pages: KeyMap<TextBlock>,
    /// The names of the steps.
    #[serde(default)]
    pub steps: KeyMap<String>,
    #[cfg_attr(not(target_family = "wasm"), schemars(schema_with = "crate::id_enum::complete::<Cause, String>"))]
    errors: IdMap<Cause, String>,
    #[cfg_attr(not(target_family = "wasm"), schemars(schema_with = "crate::id_enum::complete::<Outcome, TextBlock>"))]
    outcomes: IdMap<Outcome, TextBlock>,
    #[cfg_attr(not(target_family = "wasm"), schemars(schema_with = "crate::id_enum::complete::<Flag, TextBlock>"))]
    flags: IdMap<Flag, TextBlock>,
    #[cfg_attr(
        not(target_family = "wasm"),
        schemars(schema_with = "crate::id_enum::complete::<RouteWords, TextBlock>")
    )]
    routes: IdMap<RouteWords, TextBlock>,
    #[cfg_attr(
        not(target_family = "wasm"),
        schemars(schema_with = "crate::id_enum::complete::<LateWords, TextBlock>")
    )]
    late: IdMap<LateWords, TextBlock>,
    #[cfg_attr(not(target_family = "wasm"), schemars(schema_with = "crate::id_enum::complete::<TimeLimit, String>"))]
    clocks: IdMap<TimeLimit, String>,
    #[cfg_attr(not(target_family = "wasm"), schemars(schema_with = "crate::id_enum::complete::<TimeLimit, String>"))]
    clock_names: IdMap<TimeLimit, String>,
    #[cfg_attr(not(target_family = "wasm"), schemars(schema_with = "crate::id_enum::complete::<Milestone, String>"))]
    milestones: IdMap<Milestone, String>,
    #[cfg_attr(
        not(target_family = "wasm"),
        schemars(schema_with = "crate::id_enum::complete::<LetterKind, TextBlock>")
    )]
    letters: IdMap<LetterKind, TextBlock>,
    #[cfg_attr(not(target_family = "wasm"), schemars(schema_with = "crate::id_enum::complete::<Basis, String>"))]
    bases: IdMap<Basis, String>,
    #[cfg_attr(
        not(target_family = "wasm"),
        schemars(schema_with = "crate::id_enum::complete::<SignpostId, SignpostWords>")
    )]
    signposts: IdMap<SignpostId, SignpostWords>,
    /// The guide's sections.
    pub guide: Vec<GuideSection>,
}

/// Puts values in the place of `{name}`, in one pass: what stands in a value is not looked at again. A name without a value
/// stays as it is.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let value = after.split_once('}').and_then(|(name, after)| {
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value, after))
        });
        rest = after;
        if let Some((value, after)) = value {
            filled.push_str(value);
            rest = after;
        } else {
            filled.push('{');
        }
    }
    filled.push_str(rest);
    filled
}

impl Messages {
    /// The words of a question. One that may come several times has the same words each time.
    pub fn question(&self, id: &str) -> Option<&QuestionWords> {
        self.questions.get(id).or_else(|| self.questions.get(unnumbered(id).0))
    }

    /// The words of a question; where somebody complains for themselves and there are others for that, those.
    pub fn question_of(&self, id: &str, oneself: bool) -> Option<&QuestionWords> {
        let own = [unnumbered(id).0, OF_ONESELF].concat();
        self.questions.get(&own).filter(|_| oneself).or_else(|| self.question(id))
    }

    /// The words of a page whose heading is its own, likewise. A page that may be filled in several times has the same each time.
    pub fn page(&self, id: &str, oneself: bool) -> Option<&TextBlock> {
        let name = unnumbered(id).0;
        self.pages.get(&[name, OF_ONESELF].concat()).filter(|_| oneself).or_else(|| self.pages.get(name))
    }

    /// A word.
    pub fn word(&self, word: MessageId) -> &str {
        self.words.get(word).map_or("", String::as_str)
    }

    /// Puts another word in the place of one.
    #[cfg(not(target_family = "wasm"))]
    pub fn set_word(&mut self, word: MessageId, words: String) {
        self.words.insert(word, words);
    }

    /// A word, to keep.
    #[inline(never)]
    pub fn owned_word(&self, word: MessageId) -> String {
        self.word(word).to_owned()
    }

    /// A word with values in it.
    pub fn fill(&self, word: MessageId, values: &[(&str, &str)]) -> String {
        fill(self.word(word), values)
    }

    /// The words of a cause, in a question's own where it has them.
    pub fn error(&self, question: &str, cause: Cause) -> &str {
        let own = self.question(question).and_then(|words| words.errors.get(cause));
        own.or_else(|| self.errors.get(cause)).map_or("", String::as_str)
    }

    /// The words of an outcome.
    pub fn outcome(&self, outcome: Outcome) -> Option<&TextBlock> {
        self.outcomes.get(outcome)
    }

    /// The words of a flag.
    pub fn flag(&self, flag: Flag) -> Option<&TextBlock> {
        self.flags.get(flag)
    }

    /// Returns the procedure for a topic in words, and why.
    pub fn route(&self, topic: Topic, route: ProcedureRoute) -> Option<&TextBlock> {
        self.routes.get(match (route, topic.lean()) {
            (ProcedureRoute::Statutory, _) => RouteWords::Statutory,
            (ProcedureRoute::Corporate, _) => RouteWords::Corporate,
            (ProcedureRoute::CouncilDecides, ProcedureRoute::Statutory) => RouteWords::CouncilDecidesStatutory,
            (ProcedureRoute::CouncilDecides, _) => RouteWords::CouncilDecidesCorporate,
            (ProcedureRoute::Signpost, _) => RouteWords::Signpost,
        })
    }

    /// Returns the words for a council that is late with the limit of a clock.
    pub fn late(&self, clock: TimeLimit) -> Option<&TextBlock> {
        match clock {
            TimeLimit::Panel | TimeLimit::PanelReport | TimeLimit::PanelResponse => self.late.get(LateWords::Panel),
            _ if clock.basis() == Basis::Code => self.late.get(LateWords::Code),
            _ => self.flag(Flag::CouncilLate),
        }
    }

    /// Returns the words for what must happen when a limit ends.
    pub fn clock(&self, clock: TimeLimit) -> &str {
        self.clocks.get(clock).map_or("", String::as_str)
    }

    /// Returns the subject of a limit, in a few words that make sense alone.
    pub fn clock_name(&self, clock: TimeLimit) -> &str {
        self.clock_names.get(clock).map_or("", String::as_str)
    }

    /// Returns the words for an event of a day.
    pub fn milestone(&self, milestone: Milestone) -> &str {
        self.milestones.get(milestone).map_or("", String::as_str)
    }

    /// A letter's name, and its template for [`crate::documents::letter::compose`].
    pub fn letter(&self, kind: LetterKind) -> Option<&TextBlock> {
        self.letters.get(kind)
    }

    /// Returns the words for who sets a limit.
    pub fn basis(&self, basis: Basis) -> &str {
        self.bases.get(basis).map_or("", String::as_str)
    }

    /// The words of a signpost.
    pub fn signpost(&self, id: SignpostId) -> Option<&SignpostWords> {
        self.signposts.get(id)
    }

    /// A day, as people write it: Monday 21 December 2026.
    pub fn date(&self, date: Date) -> String {
        let weekday = self.weekdays.get(date.weekday() as usize).map_or("", String::as_str);
        [weekday, " ", &self.day_of_month(date), " ", &date.year().to_string()].concat()
    }

    /// A day without its weekday and year: 21 December.
    pub fn day_of_month(&self, date: Date) -> String {
        [&date.day().to_string(), " ", self.month(date.month())].concat()
    }

    /// When a fact was last checked.
    pub fn checked(&self, date: Date) -> String {
        let day = [&self.day_of_month(date), " ", &date.year().to_string()].concat();
        self.fill(MessageId::Checked, &[("date", &day)])
    }

    /// The name of a month, 1 to 12.
    pub fn month(&self, month: u32) -> &str {
        self.months.get((month as usize).wrapping_sub(1)).map_or("", String::as_str)
    }
}
