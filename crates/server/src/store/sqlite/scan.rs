//! The results of the virus scan in `SQLite`.

use rusqlite::{OptionalExtension, params};

use super::{SqliteStore, audit, outbox};
use crate::{
    outbox::NoticeChannel,
    reference_number::Reference,
    store::{
        StoreError,
        audit::{Action, AuditEntry},
        scan::{FilePlace, FileScan, SCANNER, ScanStore, UnscannedFile},
        stored_reference,
    },
};

impl ScanStore for SqliteStore {
    fn next_unscanned(&mut self) -> Result<Option<UnscannedFile>, StoreError> {
        let query = "SELECT submission, position, reference, council, content
             FROM files JOIN submissions ON submissions.number = submission
             WHERE scan <> 'clean' AND scan = 'waiting' ORDER BY submission, position LIMIT 1";
        let found = self.connection.query_row(query, [], |row| {
            let place = FilePlace { submission: row.get(0)?, position: row.get(1)? };
            Ok((place, row.get::<_, String>(2)?, row.get(3)?, row.get(4)?))
        });
        let Some((place, reference, council, content)) = found.optional()? else { return Ok(None) };
        Ok(Some(UnscannedFile { place, reference: stored_reference(&reference)?, council, content }))
    }

    fn record_scan(
        &mut self,
        place: FilePlace,
        reference: &Reference,
        scan: &FileScan,
        channels: &[NoticeChannel],
    ) -> Result<(), StoreError> {
        let change = self.change()?;
        let update = "UPDATE files SET scan = ?3, scan_found = ?4
             WHERE submission = ?1 AND position = ?2 AND scan = 'waiting'";
        let FilePlace { submission, position } = place;
        if change.execute(update, params![submission, position, scan.state.id(), scan.found])? == 0 {
            return Ok(());
        }
        if scan.is_quarantined() {
            audit::add(&change, &AuditEntry::about(SCANNER, Action::Quarantined, reference))?;
            outbox::insert(&change, submission, channels)?;
        }
        change.commit()?;
        self.stays_in_place()
    }

    fn retry_refused_scans(&mut self) -> Result<(), StoreError> {
        let change = self.change()?;
        change.execute("UPDATE files SET scan = 'waiting' WHERE scan <> 'clean' AND scan = 'refused'", [])?;
        Ok(change.commit()?)
    }

    fn scans(&mut self, reference: &Reference) -> Result<Vec<FileScan>, StoreError> {
        self.needs_this_version()?;
        let mut query = self.connection.prepare(
            "SELECT scan, scan_found FROM files JOIN submissions ON submissions.number = submission
             WHERE reference = ?1 ORDER BY position",
        )?;
        let rows = query.query_map([reference.to_string()], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
        rows.map(|row| {
            let (state, found) = row?;
            FileScan::from_columns(&state, found)
        })
        .collect()
    }
}
