//! The page that says what we think: the outcome, the parts, what else to know, dates, and who else can help.

use crate::domain::{
    content::{Told, Word},
    date::Date,
    guidance::{
        deadline::Deadline,
        procedure::Basis,
        signpost::{Contact, SignpostId, Telephone},
        triage::{Advice, Outcome},
    },
    journey::{answer::QuestionId, question::Question},
    session::Session,
};

/// What we think.
#[derive(Clone, Debug, PartialEq)]
pub struct AdvicePage {
    /// The id of the page.
    pub id: QuestionId,
    /// The outcome in a line.
    pub title: String,
    /// And why.
    pub body: Vec<String>,
    /// Each topic's route, where they differ.
    pub parts: Vec<Part>,
    /// What else to know.
    pub flags: Vec<Told>,
    /// What happens by when, if it is sent today.
    pub dates: Vec<DateLine>,
    /// Who else can help.
    pub signposts: Vec<SignpostCard>,
}

/// A topic and its route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The topic, in the words of the question.
    pub topic: String,
    /// What happens to it.
    pub route: String,
}

/// A limit with its dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateLine {
    /// What must happen.
    pub what: String,
    /// By when.
    pub due: String,
    /// By when at the latest; empty where it cannot be extended.
    pub latest: String,
    /// Who sets it.
    pub basis: String,
    /// The bank holidays left out; empty for none.
    pub skipped: String,
    /// That the date is only about right; empty where it is sure.
    pub about: String,
}

/// Who else can help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignpostCard {
    /// Who.
    pub name: String,
    /// What to do.
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

impl Session {
    pub(super) fn advice_page(&self, question: &Question) -> AdvicePage {
        let content = &self.loaded().content;
        let advice = self.advice();
        let council = &self.council().short_name;
        let told = |told: &Told| Told {
            title: crate::domain::content::fill(&told.title, &[("council", council)]),
            body: told.body.iter().map(|text| crate::domain::content::fill(text, &[("council", council)])).collect(),
        };
        let outcome = content.outcome(advice.outcome).map(told);
        AdvicePage {
            id: question.id.clone(),
            title: outcome.as_ref().map(|told| told.title.clone()).unwrap_or_default(),
            body: outcome.map(|told| told.body).unwrap_or_default(),
            parts: self.parts(&advice),
            flags: advice.flags.iter().filter_map(|flag| content.flag(flag)).map(told).collect(),
            dates: self.date_lines(&advice.deadlines),
            signposts: advice.signposts.iter().filter_map(|id| self.signpost_card(id)).collect(),
        }
    }

    /// Each topic's route, where they differ.
    fn parts(&self, advice: &Advice) -> Vec<Part> {
        use crate::domain::guidance::facts::ids;
        let content = &self.loaded().content;
        let words = content.questions.get(ids::TOPICS);
        let label = |id: &str| words.and_then(|words| words.options.get(id)).map(|words| words.label.clone());
        if advice.outcome != Outcome::Split {
            return Vec::new();
        }
        advice
            .parts
            .iter()
            .filter_map(|(topic, route)| {
                Some(Part { topic: label(topic.id())?, route: content.route(*route).to_owned() })
            })
            .collect()
    }

    /// Deadlines in words.
    pub(super) fn date_lines(&self, deadlines: &[Deadline]) -> Vec<DateLine> {
        deadlines.iter().map(|deadline| self.date_line(deadline)).collect()
    }

    pub(super) fn date_line(&self, deadline: &Deadline) -> DateLine {
        let content = &self.loaded().content;
        let council = self.council();
        let counting = council.counting(&self.loaded().calendar);
        let day = |date: Date| {
            let text = content.date(date);
            if counting.is_about(date) { content.fill(Word::AboutDate, &[("date", &text)]) } else { text }
        };
        let skipped: Vec<String> = counting
            .skipped(deadline)
            .into_iter()
            .map(|holiday| {
                let day = [&content.day_of_month(holiday.date), " (", &holiday.title].concat();
                let template = if holiday.substitute { content.word(Word::SubstituteDay) } else { "{day}" };
                [&crate::domain::content::fill(template, &[("day", &day)]), ")"].concat()
            })
            .collect();
        let latest = deadline.latest.map(|date| content.fill(Word::LatestBy, &[("date", &day(date))]));
        let name = match deadline.clock.basis() {
            Basis::Promise => council.short_name.as_str(),
            Basis::Law | Basis::Code => "",
        };
        let note = if counting.is_about(deadline.last_day()) { content.word(Word::AboutNote) } else { "" };
        let fill = |text: &str| crate::domain::content::fill(text, &[("council", name)]);
        DateLine {
            what: fill(content.clock(deadline.clock)),
            due: content.fill(Word::DueBy, &[("date", &day(deadline.due))]),
            latest: latest.unwrap_or_default(),
            basis: fill(content.basis(deadline.clock.basis())),
            skipped: if skipped.is_empty() {
                String::new()
            } else {
                content.fill(Word::Skipped, &[("days", &skipped.join(", "))])
            },
            about: note.to_owned(),
        }
    }

    pub(super) fn signpost_card(&self, id: SignpostId) -> Option<SignpostCard> {
        let words = self.loaded().content.signpost(id)?;
        let general = self.loaded().directory.contact(id);
        // While it is not known which council it is, each one's own facts are shown.
        let known = self.council_is_known();
        let own: Vec<&Contact> = self
            .loaded()
            .councils()
            .filter(|council| !known || council.id == self.council().id)
            .filter_map(|council| council.signposts.get(id))
            .collect();
        let mut reach: Vec<Reachable> = own.iter().map(|contact| self.reachable(contact)).collect();
        if own.is_empty() {
            reach.extend(general.map(|contact| self.reachable(contact)));
        }
        if general.is_some_and(|contact| contact.through_council) && own.is_empty() {
            let contact = &self.council().contact;
            reach.push(Reachable { telephone: contact.telephone.clone(), ..Reachable::default() });
        }
        reach.retain(|reach| *reach != Reachable::default());
        Some(SignpostCard { name: words.name.clone(), about: words.about.clone(), reach })
    }
}
