//! One complaint: read, taken over, written out and erased, and its files.

use std::sync::Arc;

use axum::{
    extract::{Extension, Path, State},
    http::StatusCode,
    response::Response,
};
use putright_domain::submission::format::Submission;

use super::{
    Inbox, Officer, export,
    guard::Fields,
    pages::{ComplaintView, FileView, Frame, Notice},
    policy::Grants,
    response::{download as save, see_other},
};
use crate::{
    reference_number::Reference,
    store::{
        Erased, Record, StoreError,
        audit::{Action, Entry},
        inbox::{Line, Query},
    },
};

/// The most characters of a number in the council's own system.
const MOST_NUMBER: usize = 100;

type At = Path<String>;

/// A complaint that an officer may read.
struct Allowed {
    reference: Reference,
    grants: Grants,
}

/// Answers with a complaint in words, once the look is in the audit trail.
pub async fn look(State(inbox): State<Arc<Inbox>>, Extension(officer): Extension<Officer>, Path(name): At) -> Response {
    match inbox.allowed(&officer, &name).await {
        Ok(allowed) => inbox.show(&officer, &allowed, false).await,
        Err(response) => response,
    }
}

/// Records the number that the complaint has in the council's own system.
pub async fn take_over(
    State(inbox): State<Arc<Inbox>>,
    Extension(officer): Extension<Officer>,
    Extension(fields): Extension<Fields>,
    Path(name): At,
) -> Response {
    let allowed = match inbox.allowed(&officer, &name).await {
        Ok(allowed) => allowed,
        Err(response) => return response,
    };
    let number = fields.get("number").trim().to_owned();
    let is_good = (1..=MOST_NUMBER).contains(&number.chars().count()) && !number.chars().any(char::is_control);
    if !is_good {
        return inbox.show(&officer, &allowed, true).await;
    }
    let (id, reference) = (officer.id.clone(), allowed.reference);
    match inbox.writer.run(move |store| store.take_over(&id, &reference, &number)).await {
        Ok(true) => see_other(&format!("{}inbox/{reference}", officer.frame.up)),
        Ok(false) => inbox.notice(&officer.frame, Notice::NotFound).await,
        Err(error) => inbox.fault(&officer.frame, &error).await,
    }
}

/// Gives the complaint out whole, as a file.
pub async fn export(
    State(inbox): State<Arc<Inbox>>,
    Extension(officer): Extension<Officer>,
    Path(name): At,
) -> Response {
    let allowed = match inbox.allowed(&officer, &name).await {
        Ok(allowed) if allowed.grants.export => allowed,
        Ok(_) => return inbox.notice(&officer.frame, Notice::NotAllowed).await,
        Err(response) => return response,
    };
    let reference = allowed.reference;
    if let Err(error) = inbox.recorded(&officer, Action::Exported, &reference).await {
        return inbox.fault(&officer.frame, &error).await;
    }
    let found = inbox.read(move |store| {
        let filter = crate::store::Filter { reference: Some(reference), ..crate::store::Filter::default() };
        let Some(record) = store.search(&filter, 0, 1)?.into_iter().next() else { return Ok(None) };
        export::whole(store, &reference, &record).map(Some)
    });
    match found.await {
        Ok(Some(text)) => save(&format!("{reference}.json"), "application/json", text.into_bytes()),
        Ok(None) => inbox.notice(&officer.frame, Notice::NotFound).await,
        Err(error) => inbox.fault(&officer.frame, &error).await,
    }
}

/// Asks whether to erase the complaint.
pub async fn ask(State(inbox): State<Arc<Inbox>>, Extension(officer): Extension<Officer>, Path(name): At) -> Response {
    match inbox.allowed(&officer, &name).await {
        Ok(allowed) if allowed.grants.delete => {
            let (frame, reference) = (officer.frame, allowed.reference.to_string());
            inbox.draw(StatusCode::OK, move |pages| pages.erase(&frame, &reference)).await
        }
        Ok(_) => inbox.notice(&officer.frame, Notice::NotAllowed).await,
        Err(response) => response,
    }
}

/// Erases the complaint.
pub async fn erase(
    State(inbox): State<Arc<Inbox>>,
    Extension(officer): Extension<Officer>,
    Path(name): At,
) -> Response {
    let allowed = match inbox.allowed(&officer, &name).await {
        Ok(allowed) if allowed.grants.delete => allowed,
        Ok(_) => return inbox.notice(&officer.frame, Notice::NotAllowed).await,
        Err(response) => return response,
    };
    let (id, reference) = (officer.id.clone(), allowed.reference);
    let erased = inbox.writer.run(move |store| {
        let erased = store.erase(&id, &reference)?;
        Ok((erased, erased == Erased::Done && store.scrub().is_ok()))
    });
    let notice = match erased.await {
        Ok((Erased::Done, true)) => Notice::Erased,
        Ok((Erased::Done, false)) => Notice::ErasedNotScrubbed,
        Ok((Erased::Held, _)) => Notice::Held,
        Ok((Erased::Unknown, _)) => Notice::NotFound,
        Err(error) => return inbox.fault(&officer.frame, &error).await,
    };
    inbox.notice(&officer.frame, notice).await
}

/// Warns before a file is downloaded.
pub async fn warn(
    State(inbox): State<Arc<Inbox>>,
    Extension(officer): Extension<Officer>,
    Path((name, place)): Path<(String, String)>,
) -> Response {
    let reference = match inbox.allowed(&officer, &name).await {
        Ok(allowed) => allowed.reference,
        Err(response) => return response,
    };
    let found = match inbox.read(move |store| store.find(&reference)).await {
        Ok(found) => found,
        Err(error) => return inbox.fault(&officer.frame, &error).await,
    };
    let submission = found.and_then(|found| serde_json::from_str::<Submission>(&found.body).ok());
    let listed = submission.zip(place_of(&place)).and_then(|(submission, place)| {
        let file = submission.files.get(place.checked_sub(1)?)?;
        let (media_type, bytes) = (file.media_type.clone(), file.bytes);
        Some(FileView { reference: reference.to_string(), place, media_type, bytes })
    });
    let Some(view) = listed else { return inbox.notice(&officer.frame, Notice::NotFound).await };
    let frame = officer.frame;
    inbox.draw(StatusCode::OK, move |pages| pages.file(&frame, &view)).await
}

/// Gives a file out, once that is in the audit trail.
pub async fn download(
    State(inbox): State<Arc<Inbox>>,
    Extension(officer): Extension<Officer>,
    Path((name, place)): Path<(String, String)>,
) -> Response {
    let reference = match inbox.allowed(&officer, &name).await {
        Ok(allowed) => allowed.reference,
        Err(response) => return response,
    };
    if let Err(error) = inbox.recorded(&officer, Action::Downloaded, &reference).await {
        return inbox.fault(&officer.frame, &error).await;
    }
    let Ok(_worker) = inbox.workers.acquire().await else { return inbox.notice(&officer.frame, Notice::Fault).await };
    let files = match inbox.read(move |store| store.files(&reference)).await {
        Ok(files) => files.unwrap_or_default(),
        Err(error) => return inbox.fault(&officer.frame, &error).await,
    };
    let place = place_of(&place).unwrap_or_default();
    match files.into_iter().nth(place.wrapping_sub(1)) {
        Some(file) => save(&format!("{place}-{}", file.name), file.kind.media_type(), file.content),
        None => inbox.notice(&officer.frame, Notice::NotFound).await,
    }
}

/// Answers for every other address.
pub async fn nothing(State(inbox): State<Arc<Inbox>>, Extension(officer): Extension<Officer>) -> Response {
    inbox.notice(&officer.frame, Notice::NotFound).await
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
            return Err(self.notice(&officer.frame, Notice::NotFound).await);
        };
        let rights = officer.rights.clone();
        let found = self.read(move |store| {
            let councils = store.councils()?;
            let query = Query { councils, reference: Some(reference), limit: 1, ..Query::default() };
            Ok(store.lines(&query)?.into_iter().next())
        });
        let line = match found.await {
            Ok(line) => line,
            Err(error) => return Err(self.fault(&officer.frame, &error).await),
        };
        let Some(Line { council, .. }) = line else { return Err(self.notice(&officer.frame, Notice::NotFound).await) };
        if let Some(grants) = rights.of(&council) {
            return Ok(Allowed { reference, grants });
        }
        match self.recorded(officer, Action::Refused, &reference).await {
            Ok(()) => Err(self.notice(&officer.frame, Notice::NotFound).await),
            Err(error) => Err(self.fault(&officer.frame, &error).await),
        }
    }

    async fn recorded(&self, officer: &Officer, action: Action, reference: &Reference) -> Result<(), StoreError> {
        let entry = Entry::about(&officer.id, action, reference);
        self.writer.run(move |store| store.record(&entry)).await
    }

    /// Draws a complaint, once the look is recorded. `is_wrong`: the number that was typed cannot be taken.
    async fn show(&self, officer: &Officer, allowed: &Allowed, is_wrong: bool) -> Response {
        let (id, reference, grants) = (officer.id.clone(), allowed.reference, allowed.grants);
        let opened = self.writer.run(move |store| store.open_for(&id, &reference)).await;
        let (record, line) = match opened {
            Ok(Some(opened)) => opened,
            Ok(None) => return self.notice(&officer.frame, Notice::NotFound).await,
            Err(error) => return self.fault(&officer.frame, &error).await,
        };
        let Some(submission) = read(&record) else { return self.fault(&officer.frame, &StoreError::Content).await };
        let view = ComplaintView { line, submission, grants, is_wrong };
        let frame: Frame = officer.frame.clone();
        let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        self.draw(status, move |pages| pages.complaint(&frame, &view)).await
    }
}

fn read(record: &Record) -> Option<Submission> {
    serde_json::from_str(&record.body).ok()
}
