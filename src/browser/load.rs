//! Fetches the files an app runs on, side by side, and puts them together.

use futures_util::future::{try_join_all, try_join5};
use gloo_net::http::Request;

use crate::domain::{
    content::Content,
    council::{Council, CouncilIndex},
    data::DataError,
    guidance::{signpost::Directory, working_days::WorkingCalendar},
    journey::flow::Flow,
    session::{Loaded, Sources},
};

const INDEX: &str = "councils/index.json";
const FLOW: &str = "flows/adult.json";
const CONTENT: &str = "content/en/adult.json";
const HOLIDAYS: &str = "bank-holidays.json";
const SIGNPOSTS: &str = "signposts.json";

/// Why the form cannot start.
pub enum LoadError {
    /// A file is wrong, or did not come.
    Data(DataError),
    /// The address names a council that this site does not serve.
    UnknownCouncil,
}

impl From<DataError> for LoadError {
    fn from(error: DataError) -> Self {
        Self::Data(error)
    }
}

/// Loads everything for the council that the address asks for.
pub async fn load(asked: Option<String>) -> Result<Loaded, LoadError> {
    let (index, flow, content, holidays, signposts) =
        try_join5(text(INDEX), text(FLOW), text(CONTENT), text(HOLIDAYS), text(SIGNPOSTS)).await?;
    let index = CouncilIndex::parse(INDEX, &index)?;
    let id = index.choose(asked.as_deref()).map_err(|_| LoadError::UnknownCouncil)?;
    let council = council(id.to_owned()).await?;
    let partners = try_join_all(council.shares_service_with.iter().cloned().map(self::council)).await?;
    let loaded = Loaded::new(
        council,
        partners,
        Flow::parse(FLOW, &flow)?,
        Content::parse(CONTENT, &content)?,
        WorkingCalendar::parse(HOLIDAYS, &holidays)?,
        Directory::parse(SIGNPOSTS, &signposts)?,
        Sources { flow: FLOW, content: CONTENT },
    )?;
    Ok(loaded)
}

async fn council(id: String) -> Result<Council, DataError> {
    let file = format!("councils/{id}.json");
    let council = Council::parse(&file, &text(&file).await?)?;
    if council.id == id { Ok(council) } else { Err(DataError::at(&file, "/id", "must be the name of the file")) }
}

async fn text(file: &str) -> Result<String, DataError> {
    let fault = |problem: String| DataError::at(file, "", problem);
    let response = Request::get(file).send().await.map_err(|_| fault("could not be fetched".to_owned()))?;
    if !response.ok() {
        return Err(fault(format!("could not be fetched: the server answered {}", response.status())));
    }
    response.text().await.map_err(|_| fault("could not be read".to_owned()))
}
