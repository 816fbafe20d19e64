//! The other channels by which a submission can reach the council.

use crate::model::Model;
use putright_domain::{
    delivery::config::{Channel, Fallback},
    messages::MessageId,
};

/// Another way to hand it over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelOption {
    /// The channel.
    pub means: Channel,
    /// The words of its button.
    pub label: String,
    /// The advice to read before choosing it.
    pub hint: String,
}

fn label(means: Channel) -> (MessageId, MessageId) {
    match means {
        Channel::Print => (MessageId::WayPrint, MessageId::WayPrintHint),
        Channel::DownloadHtml => (MessageId::WayDownload, MessageId::WayDownloadHint),
        Channel::DownloadJson => (MessageId::WayData, MessageId::WayDataHint),
        Channel::Copy => (MessageId::WayCopy, MessageId::WayCopyHint),
        Channel::Email => (MessageId::WayEmail, MessageId::WayEmailHint),
        Channel::Telephone => (MessageId::WayTelephone, MessageId::WayTelephoneHint),
        Channel::Post => (MessageId::WayPost, MessageId::WayPostHint),
        Channel::Form => (MessageId::WayForm, MessageId::WayFormHint),
    }
}

/// The other ways that this person is offered, in the council's order. An email stays in the mail program, where others of
/// the family may read it: children are offered it only where the council says so.
pub fn means_offered(model: &Model) -> Vec<&Fallback> {
    let young = model.bundle().content.register != putright_domain::bundle::FIRST_REGISTER;
    let fallbacks = model.delivery_config().fallbacks.iter();
    fallbacks.filter(|fallback| fallback.means != Channel::Email || fallback.for_children || !young).collect()
}

pub(crate) fn ways(model: &Model) -> Vec<ChannelOption> {
    let content = &model.bundle().content;
    let way = |fallback: &Fallback| {
        let (label, hint) = label(fallback.means);
        ChannelOption {
            means: fallback.means,
            label: content.owned_word(label),
            hint: content.fill(hint, &[("address", &fallback.address)]),
        }
    };
    means_offered(model).into_iter().map(way).collect()
}

/// Returns the address for an email, where this person is offered one.
pub(crate) fn email_to(model: &Model) -> Option<&str> {
    let email = means_offered(model).into_iter().find(|fallback| fallback.means == Channel::Email);
    email.map(|fallback| fallback.address.as_str())
}
