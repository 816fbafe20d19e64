//! The letter about a complaint already made: with blanks for what is not known, and where to send it at its end.

use crate::{
    model::Model,
    view_model::{
        channels, dates,
        guide::Lengths,
        timeline::{self, MomentLine},
    },
};
use putright_domain::{
    documents::letter::{LetterKind, compose},
    form::answer::Answer,
    guidance::{
        facts::{ids, text},
        signpost::SignpostId,
        time_limits::Milestone,
        timeline::{Timeline, TimelineEvent},
        triage::{ProcedureRoute, Topic},
    },
    messages::MessageId,
};

/// A letter as it stands.
#[derive(Clone, PartialEq, Eq)]
pub struct LetterView {
    /// The title of the letter.
    pub title: String,
    /// Its text, with blanks for what is not known.
    pub text: String,
    /// The address to send it to.
    pub send_to: String,
}

impl LetterView {
    /// Returns the letter and, at its end, where to send it.
    pub fn whole(&self) -> String {
        [self.text.as_str(), &self.send_to].join("\n\n")
    }
}

impl std::fmt::Debug for LetterView {
    /// Never what a person wrote.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LetterView").field("title", &self.title).finish_non_exhaustive()
    }
}

/// Returns the letter that can be written now, as the answers make it; `None` where the answers call for none.
pub fn letter(model: &Model) -> Option<LetterView> {
    composed(model, true)
}

/// Returns the letter, with or without blanks for what is not known: nobody can fill in what is sent from here.
fn composed(model: &Model, blanks: bool) -> Option<LetterView> {
    let answers = model.answers_on_the_way();
    answers.get(ids::STAGE_REACHED).or_else(|| answers.get(ids::LAST_STEP))?;
    let advice = model.advice();
    let kind = LetterKind::for_advice(&advice)?;
    let letter = model.bundle().content.letter(kind)?;
    let council = model.council();
    let line = timeline::timeline(model, &advice);
    let mut values: Vec<(String, String)> = Vec::new();
    let mut set = |name: &str, value: String| values.push((name.to_owned(), value));
    set("council", council.name.clone());
    set("team", council.team.clone());
    // A letter goes to an address that somebody has confirmed, or is given by hand.
    set("address", if council.contact_unconfirmed { String::new() } else { council.contact.post.join("\n") });
    set("today", model.bundle().content.date(model.day()));
    let blank = |word: MessageId| if blanks { model.bundle().content.owned_word(word) } else { String::new() };
    set("own_address", blank(MessageId::BlankAddress));
    for (name, question, instead) in [
        ("name", ids::FULL_NAME, blank(MessageId::BlankName)),
        ("reference", ids::COUNCIL_REFERENCE, blank(MessageId::BlankReference)),
        ("parts", ids::LETTER_PARTS, String::new()),
        ("said", ids::COUNCIL_SAID, String::new()),
        ("why", ids::LETTER_WHY, String::new()),
        ("reasons", ids::REFUSAL_WHY, String::new()),
        ("wants", ids::LETTER_WANTS, String::new()),
    ] {
        set(name, text(&answers, question).unwrap_or(instead));
    }
    let labels = model.bundle().content.question(ids::TOPICS);
    let label = |topic: Topic| labels.and_then(|words| words.options.get(topic.id())).map(|words| words.label.clone());
    let general = advice.parts.iter().filter(|(_, route)| **route == ProcedureRoute::Corporate);
    set("corporate_parts", general.filter_map(|(topic, _)| label(topic)).collect::<Vec<_>>().join("\n"));
    for milestone in Milestone::ALL {
        set(milestone.id(), timeline::day_given(model, *milestone));
    }
    for moment in &line.moments {
        let name = match moment.event {
            TimelineEvent::Due(clock) => ["due_on:", clock.id()].concat(),
            TimelineEvent::Latest(clock) => ["latest_on:", clock.id()].concat(),
            _ => continue,
        };
        if let Some(deadline) = &moment.deadline {
            set(&name, dates::day_or_about(model, moment.day, deadline));
        }
    }
    for (name, length) in Lengths::of(&council.limits).0 {
        set(&name, length);
    }
    for flag in advice.flags.iter() {
        set(flag.id(), "yes".to_owned());
    }
    if let Some(spent) = timeline::running(model, &line) {
        set("awaited_due", dates::day_or_about(model, spent.deadline.due, &spent.deadline));
        set(
            "awaited_latest",
            spent.deadline.latest.map(|day| dates::day_or_about(model, day, &spent.deadline)).unwrap_or_default(),
        );
    }
    set("timeline", timeline_as_text(model, &line));
    let text = compose(&letter.body, &values);
    Some(LetterView { title: letter.title.clone(), text, send_to: send_to(model, kind) })
}

/// The letter as it will be sent: changed by the person, or as the answers make it.
pub fn letter_to_send(model: &Model) -> Option<String> {
    match model.answers_on_the_way().get(ids::LETTER)? {
        Answer::Text(text) => Some(text.clone()),
        _ => composed(model, false).map(|letter| letter.text),
    }
}

/// Returns where to send a letter, a line each.
fn send_to(model: &Model, kind: LetterKind) -> String {
    let content = &model.bundle().content;
    let mut lines = vec![content.word(MessageId::LetterSendTo)];
    let council = model.council();
    let contact = if kind.is_for_the_council() {
        lines.extend([council.team.as_str(), &council.name]);
        Some(&council.contact)
    } else {
        lines.extend(content.signpost(SignpostId::Ombudsman).map(|words| words.name.as_str()));
        model.bundle().directory.contact(SignpostId::Ombudsman)
    };
    if let Some(contact) = contact {
        lines.extend(contact.post.iter().map(String::as_str));
        lines.extend(contact.telephone.first().map(|phone| phone.number.as_str()));
    }
    if kind.is_for_the_council() {
        lines.extend(channels::email_to(model));
    }
    lines.join("\n")
}

fn timeline_as_text(model: &Model, line: &Timeline) -> String {
    let days = line.moments.iter().filter(|moment| moment.event != TimelineEvent::Today);
    let lines = days.map(|moment| {
        let MomentLine { day, what, told, .. } = timeline::moment_line(model, moment);
        let told = if told.is_empty() { told } else { [" (", &told, ")"].concat() };
        [&day, ": ", &what, &told].concat()
    });
    lines.collect::<Vec<_>>().join("\n")
}
