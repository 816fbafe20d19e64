//! The page for people without JavaScript, or with a device that does not start the app: a plain form of HTML alone.
//!
//! It follows from the council's file. A backend that takes a form's post gets a form with its own fields. Any other
//! has a form to fill in and print, which says so. Nothing is asked twice, and nothing is asked that no field takes.
//!
//! The module `fields` has the questions, `own` reads the council's own setting, and `words` reads the texts. `page`
//! draws the form, and `read` reads the values of our own receiver's form.

mod fields;
mod own;
mod page;
mod read;
pub(crate) mod words;

use putright_domain::{
    council::Council,
    data::InvalidFile,
    delivery::config::{DeliveryConfig, Encoding, Endpoint, InRequest, Method, Opens, SendBy},
};

pub use fields::{Ask, FormField};
pub use own::Own;
pub use page::{Drawing, Filled, file};
pub use read::filled;
pub use words::Words;

use crate::files::Site;

/// The plain form of a council.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// The form posts.
    Posts(Post),
    /// The form is printed.
    Prints(Obstacle),
}

/// A form that posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// The address that the form goes to.
    pub url: String,
    /// True if the form is multipart, false if it is URL-encoded.
    pub multipart: bool,
    /// True if the response opens in a separate tab, so that the written text stays.
    pub beside: bool,
    /// True if our own receiver takes the form.
    pub ours: bool,
    /// The place in the delivery that says so, as a JSON pointer.
    pub pointer: String,
    /// The fields that are always the same.
    pub hidden: Vec<(String, String)>,
    /// The fields that are asked for, in the order of the page.
    pub fields: Vec<FormField>,
}

/// The reason why a backend takes no plain form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Obstacle {
    /// The council's file says so.
    #[error("the council’s file says \"plain_form\": \"none\"")]
    SaidSo,
    /// No submission is sent anywhere.
    #[error("nothing is sent anywhere")]
    Nowhere,
    /// The backend takes JSON.
    #[error("the backend wants JSON")]
    Json,
    /// The backend takes plain text.
    #[error("the backend wants plain text, and a form sends fields")]
    Text,
    /// The request is not a POST.
    #[error("the backend wants PUT, and a form can only POST")]
    Put,
    /// The backend wants a token.
    #[error("the backend wants a token that must be fetched first")]
    Token,
    /// The backend wants a header.
    #[error("the backend wants the header {0}, and a form sends none")]
    Header(String),
    /// The backend needs a field that no question fills, or one answer in two fields.
    #[error("the backend needs the field \"{0}\", which nobody can fill in by hand")]
    Unfillable(String),
    /// None of its fields takes what happened.
    #[error("none of its fields takes what happened")]
    NoWords,
}

impl Way {
    /// The plain form of a council of a site.
    ///
    /// # Errors
    /// Returns an error if the council's file cannot be read.
    pub fn of(site: &Site, council: &Council) -> Result<Self, InvalidFile> {
        let (file, text) = (site.council_path(&council.id), site.council_text(&council.id)?);
        let own = Own::read(&file, &text)?;
        Ok(Self::choose(&council.delivery, own.as_ref(), &council.id, &Own::fields(&file, &text)))
    }

    /// Chooses the form. The setting in the file comes first, then the delivery, then the forms among its fallbacks.
    /// `mine`: the fields that the file sets itself, and not its preset.
    pub fn choose(delivery: &DeliveryConfig, own: Option<&Own>, council: &str, mine: &[String]) -> Self {
        match own {
            Some(Own::None) => return Self::Prints(Obstacle::SaidSo),
            Some(Own::Receiver(url)) => return Self::Posts(Post::ours(url, council)),
            Some(Own::Form(form)) => return Self::to(form, "/plain_form", council, &[]),
            None => {}
        }
        let first = match delivery.send {
            SendBy::None => Self::Prints(Obstacle::Nowhere),
            SendBy::Fetch | SendBy::Navigate => Self::to(&delivery.endpoint, "", council, mine),
        };
        let forms = delivery.fallbacks.iter().enumerate().filter_map(|(at, fallback)| {
            Some(Self::to(fallback.form.as_deref()?, &format!("/fallbacks/{at}/form"), council, &[]))
        });
        let posts = |way: &Self| matches!(way, Self::Posts(_));
        if posts(&first) { first } else { forms.into_iter().find(posts).unwrap_or(first) }
    }

    fn to(endpoint: &Endpoint, pointer: &str, council: &str, mine: &[String]) -> Self {
        let read = || {
            if let Some(obstacle) = obstacle(endpoint) {
                return Err(obstacle);
            }
            let (hidden, fields) = fields::of(endpoint, council, mine)?;
            Ok(Post {
                url: endpoint.url.clone(),
                multipart: endpoint.encoding == Encoding::Multipart,
                beside: endpoint.opens == Opens::NewTab,
                ours: false,
                pointer: pointer.to_owned(),
                hidden,
                fields,
            })
        };
        read().map_or_else(Self::Prints, Self::Posts)
    }

    /// The address that a form of it goes to.
    pub fn address(&self) -> Option<&str> {
        match self {
            Self::Posts(post) => Some(&post.url),
            Self::Prints(_) => None,
        }
    }
}

impl Post {
    fn ours(url: &str, council: &str) -> Self {
        Self {
            url: url.to_owned(),
            multipart: false,
            beside: false,
            ours: true,
            pointer: "/plain_form".to_owned(),
            hidden: vec![("council".to_owned(), council.to_owned())],
            fields: fields::ours(),
        }
    }
}

/// Returns the requirement of an endpoint that a form cannot meet. A browser sets `Accept` by itself. The response is
/// then a page, and not the data that the app would read.
fn obstacle(endpoint: &Endpoint) -> Option<Obstacle> {
    let headers = endpoint.headers.iter().map(|(name, _)| name.as_str());
    let wanted = match &endpoint.idempotency {
        Some(InRequest::Header(name)) => Some(name.as_str()),
        _ => None,
    };
    let header = headers.filter(|name| !name.eq_ignore_ascii_case("accept")).chain(wanted).next();
    match (endpoint.encoding, endpoint.method, &endpoint.csrf, header) {
        (Encoding::Json, ..) => Some(Obstacle::Json),
        (Encoding::Text, ..) => Some(Obstacle::Text),
        (_, Method::Put | Method::Get, ..) => Some(Obstacle::Put),
        (_, _, Some(_), _) => Some(Obstacle::Token),
        (_, _, _, Some(name)) => Some(Obstacle::Header(name.to_owned())),
        _ => None,
    }
}
