//! Erases what is past its time, each hour: submissions that the council has taken over and nobody holds.

use std::{sync::Arc, time::Duration};

use putright_domain::submission::format::Kind;
use tokio::time;
use tracing::{error, info};

use crate::{
    objects::FileStorage,
    store::{Erased, Store, StoreError, audit},
    unattached,
    writer::StoreWriter,
};

/// The time between two looks.
const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: u64 = 24 * 60 * 60;

/// The time for which a kind of submission is kept after it was taken over; every kind without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    kind: Option<Kind>,
    time: Duration,
}

/// Reads `90d`, or `compliment=30d` for one kind.
///
/// # Errors
/// Says what to write.
pub fn parse(text: &str) -> Result<Keep, String> {
    let (kind, days) = match text.split_once('=') {
        Some((kind, days)) => {
            let known = Kind::ALL.iter().copied().find(|known| known.id() == kind);
            let kind =
                known.ok_or("is for one of complaint, comment, compliment and follow_up; write complaint=90d")?;
            (Some(kind), days)
        }
        None => (None, text),
    };
    let days = days.strip_suffix('d').and_then(|days| days.parse::<u32>().ok());
    let days = days.ok_or("must be a number of days; write 90d, or complaint=90d")?;
    Ok(Keep { kind, time: Duration::from_secs(u64::from(days) * DAY) })
}

/// Erases each hour, until the runtime ends.
pub fn erase_in_background(keep: Vec<Keep>, writer: &Arc<StoreWriter>, storage: &FileStorage) {
    if keep.is_empty() {
        return;
    }
    let keep: Arc<[Keep]> = keep.into();
    let (writer, storage) = (Arc::downgrade(writer), storage.clone());
    tokio::spawn(async move {
        loop {
            let Some(writer) = writer.upgrade() else { return };
            let rules = Arc::clone(&keep);
            match writer.run(move |store| erase(store, &rules)).await {
                Ok(0) => {}
                Ok(erased) => {
                    info!(erased, "erased what was past its time");
                    if let Err(error) = unattached::delete_due(&storage, &writer).await {
                        error!("files are not deleted yet: {error}");
                    }
                }
                Err(error) => error!("not erased: {error}"),
            }
            drop(writer);
            time::sleep(HOUR).await;
        }
    });
}

/// Erases what is past its time. A rule for one kind comes before the rule for all.
fn erase(store: &mut dyn Store, rules: &[Keep]) -> Result<u64, StoreError> {
    let mut erased = 0;
    for kind in Kind::ALL.iter().copied() {
        let own = rules.iter().find(|rule| rule.kind == Some(kind));
        let Some(rule) = own.or_else(|| rules.iter().find(|rule| rule.kind.is_none())) else { continue };
        for reference in store.expired(kind.id(), rule.time)? {
            erased += u64::from(store.erase(audit::RETENTION, &reference)? == Erased::Done);
        }
    }
    if erased > 0 {
        store.scrub()?;
    }
    Ok(erased)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_read_for_all_kinds_or_for_one() {
        assert_eq!(parse("90d").unwrap(), Keep { kind: None, time: Duration::from_secs(90 * DAY) });
        assert_eq!(parse("comment=0d").unwrap(), Keep { kind: Some(Kind::Comment), time: Duration::ZERO });
        for text in ["90", "d", "-1d", "letter=3d", "complaint=", "90 d"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
