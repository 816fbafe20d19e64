//! Reads `look` and `brand` of a council's file.

use putright_domain::{
    council::Brand,
    data::{Document, InvalidFile, Place},
    json::Value,
};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{colours::ColourRole, contrast::Rgb, fragment};

/// The most links in the header or the footer. More would push the page down on a phone.
const MOST_LINKS: usize = 12;
/// The most characters of the name of the service, and of a link.
const MOST_NAME: usize = 60;

/// The council's look, beyond its colour. Its files are in the folder `looks/<id>/` of the site.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LookFile {
    /// The name of the service, in place of Putright's, on every page.
    #[schemars(length(max = 60), example = &"Tell us about children’s services")]
    pub service_name: Option<String>,
    /// The title of the page before the form runs: search engines and link previews show it.
    #[schemars(length(max = 100), example = &"Complain about children’s services – Anytown Council")]
    pub title: Option<String>,
    /// The lines, and the background of the council's footer.
    #[schemars(regex(pattern = "^#[0-9A-Fa-f]{6}$"), example = &"#00703c")]
    pub second_colour: Option<String>,
    /// The links on the white and cream backgrounds.
    #[schemars(regex(pattern = "^#[0-9A-Fa-f]{6}$"), example = &"#1d4f91")]
    pub link_colour: Option<String>,
    /// The element that has the focus, behind black text.
    #[schemars(regex(pattern = "^#[0-9A-Fa-f]{6}$"), example = &"#ffdd00")]
    pub focus_colour: Option<String>,
    /// The logo, over the header.
    pub logo: Option<Logo>,
    /// The picture of a browser's tab: an SVG, PNG or ICO file.
    #[schemars(example = &"favicon.svg")]
    pub favicon: Option<String>,
    /// The font of the pages for adults.
    pub font: Option<Font>,
    /// Links over the header.
    #[schemars(length(max = 12))]
    pub header_links: Vec<LookLink>,
    /// Links at the end of the page.
    #[schemars(length(max = 12))]
    pub footer_links: Vec<LookLink>,
    /// A file with a piece of HTML for over the header.
    #[schemars(example = &"header.html")]
    pub header: Option<String>,
    /// A file with a piece of HTML for the end of the page.
    #[schemars(example = &"footer.html")]
    pub footer: Option<String>,
}

/// A logo.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Logo {
    /// An SVG file.
    #[schemars(example = &"logo.svg")]
    pub file: String,
    /// Words for people who do not see it. With a link they say where it leads.
    #[schemars(length(min = 1), example = &"Anytown Council")]
    pub alt: String,
    /// The page that it leads to.
    #[schemars(example = &"https://www.anytown.gov.uk")]
    pub link: Option<String>,
}

/// The files of a font.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Font {
    /// A WOFF2 file for text.
    #[schemars(example = &"text.woff2")]
    pub regular: String,
    /// A WOFF2 file for bold text; the same file for a variable font.
    #[schemars(example = &"bold.woff2")]
    pub bold: Option<String>,
}

/// A link.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LookLink {
    /// The words of the link.
    #[schemars(length(min = 1, max = 60), example = &"Council home page")]
    pub words: String,
    /// An address with https, or a page of this site.
    #[schemars(example = &"https://www.anytown.gov.uk")]
    pub href: String,
}

/// The colours of a council, checked.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Colours {
    /// The header.
    pub brand: Option<Rgb>,
    /// The lines, and the council's footer.
    pub second: Option<Rgb>,
    /// Links.
    pub link: Option<Rgb>,
    /// The element that has the focus.
    pub focus: Option<Rgb>,
}

/// The part of a council's file about its look.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LookKeys {
    /// The look; `None` where the file has none.
    pub look: Option<LookFile>,
    /// The colours.
    pub colours: Colours,
}

impl LookKeys {
    /// Reads a council's file.
    ///
    /// # Errors
    /// Returns every fault of the look, but for those of its files.
    pub fn read(file: &str, text: &str) -> Result<Self, InvalidFile> {
        let document = Document::parse(file, text)?;
        let root = document.root();
        let has = |key: &str| matches!(root.value(), Value::Object(members) if members.get(key).is_some());
        let mut own = Self::default();
        if has("brand") {
            let place = root.member("brand");
            let brand: Brand = place.decode();
            // The council's own reader tells of what is no colour.
            own.colours.brand =
                Rgb::parse(&brand.colour).and_then(|_| ColourRole::Brand.read(place, "colour", &brand.colour));
        }
        if has("look") {
            let place = root.member("look");
            let look: LookFile = place.decode();
            let read = |role: ColourRole, key: &str, text: &Option<String>| {
                text.as_ref().and_then(|text| role.read(place, key, text))
            };
            own.colours.second = read(ColourRole::Second, "second_colour", &look.second_colour);
            own.colours.link = read(ColourRole::Link, "link_colour", &look.link_colour);
            own.colours.focus = read(ColourRole::Focus, "focus_colour", &look.focus_colour);
            look.check(place);
            own.look = Some(look);
        }
        document.finish(own)
    }
}

impl LookFile {
    fn check(&self, place: Place<'_>) {
        let names = [("service_name", &self.service_name, MOST_NAME), ("title", &self.title, 100)];
        for (key, text, most) in names.into_iter().filter_map(|(key, text, most)| Some((key, text.as_ref()?, most))) {
            bounded(place, &format!("/{key}"), text, most);
        }
        if let Some(logo) = &self.logo {
            bounded(place, "/logo/alt", &logo.alt, 100);
            if let Some(Err(problem)) = logo.link.as_deref().map(fragment::address) {
                place.note_below("/logo/link", &problem);
            }
        }
        for (key, links) in [("header_links", &self.header_links), ("footer_links", &self.footer_links)] {
            if links.len() > MOST_LINKS {
                place.note_in(key, &format!("has {} links; give at most {MOST_LINKS}", links.len()));
            }
            for (at, link) in links.iter().enumerate() {
                bounded(place, &format!("/{key}/{at}/words"), &link.words, MOST_NAME);
                if let Err(problem) = fragment::address(&link.href) {
                    place.note_below(&format!("/{key}/{at}/href"), &problem);
                }
            }
        }
    }
}

fn bounded(place: Place<'_>, pointer: &str, text: &str, most: usize) {
    if text.trim().is_empty() {
        place.note_below(pointer, "is empty; write its words, or leave the key out");
    }
    let length = text.chars().count();
    if length > most {
        place.note_below(pointer, &format!("has {length} characters; write at most {most}"));
    }
}
