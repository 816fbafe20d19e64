//! The rules of a council for files: which it takes, how they are sent, and how an answer proves that they have arrived.

use crate::{
    data::Place,
    id_enum::{IdSet, id_enum},
};

id_enum! {
    /// A kind of file that a council may take.
    FileType { Photo = "photo", Pdf = "pdf", Word = "word", Text = "text" }
}

/// How files go with a submission.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum SendFiles {
    /// Each as a part of its own of `multipart/form-data`.
    Multipart {
        /// The part that the submission itself goes in; `None` where its fields are parts themselves.
        part: Option<String>,
        /// The name of each file's part.
        field: String,
    },
    /// Within the JSON, in base64.
    Base64 {
        /// The field's place, as a JSON pointer.
        field: String,
    },
}

/// How a backend's answer proves that the files have arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Proof {
    /// It does not.
    #[default]
    None,
    /// A success does: the backend takes a submission with all its files, or not at all.
    Success,
    /// By how many have arrived: a number, or a list of them, at a JSON pointer.
    Count(String),
}

/// The files that a council takes, and how they are sent.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FileRules {
    /// How they are sent.
    pub send: SendFiles,
    /// How the answer proves that they have arrived.
    pub proof: Proof,
    /// How many.
    pub most: u32,
    /// How many bytes one may have.
    pub each_bytes: u32,
    /// How many bytes all may have together.
    pub all_bytes: u32,
    /// The kinds of file.
    pub types: IdSet<FileType>,
}

/// A megabyte, as the makers of phones count. Where a server counts the larger kind, it takes more than we say.
pub const MEGABYTE: u32 = 1_000_000;

impl Default for FileRules {
    fn default() -> Self {
        Self {
            send: SendFiles::Multipart { part: Some("submission".to_owned()), field: "file".to_owned() },
            proof: Proof::None,
            most: 5,
            each_bytes: 10 * MEGABYTE,
            all_bytes: 20 * MEGABYTE,
            types: FileType::ALL.iter().copied().collect(),
        }
    }
}

impl Proof {
    fn read(place: Place<'_>) -> Self {
        match place.text() {
            "success" => Self::Success,
            pointer if pointer.starts_with('/') => Self::Count(pointer.to_owned()),
            _ => {
                place.note(
                    "must be \"success\", where your backend takes all files or refuses everything, or the JSON pointer of how \
                     many have arrived, such as \"/files\"",
                );
                Self::None
            }
        }
    }
}

impl FileRules {
    /// Reads what a council's file says of files; `None` where it takes none. Something can be added under what is read.
    #[inline(never)]
    pub fn read(place: Place<'_>) -> Option<Self> {
        let object =
            place.object(&["send", "part", "field", "proof", "most", "each_megabytes", "all_megabytes", "types"]);
        let send = object.need("send");
        let send = match send.text() {
            "none" => return None,
            "multipart" => SendFiles::Multipart { part: object.text_or_none("part"), field: object.text("field") },
            "base64" => SendFiles::Base64 { field: object.text("field") },
            _ => {
                send.note("is not known; known: multipart, base64, none");
                return None;
            }
        };
        let proof = object.get("proof").map(Proof::read).unwrap_or_default();
        let mut rules = Self { send, proof, ..Self::default() };
        for (key, most, megabytes) in [
            ("most", 50, &mut rules.most),
            ("all_megabytes", 1000, &mut rules.all_bytes),
            ("each_megabytes", 1000, &mut rules.each_bytes),
        ] {
            let Some(place) = object.get(key) else { continue };
            let number = place.number();
            if number == 0 || number > most {
                place.note("must be 1 or more, and as much as is useful");
                continue;
            }
            *megabytes = if key == "most" { number } else { number * MEGABYTE };
        }
        // Nobody is told a limit that another one forbids to reach.
        rules.each_bytes = rules.each_bytes.min(rules.all_bytes);
        if let Some(types) = object.get("types") {
            rules.types = types.list().into_iter().map(Place::id).collect();
            if rules.types.is_empty() {
                types.note("names no type; to take no files say \"send\": \"none\"");
            }
        }
        Some(rules)
    }

    /// Returns the value of `accept` for a file field. People may try any photo.
    pub fn offered(&self) -> String {
        let mut offered: Vec<&str> = Vec::new();
        for kind in self.types.iter() {
            offered.push(match kind {
                FileType::Photo => "image/*",
                FileType::Pdf => "application/pdf,.pdf",
                FileType::Word => ".doc,.docx,.odt",
                FileType::Text => "text/plain,.txt",
            });
        }
        offered.join(",")
    }
}
