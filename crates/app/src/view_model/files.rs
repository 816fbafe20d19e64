//! Photos and files on a page: the limits, what was added, how far it is, what was refused.

use std::fmt;

use crate::model::{
    Model,
    attachments::{FILES_FIELD, FilesSaid, Refused},
};
use crate::view_model::{Control, ErrorLine};
use putright_domain::{
    delivery::{
        attachments::{Attachment, FileFault},
        file_rules::{FileRules, FileType, MEGABYTE},
    },
    messages::MessageId,
};

/// The field for photos and files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilesControl {
    /// How many, how large, of which kinds.
    pub limits: String,
    /// The value of the field's `accept` attribute.
    pub offered: String,
    /// The files that were added.
    pub added: Vec<FileLine>,
    /// How far it is.
    pub told: String,
}

/// A file that was added.
#[derive(Clone, PartialEq, Eq)]
pub struct FileLine {
    /// Its number.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// Its name and how long it is.
    pub label: String,
}

impl fmt::Debug for FileLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.id.fmt(f)
    }
}

impl Model {
    pub(super) fn files_control(&self) -> Control {
        let Some(rules) = &self.council().delivery.files else { return Control::None };
        Control::Files(FilesControl {
            limits: self.fill_limits(MessageId::FilesLimits, rules, ""),
            offered: rules.offered(),
            added: self.files().iter().map(|file| self.file_line(file)).collect(),
            told: self.files_told(),
        })
    }

    /// Returns each file with its size; `None` where there is no file.
    pub(super) fn file_lines(&self) -> Option<Vec<String>> {
        let lines: Vec<String> = self.files().iter().map(|file| self.file_line(file).label).collect();
        (!lines.is_empty()).then_some(lines)
    }

    fn file_line(&self, file: &Attachment) -> FileLine {
        // Rounded up: nothing is nought.
        let (word, number) = if file.bytes < MEGABYTE {
            (MessageId::FilesKilobytes, file.bytes.div_ceil(1000).to_string())
        } else {
            let tenths = file.bytes.div_ceil(MEGABYTE / 10);
            let whole = (tenths / 10).to_string();
            let number =
                if tenths.is_multiple_of(10) { whole } else { [&whole, ".", &(tenths % 10).to_string()].concat() };
            (MessageId::FilesMegabytes, number)
        };
        let size = self.bundle().content.fill(word, &[("number", &number)]);
        FileLine { id: file.id, name: file.name.clone(), label: [&file.name, " (", &size, ")"].concat() }
    }

    /// How far they are, without a name in it.
    pub fn files_told(&self) -> String {
        let content = &self.bundle().content;
        let count = self.files().len().to_string();
        match (self.files_progress(), self.files_said()) {
            (Some((number, count)), _) => {
                content.fill(MessageId::FilesBusy, &[("number", &number.to_string()), ("count", &count.to_string())])
            }
            (None, FilesSaid::Nothing) => String::new(),
            (None, FilesSaid::Added) => content.fill(MessageId::FilesReady, &[("count", &count)]),
            (None, FilesSaid::Removed) => content.fill(MessageId::FilesRemoved, &[("count", &count)]),
        }
    }

    /// Returns the warning that sent files are missing, or that nothing proves their arrival. Empty if all have
    /// arrived.
    pub(super) fn files_in_doubt(&self) -> String {
        let content = &self.bundle().content;
        match self.files_arrived() {
            (0, _) => String::new(),
            (_, None) => content.owned_word(MessageId::FilesNotProved),
            (sent, Some(count)) if count < sent => {
                content.fill(MessageId::FilesMissing, &[("count", &count.to_string()), ("sent", &sent.to_string())])
            }
            _ => String::new(),
        }
    }

    /// Returns an error for each file that was not added, with the reason.
    pub(super) fn file_errors(&self) -> Vec<ErrorLine> {
        let Some(rules) = &self.council().delivery.files else { return Vec::new() };
        let line = |Refused { name, fault }: &Refused| {
            let word = match fault {
                FileFault::TooMany => MessageId::FilesTooMany,
                FileFault::TooLarge => MessageId::FilesTooLarge,
                FileFault::AllTooLarge => MessageId::FilesAllTooLarge,
                FileFault::WrongType => MessageId::FilesWrongType,
                FileFault::Unreadable => MessageId::FilesUnreadable,
                FileFault::Empty => MessageId::FilesEmpty,
            };
            let text = self.fill_limits(word, rules, name);
            ErrorLine {
                text,
                target: FILES_FIELD.to_owned(),
                question: None,
                at: crate::view_model::ids::FILES.to_owned(),
                field: None,
            }
        };
        self.file_faults().iter().map(line).collect()
    }

    fn fill_limits(&self, word: MessageId, rules: &FileRules, name: &str) -> String {
        let content = &self.bundle().content;
        let mut types: Vec<&str> = Vec::new();
        for kind in rules.types.iter() {
            types.push(content.word(match kind {
                FileType::Photo => MessageId::FilesPhotos,
                FileType::Pdf => MessageId::FilesPdf,
                FileType::Word => MessageId::FilesWord,
                FileType::Text => MessageId::FilesText,
            }));
        }
        let megabytes = |bytes: u32| (bytes / MEGABYTE).to_string();
        let values = [
            ("most", rules.most.to_string()),
            ("each", megabytes(rules.each_bytes)),
            ("all", megabytes(rules.all_bytes)),
            ("types", types.join(", ")),
            ("name", name.to_owned()),
        ];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        content.fill(word, &values)
    }
}
