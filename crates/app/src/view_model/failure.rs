//! The words about a try that failed, or that another tab made.

use crate::{model::Model, view_model::reference};
use putright_domain::{
    delivery::{response::DeliveryError, state_machine::Delivery},
    messages::MessageId,
};

/// Returns the message that another tab has sent the submission. Returns `None` if none has.
pub fn elsewhere_words(model: &Model) -> Option<String> {
    let (reference, content) = (model.sending.elsewhere.as_ref()?, &model.bundle.content);
    let told = content.owned_word(MessageId::SentElsewhere);
    let known = !reference.is_empty();
    Some(if known { [&told, " ", content.word(MessageId::SentReference), " ", reference].concat() } else { told })
}

pub(crate) fn what_trying_again_means(model: &Model) -> Vec<String> {
    let content = &model.bundle().content;
    let again = match (model.delivery_machine().may_have_arrived(), model.delivery_config().is_keyed()) {
        (false, _) => MessageId::AgainSafe,
        (true, true) => MessageId::AgainSame,
        (true, false) => MessageId::AgainTwice,
    };
    vec![content.owned_word(MessageId::NotSentKept), content.fill(again, &[("number", &reference::copy_number(model))])]
}

/// Returns the message about the failure of the last try.
pub(crate) fn failure(model: &Model, error: &DeliveryError) -> String {
    let content = &model.bundle().content;
    if *error == DeliveryError::Offline && model.delivery_machine().is_online() {
        return content.owned_word(MessageId::BackOnline);
    }
    let told = content.word(failure_word(error));
    if model.delivery_machine().may_have_arrived() && !error.may_have_arrived() {
        return [told, " ", content.word(MessageId::FailedEarlier)].concat();
    }
    told.to_owned()
}

/// Returns the title over the reasons. It depends on whether another tab sent the submission, and whether a try may
/// have arrived.
pub(crate) fn not_sent_title(model: &Model) -> MessageId {
    match (elsewhere_words(model), model.delivery_machine().may_have_arrived()) {
        (Some(_), _) => MessageId::SentTitle,
        (None, true) => MessageId::NotSentTitle,
        (None, false) => MessageId::NotSentSure,
    }
}

/// Returns the message that the submission has been sent, may have been sent, or has not.
pub(crate) fn whether_sent(model: &Model) -> MessageId {
    match model.delivery() {
        Delivery::Delivered(_) => MessageId::CopySent,
        _ if model.delivery_machine().may_have_arrived() => MessageId::CopyMaybe,
        _ => MessageId::CopyNotSent,
    }
}

fn failure_word(error: &DeliveryError) -> MessageId {
    match error {
        DeliveryError::Offline => MessageId::FailedOffline,
        DeliveryError::NotReady | DeliveryError::Unreachable => MessageId::FailedUnreachable,
        DeliveryError::TimedOut => MessageId::FailedUnknown,
        DeliveryError::Stopped => MessageId::FailedStopped,
        DeliveryError::Elsewhere => MessageId::FailedElsewhere,
        DeliveryError::Refused(_) => MessageId::FailedRefused,
        DeliveryError::TooLarge => MessageId::FailedTooLarge,
        DeliveryError::Busy(_) => MessageId::FailedBusy,
        DeliveryError::Fault(_) => MessageId::FailedFault,
    }
}
