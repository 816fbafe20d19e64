//! No channels: this program was built without the feature `notify`.

#![expect(
    clippy::unused_self,
    clippy::missing_const_for_fn,
    reason = "each stands in for a method that has work to do"
)]

use std::{path::Path, sync::Arc};

use putright_domain::submission::format::Submission;

use super::NoticeChannel;
use crate::{ServerError, check_result::CheckResult, objects::FileStorage, writer::StoreWriter};

/// No channels.
pub struct Notices;

impl Notices {
    /// Refuses `--notify`.
    ///
    /// # Errors
    /// Returns an error if a file is named.
    pub fn read(file: Option<&Path>) -> Result<Self, ServerError> {
        let problem = "this putright was built without it; build it with: make cli FEATURES=notify";
        file.map_or(Ok(Self), |_| Err(ServerError::new("--notify", problem)))
    }

    /// Says that there are none.
    pub fn check(&self) -> Vec<CheckResult> {
        vec![CheckResult::warning("nobody is told of a complaint: this putright was built without --notify")]
    }

    /// Returns no channel.
    pub fn channels_for(&self, _: &Submission) -> Vec<NoticeChannel> {
        Vec::new()
    }

    /// Returns no channel.
    pub fn channels_for_quarantine(&self, _: &str) -> Vec<NoticeChannel> {
        Vec::new()
    }

    /// Does nothing.
    pub fn wake(&self) {}

    /// Does nothing.
    pub fn deliver_in_background(&self, _: &Arc<StoreWriter>, _: &FileStorage, _: bool) {}
}
