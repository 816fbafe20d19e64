//! A council's look: its colours, logo, favicon and font, and what stands over and under each page.
//!
//! The look is the host's alone. `putright build` checks it and writes it into the pages, around the element of the app and into their
//! style, so the WebAssembly knows nothing of it. `own` reads the keys, `colours` and `contrast` check the colours, `svg` and
//! `fragment` clean what a council brings, `files` reads it, `surround` draws, and `examples` draws the page to look at first.

mod colours;
mod contrast;
mod examples;
mod files;
pub mod fragment;
pub mod kinds;
pub mod own;
mod surround;
mod svg;

use putright_domain::{
    bundle::{self, FIRST_REGISTER},
    council::Council,
    data::InvalidFile,
    messages::MessageId,
};

pub(crate) use examples::Examples;
pub use examples::FILE as EXAMPLES;
pub use files::of_councils;
pub use kinds::FOLDER;
pub use own::{Colours, LookFile};
pub use surround::{Placed, Surround};

use crate::files::Site;
use files::Folder;
use own::LookKeys;

/// The look of a council, with its files read and checked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CouncilLook {
    /// The council's id.
    pub council: String,
    /// The colours.
    pub colours: Colours,
    /// The keys of the file; `None` where it has no look but its colour.
    pub keys: Option<LookFile>,
    /// The files.
    assets: files::Assets,
}

impl Site {
    /// Reads what stands around the pages of a council.
    ///
    /// # Errors
    /// Returns an error if the council's file, a file of its look or the words of the plain form are wrong.
    pub fn surround(&self, council: &Council) -> Result<Surround, InvalidFile> {
        let foot = self.foot(&self.plain_words()?, &[council]);
        let look = self.look(&council.id)?;
        let skip = match look.keys {
            Some(_) => self.edition(FIRST_REGISTER)?.content.owned_word(MessageId::SkipLink),
            None => String::new(),
        };
        Ok(Surround::new(look, council, skip, foot))
    }

    /// Reads the look of a council, and the files of it.
    ///
    /// # Errors
    /// Returns every fault of the keys and of the files.
    pub fn look(&self, id: &str) -> Result<CouncilLook, InvalidFile> {
        let own = self.read(&bundle::council_file(id), LookKeys::read)?;
        let folder = Folder::new(self, id);
        let assets = own.look.as_ref().map_or_else(|| Ok(files::Assets::default()), |look| folder.assets(look))?;
        Ok(CouncilLook { council: id.to_owned(), colours: own.colours, keys: own.look, assets })
    }
}
