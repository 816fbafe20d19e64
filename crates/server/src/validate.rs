//! From bytes to a [`Submission`] that may be stored, or to what is wrong with them.
//!
//! Four nets: the bounds of the format, which are held while the bytes are read and which also refuse a name given twice; the
//! JSON Schema that is published; the rules between fields that no schema says; and the types themselves. Every fault found
//! is told at once, up to [`MOST_FAULTS`].
//!
//! The bounds come first because the schema's validator collects every fault with a copy of the value around it: on a value
//! of any size, that is memory with the square of its size.
//!
//! Nothing told holds anything a person wrote: the words are of this module, the limits are the schema's, and a pointer
//! stops before the first step that is neither a number nor a field the format knows.

use std::{borrow::Cow, collections::BTreeSet};

use jsonschema::{
    ValidationError,
    error::{TypeKind, ValidationErrorKind},
    paths::{Location, LocationSegment},
};
use putright_domain::{
    data::pointer_step,
    guidance::triage::Topic,
    submission::format::{ContactMethod, Kind, PLAIN_REGISTER, Submission},
};
use serde_json::Value;
use serde_path_to_error::Segment;

use super::{
    bounded::{self, Bounds},
    problem::{InvalidField, Problem},
};
use crate::ServerError;

/// Nobody corrects more at a time, and a response must not grow with the size of the request.
const MOST_FAULTS: usize = 50;

/// The nets, made once.
pub struct Validator {
    bounds: Bounds,
    schema: jsonschema::Validator,
    fields: BTreeSet<String>,
}

impl Validator {
    /// Builds the nets from the schema of a submission.
    ///
    /// # Errors
    /// Returns an error if it is not a JSON Schema.
    pub fn new(document: &Value) -> Result<Self, ServerError> {
        let bounds = Bounds::of(document).map_err(|error| ServerError::new("the schema of a submission", error))?;
        let schema = jsonschema::options()
            .should_validate_formats(true)
            .build(document)
            .map_err(|error| ServerError::new("the schema of a submission", error))?;
        let mut fields = Topic::IDS.iter().map(|id| (*id).to_owned()).collect();
        gather_fields(document, &mut fields);
        Ok(Self { bounds, schema, fields })
    }

    /// Reads a submission.
    ///
    /// # Errors
    /// Returns an error if the bytes are not JSON, or the JSON is not a submission that may be stored.
    pub fn read(&self, bytes: &[u8]) -> Result<Submission, Problem> {
        let text = std::str::from_utf8(bytes).map_err(|_| Problem::NotJson)?;
        let is_public = |name: &str| self.fields.contains(name);
        let (value, mut faults) = bounded::read(text, &self.bounds, &is_public).map_err(|_| Problem::NotJson)?;
        for error in self.schema.iter_errors(&value).take(MOST_FAULTS) {
            self.tell(&value, &error, &mut faults);
        }
        self.refuse_empty_words(&value, &mut Vec::new(), &mut faults);
        if faults.is_empty() {
            let submission = self.parse(&value)?;
            faults = between_fields(&submission);
            if faults.is_empty() {
                return Ok(submission);
            }
        }
        faults.sort();
        faults.dedup();
        faults.truncate(MOST_FAULTS);
        Err(Problem::Invalid(faults))
    }

    fn parse(&self, value: &Value) -> Result<Submission, Problem> {
        serde_path_to_error::deserialize(value).map_err(|error| {
            let pointer = self.pointer(error.path().iter().map_while(|segment| match segment {
                Segment::Seq { index } => Some(LocationSegment::Index(*index)),
                Segment::Map { key } => Some(LocationSegment::Property(Cow::Borrowed(key))),
                Segment::Enum { .. } | Segment::Unknown => None,
            }));
            Problem::Invalid(vec![InvalidField { pointer, detail: "cannot be read as the format asks".to_owned() }])
        })
    }

    /// A pointer as far as its steps are known. A name that is a number is still a name.
    fn pointer<'a>(&self, steps: impl Iterator<Item = LocationSegment<'a>>) -> String {
        steps
            .map_while(|step| match step {
                LocationSegment::Index(index) => Some(format!("/{index}")),
                LocationSegment::Property(name) => self.fields.contains(&*name).then(|| pointer_step(&name)),
            })
            .collect()
    }

    fn tell(&self, value: &Value, error: &ValidationError<'_>, faults: &mut Vec<InvalidField>) {
        use ValidationErrorKind as Kind;

        let mut pointer = self.pointer(steps_in(value, error.instance_path()));
        let detail = match error.kind() {
            Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
                if let Some(meant) = meant(context) {
                    for error in meant {
                        self.tell(value, error, faults);
                    }
                    return;
                }
                "is not in any of the forms it may take".to_owned()
            }
            Kind::Required { property } => {
                pointer += &pointer_step(property.as_str().unwrap_or_default());
                "is missing".to_owned()
            }
            Kind::AdditionalProperties { .. } | Kind::UnevaluatedProperties { .. } | Kind::PropertyNames { .. } => {
                "has a field that is not known".to_owned()
            }
            Kind::MinLength { limit: 1 } | Kind::MinItems { limit: 1 } => "must not be empty".to_owned(),
            Kind::MinLength { limit } => format!("must be at least {limit} characters"),
            Kind::MaxLength { limit } => format!("must be at most {limit} characters"),
            Kind::MinItems { limit } => format!("must have at least {limit} entries"),
            Kind::MaxItems { limit } => format!("must have at most {limit} entries"),
            Kind::MaxProperties { limit } => format!("must have at most {limit} fields"),
            Kind::Minimum { limit } => format!("must be at least {limit}"),
            Kind::Maximum { limit } => format!("must be at most {limit}"),
            Kind::UniqueItems => "must not have the same entry twice".to_owned(),
            Kind::Constant { expected_value } => format!("must be {expected_value}"),
            Kind::Enum { .. } => "is not one of the known values".to_owned(),
            Kind::Format { format } if format == "date" => "is not a day, as in 2026-12-17".to_owned(),
            Kind::Pattern { pattern } => format!("must have the form {pattern}"),
            Kind::Type { kind } => match kind {
                TypeKind::Single(kind) => format!("must be of the type {kind}"),
                TypeKind::Multiple(kinds) => {
                    let names: Vec<_> = kinds.iter().map(|kind| kind.to_string()).collect();
                    format!("must be of the type {}", names.join(" or "))
                }
            },
            _ => "is not as the format asks".to_owned(),
        };
        faults.push(InvalidField { pointer, detail });
    }

    /// White space is not an answer, and U+0000 ends a text early in too many programs.
    fn refuse_empty_words<'a>(
        &self,
        value: &'a Value,
        path: &mut Vec<LocationSegment<'a>>,
        faults: &mut Vec<InvalidField>,
    ) {
        let mut refuse = |detail: &str| {
            let pointer = self.pointer(path.iter().cloned());
            faults.push(InvalidField { pointer, detail: detail.to_owned() });
        };
        match value {
            Value::String(text) if text.contains('\0') => refuse("must not have the character U+0000"),
            Value::String(text) if !text.is_empty() && text.trim().is_empty() => refuse("must not be blank"),
            Value::Array(entries) => {
                for (index, entry) in entries.iter().enumerate() {
                    path.push(LocationSegment::Index(index));
                    self.refuse_empty_words(entry, path, faults);
                    path.pop();
                }
            }
            Value::Object(members) => {
                if members.keys().any(|name| name.contains('\0')) {
                    refuse("must not have a name with the character U+0000");
                }
                for (name, member) in members {
                    path.push(LocationSegment::Property(Cow::Borrowed(name)));
                    self.refuse_empty_words(member, path, faults);
                    path.pop();
                }
            }
            _ => {}
        }
    }
}

/// The steps of a place in a value. The place itself cannot tell an index from a name that is a number.
fn steps_in<'a>(value: &'a Value, place: &'a Location) -> impl Iterator<Item = LocationSegment<'a>> {
    let mut at = Some(value);
    place.segments().map_while(move |step| {
        let name = step.to_string();
        let (next, step) = match at? {
            Value::Array(entries) => {
                let index = name.parse().ok()?;
                (entries.get(index), LocationSegment::Index(index))
            }
            Value::Object(members) => (members.get(&name), LocationSegment::Property(Cow::Owned(name))),
            _ => return None,
        };
        at = next;
        Some(step)
    })
}

/// Checks the rules between fields.
fn between_fields(submission: &Submission) -> Vec<InvalidField> {
    let mut faults = Vec::new();
    let mut need = |holds: bool, pointer: &str, detail: &str| {
        if !holds {
            faults.push(InvalidField { pointer: pointer.to_owned(), detail: detail.to_owned() });
        }
    };
    let contact = &submission.contact;
    for method in contact.methods.iter() {
        let missing = "is missing, and it is the way chosen";
        match method {
            ContactMethod::Email => need(contact.email.is_some(), "/contact/email", missing),
            ContactMethod::Telephone => need(contact.telephone.is_some(), "/contact/telephone", missing),
            ContactMethod::Post => need(contact.post.is_some(), "/contact/post", missing),
            ContactMethod::School => need(contact.school.is_some(), "/contact/school", missing),
            ContactMethod::TrustedAdult => need(contact.trusted_adult.is_some(), "/contact/trusted_adult", missing),
            ContactMethod::None => need(contact.methods.len() == 1, "/contact/methods", "has none and another way"),
        }
    }
    need(submission.replaces.as_ref() != Some(&submission.id), "/replaces", "must not be the submission's own id");
    let parts = submission.guidance.iter().flat_map(|guidance| guidance.parts.iter());
    let unknown = parts.into_iter().any(|(topic, _)| !submission.about.topics.contains(topic));
    need(!unknown, "/guidance/parts", "has a topic that the submission is not about");
    let complaint = submission.kind == Kind::Complaint;
    need(!complaint || submission.about.who.is_some(), "/about/who", "is missing; a complaint says who is complaining");
    let told = submission.register != PLAIN_REGISTER;
    need(
        !complaint || !told || submission.guidance.is_some(),
        "/guidance",
        "is missing; a complaint says what the person was told",
    );
    let follows = submission.kind == Kind::FollowUp;
    let fits = submission.follow_up.is_some() == follows;
    need(fits, "/follow_up", "belongs to the kind follow_up, and only to that");
    faults
}

/// Returns the errors of the form that was meant, of several: the one that neither a tag nor the type excludes.
fn meant<'a>(forms: &'a [Vec<ValidationError<'static>>]) -> Option<&'a [ValidationError<'static>]> {
    let against = |errors: &&Vec<ValidationError<'static>>| {
        let tells = |error: &&ValidationError<'static>| {
            matches!(error.kind(), ValidationErrorKind::Constant { .. } | ValidationErrorKind::Type { .. })
        };
        errors.iter().filter(tells).count()
    };
    let form = forms.iter().min_by_key(against)?;
    let tag_is_wrong = form.iter().any(|error| matches!(error.kind(), ValidationErrorKind::Constant { .. }));
    (!tag_is_wrong).then_some(form)
}

/// Every name under a `properties` of the schema.
fn gather_fields(schema: &Value, fields: &mut BTreeSet<String>) {
    match schema {
        Value::Object(members) => {
            if let Some(Value::Object(properties)) = members.get("properties") {
                fields.extend(properties.keys().cloned());
            }
            members.values().for_each(|member| gather_fields(member, fields));
        }
        Value::Array(entries) => entries.iter().for_each(|entry| gather_fields(entry, fields)),
        _ => {}
    }
}
