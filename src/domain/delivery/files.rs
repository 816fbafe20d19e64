//! Files that go with a submission.

use super::config::Encoding;
use crate::domain::data::{DataError, Place};

/// How files are sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendFiles {
    /// As parts of a multipart body.
    Multipart {
        /// The part that holds the submission, where the encoding is JSON.
        part: Option<String>,
        /// The name of each file's part.
        field: String,
    },
    /// As base64 in the JSON.
    Base64 {
        /// The place of the list, as a JSON pointer.
        field: String,
    },
}

/// What files a backend takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRules {
    /// How they are sent.
    pub send: SendFiles,
}

/// A file as it was accepted. Its content stays in the browser, under its id.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its number in the browser.
    pub id: u32,
    /// Its name, cleaned.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its length.
    pub bytes: u32,
}

impl FileRules {
    /// Reads the rules; `None` where no files are taken.
    ///
    /// # Errors
    /// Where they are not of the shape.
    pub fn read(place: &Place<'_>) -> Result<Option<Self>, DataError> {
        let object = place.object(&["send", "part", "field", "most", "each_megabytes", "all_megabytes", "types"])?;
        let field = object.text_or_empty("field")?;
        let send = match object.text("send")?.as_str() {
            "multipart" => {
                SendFiles::Multipart { part: object.get("part").map(|part| part.owned_text()).transpose()?, field }
            }
            "base64" => SendFiles::Base64 { field },
            _ => return Ok(None),
        };
        Ok(Some(Self { send }))
    }

    /// Why files cannot be sent so in this encoding; `None` where they can.
    pub fn do_not_fit(&self, encoding: Encoding) -> Option<&'static str> {
        match (&self.send, encoding) {
            (SendFiles::Multipart { part: Some(_), .. }, Encoding::Json)
            | (SendFiles::Multipart { part: None, .. }, Encoding::Multipart) => None,
            (SendFiles::Base64 { field }, Encoding::Json) if field.starts_with('/') => None,
            (SendFiles::Base64 { .. }, _) => {
                Some("are sent as base64: \"encoding\" must be \"json\", and \"field\" a JSON pointer")
            }
            _ => Some(
                "are sent as parts: with \"encoding\" \"json\" name the \"part\" that holds the JSON; else it must be \"multipart\"",
            ),
        }
    }
}
