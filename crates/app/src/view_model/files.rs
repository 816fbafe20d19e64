//! Photos and files on a page: the limits, what was added, how far it is, what was refused.

use std::fmt;

use crate::{
    attachments::state::{FILES_FIELD, FilesSaid, Refused},
    model::Model,
    view_model::error_line::ErrorLine,
};
use putright_domain::{
    delivery::{
        attachments::{Attachment, FileFault},
        file_rules::{FileRules, FileType, MEGABYTE},
    },
    guidance::facts::ids,
    messages::MessageId,
};

/// How many files went with what was sent, and how many of them the council's backend says that it has.
fn files_arrived(model: &Model) -> (usize, Option<usize>) {
    (model.attempt().map_or(0, |attempt| attempt.files.len()), model.attachments.arrived)
}

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

pub(crate) fn files_control(model: &Model) -> Option<FilesControl> {
    let Some(rules) = &model.council().delivery.files else { return None };
    Some(FilesControl {
        limits: fill_limits(model, MessageId::FilesLimits, rules, ""),
        offered: rules.offered(),
        added: model.files().iter().map(|file| file_line(model, file)).collect(),
        told: files_told(model),
    })
}

/// Returns each file with its size; `None` where there is no file.
pub(crate) fn file_lines(model: &Model) -> Option<Vec<String>> {
    let lines: Vec<String> = model.files().iter().map(|file| file_line(model, file).label).collect();
    (!lines.is_empty()).then_some(lines)
}

fn file_line(model: &Model, file: &Attachment) -> FileLine {
    // Rounded up: nothing is nought.
    let (word, number) = if file.bytes < MEGABYTE {
        (MessageId::FilesKilobytes, file.bytes.div_ceil(1000).to_string())
    } else {
        let tenths = file.bytes.div_ceil(MEGABYTE / 10);
        let whole = (tenths / 10).to_string();
        let number = if tenths.is_multiple_of(10) { whole } else { [&whole, ".", &(tenths % 10).to_string()].concat() };
        (MessageId::FilesMegabytes, number)
    };
    let size = model.bundle().content.fill(word, &[("number", &number)]);
    FileLine { id: file.id, name: file.name.clone(), label: [&file.name, " (", &size, ")"].concat() }
}

/// How far they are, without a name in it.
pub(crate) fn files_told(model: &Model) -> String {
    let content = &model.bundle().content;
    let count = model.files().len().to_string();
    match (model.attachments.progress(), model.attachments.said()) {
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
pub(crate) fn files_in_doubt(model: &Model) -> String {
    let content = &model.bundle().content;
    match files_arrived(model) {
        (0, _) => String::new(),
        (_, None) => content.owned_word(MessageId::FilesNotProved),
        (sent, Some(count)) if count < sent => {
            content.fill(MessageId::FilesMissing, &[("count", &count.to_string()), ("sent", &sent.to_string())])
        }
        _ => String::new(),
    }
}

/// Returns an error for each file that was not added, with the reason.
pub(crate) fn file_errors(model: &Model) -> Vec<ErrorLine> {
    let Some(rules) = &model.council().delivery.files else { return Vec::new() };
    let line = |Refused { name, fault }: &Refused| {
        let word = match fault {
            FileFault::TooMany => MessageId::FilesTooMany,
            FileFault::TooLarge => MessageId::FilesTooLarge,
            FileFault::AllTooLarge => MessageId::FilesAllTooLarge,
            FileFault::WrongType => MessageId::FilesWrongType,
            FileFault::Unreadable => MessageId::FilesUnreadable,
            FileFault::Empty => MessageId::FilesEmpty,
        };
        let text = fill_limits(model, word, rules, name);
        ErrorLine { text, target: FILES_FIELD.to_owned(), question: None, at: ids::FILES.to_owned(), field: None }
    };
    model.attachments.faults().iter().map(line).collect()
}

fn fill_limits(model: &Model, word: MessageId, rules: &FileRules, name: &str) -> String {
    let content = &model.bundle().content;
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
