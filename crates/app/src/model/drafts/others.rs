//! The other tabs of the site: which of them have the same visit, and what becomes of a draft when one of them sends or deletes it.

use crate::model::drafts::{DraftEffect, News, NotKept, Place, Trouble, What, errand};
use crate::model::{Effect, Model, attachments::FilesEffect, only};
use putright_domain::{
    delivery::state_machine::Delivery, draft::confirmation::SentRecord, messages::MessageId, route::Route,
};

impl Model {
    /// Returns the command that tells the other tabs about this visit; none before the visit has a number.
    pub(super) fn tell_tabs(&self, news: News) -> Vec<Effect> {
        if self.visit.is_empty() || matches!(self.courier.state(), Delivery::Delivered(_)) {
            return Vec::new();
        }
        only(errand(DraftEffect::Tell { visit: self.visit.clone(), news }))
    }

    /// Another tab has reported about a visit.
    pub(super) fn heard(&mut self, visit: &str, news: News) -> Vec<Effect> {
        if news == News::Deleted && self.holds_unopened(visit) {
            return self.drop_unopened();
        }
        if visit != self.visit {
            return Vec::new();
        }
        match news {
            News::Opened => match (self.courier.state(), &self.elsewhere) {
                (Delivery::Delivered(receipt), _) => self.tell_sent(receipt.reference.clone()),
                (_, Some(reference)) => self.tell_sent(reference.clone()),
                _ if self.is_untouched() => Vec::new(),
                _ => self.tell_tabs(News::Wrote),
            },
            News::Wrote if self.keeping.older || self.is_untouched() => Vec::new(),
            News::Wrote => {
                self.keeping.older = true;
                let mut commands = self.tell(MessageId::DraftNewer);
                commands.push(Effect::Files(FilesEffect::Show));
                commands
            }
            News::Deleted => {
                self.keeping.plan = None;
                self.keeping.wanted = None;
                self.keeping.off = true;
                let mut commands = only(errand(DraftEffect::DropOwn));
                commands.extend(self.trouble(Trouble::NotKept(NotKept::Gone)));
                commands.extend([Effect::Files(FilesEffect::Show), Effect::WarnOnLeaving(!self.is_untouched())]);
                commands
            }
        }
    }

    /// Returns the command that tells the other tabs that this visit has been sent.
    pub(in crate::model) fn tell_sent(&self, reference: String) -> Vec<Effect> {
        if self.visit.is_empty() {
            return Vec::new();
        }
        only(Effect::TellTabs { visit: self.visit.clone(), reference })
    }

    /// Returns whether the unopened draft of this tab may belong to that visit. A locked draft counts as such, because
    /// its visit cannot be read. Its store is read again at the next start.
    fn holds_unopened(&self, visit: &str) -> bool {
        self.keeping.asks()
            && self.keeping.found.as_ref().is_some_and(|found| match &found.what {
                What::Open(opened) => opened.draft.visit == visit,
                _ => true,
            })
    }

    fn drop_unopened(&mut self) -> Vec<Effect> {
        self.keeping.found = None;
        vec![errand(DraftEffect::Forget(Place::Tab)), Effect::Replace(Route::Start)]
    }

    /// It is with the council: the draft is deleted. Of what was sent, the confirmation alone stays in the tab.
    pub(in crate::model) fn drop_sent(&mut self) -> Vec<Effect> {
        let kept = self.keeping.plan.is_some() || self.keeping.wanted.is_some();
        self.keeping.forget(&self.bundle.content.register);
        let Delivery::Delivered(receipt) = self.courier.state() else {
            self.keeping.plan = None;
            return if kept { only(errand(DraftEffect::DropOwn)) } else { Vec::new() };
        };
        if !kept {
            return Vec::new();
        }
        let record = SentRecord {
            council: self.council().id.clone(),
            register: self.bundle.content.register.clone(),
            visit: self.attempt().map(|attempt| attempt.id.clone()).unwrap_or_default(),
            sent_on: self.day(),
            reference: receipt.reference.clone(),
            dates: self.sent_dates(),
        };
        let text = super::Secret(record.to_text());
        vec![errand(DraftEffect::DropOwn), errand(DraftEffect::Keep { place: Place::Tab, again: false, text })]
    }

    /// Another tab has sent what this one holds.
    pub(in crate::model) fn drop_sent_elsewhere(&mut self, visit: &str) -> Vec<Effect> {
        if self.holds_unopened(visit) { self.drop_unopened() } else { Vec::new() }
    }
}
