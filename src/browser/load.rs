//! Fetches the files an app runs on, side by side, and puts them together.

use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::window;
use crate::domain::{
    council::{Council, CouncilIndex},
    danger::Danger,
    data::DataError,
    guidance::{signpost::Directory, working_days::WorkingCalendar},
    loaded::{self, Common, Edition, FIRST_REGISTER, Loaded, Sources},
};

const INDEX: &str = "councils/index.json";
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
    let files = loaded::files(FIRST_REGISTER);
    // All are asked for before the first is waited for.
    let [index, holidays, signposts, danger] = [INDEX, HOLIDAYS, SIGNPOSTS, DANGER].map(ask);
    let words = files.each_ref().map(|file| ask(file));
    let index = CouncilIndex::parse(INDEX, &text(INDEX, index).await?)?;
    let id = index.choose(asked.as_deref()).map_err(|_| LoadError::UnknownCouncil)?;
    let council = council(id.to_owned()).await?;
    let mut partners = Vec::new();
    for id in &council.shares_service_with {
        partners.push(self::council(id.clone()).await?);
    }
    let edition = read_edition(&files, words).await?;
    let calendar = WorkingCalendar::parse(HOLIDAYS, &text(HOLIDAYS, holidays).await?)?;
    let directory = Directory::parse(SIGNPOSTS, &text(SIGNPOSTS, signposts).await?)?;
    let danger = Danger::parse(DANGER, &text(DANGER, danger).await?)?;
    Ok(Loaded::new(Common::new(council, partners, calendar, directory, danger), edition))
}

/// Loads the questions and the words of a register.
pub async fn edition(register: &str) -> Result<Edition, DataError> {
    let files = loaded::files(register);
    let asked = files.each_ref().map(|file| ask(file));
    read_edition(&files, asked).await
}

async fn read_edition(files: &[String; 2], [flow, content]: [Option<Promise>; 2]) -> Result<Edition, DataError> {
    let [flow_file, content_file] = files;
    let flow = text(flow_file, flow).await?;
    let content = text(content_file, content).await?;
    Edition::parse(Sources { flow: flow_file, content: content_file }, &flow, &content)
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
