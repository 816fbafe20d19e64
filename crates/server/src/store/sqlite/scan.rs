//! The results of the virus scan in `SQLite`.

use rusqlite::{OptionalExtension, params};

use super::{SqliteStore, audit, outbox};
use crate::{
    file_scan::FileScan,
    outbox::NoticeChannel,
    reference_number::Reference,
    store::{
        StoreError,
        audit::{Action, AuditEntry},
        files::ContentRow,
        scan::{FilePlace, NEXT_UNSCANNED, RECORD, RESULTS, RETRY, SCANNER, ScanStore, UnscannedFile},
        stored_reference,
    },
};

impl ScanStore for SqliteStore {
    fn next_unscanned(&mut self) -> Result<Option<UnscannedFile>, StoreError> {
        let found = self.connection.query_row(NEXT_UNSCANNED, [], |row| {
            let place = FilePlace { submission: row.get(0)?, position: row.get(1)? };
            let content =
                ContentRow { content: row.get(4)?, hash: row.get(5)?, object: row.get(6)?, bytes: row.get(7)? };
            Ok((place, row.get::<_, String>(2)?, row.get(3)?, content))
        });
        let Some((place, reference, council, content)) = found.optional()? else { return Ok(None) };
        Ok(Some(UnscannedFile {
            place,
            reference: stored_reference(&reference)?,
            council,
            content: content.content()?,
        }))
    }

    fn record_scan(
        &mut self,
        FilePlace { submission, position }: FilePlace,
        reference: &Reference,
        scan: &FileScan,
        channels: &[NoticeChannel],
    ) -> Result<(), StoreError> {
        let change = self.change()?;
        if change.execute(RECORD, params![scan.state.id(), scan.found, submission, position])? == 0 {
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
        change.execute(RETRY, [])?;
        Ok(change.commit()?)
    }

    fn scans(&mut self, reference: &Reference) -> Result<Vec<FileScan>, StoreError> {
        self.needs_this_version()?;
        let mut query = self.connection.prepare(RESULTS)?;
        let rows = query.query_map([reference.to_string()], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
        rows.map(|row| row.map(|(state, found)| FileScan::from_columns(&state, found).ok_or(StoreError::Content))?)
            .collect()
    }
}
