//! Lets a submission in, before any of its body is read: by how many its sender has sent, and by how many are under way.

use std::{net::IpAddr, num::NonZeroU32, sync::Arc};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task,
};

use super::{
    budget::{Budget, Held},
    limit::Limit,
    problem::Problem,
};

/// Of the plain forms that a sender sends past the limit, so many a minute are read and given back on a page.
const GIVEN_BACK: NonZeroU32 = NonZeroU32::new(5).unwrap();
/// After how many seconds a refused submission may find a place.
const SOON: u64 = 5;

/// What bounds the submissions of all senders.
pub struct Admission {
    limit: Limit,
    given_back: Limit,
    places: Arc<Semaphore>,
    budget: Arc<Budget>,
    /// Reading and drawing take the whole of a processor, and leave the others to answer.
    workers: Arc<Semaphore>,
}

/// A submission that was let in. Its place and its bytes are given back when it is dropped.
pub struct Entry {
    _place: OwnedSemaphorePermit,
    /// Its bytes.
    pub held: Held,
}

impl Admission {
    /// So many submissions a minute from a sender, and so many at once from all; their bodies within a budget.
    pub fn new(rate: NonZeroU32, most_at_once: usize, budget: Arc<Budget>) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            limit: Limit::per_minute(rate),
            given_back: Limit::per_minute(GIVEN_BACK),
            places: Arc::new(Semaphore::new(most_at_once)),
            budget,
            workers: Arc::new(Semaphore::new((processors / 2).max(1))),
        }
    }

    /// Counts a submission, whatever becomes of it.
    ///
    /// # Errors
    /// Where its sender has sent too many.
    pub fn count(&self, sender: IpAddr) -> Result<(), Problem> {
        self.limit.count(sender).map_err(Problem::TooMany)
    }

    /// Whether a form that came past the limit is given back with what was written.
    pub fn gives_back(&self, sender: IpAddr) -> bool {
        self.given_back.count(sender).is_ok()
    }

    /// Takes a place for a submission.
    ///
    /// # Errors
    /// Where there is none.
    pub fn enter(&self, sender: IpAddr) -> Result<Entry, Problem> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Problem::Busy(SOON))?;
        Ok(Entry { _place: place, held: self.budget.begin(sender) })
    }

    /// Does work that takes the whole of a processor, a few at a time.
    ///
    /// # Errors
    /// Where it does not come to an end.
    pub async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let _worker = self.workers.acquire().await.map_err(|_| Problem::NotStored)?;
        task::spawn_blocking(work).await.map_err(|_| Problem::NotStored)
    }

    /// Forgets quiet senders, each minute, until the runtime ends.
    pub fn forget_in_background(&self) {
        self.limit.forget_in_background();
        self.given_back.forget_in_background();
    }
}
