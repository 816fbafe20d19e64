//! A page of its own that needs no JavaScript: its head and policy, and around its parts what surrounds every page.

use std::sync::Arc;

use leptos::prelude::{Callback, Owner, RenderHtml, RwSignal, signal};
use putright::{
    domain::{
        council::Council,
        date::Date,
        loaded::Loaded,
        session::{Live, Session},
    },
    view::{self, Ctx, parts::Part},
};

use crate::policy;

/// Words that a child can follow: such a page is one for all.
pub const REGISTER: &str = "12-17";

/// How the page stands among the others.
pub struct Shell<'a> {
    /// The built `index.html`, for its stylesheets.
    pub index: &'a str,
    /// What leads from the page's address to the folder of the site: `./` or `../`.
    pub up: &'a str,
}

/// What a page is made of.
pub struct Document<'a> {
    /// The council that it is of.
    pub council: &'a Council,
    /// The words around it.
    pub loaded: &'a Arc<Loaded>,
    /// For what is counted from today.
    pub today: Date,
    /// The language of its words.
    pub language: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Where its form may go, as the policy says it.
    pub goes: &'a str,
    /// What stands in it.
    pub parts: &'a [Part],
}

impl Document<'_> {
    /// The whole page.
    pub fn html(&self, shell: &Shell<'_>) -> String {
        let session = Session::new(Arc::clone(self.loaded), self.today);
        let body = Owner::new().with(|| {
            let page = signal(session.page()).0;
            let said = RwSignal::new(String::new());
            let (loaded, live) = (Arc::clone(self.loaded), RwSignal::new(Live::default()));
            let ctx = Ctx::new(loaded, Callback::new(|_| {}), said, live, page, said);
            let drawn = view::parts::page(&ctx, &session.council_cards(), self.parts);
            view::plain(&ctx, page, drawn).to_html()
        });
        // The other pages are in the council's own: an address here leads there.
        let home = format!("{}{}.html", shell.up, self.council.id);
        let body = body
            .replace("<!>", "")
            .replace("<!--<() />-->", "")
            .replace("href=\"./", &format!("href=\"{}", shell.up))
            .replace("href=\"#/\"", &format!("href=\"{home}\""))
            .replace("href=\"#/", &format!("href=\"{home}#/"));
        // An endpoint on another site may ask which site a form comes from. It is told that, and not the page.
        let referrer = if self.goes.starts_with('\'') { "no-referrer" } else { "strict-origin" };
        let own = format!("{}.css", self.council.id);
        let names = stylesheets(shell.index).into_iter().chain([own]);
        let links: Vec<String> =
            names.map(|name| format!("<link rel=\"stylesheet\" href=\"{}{name}\">\n", shell.up)).collect();
        let stylesheets = links.concat();
        format!(
            "<!DOCTYPE html>\n<html lang=\"{}\" class=\"govuk-template\">\n<head>\n<meta charset=\"utf-8\">\n\
             <title>{}</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1, viewport-fit=cover\">\n\
             <meta name=\"color-scheme\" content=\"light\">\n<meta name=\"referrer\" content=\"{referrer}\">\n\
             <meta name=\"format-detection\" content=\"telephone=no\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n<link rel=\"icon\" href=\"data:,\">\n{stylesheets}</head>\n\
             <body class=\"govuk-template__body\">\n{body}\n</body>\n</html>\n",
            self.language,
            escaped(self.title),
            policy::without_script(self.goes),
        )
    }
}

/// The names of the stylesheets of a built page, without those of a council's own.
fn stylesheets(index: &str) -> Vec<String> {
    let head = index.split("<!--putright:head-->").next().unwrap_or_default();
    let name = |link: &str| {
        let link = link.split('>').next()?;
        let href = link.split("href=\"").nth(1)?.split('"').next()?;
        link.contains("rel=\"stylesheet\"").then(|| href.trim_start_matches("./").to_owned())
    };
    head.split("<link ").skip(1).filter_map(name).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
