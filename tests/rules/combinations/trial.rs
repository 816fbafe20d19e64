//! One combination decided twice, and what comes of it looked at.

use std::{collections::BTreeSet, thread};

use crate::{
    common::{self, COUNCILS, REGISTERS, naive::Naive},
    oracle::{Line, Place, Said, decide, routes},
};
use putright_domain::guidance::working_days::WorkingCalendar;
use putright_domain::{
    council::Council,
    guidance::{
        deadline::Deadline,
        signpost::{Directory, SignpostId},
        time_limits::TimeLimit,
        triage::{Advice, Facts, Flag, Outcome, ProcedureRoute, SchoolType, Topic, TransportIssue, advise},
    },
    id_enum::IdEnum,
    messages::{Messages, TextBlock, fill},
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// Every id of a list, and none.
pub fn with_none<T: IdEnum>() -> Vec<Option<&'static str>> {
    [None].into_iter().chain(T::NAMES.iter().copied().map(Some)).collect()
}

/// Answers, put together one by one.
#[derive(Clone, Default, Debug)]
pub struct Answers(Map<String, Value>);

impl Answers {
    /// Puts an answer in, or takes it out.
    pub fn put(&mut self, key: &str, answer: Option<impl Into<Value>>) -> &mut Self {
        match answer {
            Some(answer) => self.0.insert(key.to_owned(), answer.into()),
            None => self.0.remove(key),
        };
        self
    }

    pub fn with(mut self, key: &str, answer: impl Into<Value>) -> Self {
        self.put(key, Some(answer));
        self
    }

    /// Puts the topics in, with their details.
    pub fn about(&mut self, matters: &[Matter]) -> &mut Self {
        let detail = |of: fn(&Matter) -> Option<&'static str>| matters.iter().find_map(of);
        self.put("topics", Some(json!(matters.iter().map(|matter| matter.topic).collect::<Vec<_>>())))
            .put("school_type", detail(|matter| matter.school))
            .put("transport_issue", detail(|matter| matter.issue))
            .put("told_provider", matters.iter().find_map(|matter| matter.told))
    }
}

/// A topic with the details that its question brings.
#[derive(Clone, Copy, Debug)]
pub struct Matter {
    pub topic: &'static str,
    school: Option<&'static str>,
    issue: Option<&'static str>,
    told: Option<bool>,
}

pub const fn matter(topic: &'static str) -> Matter {
    Matter { topic, school: None, issue: None, told: None }
}

/// Every topic with each of its details.
pub fn matters() -> Vec<Matter> {
    let mut matters = Vec::new();
    for topic in Topic::IDS {
        let plain = matter(topic);
        match *topic {
            "school" => matters.extend(with_none::<SchoolType>().into_iter().map(|school| Matter { school, ..plain })),
            "send_transport" => {
                for issue in with_none::<TransportIssue>() {
                    matters.extend([None, Some(true), Some(false)].map(|told| Matter { issue, told, ..plain }));
                }
            }
            _ => matters.push(plain),
        }
    }
    matters
}

/// How many matters there are: one a topic, but each kind of school, and each of transport's answers.
pub fn count_of_matters() -> usize {
    Topic::ALL.len() - 2 + (SchoolType::ALL.len() + 1) + (TransportIssue::ALL.len() + 1) * 3
}

/// The state that stays the same for all combinations of a council.
pub struct Trial<'a> {
    council: &'a Council,
    contents: &'a [Box<Messages>],
    directory: &'a Directory,
    calendar: &'a WorkingCalendar,
    place: Place,
    /// The ids whose words have been looked at, by their list and topic.
    seen: BTreeSet<(&'static str, &'static str, &'static str)>,
    count: usize,
}

/// Runs a trial for every council at once, and counts its combinations.
pub fn at_every_council(trial: impl Fn(&mut Trial<'_>) + Sync) -> usize {
    let (contents, calendar) = (REGISTERS.map(common::content_in), common::calendar());
    let directory = Directory::parse("signposts.json", &common::public("signposts.json")).unwrap();
    thread::scope(|scope| {
        let run = |id: &'static str| {
            let (contents, calendar, directory, trial) = (&contents, &calendar, &directory, &trial);
            scope.spawn(move || {
                let council = &common::council(id);
                let (place, seen) = (Place::of(id), BTreeSet::new());
                let mut held = Trial { council, contents, directory, calendar, place, seen, count: 0 };
                trial(&mut held);
                held.count
            })
        };
        // All are started before any is waited for.
        let running: Vec<_> = COUNCILS.into_iter().map(run).collect();
        running.into_iter().map(|council| council.join().unwrap()).sum()
    })
}

impl Trial<'_> {
    /// Decides a combination twice. What comes of it can be read and followed.
    pub fn hold(&mut self, answers: &Answers) -> Advice {
        self.count += 1;
        let facts = Value::Object(answers.0.clone());
        let read = Facts::deserialize(&facts).unwrap_or_else(|error| panic!("{facts}: {error}"));
        let advice = advise(&read, &self.council.rules, self.council.counting(self.calendar));
        let said = decide(&facts, self.place);
        let at = || format!("{facts} at {}\nthe rules: {advice:?}\nthe oracle: {said:?}", self.council.id);
        assert!(is_same(&advice, &said), "{}", at());
        let ways_on = leads_on(&advice);
        assert!(ways_on, "no way on: {}", at());
        self.check_words(&advice);
        self.check_dates(&advice.deadlines);
        advice
    }

    /// Returns true the first time that an id comes out.
    fn is_new(&mut self, list: &'static str, id: &'static str) -> bool {
        self.seen.insert((list, id, ""))
    }

    /// Everything that came out has words in every register, without gaps, and everybody named can be reached.
    fn check_words(&mut self, advice: &Advice) {
        if self.is_new("outcome", advice.outcome.id()) {
            self.each(|content| content.outcome(advice.outcome), advice.outcome.id());
        }
        for flag in advice.flags.iter() {
            if self.is_new("flag", flag.id()) {
                self.each(|content| content.flag(flag), flag.id());
            }
        }
        for (topic, route) in advice.parts.iter() {
            if self.seen.insert(("route", route.id(), topic.id())) {
                self.each(|content| content.route(topic, *route), route.id());
            }
        }
        for signpost in advice.signposts.iter() {
            if self.is_new("signpost", signpost.id()) {
                for content in self.contents {
                    let words = content.signpost(signpost).expect("a signpost without words");
                    self.check_text(&[&words.name, &words.about], signpost.id());
                }
                let reached = self.can_be_reached(signpost);
                assert!(reached, "{signpost:?}: no way to reach it at {}", self.council.id);
            }
        }
    }

    /// Looks at the same words in every register.
    fn each(&self, words: impl Fn(&Messages) -> Option<&TextBlock>, id: &str) {
        for content in self.contents {
            let told = words(content).unwrap_or_else(|| panic!("{id} has no words: {}", content.register));
            assert!(!told.body.is_empty(), "{id} says nothing: {}", content.register);
            self.check_text(&[&told.title].into_iter().chain(&told.body).map(String::as_str).collect::<Vec<_>>(), id);
        }
    }

    fn check_text(&self, texts: &[&str], id: &str) {
        for text in texts {
            let text = fill(text, &[("council", &self.council.short_name), ("advocate", "1"), ("team", "2")]);
            assert!(!text.trim().is_empty() && !text.contains(['{', '}']), "{id}: empty, or with a gap: {text:?}");
        }
    }

    fn can_be_reached(&self, signpost: SignpostId) -> bool {
        let general = self.directory.contact(signpost).expect("a signpost without an entry");
        let contact = self.council.signposts.get(signpost).unwrap_or(general);
        let through = contact.through_council && !self.council.contact.telephone.is_empty();
        !contact.telephone.is_empty() || contact.web.is_some() || !contact.post.is_empty() || through
    }

    /// No date before its trigger, none on a day when nobody works, none at the latest before it is due; all with words.
    fn check_dates(&mut self, deadlines: &[Deadline]) {
        for deadline in deadlines {
            let months = deadline.clock == TimeLimit::Ombudsman;
            assert!(deadline.due > deadline.from, "{deadline:?}");
            assert!(deadline.latest.is_none_or(|latest| latest >= deadline.due), "{deadline:?}");
            for day in [Some(deadline.due), deadline.latest].into_iter().flatten() {
                assert!(months || Naive::shipped().is_working(day), "{deadline:?} ends when nobody works");
            }
            if self.is_new("clock", deadline.clock.id()) {
                for content in self.contents {
                    let (clock, basis) = (content.clock(deadline.clock), content.basis(deadline.clock.basis()));
                    assert!(!clock.is_empty() && !basis.is_empty(), "{deadline:?} has no words: {}", content.register);
                }
                self.each(|content| content.late(deadline.clock), deadline.clock.id());
            }
        }
    }
}

/// The rules and the oracle say the same. Of a first complaint about nothing, all but the outcome: nobody is asked for it.
fn is_same(advice: &Advice, said: &Said) -> bool {
    let line = |deadline: &Deadline| {
        let Deadline { clock, from, due, latest, about } = *deadline;
        Line { clock: clock.id(), from, due, latest, about }
    };
    said.outcome.is_none_or(|outcome| outcome == advice.outcome.id())
        && advice.flags.len() == said.flags.len()
        && advice.flags.iter().all(|flag| said.flags.contains(flag.id()))
        && advice.signposts.len() == said.signposts.len()
        && advice.signposts.iter().all(|signpost| said.signposts.contains(signpost.id()))
        && advice.parts.len() == said.parts.len()
        && advice.parts.iter().all(|(topic, route)| said.parts.get(routes::name(topic.id())) == Some(&route.id()))
        && advice.deadlines.len() == said.deadlines.len()
        && advice.deadlines.iter().all(|deadline| said.deadlines.contains(&line(deadline)))
}

/// Returns true where there is a way on: to the council, to somebody else, to the Ombudsman, or a question to put.
fn leads_on(advice: &Advice) -> bool {
    let to_council = advice.parts.iter().any(|(_, route)| *route != ProcedureRoute::Signpost);
    let to_ombudsman = advice.signposts.contains(SignpostId::Ombudsman);
    match advice.outcome {
        Outcome::StatutoryStage1 | Outcome::CorporateStage1 | Outcome::CouncilDecides | Outcome::Split => to_council,
        Outcome::Signpost => !to_council && (!advice.signposts.is_empty() || advice.parts.is_empty()),
        Outcome::Ombudsman | Outcome::Challenge => to_ombudsman,
        Outcome::AskStage => advice.flags.contains(Flag::WhichProcedureAsk),
        // A pause.
        Outcome::Wait => !to_ombudsman || advice.flags.contains(Flag::MayBePaused),
        Outcome::Emergency => advice.signposts.contains(SignpostId::Emergency),
        Outcome::EscalateStage2 | Outcome::EscalateStage3 | Outcome::EscalateCorporateStage2 => !to_ombudsman,
    }
}
