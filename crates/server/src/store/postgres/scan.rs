//! The results of the virus scan in PostgreSQL.

use tokio_postgres::Row;

use super::{PostgresStore, audit, outbox};
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

impl ScanStore for PostgresStore {
    fn next_unscanned(&mut self) -> Result<Option<UnscannedFile>, StoreError> {
        let query = "SELECT submission, position, reference, council, content
             FROM files JOIN submissions ON submissions.number = submission
             WHERE scan = 'waiting' ORDER BY submission, position LIMIT 1";
        self.run(async |client| {
            let file = |row: Row| {
                Ok(UnscannedFile {
                    place: FilePlace { submission: row.try_get(0)?, position: row.try_get(1)? },
                    reference: stored_reference(row.try_get(2)?)?,
                    council: row.try_get(3)?,
                    content: row.try_get(4)?,
                })
            };
            client.query_opt(query, &[]).await?.map(file).transpose()
        })
    }

    fn record_scan(
        &mut self,
        place: FilePlace,
        reference: &Reference,
        scan: &FileScan,
        channels: &[NoticeChannel],
    ) -> Result<(), StoreError> {
        let update = "UPDATE files SET scan = $3, scan_found = $4
             WHERE submission = $1 AND position = $2 AND scan = 'waiting'";
        let FilePlace { submission, position } = place;
        let entry = AuditEntry::about(SCANNER, Action::Quarantined, reference);
        self.run(async |client| {
            let change = client.transaction().await?;
            let changed = change.execute(update, &[&submission, &position, &scan.state.id(), &scan.found]).await?;
            if changed > 0 && scan.is_quarantined() {
                audit::add(&change, &entry).await?;
                outbox::insert(&change, submission, channels).await?;
            }
            Ok(change.commit().await?)
        })
    }

    fn retry_refused_scans(&mut self) -> Result<(), StoreError> {
        self.run(async |client| {
            client.execute("UPDATE files SET scan = 'waiting' WHERE scan = 'refused'", &[]).await?;
            Ok(())
        })
    }

    fn scans(&mut self, reference: &Reference) -> Result<Vec<FileScan>, StoreError> {
        let query = "SELECT scan, scan_found FROM files JOIN submissions ON submissions.number = submission
             WHERE reference = $1 ORDER BY position";
        let reference = reference.to_string();
        self.run(async |client| {
            let scan = |row: &Row| FileScan::from_columns(row.try_get(0)?, row.try_get(1)?);
            client.query(query, &[&reference]).await?.iter().map(scan).collect()
        })
    }
}
