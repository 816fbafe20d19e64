//! A complaint already made, as days in order: what has happened, what was or is to happen by when, and how late it is.

use crate::guidance::{
    deadline::{Counting, Deadline},
    time_limits::{Basis, Milestone, TimeLimit},
    triage::{Advice, CouncilRules, Facts, Outcome, StageReached},
};
use crate::{
    date::{Date, PartialDate},
    id_enum::id_enum,
};

/// A day on the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimelineEntry {
    /// The day.
    pub day: Date,
    /// The event of the day.
    pub event: TimelineEvent,
    /// How it stands today.
    pub standing: Standing,
    /// For the end of a limit: the limit.
    pub deadline: Option<Deadline>,
    /// For the end of a limit that was or is missed: by how many working days.
    pub working_days_late: u32,
}

/// An event of a day on the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimelineEvent {
    /// Something that has happened.
    Past(Milestone),
    /// Today.
    Today,
    /// The ordinary limit ends.
    Due(TimeLimit),
    /// The longest extension ends.
    Latest(TimeLimit),
}

id_enum! {
    /// How a day on the timeline stands.
    Standing {
        /// It happened.
        Done = "done",
        /// The awaited event came in time.
        Kept = "kept",
        /// The limit passed, but there may be an extension that has not.
        Passed = "passed",
        /// The limit passed first.
        Missed = "missed",
        /// It is today.
        Now = "now",
        /// It lies ahead.
        Coming = "coming",
        /// It lies ahead if the person asks today.
        IfAsked = "if_asked",
    }
}

/// How far a limit that still runs, or has run out, has been used up: in working days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent {
    /// The limit.
    pub deadline: Deadline,
    /// Working days gone since it began, today included.
    pub gone: u32,
    /// Working days of the ordinary limit.
    pub due: u32,
    /// Working days in all, with the longest extension.
    pub total: u32,
}

/// The timeline of a complaint already made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// Its days, in order. Today is one of them.
    pub moments: Vec<TimelineEntry>,
    waiting: bool,
}

impl Timeline {
    /// Puts together what is known: each date given, the limits that it started, and what the rules advise from today on.
    pub fn new(facts: &Facts, rules: &CouncilRules, advice: &Advice, today: Date, counting: Counting<'_>) -> Self {
        let mut line = Self {
            waiting: facts.stage_reached.is_some_and(|stage| stage.waits_since().is_some()),
            moments: Vec::new(),
        };
        for milestone in Milestone::ALL {
            let Some(date) = facts.date_of(*milestone) else { continue };
            // A month stands at its last day, or at today where it is this month.
            line.push(date.last().min(today), TimelineEvent::Past(*milestone), Standing::Done);
            for clock in TimeLimit::ALL.iter().filter(|clock| clock.starts_with() == *milestone) {
                if applies(*clock, facts, rules) {
                    line.limit(counting.deadline(*clock, date), facts, advice, today, counting);
                }
            }
        }
        line.push(today, TimelineEvent::Today, Standing::Now);
        for deadline in &advice.deadlines {
            let known = line.moments.iter().any(|moment| moment.event == TimelineEvent::Due(deadline.clock));
            // Nothing of a first complaint, or of the next stage, runs before the person sends it.
            let waits = facts.is_first_complaint() || asked_for(advice.outcome).contains(&deadline.clock);
            if waits && !known {
                line.ends(deadline, |_| (Standing::IfAsked, 0));
            } else if !known {
                line.limit(*deadline, facts, advice, today, counting);
            }
        }
        line
    }

    fn push(&mut self, day: Date, event: TimelineEvent, standing: Standing) {
        self.add(TimelineEntry { day, event, standing, deadline: None, working_days_late: 0 });
    }

    fn limit(&mut self, deadline: Deadline, facts: &Facts, advice: &Advice, today: Date, counting: Counting<'_>) {
        let stopped =
            deadline.clock.stops_with().and_then(|milestone| facts.date_of(milestone)).map(PartialDate::first);
        // What was counted from a month is about right alone: no number of days is told of it, nor that it was in time.
        let known_by_month = |milestone: Option<Milestone>| {
            milestone.and_then(|one| facts.date_of(one)).is_some_and(PartialDate::is_month)
        };
        let about = known_by_month(Some(deadline.clock.starts_with())) || known_by_month(deadline.clock.stops_with());
        let late = |end: Date, to: Date| if about { 0 } else { counting.calendar.between(end, to) };
        // What the person does not wait for may have come, though no date tells when.
        let awaited = self.waiting
            && match deadline.clock {
                TimeLimit::CorporateOneAck | TimeLimit::CorporateTwoAck => false,
                TimeLimit::CouncilInvestigation => true,
                clock => {
                    !asked_for(advice.outcome).contains(&clock) && advice.deadlines.iter().any(|one| one.clock == clock)
                }
            };
        self.ends(&deadline, |end| {
            let to = stopped.unwrap_or(today);
            match stopped {
                Some(_) if about => (Standing::Done, 0),
                _ if to <= end => (if stopped.is_some() { Standing::Kept } else { Standing::Coming }, 0),
                None if !awaited => (Standing::Passed, 0),
                // Past the ordinary limit, and not past the longest.
                _ if to <= deadline.last_day() => (Standing::Passed, late(end, to)),
                _ => (Standing::Missed, late(end, to)),
            }
        });
    }

    fn ends(&mut self, deadline: &Deadline, standing: impl Fn(Date) -> (Standing, u32)) {
        let clock = deadline.clock;
        let ends = [(Some(deadline.due), TimelineEvent::Due(clock)), (deadline.latest, TimelineEvent::Latest(clock))];
        for (day, event) in ends {
            let Some(day) = day else { continue };
            let (standing, working_days_late) = standing(day);
            self.add(TimelineEntry { day, event, standing, deadline: Some(*deadline), working_days_late });
        }
    }

    /// Puts a day behind all that are not later.
    fn add(&mut self, moment: TimelineEntry) {
        let at = self.moments.iter().position(|held| held.day > moment.day).unwrap_or(self.moments.len());
        self.moments.insert(at, moment);
    }

    /// Returns the limit by which the person waits for the council. It runs, or has run out. Of several limits, the
    /// last to begin counts.
    pub fn running(&self, today: Date, counting: Counting<'_>) -> Option<Spent> {
        let runs = |moment: &&TimelineEntry| {
            matches!(moment.event, TimelineEvent::Due(clock) if clock.basis() != Basis::Promise && !clock.is_the_persons())
                && matches!(moment.standing, Standing::Coming | Standing::Passed | Standing::Missed)
        };
        let begun = self.moments.iter().filter(runs).filter_map(|moment| moment.deadline);
        let open = |deadline: &Deadline| !self.has(deadline.clock.stops_with());
        let deadline =
            begun.filter(open).max_by_key(|deadline| (deadline.from, deadline.last_day())).filter(|_| self.waiting)?;
        let days = |end: Date| counting.calendar.between(deadline.from, end);
        Some(Spent { deadline, gone: days(today), due: days(deadline.due), total: days(deadline.last_day()) })
    }

    fn has(&self, milestone: Option<Milestone>) -> bool {
        self.moments.iter().any(|moment| milestone.is_some_and(|known| moment.event == TimelineEvent::Past(known)))
    }
}

/// Returns the clocks that start only once the person asks for the next stage.
const fn asked_for(outcome: Outcome) -> &'static [TimeLimit] {
    match outcome {
        Outcome::EscalateStage2 => &[TimeLimit::StatutoryTwo],
        Outcome::EscalateStage3 => &[TimeLimit::Panel],
        Outcome::EscalateCorporateStage2 | Outcome::Challenge => &[TimeLimit::CorporateTwoAck, TimeLimit::CorporateTwo],
        _ => &[],
    }
}

/// Returns whether a limit belongs to the procedure that the complaint is in.
fn applies(clock: TimeLimit, facts: &Facts, rules: &CouncilRules) -> bool {
    let corporate = facts.stage_reached.is_some_and(StageReached::is_corporate);
    match clock {
        TimeLimit::CouncilContact => !corporate && rules.promises_contact,
        TimeLimit::CouncilInvestigation => rules.counts_from_statement,
        TimeLimit::CorporateOneAck | TimeLimit::CorporateTwoAck => corporate,
        // There is one acknowledgement on the way: that of the stage it is at.
        TimeLimit::CorporateOne => corporate && facts.date_of(Milestone::StageTwoSent).is_none(),
        TimeLimit::CorporateTwo => corporate && facts.date_of(Milestone::StageTwoSent).is_some(),
        TimeLimit::Ombudsman => true,
        _ => !corporate,
    }
}
