//! The page that says where a complaint stands: whose turn it is, the timeline, and the letter that may be sent now.

use crate::{
    model::Model,
    view_model::{
        contacts::{self, SignpostCard},
        dates, flags,
        letter::{self, LetterView},
        timeline::{self, MomentLine, Strip, is_ahead},
        words::lines,
    },
};
use putright_domain::{
    documents::letter::LetterKind,
    form::{answer::QuestionId, question::Question},
    guidance::{
        timeline::Spent,
        triage::{Flag, Outcome},
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

pub(crate) fn progress_page(model: &Model, question: &Question) -> ProgressPage {
    let content = &model.bundle().content;
    let advice = model.advice();
    let line = timeline::timeline(model, &advice);
    // Today alone is no timeline.
    let moments = if line.moments.len() > 1 { line.moments.as_slice() } else { &[] };
    let kind = LetterKind::for_advice(&advice);
    let waits = advice.outcome == Outcome::Wait && !advice.is_paused();
    let mut told = flags::told(model, content.outcome(advice.outcome));
    let mut flags = advice.flags;
    // The reason for a letter is the page's own, and comes first.
    if let Some(reason) = kind.and_then(|kind| Flag::from_id(kind.id())) {
        told.body.splice(0..0, flags::told(model, content.flag(reason)).body);
        flags.remove(reason);
    }
    if advice.is_paused() {
        // The page says so itself.
        flags.remove(Flag::MayBePaused);
        let council = [("council", model.council().short_name.as_str())];
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
    let running = timeline::running(model, &line);
    let turn = if waits { councils_turn(model, running.as_ref()) } else { String::new() };
    // Days are counted one by one only from a day.
    let running = running.filter(|spent| !timeline::is_by_month(model, spent.deadline.clock.starts_with()));
    if let Some(spent) = running.filter(|spent| !waits && spent.gone > spent.total) {
        // Of "as soon as it can", no day is the last.
        if kind.is_some() && spent.deadline.clock.overdue_after().is_none() {
            told.title = [&timeline::days_late(model, spent.gone - spent.total), ". ", &told.title].concat();
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
        strip: running.map(|spent| timeline::strip(model, spent)),
        calendar: moments.iter().any(is_ahead),
        now: lines(content.word(now)),
        moments: moments.iter().map(|moment| timeline::moment_line(model, moment)).collect(),
        flags: flags::flags_told(model, &advice, flags),
        signposts: advice.signposts.iter().filter_map(|id| contacts::signpost_card(model, id)).collect(),
        letter: letter::letter(model),
        go_on: content.owned_word(go_on),
    }
}

/// Says that it is the council's turn, and until when; `spent`: the limit that runs.
fn councils_turn(model: &Model, spent: Option<&Spent>) -> String {
    let content = &model.bundle().content;
    let council = ("council", model.council().short_name.as_str());
    let Some(spent) = spent else { return content.fill(MessageId::ProgressTurnCouncil, &[council]) };
    let end = if spent.gone > spent.due { spent.deadline.last_day() } else { spent.deadline.due };
    let values = [
        council,
        ("what", content.clock_name(spent.deadline.clock)),
        ("date", &dates::day_or_about(model, end, &spent.deadline)),
    ];
    content.fill(MessageId::ProgressTurnDue, &values)
}
