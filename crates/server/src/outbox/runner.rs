//! Delivers notices in the background: one task for each channel, so that a slow mail server holds up no webhook.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use tokio::{sync::Notify, task::spawn_blocking, time};
use tracing::{error, info, warn};

use super::{CLAIM, DeliveryOutcome, NoticeChannel, plan::Plan};
use crate::{store::scan::ScanState, writer::StoreWriter};

/// The longest time between two looks into the outbox. A stored submission wakes the tasks at once.
const LOOK: Duration = Duration::from_secs(5);

/// Starts the tasks. They end with the writer.
pub fn deliver_in_background(plan: &Arc<Plan>, writer: &Arc<StoreWriter>, woken: &Arc<Notify>, has_scanner: bool) {
    for channel in plan.channels() {
        let waits_for_scan = has_scanner && channel == NoticeChannel::Drop;
        let (plan, woken) = (Arc::clone(plan), Arc::clone(woken));
        tokio::spawn(deliver(channel, plan, Arc::downgrade(writer), woken, waits_for_scan));
    }
}

async fn deliver(
    channel: NoticeChannel,
    plan: Arc<Plan>,
    writer: Weak<StoreWriter>,
    woken: Arc<Notify>,
    waits_for_scan: bool,
) {
    loop {
        let Some(writer) = writer.upgrade() else { return };
        if !deliver_one(channel, &plan, &writer, waits_for_scan).await {
            drop(writer);
            let _ = time::timeout(LOOK, woken.notified()).await;
        }
    }
}

/// Delivers one notice that is due; `false` if there is none.
async fn deliver_one(channel: NoticeChannel, plan: &Arc<Plan>, writer: &StoreWriter, waits_for_scan: bool) -> bool {
    let claimed = writer.run(move |store| {
        let Some(claimed) = store.claim_notice(channel, CLAIM)? else { return Ok(None) };
        let files = if channel == NoticeChannel::Drop {
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
    let plan = Arc::clone(plan);
    let is_unscanned = waits_for_scan && files.iter().any(|file| file.scan.state == ScanState::Waiting);
    let delivered = if is_unscanned {
        Ok(Err("a file is not scanned for viruses yet".to_owned()))
    } else {
        spawn_blocking(move || plan.deliver(channel, &claimed, &files)).await
    };
    let outcome = match delivered.unwrap_or_else(|_| Err("it broke off".to_owned())) {
        Ok(()) => DeliveryOutcome::Delivered,
        Err(error) => DeliveryOutcome::failed(error, attempts),
    };
    let channel = channel.id();
    match &outcome {
        DeliveryOutcome::Delivered => info!(channel, %reference, attempts, "delivered"),
        DeliveryOutcome::Failed { error, .. } => warn!(channel, %reference, attempts, "not delivered: {error}"),
    }
    // Without this mark it is delivered again once the claim has run out.
    let _ = writer.run(move |store| store.finish_notice(number, &outcome)).await;
    true
}
