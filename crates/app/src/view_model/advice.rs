//! The page that says what we think: the outcome, a sentence of why, the date and one thing to do. The parts, the law, further
//! dates and other helpers can be opened.

use crate::model::Model;
use crate::view_model::{FirstHelp, Steps, first_help, guide::source_note};
use putright_domain::{
    council::{Council, ExclusionId},
    date::Date,
    form::{answer::QuestionId, question::Question},
    guidance::{
        deadline::Deadline,
        facts::ids,
        signpost::{Contact, SignpostId, Telephone},
        time_limits::{Basis, TimeLimit},
        triage::{Advice, Facts, Flag, Outcome, Proceeding, Route, SchoolType, Topic},
    },
    id_enum::IdSet,
    messages::{MessageId, TextBlock, fill},
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
    pub parts: Vec<Part>,
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
pub struct Part {
    /// The topic, in the words of the question.
    pub topic: String,
    /// The route of the topic.
    pub route: String,
    /// And why.
    pub why: String,
}

/// A limit with its dates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateLine {
    /// The event that is due.
    pub what: String,
    /// By when.
    pub due: String,
    /// By when at the latest; empty where it cannot be extended.
    pub latest: String,
    /// The law, code or promise that sets the limit.
    pub basis: String,
    /// The bank holidays left out; empty for none.
    pub skipped: String,
    /// The note that the date is only approximate. Empty if the date is certain.
    pub about: String,
}

/// A card about another organisation that can help.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignpostCard {
    /// The name of the organisation.
    pub name: String,
    /// The way to get its help.
    pub about: String,
    /// How to reach them.
    pub reach: Vec<Reachable>,
}

/// Ways to reach somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reachable {
    /// Telephone numbers.
    pub telephone: Vec<Telephone>,
    /// A web address; empty for none.
    pub web: String,
    /// An address for letters.
    pub post: Vec<String>,
    /// When the facts were checked; empty where there are none.
    pub checked: String,
}

impl Model {
    pub(super) fn advice_page(&self, question: &Question) -> AdvicePage {
        let content = &self.bundle().content;
        let advice = self.advice();
        let TextBlock { mut title, mut body } = self.told(content.outcome(advice.outcome));
        let mut parts = self.parts(&advice);
        if let [only] = parts.as_slice() {
            // One topic: its reason is the page's own, where the council decides.
            if advice.outcome == Outcome::CouncilDecides {
                body.insert(SHOWN.min(body.len()), only.why.clone());
            }
            parts.clear();
        }
        let no_way_back = self.no_way_back();
        if no_way_back {
            title = content.owned_word(MessageId::NoWayBackTitle);
            body = self.no_way_back_told();
        }
        body.extend(self.lists_say(&advice));
        let in_doubt = advice.flags.contains(Flag::SufficientInterestCheck);
        if in_doubt && !no_way_back && advice.outcome == Outcome::StatutoryStage1 {
            // The council may decide that this person has not enough interest: nothing is promised.
            title = content.fill(MessageId::InterestTitle, &[("council", &self.council().short_name)]);
        }
        if !no_way_back && advice.parts.is_empty() {
            if advice.flags.contains(Flag::SafeguardingWorry) {
                title = content.owned_word(MessageId::WorryTitle);
                body = vec![content.owned_word(MessageId::WorryBody)];
            } else if !content.word(MessageId::AnyTitle).is_empty() {
                title = content.fill(MessageId::AnyTitle, &[("council", &self.council().short_name)]);
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
            counts: self.counts(&parts).into_iter().chain(date_on_letter).collect(),
            parts,
            no_way_back,
            answers: if no_way_back { Vec::new() } else { self.answers_due(&advice.deadlines) },
            talk: self.talk(&advice),
            first: self.first_help(&advice),
            flags: self.flags_told(&advice, rest),
            dates: if no_way_back { Vec::new() } else { self.date_lines(&advice.deadlines) },
            signposts: advice
                .signposts
                .iter()
                .filter(|id| !shown.contains(*id))
                .filter_map(|id| self.signpost_card(id))
                .collect(),
        }
    }

    /// Words of an outcome, a flag or a route, with the council's name in them.
    pub(super) fn told(&self, told: Option<&TextBlock>) -> TextBlock {
        told.map_or_else(TextBlock::default, |told| told.fill(&[("council", &self.council().short_name)]))
    }

    /// Returns the words of some flags of the advice.
    pub(super) fn flags_told(&self, advice: &Advice, flags: IdSet<Flag>) -> Vec<TextBlock> {
        let content = &self.bundle().content;
        let missed = advice.deadlines.iter().rfind(|deadline| deadline.last_day() < self.day());
        let words = |flag| match (flag, missed) {
            (Flag::CouncilLate, Some(deadline)) => content.late(deadline.clock),
            _ => content.flag(flag),
        };
        let told = |flag| match flag {
            Flag::Urgent => self.act_today(&self.told(content.flag(flag))),
            _ => self.told(words(flag)),
        };
        flags.iter().map(told).collect()
    }

    /// Returns each topic's route and why.
    fn parts(&self, advice: &Advice) -> Vec<Part> {
        let content = &self.bundle().content;
        let words = content.question(ids::TOPICS);
        let label = |id: &str| words.and_then(|words| words.options.get(id)).map(|words| words.label.clone());
        advice
            .parts
            .iter()
            .filter_map(|(topic, route)| {
                let told = self.told(content.route(topic, *route));
                Some(Part { topic: label(topic.id())?, route: told.title, why: told.body.concat() })
            })
            .collect()
    }

    /// Returns how many points take each route, as in "3 of your 4 points"; nothing where all take one.
    fn counts(&self, parts: &[Part]) -> Vec<String> {
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
            lines.push(self.bundle().content.fill(MessageId::AdviceCount, &values));
        }
        lines
    }

    /// Returns the dates of the answers, in brief: of two procedures, the ordinary limit of each.
    fn answers_due(&self, deadlines: &[Deadline]) -> Vec<DateLine> {
        let first_word = |clock| {
            matches!(clock, TimeLimit::CouncilContact | TimeLimit::CorporateOneAck | TimeLimit::CorporateTwoAck)
        };
        let mut lines: Vec<DateLine> = Vec::new();
        for deadline in deadlines {
            if first_word(deadline.clock) {
                continue;
            }
            let DateLine { due, latest, .. } = self.date_line(deadline);
            let what = self.bundle().content.clock_name(deadline.clock).to_owned();
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

    /// Returns quotations from the council's own list about this case. They are set apart, because the list is the
    /// council's view and refuses nothing.
    fn lists_say(&self, advice: &Advice) -> Vec<String> {
        let content = &self.bundle().content;
        let facts = Facts::from_answers(&self.answers_on_the_way(), self.day());
        let mut lines = Vec::new();
        if content.word(MessageId::ExclusionSays).is_empty() {
            // Nobody tells a child what a council would rather not look at, in words that are not for children.
            return lines;
        }
        for council in self.councils_shown() {
            let named = named_by(council, &facts, advice);
            for exclusion in council.exclusions.iter().filter(|exclusion| named.contains(exclusion.id)) {
                let values = [("council", council.short_name.as_str()), ("words", &exclusion.said.words)];
                let words = content.fill(MessageId::ExclusionSays, &values);
                lines.push(["> ", &words, " ", &source_note(content, &exclusion.said)].concat());
            }
        }
        lines
    }

    /// Deadlines in words.
    pub(super) fn date_lines(&self, deadlines: &[Deadline]) -> Vec<DateLine> {
        deadlines.iter().map(|deadline| self.date_line(deadline)).collect()
    }

    pub(super) fn date_line(&self, deadline: &Deadline) -> DateLine {
        let content = &self.bundle().content;
        let council = self.council();
        let counting = council.counting(&self.bundle().calendar);
        let day = |date: Date| self.day_or_about(date, deadline);
        let skipped: Vec<String> = counting
            .skipped(deadline)
            .into_iter()
            .map(|holiday| {
                let day = [&content.day_of_month(holiday.date), " (", &holiday.title].concat();
                let template = if holiday.substitute { content.word(MessageId::SubstituteDay) } else { "{day}" };
                [&fill(template, &[("day", &day)]), ")"].concat()
            })
            .collect();
        let latest = deadline.latest.map(|date| content.fill(MessageId::LatestBy, &[("date", &day(date))]));
        let name = match deadline.clock.basis() {
            Basis::Promise => council.short_name.as_str(),
            Basis::Law | Basis::Code => "",
        };
        let note = match (deadline.about, counting.is_about(deadline.last_day())) {
            (_, true) => content.word(MessageId::AboutNote),
            (true, false) => content.word(MessageId::AboutMonth),
            (false, false) => "",
        };
        let named = |text: &str| fill(text, &[("council", name)]);
        DateLine {
            what: named(content.clock(deadline.clock)),
            due: content.fill(MessageId::DueBy, &[("date", &day(deadline.due))]),
            latest: latest.unwrap_or_default(),
            basis: named(content.basis(deadline.clock.basis())),
            skipped: if skipped.is_empty() {
                String::new()
            } else {
                content.fill(MessageId::Skipped, &[("days", &skipped.join(", "))])
            },
            about: note.to_owned(),
        }
    }

    pub(super) fn signpost_card(&self, id: SignpostId) -> Option<SignpostCard> {
        let words = self.bundle().content.signpost(id)?;
        let general = self.bundle().directory.contact(id);
        // While it is not known which council it is, each one's own facts are shown.
        let shown = self.councils_shown();
        let own: Vec<&Contact> = shown.iter().filter_map(|council| council.signposts.get(id)).collect();
        let mut reach: Vec<Reachable> = own.iter().map(|contact| self.reachable(contact)).collect();
        if own.is_empty() {
            reach.extend(general.map(|contact| self.reachable(contact)));
        }
        if general.is_some_and(|contact| contact.through_council) && own.is_empty() {
            for council in shown {
                let named = |phone: &Telephone| Telephone { number: phone.number.clone(), hours: council.team.clone() };
                let telephone = council.contact.telephone.iter().map(named).collect();
                reach.push(Reachable { telephone, ..Reachable::default() });
            }
            // Councils that share a service share its number.
            reach.dedup();
        }
        reach.retain(|reach| *reach != Reachable::default());
        Some(SignpostCard { name: words.name.clone(), about: words.about.clone(), reach })
    }
}

/// The lines of a council's list that what was said falls under.
fn named_by(council: &Council, facts: &Facts, advice: &Advice) -> IdSet<ExclusionId> {
    let lists = |id: ExclusionId| council.exclusions.iter().any(|exclusion| exclusion.id == id);
    let mut named: IdSet<ExclusionId> = facts
        .proceedings
        .iter()
        .filter_map(|proceeding| match proceeding {
            Proceeding::Court | Proceeding::CourtEnded => Some(ExclusionId::Court),
            Proceeding::Police => Some(ExclusionId::Police),
            Proceeding::Tribunal => Some(ExclusionId::Tribunal),
            Proceeding::Disciplinary => Some(ExclusionId::Disciplinary),
            Proceeding::CouncillorOrMp => Some(ExclusionId::CouncillorOrMp),
            Proceeding::SafeguardingReview | Proceeding::LegalClaim | Proceeding::Inquest => None,
        })
        .collect();
    let signposted = advice.parts.iter().filter(|(_, route)| **route == Route::Signpost);
    named.extend(signposted.filter_map(|(topic, _)| match topic {
        Topic::School => Some(match facts.school_type {
            Some(SchoolType::College) => ExclusionId::College,
            Some(SchoolType::University) => ExclusionId::University,
            // A list that says only "school" means every kind.
            Some(SchoolType::Academy) if lists(ExclusionId::Academy) => ExclusionId::Academy,
            _ => ExclusionId::School,
        }),
        Topic::SendTransport if advice.flags.contains(Flag::ThenCouncil) => Some(ExclusionId::SendTransport),
        Topic::SendTransport | Topic::SchoolAdmission | Topic::SchoolExclusion | Topic::EhcPlanContent => {
            Some(ExclusionId::Appeals)
        }
        Topic::Nhs => Some(ExclusionId::Nhs),
        Topic::PoliceConduct | Topic::OtherBody | Topic::ChildrensHomeOrAgency => Some(ExclusionId::OutsideRole),
        _ => None,
    }));
    if facts.topics.contains(Topic::CourtEvidence) || facts.topics.contains(Topic::CourtApplication) {
        named.insert(ExclusionId::Court);
    }
    if advice.flags.contains(Flag::Over12Months) {
        named.insert(ExclusionId::Over12Months);
    }
    named
}
