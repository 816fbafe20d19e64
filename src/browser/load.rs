//! Fetches the files an app runs on, side by side, and puts them together.

use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::window;
use crate::domain::{
    content::Content,
    council::{Council, CouncilIndex},
    danger::Danger,
    data::DataError,
    guidance::{signpost::Directory, working_days::WorkingCalendar},
    journey::flow::Flow,
    loaded::{Loaded, Sources},
};

const INDEX: &str = "councils/index.json";
const FLOW: &str = "flows/adult.json";
const CONTENT: &str = "content/en/adult.json";
const HOLIDAYS: &str = "bank-holidays.json";
const SIGNPOSTS: &str = "signposts.json";
const DANGER: &str = "danger/en.json";

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
    // All are asked for before the first is waited for.
    let [index, flow, content, holidays, signposts, danger] =
        [INDEX, FLOW, CONTENT, HOLIDAYS, SIGNPOSTS, DANGER].map(ask);
    let index = CouncilIndex::parse(INDEX, &text(INDEX, index).await?)?;
    let id = index.choose(asked.as_deref()).map_err(|_| LoadError::UnknownCouncil)?;
    let council = council(id.to_owned()).await?;
    let mut partners = Vec::new();
    for id in &council.shares_service_with {
        partners.push(self::council(id.clone()).await?);
    }
    let flow = Flow::parse(FLOW, &text(FLOW, flow).await?)?;
    let content = Content::parse(CONTENT, &text(CONTENT, content).await?)?;
    let calendar = WorkingCalendar::parse(HOLIDAYS, &text(HOLIDAYS, holidays).await?)?;
    let directory = Directory::parse(SIGNPOSTS, &text(SIGNPOSTS, signposts).await?)?;
    let sources = Sources { flow: FLOW, content: CONTENT };
    let danger = Danger::parse(DANGER, &text(DANGER, danger).await?)?;
    let mut loaded = Loaded::new(council, partners, flow, content, calendar, directory, sources)?;
    loaded.danger = danger;
    Ok(loaded)
}

async fn council(id: String) -> Result<Box<Council>, DataError> {
    let file = ["councils/", &id, ".json"].concat();
    let council = Council::parse(&file, &text(&file, ask(&file)).await?)?;
    if council.id == id {
        Ok(Box::new(council))
    } else {
        Err(DataError::at(&file, "/id", "must be the name of the file"))
    }
}

fn ask(file: &str) -> Option<Promise> {
    window().map(|window| window.fetch_with_str(file).unchecked_into())
}

async fn text(file: &str, answer: Option<Promise>) -> Result<String, DataError> {
    let fault = |problem: &str| DataError::at(file, "", problem);
    let answer = answer.ok_or_else(|| fault("could not be asked for"))?;
    let answer = JsFuture::from(answer).await.map_err(|_| fault("could not be fetched"))?;
    let response: Response = answer.unchecked_into();
    if !response.ok() {
        return Err(fault(&["could not be fetched: the server answered ", &response.status().to_string()].concat()));
    }
    let body = response.text().map_err(|_| fault("could not be read"))?;
    let body = JsFuture::from(body.unchecked_into::<Promise>()).await.map_err(|_| fault("could not be read"))?;
    body.as_string().ok_or_else(|| fault("could not be read"))
}
