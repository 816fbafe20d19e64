//! The content of a page, computed from a [`Model`]: words filled in, dates counted, nothing left for the view to
//! decide. These are free functions of `&Model`: none changes it, and none makes an effect.

pub(crate) mod advice;
pub(crate) mod calendar;
pub(crate) mod channels;
pub(crate) mod check_answers;
pub(crate) mod confirmation;
pub(crate) mod contacts;
pub(crate) mod copies;
pub(crate) mod dates;
pub(crate) mod draft;
pub(crate) mod error_line;
pub(crate) mod errors;
pub(crate) mod exclusions;
pub(crate) mod failure;
pub(crate) mod field_ids;
pub(crate) mod files;
pub(crate) mod first_help;
pub(crate) mod flags;
pub(crate) mod guide;
pub(crate) mod input;
pub(crate) mod letter;
pub(crate) mod letter_page;
pub(crate) mod progress;
pub(crate) mod question;
pub(crate) mod reference;
pub(crate) mod safety;
mod spoken;
pub(crate) mod summary_list;
pub(crate) mod timeline;
pub(crate) mod words;

use std::sync::Arc;

use crate::model::Model;
use putright_domain::{
    display_settings::DisplaySettings,
    form::{flow::FlowQuestion, question::QuestionKind},
    messages::MessageId,
    route::Route,
};

pub use advice::{AdvicePage, SHOWN, TopicRoute};
pub use calendar::calendar_file;
pub use channels::{ChannelOption, means_offered};
pub use check_answers::CheckPage;
pub use confirmation::SentPage;
pub use contacts::{CouncilCard, Reachable, SignpostCard, council_cards};
pub use copies::{HandOverPage, copy_as_data, copy_as_page, copy_as_text, summary};
pub use dates::DateLine;
pub use draft::{DraftPage, KeepLine, Offer, kept_now};
pub use error_line::ErrorLine;
pub use failure::elsewhere_words;
pub use field_ids::field_id;
pub use files::{FileLine, FilesControl};
pub use first_help::FirstHelp;
pub use guide::{GuidePart, LeafletPage, guide};
pub use input::input;
pub use letter::{LetterView, letter, letter_to_send};
pub use letter_page::letter_file;
pub use progress::ProgressPage;
pub use question::{AskedQuestion, Choice, ChoiceGroup, Control, DateWords, QuestionPage, Steps};
pub use safety::Safety;
pub use summary_list::{Row, rows};
pub use timeline::{MomentLine, Strip};

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
    pub body: PageBody,
}

/// The kinds of page.
#[derive(Clone, Debug, PartialEq)]
pub enum PageBody {
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

/// Returns the view model of the current page.
pub fn page(model: &Model) -> ViewModel {
    let content = &model.bundle().content;
    let (heading, body) = match model.route() {
        Route::Guide | Route::GuidePart(_) => {
            (content.owned_word(MessageId::GuideTitle), PageBody::Guide(guide::guide(model)))
        }
        Route::Contacts => {
            (content.owned_word(MessageId::ContactsTitle), PageBody::Contacts(contacts::council_cards(model)))
        }
        Route::Leaflet => {
            (content.owned_word(MessageId::LeafletTitle), PageBody::Leaflet(Box::new(guide::leaflet_page(model))))
        }
        Route::ExitHelp => (content.owned_word(MessageId::ExitHelpTitle), PageBody::ExitHelp),
        Route::Look => (content.owned_word(MessageId::LookTitle), PageBody::Look(model.look())),
        Route::Draft => {
            let page = draft::draft_page(model);
            (page.question.title.clone(), PageBody::Draft(Box::new(page)))
        }
        Route::Check => {
            (content.owned_word(MessageId::CheckTitle), PageBody::Check(Box::new(check_answers::check_page(model))))
        }
        Route::ReadOut | Route::ByPost => {
            let page = copies::hand_over_page(model, *model.route() == Route::ByPost);
            (page.title.clone(), PageBody::HandOver(Box::new(page)))
        }
        Route::Sent => {
            (content.owned_word(MessageId::SentTitle), PageBody::Sent(Box::new(confirmation::sent_page(model))))
        }
        Route::Start | Route::Question(_) | Route::Words(_) => question_or_advice(model),
    };
    let errors = errors::error_lines(model);
    let prefix = if errors.is_empty() { "" } else { content.word(MessageId::ErrorPrefix) };
    let chosen = model.bundle().chosen;
    let council = model.council();
    ViewModel {
        title: [prefix, &heading, " – ", content.word(MessageId::ServiceName)].concat(),
        council: if chosen { header_name(model) } else { String::new() },
        colour: council.brand.colour.clone(),
        back: !matches!(model.route(), Route::Start | Route::Sent) && !model.drafts().asks(),
        errors_title: if *model.route() == Route::Check && model.errors().is_empty() {
            failure::not_sent_title(model)
        } else {
            MessageId::ErrorSummary
        },
        errors,
        safety: safety::safety(model),
        keep: draft::keep_line(model),
        body,
    }
}

fn header_name(model: &Model) -> String {
    if model.council_is_known() {
        return model.council().name.clone();
    }
    let names: Vec<&str> = model.bundle().councils().map(|council| council.short_name.as_str()).collect();
    names.join(" · ")
}

fn question_or_advice(model: &Model) -> (String, PageBody) {
    let walk = model.walk();
    let on_page = match model.route() {
        Route::Question(id) => walk.pages.iter().chain(&walk.extras).find(|page| page.id() == id),
        _ => walk.pages.first(),
    };
    let first = on_page.and_then(|page| page.questions.first());
    let (Some(page), Some(FlowQuestion { question, .. })) = (on_page, first) else {
        return (String::new(), PageBody::Contacts(contacts::council_cards(model)));
    };
    match question.kind {
        // Not what we think: a title must not tell what was answered.
        QuestionKind::Advice => {
            let mut advice = advice::advice_page(model, question);
            advice.steps = question::steps(model, page.step);
            (words::short_name(model, &question.id), PageBody::Advice(Box::new(advice)))
        }
        QuestionKind::Progress => (
            words::short_name(model, &question.id),
            PageBody::Progress(Box::new(progress::progress_page(model, question))),
        ),
        _ => {
            let page = question::question_page(model, page);
            (page.title.clone(), PageBody::Question(Box::new(page)))
        }
    }
}
