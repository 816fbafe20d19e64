//! The words of one language and one register: `content/<language>/<register>.json`, complete or refused.
//!
//! The domain has no words of its own; it holds these and says which are needed. A missing one is told by file and pointer
//! before anybody sees a page without it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{
    data::{self, DataError, pointer_step},
    date::Date,
    guidance::{
        procedure::{Basis, Clock},
        signpost::SignpostId,
        triage::{Flag, Outcome, Route},
    },
    journey::{
        flow::Flow,
        question::{Cause, QuestionKind},
    },
    vocabulary::vocabulary,
};

vocabulary! {
    /// A word, or a sentence, of the pages themselves.
    Word {
        ServiceName = "service_name", SkipLink = "skip_link", Back = "back", Continue = "continue", Optional = "optional",
        ErrorPrefix = "error_prefix", ErrorHidden = "error_hidden", ErrorSummary = "error_summary",
        CharactersMax = "characters_max", CharactersLeft = "characters_left", CharactersOneLeft = "characters_one_left",
        CharactersOver = "characters_over", CharactersOneOver = "characters_one_over",
        Day = "day", Month = "month", Year = "year", DateDetails = "date_details", DateAbout = "date_about",
        DateNotKnown = "date_not_known", Or = "or", Email = "email", Telephone = "telephone", Post = "post",
        NoneDivider = "none_divider", BoroughNotKnown = "borough_not_known", Warning = "warning",
        DangerTitle = "danger_title", DangerBody = "danger_body", DangerCouncil = "danger_council",
        AdviceParts = "advice_parts", AdviceDates = "advice_dates", AdviceSignposts = "advice_signposts",
        AdviceContinue = "advice_continue", AdviceFlags = "advice_flags",
        DueBy = "due_by", LatestBy = "latest_by", AboutDate = "about_date", Skipped = "skipped",
        AboutNote = "about_note",
        CheckTitle = "check_title", CheckIntro = "check_intro", Change = "change", NotProvided = "not_provided",
        Send = "send", Sending = "sending", TryAgain = "try_again", NotSentTitle = "not_sent_title",
        NotSentKept = "not_sent_kept", FailedUnknown = "failed_unknown", FailedUnreachable = "failed_unreachable",
        FailedRefused = "failed_refused", FailedBusy = "failed_busy", FailedFault = "failed_fault",
        RefusedAnswers = "refused_answers",
        SentTitle = "sent_title", SentReference = "sent_reference", SentCopyNumber = "sent_copy_number",
        SentKeep = "sent_keep", SentNext = "sent_next", SentNextNone = "sent_next_none", SentAsk = "sent_ask",
        SentAnswers = "sent_answers", Print = "print", StartAgain = "start_again",
        SentOn = "sent_on",
        ContactsTitle = "contacts_title", ContactsLink = "contacts_link", ContactUnconfirmed = "contact_unconfirmed",
        SafeguardingTitle = "safeguarding_title", SafeguardingFor = "safeguarding_for", WriteTo = "write_to",
        Website = "website", Checked = "checked", HelpTitle = "help_title",
        GuideTitle = "guide_title", GuideLink = "guide_link", StartLink = "start_link",
        NoScript = "no_script", FaultTitle = "fault_title", FaultBody = "fault_body",
        UnknownCouncilTitle = "unknown_council_title", UnknownCouncilBody = "unknown_council_body", Loading = "loading",
        FooterNote = "footer_note",
    }
}

/// A heading and what stands under it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// The heading.
    pub title: String,
    /// Paragraphs. `## ` begins a heading, `* ` an item of a list, `> ` something set apart; `[words](address)` is a link.
    #[serde(default)]
    pub body: Vec<String>,
}

/// The words of a question.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct QuestionWords {
    /// The question itself.
    pub title: String,
    /// A shorter name for the check-answers page; the title where it is empty.
    #[serde(default)]
    pub short: String,
    /// One sentence without links.
    #[serde(default)]
    pub hint: String,
    /// What stands before the question, written as [`Told::body`].
    #[serde(default)]
    pub body: Vec<String>,
    /// Each option's words.
    #[serde(default)]
    pub options: BTreeMap<String, OptionWords>,
    /// The headings of groups of options.
    #[serde(default)]
    pub groups: BTreeMap<String, String>,
    /// Errors in this question's own words.
    #[serde(default)]
    pub errors: BTreeMap<Cause, String>,
}

/// The words of an option.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OptionWords {
    /// The option.
    pub label: String,
    /// One sentence more.
    #[serde(default)]
    pub hint: String,
}

/// The words of a signpost.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SignpostWords {
    /// Who it is.
    pub name: String,
    /// What to do, in a plain sentence.
    pub about: String,
}

/// A section of the guide.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GuideSection {
    /// Its id, for links.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Written as [`Told::body`]. `{limit:<clock>}` stands for a limit's length.
    pub body: Vec<String>,
}

/// Reading direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

/// The words of one language and register.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Content {
    schema_version: u32,
    /// A BCP 47 tag.
    pub language: String,
    /// Reading direction.
    pub direction: Direction,
    /// For whom.
    pub register: String,
    /// January to December.
    pub months: Vec<String>,
    /// Monday to Sunday.
    pub weekdays: Vec<String>,
    words: BTreeMap<Word, String>,
    /// Each question's words.
    pub questions: BTreeMap<String, QuestionWords>,
    errors: BTreeMap<Cause, String>,
    outcomes: BTreeMap<Outcome, Told>,
    flags: BTreeMap<Flag, Told>,
    routes: BTreeMap<Route, String>,
    clocks: BTreeMap<Clock, String>,
    bases: BTreeMap<Basis, String>,
    signposts: BTreeMap<SignpostId, SignpostWords>,
    /// The guide's sections.
    pub guide: Vec<GuideSection>,
}

/// Puts values in the place of `{name}`.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(template.to_owned(), |text, (name, value)| text.replace(&["{", name, "}"].concat(), value))
}

impl Content {
    /// Reads a file of words.
    ///
    /// # Errors
    /// Where it is not of the shape, or a word is missing.
    pub fn parse(file: &str, text: &str) -> Result<Self, DataError> {
        let read: Self = data::parse(file, text)?;
        data::expect_version(file, read.schema_version)?;
        let lists = [("/months", read.months.len(), 12), ("/weekdays", read.weekdays.len(), 7)];
        if let Some((pointer, _, wanted)) = lists.iter().find(|(_, length, wanted)| length != wanted) {
            return Err(DataError::at(file, *pointer, format!("must name all {wanted}")));
        }
        complete(file, "words", Word::ALL, Word::id, &read.words)?;
        complete(file, "errors", Cause::ALL, Cause::id, &read.errors)?;
        complete(file, "outcomes", Outcome::ALL, Outcome::id, &read.outcomes)?;
        complete(file, "flags", Flag::ALL, Flag::id, &read.flags)?;
        complete(file, "routes", Route::ALL, Route::id, &read.routes)?;
        complete(file, "clocks", Clock::ALL, Clock::id, &read.clocks)?;
        complete(file, "bases", Basis::ALL, Basis::id, &read.bases)?;
        complete(file, "signposts", SignpostId::ALL, SignpostId::id, &read.signposts)?;
        Ok(read)
    }

    /// Checks that every question of a flow, and every option of it, has words.
    ///
    /// # Errors
    /// Names the file of words and what it lacks.
    pub fn check_covers(&self, file: &str, flow: &Flow) -> Result<(), DataError> {
        for question in flow.questions() {
            let pointer = format!("/questions{}", pointer_step(&question.id));
            let Some(words) = self.questions.get(&question.id) else {
                return Err(DataError::at(file, pointer, "is missing: the flow asks this question"));
            };
            if words.title.trim().is_empty() {
                return Err(DataError::at(file, pointer + "/title", "is empty: every page needs a heading"));
            }
            let has_field = question.kind == QuestionKind::Agreement;
            let options = question.options().into_iter().chain(has_field.then_some(super::journey::question::AGREED));
            for option in options {
                if !words.options.contains_key(option) {
                    let pointer = format!("{pointer}/options{}", pointer_step(option));
                    return Err(DataError::at(file, pointer, "is missing: the flow offers this option"));
                }
            }
            if let QuestionKind::ChooseMany { groups, .. } = &question.kind {
                for group in groups.iter().filter(|group| !group.id.is_empty()) {
                    if !words.groups.contains_key(&group.id) {
                        let pointer = format!("{pointer}/groups{}", pointer_step(&group.id));
                        return Err(DataError::at(file, pointer, "is missing: the flow groups options under it"));
                    }
                }
            }
        }
        Ok(())
    }

    /// A word.
    pub fn word(&self, word: Word) -> &str {
        self.words.get(&word).map_or("", String::as_str)
    }

    /// A word with values in it.
    pub fn fill(&self, word: Word, values: &[(&str, &str)]) -> String {
        fill(self.word(word), values)
    }

    /// The words of a cause, in a question's own where it has them.
    pub fn error(&self, question: &str, cause: Cause) -> &str {
        let own = self.questions.get(question).and_then(|words| words.errors.get(&cause));
        own.or_else(|| self.errors.get(&cause)).map_or("", String::as_str)
    }

    /// The words of an outcome.
    pub fn outcome(&self, outcome: Outcome) -> Option<&Told> {
        self.outcomes.get(&outcome)
    }

    /// The words of a flag.
    pub fn flag(&self, flag: Flag) -> Option<&Told> {
        self.flags.get(&flag)
    }

    /// The words of a route.
    pub fn route(&self, route: Route) -> &str {
        self.routes.get(&route).map_or("", String::as_str)
    }

    /// What must happen when a clock ends.
    pub fn clock(&self, clock: Clock) -> &str {
        self.clocks.get(&clock).map_or("", String::as_str)
    }

    /// Who sets a limit.
    pub fn basis(&self, basis: Basis) -> &str {
        self.bases.get(&basis).map_or("", String::as_str)
    }

    /// The words of a signpost.
    pub fn signpost(&self, id: SignpostId) -> Option<&SignpostWords> {
        self.signposts.get(&id)
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

    /// The name of a month, 1 to 12.
    pub fn month(&self, month: u32) -> &str {
        self.months.get((month as usize).wrapping_sub(1)).map_or("", String::as_str)
    }
}

fn complete<K: Copy + Ord, V>(
    file: &str,
    section: &str,
    all: &[K],
    id: fn(K) -> &'static str,
    have: &BTreeMap<K, V>,
) -> Result<(), DataError> {
    match all.iter().find(|key| !have.contains_key(key)) {
        Some(missing) => {
            Err(DataError::at(file, format!("/{section}{}", pointer_step(id(*missing))), "is missing; write its words"))
        }
        None => Ok(()),
    }
}
