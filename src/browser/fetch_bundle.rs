//! Fetches the files an app runs on, side by side, and puts them together.

use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::{page, window};
use putright_domain::{
    bundle::{self, Common, DANGER, Edition, FIRST_REGISTER, HOLIDAYS, INDEX, Loaded, SIGNPOSTS, Sources, address},
    council::{Council, CouncilIndex},
    danger_phrases::Danger,
    data::DataError,
    guidance::{signpost::Directory, working_days::WorkingCalendar},
};

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

/// Loads everything for the council that the address asks for. A page of one council's own needs no list of them.
pub async fn load() -> Result<Loaded, LoadError> {
    let files = bundle::files(page::own_register().as_deref().unwrap_or(FIRST_REGISTER));
    let kept = page::kept_files();
    // All are asked for before the first is waited for.
    let [holidays, signposts, danger] = [HOLIDAYS, SIGNPOSTS, DANGER].map(|file| ask(address(&kept, file)));
    let words = files.each_ref().map(|file| ask(address(&kept, file)));
    let (asked, own) = (page::asked_council(), page::own_council());
    let id = match own {
        Some(own) if asked.as_ref().is_none_or(|asked| *asked == own) => own,
        _ => {
            let index = CouncilIndex::parse(INDEX, &text(INDEX, ask(INDEX)).await?)?;
            index.choose(asked.as_deref()).map_err(|_| LoadError::UnknownCouncil)?.to_owned()
        }
    };
    let council = council(id).await?;
    let mut partners = Vec::new();
    for id in &council.shares_service_with {
        partners.push(self::council(id.clone()).await?);
    }
    let edition = read_edition(&files, &kept, words).await?;
    let calendar = WorkingCalendar::parse(HOLIDAYS, &text(HOLIDAYS, holidays).await?)?;
    let directory = Directory::parse(SIGNPOSTS, &text(SIGNPOSTS, signposts).await?)?;
    let danger = Danger::parse(DANGER, &text(DANGER, danger).await?)?;
    let mut common = Common::new(council, partners, calendar, directory, danger);
    common.pictures = kept;
    Ok(Loaded::new(common, edition))
}

/// Loads the questions and the words of a register.
pub async fn edition(register: &str) -> Result<Edition, DataError> {
    let files = bundle::files(register);
    let kept = page::kept_files();
    let asked = files.each_ref().map(|file| ask(address(&kept, file)));
    read_edition(&files, &kept, asked).await
}

async fn read_edition(files: &[String; 2], kept: &str, mut asked: [Option<Promise>; 2]) -> Result<Edition, DataError> {
    let [flow_file, content_file] = files;
    let mut kept = address(kept, flow_file) != flow_file;
    loop {
        let [flow, content] = asked;
        let edition = async {
            let flow = text(flow_file, flow).await?;
            let content = text(content_file, content).await?;
            Edition::parse(Sources { flow: flow_file, content: content_file }, &flow, &content)
        }
        .await;
        if !kept || edition.is_ok() {
            return edition;
        }
        // Where somebody has changed them and not prerendered, one may be kept from before and the other not: as they are now.
        kept = false;
        asked = files.each_ref().map(|file| ask(file));
    }
}

async fn council(id: String) -> Result<Box<Council>, DataError> {
    let file = bundle::council_file(&id);
    let council = Council::parse(&file, &text(&file, ask(&file)).await?)?;
    if council.id == id {
        Ok(Box::new(council))
    } else {
        Err(DataError::at(&file, "/id", "must be the name of the file"))
    }
}

fn ask(address: &str) -> Option<Promise> {
    window().map(|window| window.fetch_with_str(address).unchecked_into())
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
