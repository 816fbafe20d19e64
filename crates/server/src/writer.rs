//! The threads that write to the store, and the queue before them: one for each connection that may write.
//!
//! A request waits in the queue without holding a thread, so a store that is slow or locked holds up nothing but
//! submissions. The queue is bounded: past it a submission is refused at once. The time that a submission may wait for
//! another program that is writing counts from when it joined the queue, so many of them wait no longer together than one
//! does.

use std::{
    panic::{self, AssertUnwindSafe},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{self, Receiver, SyncSender},
    },
    thread,
    time::{Duration, Instant},
};

use tokio::sync::oneshot;

use crate::store::{Store, StoreError, sqlite::PATIENCE};

/// The longest wait in the queue. By then the sender has given up and sends again.
const TOO_LATE: Duration = Duration::from_secs(30);

type Work = Box<dyn FnOnce(Result<&mut dyn Store, StoreError>) + Send>;

/// A place in the queue.
struct Job {
    since: Instant,
    work: Work,
}

/// Hands work to the threads that have the store.
pub struct StoreWriter(SyncSender<Job>);

impl StoreWriter {
    /// Starts a thread for each connection, with one queue of `most` jobs.
    ///
    /// # Errors
    /// Returns an error if no thread can be started.
    pub fn start(connections: Vec<Box<dyn Store>>, most: usize) -> std::io::Result<Self> {
        let (sender, jobs) = mpsc::sync_channel::<Job>(most);
        let jobs = Arc::new(Mutex::new(jobs));
        for store in connections {
            let jobs = Arc::clone(&jobs);
            thread::Builder::new().name("writer".to_owned()).spawn(move || write(store, &jobs))?;
        }
        Ok(Self(sender))
    }

    /// Runs work on the store, after all work that was queued before has begun.
    ///
    /// # Errors
    /// Returns an error if the queue is full, the work waited too long, or the work fails.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut dyn Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        let work: Work = Box::new(move |store| {
            let _ = answer.send(store.and_then(work));
        });
        self.0.try_send(Job { since: Instant::now(), work }).map_err(|_| StoreError::Full)?;
        answered.await.unwrap_or(Err(StoreError::Late))
    }
}

fn write(mut store: Box<dyn Store>, jobs: &Mutex<Receiver<Job>>) {
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job { since, work }) = job else { return };
        let waited = since.elapsed();
        // A transaction that never ended is rolled back when dropped, so the store is good even after a panic.
        let _ = panic::catch_unwind(AssertUnwindSafe(|| {
            if waited > TOO_LATE {
                return work(Err(StoreError::Late));
            }
            match store.wait_at_most(PATIENCE.saturating_sub(waited)) {
                Ok(()) => work(Ok(&mut *store)),
                Err(error) => work(Err(error)),
            }
        }));
    }
}
