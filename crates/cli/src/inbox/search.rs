//! The search for a text, and what it found.

use putright::ui::{
    officer::InboxPart,
    parts::{self, Item, ItemControl},
};
use putright_domain::messages::fill;
use putright_server::inbox::pages::{Frame, SearchView};

use super::{InboxDrawing, form, prose, title};

impl InboxDrawing {
    /// The parts of the page.
    pub(super) fn search_parts(&self, frame: &Frame, view: &SearchView) -> Vec<InboxPart> {
        let words = &self.words.search;
        let error = if view.is_wrong { words.wrong.as_str() } else { "" };
        let mut parts = vec![self.back(frame), title(&words.title), self.search_form(frame, &view.text, error)];
        if view.is_wrong {
            let errors = vec![("text".to_owned(), words.wrong.clone())];
            parts.insert(0, InboxPart::Shared(parts::Part::Errors(errors)));
        } else if view.lines.is_empty() {
            parts.push(prose(vec![words.none.clone()]));
        } else {
            parts.push(self.table(frame, &view.lines));
        }
        if let Some(at) = &view.searched_to {
            parts.push(prose(vec![fill(&words.searched_to, &[("date", &self.received(at))])]));
        }
        if let Some(further) = view.further {
            let mut form = form(frame, "inbox/search", Vec::new(), &words.further);
            form.hidden.push(("text".to_owned(), view.text.clone()));
            form.hidden.push(("before".to_owned(), further.to_string()));
            parts.push(InboxPart::Form(form));
        }
        parts
    }

    /// The field for a text. It is sent in the body of a request, so that no address has it.
    pub(super) fn search_form(&self, frame: &Frame, text: &str, error: &str) -> InboxPart {
        let words = &self.words.search;
        let item = Item {
            id: "text",
            name: "text".to_owned(),
            label: words.label.clone(),
            hint: vec![words.hint.clone()],
            needed: true,
            error: error.to_owned(),
            value: text.to_owned(),
            control: ItemControl::Line("search", "off", None),
        };
        InboxPart::Form(form(frame, "inbox/search", vec![item], &words.send))
    }
}
