//! The ids of elements that answer a question.

use crate::model::Model;
use putright_domain::{form::answer::Field, route::Route};

/// The id of the first radio or checkbox of a question.
const FIRST_CHOICE: &str = "choice-0";

/// Returns the id of a field's element. `prefix`: what the ids of its question begin with.
pub fn field_id(prefix: &str, field: Field) -> String {
    [prefix, "field-", field.id()].concat()
}

/// Returns the id of the element that answers a question of the page, to be given the focus.
pub(crate) fn place_on_page(model: &Model, id: &str) -> Option<String> {
    let page = model.bundle().flow.page_of(id)?;
    let asked = page.questions.iter().position(|asked| asked.question.id == id).filter(|at| *at > 0)?;
    Some(target(model, page.questions.get(asked)?.question.kind.first_field(), id))
}

/// Returns the id of the element of a field, or of the first option, of a question.
pub(crate) fn target(model: &Model, field: Option<Field>, question: &str) -> String {
    let page = model.bundle().flow.page_of(question);
    let first = page.is_none_or(|page| page.id() == question) && *model.route() != Route::Check;
    let prefix = if first { String::new() } else { [question, "-"].concat() };
    field.map_or_else(|| [&prefix, FIRST_CHOICE].concat(), |field| field_id(&prefix, field))
}
