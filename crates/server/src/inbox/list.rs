//! The list of complaints.

use std::sync::Arc;

use axum::{
    extract::{Extension, State},
    http::{StatusCode, Uri},
    response::Response,
};
use putright_domain::{date::Date, submission::format::Kind};

use super::{
    Inbox, Officer,
    pages::{ListFilter, ListView},
};
use crate::{
    reference_number::Reference,
    store::inbox::{Progress, Query},
};

/// The lines of a page.
const PAGE: u32 = 50;
/// The most parts of a query, and the most characters of one.
const MOST_PARTS: usize = 20;
const MOST_CHARACTERS: usize = 100;

/// Answers with a page of the list.
pub async fn list(State(inbox): State<Arc<Inbox>>, Extension(officer): Extension<Officer>, uri: Uri) -> Response {
    let (mut given, before) = read(uri.query().unwrap_or_default());
    let rights = officer.rights.clone();
    let asked = given.clone();
    let found = inbox.read(move |store| {
        let councils = rights.councils(store.councils()?);
        let lines = match query(&asked, before, &councils) {
            Some(query) => Some(store.lines(&query)?),
            None => None,
        };
        Ok((councils, lines))
    });
    let (councils, lines) = match found.await {
        Ok(found) => found,
        Err(error) => return inbox.fault(&officer.frame, &error).await,
    };
    given.is_wrong = lines.is_none();
    let mut lines = lines.unwrap_or_default();
    let has_more = lines.len() > PAGE as usize;
    lines.truncate(PAGE as usize);
    let older = lines.last().filter(|_| has_more).map(|last| older(&given, last.number));
    let view = ListView { given, councils, lines, older, is_later: before.is_some() };
    let frame = officer.frame;
    inbox.draw(StatusCode::OK, move |pages| pages.list(&frame, &view)).await
}

/// Reads the query of an address.
fn read(query: &str) -> (ListFilter, Option<i64>) {
    let mut given = ListFilter::default();
    let mut before = None;
    for (name, value) in form_urlencoded::parse(query.as_bytes()).take(MOST_PARTS) {
        let value: String = value.trim().chars().take(MOST_CHARACTERS).collect();
        match &*name {
            "council" => given.council = value,
            "kind" => given.kind = value,
            "state" => given.state = value,
            "urgent" => given.urgent = value == "yes",
            "from" => given.from = value,
            "until" => given.until = value,
            "find" => given.find = value,
            "before" => before = value.parse().ok(),
            _ => {}
        }
    }
    (given, before)
}

/// Returns the query for the store; `None` if a part of the filter cannot be understood. `councils` are those that the officer
/// may read.
fn query(given: &ListFilter, before: Option<i64>, councils: &[String]) -> Option<Query> {
    let day = |text: &str| match text {
        "" => Some(None),
        text => Date::parse_iso(text).map(|date| Some(date.to_string())),
    };
    let councils = match given.council.as_str() {
        "" => councils.to_vec(),
        one => vec![councils.iter().find(|council| *council == one)?.clone()],
    };
    let kind = match given.kind.as_str() {
        "" => None,
        id => Some(Kind::from_id(id)?.id().to_owned()),
    };
    let state = match given.state.as_str() {
        "" => None,
        id => Some(Progress::from_id(id)?),
    };
    let reference = Reference::parse(&given.find).ok();
    let taken_as = (reference.is_none() && !given.find.is_empty()).then(|| given.find.clone());
    Some(Query {
        councils,
        kind,
        urgent: given.urgent,
        state,
        from: day(&given.from)?,
        until: day(&given.until)?,
        reference,
        taken_as,
        before,
        limit: PAGE + 1,
    })
}

/// Returns the query of the page after a line.
fn older(given: &ListFilter, number: i64) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let urgent = if given.urgent { "yes" } else { "" };
    for (name, value) in [
        ("council", given.council.as_str()),
        ("kind", &given.kind),
        ("state", &given.state),
        ("urgent", urgent),
        ("from", &given.from),
        ("until", &given.until),
        ("find", &given.find),
        ("before", &number.to_string()),
    ] {
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    }
    query.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filter_is_understood_whole_or_not_at_all() {
        let councils = ["bexley".to_owned(), "bromley".to_owned()];
        let asked = |text: &str| {
            let (given, before) = read(text);
            query(&given, before, &councils)
        };
        let all = asked("").unwrap();
        assert_eq!((all.councils.len(), all.limit, all.before), (2, 51, None));
        let some =
            asked("council=bexley&kind=complaint&urgent=yes&state=new&from=2026-12-01&until=2026-12-31&before=7")
                .unwrap();
        assert_eq!(some.councils, ["bexley"]);
        assert_eq!((some.kind.as_deref(), some.urgent, some.state), (Some("complaint"), true, Some(Progress::New)));
        assert_eq!((some.from.as_deref(), some.before), (Some("2026-12-01"), Some(7)));
        assert!(asked("find=222-222-222").unwrap().reference.is_some());
        assert_eq!(asked("find=CASE+1").unwrap().taken_as.as_deref(), Some("CASE 1"));
        for wrong in ["council=other", "kind=letter", "state=lost", "from=yesterday", "until=2026-13-01"] {
            assert!(asked(wrong).is_none(), "{wrong}");
        }
    }
}
