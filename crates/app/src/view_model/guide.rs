//! How complaints work: the words of the guide, with a council's limits, promises and list in their places.
//!
//! Statements by a council stand in separate blocks, with their source. Nobody may take them for the law, or for ours.

use crate::{
    model::Model,
    view_model::contacts::{self, CouncilCard, SignpostCard},
};
use putright_domain::{
    council::{Council, ExclusionEffect, SourcedStatement, Stage},
    guidance::{
        signpost::SignpostId,
        time_limits::{LimitLength, Limits, TimeLimit},
    },
    messages::{GuideSection, MessageId, Messages, TextBlock, fill},
};

/// A section of the guide, with the limits filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuidePart {
    /// Its id.
    pub id: String,
    /// Heading and text.
    pub told: TextBlock,
}

/// A leaflet: one sheet, folded into four pages, of the same words as the guide.
#[derive(Clone, Debug, PartialEq)]
pub struct LeafletPage {
    /// The text of the front under the title, and of the two pages inside.
    pub parts: Vec<GuidePart>,
    /// The back: how to reach the council.
    pub councils: Vec<CouncilCard>,
    /// And who else.
    pub signposts: Vec<SignpostCard>,
}

pub(crate) fn leaflet_page(model: &Model) -> LeafletPage {
    let sections = model.bundle().content.guide.iter().filter(|section| section.leaflet);
    let ids: Vec<&str> = sections.map(|section| section.id.as_str()).collect();
    let others = [SignpostId::Childline, SignpostId::Advocacy];
    LeafletPage {
        parts: guide(model).into_iter().filter(|part| ids.contains(&part.id.as_str())).collect(),
        councils: contacts::council_cards(model),
        signposts: others.iter().filter_map(|id| contacts::signpost_card(model, *id)).collect(),
    }
}

/// Each limit's length, by the name that stands for it in words.
pub(crate) struct Lengths(pub Vec<(String, String)>);

impl Lengths {
    pub fn of(limits: &Limits) -> Self {
        let mut lengths = Vec::new();
        for clock in TimeLimit::ALL {
            let limit = limits.of(*clock);
            lengths.push((["limit:", clock.id()].concat(), length(limit.due)));
            lengths.extend(limit.latest.map(|span| (["latest:", clock.id()].concat(), length(span))));
        }
        Self(lengths)
    }

    fn fill(&self, words: &str) -> String {
        let values: Vec<(&str, &str)> = self.0.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        fill(words, &values)
    }
}

fn length(span: LimitLength) -> String {
    match span {
        LimitLength::WorkingDays(count) | LimitLength::Months(count) => count.to_string(),
    }
}

/// Returns the name between `{kind:` and `}`, if that is the whole paragraph.
fn named<'a>(paragraph: &'a str, kind: &str) -> Option<&'a str> {
    paragraph.strip_prefix('{')?.strip_prefix(kind)?.strip_prefix(':')?.strip_suffix('}')
}

/// The guide. Its limits are the council's own; those of the law and the Code while it is not known which council.
pub fn guide(model: &Model) -> Vec<GuidePart> {
    let lengths = match contacts::councils_shown(model).as_slice() {
        [council] => Lengths::of(&council.limits),
        _ => Lengths::of(&Limits::default()),
    };
    let part = |section: &GuideSection| GuidePart {
        id: section.id.clone(),
        told: TextBlock { title: section.title.clone(), body: guide_paragraphs(model, section, &lengths) },
    };
    model.bundle().content.guide.iter().map(part).collect()
}

fn guide_paragraphs(model: &Model, section: &GuideSection, lengths: &Lengths) -> Vec<String> {
    let content = &model.bundle().content;
    let mut all = Vec::new();
    for paragraph in &section.body {
        let stage = named(paragraph, "promises").and_then(Stage::from_id);
        let effect = named(paragraph, "exclusions").and_then(ExclusionEffect::from_id);
        if stage.is_none() && effect.is_none() {
            all.push(lengths.fill(paragraph));
            continue;
        }
        for council in contacts::councils_shown(model) {
            all.extend(stage.map(|stage| promises(content, council, stage)).unwrap_or_default());
            all.extend(effect.map(|effect| exclusions(content, council, effect)).unwrap_or_default());
        }
    }
    all
}

fn promises(content: &Messages, council: &Council, stage: Stage) -> Vec<String> {
    let mine = council.promises.iter().filter(|promise| promise.stage == stage);
    let said: Vec<&SourcedStatement> = mine.map(|promise| &promise.said).collect();
    // Those of every stage stand in a section of their own, the others below their stage.
    let level = if stage == Stage::Every { "## " } else { "### " };
    let mut lines = block(content, council, level, [MessageId::PromisesTitle, MessageId::PromisesNote], &said);
    if stage == Stage::Every && council.promises.iter().all(|promise| promise.stage == stage) {
        // Nothing said of a stage means no times of its own: then those above hold.
        if lines.is_empty() {
            lines.push(line(level, content, MessageId::PromisesTitle, council));
        }
        lines.push(line("", content, MessageId::PromisesNoTimes, council));
    }
    lines
}

fn exclusions(content: &Messages, council: &Council, effect: ExclusionEffect) -> Vec<String> {
    let mine = council.exclusions.iter().filter(|exclusion| exclusion.effect == effect);
    let said: Vec<&SourcedStatement> = mine.map(|exclusion| &exclusion.said).collect();
    block(content, council, "### ", [MessageId::ExclusionsTitle, MessageId::ExclusionsNote], &said)
}

fn line(prefix: &str, content: &Messages, word: MessageId, council: &Council) -> String {
    [">> ", prefix, &content.fill(word, &[("council", &council.short_name)])].concat()
}

/// Returns a block of the council's statements, under its name. The source follows the last statement from it. Empty if
/// there are none.
fn block(
    content: &Messages,
    council: &Council,
    level: &str,
    [title, note]: [MessageId; 2],
    said: &[&SourcedStatement],
) -> Vec<String> {
    let mut lines = Vec::new();
    if said.is_empty() {
        return lines;
    }
    let lengths = Lengths::of(&council.limits);
    lines.push(line(level, content, title, council));
    let mut rest = said.iter().peekable();
    while let Some(one) = rest.next() {
        lines.push([">> * ", &lengths.fill(&one.words)].concat());
        if rest.peek().is_none_or(|next| next.source != one.source) {
            lines.push([">> ", &source_note(content, one)].concat());
        }
    }
    lines.push(line("", content, note, council));
    lines
}

/// Returns a note of the source of a statement, and of the day when somebody last checked it.
pub(crate) fn source_note(content: &Messages, said: &SourcedStatement) -> String {
    let source = match said.source.strip_prefix("https://") {
        Some(short) => ["[", short.strip_prefix("www.").unwrap_or(short), "](", &said.source, ")"].concat(),
        None => said.source.clone(),
    };
    content.fill(MessageId::SourceNote, &[("source", &source), ("checked", &content.checked(said.checked))])
}
