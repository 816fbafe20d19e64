//! A page of the gallery: a component's states, one under another.

use std::fmt::Write;

/// A component and its states.
pub struct Sheet {
    /// Its name, which is its file's too.
    pub name: &'static str,
    /// The states, each with its HTML.
    pub states: Vec<(&'static str, String)>,
}

/// Attributes that hold ids or names: two states on one page must not share theirs.
const OWN: [&str; 8] =
    ["id", "name", "for", "aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "list"];

impl Sheet {
    /// The file it is written to.
    pub fn file(&self) -> String {
        format!("{}.html", self.name.to_lowercase().replace(' ', "-"))
    }

    /// The whole page.
    pub fn html(&self) -> String {
        let mut main = format!(
            "<p><a class=\"govuk-link\" href=\"index.html\">All components</a></p><h1 class=\"govuk-heading-xl\">{}</h1>",
            self.name
        );
        for (at, (state, html)) in self.states.iter().enumerate() {
            let id = format!("state-{at}");
            let heading = format!("<h2 class=\"govuk-heading-m\">{state}</h2>");
            write!(main, "<div class=\"gallery-state\" id=\"{id}\">{heading}{}</div>", apart(html, &id)).unwrap();
        }
        page(self.name, &main)
    }
}

/// The page that leads to all.
pub fn index(sheets: &[Sheet]) -> String {
    let mut items = String::new();
    for sheet in sheets {
        let states: Vec<&str> = sheet.states.iter().map(|(state, _)| *state).collect();
        let (file, name) = (sheet.file(), sheet.name);
        write!(items, "<li><a class=\"govuk-link\" href=\"{file}\">{name}</a>: {}</li>", states.join(", ")).unwrap();
    }
    page("Components", &format!("<h1 class=\"govuk-heading-xl\">Components</h1><ul class=\"govuk-list\">{items}</ul>"))
}

fn page(title: &str, main: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\" class=\"govuk-template\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title>\
         <link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"app.css\"></head>\
         <body class=\"govuk-template__body govuk-frontend-supported\"><div class=\"govuk-width-container\">\
         <main class=\"govuk-main-wrapper\">{main}</main></div></body></html>\n"
    )
}

/// A state's ids and names, set apart from those of the others.
fn apart(html: &str, state: &str) -> String {
    let mut apart = html.to_owned();
    for name in OWN {
        let start = format!(" {name}=\"");
        let mut parts = apart.split(&start);
        let mut whole = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (value, rest) = part.split_once('"').expect("the end of an attribute");
            let values: Vec<String> = value.split(' ').map(|one| format!("{state}-{one}")).collect();
            write!(whole, "{start}{}\"{rest}", values.join(" ")).unwrap();
        }
        apart = whole;
    }
    apart
}
