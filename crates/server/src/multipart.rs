//! Reads a submission with files: `multipart/form-data` (RFC 7578).
//!
//! One part `submission` with the JSON, wherever it is, and parts `file` in the order of its `files`. The name a part
//! gives for its file is never read: the list in the submission has it. Each part is held against its limit while it comes,
//! and against the budget of all requests, so no more is ever in memory than may be stored and a little more.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    body::Body,
    http::{HeaderMap, header},
};
use futures_util::{Stream, stream};
use multer::{Field, Multipart, bytes::Bytes};
use tokio::task;

use crate::{
    budget::Held,
    file_limits::FileLimits,
    pace::{Broken, Pace},
    problem::{Problem, Size},
    received_file::ReceivedFile,
};

/// The most bytes that are neither JSON nor file: the heads of parts, and all before the first.
const MOST_BETWEEN: usize = 64 << 10;

/// The limits on a body of parts.
#[derive(Clone, Copy)]
pub struct MultipartLimits {
    /// The most bytes of the JSON.
    pub json: usize,
    /// The limits on the files.
    pub files: FileLimits,
    /// The time in which a part of the body must arrive: see [`Pace`].
    pub stalled: Duration,
}

/// The bytes that have come since the parser last returned something, and a mark if they came too slowly.
#[derive(Clone, Default)]
struct Waiting {
    bytes: Arc<AtomicUsize>,
    is_slow: Arc<AtomicBool>,
}

/// The bytes of the JSON, and the files.
///
/// # Errors
/// Returns an error if a limit is passed, or the body is not made of such parts. The rest of it has not been read then.
pub async fn read(
    body: &mut Body,
    boundary: &str,
    limits: MultipartLimits,
    held: &mut Held,
) -> Result<(Vec<u8>, Vec<ReceivedFile>), Problem> {
    let MultipartLimits { json: max_json, files: limits, stalled } = limits;
    let waiting = Waiting::default();
    let mut parser = Multipart::new(paced(body, waiting.clone(), stalled), boundary);
    let (mut json, mut files) = (None, Vec::new());
    let mut together = 0_usize;
    while let Some(mut field) = parser.next_field().await.map_err(|_| waiting.problem())? {
        waiting.over();
        match field.name() {
            Some("submission") if json.is_none() => {
                let fits = |bytes| if bytes > max_json { Err(Problem::TooLarge(Size::Json(max_json))) } else { Ok(()) };
                json = Some(content(&mut field, &waiting, fits, held).await?);
            }
            Some("file") => {
                let place = files.len();
                limits.check_count(place + 1)?;
                let media_type = media_type(field.headers());
                let fits = |bytes| limits.check_bytes(place, bytes, together.saturating_add(bytes));
                let content = content(&mut field, &waiting, fits, held).await?;
                together = together.saturating_add(content.len());
                files.push(ReceivedFile { media_type, content });
            }
            _ => return Err(Problem::BadParts),
        }
    }
    Ok((json.ok_or(Problem::BadParts)?, files))
}

async fn content(
    field: &mut Field<'_>,
    waiting: &Waiting,
    fits: impl Fn(usize) -> Result<(), Problem>,
    held: &mut Held,
) -> Result<Vec<u8>, Problem> {
    let mut content = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| waiting.problem())? {
        waiting.over();
        fits(content.len().saturating_add(chunk.len()))?;
        held.extend(&mut content, &chunk)?;
    }
    Ok(content)
}

/// A part that does not say is plain text (RFC 7578, section 4.4).
fn media_type(headers: &HeaderMap) -> String {
    let Some(said) = headers.get(header::CONTENT_TYPE) else { return "text/plain".to_owned() };
    let essence = said.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

impl Waiting {
    /// The parser gave something.
    fn over(&self) {
        self.bytes.store(0, Ordering::Relaxed);
    }

    /// Returns the problem of a body that the parser cannot read.
    fn problem(&self) -> Problem {
        if self.is_slow.load(Ordering::Relaxed) { Problem::Timeout } else { Problem::BadParts }
    }
}

/// The body, a piece at a time. The parser takes all that is ready before it looks at any of it, and the head of a part may
/// have any length; so before each piece there is a pause, and where pieces come to nothing there is an end.
fn paced(
    body: &mut Body,
    waiting: Waiting,
    stalled: Duration,
) -> impl Stream<Item = Result<Bytes, &'static str>> + Send {
    stream::unfold((body, waiting, Pace::new(stalled)), async |(body, waiting, mut pace)| {
        task::yield_now().await;
        let piece = if waiting.bytes.load(Ordering::Relaxed) > MOST_BETWEEN {
            Err("the parts are lost in what is between them")
        } else {
            pace.next(body).await?.map_err(|broken| {
                waiting.is_slow.store(broken == Broken::Slow, Ordering::Relaxed);
                "the body broke off"
            })
        };
        if let Ok(piece) = &piece {
            waiting.bytes.fetch_add(piece.len(), Ordering::Relaxed);
        }
        Some((piece, (body, waiting, pace)))
    })
}
