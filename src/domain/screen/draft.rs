//! Keeping what was written: what is kept now, the choices, what was found, and what went wrong.

use super::{Control, ErrorLine, QuestionPage, question};
use crate::domain::{
    content::Word,
    delivery::courier::Delivery,
    journey::{
        answer::{Field, Raw},
        question::{Question, QuestionKind},
    },
    route::Route,
    session::{
        Session,
        keeping::{CHOICE, CHOICES, Place, Trouble, What},
    },
    submission::draft::Cause,
};

/// The page on which a person chooses.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftPage {
    /// The choices, drawn as a question's; none while something is there that they would take the place of.
    pub question: QuestionPage,
    /// Whether something can be deleted.
    pub delete: bool,
    /// What is there and not opened.
    pub offer: Option<Offer>,
    /// Whether nothing can be locked.
    pub cannot_seal: bool,
    /// Whether it is being locked or unlocked.
    pub busy: bool,
    /// The page of the form to go on with.
    pub on: String,
}

/// What was kept before, and what can be done with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// From when it is, or why it cannot be opened.
    pub told: String,
    /// Whether it can be opened.
    pub open: bool,
    /// Whether it must be unlocked.
    pub locked: bool,
    /// Whether it can be deleted: it is not a file, and not deleted already.
    pub delete: bool,
}

/// Under a page: whether what was written is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeepLine {
    /// What is kept, or why it is not; empty where nothing has been chosen.
    pub told: String,
    /// Whether something can be deleted.
    pub delete: bool,
    /// Whether a file can be opened here.
    pub pick: bool,
}

impl Session {
    /// What is kept now, and until when.
    pub fn kept_now(&self) -> String {
        let content = &self.loaded().content;
        let Some(plan) = &self.keeping().plan else { return content.owned_word(Word::DraftNone) };
        let kept = match (plan.place, plan.until) {
            (Place::Device, Some(until)) => content.fill(Word::DraftDevice, &[("date", &content.date(until))]),
            _ => content.owned_word(Word::DraftTab),
        };
        if plan.passphrase.0.is_empty() { kept } else { [&kept, " ", content.word(Word::DraftLocked)].concat() }
    }

    pub(super) fn keep_line(&self) -> Option<KeepLine> {
        let form = matches!(self.route(), Route::Start | Route::Question(_) | Route::Check);
        let keeping = self.keeping();
        let delete = keeping.plan.is_some();
        if matches!(self.delivery(), Delivery::Delivered(_)) || *self.route() == Route::Draft || !(form || delete) {
            return None;
        }
        let told = match keeping.trouble {
            Some(trouble @ Trouble::NotKept(_)) => self.loaded().content.owned_word(trouble.word()),
            _ if delete => self.kept_now(),
            _ => String::new(),
        };
        Some(KeepLine { told, delete, pick: *self.route() == Route::Start && !keeping.cannot_seal })
    }

    pub(super) fn offer(&self) -> Option<Offer> {
        let content = &self.loaded().content;
        let found = self.keeping().found.as_ref()?;
        let delete = found.place.is_some();
        let (day, locked) = match &found.what {
            What::Open(opened) => (opened.draft.kept_on, false),
            What::Locked(sealed) => (sealed.header.kept_on, true),
            What::Bad(cause) => {
                let told = content.owned_word(Trouble::Unreadable(*cause).word());
                return Some(Offer { told, open: false, locked: false, delete: delete && *cause != Cause::Expired });
            }
        };
        let mut told = content.fill(Word::DraftFound, &[("date", &content.date(day))]);
        if !self.is_untouched() {
            told = [&told, " ", content.word(Word::DraftReplaces)].concat();
        }
        Some(Offer { told, open: true, locked, delete })
    }

    pub(super) fn draft_page(&self) -> DraftPage {
        let keeping = self.keeping();
        let offer = self.offer();
        let stands = offer.as_ref().is_some_and(|offer| offer.open || offer.delete);
        let can = |id: &&str| !(keeping.cannot_seal && *id == "file");
        let options = CHOICES.into_iter().filter(can).map(str::to_owned).collect();
        let asked = Question { id: CHOICE.to_owned(), kind: QuestionKind::ChooseOne { options }, optional: false };
        let mut question = self.question_page(&asked);
        if stands {
            question.control = Control::None;
            question.body.clear();
        } else {
            question.body.insert(0, ["> ", &self.kept_now()].concat());
        }
        let chosen = if keeping.chosen.is_empty() { "nothing" } else { &keeping.chosen };
        question.raw = Raw::choosing([chosen]);
        DraftPage {
            question,
            delete: keeping.plan.is_some(),
            cannot_seal: keeping.cannot_seal,
            busy: keeping.busy(),
            on: self.form_page().to_string(),
            offer,
        }
    }

    /// What went wrong: at the passphrase, or with the choice.
    pub(super) fn draft_errors(&self) -> Vec<ErrorLine> {
        let Some(trouble) = self.keeping().trouble else { return Vec::new() };
        let passphrase = matches!(trouble, Trouble::NoPassphrase | Trouble::ShortPassphrase | Trouble::WrongPassphrase);
        let field = passphrase.then_some(Field::Text);
        let text = self.loaded().content.owned_word(trouble.word());
        vec![ErrorLine { text, target: field.map(question::field_id).unwrap_or_default(), question: None, field }]
    }
}
