//! `putright build`: compiles the files of a site into a built folder, and again at each change with `--watch`.

use std::{
    collections::BTreeMap,
    fs, io,
    io::Write,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant, SystemTime},
};

use clap::Args;

use crate::{
    assemble,
    command::CliError,
    files::Site,
    hosts::{self, Host},
    overlay::Folders,
    pages,
    site_parts::{DEEPEST, PARTS},
};

/// The pause between two looks at the files.
const PAUSE: Duration = Duration::from_millis(200);

/// Compiles a site: checks its files against each other, and writes bundles, pages, forms and the policy.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    folders: Folders,
    /// The folder to write. Where neither SITE nor PRODUCT holds a built app, this one must: there Trunk has put `index.html` and
    /// the WebAssembly. SITE itself where it holds one, else `dist`.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Write also what this host needs to send the headers, and say what to do with it.
    #[arg(long, value_enum, value_name = "NAME")]
    host: Option<Host>,
    /// Compile again whenever a file of the site changes.
    #[arg(long)]
    watch: bool,
}

/// The former name of `build`, for a folder that is site and built app in one.
#[derive(Args)]
pub struct PrerenderArguments {
    /// The folder that Trunk built.
    #[arg(long, default_value = "dist")]
    dist: PathBuf,
}

/// Compiles a site.
///
/// # Errors
/// Returns an error if a file of the site is wrong, or the folder holds no built app.
pub fn run(arguments: &Arguments) -> Result<(), CliError> {
    let site = arguments.folders.site()?;
    let own = site.folder();
    let built = || if own.join("index.html").is_file() { own.to_owned() } else { PathBuf::from("dist") };
    let out = &arguments.out.clone().unwrap_or_else(built);
    // Looked at first, so that no change gets lost while the site is compiled.
    let mut seen = changes(&site)?;
    let start = Instant::now();
    let compile = || compile(&site, out).and_then(|()| arguments.host.map_or(Ok(()), |host| hosts::write(host, out)));
    let first = compile();
    if !arguments.watch {
        return first;
    }
    report(first, start.elapsed());
    loop {
        thread::sleep(PAUSE);
        let now = changes(&site)?;
        if now != seen {
            seen = now;
            let start = Instant::now();
            report(compile(), start.elapsed());
        }
    }
}

/// Compiles a folder that is site and built app in one, and says how that is called now.
///
/// # Errors
/// Returns the errors of [`run`].
pub fn prerender(arguments: &PrerenderArguments) -> Result<(), CliError> {
    let dist = arguments.dist.display();
    // A closed standard error is no reason not to compile.
    let _ = writeln!(io::stderr(), "putright: prerender is now called build: putright build {dist}");
    pages::write(&arguments.dist)
}

fn compile(site: &Site, out: &Path) -> Result<(), CliError> {
    if site.product().is_some() {
        return assemble::build(&site.unread(), out);
    }
    assemble::needs_app(out)?;
    if !assemble::is_same(site.folder(), out) {
        for part in PARTS {
            let from = site.folder().join(part);
            copy(&from, &out.join(part), DEEPEST).map_err(|error| CliError::unusable(from.display(), error))?;
        }
    }
    pages::write(out)
}

/// Copies a file, or the files of a folder. What is not there is not copied: a check says what is missing.
fn copy(from: &Path, to: &Path, deepest: usize) -> io::Result<()> {
    if from.is_file() {
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        // A file that is the same stays: its packed copy is still good.
        if fs::read(from)? != fs::read(to).unwrap_or_default() {
            fs::copy(from, to)?;
        }
        return Ok(());
    }
    if !from.is_dir() || deepest == 0 {
        return Ok(());
    }
    for entry in fs::read_dir(from)? {
        let name = entry?.file_name();
        copy(&from.join(&name), &to.join(&name), deepest - 1)?;
    }
    Ok(())
}

/// Returns when each file of a site was changed last, and its length.
fn changes(site: &Site) -> Result<BTreeMap<PathBuf, (SystemTime, u64)>, CliError> {
    let mut found = BTreeMap::new();
    for path in site.folders().flat_map(|folder| PARTS.map(|part| folder.join(part))) {
        look_through(&path, DEEPEST, &mut found).map_err(|error| CliError::unusable(path.display(), error))?;
    }
    Ok(found)
}

fn look_through(path: &Path, deepest: usize, found: &mut BTreeMap<PathBuf, (SystemTime, u64)>) -> io::Result<()> {
    // An editor may put a new file in the place of the old one at this very moment.
    let Ok(there) = path.metadata() else { return Ok(()) };
    if there.is_file() {
        found.insert(path.to_owned(), (there.modified()?, there.len()));
    } else if deepest > 0 {
        for entry in fs::read_dir(path)? {
            look_through(&entry?.path(), deepest - 1, found)?;
        }
    }
    Ok(())
}

fn report(result: Result<(), CliError>, took: Duration) {
    let _ = match result {
        Ok(()) => writeln!(io::stdout(), "compiled in {} ms", took.as_millis()),
        Err(error) => writeln!(io::stderr(), "putright: {error}"),
    };
}
