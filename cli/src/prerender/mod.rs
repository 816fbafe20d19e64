//! Puts real HTML into a built `index.html`, and makes a page of each council's own: the first questions, the guide and the contacts,
//! there before the WebAssembly runs and without it. Drawn by the app's own components, so the two cannot differ. Beside it, a
//! plain form for who has no JavaScript (`plain`), and the accessibility statement (`statement`).
//!
//! May be run again on the same folder, after a council's file has been changed there.

mod ahead;
mod opening;

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use ahead::Ahead;

use clap::Args;
use leptos::prelude::{Callback, Owner, RenderHtml, RwSignal, signal};
use putright::{
    domain::{
        council::Council,
        data::DataError,
        date::Date,
        loaded::{FIRST_REGISTER, Loaded},
        session::{Live, Session},
    },
    view::{self, Ctx},
};

use crate::{
    Failure,
    document::Shell,
    plain::{self, Drawing},
    policy::{Places, content_security_policy},
    site::{Site, today, version},
    statement,
};

/// Prerenders a built site.
#[derive(Args)]
pub struct Arguments {
    /// The folder that Trunk built.
    #[arg(long, default_value = "dist")]
    dist: PathBuf,
}

/// Where the HTML goes, in `index.html`.
const BODY: [&str; 2] = ["<!--putright:app-->", "<!--/putright:app-->"];
/// Where the policy goes, for hosts that set no headers.
const HEAD: [&str; 2] = ["<!--putright:head-->", "<!--/putright:head-->"];

/// Where the links go to what the app will ask for: behind those of Trunk, for the WebAssembly is the longest to come.
const FILES: [&str; 2] = ["<!--putright:files-->", "<!--/putright:files-->"];

/// Prerenders.
///
/// # Errors
/// Where a file of the site is wrong, or `index.html` is not one of Putright's.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let site = Site::new(&arguments.dist);
    let wrong = |error: DataError| Failure::Wrong(error.to_string());
    let index = site.index().map_err(wrong)?;
    let all = index.councils.iter().map(|id| site.council(id)).collect::<Result<Vec<_>, _>>().map_err(wrong)?;
    let today = today().ok_or_else(|| Failure::unusable("the clock", "cannot be right"))?;
    let forms = all.iter().map(|council| Drawing::load(&site, council.clone(), today)).collect::<Result<Vec<_>, _>>();
    let forms = forms.map_err(wrong)?;
    let places = all.iter().fold(Places::default(), |places, council| places.and(Places::of(&council.delivery)));
    let path = arguments.dist.join("index.html");
    let shown = path.display();
    let html = fs::read_to_string(&path).map_err(|error| Failure::unusable(&shown, error))?;
    let html = plain(&html);
    let ahead = Ahead::new(&arguments.dist, &site.registers().map_err(wrong)?)?;
    let policy = content_security_policy(&html, &places);
    // A page cannot say by itself who may frame it: that part needs the header.
    let in_page: Vec<&str> = policy.split("; ").filter(|part| !part.starts_with("frame-ancestors")).collect();
    let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">", in_page.join("; "));

    let put = |name: &str, loaded: Loaded, council: Option<&Council>| {
        let shown_forms = forms.iter().zip(&all).filter(|(_, one)| council.is_none_or(|council| council.id == one.id));
        let ways: Vec<Ways> = shown_forms.map(|(form, one)| Ways::of(form, one)).collect();
        let loaded = Arc::new(loaded);
        let html = between(&html, BODY, &render(&loaded, today, &ways))
            .ok_or_else(|| Failure::Wrong(format!("{shown} has no {}; build it with Trunk first", BODY[0])))?;
        let (html, meta, files) = match council {
            Some(council) => {
                let (html, meta) = own(&html, &meta, &arguments.dist, council)?;
                (html, meta, ahead.of_one(council))
            }
            None => (html, meta.clone(), ahead.of_several(&all, &index.default)),
        };
        let html = between(&html, FILES, &files).unwrap_or(html);
        put_policy(&arguments.dist.join(name), &html, &meta)
    };
    for council in &all {
        let partners = all.iter().filter(|one| council.shares_service_with.contains(&one.id)).cloned().collect();
        let loaded = site.load_in(FIRST_REGISTER, council.clone(), partners).map_err(wrong)?;
        put(&format!("{}.html", council.id), loaded, Some(council))?;
    }
    for (form, council) in forms.iter().zip(&all) {
        let path = arguments.dist.join(plain::file(&council.id));
        let page = form.page(&Shell { index: &html, up: "./" });
        fs::write(&path, page).map_err(|error| Failure::unusable(path.display(), error))?;
    }
    for council in &all {
        let statement = statement::Drawing::load(&site, council.clone(), today).map_err(wrong)?;
        let path = arguments.dist.join(statement::file(&council.id));
        let page = statement.page(&Shell { index: &html, up: "./" });
        fs::write(&path, page).map_err(|error| Failure::unusable(path.display(), error))?;
    }
    let only = if all.len() == 1 { all.first() } else { None };
    let (mut first, others): (Vec<Council>, Vec<Council>) =
        all.iter().cloned().partition(|one| one.id == index.default);
    let default = first.pop().ok_or_else(|| Failure::Wrong("councils/index.json has no default".to_owned()))?;
    put("index.html", site.load_all(default, others).map_err(wrong)?, only)?;
    // Not there where Trunk alone has built, for development.
    let check = arguments.dist.join("check.html");
    if let Ok(html) = fs::read_to_string(&check) {
        put_policy(&check, &html, &meta)?;
    }
    // One header is sent with every page, so it allows where the plain forms go, too.
    let places = forms.iter().fold(places, |places, form| places.and(Places::of_form(form.way())));
    let policy = content_security_policy(&html, &places);
    let headers = arguments.dist.join("headers.json");
    let text = format!("{:#}\n", serde_json::json!({ "content_security_policy": policy }));
    fs::write(&headers, text).map_err(|error| Failure::unusable(headers.display(), error))?;
    forget_packed(&arguments.dist).map_err(|error| Failure::unusable(arguments.dist.display(), error))
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

/// The page as Trunk left it, but for what stands between markers: not yet of one council, and with a place for links.
fn plain(html: &str) -> String {
    let marked =
        html.split_once("<html data-council=\"").and_then(|(before, rest)| Some((before, rest.split_once("\" ")?.1)));
    let html = marked.map_or_else(|| html.to_owned(), |(before, after)| [before, "<html ", after].concat());
    if html.contains(FILES[0]) { html } else { html.replacen("</head>", &[FILES[0], "</head>"].concat(), 1) }
}

fn put_policy(path: &Path, html: &str, meta: &str) -> Result<(), Failure> {
    let shown = path.display();
    let html = between(html, HEAD, meta)
        .ok_or_else(|| Failure::Wrong(format!("{shown} has no {}; build it with Trunk first", HEAD[0])))?;
    fs::write(path, html).map_err(|error| Failure::unusable(shown, error))
}

/// A page of one council's own: it names the council, and has its colour from the start.
fn own(html: &str, meta: &str, dist: &Path, council: &Council) -> Result<(String, String), Failure> {
    let name = format!("{}.css", council.id);
    let css = format!(":root {{ --pr-brand: {} }}\n", council.brand.colour);
    let path = dist.join(&name);
    fs::write(&path, &css).map_err(|error| Failure::unusable(path.display(), error))?;
    let marked = html.replacen("<html ", &format!("<html data-council=\"{}\" ", council.id), 1);
    let version = version(css.as_bytes());
    Ok((marked, format!("{meta}<link rel=\"stylesheet\" href=\"./{name}?v={version}\">")))
}

/// The ways to a plain form: at once, and from the page that waits for the app.
struct Ways {
    at_once: view::Way,
    waiting: view::Way,
}

impl Ways {
    fn of(form: &Drawing, council: &Council) -> Self {
        let way = |words: &str| view::Way {
            href: format!("./{}", plain::file(&council.id)),
            words: words.replace("{council}", &council.short_name),
        };
        Self { at_once: way(&form.words().link), waiting: way(&form.words().link_waiting) }
    }
}

fn render(loaded: &Arc<Loaded>, today: Date, ways: &[Ways]) -> String {
    let session = Session::new(Arc::clone(loaded), today);
    let chosen = loaded.chosen;
    let html = Owner::new().with(|| {
        let ctx = inert(loaded, &session);
        let page = signal(session.page()).0;
        let ways: Vec<&view::Way> = ways.iter().map(|way| &way.at_once).collect();
        view::prerendered(&ctx, page, &session.guide(), &session.council_cards(), &ways, chosen).to_html()
    });
    // Leptos marks the places between two texts for hydration, which this app does not do.
    let waiting = ways.first().filter(|_| chosen).map(|way| &way.waiting);
    html.replace("<!>", "").replacen(view::OPENING, &opening::html(loaded, today, waiting, chosen), 1)
}

/// For drawing alone: nobody can press anything in what is prerendered.
fn inert(loaded: &Arc<Loaded>, session: &Session) -> Ctx {
    let page = signal(session.page()).0;
    let said = RwSignal::new(String::new());
    Ctx::new(Arc::clone(loaded), Callback::new(|_| {}), said, RwSignal::new(Live::default()), page, said)
}

/// Puts `inner` behind the first marker, in place of what an earlier run put there.
fn between(html: &str, [start, end]: [&str; 2], inner: &str) -> Option<String> {
    let (before, after) = html.split_once(start)?;
    let after = after.split_once(end).map_or(after, |(_, after)| after);
    Some([before, start, inner, end, after].concat())
}

#[cfg(test)]
mod tests {
    use std::{
        fs,
        time::{Duration, SystemTime},
    };

    use super::{BODY, FILES, between, forget_packed, plain};

    #[test]
    fn a_page_that_was_of_one_council_is_of_none_before_it_is_drawn_again() {
        let first = "<!DOCTYPE html>\n<html lang=\"en\"><head></head>";
        let once = plain(&first.replace("<html ", "<html data-council=\"one\" "));
        assert_eq!(once, first.replace("</head>", "<!--putright:files--></head>"));
        let filled = between(&once, FILES, "links").unwrap();
        assert_eq!(plain(&filled), filled, "a second run has a place for its links already");
    }

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

    #[test]
    fn a_second_run_takes_the_place_of_the_first() {
        let once = between("<div><!--putright:app--></div>", BODY, "one").unwrap();
        assert_eq!(between(&once, BODY, "two").unwrap(), once.replace("one", "two"));
        assert_eq!(between("<div></div>", BODY, "one"), None);
    }
}
