//! Delivers notices in the background: one task for each channel, so that a slow mail server holds up no webhook.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use tokio::{sync::Notify, task::spawn_blocking, time};
use tracing::{error, info, warn};

use super::{CLAIM, Claimed, DeliveryOutcome, NoticeChannel, plan::Plan};
use crate::{file_scan::ScanState, objects::FileStorage, stored_file::StoredFile, writer::StoreWriter};

/// The longest time between two looks into the outbox. A stored submission wakes the tasks at once.
const LOOK: Duration = Duration::from_secs(5);

/// Starts the tasks. They end with the writer.
pub fn deliver_in_background(
    plan: &Arc<Plan>,
    writer: &Arc<StoreWriter>,
    storage: &FileStorage,
    woken: &Arc<Notify>,
    has_scanner: bool,
) {
    for channel in plan.channels() {
        let waits_for_scan = has_scanner && channel == NoticeChannel::Drop;
        let runner = ChannelRunner { id: channel, plan: Arc::clone(plan), storage: storage.clone(), waits_for_scan };
        tokio::spawn(runner.deliver(Arc::downgrade(writer), Arc::clone(woken)));
    }
}

/// A channel, and what its notices need.
struct ChannelRunner {
    id: NoticeChannel,
    plan: Arc<Plan>,
    storage: FileStorage,
    /// Files wait for the virus scan.
    waits_for_scan: bool,
}

impl ChannelRunner {
    async fn deliver(self, writer: Weak<StoreWriter>, woken: Arc<Notify>) {
        loop {
            let Some(writer) = writer.upgrade() else { return };
            if !self.deliver_one(&writer).await {
                drop(writer);
                let _ = time::timeout(LOOK, woken.notified()).await;
            }
        }
    }

    /// Delivers one notice that is due; `false` if there is none.
    async fn deliver_one(&self, writer: &StoreWriter) -> bool {
        let id = self.id;
        let claimed = writer.run(move |store| {
            let Some(claimed) = store.claim_notice(id, CLAIM)? else { return Ok(None) };
            let files = if id == NoticeChannel::Drop {
                store.files(&claimed.reference)?.unwrap_or_default()
            } else {
                Vec::new()
            };
            Ok(Some((claimed, files)))
        });
        let (claimed, files) = match claimed.await {
            Ok(Some(claimed)) => claimed,
            Ok(None) => return false,
            Err(error) => {
                error!("no notice can be delivered: {error}");
                return false;
            }
        };
        let (number, attempts, reference) = (claimed.number, claimed.attempts, claimed.reference);
        let outcome = match self.try_one(claimed, files).await {
            Ok(()) => DeliveryOutcome::Delivered,
            Err(error) => DeliveryOutcome::failed(error, attempts),
        };
        let channel = id.id();
        match &outcome {
            DeliveryOutcome::Delivered => info!(channel, %reference, attempts, "delivered"),
            DeliveryOutcome::Failed { error, .. } => warn!(channel, %reference, attempts, "not delivered: {error}"),
        }
        // Without this mark it is delivered again once the claim has run out.
        let _ = writer.run(move |store| store.finish_notice(number, &outcome)).await;
        true
    }

    async fn try_one(&self, claimed: Claimed, files: Vec<StoredFile>) -> Result<(), String> {
        if self.waits_for_scan && files.iter().any(|file| file.scan.state == ScanState::Waiting) {
            return Err("a file is not scanned for viruses yet".to_owned());
        }
        let files = self.storage.load(files, false).await.map_err(|error| error.to_string())?;
        let (plan, id) = (Arc::clone(&self.plan), self.id);
        let delivered = spawn_blocking(move || plan.deliver(id, &claimed, &files)).await;
        delivered.unwrap_or_else(|_| Err("it broke off".to_owned()))
    }
}
