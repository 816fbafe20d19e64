//! One complaint: read, taken over, written out and erased, and its files.

use std::sync::Arc;

use axum::{
    extract::{Extension, Path, State},
    http::StatusCode,
    response::Response,
};
use putright_domain::submission::format::Submission;

use super::{
    Inbox, Officer,
    guard::FormFields,
    pages::{ComplaintView, FileView, Frame, NoticePage},
    policy::Grants,
    response::{download as save, see_other},
};
use crate::{
    export,
    file_scan::FileScan,
    reference_number::Reference,
    store::{
        Erased, StoreError, SubmissionRecord,
        audit::{Action, AuditEntry},
        inbox::{ListLine, Query},
    },
    unattached,
};

/// The most characters of a number in the council's own system.
const MOST_NUMBER: usize = 100;

type At = Path<String>;

/// A complaint that an officer may read.
struct Allowed {
    reference: Reference,
    grants: Grants,
}

/// The answer of a handler, or the answer that takes its place.
type InboxAnswer = Result<Response, Response>;

/// Answers with a complaint in words, once the look is in the audit trail.
pub async fn look(
    State(inbox): State<Arc<Inbox>>,
    Extension(officer): Extension<Officer>,
    Path(name): At,
) -> InboxAnswer {
    let allowed = inbox.allowed(&officer, &name).await?;
    Ok(inbox.show(&officer, &allowed, false).await)
}

/// Records the number that the complaint has in the council's own system.
pub async fn take_over(
    State(inbox): State<Arc<Inbox>>,
    Extension(officer): Extension<Officer>,
    Extension(fields): Extension<FormFields>,
    Path(name): At,
) -> InboxAnswer {
    let allowed = inbox.allowed(&officer, &name).await?;
    let number = fields.get("number").trim().to_owned();
    let is_good = (1..=MOST_NUMBER).contains(&number.chars().count()) && !number.chars().any(char::is_control);
    if !is_good {
        return Ok(inbox.show(&officer, &allowed, true).await);
    }
    let (id, reference) = (officer.id.clone(), allowed.reference);
    let is_taken = inbox.writer.run(move |store| store.take_over(&id, &reference, &number)).await;
    if inbox.or_fault(&officer, is_taken).await? {
        Ok(see_other(&format!("{}inbox/{reference}", officer.frame.up)))
    } else {
        Err(inbox.notice(&officer.frame, NoticePage::NotFound).await)
    }
}

/// Gives the complaint out whole, as a file.
pub async fn export(
    State(inbox): State<Arc<Inbox>>,
    Extension(officer): Extension<Officer>,
    Path(name): At,
) -> InboxAnswer {
    let reference = inbox.granted(&officer, &name, |grants| grants.export).await?;
    inbox.recorded(&officer, Action::Exported, &reference).await?;
    let found = inbox.read(move |store| {
        let filter =
            crate::store::SubmissionFilter { reference: Some(reference), ..crate::store::SubmissionFilter::default() };
        let Some(record) = store.search(&filter, 0, 1)?.into_iter().next() else { return Ok(None) };
        Ok(Some((record, store.files(&reference)?.unwrap_or_default())))
    });
    let Some((record, files)) = inbox.or_fault(&officer, found.await).await? else {
        return Err(inbox.notice(&officer.frame, NoticePage::NotFound).await);
    };
    let loaded = inbox.storage.load(files, false).await.map_err(StoreError::from);
    let whole = loaded.and_then(|files| export::whole(&record, &files));
    let text = inbox.or_fault(&officer, whole).await?;
    Ok(save(&format!("{reference}.json"), "application/json", text.into_bytes()))
}

/// Asks whether to erase the complaint.
pub async fn ask(
    State(inbox): State<Arc<Inbox>>,
    Extension(officer): Extension<Officer>,
    Path(name): At,
) -> InboxAnswer {
    let reference = inbox.granted(&officer, &name, |grants| grants.delete).await?.to_string();
    let frame = officer.frame;
    Ok(inbox.draw(StatusCode::OK, move |pages| pages.erase(&frame, &reference)).await)
}

/// Erases the complaint.
pub async fn erase(
    State(inbox): State<Arc<Inbox>>,
    Extension(officer): Extension<Officer>,
    Path(name): At,
) -> InboxAnswer {
    let reference = inbox.granted(&officer, &name, |grants| grants.delete).await?;
    let id = officer.id.clone();
    let erased = inbox.writer.run(move |store| {
        let erased = store.erase(&id, &reference)?;
        Ok((erased, erased == Erased::Done && store.scrub().is_ok()))
    });
    let (erased, is_scrubbed) = inbox.or_fault(&officer, erased.await).await?;
    let is_deleted = match unattached::delete_due(&inbox.storage, &inbox.writer).await {
        Ok(_) => true,
        Err(error) => {
            tracing::error!("inbox: {error}");
            false
        }
    };
    let notice = match (erased, is_scrubbed && is_deleted) {
        (Erased::Done, true) => NoticePage::Erased,
        (Erased::Done, false) => NoticePage::ErasedNotScrubbed,
        (Erased::Held, _) => NoticePage::Held,
        (Erased::Unknown, _) => NoticePage::NotFound,
    };
    Ok(inbox.notice(&officer.frame, notice).await)
}

/// Warns before a file is downloaded.
pub async fn warn(
    State(inbox): State<Arc<Inbox>>,
    Extension(officer): Extension<Officer>,
    Path((name, place)): Path<(String, String)>,
) -> InboxAnswer {
    let reference = inbox.allowed(&officer, &name).await?.reference;
    let found = inbox.read(move |store| Ok((store.find(&reference)?, store.scans(&reference)?))).await;
    let (found, scans) = inbox.or_fault(&officer, found).await?;
    let submission = found.and_then(|found| serde_json::from_str::<Submission>(&found.body).ok());
    let listed = submission.zip(place_of(&place)).and_then(|(submission, place)| {
        let file = submission.files.get(place.checked_sub(1)?)?;
        let (media_type, bytes) = (file.media_type.clone(), file.bytes);
        let scan = scans.get(place.checked_sub(1)?).cloned().unwrap_or_default();
        Some(FileView { reference: reference.to_string(), place, media_type, bytes, scan })
    });
    let Some(view) = listed else { return Err(inbox.notice(&officer.frame, NoticePage::NotFound).await) };
    if view.scan.is_quarantined() {
        return Err(inbox.notice(&officer.frame, NoticePage::Quarantined).await);
    }
    let frame = officer.frame;
    Ok(inbox.draw(StatusCode::OK, move |pages| pages.file(&frame, &view)).await)
}

/// Gives a file out, once that is in the audit trail.
pub async fn download(
    State(inbox): State<Arc<Inbox>>,
    Extension(officer): Extension<Officer>,
    Path((name, place)): Path<(String, String)>,
) -> InboxAnswer {
    let reference = inbox.allowed(&officer, &name).await?.reference;
    let place = place_of(&place).unwrap_or_default();
    let scans = inbox.read(move |store| store.scans(&reference)).await;
    let scans = inbox.or_fault(&officer, scans).await?;
    if scans.get(place.wrapping_sub(1)).is_some_and(FileScan::is_quarantined) {
        return Err(inbox.notice(&officer.frame, NoticePage::Quarantined).await);
    }
    inbox.recorded(&officer, Action::Downloaded, &reference).await?;
    let Ok(_worker) = inbox.workers.acquire().await else {
        return Err(inbox.notice(&officer.frame, NoticePage::Fault).await);
    };
    let files = inbox.read(move |store| store.files(&reference)).await;
    let files = inbox.or_fault(&officer, files).await?.unwrap_or_default();
    match files.into_iter().nth(place.wrapping_sub(1)) {
        // The scan may have ended in between.
        Some(file) if file.scan.is_quarantined() => Err(inbox.notice(&officer.frame, NoticePage::Quarantined).await),
        Some(file) => {
            let read = inbox.storage.read(file.content).await.map_err(StoreError::from);
            let content = inbox.or_fault(&officer, read).await?;
            Ok(save(&format!("{place}-{}", file.name), file.kind.media_type(), content))
        }
        None => Err(inbox.notice(&officer.frame, NoticePage::NotFound).await),
    }
}

/// Answers for every other address.
pub async fn nothing(State(inbox): State<Arc<Inbox>>, Extension(officer): Extension<Officer>) -> Response {
    inbox.notice(&officer.frame, NoticePage::NotFound).await
}

/// Reads the place of a file: digits alone, as the pages write it.
fn place_of(text: &str) -> Option<usize> {
    let is_number = (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

impl Inbox {
    /// Returns a complaint that an officer may read. Whether another exists is told to nobody, and who asks for one is recorded.
    async fn allowed(&self, officer: &Officer, name: &str) -> Result<Allowed, Response> {
        let Ok(reference) = Reference::parse(name) else {
            return Err(self.notice(&officer.frame, NoticePage::NotFound).await);
        };
        let rights = officer.rights.clone();
        let found = self.read(move |store| {
            let councils = store.councils()?;
            let query = Query { councils, reference: Some(reference), limit: 1, ..Query::default() };
            Ok(store.lines(&query)?.into_iter().next())
        });
        let line = self.or_fault(officer, found.await).await?;
        let Some(ListLine { council, .. }) = line else {
            return Err(self.notice(&officer.frame, NoticePage::NotFound).await);
        };
        if let Some(grants) = rights.of(&council) {
            return Ok(Allowed { reference, grants });
        }
        self.recorded(officer, Action::Refused, &reference).await?;
        Err(self.notice(&officer.frame, NoticePage::NotFound).await)
    }

    /// Returns the reference of a complaint that an officer may read, and do more with.
    async fn granted(
        &self,
        officer: &Officer,
        name: &str,
        needed: impl Fn(Grants) -> bool,
    ) -> Result<Reference, Response> {
        let allowed = self.allowed(officer, name).await?;
        if needed(allowed.grants) {
            Ok(allowed.reference)
        } else {
            Err(self.notice(&officer.frame, NoticePage::NotAllowed).await)
        }
    }

    /// Records an action. Where that fails, the page for it takes the place of the answer.
    async fn recorded(&self, officer: &Officer, action: Action, reference: &Reference) -> Result<(), Response> {
        let entry = AuditEntry::about(&officer.id, action, reference);
        let recorded = self.writer.run(move |store| store.record(&entry)).await;
        self.or_fault(officer, recorded).await
    }

    /// Returns the page for a store that cannot be used in the place of its error.
    pub(super) async fn or_fault<T>(&self, officer: &Officer, outcome: Result<T, StoreError>) -> Result<T, Response> {
        match outcome {
            Ok(value) => Ok(value),
            Err(error) => Err(self.fault(&officer.frame, &error).await),
        }
    }

    /// Draws a complaint, once the look is recorded. `is_wrong`: the number that was typed cannot be taken.
    async fn show(&self, officer: &Officer, allowed: &Allowed, is_wrong: bool) -> Response {
        let (id, reference, grants) = (officer.id.clone(), allowed.reference, allowed.grants);
        let opened = self.writer.run(move |store| {
            let Some(opened) = store.open_for(&id, &reference)? else { return Ok(None) };
            Ok(Some((opened, store.scans(&reference)?)))
        });
        let opened = opened.await;
        let ((record, line), scans) = match opened {
            Ok(Some(opened)) => opened,
            Ok(None) => return self.notice(&officer.frame, NoticePage::NotFound).await,
            Err(error) => return self.fault(&officer.frame, &error).await,
        };
        let Some(submission) = read(&record) else { return self.fault(&officer.frame, &StoreError::Content).await };
        let view = ComplaintView { line, submission, scans, grants, is_wrong };
        let frame: Frame = officer.frame.clone();
        let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        self.draw(status, move |pages| pages.complaint(&frame, &view)).await
    }
}

fn read(record: &SubmissionRecord) -> Option<Submission> {
    serde_json::from_str(&record.body).ok()
}
