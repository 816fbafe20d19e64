//! The page that says where a complaint stands: whose turn it is, the timeline, and the letter that may be sent now.

use super::{
    advice::{DateLine, SignpostCard},
    guide::Lengths,
};
use crate::domain::{
    content::{Told, Word},
    date::{Date, PartialDate},
    delivery::courier::Delivery,
    documents::{
        calendar::{self, Entry},
        letter::{LetterKind, compose},
    },
    guidance::{
        deadline::Deadline,
        facts::{ids, text},
        procedure::{Clock, Milestone},
        timeline::{Happening, Moment, Spent, Standing, Timeline},
        triage::{Advice, Facts, Flag, Outcome, Route, Topic},
    },
    journey::{
        answer::{Answer, Field, QuestionId, When},
        question::Question,
    },
    session::Session,
};

/// Where a complaint stands.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgressPage {
    /// The id of the page.
    pub id: QuestionId,
    /// The outcome in a line.
    pub title: String,
    /// And why.
    pub body: Vec<String>,
    /// Whose turn it is.
    pub turn: String,
    /// The limit that runs, drawn day by day.
    pub strip: Option<Strip>,
    /// The days, in order; empty where nothing is known to count from.
    pub moments: Vec<MomentLine>,
    /// What else to know.
    pub flags: Vec<Told>,
    /// Who else can help.
    pub signposts: Vec<SignpostCard>,
    /// What can be written now.
    pub letter: Option<LetterView>,
    /// The words that lead to changing the letter and sending it.
    pub go_on: String,
}

/// Working days, to be drawn one by one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strip {
    /// The same in words.
    pub words: String,
    /// Days gone.
    pub gone: u32,
    /// Days of the ordinary limit.
    pub due: u32,
    /// Days with the longest extension.
    pub total: u32,
}

/// A day on the timeline, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MomentLine {
    /// The day.
    pub day: String,
    /// What it is.
    pub what: String,
    /// How it stands.
    pub standing: Standing,
    /// The same in words; empty where the day says it.
    pub told: String,
    /// What else to know of a limit: who set it, which days were left out.
    pub notes: Vec<String>,
}

/// A letter as it stands.
#[derive(Clone, PartialEq, Eq)]
pub struct LetterView {
    /// What it is.
    pub title: String,
    /// Its text.
    pub text: String,
}

impl std::fmt::Debug for LetterView {
    /// Never what a person wrote.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LetterView").field("title", &self.title).finish_non_exhaustive()
    }
}

/// A text to be kept as a file.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// What is in it.
    pub text: String,
}

impl std::fmt::Debug for File {
    /// Never what a person wrote.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("File").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Session {
    pub(super) fn progress_page(&self, question: &Question) -> ProgressPage {
        let content = &self.loaded().content;
        let advice = self.advice();
        let line = self.timeline(&advice);
        // Today alone is no timeline.
        let moments = if line.moments.len() > 1 { line.moments.as_slice() } else { &[] };
        let kind = LetterKind::for_advice(&advice);
        let waits = advice.outcome == Outcome::Wait && !advice.is_paused();
        let council = &self.council().short_name;
        let mut told = self.told(content.outcome(advice.outcome));
        let mut flags = advice.flags;
        // The reason for a letter is the page's own, and comes first.
        if let Some(reason) = kind.and_then(|kind| Flag::from_id(kind.id())) {
            told.body.splice(0..0, self.told(content.flag(reason)).body);
            flags.remove(reason);
        }
        if advice.is_paused() {
            // The page says so itself.
            flags.remove(Flag::MayBePaused);
            let council = [("council", council.as_str())];
            told = Told {
                title: content.fill(Word::PausedTitle, &council),
                body: vec![content.fill(Word::PausedBody, &council)],
            };
        }
        if waits && advice.deadlines.is_empty() {
            told = Told {
                title: content.owned_word(Word::ProgressNoDateTitle),
                body: vec![content.owned_word(Word::ProgressNoDateBody)],
            };
        }
        let running = self.running(&line);
        let turn = match &running {
            Some(spent) if waits => {
                let end = if spent.gone > spent.due { spent.deadline.last_day() } else { spent.deadline.due };
                let values = [
                    ("council", council.as_str()),
                    ("what", content.clock_name(spent.deadline.clock)),
                    ("date", &self.day_or_about(end, &spent.deadline)),
                ];
                content.fill(Word::ProgressTurnDue, &values)
            }
            _ if waits => content.fill(Word::ProgressTurnCouncil, &[("council", council)]),
            _ => content.owned_word(Word::ProgressTurnYou),
        };
        let to_council = kind.is_some_and(LetterKind::is_for_the_council);
        let go_on = if to_council { Word::ProgressContinue } else { Word::ProgressPackContinue };
        ProgressPage {
            id: question.id.clone(),
            title: told.title,
            body: told.body,
            turn,
            // Days are counted one by one only from a day.
            strip: running
                .filter(|spent| !self.is_by_month(spent.deadline.clock.starts_with()))
                .map(|spent| self.strip(spent)),
            moments: moments.iter().map(|moment| self.moment_line(moment)).collect(),
            flags: self.flags_told(&advice, flags),
            signposts: advice.signposts.iter().filter_map(|id| self.signpost_card(id)).collect(),
            letter: self.letter(),
            go_on: content.owned_word(go_on),
        }
    }

    /// Whether the letter can be sent from here, and whether the person has changed it.
    pub(super) fn letter_state(&self) -> (bool, bool) {
        let kind = LetterKind::for_advice(&self.advice());
        let written = self.raw(ids::LETTER);
        let changed = self.letter().is_some_and(|letter| letter.text != written.field(Field::Text).trim());
        (kind.is_some_and(LetterKind::is_for_the_council), changed)
    }

    fn timeline(&self, advice: &Advice) -> Timeline {
        let council = self.council();
        Timeline::new(&self.facts(), &council.rules, advice, self.day(), council.counting(&self.loaded().calendar))
    }

    fn running(&self, line: &Timeline) -> Option<Spent> {
        line.running(self.day(), self.council().counting(&self.loaded().calendar))
    }

    fn strip(&self, spent: Spent) -> Strip {
        let as_soon = spent.deadline.clock.overdue_after().is_some();
        let word = match spent {
            _ if spent.gone > spent.due && as_soon => Word::DaysAsSoon,
            _ if spent.gone <= spent.due => Word::DaysGone,
            _ if spent.gone <= spent.total => Word::DaysExtended,
            _ => Word::DaysOver,
        };
        let [gone, due, total] = [spent.gone, spent.due, spent.total].map(|days| days.to_string());
        let words = self.loaded().content.fill(word, &[("gone", &gone), ("due", &due), ("total", &total)]);
        Strip { words, gone: spent.gone, due: spent.due, total: spent.total }
    }

    fn moment_line(&self, moment: &Moment) -> MomentLine {
        let content = &self.loaded().content;
        let limit = |word, clock: Clock| content.fill(word, &[("what", content.clock_name(clock))]);
        let what = match moment.event {
            Happening::Today => content.owned_word(Word::TimelineToday),
            Happening::Past(milestone) => content.milestone(milestone).to_owned(),
            Happening::Due(clock) => limit(Word::TimelineDue, clock),
            Happening::Latest(clock) => limit(Word::TimelineLatest, clock),
        };
        let late = match moment.working_days_late {
            0 => String::new(),
            1 => content.owned_word(Word::TimelineOneLate),
            days => content.fill(Word::TimelineLate, &[("count", &days.to_string())]),
        };
        let told = match moment.standing {
            Standing::Kept => content.owned_word(Word::TimelineKept),
            Standing::Passed if !late.is_empty() => content.fill(Word::TimelinePassed, &[("late", &late)]),
            // Once it is with the council, it has been asked.
            Standing::IfAsked if self.sent_lines().is_empty() => content.owned_word(Word::TimelineIfAsked),
            Standing::Missed => late,
            _ => String::new(),
        };
        let (day, notes) = match (moment.event, &moment.deadline) {
            // What was given only as a month, or in words, stands as it was given.
            (Happening::Past(milestone), _) => (self.day_given(milestone), Vec::new()),
            (event, Some(deadline)) => {
                // The days left out up to the ordinary limit stand there, and those of the extension at its end.
                let latest = matches!(event, Happening::Latest(_));
                let from = if latest { deadline.due } else { deadline.from };
                let part = Deadline { from, due: moment.day, latest: None, ..*deadline };
                let DateLine { skipped, about, basis, .. } = self.date_line(&part);
                let basis = if latest { String::new() } else { basis };
                (self.day_or_about(moment.day, deadline), vec![basis, skipped, about])
            }
            _ => (content.date(moment.day), Vec::new()),
        };
        let notes = notes.into_iter().filter(|note| !note.is_empty()).collect();
        MomentLine { day, what, standing: moment.standing, told, notes }
    }

    /// The day of a milestone as the person gave it; empty where they gave none.
    fn day_given(&self, milestone: Milestone) -> String {
        let content = &self.loaded().content;
        match self.answers_on_the_way().get(milestone.id()) {
            Some(Answer::When(When::Day { date })) => content.date(*date),
            Some(Answer::When(When::Month { year, month })) => [content.month(*month), " ", &year.to_string()].concat(),
            Some(Answer::When(When::About { words })) => words.clone(),
            _ => String::new(),
        }
    }

    /// The letter that can be written now, as the answers make it; `None` where the answers call for none.
    pub fn letter(&self) -> Option<LetterView> {
        let answers = self.answers_on_the_way();
        answers.get(ids::STAGE_REACHED).or_else(|| answers.get(ids::COUNCIL_RESPONSE))?;
        let advice = self.advice();
        let letter = self.loaded().content.letter(LetterKind::for_advice(&advice)?)?;
        let council = self.council();
        let line = self.timeline(&advice);
        let mut values: Vec<(String, String)> = Vec::new();
        let mut set = |name: &str, value: String| values.push((name.to_owned(), value));
        set("council", council.name.clone());
        set("team", council.team.clone());
        // A letter goes to an address that somebody has confirmed, or is given by hand.
        set("address", if council.contact_unconfirmed { String::new() } else { council.contact.post.join("\n") });
        set("today", self.loaded().content.date(self.day()));
        for (name, question) in [
            ("name", ids::FULL_NAME),
            ("reference", ids::COUNCIL_REFERENCE),
            ("parts", ids::LETTER_PARTS),
            ("said", ids::COUNCIL_SAID),
            ("why", ids::LETTER_WHY),
            ("reasons", ids::REFUSAL_WHY),
            ("wants", ids::LETTER_WANTS),
        ] {
            set(name, text(&answers, question).unwrap_or_default());
        }
        let labels = self.loaded().content.question(ids::TOPICS);
        let label =
            |topic: Topic| labels.and_then(|words| words.options.get(topic.id())).map(|words| words.label.clone());
        let general = advice.parts.iter().filter(|(_, route)| **route == Route::Corporate);
        set("corporate_parts", general.filter_map(|(topic, _)| label(topic)).collect::<Vec<_>>().join("\n"));
        for milestone in Milestone::ALL {
            set(milestone.id(), self.day_given(*milestone));
        }
        for moment in &line.moments {
            let name = match moment.event {
                Happening::Due(clock) => ["due_on:", clock.id()].concat(),
                Happening::Latest(clock) => ["latest_on:", clock.id()].concat(),
                _ => continue,
            };
            if let Some(deadline) = &moment.deadline {
                set(&name, self.day_or_about(moment.day, deadline));
            }
        }
        for (name, length) in Lengths::of(&council.limits).0 {
            set(&name, length);
        }
        for flag in advice.flags.iter() {
            set(flag.id(), "yes".to_owned());
        }
        if let Some(spent) = self.running(&line) {
            set("awaited_due", self.day_or_about(spent.deadline.due, &spent.deadline));
            set(
                "awaited_latest",
                spent.deadline.latest.map(|day| self.day_or_about(day, &spent.deadline)).unwrap_or_default(),
            );
        }
        set("timeline", self.timeline_as_text(&line));
        Some(LetterView { title: letter.title.clone(), text: compose(&letter.body, &values) })
    }

    /// The letter as it will be sent: changed by the person, or as the answers make it.
    pub fn letter_to_send(&self) -> Option<String> {
        match self.answers_on_the_way().get(ids::LETTER)? {
            Answer::Text(text) => Some(text.clone()),
            _ => self.letter().map(|letter| letter.text),
        }
    }

    fn timeline_as_text(&self, line: &Timeline) -> String {
        let days = line.moments.iter().filter(|moment| moment.event != Happening::Today);
        let lines = days.map(|moment| {
            let MomentLine { day, what, told, .. } = self.moment_line(moment);
            let told = if told.is_empty() { told } else { [" (", &told, ")"].concat() };
            [&day, ": ", &what, &told].concat()
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Every date that the page shows, as a calendar file.
    pub fn calendar_file(&self) -> File {
        let content = &self.loaded().content;
        let council = self.council();
        let advice = self.advice();
        let entry = |moment: &Moment| {
            let line = self.moment_line(moment);
            let id = match moment.event {
                Happening::Today => return None,
                Happening::Past(milestone) => milestone.id(),
                Happening::Due(clock) | Happening::Latest(clock) => clock.id(),
            };
            let latest = if matches!(moment.event, Happening::Latest(_)) { ".latest" } else { "" };
            let day = moment.day.to_string();
            let told = [vec![line.told], line.notes, self.sent_lines()].concat();
            let told: Vec<String> = told.into_iter().filter(|words| !words.is_empty()).collect();
            Some(Entry {
                uid: [id, latest, ".", &day, "@", &council.id, ".putright"].concat(),
                day: moment.day,
                summary: [&council.short_name, ": ", &line.what].concat(),
                description: told.join("\n"),
            })
        };
        let entries: Vec<Entry> = self.timeline(&advice).moments.iter().filter_map(entry).collect();
        File {
            name: [content.word(Word::CalendarFile), ".ics"].concat(),
            media_type: "text/calendar;charset=utf-8",
            text: calendar::write(&entries, self.day()),
        }
    }

    /// The day and the number by which the council knows what was sent; nothing before it is there.
    fn sent_lines(&self) -> Vec<String> {
        let Delivery::Delivered(receipt) = self.delivery() else { return Vec::new() };
        let content = &self.loaded().content;
        let number = if receipt.reference.is_empty() {
            [content.word(Word::SentCopyNumber), ": ", &self.copy_number()].concat()
        } else {
            [content.word(Word::SentReference), " ", &receipt.reference].concat()
        };
        vec![[content.word(Word::SentOn), " ", &content.date(self.day())].concat(), number]
    }

    /// The letter on the page, as a file.
    pub fn letter_file(&self) -> Option<File> {
        let letter = self.letter()?;
        let text = self.letter_on_page()?;
        // The title may be long; a file's name had better be plain.
        let name = [&letter.title, ".txt"].concat();
        Some(File { name, media_type: "text/plain;charset=utf-8", text: text.replace('\n', "\r\n") })
    }

    /// The letter as it stands on the page: as far as it has been typed, or as the answers make it.
    pub fn letter_on_page(&self) -> Option<String> {
        let letter = self.letter()?;
        let written = self.raw(ids::LETTER);
        let written = written.field(Field::Text);
        Some(if written.is_empty() { letter.text } else { written.to_owned() })
    }

    /// Returns true where the person gave a milestone as a month alone.
    fn is_by_month(&self, milestone: Milestone) -> bool {
        self.facts().date_of(milestone).is_some_and(PartialDate::is_month)
    }

    fn facts(&self) -> Facts {
        Facts::from_answers(&self.answers_on_the_way(), self.day())
    }

    /// Returns a date of a limit in words: "about" where it was counted from a month, or past the bank holidays known.
    pub(super) fn day_or_about(&self, date: Date, deadline: &Deadline) -> String {
        let content = &self.loaded().content;
        let text = content.date(date);
        let counting = self.council().counting(&self.loaded().calendar);
        let far = counting.is_about(date);
        // Of a limit that only ends past the bank holidays known, the earlier date is sure.
        if far || deadline.about && !counting.is_about(deadline.last_day()) {
            content.fill(Word::AboutDate, &[("date", &text)])
        } else {
            text
        }
    }
}
