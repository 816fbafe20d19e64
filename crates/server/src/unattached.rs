//! Objects with the content of files, from before they belong to a submission until after.
//!
//! The name of an object is in the database before the object is written, and until it is deleted. An object that no submission took over
//! within an hour, and the objects of an erased one, are deleted: at once, or else at the receiver's next look.

use std::{collections::HashSet, mem, sync::Arc, time::Duration};

use tokio::time;
use tracing::{error, info};

use crate::{
    hex,
    objects::{FileStorage, ObjectError, wait},
    store::{NewSubmission, Store, StoreError},
    stored_file::{FileContent, StoredObject},
    writer::StoreWriter,
};

/// The time between two looks for objects that are due to be deleted.
const LOOK: Duration = Duration::from_secs(10 * 60);
/// The age in seconds from which an object that the database does not know may be deleted.
const OLD: i64 = 24 * 60 * 60;

/// Writes the content of a new submission's files into the object store, if there is one. When it returns, all of it is durable there.
///
/// # Errors
/// Returns an error if that is not certain. Then nothing may be acknowledged, and what was written is deleted later.
pub async fn store_files(
    storage: &FileStorage,
    writer: &StoreWriter,
    new: &mut NewSubmission,
) -> Result<(), StoreError> {
    if !storage.is_outside() || new.files.is_empty() {
        return Ok(());
    }
    let mut contents = Vec::new();
    for (file, hash) in new.files.iter_mut().zip(&new.hashes) {
        let FileContent::Bytes(bytes) = &mut file.content else { continue };
        // An object without a byte has no range to read.
        if bytes.is_empty() {
            continue;
        }
        let (name, bytes) = (hex::random().map_err(|_| StoreError::Reference)?, mem::take(bytes));
        let object = StoredObject { name: name.clone(), bytes: bytes.len() as u64, hash: *hash };
        file.content = FileContent::Object(object);
        contents.push((name, bytes));
    }
    let names: Vec<String> = contents.iter().map(|(name, _)| name.clone()).collect();
    writer.run(move |store| store.expect_objects(&names)).await?;
    for (name, bytes) in contents {
        storage.put(&name, bytes).await?;
    }
    Ok(())
}

/// Deletes the objects that are due.
///
/// # Errors
/// Returns an error if one of them may be left.
pub async fn delete_due(storage: &FileStorage, writer: &StoreWriter) -> Result<u64, StoreError> {
    let mut deleted = 0;
    loop {
        let names = writer.run(|store| store.claim_objects()).await?;
        if names.is_empty() {
            return Ok(deleted);
        }
        delete_all(storage, &names).await?;
        deleted += names.len() as u64;
        writer.run(move |store| store.forget_objects(&names)).await?;
    }
}

/// Deletes the objects that are due, in a command.
///
/// # Errors
/// Returns an error if one of them may be left.
pub fn delete_due_now(storage: &FileStorage, store: &mut dyn Store) -> Result<(), StoreError> {
    loop {
        let names = store.claim_objects()?;
        if names.is_empty() {
            return Ok(());
        }
        wait(delete_all(storage, &names))?;
        store.forget_objects(&names)?;
    }
}

async fn delete_all(storage: &FileStorage, names: &[String]) -> Result<(), ObjectError> {
    for name in names {
        storage.delete(name).await?;
    }
    Ok(())
}

/// Tries the object store once, and deletes the objects that are due every ten minutes, until the runtime ends.
pub fn delete_in_background(storage: &FileStorage, writer: &Arc<StoreWriter>) {
    let (storage, writer) = (storage.clone(), Arc::downgrade(writer));
    tokio::spawn(async move {
        for finding in storage.check().await {
            finding.log();
        }
        loop {
            let Some(writer) = writer.upgrade() else { return };
            match delete_due(&storage, &writer).await {
                Ok(0) => {}
                Ok(deleted) => info!(deleted, "deleted what belongs to no complaint in the object store"),
                Err(error) => error!("what belongs to no complaint is still in the object store: {error}"),
            }
            drop(writer);
            time::sleep(LOOK).await;
        }
    });
}

/// The objects of an object store beside those that a database knows.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ObjectCensus {
    /// The number of files in the object store.
    pub files: usize,
    /// The number of objects that are due to be deleted.
    pub due: usize,
    /// The objects that the database does not know, a day old or older.
    pub unknown: Vec<String>,
    /// The number of files that are not in the object store.
    pub missing: usize,
}

/// Compares the objects of an object store with those that a database knows.
///
/// # Errors
/// Returns an error if one of them cannot be read.
pub fn census(storage: &FileStorage, store: &mut dyn Store) -> Result<ObjectCensus, StoreError> {
    // A submission may come or go while the objects are listed.
    let before: HashSet<String> = store.known_objects()?.attached.into_iter().collect();
    let listed = wait(storage.list())?;
    let after = store.known_objects()?;
    let known: HashSet<&String> = after.attached.iter().chain(&after.unattached).collect();
    let is_unknown = |(name, age): &(String, i64)| *age >= OLD && is_object(name) && !known.contains(name);
    let unknown = listed.iter().filter(|object| is_unknown(object)).map(|(name, _)| name.clone()).collect();
    let there: HashSet<&String> = listed.iter().map(|(name, _)| name).collect();
    let missing = after.attached.iter().filter(|name| before.contains(*name) && !there.contains(name)).count();
    Ok(ObjectCensus { files: after.attached.len(), due: after.due, unknown, missing })
}

/// Deletes objects that a census did not know.
///
/// # Errors
/// Returns an error if one of them may be left.
pub fn delete_unknown(storage: &FileStorage, census: &ObjectCensus) -> Result<(), ObjectError> {
    wait(delete_all(storage, &census.unknown))
}

/// Returns whether a name is one that a receiver gives.
fn is_object(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
