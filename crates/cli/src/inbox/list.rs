//! The list of complaints, with its filter.

use putright::ui::{
    officer::{Cell, Filter, FilterControl, FilterField, InboxPart, Table},
    parts,
};
use putright_domain::submission::format::Kind;
use putright_server::{
    inbox::pages::{Frame, ListView},
    store::inbox::{ListLine, Progress},
};

use super::{InboxDrawing, prose, title};

impl InboxDrawing {
    /// The parts of the page.
    pub(super) fn list_parts(&self, frame: &Frame, view: &ListView) -> Vec<InboxPart> {
        let words = &self.words.list;
        let mut parts = vec![title(&words.title), self.filter(frame, view)];
        if view.given.is_wrong {
            let errors = vec![(wrong_field(view).to_owned(), words.wrong.clone())];
            parts.insert(0, InboxPart::Shared(parts::Part::Errors(errors)));
        } else if view.lines.is_empty() {
            parts.push(prose(vec![words.none.clone()]));
        } else {
            parts.push(self.table(frame, &view.lines));
        }
        if let Some(older) = &view.older {
            parts.push(InboxPart::Link(format!("{}inbox?{older}", frame.up), words.older.clone()));
        }
        if view.is_later {
            parts.push(InboxPart::Link(format!("{}inbox", frame.up), words.newest.clone()));
        }
        parts.push(self.search_form(frame, "", ""));
        parts
    }

    pub(super) fn table(&self, frame: &Frame, lines: &[ListLine]) -> InboxPart {
        let head = ["reference", "received", "council", "kind", "state", "taken_as"].map(|row| self.words.row(row));
        let mut head = head.to_vec();
        head.push(self.words.urgent.clone());
        let row = |line: &ListLine| {
            let urgent = if line.is_urgent { Cell::Mark(self.words.urgent.clone()) } else { Cell::Text(String::new()) };
            vec![
                Cell::Link(format!("{}inbox/{}", frame.up, line.reference), line.reference.clone()),
                Cell::Text(self.received(&line.received_at)),
                Cell::Text(self.council(&line.council)),
                Cell::Text(self.words.kind(&line.kind)),
                Cell::Text(self.words.state(line.state)),
                Cell::Text(line.taken_as.clone().unwrap_or_default()),
                urgent,
            ]
        };
        let rows = lines.iter().map(row).collect();
        InboxPart::Table(Table { caption: self.words.list.caption.clone(), head, rows })
    }

    fn filter(&self, frame: &Frame, view: &ListView) -> InboxPart {
        let (words, given) = (&self.words.list, &view.given);
        let all = || (String::new(), words.all.clone());
        let councils = view.councils.iter().map(|id| (id.clone(), self.council(id)));
        let kinds = Kind::IDS.iter().map(|id| ((*id).to_owned(), self.words.kind(id)));
        let states = Progress::ALL.iter().map(|state| (state.id().to_owned(), self.words.state(*state)));
        let select = |name: &'static str, value: &str, options: Vec<(String, String)>| {
            let options = std::iter::once(all()).chain(options).collect();
            FilterField {
                name,
                label: self.words.row(name),
                value: value.to_owned(),
                control: FilterControl::Select(options),
            }
        };
        let line = |name: &'static str, label: &str, value: &str, kind: &'static str| FilterField {
            name,
            label: label.to_owned(),
            value: value.to_owned(),
            control: FilterControl::Line(kind),
        };
        let mut fields = Vec::new();
        if view.councils.len() > 1 {
            fields.push(select("council", &given.council, councils.collect()));
        }
        fields.extend([
            select("kind", &given.kind, kinds.collect()),
            select("state", &given.state, states.collect()),
            line("from", &words.from, &given.from, "date"),
            line("until", &words.until, &given.until, "date"),
            line("find", &words.find, &given.find, "text"),
            FilterField {
                name: "urgent",
                label: words.urgent_only.clone(),
                value: if given.urgent { "yes" } else { "" }.to_owned(),
                control: FilterControl::Tick("yes"),
            },
        ]);
        InboxPart::Filter(Filter { action: format!("{}inbox", frame.up), fields, send: words.filter.clone() })
    }
}

/// Returns the field that the summary of errors leads to.
fn wrong_field(view: &ListView) -> &'static str {
    let is_day = |text: &str| text.is_empty() || putright_domain::date::Date::parse_iso(text).is_some();
    if is_day(&view.given.from) && is_day(&view.given.until) { "kind" } else { "from" }
}
