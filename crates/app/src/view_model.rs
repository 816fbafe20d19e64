//! The content of a page, computed from a [`Model`]: words filled in, dates counted, nothing left for the view to
//! decide.

mod advice;
mod check_answers;
mod draft;
mod files;
mod first_help;
mod guide;
mod letter;
mod progress;
mod question;
mod safety;
mod summary_list;

use std::{fmt, sync::Arc};

use crate::model::Model;
pub use crate::view_model::advice::{AdvicePage, DateLine, Part, Reachable, SHOWN, SignpostCard};
pub use crate::view_model::check_answers::{CheckPage, HandOverPage, Way};
pub use crate::view_model::draft::{DraftPage, KeepLine, Offer};
pub use crate::view_model::files::{FileLine, FilesControl};
pub use crate::view_model::first_help::FirstHelp;
pub use crate::view_model::letter::LetterView;
pub use crate::view_model::progress::{MomentLine, ProgressPage, Strip};
pub use crate::view_model::question::{
    AskedQuestion, Choice, ChoiceGroup, Control, DateWords, QuestionPage, Steps, field_id,
};
pub use crate::view_model::safety::Safety;
pub use crate::view_model::summary_list::Row;
use putright_domain::{
    council::Council,
    delivery::{response::DeliveryError, state_machine::Delivery},
    display_settings::DisplaySettings,
    form::{
        answer::{Field, QuestionId},
        flow::Asked,
        mistake::Mistake,
        question::QuestionKind,
    },
    guidance::{
        facts::{ids, one},
        signpost::{Contact, SignpostId},
    },
    messages::{MessageId, TextBlock},
    route::Route,
    submission::{format::Kind, from_answers},
};

/// A page.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewModel {
    /// The document's title. Never what was answered.
    pub title: String,
    /// The council's name in the header; empty where none has been chosen.
    pub council: String,
    /// The council's colour.
    pub colour: String,
    /// True if there is a page to go back to.
    pub back: bool,
    /// The mistakes to correct, or the reasons why nothing was sent.
    pub errors: Vec<ErrorLine>,
    /// The heading over them.
    pub errors_title: MessageId,
    /// For somebody who is not safe.
    pub safety: Arc<Safety>,
    /// Under the page: whether what was written is kept.
    pub keep: Option<KeepLine>,
    /// The rest.
    pub body: Body,
}

/// One line of the error summary.
#[derive(Clone, PartialEq, Eq)]
pub struct ErrorLine {
    /// The problem, and how to solve it.
    pub text: String,
    /// The id of the element to go to; empty for none.
    pub target: String,
    /// The question to change, where it is on another page.
    pub question: Option<QuestionId>,
    /// The question of this page that it belongs to, and the field; no question where it belongs to none.
    pub at: QuestionId,
    /// See [`Self::at`].
    pub field: Option<Field>,
}

impl fmt::Debug for ErrorLine {
    // A file's name may stand in its text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorLine").field("target", &self.target).finish_non_exhaustive()
    }
}

/// The kinds of page.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// A question, or something to read.
    Question(Box<QuestionPage>),
    /// The advice.
    Advice(Box<AdvicePage>),
    /// The progress of a complaint.
    Progress(Box<ProgressPage>),
    /// Check answers.
    Check(Box<CheckPage>),
    /// A copy to read out, or to post.
    HandOver(Box<HandOverPage>),
    /// The confirmation.
    Sent(Box<SentPage>),
    /// How complaints work.
    Guide(Vec<GuidePart>),
    /// How to reach the council.
    Contacts(Vec<CouncilCard>),
    /// A leaflet to print.
    Leaflet(Box<LeafletPage>),
    /// How to leave fast.
    ExitHelp,
    /// How the page looks.
    Look(DisplaySettings),
    /// Keep what was written.
    Draft(Box<DraftPage>),
}

/// The confirmation.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct SentPage {
    /// The council's reference; empty where it gives none.
    pub reference: String,
    /// The person's own copy number.
    pub copy_number: String,
    /// The day it was sent.
    pub sent_on: String,
    /// The warning that files are missing, or may be. Empty if all are known to have arrived.
    pub files: String,
    /// Help that comes first, and appeals that have a last day.
    pub help: FirstHelp,
    /// The events to expect, with their dates.
    pub dates: Vec<DateLine>,
    /// It is a letter about a complaint already made.
    pub follow_up: bool,
    /// The steps that are still possible if nobody can reach the person. Empty if somebody can.
    pub no_way_back: Vec<String>,
    /// People for the young to ring, as links.
    pub talk: Vec<String>,
    /// The councils to ask.
    pub councils: Vec<CouncilCard>,
    /// The answers that were sent.
    pub rows: Vec<Row>,
    /// True if a comment or a compliment was sent.
    pub thanks: bool,
    /// True if the person acts for others, and may want to go on for the next.
    pub for_others: bool,
    /// True if the page has been loaded again since. Then only reference, dates and telephone numbers are left.
    pub reloaded: bool,
}

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

/// How to reach a council.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CouncilCard {
    /// The council.
    pub name: String,
    /// The team.
    pub team: String,
    /// Its telephone numbers, address and page.
    pub reach: Reachable,
    /// The note with the source of an unconfirmed contact. Empty once somebody has confirmed it.
    pub unconfirmed: String,
    /// The lines to call about a child who is not safe.
    pub safeguarding: Reachable,
}

impl Model {
    /// Returns the view model of the current page.
    pub fn page(&self) -> ViewModel {
        let content = &self.bundle().content;
        let (heading, body) = match self.route() {
            Route::Guide | Route::GuidePart(_) => {
                (content.owned_word(MessageId::GuideTitle), Body::Guide(self.guide()))
            }
            Route::Contacts => (content.owned_word(MessageId::ContactsTitle), Body::Contacts(self.council_cards())),
            Route::Leaflet => {
                (content.owned_word(MessageId::LeafletTitle), Body::Leaflet(Box::new(self.leaflet_page())))
            }
            Route::ExitHelp => (content.owned_word(MessageId::ExitHelpTitle), Body::ExitHelp),
            Route::Look => (content.owned_word(MessageId::LookTitle), Body::Look(self.look())),
            Route::Draft => {
                let page = self.draft_page();
                (page.question.title.clone(), Body::Draft(Box::new(page)))
            }
            Route::Check => (content.owned_word(MessageId::CheckTitle), Body::Check(Box::new(self.check_page()))),
            Route::ReadOut | Route::ByPost => {
                let page = self.hand_over_page(*self.route() == Route::ByPost);
                (page.title.clone(), Body::HandOver(Box::new(page)))
            }
            Route::Sent => (content.owned_word(MessageId::SentTitle), Body::Sent(Box::new(self.sent_page()))),
            Route::Start | Route::Question(_) | Route::Words(_) => self.question_or_advice(),
        };
        let errors = self.error_lines();
        let prefix = if errors.is_empty() { "" } else { content.word(MessageId::ErrorPrefix) };
        let chosen = self.bundle().chosen;
        let council = self.council();
        ViewModel {
            title: [prefix, &heading, " – ", content.word(MessageId::ServiceName)].concat(),
            council: if chosen { self.header_name() } else { String::new() },
            colour: council.brand.colour.clone(),
            back: !matches!(self.route(), Route::Start | Route::Sent) && !self.keeping().asks(),
            errors_title: if *self.route() == Route::Check && self.errors().is_empty() {
                self.not_sent_title()
            } else {
                MessageId::ErrorSummary
            },
            errors,
            safety: self.safety(),
            keep: self.keep_line(),
            body,
        }
    }

    fn header_name(&self) -> String {
        if self.council_is_known() {
            return self.council().name.clone();
        }
        let names: Vec<&str> = self.bundle().councils().map(|council| council.short_name.as_str()).collect();
        names.join(" · ")
    }

    fn question_or_advice(&self) -> (String, Body) {
        let walk = self.walk();
        let on_page = match self.route() {
            Route::Question(id) => walk.pages.iter().chain(&walk.extras).find(|page| page.id() == id),
            _ => walk.pages.first(),
        };
        let first = on_page.and_then(|page| page.questions.first());
        let (Some(page), Some(Asked { question, .. })) = (on_page, first) else {
            return (String::new(), Body::Contacts(self.council_cards()));
        };
        match question.kind {
            // Not what we think: a title must not tell what was answered.
            QuestionKind::Advice => {
                let mut advice = self.advice_page(question);
                advice.steps = self.steps(page.step);
                (self.short_name(&question.id), Body::Advice(Box::new(advice)))
            }
            QuestionKind::Progress => {
                (self.short_name(&question.id), Body::Progress(Box::new(self.progress_page(question))))
            }
            _ => {
                let page = self.question_page(page);
                (page.title.clone(), Body::Question(Box::new(page)))
            }
        }
    }

    fn error_lines(&self) -> Vec<ErrorLine> {
        let content = &self.bundle().content;
        if let (Some(text), Route::Check) = (self.elsewhere_words(), self.route()) {
            return vec![ErrorLine { text, target: String::new(), question: None, at: QuestionId::new(), field: None }];
        }
        if let (Delivery::Failed(error), Route::Check) = (self.delivery(), self.route()) {
            return self.refusal_lines(error);
        }
        if let (Some(cut), Route::Check) = (self.cut(), self.route()) {
            let (max, length) = (cut.max.to_string(), cut.length.to_string());
            let button = content.word(MessageId::Send);
            let text = content.fill(MessageId::CutShort, &[("max", &max), ("length", &length), ("button", button)]);
            return vec![ErrorLine { text, target: String::new(), question: None, at: QuestionId::new(), field: None }];
        }
        if *self.route() == Route::Draft {
            return self.draft_errors();
        }
        let id = self.question_on_page();
        if id == ids::FILES {
            return self.file_errors();
        }
        self.errors()
            .iter()
            .map(|Mistake { question, error }| {
                let numbers = [("max", error.max.to_string()), ("over", error.over.to_string())];
                let values: Vec<(&str, &str)> = numbers.iter().map(|(name, value)| (*name, value.as_str())).collect();
                let target = self.target(error.field, question);
                let text = putright_domain::messages::fill(content.error(question, error.cause), &values);
                ErrorLine { text, target, question: None, at: question.clone(), field: error.field }
            })
            .collect()
    }

    fn refusal_lines(&self, error: &DeliveryError) -> Vec<ErrorLine> {
        let content = &self.bundle().content;
        let plain = |text: &str| ErrorLine {
            text: text.to_owned(),
            target: String::new(),
            question: None,
            at: QuestionId::new(),
            field: None,
        };
        let mut lines = vec![plain(&self.failure(error))];
        if let DeliveryError::Refused(refusals) = error {
            lines.extend(refusals.iter().filter(|refusal| !refusal.detail.is_empty()).map(|refusal| {
                let question = from_answers::question_at(&refusal.pointer, |id| self.walk().position(id).is_some());
                let label = self.file_at(&refusal.pointer).map(|file| file.name.clone());
                let label = label.or_else(|| question.as_deref().map(|id| self.short_name(id)));
                let text = label.map_or_else(
                    || refusal.detail.clone(),
                    |label| {
                        content.fill(MessageId::RefusedAnswers, &[("question", &label), ("detail", &refusal.detail)])
                    },
                );
                ErrorLine { question, ..plain(&text) }
            }));
        }
        lines
    }

    pub(super) fn question_on_page(&self) -> &str {
        match self.route() {
            Route::Question(id) => id,
            _ => self.first_question(),
        }
    }

    fn sent_page(&self) -> SentPage {
        let reference = match self.delivery() {
            Delivery::Delivered(receipt) => receipt.reference.clone(),
            _ => String::new(),
        };
        let answers = self.answers_on_the_way();
        let thanks = matches!(one(&answers, ids::WANT, Kind::from_id), Some(Kind::Comment | Kind::Compliment));
        let advice = self.advice();
        let promises = !thanks && !self.no_way_back();
        let record = self.keeping().record.as_deref();
        let line = |[what, due, latest]: &[String; 3]| DateLine {
            what: what.clone(),
            due: due.clone(),
            latest: latest.clone(),
            basis: String::new(),
            skipped: String::new(),
            about: String::new(),
        };
        let dates = match record {
            Some(record) => record.dates.iter().map(line).collect(),
            None if !promises => Vec::new(),
            None => self.date_lines(&advice.deadlines),
        };
        let mut councils = self.council_cards();
        for card in &mut councils {
            // The telephone alone: the rest is one link away, in help and contacts.
            card.reach.post.clear();
            card.reach.web.clear();
        }
        SentPage {
            reloaded: record.is_some(),
            help: if thanks || record.is_some() { FirstHelp::default() } else { self.help_after_sending(&advice) },
            follow_up: answers.get(ids::WANT).is_some_and(|answer| answer.has("progress")),
            thanks,
            for_others: answers.get(ids::AUTHORITY).is_some(),
            reference,
            copy_number: self.copy_number(),
            files: self.files_in_doubt(),
            sent_on: self.bundle().content.date(self.day()),
            dates,
            no_way_back: if promises || thanks || record.is_some() { Vec::new() } else { self.no_way_back_told() },
            talk: if thanks { Vec::new() } else { self.talk(&advice) },
            councils,
            rows: self.rows(),
        }
    }

    /// Returns the dates of the confirmation in words: the event, the day, and the last day where that is later.
    pub(super) fn sent_dates(&self) -> Vec<[String; 3]> {
        self.sent_page().dates.into_iter().map(|date| [date.what, date.due, date.latest]).collect()
    }

    fn leaflet_page(&self) -> LeafletPage {
        let sections = self.bundle().content.guide.iter().filter(|section| section.leaflet);
        let ids: Vec<&str> = sections.map(|section| section.id.as_str()).collect();
        let others = [SignpostId::Childline, SignpostId::Advocacy];
        LeafletPage {
            parts: self.guide().into_iter().filter(|part| ids.contains(&part.id.as_str())).collect(),
            councils: self.council_cards(),
            signposts: others.iter().filter_map(|id| self.signpost_card(*id)).collect(),
        }
    }

    /// How to reach the council, or each of them while it is not known which.
    pub fn council_cards(&self) -> Vec<CouncilCard> {
        self.councils_shown().into_iter().map(|council| self.council_card(council)).collect()
    }

    /// The council, or each of them while it is not known which.
    #[inline(never)]
    fn councils_shown(&self) -> Vec<&Council> {
        let known = self.council_is_known() && self.bundle().chosen;
        self.bundle().councils().filter(|council| !known || council.id == self.council().id).collect()
    }

    fn council_card(&self, council: &Council) -> CouncilCard {
        let content = &self.bundle().content;
        let unconfirmed = if council.contact_unconfirmed {
            content.fill(MessageId::ContactUnconfirmed, &[("source", &council.contact.source)])
        } else {
            String::new()
        };
        let mut reach = self.reachable(&council.contact);
        if council.contact_unconfirmed {
            reach.checked.clear();
        }
        let safeguarding = council.signposts.get(SignpostId::Safeguarding);
        CouncilCard {
            name: council.name.clone(),
            team: council.team.clone(),
            reach,
            unconfirmed,
            safeguarding: safeguarding.map(|contact| self.reachable(contact)).unwrap_or_default(),
        }
    }

    fn reachable(&self, contact: &Contact) -> Reachable {
        let checked = contact.checked.map(|date| self.bundle().content.checked(date));
        Reachable {
            telephone: contact.telephone.clone(),
            web: contact.web.clone().unwrap_or_default(),
            post: contact.post.clone(),
            checked: checked.unwrap_or_default(),
        }
    }
}
