//! The part of a visit that takes the answers of a page. It decides which questions are asked, which answers need
//! correcting, and what an answer changes elsewhere.

use std::sync::Arc;

use crate::model::{Effect, Focus, Model, is_told, only};
use putright_domain::{
    bundle::Bundle,
    form::{
        answer::{Answer, Answers, FormInput, QuestionId, numbered, unnumbered},
        flow::{Asked, Page},
        mistake::Mistake,
        question::QuestionKind,
    },
    guidance::facts::{YES, ids},
    route::Route,
};

/// Looks at a question that is asked: its place on the page, and the answers so far, which it may change.
type Visit<'v, 'a> = &'v mut dyn FnMut(usize, &'a Asked, &mut Answers);

/// A set of a page's questions: the bit of each is its place on the page.
pub type Shown = u32;

impl Model {
    /// Continue was pressed on a page of these questions. Those that are not asked are not read.
    pub(super) fn answered(&mut self, given: Vec<(QuestionId, FormInput)>) -> Vec<Effect> {
        let bundle = Arc::clone(&self.bundle);
        let flow = &bundle.flow;
        let Some(page) = given.first().and_then(|(id, _)| flow.page_of(id)) else { return Vec::new() };
        if given.iter().any(|(id, _)| id == ids::FILES)
            && let Some(commands) = self.hold_files()
        {
            return commands;
        }
        let mut mistakes = Vec::new();
        let mut taken = Vec::new();
        let answers = self.through(page, &mut |_, asked, answers| {
            let id = &asked.question.id;
            let Some((_, raw)) = given.iter().find(|(one, _)| one == id) else { return };
            match asked.question.parse(raw, self.reading()) {
                Ok(answer) => {
                    answers.set(id, answer);
                    taken.push(asked);
                }
                Err(errors) => {
                    answers.forget(id);
                    mistakes.extend(errors.into_iter().map(|error| Mistake { question: id.clone(), error }));
                }
            }
        });
        if !mistakes.is_empty() {
            // That another was asked for is not kept: it is asked for again once the page is right.
            let another = another_of(Some(page));
            for (id, raw) in given.into_iter().filter(|(id, _)| *id != another) {
                self.pending.insert(&id, raw);
            }
            self.errors = mistakes;
            return only(Effect::Focus(Focus::Summary));
        }
        self.take(&taken, &answers);
        let next = self.after(page.id());
        // Whoever comes back is to be on the next page, not on this one again.
        self.keeping.form.clone_from(&next);
        let mut commands = only(Effect::WarnOnLeaving(self.warns()));
        commands.extend(self.keep_now());
        commands.push(Effect::Go(next));
        commands
    }

    /// Returns true if pressing Continue on a page with these questions would find no mistake.
    pub(super) fn would_take(&self, given: &[(QuestionId, FormInput)]) -> bool {
        let Some(page) = given.first().and_then(|(id, _)| self.bundle.flow.page_of(id)) else { return false };
        let mut taken = true;
        self.through(page, &mut |_, asked, answers| {
            let id = &asked.question.id;
            let raw = given.iter().find(|(one, _)| one == id).map(|(_, raw)| raw.clone()).unwrap_or_default();
            match asked.question.parse(&raw, self.reading()) {
                Ok(answer) => answers.set(id, answer),
                Err(_) => taken = false,
            }
        });
        taken
    }

    /// Takes the answers to these questions, and lets go of what no longer holds.
    fn take(&mut self, taken: &[&Asked], answers: &Answers) {
        let council = self.council().id.clone();
        let letter = self.letter();
        for Asked { question, .. } in taken {
            let id = &question.id;
            let Some(answer) = answers.get(id).cloned() else { continue };
            let answer = match (&question.kind, answer) {
                // Not changed, it follows the answers as they change.
                (QuestionKind::Letter { .. }, Answer::Text(text)) if self.is_our_letter(&text) => Answer::Seen,
                (QuestionKind::Files, _) => self.files_answer(),
                (_, answer) => answer,
            };
            self.answers.set(id, answer);
            self.pending.remove(id);
        }
        self.errors.clear();
        if taken.iter().all(|asked| asked.question.id != ids::LETTER) && self.letter() != letter {
            self.reopen_letter();
        }
        if taken.iter().any(|asked| is_told(&asked.question.kind)) {
            self.told = Some(self.advice());
        } else if self.walk().open().is_none_or(|question| is_told(&question.kind)) && self.told != Some(self.advice())
        {
            // While something is left to answer, what the rules say is not final.
            self.forget_advice();
        }
        if self.council().id != council {
            // Who will see it has changed, so that must be agreed to anew.
            self.answers.forget(ids::SHARING);
            self.pending.remove(ids::SHARING);
            // And it may take other files.
            self.recheck_files();
        }
        self.written();
    }

    /// The advice has changed: whoever read it must see the new.
    pub(super) fn forget_advice(&mut self) {
        let bundle = Arc::clone(&self.bundle);
        for question in bundle.flow.questions().filter(|question| is_told(&question.kind)) {
            self.answers.forget(&question.id);
        }
    }

    /// Parses the current inputs to the questions on the check page. Returns true if there is no mistake.
    pub(super) fn agreed(&mut self) -> bool {
        let bundle = Arc::clone(&self.bundle);
        self.errors.clear();
        for Asked { question, .. } in self.asked_on_check(&bundle) {
            match question.parse(&self.raw(&question.id), self.reading()) {
                Ok(answer) => {
                    self.answers.set(&question.id, answer);
                    self.pending.remove(&question.id);
                }
                Err(errors) => {
                    self.answers.forget(&question.id);
                    let mistakes = errors.into_iter().map(|error| Mistake { question: question.id.clone(), error });
                    self.errors.extend(mistakes);
                }
            }
        }
        self.errors.is_empty()
    }

    /// Returns true if the inputs to the questions on the check page have no mistake.
    pub(super) fn agrees(&self) -> bool {
        let fits = |asked: &Asked| asked.question.parse(&self.raw(&asked.question.id), self.reading()).is_ok();
        self.asked_on_check(&self.bundle).into_iter().all(fits)
    }

    /// Returns what check answers asks now.
    pub fn asked_on_check<'a>(&self, bundle: &'a Bundle) -> Vec<&'a Asked> {
        let walk = self.walk();
        let is_asked = |asked: &&Asked| walk.position(&asked.question.id).is_some();
        bundle.flow.check().iter().filter(is_asked).collect()
    }

    /// Takes a copy of a page away. Those after it move up.
    pub(super) fn remove_copy(&mut self, id: &str) -> Vec<Effect> {
        let bundle = Arc::clone(&self.bundle);
        let (first, number) = unnumbered(id);
        let page = |number: usize| bundle.flow.page_of(&numbered(first, number));
        let Some(before) = number.checked_sub(1).and_then(page) else { return Vec::new() };
        let more = self.answers.get(&another_of(page(number))).is_some_and(|answer| answer.has(YES));
        for at in number.. {
            let Some(gone) = page(at) else { break };
            for asked in &gone.questions {
                let (name, next) = (&asked.question.id, numbered(unnumbered(&asked.question.id).0, at + 1));
                match self.answers.get(&next).cloned() {
                    Some(answer) => self.answers.set(name, answer),
                    None => self.answers.forget(name),
                }
                match self.pending.get(&next).cloned() {
                    Some(raw) => self.pending.insert(name, raw),
                    None => {
                        self.pending.remove(name);
                    }
                }
            }
        }
        let id = another_of(Some(before));
        self.answers.set(&id, if more { Answer::One(YES.to_owned()) } else { Answer::Skipped });
        self.pending.remove(&id);
        let mut commands = self.keep_now();
        commands.push(Effect::Go(if more || !self.returning { self.route_of(before.id()) } else { Route::Check }));
        commands
    }

    /// Goes through the questions of a page that are asked, and returns the answers as `visit` leaves them. What it sets counts at
    /// once: a question may depend on the one before it.
    fn through<'a>(&self, page: &'a Page, visit: Visit<'_, 'a>) -> Answers {
        let mut answers = self.answers.clone();
        let walk = self.walk();
        let on_page = |id: &str| page.questions.iter().any(|asked| asked.question.id == id);
        let before = walk.ids().position(on_page).unwrap_or(walk.questions.len());
        let mut asked_so_far: Vec<_> = walk.questions.iter().take(before).copied().collect();
        for (at, asked) in page.questions.iter().enumerate() {
            let mut is_asked = asked.when.is_none();
            if !is_asked {
                self.in_situation(&answers, &mut |situation| is_asked = asked.is_asked(situation, &asked_so_far));
            }
            if is_asked {
                asked_so_far.push(&asked.question);
                visit(at, asked, &mut answers);
            }
        }
        answers
    }

    /// Returns the questions of the page that are asked as it stands: what is ticked counts before Continue is pressed.
    pub fn shown(&self) -> Shown {
        let Some(page) = self.bundle.flow.page_of(self.question_on_page()) else { return Shown::MAX };
        if page.questions.iter().all(|asked| asked.when.is_none()) {
            return Shown::MAX;
        }
        let mut shown = 0;
        self.through(page, &mut |at, asked, answers| {
            shown |= 1 << at;
            let id = &asked.question.id;
            match self.pending.get(id).map(|raw| asked.question.parse(raw, self.reading())) {
                Some(Ok(answer)) => answers.set(id, answer),
                Some(Err(_)) => answers.forget(id),
                None => {}
            }
        });
        shown
    }
}

/// Returns the id of the question whether a page comes once more; empty where it has none.
fn another_of(page: Option<&Page>) -> QuestionId {
    let mut asked = page.into_iter().flat_map(|page| &page.questions);
    let another = asked.find(|asked| matches!(asked.question.kind, QuestionKind::Another));
    another.map(|asked| asked.question.id.clone()).unwrap_or_default()
}
