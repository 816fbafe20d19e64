//! The channels of a receiver, and the bell that wakes them.

use std::{path::Path, sync::Arc};

use putright_domain::submission::format::Submission;
use tokio::sync::Notify;

use super::{NoticeChannel, plan::Plan, runner};
use crate::{ServerError, check_result::CheckResult, objects::FileStorage, writer::StoreWriter};

/// The channels of a receiver. Without `--notify` there are none.
pub struct Notices(Option<(Arc<Plan>, Arc<Notify>)>);

impl Notices {
    /// Reads the file that `--notify` names.
    ///
    /// # Errors
    /// Returns an error if the file, or one that it names, cannot be used.
    pub fn read(file: Option<&Path>) -> Result<Self, ServerError> {
        let plan = file.map(Plan::read).transpose()?;
        Ok(Self(plan.map(|plan| (plan, Arc::default()))))
    }

    /// Tries the channels without sending a notice.
    pub fn check(&self) -> Vec<CheckResult> {
        match &self.0 {
            Some((plan, _)) => plan.check(),
            None => vec![CheckResult::warning("nobody is told of a complaint: see --notify")],
        }
    }

    /// Returns the channels by which somebody is told of a submission.
    pub fn channels_for(&self, submission: &Submission) -> Vec<NoticeChannel> {
        self.0.as_ref().map(|(plan, _)| plan.channels_for(submission)).unwrap_or_default()
    }

    /// Returns the channels by which somebody is told of a file in quarantine.
    pub fn channels_for_quarantine(&self, council: &str) -> Vec<NoticeChannel> {
        self.0.as_ref().map(|(plan, _)| plan.channels_for_quarantine(council)).unwrap_or_default()
    }

    /// Wakes the channels after a submission was stored.
    pub fn wake(&self) {
        if let Some((_, bell)) = &self.0 {
            bell.notify_waiters();
        }
    }

    /// Delivers until the writer ends. Must be called inside a runtime. `has_scanner`: files for a drop wait for the virus scan.
    pub fn deliver_in_background(&self, writer: &Arc<StoreWriter>, storage: &FileStorage, has_scanner: bool) {
        if let Some((plan, bell)) = &self.0 {
            runner::deliver_in_background(plan, writer, storage, bell, has_scanner);
        }
    }
}
