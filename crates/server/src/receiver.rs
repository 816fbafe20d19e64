//! The state of the receiver, which every address under `/api` shares.

use std::{net::IpAddr, num::NonZeroU32, sync::Arc, time::Duration};

use axum::http::{HeaderName, HeaderValue};
use sha2::{Digest, Sha256};
use tokio::time;

use crate::{
    admission::Admission, file_limits::FileLimits, objects::FileStorage, outbox::Notices, pages::Cache,
    problem::Problem, rate_limit, readiness::Readiness, request_log, store::StoreError, validate::Validator,
    writer::StoreWriter,
};

/// The time to count a sender at all receivers.
const COUNTING: Duration = Duration::from_secs(5);
/// The header of an answer to a submission that was stored before.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// The state that answers requests.
pub struct Receiver {
    /// The threads that write to the store.
    pub writer: Arc<StoreWriter>,
    /// The place of the files' content.
    pub storage: FileStorage,
    /// The checks before a submission is stored.
    pub validator: Validator,
    /// The limits on how many submissions come, and on how many at once.
    pub admission: Admission,
    /// The most bytes of the JSON of one.
    pub max_body: usize,
    /// The limits on the files of one.
    pub limits: FileLimits,
    /// True if the sender's address is in a header that a proxy of ours wrote.
    pub behind_proxy: bool,
    /// The pages that answer a plain form, and the councils of the site.
    pub cache: Cache,
    /// The other sites whose pages may send here.
    pub origins: Vec<HeaderValue>,
    /// The time in which a part of a body must arrive: see `pace`.
    pub stalled: Duration,
    /// The time for a body without files: a long account over a slow telephone connection takes seconds, not minutes.
    pub body_time: Duration,
    /// The time for a body with files: photographs over the same connection take minutes.
    pub files_time: Duration,
    /// The last result of `/api/ready`.
    pub readiness: Readiness,
    /// The number of complaints a minute from one sender, where other receivers of the same store count too.
    pub shared_rate: Option<NonZeroU32>,
    /// The channels by which somebody is told.
    pub notices: Notices,
}

impl Receiver {
    /// Counts a submission of a sender, here and at the receivers that share the store. Without the store, this receiver's count
    /// alone holds: storing the submission will fail anyway.
    pub async fn count(&self, sender: IpAddr) -> Result<(), Problem> {
        self.admission.count(sender)?;
        let Some(rate) = self.shared_rate else { return Ok(()) };
        let key = Sha256::digest(rate_limit::counted_as(sender).to_string());
        let counted = self.writer.run(move |store| store.count_sender(&key, rate.get()));
        match time::timeout(COUNTING, counted).await {
            Ok(Ok(Some(seconds))) => Err(Problem::TooMany(seconds)),
            Ok(Ok(None)) | Err(_) => Ok(()),
            Ok(Err(error)) => {
                request_log::log_fault(&error);
                Ok(())
            }
        }
    }

    /// Forgets quiet senders, each minute, until the runtime ends.
    pub fn forget_in_background(self: &Arc<Self>) {
        self.admission.forget_in_background();
        if self.shared_rate.is_none() {
            return;
        }
        let receiver = Arc::downgrade(self);
        tokio::spawn(async move {
            loop {
                time::sleep(Duration::from_secs(60)).await;
                let Some(receiver) = receiver.upgrade() else { return };
                // The next minute tries again.
                let _ = receiver.writer.run(|store| store.forget_senders()).await;
            }
        });
    }
}

/// Logs why a submission was not stored, and returns the answer.
pub fn not_stored(error: &StoreError) -> Problem {
    match error {
        StoreError::KeyTaken => Problem::KeyTaken,
        StoreError::Full => Problem::Busy(5),
        error => {
            request_log::log_fault(error);
            Problem::NotStored
        }
    }
}
