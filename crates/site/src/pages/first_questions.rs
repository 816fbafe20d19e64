//! The first questions, drawn before anybody has answered one: each page that a few answers lead to, and where its Continue leads.
//!
//! A model is led along every way for a few steps. What is drawn beforehand must not depend on who looks: a question stands there
//! only where it looks the same whatever led to it, and Continue leads on only where every way from there leads to the same page.
//! Everything else waits for the app.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use putright::ui::{self, Ctx, Html, first_questions, ssr};
use putright_app::{
    Effect, Event, Model,
    safety::Live,
    view_model::{self, AskedQuestion, Control, PageBody, QuestionPage},
};
use putright_domain::{
    bundle::Bundle,
    date::Date,
    form::answer::FormInput,
    route::{Route, WAIT},
};

/// The number of answers that pages are drawn for in advance. Each further page is half a kilobyte that everybody
/// fetches.
const STEPS: usize = 2;
/// The most ways on that the stylesheet tells apart.
const WAYS: usize = 6;

/// A question and where each answer leads.
struct Found {
    page: QuestionPage,
    /// True if the page looks different after other answers.
    varies: bool,
    /// The address that each option leads to, by its place. Written text leads to the address of the first option.
    leads: BTreeMap<usize, BTreeSet<String>>,
}

/// Draws the HTML of the first questions. `waiting`: the way on for people whose app never loads. `whole`: the page is
/// of one council and has the next questions too. Otherwise it has the first question alone.
pub fn html(bundle: &Arc<Bundle>, today: Date, waiting: Option<&ui::PlainFormLink>, whole: bool) -> String {
    let mut found = Vec::new();
    let mut level = vec![Vec::new()];
    for _ in 0..if whole { STEPS } else { 1 } {
        level = level.iter().flat_map(|path| explore(&mut found, bundle, today, path)).collect();
    }
    found.retain(|one| !one.varies);
    let first = view_model::page(&Model::new(Arc::clone(bundle), today));
    let address = |page: &QuestionPage| match &first.body {
        PageBody::Question(question) if question.id == page.id => Route::Start.to_string(),
        _ => Route::Question(page.id.clone()).to_string(),
    };
    let asides = [Route::Guide, Route::Contacts].map(|route| route.to_string());
    let there: BTreeSet<String> = found.iter().map(|one| address(&one.page)).chain(asides).collect();
    let wait = drawn(bundle, today, |ctx| first_questions::wait(ctx, waiting));
    let mut html = format!("<section class=\"pr-opening\" id=\"/{WAIT}\">{wait}</section>");
    // The first comes last: a stylesheet can tell what stands before it, and not what stands after.
    for one in found.iter().rev() {
        let id = &one.page.id;
        let (class, own) = match address(&one.page).strip_prefix("#/question/") {
            Some(_) => ("pr-opening", format!(" id=\"/question/{id}\"")),
            None => ("pr-opening pr-opening--first", String::new()),
        };
        let question = one.html(bundle, today, &there);
        // Pictures of a page that is not shown yet would come before the app.
        let question = if own.is_empty() { question } else { question.replace("<img ", "<img loading=\"lazy\" ") };
        html.extend(["<section class=\"", class, "\"", &own, " data-question=\"", id, "\">", &question, "</section>"]);
    }
    html
}

/// Looks at the page that a path leads to, and gives the paths that lead on from it.
fn explore(
    found: &mut Vec<Found>,
    bundle: &Arc<Bundle>,
    today: Date,
    path: &[(String, FormInput)],
) -> Vec<Vec<(String, FormInput)>> {
    let PageBody::Question(page) = view_model::page(&led(bundle, today, path)).body else { return Vec::new() };
    let answers = answers(&page);
    if answers.is_empty() {
        return Vec::new();
    }
    let place = found.iter().position(|one| one.page.id == page.id).unwrap_or_else(|| {
        found.push(Found { page: (*page).clone(), varies: false, leads: BTreeMap::new() });
        found.len() - 1
    });
    if shown(&page).count() > 1 {
        // What several answers lead to together, only the app can tell.
        let wait = format!("#/{WAIT}");
        if let Some(one) = found.get_mut(place) {
            one.leads.extend((0..answers.len()).map(|at| (at, BTreeSet::from([wait.clone()]))));
        }
        return Vec::new();
    }
    let mut on = Vec::new();
    for (at, raw) in answers.into_iter().enumerate() {
        let commands = led(bundle, today, path).update(Event::Answered(vec![(page.id.clone(), raw.clone())]), today);
        let Some(route) = going(&commands) else { continue };
        if let Some(one) = found.get_mut(place) {
            one.varies |= one.page != *page;
            // Where the page asks for more, only the app can go on.
            let to = if stays(route, &page.id) { format!("#/{WAIT}") } else { route.to_string() };
            one.leads.entry(at).or_default().insert(to);
        }
        if matches!(route, Route::Question(_)) && !stays(route, &page.id) {
            on.push(path.iter().cloned().chain([(page.id.clone(), raw)]).collect());
        }
    }
    on
}

/// Returns true where a route leads to the page itself.
fn stays(route: &Route, page: &str) -> bool {
    matches!(route, Route::Question(id) if id == page)
}

/// A model after these answers, on the page that they lead to.
fn led(bundle: &Arc<Bundle>, today: Date, path: &[(String, FormInput)]) -> Model {
    let mut model = Model::new(Arc::clone(bundle), today);
    for (question, raw) in path {
        let commands = model.update(Event::Answered(vec![(question.clone(), raw.clone())]), today);
        if let Some(route) = going(&commands) {
            model.update(Event::Navigated(route.clone()), today);
        }
    }
    model
}

fn going(commands: &[Effect]) -> Option<&Route> {
    commands.iter().find_map(|command| match command {
        Effect::Go(route) => Some(route),
        _ => None,
    })
}

/// The questions that stand on a page before anything is answered there.
fn shown(page: &QuestionPage) -> impl Iterator<Item = &AskedQuestion> {
    page.questions.iter().filter(|asked| asked.shown)
}

/// One answer to the first question for each way that may lead on; none for what only the app can ask.
fn answers(page: &QuestionPage) -> Vec<FormInput> {
    let Some(first) = shown(page).next() else { return Vec::new() };
    match &first.control {
        Control::Radios(choices) => choices.iter().map(|choice| FormInput::choosing([choice.id.as_str()])).collect(),
        Control::None => vec![FormInput::default()],
        Control::Text { .. } | Control::LongText { .. } if first.optional => vec![FormInput::default()],
        _ => Vec::new(),
    }
}

impl Found {
    fn html(&self, bundle: &Arc<Bundle>, today: Date, there: &BTreeSet<String>) -> String {
        let wait = format!("#/{WAIT}");
        let lead = |at: usize| {
            let to = self.leads.get(&at).filter(|to| to.len() == 1).and_then(|to| to.first());
            to.filter(|to| there.contains(*to)).unwrap_or(&wait)
        };
        let all: BTreeSet<&String> = self.leads.keys().map(|at| lead(*at)).collect();
        // What would be one too many waits.
        let waits = all.contains(&wait) || all.len() > WAYS;
        let mut ways: Vec<&String> = all.into_iter().filter(|way| **way != wait).collect();
        ways.truncate(WAYS - usize::from(waits));
        ways.extend(waits.then_some(&wait));
        let to = |at: usize| if ways.contains(&lead(at)) { lead(at) } else { &wait };
        let mut asked = shown(&self.page);
        let first = asked.next().filter(|_| asked.next().is_none());
        let chosen = first.is_some_and(|asked| matches!(asked.control, Control::Radios(_)));
        let goes: Vec<first_questions::Go> = ways
            .iter()
            .zip(1..)
            .map(|(href, way)| first_questions::Go {
                when: if chosen { way.to_string() } else { "on".into() },
                href: (*href).clone(),
            })
            .collect();
        let mut html = drawn(bundle, today, |ctx| first_questions::question(ctx, &self.page, &goes));
        for at in self.leads.keys() {
            let Some(way) = ways.iter().position(|way| *way == to(*at)) else { continue };
            let [plain, marked] = ["", &format!(" pr-to-{}", way + 1)]
                .map(|mark| format!("class=\"govuk-radios__input{mark}\" id=\"choice-{at}\""));
            html = html.replace(&plain, &marked);
        }
        // Several questions stand in one page, and an id may stand there once.
        for name in ["id", "for", "aria-describedby", "aria-labelledby", "aria-controls"] {
            html = html.replace(&format!(" {name}=\""), &format!(" {name}=\"{}.", self.page.id));
        }
        html.replace("href=\"#missing\"", &format!("href=\"#{}.missing\"", self.page.id))
    }
}

fn drawn(bundle: &Arc<Bundle>, today: Date, draw: impl Fn(&Ctx) -> Html) -> String {
    ssr::html(bundle, view_model::page(&Model::new(Arc::clone(bundle), today)), Live::default(), |ctx, _| draw(ctx))
}
