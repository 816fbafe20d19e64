//! The one thread that writes to the store, and the queue before it.
//!
//! A request waits in the queue without holding a thread, so a store that is slow or locked holds up nothing but
//! submissions. The queue is bounded: past it a submission is refused at once. The time that a submission may wait for
//! another process that is writing counts from when it joined the queue, so many of them wait no longer together than one
//! does.

use std::{
    panic::{self, AssertUnwindSafe},
    sync::mpsc::{self, SyncSender},
    thread,
    time::{Duration, Instant},
};

use tokio::sync::oneshot;

use super::store::{PATIENCE, Store, StoreError};

/// The longest wait in the queue. By then the sender has given up and sends again.
const TOO_LATE: Duration = Duration::from_secs(30);

type Work = Box<dyn FnOnce(Result<&Store, StoreError>) + Send>;

/// A place in the queue.
struct Job {
    since: Instant,
    work: Work,
}

/// Hands work to the thread that has the store.
pub struct Writer(SyncSender<Job>);

impl Writer {
    /// Starts the thread, with a queue of `most` jobs.
    ///
    /// # Errors
    /// Returns an error if no thread can be started.
    pub fn start(store: Store, most: usize) -> std::io::Result<Self> {
        let (sender, jobs) = mpsc::sync_channel::<Job>(most);
        thread::Builder::new().name("writer".to_owned()).spawn(move || {
            for Job { since, work } in jobs {
                let waited = since.elapsed();
                let ready = if waited > TOO_LATE {
                    Err(StoreError::Late)
                } else {
                    store.wait_at_most(PATIENCE.saturating_sub(waited)).map(|()| &store)
                };
                // A transaction that never ended is rolled back when dropped, so the store is good even after a panic.
                let _ = panic::catch_unwind(AssertUnwindSafe(|| work(ready)));
            }
        })?;
        Ok(Self(sender))
    }

    /// Runs work on the store, after all work that was queued before.
    ///
    /// # Errors
    /// Returns an error if the queue is full, the work waited too long, or the work fails.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        let work: Work = Box::new(move |store| {
            let _ = answer.send(store.and_then(work));
        });
        self.0.try_send(Job { since: Instant::now(), work }).map_err(|_| StoreError::Full)?;
        answered.await.unwrap_or(Err(StoreError::Late))
    }
}
