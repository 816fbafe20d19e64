//! The timeline of a complaint already made, in words.

use crate::{
    model::Model,
    view_model::dates::{self, DateLine},
};
use putright_domain::{
    date::PartialDate,
    delivery::state_machine::Delivery,
    form::answer::{Answer, ApproximateDate},
    guidance::{
        deadline::Deadline,
        time_limits::{Milestone, TimeLimit},
        timeline::{Spent, Standing, Timeline, TimelineEntry, TimelineEvent},
        triage::Advice,
    },
    messages::MessageId,
};

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

pub(crate) fn timeline(model: &Model, advice: &Advice) -> Timeline {
    let council = model.council();
    Timeline::new(&model.facts(), &council.rules, advice, model.day(), council.counting(&model.bundle().calendar))
}

pub(crate) fn running(model: &Model, line: &Timeline) -> Option<Spent> {
    line.running(model.day(), model.council().counting(&model.bundle().calendar))
}

pub(crate) fn strip(model: &Model, spent: Spent) -> Strip {
    let as_soon = spent.deadline.clock.overdue_after().is_some();
    let word = match spent {
        _ if spent.gone > spent.due && as_soon => MessageId::DaysAsSoon,
        _ if spent.gone <= spent.due => MessageId::DaysGone,
        _ if spent.gone <= spent.total => MessageId::DaysExtended,
        _ => MessageId::DaysOver,
    };
    let [gone, due, total] = [spent.gone, spent.due, spent.total].map(|days| days.to_string());
    let words = model.bundle().content.fill(word, &[("gone", &gone), ("due", &due), ("total", &total)]);
    Strip { words, gone: spent.gone, due: spent.due, total: spent.total }
}

pub(crate) fn moment_line(model: &Model, moment: &TimelineEntry) -> MomentLine {
    let content = &model.bundle().content;
    let limit = |word, clock: TimeLimit| content.fill(word, &[("what", content.clock_name(clock))]);
    let what = match moment.event {
        TimelineEvent::Today => content.owned_word(MessageId::TimelineToday),
        TimelineEvent::Past(milestone) => content.milestone(milestone).to_owned(),
        TimelineEvent::Due(clock) => limit(MessageId::TimelineDue, clock),
        TimelineEvent::Latest(clock) => limit(MessageId::TimelineLatest, clock),
    };
    let late = days_late(model, moment.working_days_late);
    let told = match moment.standing {
        Standing::Kept => content.owned_word(MessageId::TimelineKept),
        Standing::Passed if !late.is_empty() => content.fill(MessageId::TimelinePassed, &[("late", &late)]),
        // Once it is with the council, it has been asked.
        Standing::IfAsked if !matches!(model.delivery(), Delivery::Delivered(_)) => {
            content.owned_word(MessageId::TimelineIfAsked)
        }
        Standing::Missed => late,
        _ => String::new(),
    };
    let (day, notes) = match (moment.event, &moment.deadline) {
        // What was given only as a month, or in words, stands as it was given.
        (TimelineEvent::Past(milestone), _) => (day_given(model, milestone), Vec::new()),
        (event, Some(deadline)) => {
            // The days left out up to the ordinary limit stand there, and those of the extension at its end.
            let latest = matches!(event, TimelineEvent::Latest(_));
            let from = if latest { deadline.due } else { deadline.from };
            let part = Deadline { from, due: moment.day, latest: None, ..*deadline };
            let DateLine { skipped, about, basis, .. } = dates::date_line(model, &part);
            let basis = if latest { String::new() } else { basis };
            (dates::day_or_about(model, moment.day, deadline), vec![basis, skipped, about])
        }
        _ => (content.date(moment.day), Vec::new()),
    };
    let notes = notes.into_iter().filter(|note| !note.is_empty()).collect();
    MomentLine { day, what, standing: moment.standing, told, notes }
}

pub(crate) fn days_late(model: &Model, days: u32) -> String {
    let content = &model.bundle().content;
    match days {
        0 => String::new(),
        1 => content.owned_word(MessageId::TimelineOneLate),
        days => content.fill(MessageId::TimelineLate, &[("count", &days.to_string())]),
    }
}

/// The day of a milestone as the person gave it; empty where they gave none.
pub(crate) fn day_given(model: &Model, milestone: Milestone) -> String {
    let content = &model.bundle().content;
    match model.answers_on_the_way().get(milestone.id()) {
        Some(Answer::When(ApproximateDate::Day { date })) => content.date(*date),
        Some(Answer::When(ApproximateDate::Month { year, month })) => {
            [content.month(*month), " ", &year.to_string()].concat()
        }
        Some(Answer::When(ApproximateDate::About { words })) => words.clone(),
        _ => String::new(),
    }
}

/// Returns true where the person gave a milestone as a month alone.
pub(crate) fn is_by_month(model: &Model, milestone: Milestone) -> bool {
    model.facts().date_of(milestone).is_some_and(PartialDate::is_month)
}

/// Returns true for a day that lies ahead, and that nothing has made idle.
pub(crate) const fn is_ahead(moment: &TimelineEntry) -> bool {
    matches!(moment.standing, Standing::Coming | Standing::IfAsked)
}
