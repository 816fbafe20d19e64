//! Searches what people wrote. The text that an officer searches for is often a person's name, so it comes in the body of a request, and
//! is in no address, no log and no audit entry.

use std::sync::Arc;

use axum::{
    extract::{Extension, State},
    http::StatusCode,
    response::Response,
};

use super::{Inbox, Officer, guard::FormFields, pages::SearchView};
use crate::store::{
    audit::Action,
    inbox::{FoundLines, TextSearch},
};

/// The lines of a page.
const PAGE: usize = 50;
/// The fewest and the most characters of a text.
const LEAST_CHARACTERS: usize = 3;
const MOST_CHARACTERS: usize = 100;

/// Answers with the complaints that hold a text, once the search is in the audit trail.
pub async fn search(
    State(inbox): State<Arc<Inbox>>,
    Extension(officer): Extension<Officer>,
    Extension(fields): Extension<FormFields>,
) -> Result<Response, Response> {
    let text = fields.get("text").trim().to_owned();
    let before = fields.get("before").parse().ok();
    let is_wrong = !(LEAST_CHARACTERS..=MOST_CHARACTERS).contains(&text.chars().count());
    let found = if is_wrong {
        FoundLines::default()
    } else {
        let recorded = inbox.record(&officer.id, Action::Searched).await;
        inbox.or_fault(&officer, recorded).await?;
        let (rights, text) = (officer.rights.clone(), text.clone());
        let found = inbox.read(move |store| {
            let councils = rights.councils(store.councils()?);
            store.search_text(&TextSearch { councils, text, before, limit: PAGE })
        });
        inbox.or_fault(&officer, found.await).await?
    };
    let FoundLines { lines, further, searched_to } = found;
    let view = SearchView { text, lines, further, searched_to, is_wrong };
    let frame = officer.frame;
    let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(inbox.draw(status, move |pages| pages.search(&frame, &view)).await)
}
