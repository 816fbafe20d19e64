//! The help on every page for a person who is not safe.

use std::sync::Arc;

use crate::{
    model::Model,
    view_model::contacts::{self, CouncilCard, SignpostCard},
};
use putright_domain::guidance::signpost::SignpostId;

/// The exits, and the people to call.
#[derive(Debug, PartialEq)]
pub struct Safety {
    /// The address that "Exit this page" leads to.
    pub exit_to: String,
    /// The people to talk to if a danger phrase is on the page. They help a child, and an adult who is worried about
    /// one.
    pub talk: Option<SignpostCard>,
    /// Help for somebody who may hurt themselves.
    pub oneself: Option<SignpostCard>,
    /// The words are for a child or a young person.
    pub young: bool,
    /// The councils' lines.
    pub councils: Vec<CouncilCard>,
}

pub(crate) fn safety(model: &Model) -> Arc<Safety> {
    let adult = !model.is_young();
    Arc::new(Safety {
        exit_to: model.council().exit_to.clone(),
        oneself: contacts::signpost_card(model, SignpostId::Samaritans),
        young: !adult,
        talk: contacts::signpost_card(model, if adult { SignpostId::Nspcc } else { SignpostId::Childline }),
        councils: contacts::council_cards(model),
    })
}
