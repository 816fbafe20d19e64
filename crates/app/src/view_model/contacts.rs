//! Cards with contacts: councils, and other organisations that can help.

use crate::model::Model;
use putright_domain::{
    council::Council,
    guidance::signpost::{Contact, SignpostId, Telephone},
    messages::MessageId,
};

/// How to reach a council.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CouncilCard {
    /// The council.
    pub name: String,
    /// The team.
    pub team: String,
    /// Its telephone numbers, address and page.
    pub reach: Reachable,
    /// The note with the source of an unconfirmed contact. Empty once somebody has confirmed it.
    pub unconfirmed: String,
    /// The lines to call about a child who is not safe.
    pub safeguarding: Reachable,
}

/// How to reach the council, or each of them while it is not known which.
pub fn council_cards(model: &Model) -> Vec<CouncilCard> {
    councils_shown(model).into_iter().map(|council| council_card(model, council)).collect()
}

/// The council, or each of them while it is not known which.
#[inline(never)]
pub(crate) fn councils_shown(model: &Model) -> Vec<&Council> {
    let known = model.council_is_known() && model.bundle().chosen;
    model.bundle().councils().filter(|council| !known || council.id == model.council().id).collect()
}

fn council_card(model: &Model, council: &Council) -> CouncilCard {
    let content = &model.bundle().content;
    let unconfirmed = if council.contact_unconfirmed {
        content.fill(MessageId::ContactUnconfirmed, &[("source", &council.contact.source)])
    } else {
        String::new()
    };
    let mut reach = reachable(model, &council.contact);
    if council.contact_unconfirmed {
        reach.checked.clear();
    }
    let safeguarding = council.signposts.get(SignpostId::Safeguarding);
    CouncilCard {
        name: council.name.clone(),
        team: council.team.clone(),
        reach,
        unconfirmed,
        safeguarding: safeguarding.map(|contact| reachable(model, contact)).unwrap_or_default(),
    }
}

fn reachable(model: &Model, contact: &Contact) -> Reachable {
    let checked = contact.checked.map(|date| model.bundle().content.checked(date));
    Reachable {
        telephone: contact.telephone.clone(),
        email: contact.email.clone().unwrap_or_default(),
        web: contact.web.clone().unwrap_or_default(),
        post: contact.post.clone(),
        checked: checked.unwrap_or_default(),
    }
}

/// A card about another organisation that can help.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignpostCard {
    /// The name of the organisation.
    pub name: String,
    /// The way to get its help.
    pub about: String,
    /// How to reach them.
    pub reach: Vec<Reachable>,
}

/// Ways to reach somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reachable {
    /// Telephone numbers.
    pub telephone: Vec<Telephone>,
    /// An email address; empty for none.
    pub email: String,
    /// A web address; empty for none.
    pub web: String,
    /// An address for letters.
    pub post: Vec<String>,
    /// When the facts were checked; empty where there are none.
    pub checked: String,
}

pub(crate) fn signpost_card(model: &Model, id: SignpostId) -> Option<SignpostCard> {
    let words = model.bundle().content.signpost(id)?;
    let general = model.bundle().directory.contact(id);
    // While it is not known which council it is, each one's own facts are shown.
    let shown = councils_shown(model);
    let own: Vec<&Contact> = shown.iter().filter_map(|council| council.signposts.get(id)).collect();
    let mut reach: Vec<Reachable> = own.iter().map(|contact| reachable(model, contact)).collect();
    if own.is_empty() {
        reach.extend(general.map(|contact| reachable(model, contact)));
    }
    if general.is_some_and(|contact| contact.through_council) && own.is_empty() {
        for council in shown {
            let named = |phone: &Telephone| Telephone { number: phone.number.clone(), hours: council.team.clone() };
            let telephone = council.contact.telephone.iter().map(named).collect();
            reach.push(Reachable { telephone, ..Reachable::default() });
        }
        // Councils that share a service share its number.
        reach.dedup();
    }
    reach.retain(|reach| *reach != Reachable::default());
    Some(SignpostCard { name: words.name.clone(), about: words.about.clone(), reach })
}

/// Returns the number of a helper, or of the complaints team: of each council while it is not known which, each once.
#[inline(never)]
fn phones(model: &Model, id: Option<SignpostId>) -> Vec<&Telephone> {
    let mut phones = Vec::new();
    for council in councils_shown(model) {
        let own = id.and_then(|id| council.signposts.get(id));
        let general = id.and_then(|id| model.bundle().directory.contact(id));
        // The complaints team can pass people on to whoever has no number here.
        for contact in [own, general, Some(&council.contact)].into_iter().flatten() {
            if let Some(phone) = contact.telephone.first() {
                if !phones.contains(&phone) {
                    phones.push(phone);
                }
                break;
            }
        }
    }
    phones
}

/// Writes numbers as links, each with a name before it.
pub(crate) fn links(model: &Model, id: Option<SignpostId>, name: &str) -> Vec<String> {
    let link = |phone: &Telephone| ["[", name, &phone.number, "](", &phone.href(), ")"].concat();
    phones(model, id).into_iter().map(link).collect()
}
