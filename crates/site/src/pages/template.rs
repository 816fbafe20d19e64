//! The page that Trunk built, and what each run puts into it: between its markers, and into its first tag.
//!
//! A page that an earlier run has filled is a template as good as a new one.

use std::{fs, path::Path};

use crate::{
    command::CliError,
    document::icon,
    look::Placed,
    markup::escaped,
    markup::{Tag, tags},
};

/// The markers around the policy, for hosts that set no headers, and around the style of the first paint.
const HEAD: [&str; 2] = ["<!--putright:head-->", "<!--/putright:head-->"];
/// The markers around the links to the files of the app. They follow the links of Trunk, because the WebAssembly takes
/// the longest to arrive.
const FILES: [&str; 2] = ["<!--putright:files-->", "<!--/putright:files-->"];
/// The markers around the HTML.
const BODY: [&str; 2] = ["<!--putright:app-->", "<!--/putright:app-->"];

/// The title.
const TITLE: [&str; 2] = ["<title>", "</title>"];

/// The markers around what stands over the page, and under it.
const BEFORE: [&str; 2] = ["<!--putright:before-->", "<!--/putright:before-->"];
const AFTER: [&str; 2] = ["<!--putright:after-->", "<!--/putright:after-->"];
/// The tags that they come before.
const APP: &str = "<div id=\"app\">";
const LAST: &str = "<div id=\"putright-end\"";

/// The tag that the page's stylesheets come before.
const END: &str = "</body>";

/// A built page.
pub struct Template {
    /// Its path, to say what is wrong with it.
    path: String,
    html: String,
}

/// The content that is put into the page of the app.
pub struct Filling<'a> {
    /// Its first tag.
    pub root: &'a str,
    /// Its title until the app is there, which has one for each of its pages.
    pub title: &'a str,
    /// The policy, and the style of the first paint.
    pub head: &'a str,
    /// The links.
    pub files: &'a str,
    /// The first pages.
    pub body: &'a str,
    /// The parts of the council's look.
    pub placed: &'a Placed,
}

impl Template {
    /// Reads a page.
    ///
    /// # Errors
    /// Returns an error if it cannot be read.
    pub fn read(path: &Path) -> Result<Self, CliError> {
        let html = fs::read_to_string(path).map_err(|error| CliError::unusable(path.display(), error))?;
        Ok(Self { path: path.display().to_string(), html })
    }

    /// The page as it is.
    pub fn html(&self) -> &str {
        &self.html
    }

    /// The addresses of its stylesheets.
    pub fn stylesheets(&self) -> impl Iterator<Item = &str> {
        tags(&self.html).filter_map(|tag| tag.stylesheet())
    }

    /// The page with its policy.
    ///
    /// # Errors
    /// Returns an error if it is not one of Putright's.
    pub fn with_head(&self, head: &str) -> Result<String, CliError> {
        self.put(&self.html, HEAD, head)
    }

    /// The page of the app with all that belongs into it.
    ///
    /// # Errors
    /// Returns an error if it is not one of Putright's.
    pub fn filled(&self, filling: &Filling<'_>) -> Result<String, CliError> {
        // Trunk knows no marker behind its own links.
        let html = if self.html.contains(FILES[0]) {
            self.html.clone()
        } else {
            self.html.replacen("</head>", &[FILES[0], "</head>"].concat(), 1)
        };
        let html = self.put(&html, BODY, filling.body)?;
        let placed = filling.placed;
        let html = self.put(&html, HEAD, &[filling.head, &placed.head].concat())?;
        let html = self.around(&html, BEFORE, APP, &placed.before)?;
        let html = self.around(&html, AFTER, LAST, &placed.after)?;
        let html = with_icon(&html, placed.icon.as_deref());
        let html = self.put(&html, FILES, filling.files)?;
        let html = self.put(&html, TITLE, &escaped(filling.title))?;
        self.rooted(&styled_last(&html), filling.root)
    }

    /// Returns whether the page has places for a council's look.
    pub fn can_be_dressed(&self) -> bool {
        [HEAD, BEFORE, AFTER].iter().all(|[start, _]| self.html.contains(start))
    }

    /// A page that is no page of the app, with a council's look around it.
    ///
    /// # Errors
    /// Returns an error if it is not one of Putright's.
    pub fn dressed(&self, links: &str, placed: &Placed) -> Result<String, CliError> {
        let html = self.put(&self.html, HEAD, &[links, &placed.head].concat())?;
        let html = self.put(&html, BEFORE, &placed.before)?;
        let html = self.put(&html, AFTER, &placed.after)?;
        Ok(with_icon(&html, placed.icon.as_deref()))
    }

    /// Puts `inner` before a tag, in place of what an earlier run put there.
    fn around(&self, html: &str, markers: [&str; 2], tag: &str, inner: &str) -> Result<String, CliError> {
        if html.contains(markers[0]) {
            return self.put(html, markers, inner);
        }
        if inner.is_empty() {
            return Ok(html.to_owned());
        }
        let (before, after) = html.split_once(tag).ok_or_else(|| self.not_built(tag))?;
        let [start, end] = markers;
        Ok([before, start, inner, end, tag, after].concat())
    }

    /// Puts `inner` behind the first marker, in place of what an earlier run put there.
    fn put(&self, html: &str, [start, end]: [&str; 2], inner: &str) -> Result<String, CliError> {
        let (before, after) = html.split_once(start).ok_or_else(|| self.not_built(start))?;
        let after = after.split_once(end).map_or(after, |(_, after)| after);
        Ok([before, start, inner, end, after].concat())
    }

    fn rooted(&self, html: &str, root: &str) -> Result<String, CliError> {
        let parts = html.split_once("<html").and_then(|(before, rest)| Some((before, rest.split_once('>')?.1)));
        let (before, after) = parts.ok_or_else(|| self.not_built("<html>"))?;
        Ok([before, root, after].concat())
    }

    fn not_built(&self, lacks: &str) -> CliError {
        CliError::Wrong(format!("{} has no {lacks}; build it with Trunk first", self.path))
    }
}

/// Puts the link to a picture of the browser's tab in the place of the one that is there.
fn with_icon(html: &str, address: Option<&str>) -> String {
    let is_icon = |tag: &Tag<'_>| tag.name == "link" && tag.attribute("rel") == Some("icon");
    let found = tags(html).find(is_icon).map(|tag| tag.whole.to_owned());
    found.map_or_else(|| html.to_owned(), |found| html.replacen(&found, &icon(address), 1))
}

/// Moves the stylesheets to the end of the page. A browser shows the content before them without waiting.
fn styled_last(html: &str) -> String {
    let links: Vec<&str> = tags(html).filter(|tag| tag.stylesheet().is_some()).map(|tag| tag.whole).collect();
    let without = links.iter().fold(html.to_owned(), |html, link| html.replacen(link, "", 1));
    without.replacen(END, &[&links.concat(), END].concat(), 1)
}

#[cfg(test)]
mod tests {
    use super::{Filling, Placed, Template};

    const BUILT: &str = "<!DOCTYPE html>\n<html lang=\"en\" class=\"govuk-template\"><head><title>Built</title><link rel=\"stylesheet\" href=\"./a.css\"/><!--putright:head--></head>\
                         <body><!--putright:app--></body></html>";

    const ONE: &str = "<html lang=\"ar\" dir=\"rtl\" data-council=\"one\" class=\"govuk-template\">";
    const ALL: &str = "<html lang=\"en\" dir=\"ltr\" class=\"govuk-template\">";

    fn template(html: &str) -> Template {
        Template { path: "dist/index.html".to_owned(), html: html.to_owned() }
    }

    fn filling(root: &'static str) -> Filling<'static> {
        let placed = Box::leak(Box::default());
        Filling { root, title: "Tell <us>", head: "policy", files: "links", body: "pages", placed }
    }

    #[test]
    fn a_page_has_everything_where_it_belongs() {
        let whole = format!(
            "<!DOCTYPE html>\n{ONE}<head><title>Tell &lt;us></title><!--putright:head-->policy<!--/putright:head-->\
             <!--putright:files-->links<!--/putright:files--></head>\
             <body><!--putright:app-->pages<!--/putright:app--><link rel=\"stylesheet\" href=\"./a.css\"/></body></html>"
        );
        assert_eq!(template(BUILT).filled(&filling(ONE)).unwrap(), whole);
    }

    #[test]
    fn a_second_run_takes_the_place_of_the_first() {
        let once = template(BUILT).filled(&filling(ONE)).unwrap();
        let none = template(BUILT).filled(&filling(ALL)).unwrap();
        assert!(!none.contains("data-council"), "{none}");
        assert_eq!(template(&once).filled(&filling(ALL)).unwrap(), none, "a page of one council is one of all again");
    }

    #[test]
    fn a_look_stands_around_the_app_and_goes_with_the_next_run() {
        let built = BUILT
            .replace("<!--putright:app-->", "<div id=\"app\"><!--putright:app--></div><div id=\"putright-end\"></div>");
        let built = built.replace("</head>", "<link rel=\"icon\" href=\"data:,\"></head>");
        let plain = template(&built).filled(&filling(ONE)).unwrap();
        let texts = |text: &str| text.to_owned();
        let placed =
            Placed { icon: Some(texts("./a.png")), head: texts("font"), before: texts("over"), after: texts("under") };
        let dressed = template(&built).filled(&Filling { placed: &placed, ..filling(ONE) }).unwrap();
        assert!(
            dressed.contains("policyfont") && dressed.contains("<link rel=\"icon\" href=\"./a.png\">"),
            "{dressed}"
        );
        let order = ["over", "<div id=\"app\">", "pages", "under", "<div id=\"putright-end\">"];
        let found: Vec<usize> = order.iter().map(|part| dressed.find(part).unwrap()).collect();
        assert!(found.is_sorted(), "{dressed}");
        let again = template(&dressed).filled(&filling(ONE)).unwrap();
        let emptied = ["before", "after"]
            .iter()
            .fold(again, |html, name| html.replace(&format!("<!--putright:{name}--><!--/putright:{name}-->"), ""));
        assert_eq!(emptied, plain);
    }

    #[test]
    fn what_trunk_has_not_built_is_told_by_its_path() {
        let told = template("<html></html>").filled(&filling(ALL)).unwrap_err().to_string();
        assert!(told.contains("dist/index.html has no <!--putright:app-->; build it with Trunk first"), "{told}");
    }
}
