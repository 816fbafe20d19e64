//! The results of the virus scan in PostgreSQL.

use tokio_postgres::Row;

use super::{PostgresStore, audit, content, outbox};
use crate::{
    file_scan::FileScan,
    outbox::NoticeChannel,
    reference_number::Reference,
    store::{
        StoreError,
        audit::{Action, AuditEntry},
        scan::{FilePlace, NEXT_UNSCANNED, RECORD, RESULTS, RETRY, SCANNER, ScanStore, UnscannedFile},
        stored_reference,
    },
};

impl ScanStore for PostgresStore {
    fn next_unscanned(&mut self) -> Result<Option<UnscannedFile>, StoreError> {
        self.run(async |client| {
            let file = |row: Row| {
                Ok(UnscannedFile {
                    place: FilePlace { submission: row.try_get(0)?, position: row.try_get(1)? },
                    reference: stored_reference(row.try_get(2)?)?,
                    council: row.try_get(3)?,
                    content: content(&row, 4)?.content()?,
                })
            };
            client.query_opt(NEXT_UNSCANNED, &[]).await?.map(file).transpose()
        })
    }

    fn record_scan(
        &mut self,
        FilePlace { submission, position }: FilePlace,
        reference: &Reference,
        scan: &FileScan,
        channels: &[NoticeChannel],
    ) -> Result<(), StoreError> {
        let entry = AuditEntry::about(SCANNER, Action::Quarantined, reference);
        self.run(async |client| {
            let change = client.transaction().await?;
            let changed = change.execute(RECORD, &[&scan.state.id(), &scan.found, &submission, &position]).await?;
            if changed > 0 && scan.is_quarantined() {
                audit::add(&change, &entry).await?;
                outbox::insert(&change, submission, channels).await?;
            }
            Ok(change.commit().await?)
        })
    }

    fn retry_refused_scans(&mut self) -> Result<(), StoreError> {
        self.run(async |client| {
            client.execute(RETRY, &[]).await?;
            Ok(())
        })
    }

    fn scans(&mut self, reference: &Reference) -> Result<Vec<FileScan>, StoreError> {
        let reference = reference.to_string();
        self.run(async |client| {
            let scan = |row: &Row| FileScan::from_columns(row.try_get(0)?, row.try_get(1)?).ok_or(StoreError::Content);
            client.query(RESULTS, &[&reference]).await?.iter().map(scan).collect()
        })
    }
}
