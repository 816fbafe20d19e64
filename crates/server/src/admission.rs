//! Admits or refuses a submission before its body is read, by its sender's rate and by the number in progress.

use std::{net::IpAddr, num::NonZeroU32, sync::Arc};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task,
};

use super::{
    budget::{Budget, Held},
    problem::Problem,
    rate_limit::RateLimit,
};

/// The plain forms past the limit that one sender gets back each minute, with what was written.
const GIVEN_BACK: NonZeroU32 = NonZeroU32::new(5).unwrap();
/// The seconds after which a refused submission may find a place.
const SOON: u64 = 5;

/// The bounds on submissions from all senders.
pub struct Admission {
    limit: RateLimit,
    given_back: RateLimit,
    places: Arc<Semaphore>,
    budget: Arc<Budget>,
    /// Permits for work that keeps a processor busy. The other processors stay free to answer.
    workers: Arc<Semaphore>,
}

/// An admitted submission. Dropping it releases its place and its bytes.
pub struct AdmittedSubmission {
    _place: OwnedSemaphorePermit,
    /// The bytes it has reserved.
    pub held: Held,
}

impl Admission {
    /// Allows `rate` submissions a minute from one sender and `most_at_once` from all senders, within a budget of bytes.
    pub fn new(rate: NonZeroU32, most_at_once: usize, budget: Arc<Budget>) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            limit: RateLimit::per_minute(rate),
            given_back: RateLimit::per_minute(GIVEN_BACK),
            places: Arc::new(Semaphore::new(most_at_once)),
            budget,
            workers: Arc::new(Semaphore::new((processors / 2).max(1))),
        }
    }

    /// Counts a submission, whatever its outcome.
    ///
    /// # Errors
    /// Returns an error if the sender has sent too many.
    pub fn count(&self, sender: IpAddr) -> Result<(), Problem> {
        self.limit.count(sender).map_err(Problem::TooMany)
    }

    /// Returns whether a form past the limit is given back with what was written.
    pub fn gives_back(&self, sender: IpAddr) -> bool {
        self.given_back.count(sender).is_ok()
    }

    /// Takes a place for a submission.
    ///
    /// # Errors
    /// Returns an error if all places are taken.
    pub fn enter(&self, sender: IpAddr) -> Result<AdmittedSubmission, Problem> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Problem::Busy(SOON))?;
        Ok(AdmittedSubmission { _place: place, held: self.budget.begin(sender) })
    }

    /// Runs work that keeps a processor busy, a few at a time.
    ///
    /// # Errors
    /// Returns an error if the work panics.
    pub async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let _worker = self.workers.acquire().await.map_err(|_| Problem::NotStored)?;
        task::spawn_blocking(work).await.map_err(|_| Problem::NotStored)
    }

    /// Returns the bytes of request bodies in memory.
    pub fn bytes_in_flight(&self) -> i64 {
        i64::try_from(self.budget.bytes_taken()).unwrap_or(i64::MAX)
    }

    /// Forgets quiet senders, each minute, until the runtime ends.
    pub fn forget_in_background(&self) {
        self.limit.forget_in_background();
        self.given_back.forget_in_background();
    }
}
