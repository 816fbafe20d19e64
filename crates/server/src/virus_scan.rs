//! Scans the files of stored submissions for viruses, in the background.
//!
//! A submission is stored and answered first: a scanner that is slow or down loses no complaint. Its files wait as not scanned until
//! the scanner answers. An infected file goes into quarantine: it stays in the store, the inbox gives it to nobody, and the officers
//! are told.

use std::{
    sync::{Arc, Weak},
    time::{Duration, Instant},
};

use tokio::time;
use tracing::{error, info, warn};

use crate::{
    clamd::{ClamdAddress, ClamdError},
    file_scan::{FileScan, ScanState},
    objects::ObjectError,
    receiver::Receiver,
    reference_number::Reference,
    store::{StoreError, scan::FilePlace},
    stored_file::FileContent,
};

/// The time between two looks for files that are not scanned.
const LOOK: Duration = Duration::from_secs(2);
/// The first pause while the scanner does not answer, which doubles with each try, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_secs(300);
/// The time after which files that the scanner refused are tried again: its limits may have been changed.
const HOUR: Duration = Duration::from_secs(60 * 60);
/// The times that the scanner may break off at one file before the others come first.
const MOST_BROKEN: u32 = 3;

/// The reason why a file was not scanned.
#[derive(Debug, thiserror::Error)]
enum NotScanned {
    #[error(transparent)]
    Scanner(#[from] ClamdError),
    #[error(transparent)]
    Object(#[from] ObjectError),
}

/// The scanner, and the file at which it broke off last.
struct Scanner {
    address: ClamdAddress,
    broken: Option<(FilePlace, u32)>,
}

/// Scans until the receiver ends. Must be called inside a runtime.
pub fn scan_in_background(address: Option<&ClamdAddress>, receiver: &Arc<Receiver>) {
    if let Some(address) = address {
        let scanner = Scanner { address: address.clone(), broken: None };
        tokio::spawn(scanner.run(Arc::downgrade(receiver)));
    }
}

impl Scanner {
    async fn run(mut self, receiver: Weak<Receiver>) {
        let mut pause = Duration::ZERO;
        let mut retried: Option<Instant> = None;
        loop {
            let Some(receiver) = receiver.upgrade() else { return };
            if retried.is_none_or(|at| at.elapsed() > HOUR) {
                // The next hour tries again.
                let _ = receiver.writer.run(|store| store.retry_refused_scans()).await;
                retried = Some(Instant::now());
            }
            pause = match self.scan_next(&receiver).await {
                Ok(true) => Duration::ZERO,
                Ok(false) => LOOK,
                Err(problem) => {
                    warn!("no file is scanned for viruses: {problem}");
                    pause.saturating_mul(2).clamp(FIRST_PAUSE, LONGEST_PAUSE)
                }
            };
            drop(receiver);
            time::sleep(pause).await;
        }
    }

    /// Scans the next file; `false` if there is none.
    async fn scan_next(&mut self, receiver: &Receiver) -> Result<bool, NotScanned> {
        let file = match receiver.writer.run(|store| store.next_unscanned()).await {
            Ok(Some(file)) => file,
            Ok(None) => return Ok(false),
            Err(error) => {
                log_fault(&error);
                return Ok(false);
            }
        };
        let (place, reference) = (file.place, file.reference);
        let scan = self.scan(receiver, place, &reference, file.content).await?;
        let state = scan.state.id();
        if scan.state == ScanState::Clean {
            info!(%reference, "a file was scanned: clean");
        } else {
            warn!(%reference, "a file was scanned: {state}");
        }
        let channels = receiver.notices.channels_for_quarantine(&file.council);
        let recorded = receiver.writer.run(move |store| store.record_scan(place, &reference, &scan, &channels)).await;
        match recorded {
            Ok(()) => receiver.notices.wake(),
            Err(error) => {
                log_fault(&error);
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Scans the content of a file. One that is lost, or at which the scanner breaks off again and again, is marked as refused.
    async fn scan(
        &mut self,
        receiver: &Receiver,
        place: FilePlace,
        reference: &Reference,
        content: FileContent,
    ) -> Result<FileScan, NotScanned> {
        let refused = FileScan { state: ScanState::Refused, found: None };
        let content = match receiver.storage.read(content).await {
            Ok(content) => content,
            Err(error @ (ObjectError::Missing | ObjectError::Changed)) => {
                error!(%reference, "{error}");
                return Ok(refused);
            }
            Err(error) => return Err(error.into()),
        };
        match self.address.scan(&content).await {
            Err(ClamdError::BrokenOff(_)) if self.is_broken_again(place) => Ok(refused),
            scanned => Ok(scanned?),
        }
    }

    /// Counts that the scanner broke off at a file. Returns whether it did so too often.
    fn is_broken_again(&mut self, place: FilePlace) -> bool {
        let count = match self.broken {
            Some((last, count)) if last == place => count + 1,
            _ => 1,
        };
        self.broken = Some((place, count));
        count >= MOST_BROKEN
    }
}

fn log_fault(error: &StoreError) {
    error!("no file is scanned for viruses: {error}");
}
