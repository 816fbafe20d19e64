//! Problems with a draft, and how the person learns of them.

use crate::{
    drafts::state::Trouble,
    effect::{Effect, Focus, only},
    model::Model,
    notice,
};
use putright_domain::route::Route;

/// Says what went wrong: on the page of drafts where it is asked about, elsewhere in passing.
pub(crate) fn trouble(model: &mut Model, trouble: Trouble) -> Vec<Effect> {
    model.drafts.trouble = Some(trouble);
    model.drafts.unlocking = None;
    model.drafts.filing = false;
    if model.navigation.route == Route::Draft {
        only(Effect::Focus(Focus::Summary))
    } else {
        notice::tell(model, trouble.word())
    }
}

pub(crate) fn no_passphrase(model: &mut Model) -> Vec<Effect> {
    trouble(model, if model.drafts.cannot_seal { Trouble::CannotSeal } else { Trouble::NoPassphrase })
}
