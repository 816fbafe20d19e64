//! The page that says where a complaint stands: whose turn it is, the timeline, and the letter that may be sent now.

use crate::model::{File, Model};
use crate::view_model::{
    LetterView,
    advice::{DateLine, SignpostCard},
    summary_list::lines,
};
use putright_domain::{
    date::{Date, PartialDate},
    delivery::state_machine::Delivery,
    documents::{
        calendar::{self, Entry},
        letter::LetterKind,
    },
    form::{
        answer::{Answer, ApproximateDate, QuestionId},
        question::Question,
    },
    guidance::{
        deadline::Deadline,
        facts::{ids, text},
        time_limits::{Milestone, TimeLimit},
        timeline::{Spent, Standing, Timeline, TimelineEntry, TimelineEvent},
        triage::{Advice, Facts, Flag, Outcome},
    },
    messages::{MessageId, TextBlock},
};

/// The page about the progress of a complaint.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgressPage {
    /// The id of the page.
    pub id: QuestionId,
    /// The outcome in a line.
    pub title: String,
    /// And why.
    pub body: Vec<String>,
    /// The message that it is the council's turn, and until when. Empty if the person can act.
    pub turn: String,
    /// The limit that runs, drawn day by day.
    pub strip: Option<Strip>,
    /// The days, in order; empty where nothing is known to count from.
    pub moments: Vec<MomentLine>,
    /// True if a day lies ahead, to be put into a calendar.
    pub calendar: bool,
    /// The actions to take now, step by step.
    pub now: Vec<String>,
    /// The other points to know.
    pub flags: Vec<TextBlock>,
    /// The other organisations that can help.
    pub signposts: Vec<SignpostCard>,
    /// The letter that can be written now.
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
    /// The event on that day.
    pub what: String,
    /// How it stands.
    pub standing: Standing,
    /// The same in words; empty where the day says it.
    pub told: String,
    /// The notes about a limit: who set it, and which days were left out.
    pub notes: Vec<String>,
}

impl Model {
    pub(super) fn progress_page(&self, question: &Question) -> ProgressPage {
        let content = &self.bundle().content;
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
            told = TextBlock {
                title: content.fill(MessageId::PausedTitle, &council),
                body: vec![content.fill(MessageId::PausedBody, &council)],
            };
        }
        if waits && advice.deadlines.is_empty() {
            told = TextBlock {
                title: content.owned_word(MessageId::ProgressNoDateTitle),
                body: vec![content.owned_word(MessageId::ProgressNoDateBody)],
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
                content.fill(MessageId::ProgressTurnDue, &values)
            }
            _ if waits => content.fill(MessageId::ProgressTurnCouncil, &[("council", council)]),
            _ => String::new(),
        };
        // Days are counted one by one only from a day.
        let running = running.filter(|spent| !self.is_by_month(spent.deadline.clock.starts_with()));
        if let Some(spent) = running.filter(|spent| !waits && spent.gone > spent.total) {
            // Of "as soon as it can", no day is the last.
            if kind.is_some() && spent.deadline.clock.overdue_after().is_none() {
                told.title = [&self.days_late(spent.gone - spent.total), ". ", &told.title].concat();
            }
        }
        let to_council = kind.is_some_and(LetterKind::is_for_the_council);
        let (go_on, now) = if to_council {
            (MessageId::ProgressContinue, MessageId::ProgressNow)
        } else {
            (MessageId::ProgressPackContinue, MessageId::ProgressPackNow)
        };
        ProgressPage {
            id: question.id.clone(),
            title: told.title,
            body: told.body,
            turn,
            strip: running.map(|spent| self.strip(spent)),
            calendar: moments.iter().any(is_ahead),
            now: lines(content.word(now)),
            moments: moments.iter().map(|moment| self.moment_line(moment)).collect(),
            flags: self.flags_told(&advice, flags),
            signposts: advice.signposts.iter().filter_map(|id| self.signpost_card(id)).collect(),
            letter: self.letter(),
            go_on: content.owned_word(go_on),
        }
    }

    pub(super) fn timeline(&self, advice: &Advice) -> Timeline {
        let council = self.council();
        Timeline::new(&self.facts(), &council.rules, advice, self.day(), council.counting(&self.bundle().calendar))
    }

    pub(super) fn running(&self, line: &Timeline) -> Option<Spent> {
        line.running(self.day(), self.council().counting(&self.bundle().calendar))
    }

    fn strip(&self, spent: Spent) -> Strip {
        let as_soon = spent.deadline.clock.overdue_after().is_some();
        let word = match spent {
            _ if spent.gone > spent.due && as_soon => MessageId::DaysAsSoon,
            _ if spent.gone <= spent.due => MessageId::DaysGone,
            _ if spent.gone <= spent.total => MessageId::DaysExtended,
            _ => MessageId::DaysOver,
        };
        let [gone, due, total] = [spent.gone, spent.due, spent.total].map(|days| days.to_string());
        let words = self.bundle().content.fill(word, &[("gone", &gone), ("due", &due), ("total", &total)]);
        Strip { words, gone: spent.gone, due: spent.due, total: spent.total }
    }

    pub(super) fn moment_line(&self, moment: &TimelineEntry) -> MomentLine {
        let content = &self.bundle().content;
        let limit = |word, clock: TimeLimit| content.fill(word, &[("what", content.clock_name(clock))]);
        let what = match moment.event {
            TimelineEvent::Today => content.owned_word(MessageId::TimelineToday),
            TimelineEvent::Past(milestone) => content.milestone(milestone).to_owned(),
            TimelineEvent::Due(clock) => limit(MessageId::TimelineDue, clock),
            TimelineEvent::Latest(clock) => limit(MessageId::TimelineLatest, clock),
        };
        let late = self.days_late(moment.working_days_late);
        let told = match moment.standing {
            Standing::Kept => content.owned_word(MessageId::TimelineKept),
            Standing::Passed if !late.is_empty() => content.fill(MessageId::TimelinePassed, &[("late", &late)]),
            // Once it is with the council, it has been asked.
            Standing::IfAsked if !matches!(self.delivery(), Delivery::Delivered(_)) => {
                content.owned_word(MessageId::TimelineIfAsked)
            }
            Standing::Missed => late,
            _ => String::new(),
        };
        let (day, notes) = match (moment.event, &moment.deadline) {
            // What was given only as a month, or in words, stands as it was given.
            (TimelineEvent::Past(milestone), _) => (self.day_given(milestone), Vec::new()),
            (event, Some(deadline)) => {
                // The days left out up to the ordinary limit stand there, and those of the extension at its end.
                let latest = matches!(event, TimelineEvent::Latest(_));
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

    fn days_late(&self, days: u32) -> String {
        let content = &self.bundle().content;
        match days {
            0 => String::new(),
            1 => content.owned_word(MessageId::TimelineOneLate),
            days => content.fill(MessageId::TimelineLate, &[("count", &days.to_string())]),
        }
    }

    /// The day of a milestone as the person gave it; empty where they gave none.
    pub(super) fn day_given(&self, milestone: Milestone) -> String {
        let content = &self.bundle().content;
        match self.answers_on_the_way().get(milestone.id()) {
            Some(Answer::When(ApproximateDate::Day { date })) => content.date(*date),
            Some(Answer::When(ApproximateDate::Month { year, month })) => {
                [content.month(*month), " ", &year.to_string()].concat()
            }
            Some(Answer::When(ApproximateDate::About { words })) => words.clone(),
            _ => String::new(),
        }
    }

    /// Returns the dates that lie ahead as a calendar file. Others may see a calendar, so its titles say nothing of a complaint.
    pub fn calendar_file(&self, reminders: bool) -> File {
        let content = &self.bundle().content;
        let known = self.known_as().join("\n");
        let is_sent = matches!(self.delivery(), Delivery::Delivered(_));
        let mut entries = Vec::new();
        for moment in self.timeline(&self.advice()).moments {
            let (clock, latest, title) = match moment.event {
                TimelineEvent::Due(clock) if clock.is_the_persons() => (clock, "", MessageId::CalendarOwn),
                TimelineEvent::Due(clock) => (clock, "", MessageId::CalendarReply),
                TimelineEvent::Latest(clock) => (clock, ".latest", MessageId::CalendarLatest),
                TimelineEvent::Past(_) | TimelineEvent::Today => continue,
            };
            if !is_ahead(&moment) {
                continue;
            }
            let only_if = moment.standing == Standing::IfAsked && !is_sent;
            let [asked, end] = if only_if { [content.word(MessageId::TimelineIfAsked), "\n"] } else { [""; 2] };
            entries.push(Entry {
                uid: [clock.id(), latest, ".", &moment.day.to_string(), "@", &self.council().id, ".putright"].concat(),
                day: moment.day,
                summary: content.owned_word(title),
                description: [asked, end, &known].concat(),
            });
        }
        File {
            name: [content.word(MessageId::CalendarFile), ".ics"].concat(),
            media_type: "text/calendar;charset=utf-8",
            text: calendar::write(&entries, self.day(), reminders),
        }
    }

    /// Returns the day of sending and the council's reference, where there are any, and the telephone number to ring.
    pub(super) fn known_as(&self) -> Vec<String> {
        let content = &self.bundle().content;
        let mut lines = Vec::new();
        let mut reference = text(&self.answers_on_the_way(), ids::COUNCIL_REFERENCE).unwrap_or_default();
        if let Delivery::Delivered(receipt) = self.delivery() {
            lines.push([content.word(MessageId::SentOn), " ", &content.date(self.day())].concat());
            if !receipt.reference.is_empty() {
                reference.clone_from(&receipt.reference);
            }
        }
        if !reference.is_empty() {
            lines.push([content.word(MessageId::SentReference), " ", &reference].concat());
        }
        lines.extend(self.telephone_line());
        lines
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
        let content = &self.bundle().content;
        let text = content.date(date);
        let counting = self.council().counting(&self.bundle().calendar);
        let far = counting.is_about(date);
        // Of a limit that only ends past the bank holidays known, the earlier date is sure.
        if far || deadline.about && !counting.is_about(deadline.last_day()) {
            content.fill(MessageId::AboutDate, &[("date", &text)])
        } else {
            text
        }
    }
}

/// Returns true for a day that lies ahead, and that nothing has made idle.
const fn is_ahead(moment: &TimelineEntry) -> bool {
    matches!(moment.standing, Standing::Coming | Standing::IfAsked)
}
