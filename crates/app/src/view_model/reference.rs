//! The numbers by which the council and the person know a submission.

use crate::model::Model;
use putright_domain::{
    delivery::state_machine::Delivery,
    guidance::facts::{ids, text},
    messages::MessageId,
};

/// The number of the person's own copy, with its name.
pub(crate) fn number_line(model: &Model) -> String {
    [model.bundle().content.word(MessageId::SentCopyNumber), ": ", &copy_number(model)].concat()
}

/// The number that the person's own copy bears; empty before there is one.
pub(crate) fn copy_number(model: &Model) -> String {
    model.attempt().map(|attempt| in_eights(&attempt.id)).unwrap_or_default()
}

/// Returns the telephone number of the complaints team, with its name.
fn telephone_line(model: &Model) -> Option<String> {
    let name = model.bundle().content.word(MessageId::Telephone);
    model.council().contact.telephone.first().map(|phone| [name, ": ", &phone.number].concat())
}

/// Writes 32 digits in eights, for reading aloud.
fn in_eights(id: &str) -> String {
    let eights: Vec<String> =
        id.as_bytes().chunks(8).map(|chunk| chunk.iter().map(|byte| char::from(*byte)).collect()).collect();
    eights.join("-")
}

/// Returns the day of sending and the council's reference, where there are any, and the telephone number to ring.
pub(crate) fn known_as(model: &Model) -> Vec<String> {
    let content = &model.bundle().content;
    let mut lines = Vec::new();
    let mut reference = text(&model.answers_on_the_way(), ids::COUNCIL_REFERENCE).unwrap_or_default();
    if let Delivery::Delivered(receipt) = model.delivery() {
        lines.push([content.word(MessageId::SentOn), " ", &content.date(model.day())].concat());
        if !receipt.reference.is_empty() {
            reference.clone_from(&receipt.reference);
        }
    }
    if !reference.is_empty() {
        lines.push([content.word(MessageId::SentReference), " ", &reference].concat());
    }
    lines.extend(telephone_line(model));
    lines
}
