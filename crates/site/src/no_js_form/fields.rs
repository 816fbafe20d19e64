//! The questions of the plain form, and the field of a backend for each answer.

use putright_domain::{
    delivery::config::{Endpoint, FieldRule, InRequest, Source},
    form::{
        answer::Field,
        flow::Flow,
        question::{QuestionKind, reach_max},
    },
    guidance::facts::ids,
};

use super::Obstacle;

/// The most characters where neither a question nor the backend says: those of a point in a submission.
const MOST: usize = 10_000;
/// The most characters of a time in the person's own words.
const MOST_WHEN: usize = 200;

/// Something to ask, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ask {
    /// The person who writes.
    Who,
    /// The account of the events.
    Story,
    /// Everything at once, for a backend that has one field.
    Everything,
    /// The time of the events.
    When,
    /// Other dates.
    Dates,
    /// The people who were there.
    People,
    /// The effect on the people.
    Effect,
    /// The outcome that the person wants.
    Wants,
    /// The name to use for the person.
    Name,
    /// An email address.
    Email,
    /// A telephone number.
    Telephone,
    /// An address for letters.
    Post,
    /// The safe way to reach the person.
    Safety,
    /// The help that the person needs to take part.
    Help,
    /// The confirmation that the person knows who reads the form.
    Agreed,
}

/// A field that somebody fills in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormField {
    /// Its name.
    pub name: String,
    /// The question.
    pub ask: Ask,
    /// True if the backend refuses a request without the field.
    pub needed: bool,
    /// The most characters that the backend takes, where it says.
    pub max: Option<usize>,
    /// The initial value.
    pub value: String,
}

impl Ask {
    /// Every one.
    pub const ALL: [Self; 15] = [
        Self::Who,
        Self::Story,
        Self::Everything,
        Self::When,
        Self::Dates,
        Self::People,
        Self::Effect,
        Self::Wants,
        Self::Name,
        Self::Email,
        Self::Telephone,
        Self::Post,
        Self::Safety,
        Self::Help,
        Self::Agreed,
    ];

    /// Its name in our own receiver's form and in the file of words.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Who => "who",
            Self::Story => "what_happened",
            Self::Everything => "everything",
            Self::When => "when",
            Self::Dates => "dates",
            Self::People => "people",
            Self::Effect => "effect",
            Self::Wants => "wants",
            Self::Name => "name",
            Self::Email => "email",
            Self::Telephone => "telephone",
            Self::Post => "post",
            Self::Safety => "safety",
            Self::Help => "help",
            Self::Agreed => "agreed",
        }
    }

    /// The place in a submission that it fills; `None` for what fills several.
    const fn pointer(self) -> Option<&'static str> {
        Some(match self {
            Self::Who => "/about/who",
            Self::Story => "/points/0/what_happened",
            Self::When => "/about/when/words",
            Self::Dates => "/points/0/dates",
            Self::People => "/points/0/people_and_teams",
            Self::Effect => "/points/0/effect",
            Self::Wants => "/wishes/words",
            Self::Name => "/contact/name",
            Self::Email => "/contact/email",
            Self::Telephone => "/contact/telephone",
            Self::Post => "/contact/post",
            Self::Safety => "/contact/safety",
            Self::Help => "/help/words",
            Self::Agreed => "/agreed_to_sharing",
            Self::Everything => return None,
        })
    }

    /// The question of the flow that asks the same.
    pub const fn question(self) -> Option<&'static str> {
        Some(match self {
            Self::Story => ids::WHAT_HAPPENED,
            Self::Dates => ids::OTHER_DATES,
            Self::People => ids::PEOPLE_AND_TEAMS,
            Self::Effect => ids::EFFECT,
            Self::Wants => ids::WISH_WORDS,
            Self::Name => ids::FULL_NAME,
            Self::Safety => ids::SAFE_CONTACT,
            Self::Help => ids::HELP_WORDS,
            _ => return None,
        })
    }

    /// The way to reach somebody that it is.
    pub const fn reach(self) -> Option<Field> {
        Some(match self {
            Self::Email => Field::Email,
            Self::Telephone => Field::Telephone,
            Self::Post => Field::Post,
            _ => return None,
        })
    }

    /// The most characters that the flow takes for it.
    pub fn most(self, flow: &Flow) -> usize {
        if let Some(field) = self.reach() {
            return reach_max(field);
        }
        if self == Self::When {
            return MOST_WHEN;
        }
        match self.question().and_then(|id| flow.question(id)).map(|question| &question.kind) {
            Some(QuestionKind::Text { max, .. } | QuestionKind::LongText { max }) => *max,
            _ => MOST,
        }
    }
}

/// Returns the fields of our own receiver's form.
pub fn ours() -> Vec<FormField> {
    let left_out = [Ask::Everything, Ask::Dates, Ask::People];
    let asked = Ask::ALL.into_iter().filter(|ask| !left_out.contains(ask));
    let field = |ask: Ask| FormField {
        name: ask.id().to_owned(),
        ask,
        needed: matches!(ask, Ask::Who | Ask::Story | Ask::Agreed),
        max: None,
        value: String::new(),
    };
    asked.map(field).collect()
}

/// The content that a form can give to a field.
enum Made {
    Always(String),
    Asked(Ask),
    /// Only a program can fill it.
    Nothing,
}

/// The fields that are always the same, by name and value; and those to fill in.
pub type Fields = (Vec<(String, String)>, Vec<FormField>);

/// The fields of a backend: those that are always the same, and those to fill in.
pub fn of(endpoint: &Endpoint, council: &str, mine: &[String]) -> Result<Fields, Obstacle> {
    let (mut hidden, mut fields) = (Vec::new(), Vec::<FormField>::new());
    let is_needed = |rule: &FieldRule| endpoint.needs.contains(&rule.target);
    // Of two that ask the same, one is asked: that which is needed, or else that of the council's own.
    let mut rules: Vec<&FieldRule> = endpoint.fields.iter().collect();
    rules.sort_by_key(|rule| (!is_needed(rule), !mine.contains(&rule.target)));
    for rule in rules {
        let needed = is_needed(rule);
        match made(rule, council) {
            Made::Always(value) => hidden.push((rule.target.clone(), value)),
            Made::Asked(ask) if fields.iter().all(|field| field.ask != ask) => fields.push(FormField {
                name: rule.target.clone(),
                ask,
                needed,
                max: rule.max,
                // The backend refuses it empty, and nobody must say more than they want to.
                value: if needed { rule.otherwise.clone() } else { String::new() },
            }),
            _ if !rule.otherwise.is_empty() => hidden.push((rule.target.clone(), rule.otherwise.clone())),
            _ if needed => return Err(Obstacle::Unfillable(rule.target.clone())),
            _ => {}
        }
    }
    let given = |name: &str| hidden.iter().any(|(known, _)| known == name) || fields.iter().any(|one| one.name == name);
    let number = match &endpoint.idempotency {
        Some(InRequest::Field(name)) => Some(name),
        _ => None,
    };
    if let Some(name) = endpoint.needs.iter().chain(number).find(|name| !given(name)) {
        return Err(Obstacle::Unfillable(name.clone()));
    }
    // What happened is asked once: the field for all of it has room for what the others would ask.
    if fields.iter().any(|field| field.ask == Ask::Everything) {
        let told = |ask| matches!(ask, Ask::Story | Ask::When | Ask::Dates | Ask::People | Ask::Effect | Ask::Wants);
        if let Some(field) = fields.iter().find(|field| told(field.ask) && field.needed) {
            return Err(Obstacle::Unfillable(field.name.clone()));
        }
        fields.retain(|field| !told(field.ask));
    }
    if !fields.iter().any(|field| matches!(field.ask, Ask::Everything | Ask::Story)) {
        return Err(Obstacle::NoWords);
    }
    fields.sort_by_key(|field| field.ask);
    Ok((hidden, fields))
}

fn made(rule: &FieldRule, council: &str) -> Made {
    match &rule.source {
        Source::Value(text) => Made::Always(text.clone()),
        Source::From(pointer) => from(pointer, council),
        Source::Template(template) if template.contains("{summary}") => Made::Asked(Ask::Everything),
        Source::Template(template) => {
            let only = template.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
            match only {
                Some(pointer) if !pointer.contains('{') => from(pointer, council),
                _ if !template.contains('{') => Made::Always(template.clone()),
                _ => Made::Nothing,
            }
        }
    }
}

fn from(pointer: &str, council: &str) -> Made {
    match pointer {
        "/council" => Made::Always(council.to_owned()),
        "/kind" => Made::Always("complaint".to_owned()),
        "/about/when" => Made::Asked(Ask::When),
        _ => Ask::ALL.into_iter().find(|ask| ask.pointer() == Some(pointer)).map_or(Made::Nothing, Made::Asked),
    }
}
