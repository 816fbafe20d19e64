//! Draws `<id>-look.html`: the parts of the pages in a council's look on each background, with the contrast of each pair of colours,
//! for the council to look at before it publishes.

use std::fmt::Write;

use putright_domain::{council::Council, messages::Direction};

use super::{
    Surround,
    colours::{ColourRole, text_on},
    contrast::Rgb,
};
use crate::{
    csp,
    document::{Head, Root, Shell, stylesheets},
    markup::escaped,
};

/// The end of the name of the page, after the council's id.
pub const FILE: &str = "-look.html";

/// The backgrounds that people may choose, as the stylesheets know them.
const BACKGROUNDS: [(&str, &str); 3] = [("White", "white"), ("Cream", "cream"), ("Dark", "dark")];

/// The page of examples of a council.
pub(crate) struct Examples<'a> {
    /// The council.
    pub council: &'a Council,
    /// Its look.
    pub surround: &'a Surround,
    /// The registers of the pages that it has.
    pub pages: &'a [String],
}

impl Examples<'_> {
    /// Returns the whole page.
    pub(crate) fn html(&self, shell: &Shell<'_>) -> String {
        let Self { council, surround, .. } = self;
        let placed = surround.placed(shell.up, false);
        let parts: String = BACKGROUNDS.iter().map(|(name, id)| example(name, id)).collect();
        let body = format!(
            "{}<main class=\"govuk-width-container govuk-main-wrapper\" id=\"main\"><h1 class=\"govuk-heading-l\">The look of {}</h1>\
             <p class=\"govuk-body\">Nobody is led to this page, and search engines leave it out. Look at each part, go through it with the \
             Tab key, and print it.</p>{}{}{parts}</main>\n{}",
            placed.before,
            escaped(&council.name),
            self.links(),
            self.contrasts(),
            placed.after,
        );
        let root = Root { language: "en-GB", direction: Direction::Ltr, council: None, register: None };
        let policy = csp::without_script("'none'");
        let metas = format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n<meta name=\"robots\" content=\"noindex\">\n"
        );
        let links = [placed.head, stylesheets(shell, &council.id)].concat();
        let title = format!("The look of {}", council.short_name);
        Head {
            root: &root,
            title: &title,
            referrer: "no-referrer",
            metas: &metas,
            icon: placed.icon.as_deref(),
            links: &links,
        }
        .with_body(&body)
    }

    fn links(&self) -> String {
        let items =
            self.pages.iter().map(|page| format!("<li><a class=\"govuk-link\" href=\"./{page}\">{page}</a></li>"));
        format!(
            "<h2 class=\"govuk-heading-m\">Pages</h2><ul class=\"govuk-list govuk-list--bullet\">{}</ul>",
            items.collect::<String>()
        )
    }

    fn contrasts(&self) -> String {
        let colours = &self.surround.look().colours;
        let second = colours.second.or(colours.brand);
        let footer = second
            .map(|second| ("Text in your footer", vec![("your footer".to_owned(), text_on(second), second, 4.5)]));
        let hover = colours.link.map(super::surround::hover);
        let rows = [
            pairs("Header", ColourRole::Brand, colours.brand),
            pairs("Lines", ColourRole::Second, colours.second),
            footer,
            pairs("Links", ColourRole::Link, colours.link),
            pairs("Links under a pointer", ColourRole::Link, hover),
            pairs("Focus", ColourRole::Focus, colours.focus),
        ];
        let mut html = String::from("<h2 class=\"govuk-heading-m\">Contrast</h2><dl class=\"govuk-summary-list\">");
        for (name, pairs) in rows.into_iter().flatten() {
            for (with, one, other, needed) in pairs {
                let _ = write!(
                    html,
                    "<div class=\"govuk-summary-list__row\"><dt class=\"govuk-summary-list__key\">{name}</dt>\
                     <dd class=\"govuk-summary-list__value\">{}{} {one} with {with}, {other}: {:.2} to 1, and {needed} is needed</dd></div>",
                    swatch(one),
                    swatch(other),
                    one.contrast(other),
                );
            }
        }
        html + "</dl>"
    }
}

type MeasuredPair = (String, Rgb, Rgb, f64);

fn pairs(name: &'static str, role: ColourRole, colour: Option<Rgb>) -> Option<(&'static str, Vec<MeasuredPair>)> {
    let colour = colour?;
    let pairs = role.pairs().into_iter();
    Some((name, pairs.map(|(with, other, needed)| (with.to_owned(), colour, other, needed)).collect()))
}

/// A square of a colour. It is a drawing, because the policy allows no `style` attribute.
fn swatch(colour: Rgb) -> String {
    format!(
        "<svg width=\"24\" height=\"24\" aria-hidden=\"true\"><rect width=\"24\" height=\"24\" fill=\"{colour}\" stroke=\"#0b0c0c\"/></svg> "
    )
}

fn example(name: &str, id: &str) -> String {
    format!(
        "<section data-pr-background=\"{id}\" class=\"pr-example\" aria-label=\"{name}\">\
         <h2 class=\"govuk-heading-m\">{name}</h2>\
         <p class=\"govuk-body\">Text with <a class=\"govuk-link\" href=\"#{id}\" id=\"{id}\">a link</a>.</p>\
         <div class=\"pr-signpost\"><p class=\"pr-signpost__who\">A card</p>\
         <p class=\"govuk-body\">Text with <a class=\"govuk-link\" href=\"#{id}\">a link</a>.</p></div>\
         <div class=\"govuk-inset-text\">Text set apart, with <a class=\"govuk-link\" href=\"#{id}\">a link</a>.</div>\
         <div class=\"govuk-form-group\"><label class=\"govuk-label\" for=\"text-{id}\">A field</label>\
         <input class=\"govuk-input\" id=\"text-{id}\"></div>\
         <a class=\"govuk-button\" role=\"button\" href=\"#{id}\">A button</a></section>"
    )
}
