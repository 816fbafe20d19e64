//! Draws a council's look: the rules of its colours and font, its favicon, and what stands over and under each page.

use std::fmt::Write;

use putright_domain::council::Council;

use super::{
    CouncilLook,
    colours::text_on,
    contrast::Rgb,
    own::{LookFile, LookLink},
};
use crate::markup::escaped;

/// The rules of the header and the footer.
const RULES: &str = include_str!("look.css");
/// The fonts after the council's own: those of `style/_theme.scss`.
const FALLBACK_FONTS: &str =
    "system-ui, -apple-system, \"Segoe UI\", Roboto, \"Noto Sans\", \"Liberation Sans\", arial, sans-serif";
/// Marks a page within a frame before it is painted: there the page around has the council's header and footer.
const FRAME_MARK: &str = "<script>if(parent!==window)document.documentElement.dataset.inFrame=\"\"</script>";
/// The height of the logo, in pixels.
const LOGO_HEIGHT: f64 = 40.0;
/// The part of black in the colour of a link that a pointer is over.
const HOVER: u8 = 90;

/// The look of a council, ready to be drawn.
#[derive(Clone, Debug, Default)]
pub struct Surround {
    look: CouncilLook,
    brand: String,
    name: String,
    /// The words of the link that skips what stands over each page.
    skip: String,
    /// The last words of each page.
    foot: String,
}

/// The parts of a look for one page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    /// The address of the favicon.
    pub icon: Option<String>,
    /// More for the head of the page.
    pub head: String,
    /// The HTML before everything else.
    pub before: String,
    /// The HTML after everything else.
    pub after: String,
}

impl Surround {
    /// Prepares the look of a council.
    pub fn new(look: CouncilLook, council: &Council, skip: String, foot: String) -> Self {
        Self { look, brand: council.brand.colour.clone(), name: council.short_name.clone(), skip, foot }
    }

    /// The last words of a page that needs no JavaScript.
    pub fn foot(&self) -> &str {
        &self.foot
    }

    /// Returns whether the council has a look beyond its colour.
    pub fn has_look(&self) -> bool {
        self.look.keys.is_some()
    }

    pub(super) fn look(&self) -> &CouncilLook {
        &self.look
    }

    /// The title of the pages before the app runs, where the council has its own.
    pub fn title(&self) -> Option<&str> {
        self.look.keys.as_ref()?.title.as_deref()
    }

    /// Returns the rules of the council's colours and font. `root`: the selector of its pages.
    pub fn colours(&self, root: &str) -> String {
        let colours = &self.look.colours;
        let mut all = format!("--pr-brand: {}", self.brand);
        let Some(second) = colours.second.or(colours.brand).filter(|_| self.has_look()) else {
            return format!("{root} {{ {all} }}\n");
        };
        let _ = write!(all, "; --pr-second: {second}; --pr-second-text: {}", text_on(second));
        if let Some(focus) = colours.focus {
            let _ = write!(all, "; --govuk-focus-colour: {focus}");
        }
        let mut rules = format!("{root} {{ {all} }}\n");
        let light = [
            colours.second.map(|second| format!("--pr-brand-line: {second}")),
            colours.link.map(|link| format!("--govuk-link-colour: {link}; --govuk-link-hover-colour: {}", hover(link))),
            self.look.assets.font.as_ref().map(|_| format!("--pr-font: \"{}\", {FALLBACK_FONTS}", self.font())),
        ];
        let light: Vec<String> = light.into_iter().flatten().collect();
        if !light.is_empty() {
            // The pages for the young, and the dark background, have colours and fonts of Putright's.
            let _ =
                writeln!(rules, "{root}:not(.pr-for-young, [data-pr-background=\"dark\"]) {{ {} }}", light.join("; "));
        }
        // The exit bar sticks to the edge of the window over the council's footer, too.
        let _ = writeln!(rules, "{root} #app {{ display: contents }}");
        rules + &self.font_faces()
    }

    fn font(&self) -> String {
        ["Council ", &self.look.council].concat()
    }

    fn font_faces(&self) -> String {
        let Some((regular, bold)) = &self.look.assets.font else { return String::new() };
        let face = |address: &str, weight: u16| {
            // A font that comes late would move the text: it then waits for the next page.
            format!(
                "@font-face {{ font-family: \"{}\"; font-weight: {weight}; font-display: optional; src: url(\"{address}\") format(\"woff2\") }}\n",
                self.font()
            )
        };
        [face(regular, 400), bold.as_ref().map(|bold| face(bold, 700)).unwrap_or_default()].concat()
    }

    /// Returns the rules of what stands around the pages, where one of the councils has a look.
    pub fn rules<'a>(mut all: impl Iterator<Item = &'a Self>) -> &'static str {
        if all.any(Self::has_look) { RULES } else { "" }
    }

    /// Returns what a page of the app needs in its head so that a frame shows the page alone.
    pub fn frame_mark<'a>(mut all: impl Iterator<Item = &'a Self>) -> &'static str {
        if all.any(Self::has_look) { FRAME_MARK } else { "" }
    }

    /// Returns the parts for a page. `up`: the relative path to the folder of the site; `young`: the page is for the young.
    pub fn placed(&self, up: &str, young: bool) -> Placed {
        let Some(keys) = &self.look.keys else { return Placed::default() };
        let assets = &self.look.assets;
        let fonts = assets.font.iter().filter(|_| !young).flat_map(|(regular, bold)| [Some(regular), bold.as_ref()]);
        let mut fonts: Vec<&String> = fonts.flatten().collect();
        fonts.dedup();
        let head = fonts.into_iter().map(|address| {
            format!("<link rel=\"preload\" as=\"font\" type=\"font/woff2\" crossorigin href=\"{address}\">\n")
        });
        let moved = |html: String| html.replace("=\"./", &format!("=\"{up}"));
        Placed {
            icon: assets.favicon.clone().map(|icon| icon.replacen("./", up, 1)),
            head: moved(head.collect()),
            before: moved(self.before(keys)),
            after: moved(self.after(keys)),
        }
    }

    fn before(&self, keys: &LookFile) -> String {
        let links = links(&keys.header_links, &self.name);
        let inner = [self.logo(keys), links, self.look.assets.header.clone()].concat();
        let section = section("pr-own", &self.name, &inner);
        if section.is_empty() {
            return section;
        }
        // It must come before everything else, so it takes the place of the page's own.
        format!("<a class=\"govuk-skip-link pr-own-skip\" href=\"#main\">{}</a>\n{section}", escaped(&self.skip))
    }

    fn after(&self, keys: &LookFile) -> String {
        let label = ["About ", &self.name].concat();
        let inner = [links(&keys.footer_links, &label), self.look.assets.footer.clone()].concat();
        section("pr-own pr-own--end", &label, &inner)
    }

    fn logo(&self, keys: &LookFile) -> String {
        let (Some(logo), Some((address, ratio))) = (&keys.logo, &self.look.assets.logo) else { return String::new() };
        let picture = format!(
            "<img class=\"pr-own__logo\" src=\"{address}\" alt=\"{}\" width=\"{:.0}\" height=\"{LOGO_HEIGHT:.0}\">",
            escaped(&logo.alt),
            (ratio * LOGO_HEIGHT).round(),
        );
        match &logo.link {
            Some(link) => format!("<a href=\"{}\">{picture}</a>", escaped(&relative(link))),
            None => picture,
        }
    }
}

/// Draws a landmark, because nothing of a page lies outside of one.
fn section(class: &str, label: &str, inner: &str) -> String {
    if inner.is_empty() {
        return String::new();
    }
    format!(
        "<section class=\"{class}\" aria-label=\"{}\"><div class=\"govuk-width-container\">{inner}</div></section>\n",
        escaped(label)
    )
}

/// The colour of a link that a pointer is over: darker, so that it can be read wherever the link can.
pub(super) fn hover(link: Rgb) -> Rgb {
    link.darkened(HOVER)
}

fn links(links: &[LookLink], label: &str) -> String {
    if links.is_empty() {
        return String::new();
    }
    let items = links.iter().map(|LookLink { words, href }| {
        format!("<li><a href=\"{}\">{}</a></li>", escaped(&relative(href)), escaped(words))
    });
    format!("<nav aria-label=\"{}\"><ul>{}</ul></nav>", escaped(label), items.collect::<String>())
}

/// The address of a link as it is written in a page.
fn relative(href: &str) -> String {
    super::fragment::address(href).unwrap_or_default()
}
