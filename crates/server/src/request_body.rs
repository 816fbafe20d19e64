//! The body of a request: read whole within its bounds, or dropped.

use std::time::Duration;

use axum::body::Body;
use http_body_util::BodyExt;
use multer::bytes::Bytes;
use tokio::time;

use crate::{
    budget::Held,
    connections::LINE,
    pace::{Broken, Pace},
    problem::{Problem, Size},
};

/// The bytes of a refused body that are read and dropped, and the time for it. After that the connection is closed.
const DROPPED: usize = 32 << 20;
const DROPPING: Duration = Duration::from_secs(20);
/// A sender that writes nothing for this long is waiting for the answer.
const PAUSED: Duration = Duration::from_secs(2);

/// The whole body, if it has no more bytes than `most`.
pub async fn read_all(body: &mut Body, most: usize, stalled: Duration, held: &mut Held) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let mut pace = Pace::new(stalled);
    while let Some(piece) = pace.next(body).await {
        let data = piece.map_err(|broken| if broken == Broken::Slow { Problem::Timeout } else { Problem::NotJson })?;
        if bytes.len().saturating_add(data.len()) > most {
            return Err(Problem::TooLarge(Size::Json(most)));
        }
        held.extend(&mut bytes, &data)?;
    }
    Ok(bytes)
}

/// Refuses, and reads and drops what is left of the body: an answer sent while the other side is still writing is lost on
/// its way.
pub async fn refuse(mut body: Body, problem: Problem) -> Problem {
    let _ = LINE.try_with(|line| line.may_end());
    let drop_rest = async {
        let mut length = 0_usize;
        while let Ok(Some(Ok(frame))) = time::timeout(PAUSED, body.frame()).await {
            length = length.saturating_add(frame.data_ref().map_or(0, Bytes::len));
            if length > DROPPED {
                break;
            }
        }
    };
    // How late it is no longer matters.
    let _ = time::timeout(DROPPING, drop_rest).await;
    problem
}
