//! The configuration that a host needs to serve a built site: headers, types, compression and caching.
//!
//! A file that belongs into the served folder is written there. One that the server itself reads is written beside the folder,
//! under its name, because nobody on the web should read it.

mod apache;
mod headers_file;
mod iis;
mod nginx;
mod s3;

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use clap::ValueEnum;
use serde_json::Value;

use crate::{command::CliError, csp};

/// The value of `Cache-Control` for a file whose address changes with its content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// The names of files with a hash, as a regular expression. `putright serve` knows them by the same.
const HASHED: &str = r"-[0-9a-f]{12,16}(_bg)?\.(js|wasm|css|bin)$";
/// The header that keeps other sites from loading a file, and the one file that they may load: it shows the form in their pages.
const RESOURCE_POLICY: &str = "Cross-Origin-Resource-Policy";
const FOR_OTHERS: &str = "embed.js";
/// The types that are compressed on the way.
const COMPRESSED: [&str; 8] = [
    "text/css",
    "text/javascript",
    "text/plain",
    "application/javascript",
    "application/json",
    "application/octet-stream",
    "application/wasm",
    "image/svg+xml",
];

/// A kind of host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Host {
    /// A file to include in the `server { }` of nginx.
    Nginx,
    /// `.htaccess`, and the same for a server that reads none (`AllowOverride None`).
    Apache,
    /// `web.config` of Internet Information Services.
    Iis,
    /// `_headers` of Netlify.
    Netlify,
    /// `_headers` and `404.html` of Cloudflare Pages.
    Cloudflare,
    /// A script that copies the site into a bucket of Amazon S3, and the headers that `CloudFront` adds.
    S3,
    /// Nothing: Python's own server sends no headers.
    Python,
}

/// A file that a host needs.
struct HostFile {
    path: PathBuf,
    text: String,
    /// The thing to do with it, for a person.
    advice: &'static str,
}

/// The things that a host has to know about a built site.
struct SiteFacts {
    /// The security headers, the policy first.
    headers: Vec<(String, String)>,
    /// The addresses, relative to the folder, of the files that a browser may keep for ever, but for bundles.
    hashed: Vec<String>,
    /// The served folder.
    folder: PathBuf,
}

/// Writes the configuration of a host for a built site, and says what to do with it.
///
/// # Errors
/// Returns an error if the folder is not built, cannot be written, or its policy is too long for the host.
pub fn write(host: Host, folder: &Path) -> Result<(), CliError> {
    let facts = SiteFacts::read(folder)?;
    let files = match host {
        Host::Nginx => vec![nginx::file(&facts)],
        Host::Apache => apache::files(&facts).into(),
        Host::Iis => vec![iis::file(&facts)],
        Host::Netlify | Host::Cloudflare => headers_file::files(&facts, host)?,
        Host::S3 => s3::files(&facts).into(),
        Host::Python => Vec::new(),
    };
    let mut output = io::stdout().lock();
    let closed = |error: io::Error| CliError::unusable("standard output", error);
    for HostFile { path, text, advice } in files {
        fs::write(&path, text).map_err(|error| CliError::unusable(path.display(), error))?;
        writeln!(output, "{}: {advice}", path.display()).map_err(closed)?;
    }
    if host == Host::Python {
        let advice = "python3 -m http.server sends no headers: each page has its policy in it, but anybody may frame it, and \
                      nothing is kept or compressed. Use it to try the site out";
        writeln!(output, "{advice}").map_err(closed)?;
    }
    Ok(())
}

impl SiteFacts {
    fn read(folder: &Path) -> Result<Self, CliError> {
        let unusable = |path: &Path, error: &dyn std::fmt::Display| CliError::unusable(path.display(), error);
        let path = folder.join("headers.json");
        let text = fs::read_to_string(&path).map_err(|error| unusable(&path, &error))?;
        let policy = serde_json::from_str::<Value>(&text)
            .ok()
            .and_then(|headers| headers.get("content_security_policy")?.as_str().map(str::to_owned))
            .ok_or_else(|| unusable(&path, &"has no text content_security_policy"))?;
        let others = csp::HEADERS.iter().map(|(name, value)| (in_capitals(name), (*value).to_owned()));
        let headers = [("Content-Security-Policy".to_owned(), policy)].into_iter().chain(others).collect();
        let mut hashed = Vec::new();
        for entry in fs::read_dir(folder).map_err(|error| unusable(folder, &error))? {
            let name = entry.map_err(|error| unusable(folder, &error))?.file_name().to_string_lossy().into_owned();
            hashed.extend(Some(name).filter(|name| is_hashed(name)));
        }
        hashed.sort();
        let folder = fs::canonicalize(folder).map_err(|error| unusable(folder, &error))?;
        Ok(Self { headers, hashed, folder })
    }

    /// The path of a file in the served folder.
    fn inside(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The path of a file beside the served folder, named for it.
    fn beside(&self, ending: &str) -> PathBuf {
        let mut name = self.folder.clone().into_os_string();
        name.push(ending);
        name.into()
    }

    /// The name of the served folder.
    fn name(&self) -> String {
        self.folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }
}

/// Writes the name of a header as people know it: `Referrer-Policy`.
fn in_capitals(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
    });
    words.collect::<Vec<_>>().join("-")
}

/// Returns whether the name of a file has the hash of its content, as [`HASHED`] says.
fn is_hashed(name: &str) -> bool {
    let Some((stem, "js" | "wasm" | "css" | "bin")) = name.rsplit_once('.') else { return false };
    let Some((_, hash)) = stem.strip_suffix("_bg").unwrap_or(stem).rsplit_once('-') else { return false };
    (12..=16).contains(&hash.len()) && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::{in_capitals, is_hashed};

    #[test]
    fn names_with_a_hash_are_known() {
        for name in
            ["main-0123456789abcdef.css", "putright-app-a1dfb5022193_bg.wasm", "bromley-adult-0123456789abcdef.bin"]
        {
            assert!(is_hashed(name), "{name}");
        }
        for name in [
            "index.html",
            "main-0123456789abcdef.css.br",
            "bromley-12-17.html",
            "main-0123456789ABCDEF.css",
            "bromley.css",
        ] {
            assert!(!is_hashed(name), "{name}");
        }
        assert_eq!(in_capitals("cross-origin-opener-policy"), "Cross-Origin-Opener-Policy");
    }
}
