//! The page that says what we think: the outcome, a sentence of why, the date and one thing to do. The parts, the law, further
//! dates and other helpers can be opened.

use crate::{
    model::Model,
    view_model::{
        contacts::{self, SignpostCard},
        dates::{self, DateLine},
        exclusions,
        first_help::{self, FirstHelp},
        flags,
        question::Steps,
    },
};
use putright_domain::{
    form::{answer::QuestionId, question::Question},
    guidance::{
        deadline::Deadline,
        facts::ids,
        time_limits::TimeLimit,
        triage::{Advice, Flag, Outcome},
    },
    messages::{MessageId, TextBlock},
};

/// The page of advice.
#[derive(Clone, Debug, PartialEq)]
pub struct AdvicePage {
    /// The id of the page.
    pub id: QuestionId,
    /// The place among the steps; `None` for a page outside them.
    pub steps: Option<Steps>,
    /// The outcome in a line.
    pub title: String,
    /// The reason, then the one thing to do; the paragraphs after [`SHOWN`] can be opened.
    pub body: Vec<String>,
    /// Help that comes before everything else.
    pub first: FirstHelp,
    /// The number of points for each route, where the points differ; and that an appeal has a last day.
    pub counts: Vec<String>,
    /// Each topic's route, where there are several topics.
    pub parts: Vec<TopicRoute>,
    /// The dates of the answers, in brief.
    pub answers: Vec<DateLine>,
    /// Nobody can reach the person, so nothing is promised.
    pub no_way_back: bool,
    /// People for the young to ring, as links.
    pub talk: Vec<String>,
    /// The other points to know.
    pub flags: Vec<TextBlock>,
    /// The events to expect and their dates, if the submission is sent today.
    pub dates: Vec<DateLine>,
    /// The other organisations that can help.
    pub signposts: Vec<SignpostCard>,
}

/// The paragraphs of an outcome that are shown: the reason and the one thing to do. The rest can be opened.
pub const SHOWN: usize = 2;

/// A topic and its route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicRoute {
    /// The topic, in the words of the question.
    pub topic: String,
    /// The route of the topic.
    pub route: String,
    /// And why.
    pub why: String,
}

pub(crate) fn advice_page(model: &Model, question: &Question) -> AdvicePage {
    let content = &model.bundle().content;
    let advice = model.advice();
    let TextBlock { mut title, mut body } = flags::told(model, content.outcome(advice.outcome));
    let mut parts = parts(model, &advice);
    if let [only] = parts.as_slice() {
        // One topic: its reason is the page's own, where the council decides.
        if advice.outcome == Outcome::CouncilDecides {
            body.insert(SHOWN.min(body.len()), only.why.clone());
        }
        parts.clear();
    }
    let no_way_back = first_help::no_way_back(model);
    if no_way_back {
        title = content.owned_word(MessageId::NoWayBackTitle);
        body = first_help::no_way_back_told(model);
    }
    body.extend(exclusions::lists_say(model, &advice));
    let in_doubt = advice.flags.contains(Flag::SufficientInterestCheck);
    if in_doubt && !no_way_back && advice.outcome == Outcome::StatutoryStage1 {
        // The council may decide that this person has not enough interest: nothing is promised.
        title = content.fill(MessageId::InterestTitle, &[("council", &model.council().short_name)]);
    }
    if !no_way_back && advice.parts.is_empty() {
        if advice.flags.contains(Flag::SafeguardingWorry) {
            title = content.owned_word(MessageId::WorryTitle);
            body = vec![content.owned_word(MessageId::WorryBody)];
        } else if !content.word(MessageId::AnyTitle).is_empty() {
            title = content.fill(MessageId::AnyTitle, &[("council", &model.council().short_name)]);
            body = vec![content.owned_word(MessageId::SentNextNone)];
        }
    }
    // An appeal has a last day of its own, which a complaint does not move.
    let told = advice.flags.contains(Flag::DateOnLetter) && advice.outcome != Outcome::Signpost;
    let date_on_letter = content.flag(Flag::DateOnLetter).filter(|_| told).map(|told| told.title.clone());
    let (_, rest) = first_help::flags_in_order(&advice);
    let shown = first_help::signposts_first(&advice);
    AdvicePage {
        id: question.id.clone(),
        steps: None,
        title,
        body,
        counts: counts(model, &parts).into_iter().chain(date_on_letter).collect(),
        parts,
        no_way_back,
        answers: if no_way_back { Vec::new() } else { answers_due(model, &advice.deadlines) },
        talk: first_help::talk(model, &advice),
        first: first_help::first_help(model, &advice),
        flags: flags::flags_told(model, &advice, rest),
        dates: if no_way_back { Vec::new() } else { dates::date_lines(model, &advice.deadlines) },
        signposts: advice
            .signposts
            .iter()
            .filter(|id| !shown.contains(*id))
            .filter_map(|id| contacts::signpost_card(model, id))
            .collect(),
    }
}

/// Returns each topic's route and why.
fn parts(model: &Model, advice: &Advice) -> Vec<TopicRoute> {
    let content = &model.bundle().content;
    let words = content.question(ids::TOPICS);
    let label = |id: &str| words.and_then(|words| words.options.get(id)).map(|words| words.label.clone());
    advice
        .parts
        .iter()
        .filter_map(|(topic, route)| {
            let told = flags::told(model, content.route(topic, *route));
            Some(TopicRoute { topic: label(topic.id())?, route: told.title, why: told.body.concat() })
        })
        .collect()
}

/// Returns how many points take each route, as in "3 of your 4 points"; nothing where all take one.
fn counts(model: &Model, parts: &[TopicRoute]) -> Vec<String> {
    let total = parts.len().to_string();
    let mut routes: Vec<(&str, usize)> = Vec::new();
    for part in parts {
        match routes.iter_mut().find(|(route, _)| *route == part.route) {
            Some((_, count)) => *count += 1,
            None => routes.push((&part.route, 1)),
        }
    }
    if routes.len() < 2 {
        return Vec::new();
    }
    let mut lines = Vec::new();
    for (route, count) in routes {
        let values = [("count", &*count.to_string()), ("total", &total), ("route", route)];
        lines.push(model.bundle().content.fill(MessageId::AdviceCount, &values));
    }
    lines
}

/// Returns the dates of the answers, in brief: of two procedures, the ordinary limit of each.
fn answers_due(model: &Model, deadlines: &[Deadline]) -> Vec<DateLine> {
    let first_word =
        |clock| matches!(clock, TimeLimit::CouncilContact | TimeLimit::CorporateOneAck | TimeLimit::CorporateTwoAck);
    let mut lines: Vec<DateLine> = Vec::new();
    for deadline in deadlines {
        if first_word(deadline.clock) {
            continue;
        }
        let DateLine { due, latest, .. } = dates::date_line(model, deadline);
        let what = model.bundle().content.clock_name(deadline.clock).to_owned();
        // Words for a child may have one name for both procedures: then the later day holds.
        lines.retain(|line| line.what != what);
        lines.push(DateLine { what, due, latest, ..DateLine::default() });
    }
    if lines.len() > 1 {
        for line in &mut lines {
            line.latest.clear();
        }
    }
    lines
}
