//! A site of the files that ship, or of changed ones, prerendered; and how its pages are read.

use std::{collections::BTreeMap, fs};

use serde_json::Value;

use crate::place::{Place, putright, root};

/// The stylesheet that Trunk has built.
pub const STYLESHEET: &str = "main-0123456789abcdef.css";

/// Rules for the first pages, for elements that only the app draws, for young people’s pages, and for print.
pub const STYLES: &str = ":root{--pr-brand:#123456}.govuk-radios__item,.govuk-panel{margin:0}.govuk-panel{color:red}.pr-for-young label{x:y}@media print{a{color:black}}";

/// A site as it is served.
pub struct Site {
    place: Place,
}

impl Site {
    /// With another delivery.
    pub fn with(delivery: &Value) -> Self {
        Self::of(Place::with(delivery))
    }

    /// Builds a site of changed files.
    pub fn of(place: Place) -> Self {
        let shell = fs::read_to_string(root().join("index.html")).unwrap();
        let shell = shell.replace(
            "<link data-trunk rel=\"scss\" href=\"style/main.scss\">",
            &format!("<link rel=\"stylesheet\" href=\"./{STYLESHEET}\">"),
        );
        fs::write(place.folder().join(STYLESHEET), STYLES).unwrap();
        fs::write(place.folder().join("index.html"), shell).unwrap();
        let site = Self { place };
        site.prerender();
        site
    }

    pub fn prerender(&self) {
        let output = putright(&["build", self.place.folder().to_str().unwrap()]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    pub fn place(&self) -> &Place {
        &self.place
    }

    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.place.folder().join(file)).unwrap()
    }

    pub fn page(&self) -> Page {
        Page(self.read("bromley-form.html"))
    }

    /// Returns the line of `putright check` about Bromley's plain form, without its beginning.
    pub fn told(&self) -> String {
        let text = String::from_utf8(self.place.check(&[]).stdout).unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix("bromley: the plain form ")).unwrap_or_default();
        line.to_owned()
    }
}

/// A page of HTML.
pub struct Page(pub String);

impl Page {
    /// The opening tags of an element.
    pub fn tags(&self, name: &str) -> Vec<&str> {
        let start = format!("<{name} ");
        let tags = self.0.split(start.as_str()).skip(1);
        tags.map(|rest| rest.split('>').next().unwrap()).collect()
    }

    /// Everything of the form that is sent: names and their tags.
    pub fn fields(&self) -> BTreeMap<String, String> {
        let all = ["input", "textarea"].iter().flat_map(|name| self.tags(name));
        all.map(|tag| (attribute(tag, "name").unwrap(), tag.to_owned())).collect()
    }

    pub fn names(&self) -> Vec<String> {
        self.fields().into_keys().collect()
    }

    pub fn form(&self) -> Option<&str> {
        self.tags("form").first().copied()
    }

    pub fn policy(&self) -> String {
        let metas = self.tags("meta");
        let meta = metas.into_iter().find(|tag| tag.contains("Content-Security-Policy")).unwrap();
        attribute(meta, "content").unwrap()
    }

    /// Returns the text of the page, without tags and with its character references resolved.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for part in self.0.split('<') {
            text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
            text.push(' ');
        }
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&")
    }
}

/// The value of an attribute.
pub fn attribute(tag: &str, name: &str) -> Option<String> {
    let tag = format!(" {tag}");
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(rest.split('"').next()?.replace("&quot;", "\"").replace("&amp;", "&"))
}
