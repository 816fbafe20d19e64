//! A separate page that needs no JavaScript: its head and policy, and around its parts what surrounds every page.

use std::sync::Arc;

use putright::ui::{self, parts::Part, ssr};
use putright_app::{Model, safety::Live, view_model};
use putright_domain::{
    bundle::{Bundle, FIRST_REGISTER},
    council::Council,
    data::InvalidFile,
    date::Date,
    messages::Direction,
};

use crate::{
    csp,
    files::Site,
    look::Surround,
    markup::{escaped, tags},
};

/// Words that a child can follow: such a page is one for all.
const REGISTER: &str = "12-17";

/// The place of the page among the others.
pub struct Shell<'a> {
    /// The built `index.html`, for its stylesheets.
    pub index: &'a str,
    /// The relative path from the page to the folder of the site: `./` or `../`.
    pub up: &'a str,
}

/// The first tag of a page.
pub struct Root<'a> {
    /// The language of its words, as a BCP 47 tag.
    pub language: &'a str,
    /// The direction of the words.
    pub direction: Direction,
    /// The council that it is of, where the app is to know it by the page.
    pub council: Option<&'a str>,
    /// The register of its words, where the app is to begin with them.
    pub register: Option<&'a str>,
}

impl Root<'_> {
    /// The tag.
    pub fn tag(&self) -> String {
        let own = |name: &str, id: Option<&str>| id.map_or_else(String::new, |id| format!(" data-{name}=\"{id}\""));
        let (council, register) = (own("council", self.council), own("register", self.register));
        let Self { language, direction, .. } = self;
        format!(
            "<html lang=\"{}\" dir=\"{}\"{council}{register} class=\"govuk-template{}\">",
            escaped(language),
            direction.id(),
            // As `browser::page::set_words` marks it.
            if self.register.is_some() { " pr-for-young" } else { "" }
        )
    }
}

/// The parts of a page.
pub struct HtmlDocument<'a> {
    /// The council that it is of.
    pub council: &'a Council,
    /// The words around it.
    pub bundle: &'a Arc<Bundle>,
    /// The day that dates are counted from.
    pub today: Date,
    /// Its first tag: the language of its own words.
    pub root: Root<'a>,
    /// Its title.
    pub title: &'a str,
    /// The places that its form may go to, as the policy writes them.
    pub goes: &'a str,
    /// The parts of its body.
    pub parts: &'a [Part],
    /// The look of the council.
    pub surround: &'a Surround,
}

impl HtmlDocument<'_> {
    /// The whole page.
    pub fn html(&self, shell: &Shell<'_>) -> String {
        let model = Model::new(Arc::clone(self.bundle), self.today);
        let body = ssr::html(self.bundle, view_model::page(&model), Live::default(), |ctx, page| {
            let content = ui::parts::page(ctx, &view_model::council_cards(&model), self.parts);
            ui::plain(ctx, page, content, self.surround.foot())
        });
        // The other pages are in the council's own: an address here leads there.
        let home = format!("{}{}.html", shell.up, self.council.id);
        let body = body
            .replace("href=\"./", &format!("href=\"{}", shell.up))
            .replace("href=\"#/\"", &format!("href=\"{home}\""))
            .replace("href=\"#/", &format!("href=\"{home}#/"));
        // An endpoint may ask which site a form comes from. Another site is told that, and not the page; without a policy that
        // tells our own, an older browser sends it a form as if from nowhere.
        let referrer = match self.goes {
            "'none'" => "no-referrer",
            "'self'" => "same-origin",
            _ => "strict-origin",
        };
        let placed = self.surround.placed(shell.up, false);
        let links = [placed.head, stylesheets(shell, &self.council.id)].concat();
        let policy = csp::without_script(self.goes);
        let policy = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n");
        let icon = placed.icon.as_deref();
        let head = Head { root: &self.root, title: self.title, referrer, metas: &policy, icon, links: &links };
        head.with_body(&[placed.before, body, placed.after].concat())
    }
}

/// Returns the links to the stylesheets of the site and of a council.
pub fn stylesheets(shell: &Shell<'_>, council: &str) -> String {
    let own = format!("{council}.css");
    let sheets = tags(shell.index).filter_map(|tag| tag.stylesheet().map(|href| href.trim_start_matches("./")));
    let links =
        sheets.chain([own.as_str()]).map(|name| format!("<link rel=\"stylesheet\" href=\"{}{name}\">\n", shell.up));
    links.collect()
}

/// The head of a page without a script.
pub struct Head<'a> {
    /// The first tag.
    pub root: &'a Root<'a>,
    /// The title.
    pub title: &'a str,
    /// The referrer policy.
    pub referrer: &'a str,
    /// More `meta` elements, each with the end of its line.
    pub metas: &'a str,
    /// The address of its picture in a browser's tab.
    pub icon: Option<&'a str>,
    /// The links to its stylesheets, each with the end of its line.
    pub links: &'a str,
}

impl Head<'_> {
    /// Returns the whole page.
    pub fn with_body(&self, body: &str) -> String {
        let Self { root, title, referrer, metas, links, .. } = self;
        let icon = icon(self.icon);
        format!(
            "<!DOCTYPE html>\n{}\n<head>\n<meta charset=\"utf-8\">\n\
             <title>{}</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content\">\n\
             <meta name=\"color-scheme\" content=\"light\">\n<meta name=\"referrer\" content=\"{referrer}\">\n\
             <meta name=\"format-detection\" content=\"telephone=no\">\n\
             {metas}{icon}\n{links}</head>\n\
             <body class=\"govuk-template__body\">\n{body}\n</body>\n</html>\n",
            root.tag(),
            escaped(title),
        )
    }
}

/// Returns the link to the picture in a browser's tab. Without one, browsers would look for a file that is not there.
pub fn icon(address: Option<&str>) -> String {
    format!("<link rel=\"icon\" href=\"{}\">", escaped(address.unwrap_or("data:,")))
}

/// The register of such a page's words: those for 12 to 17 where the site has them.
///
/// # Errors
/// Returns an error if the folder of questions cannot be read.
pub fn register(site: &Site) -> Result<&'static str, InvalidFile> {
    let is_there = site.registers()?.iter().any(|one| one == REGISTER);
    Ok(if is_there { REGISTER } else { FIRST_REGISTER })
}

#[cfg(test)]
mod tests {
    use putright_domain::messages::Direction;

    use super::Root;

    #[test]
    fn the_first_tag_names_the_council_and_the_register_where_the_page_is_of_one() {
        let root = Root { language: "ar", direction: Direction::Rtl, council: Some("one"), register: Some("8-11") };
        let whole = "<html lang=\"ar\" dir=\"rtl\" data-council=\"one\" data-register=\"8-11\" class=\"govuk-template pr-for-young\">";
        assert_eq!(root.tag(), whole);
        let root = Root { council: None, register: None, ..root };
        assert_eq!(root.tag(), "<html lang=\"ar\" dir=\"rtl\" class=\"govuk-template\">");
    }
}
