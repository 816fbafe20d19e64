//! Looks at a receiver from outside: its store, its folder, its clock, its disk and the channels of its notices.

use std::path::Path;

use tokio::runtime;

use crate::{
    ServerError,
    check_result::{CheckResult, Weight},
    clamd::ClamdAddress,
    file_permissions,
    objects::{FileStorage, wait},
    outbox::Notices,
    store::{Counts, DatabaseOptions, Location, Store, StoreError, audit, now, sqlite},
    unattached::{self, ObjectCensus},
};

/// The free space of a disk below which there is a warning, and below which there is an error.
const LITTLE: u64 = 1 << 30;
const TOO_LITTLE: u64 = 100 << 20;
/// The warning of copies that nobody here can look for.
const BACKUPS: &str = "backups keep what was erased until you delete them: putright submissions delete does not reach them; write \
                       down how long you keep each, and after a restore delete again what you had deleted since";

/// Looks at a store, and at the channels that a file for `--notify` names, and at the virus scanner. Changes nothing, and sends no notice; in
/// an object store it writes one object, `check`.
///
/// # Errors
/// Returns an error if an option cannot be understood.
pub fn examine(
    database: &DatabaseOptions,
    notify: Option<&Path>,
    clamd: Option<&ClamdAddress>,
) -> Result<Vec<CheckResult>, ServerError> {
    let (location, storage) = (database.location()?, database.file_storage()?);
    let mut findings = Vec::new();
    if let Some(folder) = location.folder() {
        permissions(folder, &mut findings);
        findings.push(disk(folder));
    }
    let tried = wait(async { Ok(storage.check().await) }).unwrap_or_default();
    let has_objects = storage.is_outside() && tried.iter().all(|finding| finding.weight != Weight::Error);
    findings.extend(tried);
    match location.open_to_read() {
        Ok(mut store) => {
            findings.extend(store_findings(&location, &mut *store, clamd.is_some()));
            if has_objects {
                findings.extend(object_findings(&storage, &mut *store));
            }
        }
        Err(error) => findings.push(CheckResult::error(format!("{location}: {error}"))),
    }
    match Notices::read(notify) {
        Ok(notices) => findings.extend(notices.check()),
        Err(error) => findings.push(CheckResult::error(error.to_string())),
    }
    findings.extend(clamd.map(scanner));
    findings.push(CheckResult::warning(BACKUPS));
    Ok(findings)
}

/// Asks the scanner for its version.
fn scanner(address: &ClamdAddress) -> CheckResult {
    let runtime = match runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return CheckResult::error(format!("{address}: {error}")),
    };
    match runtime.block_on(address.version()) {
        Ok(version) => CheckResult::fine(format!("{address}: {version}")),
        Err(error) => CheckResult::error(format!("{address}: {error}; files are stored and not scanned: start it")),
    }
}

/// Counts the files that are not scanned, where there is a scanner, and those in quarantine.
fn scans(counts: &Counts, has_scanner: bool) -> impl Iterator<Item = CheckResult> {
    let unscanned = (has_scanner && counts.unscanned > 0)
        .then(|| CheckResult::warning(format!("{} files are not scanned for viruses yet", counts.unscanned)));
    let quarantined = (counts.quarantined > 0).then(|| {
        let text =
            format!("{} files are in quarantine; look with: putright submissions audit --list", counts.quarantined);
        CheckResult::warning(text)
    });
    unscanned.into_iter().chain(quarantined)
}

/// Compares the objects of the object store with the files of the database: says how many files are in the object store, how many are missing there, and what is there beside them.
fn object_findings(storage: &FileStorage, store: &mut dyn Store) -> Vec<CheckResult> {
    let ObjectCensus { files, due, unknown, missing } = match unattached::census(storage, store) {
        Ok(census) => census,
        Err(error) => return vec![CheckResult::error(format!("{storage}: {error}"))],
    };
    let mut findings = vec![match missing {
        0 => CheckResult::fine(format!("{storage}: all of {files} files are there")),
        _ => {
            CheckResult::error(format!("{storage}: {missing} of {files} files are missing; restore them from a backup"))
        }
    }];
    if due > 0 {
        findings.push(CheckResult::warning(format!(
            "{storage}: {due} files belong to no complaint and are not deleted yet; a running receiver deletes them within ten minutes"
        )));
    }
    if !unknown.is_empty() {
        findings.push(CheckResult::warning(format!(
            "{storage}: {} objects are of no complaint that this database knows, for example after a restore; look with: putright \
             submissions orphans",
            unknown.len()
        )));
    }
    findings
}

fn permissions(folder: &Path, findings: &mut Vec<CheckResult>) {
    let mut is_closed = true;
    let files = sqlite::FILES.map(|name| (folder.join(name), "600"));
    for (path, wanted) in files.into_iter().chain([(folder.to_owned(), "700")]) {
        if let Some(mode) = file_permissions::open_to_others(&path) {
            is_closed = false;
            let path = path.display();
            findings.push(CheckResult::error(format!(
                "{path}: other users of this machine can open it (mode {mode:03o}): chmod {wanted} {path}"
            )));
        }
    }
    if is_closed {
        findings.push(CheckResult::fine(format!("{}: only its owner can open it", folder.display())));
    }
}

#[cfg(unix)]
fn disk(folder: &Path) -> CheckResult {
    let place = folder.display();
    let free = match rustix::fs::statvfs(folder) {
        Ok(found) => found.f_bavail.saturating_mul(found.f_frsize),
        Err(error) => return CheckResult::error(format!("{place}: {error}")),
    };
    let text = format!("{place}: {} MB are free on its disk", free >> 20);
    match free {
        free if free < TOO_LITTLE => CheckResult::error(format!("{text}; make room, or complaints will be refused")),
        free if free < LITTLE => CheckResult::warning(format!("{text}; make room")),
        _ => CheckResult::fine(text),
    }
}

#[cfg(not(unix))]
fn disk(folder: &Path) -> CheckResult {
    CheckResult::warning(format!("{}: look yourself how much room is on its disk", folder.display()))
}

fn store_findings(location: &Location, store: &mut dyn Store, has_scanner: bool) -> Vec<CheckResult> {
    let mut findings = Vec::new();
    let read = (|| -> Result<(), StoreError> {
        let problems = store.check()?;
        if problems.is_empty() {
            findings.push(CheckResult::fine(format!("{location}: the database is sound")));
        }
        findings.extend(problems.into_iter().map(|problem| CheckResult::error(format!("{location}: {problem}"))));
        findings.push(clock(&store.last_received()?.unwrap_or_default()));
        findings.push(trail(location, store)?);
        let counts = store.counts()?;
        findings.push(CheckResult::fine(format!("{location}: {} submissions", counts.submissions)));
        findings.extend(scans(&counts, has_scanner));
        let notices = format!("{} notices wait, {} have failed", counts.waiting, counts.failed);
        findings.push(match (counts.waiting, counts.failed) {
            (_, 1..) => CheckResult::error(format!("{notices}; look with: putright submissions outbox")),
            (1.., _) => CheckResult::warning(format!("{notices}; look with: putright submissions outbox")),
            _ => CheckResult::fine(notices),
        });
        Ok(())
    })();
    if let Err(error) = read {
        findings.push(CheckResult::error(format!("{location}: {error}")));
    }
    findings
}

/// Checks the audit trail.
fn trail(location: &Location, store: &mut dyn Store) -> Result<CheckResult, StoreError> {
    let checked = audit::check(store, None)?;
    let entries = checked.entries;
    Ok(match checked.problem {
        None => CheckResult::fine(format!("{location}: the audit trail is whole, with {entries} entries")),
        Some(problem) => CheckResult::error(format!(
            "{location}: the audit trail was tampered with: {problem}; tell your data protection officer, and keep the \
             database and its backups as they are"
        )),
    })
}

/// Compares the clock with the time of the last submission.
fn clock(last: &str) -> CheckResult {
    let now = now();
    if last > now.as_str() {
        return CheckResult::error(format!(
            "the clock says {now}, and the last submission came at {last}; set the clock"
        ));
    }
    CheckResult::fine(format!("the clock says {now}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_behind_the_last_submission_is_an_error() {
        assert_eq!(clock("2020-01-01T00:00:00Z").weight, Weight::Fine);
        assert_eq!(clock("").weight, Weight::Fine);
        assert_eq!(clock("2999-01-01T00:00:00Z").weight, Weight::Error);
    }
}
