//! The part of a visit that knows the way: which page an address leads to, which comes next, and what lies behind.

use crate::model::{Effect, Focus, Model, only};
use putright_domain::{
    delivery::state_machine::Delivery,
    form::{
        answer::{FormInput, QuestionId},
        flow::{Page, Place, Target},
        journey::{Journey, JourneyEnd},
    },
    route::Route,
};

impl Model {
    pub(super) fn navigated(&mut self, asked: &Route) -> Vec<Effect> {
        if let Route::Words(register) = asked {
            return self.register_asked(register);
        }
        let route = self.admit(asked);
        if route != *asked {
            return only(Effect::Replace(route));
        }
        let moves = route != self.route;
        // The browser tells of a page that the app itself has gone to, too.
        self.behind = Some(self.behind.map_or(0, |behind| behind.saturating_add(u32::from(moves))));
        if !moves {
            return Vec::new();
        }
        if route == Route::Check {
            self.returning = false;
        }
        if self.route == Route::Check && !matches!(route, Route::ReadOut | Route::ByPost) {
            self.courier.read();
            self.cut = None;
        }
        if self.route == Route::Draft {
            self.keeping.trouble = None;
        }
        if let Route::Start | Route::Question(_) | Route::Check = route {
            self.keeping.form.clone_from(&route);
        }
        self.leave_files();
        self.route = route;
        self.errors.clear();
        let changing = self.changing.take();
        let failed = match self.route {
            Route::Draft => self.keeping.trouble.is_some(),
            Route::Check => matches!(self.courier.state(), Delivery::Failed(_)),
            _ => self.on_files_page() && !self.file_faults().is_empty(),
        };
        only(Effect::Focus(match &self.route {
            part @ Route::GuidePart(_) => Focus::Element(part.place()),
            _ if failed => Focus::Summary,
            _ => changing.and_then(|id| self.place_on_page(&id)).map_or(Focus::Heading, Focus::Element),
        }))
    }

    /// The page that an address leads to: itself where its turn has come, else the first that has.
    pub(super) fn admit(&self, asked: &Route) -> Route {
        let delivered = matches!(self.courier.state(), Delivery::Delivered(_));
        let walk = self.walk();
        match asked {
            Route::Guide | Route::Contacts | Route::Leaflet | Route::ExitHelp | Route::Look => asked.clone(),
            Route::GuidePart(id) if self.bundle.content.guide.iter().any(|part| part.id == *id) => asked.clone(),
            Route::GuidePart(_) => Route::Guide,
            _ if delivered => Route::Sent,
            // First whether to go on with what was there before.
            _ if self.keeping.asks() => Route::Draft,
            // What is on its way can no longer be changed.
            _ if self.courier.is_busy() => Route::Check,
            Route::Start | Route::Draft => asked.clone(),
            Route::Question(id) if self.bundle.flow.page_of(id).is_some_and(|page| walk.page(page.id()).is_some()) => {
                self.route_of(id)
            }
            // What is read out, or posted, has a number.
            Route::ReadOut | Route::ByPost if walk.end == JourneyEnd::Check && self.is_made() => asked.clone(),
            Route::Question(_) | Route::Check | Route::ReadOut | Route::ByPost | Route::Sent | Route::Words(_) => {
                self.open_page(&walk)
            }
        }
    }

    pub(super) fn after(&self, id: &str) -> Route {
        let walk = self.walk();
        if self.returning {
            return self.open_page(&walk);
        }
        let next = walk.pages.iter().position(|page| page.id() == id).and_then(|at| walk.pages.get(at + 1));
        next.map_or_else(|| self.open_page(&walk), |page| self.route_of(page.id()))
    }

    /// The first page without an answer, or where the answers lead.
    pub(super) fn open_page(&self, walk: &Journey<'_>) -> Route {
        match walk.end {
            JourneyEnd::Check => Route::Check,
            JourneyEnd::Leave(Place::Guide) => Route::Guide,
            JourneyEnd::Leave(Place::Contacts) => Route::Contacts,
            JourneyEnd::Unanswered => walk.pages.last().map_or(Route::Start, |page| self.route_of(page.id())),
        }
    }

    /// Returns the page on which a question stands: check answers for what is asked there.
    pub fn route_of(&self, id: &str) -> Route {
        let flow = &self.bundle.flow;
        if flow.check().iter().any(|asked| asked.question.id == id) {
            return Route::Check;
        }
        let page = flow.page_of(id).map_or(id, Page::id);
        if self.first_question() == page { Route::Start } else { Route::Question(page.to_owned()) }
    }

    pub fn first_question(&self) -> &str {
        match self.bundle.flow.start() {
            Target::Page(index) => self.bundle.flow.page(index).map_or("", Page::id),
            Target::Check | Target::Leave(_) => "",
        }
    }

    /// Takes up what was answered before the app was there. What lies before the page that the person is on has been passed, and
    /// counts as answered; what stands on that page is still theirs to change.
    pub(super) fn adopt(&mut self, given: Vec<(QuestionId, FormInput)>, at: Option<&Route>) -> Vec<Effect> {
        let passed = |page: &Route| at != Some(page) && matches!(at, Some(Route::Question(_)) | None);
        let mut steps = 0;
        let mut given = given.into_iter().peekable();
        while let Some(first) = given.next() {
            if self.bundle.flow.question(&first.0).is_none() {
                continue;
            }
            let page = self.route_of(&first.0);
            let mut answers = vec![first];
            while let Some(more) = given.next_if(|(id, _)| self.route_of(id) == page) {
                answers.push(more);
            }
            let open = self.open_page(&self.walk()) == page;
            if open && passed(&page) && self.would_take(&answers) {
                self.answered(answers);
                steps += 1;
            } else {
                answers.retain(|(_, raw)| *raw != FormInput::default());
                for (id, raw) in answers {
                    self.pending.insert(&id, raw);
                }
            }
        }
        // Each was a page of its own in the history.
        self.behind = u32::checked_sub(steps, 1);
        let mut commands = only(Effect::WarnOnLeaving(self.warns()));
        commands.extend(self.keep_soon());
        if at.is_none() {
            commands.push(Effect::Replace(self.open_page(&self.walk())));
        }
        commands
    }
}
