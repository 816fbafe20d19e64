//! The page that Trunk built, and what each run puts into it: between its markers, and into its first tag.
//!
//! A page that an earlier run has filled is a template as good as a new one.

use std::{fs, path::Path};

use crate::{
    Failure,
    document::{Root, escaped},
};

/// Where the policy goes, for hosts that set no headers.
const HEAD: [&str; 2] = ["<!--putright:head-->", "<!--/putright:head-->"];
/// Where the links go to what the app will ask for: behind those of Trunk, for the WebAssembly is the longest to come.
const FILES: [&str; 2] = ["<!--putright:files-->", "<!--/putright:files-->"];
/// Where the HTML goes.
const BODY: [&str; 2] = ["<!--putright:app-->", "<!--/putright:app-->"];

/// The title.
const TITLE: [&str; 2] = ["<title>", "</title>"];

/// A built page.
pub struct Template {
    /// Its path, to say what is wrong with it.
    path: String,
    html: String,
}

/// What is put into the page of the app.
pub struct Filling<'a> {
    /// Its first tag.
    pub root: Root<'a>,
    /// Its title until the app is there, which has one for each of its pages.
    pub title: &'a str,
    /// The policy, and what else is in the head.
    pub head: &'a str,
    /// The links.
    pub files: &'a str,
    /// The first pages.
    pub body: &'a str,
}

impl Template {
    /// Reads a page.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let html = fs::read_to_string(path).map_err(|error| Failure::unusable(path.display(), error))?;
        Ok(Self { path: path.display().to_string(), html })
    }

    /// The page as it is.
    pub fn html(&self) -> &str {
        &self.html
    }

    /// The page with its policy.
    ///
    /// # Errors
    /// Where it is none of Putright's.
    pub fn with_head(&self, head: &str) -> Result<String, Failure> {
        self.put(&self.html, HEAD, head)
    }

    /// The page of the app with all that belongs into it.
    ///
    /// # Errors
    /// Where it is none of Putright's.
    pub fn filled(&self, filling: &Filling<'_>) -> Result<String, Failure> {
        // Trunk knows no marker behind its own links.
        let html = if self.html.contains(FILES[0]) {
            self.html.clone()
        } else {
            self.html.replacen("</head>", &[FILES[0], "</head>"].concat(), 1)
        };
        let html = self.put(&html, BODY, filling.body)?;
        let html = self.put(&html, HEAD, filling.head)?;
        let html = self.put(&html, FILES, filling.files)?;
        let html = self.put(&html, TITLE, &escaped(filling.title))?;
        self.rooted(&html, &filling.root)
    }

    /// Puts `inner` behind the first marker, in place of what an earlier run put there.
    fn put(&self, html: &str, [start, end]: [&str; 2], inner: &str) -> Result<String, Failure> {
        let (before, after) = html.split_once(start).ok_or_else(|| self.not_built(start))?;
        let after = after.split_once(end).map_or(after, |(_, after)| after);
        Ok([before, start, inner, end, after].concat())
    }

    fn rooted(&self, html: &str, root: &Root<'_>) -> Result<String, Failure> {
        let parts = html.split_once("<html").and_then(|(before, rest)| Some((before, rest.split_once('>')?.1)));
        let (before, after) = parts.ok_or_else(|| self.not_built("<html>"))?;
        Ok([before, &root.tag(), after].concat())
    }

    fn not_built(&self, lacks: &str) -> Failure {
        Failure::Wrong(format!("{} has no {lacks}; build it with Trunk first", self.path))
    }
}

#[cfg(test)]
mod tests {
    use super::{Filling, Root, Template};
    use putright::domain::content::Direction;

    const BUILT: &str = "<!DOCTYPE html>\n<html lang=\"en\" class=\"govuk-template\"><head><title>Built</title><link><!--putright:head--></head>\
                         <body><!--putright:app--></body></html>";

    fn template(html: &str) -> Template {
        Template { path: "dist/index.html".to_owned(), html: html.to_owned() }
    }

    fn filling(council: Option<&'static str>) -> Filling<'static> {
        let root = Root { language: "ar", direction: Direction::Rtl, council, register: council.map(|_| "8-11") };
        Filling { root, title: "Tell <us>", head: "policy", files: "links", body: "pages" }
    }

    #[test]
    fn a_page_has_everything_where_it_belongs() {
        let first =
            "<html lang=\"ar\" dir=\"rtl\" data-council=\"one\" data-register=\"8-11\" class=\"govuk-template\">";
        let whole = format!(
            "<!DOCTYPE html>\n{first}<head><title>Tell &lt;us></title><link><!--putright:head-->policy<!--/putright:head-->\
             <!--putright:files-->links<!--/putright:files--></head>\
             <body><!--putright:app-->pages<!--/putright:app--></body></html>"
        );
        assert_eq!(template(BUILT).filled(&filling(Some("one"))).unwrap(), whole);
    }

    #[test]
    fn a_second_run_takes_the_place_of_the_first() {
        let once = template(BUILT).filled(&filling(Some("one"))).unwrap();
        let none = template(BUILT).filled(&filling(None)).unwrap();
        assert!(!none.contains("data-council"), "{none}");
        assert_eq!(template(&once).filled(&filling(None)).unwrap(), none, "a page of one council is one of all again");
    }

    #[test]
    fn what_trunk_has_not_built_is_told_by_its_path() {
        let told = template("<html></html>").filled(&filling(None)).unwrap_err().to_string();
        assert!(told.contains("dist/index.html has no <!--putright:app-->; build it with Trunk first"), "{told}");
    }
}
