//! Puts real HTML into a built `index.html`, and makes a page of each council's own: the first questions, the guide and the contacts,
//! there before the WebAssembly runs and without it. Drawn by the app's own components, so the two cannot differ. Beside it, a
//! plain form for who has no JavaScript (`plain`), and the accessibility statement (`statement`).
//!
//! May be run again on the same folder, after a council's file has been changed there. Pages of councils that are no longer
//! listed are removed.

mod beside;
mod first_questions;
mod preload;
pub mod record;
mod styles;
mod template;

use std::{ffi::OsString, fs, io, path::Path, slice, sync::Arc};

use preload::Bundles;
use putright::ui::{self, ssr};
use putright_app::{Model, safety::Live, view_model};
use putright_domain::{
    bundle::{Bundle, FIRST_REGISTER, page_file},
    council::Council,
    data::InvalidFile,
    date::Date,
    messages::MessageId,
};

use crate::{
    accessibility_statement,
    command::CliError,
    csp::{Places, content_security_policy},
    document::Root,
    embed,
    files::{Site, today},
    look::{Placed, Surround},
    no_js_form::{self, Drawing},
    reading,
};
use record::Record;
use template::{Filling, Template};

/// Writes the bundles and pages of a site into its built folder.
///
/// # Errors
/// Returns an error if a file of the site is wrong, or `index.html` is not one of Putright's.
pub fn write(dist: &Path) -> Result<(), CliError> {
    compile(Site::new(dist), dist, dist, || Ok(()))
}

/// Writes the bundles and pages of a site into a folder, with the app that Trunk built in `app`. Everything is read and fitted
/// together first. `copy` then puts the other files there.
///
/// # Errors
/// Returns an error if a file of the site is wrong, or `index.html` is not one of Putright's.
pub fn compile(
    site: Site,
    app: &Path,
    dist: &Path,
    copy: impl FnOnce() -> Result<(), CliError>,
) -> Result<(), CliError> {
    let built = Built::read(site, app, dist)?;
    let pages = built.pages()?;
    let (young, adult): (Vec<&DrawnPage>, Vec<&DrawnPage>) = pages.iter().partition(|page| page.young);
    let (young, adult) = (built.style(&young)?, built.style(&adult)?);
    // With the styles in it, so that the policy lets each stand there.
    let both = if young == adult { adult.clone() } else { [adult.as_str(), &young].concat() };
    let frame_mark = Surround::frame_mark(built.surrounds());
    let styled = built.template.with_head(&[both.as_str(), frame_mark].concat())?;
    // A page cannot say by itself who may frame it: that part needs the header.
    let policy = content_security_policy(&styled, &built.places());
    let in_page: Vec<&str> = policy.split("; ").filter(|part| !part.starts_with("frame-ancestors")).collect();
    let policy = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">", in_page.join("; "));
    let statements = built.statements()?;
    copy()?;
    built.bundles.write(dist)?;
    for page in &pages {
        let head = [policy.as_str(), if page.young { &young } else { &adult }, frame_mark].concat();
        built.write(&page.file, &built.template.filled(&page.filling(&head))?)?;
    }
    for (form, statement) in built.forms.iter().zip(&statements) {
        built.beside(form, statement)?;
    }
    built.dress(&pages)?;
    // Not there where Trunk alone has built, for development.
    let check = app.join("check.html");
    if check.is_file() {
        built.write("check.html", &Template::read(&check)?.with_head(&policy)?)?;
    }
    // One header is sent with every page, so it allows where the plain forms go, too.
    let places = built.forms.iter().fold(built.places(), |places, form| places.and(Places::of_form(form.way())));
    let policy = content_security_policy(&styled, &places);
    built.write("headers.json", &format!("{:#}\n", serde_json::json!({ "content_security_policy": policy })))?;
    let councils: Vec<&str> = built.councils().map(|council| council.id.as_str()).collect();
    let made = pages.iter().map(|page| page.file.clone()).chain(built.beside_the_app()?).collect();
    Record::new(dist, made)?.keep(dist, &councils)?;
    forget_packed(dist).map_err(|error| CliError::unusable(dist.display(), error))
}

/// A page of the app, drawn.
struct DrawnPage {
    /// Its name.
    file: String,
    /// Its words are for children and young people, whose pages have a look of their own.
    young: bool,
    root: String,
    title: String,
    files: String,
    body: String,
    placed: Placed,
}

impl DrawnPage {
    fn filling<'a>(&'a self, head: &'a str) -> Filling<'a> {
        Filling {
            root: &self.root,
            title: &self.title,
            head,
            files: &self.files,
            body: &self.body,
            placed: &self.placed,
        }
    }
}

/// A built site, and what its pages are made of.
struct Built<'a> {
    /// The folder that is written.
    dist: &'a Path,
    /// The folder of the app, with its stylesheets.
    app: &'a Path,
    site: Site,
    /// The council whose words stand on the page of all.
    default: String,
    /// Each council, with its plain form.
    forms: Vec<Drawing>,
    /// The registers that the pages have words for. The register of the first page comes first.
    registers: Vec<String>,
    today: Date,
    template: Template,
    bundles: Bundles,
}

impl<'a> Built<'a> {
    fn read(site: Site, app: &'a Path, dist: &'a Path) -> Result<Self, CliError> {
        reading::read_all(&site)?;
        let today = today().ok_or_else(|| CliError::unusable("the clock", "cannot be right"))?;
        let index = site.index()?;
        let forms = index.councils.iter().map(|id| Drawing::load(&site, site.council(id)?, today));
        let forms = forms.collect::<Result<_, InvalidFile>>()?;
        let template = Template::read(&app.join("index.html"))?;
        let registers = site.registers()?;
        let default = index.default.clone();
        let mut built =
            Self { dist, app, site, default, forms, registers, today, template, bundles: Bundles::default() };
        built.make_bundles()?;
        Ok(built)
    }

    /// Makes the bundles: one for each council and register.
    fn make_bundles(&mut self) -> Result<(), CliError> {
        let mut bundles = Bundles::default();
        for council in self.councils() {
            for register in &self.registers {
                bundles.add(&self.bundle(council, register)?)?;
            }
        }
        self.bundles = bundles;
        Ok(())
    }

    fn councils(&self) -> impl Iterator<Item = &Council> {
        self.forms.iter().map(Drawing::council)
    }

    fn surrounds(&self) -> impl Iterator<Item = &Surround> {
        self.forms.iter().map(Drawing::surround)
    }

    /// Returns the addresses that the app sends to, and those whose pages may frame it.
    fn places(&self) -> Places {
        let text = |council: &Council| self.site.council_text(&council.id).unwrap_or_default();
        self.councils().fold(Places::default(), |places, council| {
            places.and(Places { frame: embed::allowed(&text(council)), ..Places::of(&council.delivery) })
        })
    }

    /// The pages of the app: each council's own in the words of each register, and the first of the site.
    fn pages(&self) -> Result<Vec<DrawnPage>, CliError> {
        let mut pages = Vec::new();
        for form in &self.forms {
            let council = form.council();
            for register in &self.registers {
                pages.push(self.own_page(page_file(&council.id, register), form, self.bundle(council, register)?));
            }
        }
        pages.push(self.of_all()?);
        Ok(pages)
    }

    /// The first page of the site. Where there is one council, it is that one's.
    fn of_all(&self) -> Result<DrawnPage, CliError> {
        let (mut first, others): (Vec<Council>, Vec<Council>) =
            self.councils().cloned().partition(|one| one.id == self.default);
        let default = first.pop().ok_or_else(|| CliError::Wrong("councils/index.json has no default".to_owned()))?;
        let bundle = self.site.load_all(FIRST_REGISTER, default, others)?;
        let file = "index.html".to_owned();
        Ok(match self.forms.as_slice() {
            [only] => self.own_page(file, only, bundle),
            forms => {
                let files = self.bundles.of_several(&self.default);
                self.page(file, bundle, None, forms, files)
            }
        })
    }

    /// The accessibility statement of each council.
    fn statements(&self) -> Result<Vec<accessibility_statement::StatementDrawing>, InvalidFile> {
        let load = |council: &Council| {
            accessibility_statement::StatementDrawing::load(&self.site, council.clone(), self.today)
        };
        self.councils().map(load).collect()
    }

    /// Returns the style for the first paint of these pages. All share one, because its hash is in a header.
    fn style(&self, pages: &[&DrawnPage]) -> Result<String, CliError> {
        let parts = || pages.iter().flat_map(|page| [page.root.as_str(), &page.body]);
        let mut rules = String::new();
        for name in self.template.stylesheets() {
            let path = self.app.join(name);
            let css = fs::read_to_string(&path).map_err(|error| CliError::unusable(path.display(), error))?;
            rules += &styles::needed(&css, parts().chain([self.template.html()]));
        }
        // Stronger than the colour of who names none, which comes once more with the whole stylesheet.
        let own = self
            .forms
            .iter()
            .map(|form| form.surround().colours(&format!("html[data-council=\"{}\"]", form.council().id)));
        rules.extend(own);
        rules += Surround::rules(self.surrounds());
        Ok(styles::element(&rules))
    }

    /// Loads the bundle of one council.
    fn bundle(&self, council: &Council, register: &str) -> Result<Bundle, CliError> {
        let partners = self.councils().filter(|one| council.shares_service_with.contains(&one.id)).cloned().collect();
        Ok(self.site.load_in(register, council.clone(), partners)?)
    }

    /// A page of one council's own: it names the council, and has its colour from the start.
    fn own_page(&self, file: String, form: &Drawing, bundle: Bundle) -> DrawnPage {
        let council = form.council();
        let files = self.bundles.of_one(&council.id, &bundle.content.register);
        self.page(file, bundle, Some(council), slice::from_ref(form), files)
    }

    fn page(
        &self,
        file: String,
        bundle: Bundle,
        council: Option<&Council>,
        forms: &[Drawing],
        files: String,
    ) -> DrawnPage {
        let bundle = Arc::new(bundle);
        let ways: Vec<Ways> = forms.iter().map(Ways::of).collect();
        let content = &bundle.content;
        let root = Root {
            language: &content.language,
            direction: content.direction,
            council: council.map(|council| council.id.as_str()),
            register: Some(content.register.as_str()).filter(|register| *register != FIRST_REGISTER),
        };
        let service = content.word(MessageId::ServiceName);
        let title =
            council.map_or_else(|| service.to_owned(), |council| [service, " – ", &council.short_name].concat());
        let (young, root) = (root.register.is_some(), root.tag());
        let surround = forms.first().filter(|_| council.is_some()).map(Drawing::surround);
        let placed = surround.map(|surround| surround.placed("./", young)).unwrap_or_default();
        let title = surround.and_then(Surround::title).map_or(title, str::to_owned);
        DrawnPage { file, young, root, title, files, body: render(&bundle, self.today, &ways), placed }
    }

    fn write(&self, name: &str, text: &str) -> Result<(), CliError> {
        let path = self.dist.join(name);
        fs::write(&path, text).map_err(|error| CliError::unusable(path.display(), error))
    }
}

/// Takes away the packed copies (`.br`, `.gz`) of what has been changed since they were made: a server would give them out in place
/// of what is there now.
fn forget_packed(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            forget_packed(&path)?;
            continue;
        }
        // A packed copy may have gone meanwhile.
        let Ok(changed) = path.metadata().and_then(|found| found.modified()) else { continue };
        for ending in [".br", ".gz"] {
            let mut packed: OsString = path.clone().into();
            packed.push(ending);
            let packed = Path::new(&packed);
            if packed.metadata().and_then(|packed| packed.modified()).is_ok_and(|made| made < changed) {
                fs::remove_file(packed)?;
            }
        }
    }
    Ok(())
}

/// The ways to a plain form: at once, and from the page that waits for the app.
struct Ways {
    at_once: ui::PlainFormLink,
    waiting: ui::PlainFormLink,
}

impl Ways {
    fn of(form: &Drawing) -> Self {
        let council = form.council();
        let way = |words: &str| ui::PlainFormLink {
            href: format!("./{}", no_js_form::file(&council.id)),
            words: words.replace("{council}", &council.short_name),
        };
        Self { at_once: way(&form.words().link), waiting: way(&form.words().link_waiting) }
    }
}

fn render(bundle: &Arc<Bundle>, today: Date, ways: &[Ways]) -> String {
    let model = Model::new(Arc::clone(bundle), today);
    let chosen = bundle.chosen;
    let html = ssr::html(bundle, view_model::page(&model), Live::default(), |ctx, page| {
        let ways: Vec<&ui::PlainFormLink> = ways.iter().map(|way| &way.at_once).collect();
        ui::prerendered(ctx, page, &view_model::guide(&model), &view_model::council_cards(&model), &ways, chosen)
    });
    let waiting = ways.first().filter(|_| chosen).map(|way| &way.waiting);
    html.replacen(ui::OPENING, &first_questions::html(bundle, today, waiting, chosen), 1)
}

#[cfg(test)]
mod tests {
    use std::{
        fs,
        time::{Duration, SystemTime},
    };

    use super::forget_packed;

    #[test]
    fn a_packed_copy_older_than_its_file_goes_and_every_other_stays() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("councils");
        fs::create_dir(&inner).unwrap();
        let now = SystemTime::now();
        for (name, seconds) in [("a.json", 10), ("a.json.br", 0), ("b.json", 0), ("b.json.gz", 10), ("c.gz", 0)] {
            let file = fs::File::create(inner.join(name)).unwrap();
            file.set_modified(now - Duration::from_secs(100 - seconds)).unwrap();
        }
        forget_packed(folder.path()).unwrap();
        let mut left: Vec<_> = fs::read_dir(&inner).unwrap().map(|one| one.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["a.json", "b.json", "b.json.gz", "c.gz"]);
    }
}
