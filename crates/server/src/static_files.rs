//! Serves the built app's files.
//!
//! A file with the hash of its contents in its name, or in its address as `?v=`, may be cached for ever; every other is asked for
//! again each time, by its entity tag. Compressed copies (`.br`, `.gz`) go out in place of the file to a browser that takes them,
//! unless somebody has changed the file since they were made, and have no address of their own. Refused: names that start with
//! a dot, names with anything but letters, digits, `.`, `-`, `_`, a list of a folder, every method but GET and HEAD, and
//! files outside the folder that a symbolic link in it leads to.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use tokio::task::spawn_blocking;
use tower_http::services::ServeDir;

use crate::Website;

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// Everything that no other route takes.
pub fn router(dist: &Path, site: Arc<dyn Website>) -> Router {
    let files = ServeDir::new(dist).precompressed_br().precompressed_gzip();
    let dist: Arc<Path> = dist.into();
    Router::new().fallback(move |request: Request| file(files.clone(), Arc::clone(&dist), Arc::clone(&site), request))
}

async fn file(mut files: ServeDir, dist: Arc<Path>, site: Arc<dyn Website>, mut request: Request) -> Response {
    let path = request.uri().path().to_owned();
    if !has_an_address(&path) {
        return not_found();
    }
    let asked = request.uri().query().and_then(|query| query.strip_prefix("v="));
    let asked = asked.filter(|version| version.len() == 16).map(str::to_owned);
    let at = dist.join(path.trim_start_matches('/'));
    let look = move || {
        let is_inside = is_inside(&dist, &at);
        let is_this_version = |asked| is_inside && fs::read(&at).is_ok_and(|all| site.version(&all) == asked);
        (is_inside, asked.is_some_and(is_this_version), is_repacked(&at))
    };
    let Ok((true, is_this_version, packed)) = spawn_blocking(look).await else { return not_found() };
    if *request.method() != Method::GET || !has_usable_range(request.headers()) {
        request.headers_mut().remove(header::RANGE);
    }
    if !packed {
        request.headers_mut().remove(header::ACCEPT_ENCODING);
    }
    // What goes wrong with a file is the host's to find out, not a visitor's.
    let Ok(found) = files.try_call(request).await else { return not_found() };
    let mut response = found.map(Body::new);
    if response.status() == StatusCode::NOT_FOUND {
        return not_found();
    }
    let found = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    headers.insert(
        header::CACHE_CONTROL,
        if found && (is_this_version || is_named_by_hash(&path)) { FOR_EVER } else { ASK_AGAIN },
    );
    // Other sites load this one, and nothing else: it shows the form in their pages.
    if path == "/embed.js" {
        headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    }
    if let Some(kind) = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok())
        && kind.starts_with("text/")
        && !kind.contains("charset")
        && let Ok(with_charset) = HeaderValue::from_str(&format!("{kind}; charset=utf-8"))
    {
        headers.insert(header::CONTENT_TYPE, with_charset);
    }
    response
}

/// Returns whether a path and the files sent for it are in the folder, with every symbolic link followed. The folder itself may
/// be a link.
fn is_inside(dist: &Path, path: &Path) -> bool {
    let Ok(folder) = dist.canonicalize() else { return false };
    let file = if path.is_dir() { path.join("index.html") } else { path.to_owned() };
    let packed = [".br", ".gz"].map(|ending| with_ending(&file, ending));
    let real = [path, &file, &packed[0], &packed[1]].map(Path::canonicalize);
    real.into_iter().flatten().all(|real| real.starts_with(&folder))
}

/// Returns whether a range can be served: one range of bytes. Any other is ignored (RFC 9110, section 14.2). With `If-Range`, the
/// whole file is sent.
fn has_usable_range(headers: &HeaderMap) -> bool {
    let mut given = headers.get_all(header::RANGE).iter();
    let (Some(range), None) = (given.next(), given.next()) else { return false };
    !headers.contains_key(header::IF_RANGE) && range.to_str().is_ok_and(is_one_range)
}

fn is_one_range(text: &str) -> bool {
    let Some((unit, range)) = text.split_once('=') else { return false };
    let Some((first, last)) = range.trim().split_once('-') else { return false };
    let number =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u64>().ok()).flatten();
    let in_order = match (first, last) {
        ("", last) => number(last).is_some(),
        (first, "") => number(first).is_some(),
        (first, last) => number(first).zip(number(last)).is_some_and(|(first, last)| first <= last),
    };
    unit.eq_ignore_ascii_case("bytes") && in_order
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut packed = OsString::from(path);
    packed.push(ending);
    packed.into()
}

/// The time by which a file may be younger than its packed copies: a folder is copied in any order.
const COPYING: Duration = Duration::from_secs(60);

/// Returns whether the packed copies of a file have its present content.
fn is_repacked(path: &Path) -> bool {
    let modified = |path: &Path| path.metadata().and_then(|found| found.modified()).ok();
    let Some(changed) = modified(path) else { return true };
    [".br", ".gz"].into_iter().all(|ending| {
        let made = modified(&with_ending(path, ending));
        made.is_none_or(|made| changed.duration_since(made).unwrap_or_default() < COPYING)
    })
}

fn not_found() -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8")),
        (header::CACHE_CONTROL, ASK_AGAIN),
    ];
    (StatusCode::NOT_FOUND, headers, "There is no page at this address.\n").into_response()
}

fn has_an_address(path: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_');
    path.bytes().all(plain)
        && !path.contains("//")
        && !path.contains("/.")
        && !Path::new(path)
            .extension()
            .is_some_and(|kind| kind.eq_ignore_ascii_case("br") || kind.eq_ignore_ascii_case("gz"))
}

/// Names as Trunk makes them: `name-0123456789abcdef.js`, `name-0123456789abcdef_bg.wasm`.
fn is_named_by_hash(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let Some((stem, _)) = name.split_once('.') else { return false };
    let Some((_, hash)) = stem.strip_suffix("_bg").unwrap_or(stem).rsplit_once('-') else { return false };
    // Trunk leaves out noughts at the beginning.
    (12..=16).contains(&hash.len()) && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_with_a_hash_is_kept_for_ever() {
        for name in [
            "/app-0123456789abcdef.js",
            "/start-a1dfb5022193734.js",
            "/putright-app-0123456789abcdef_bg.wasm",
            "/a/b-0123456789abcdef.css",
        ] {
            assert!(is_named_by_hash(name), "{name}");
        }
        for name in [
            "/",
            "/index.html",
            "/app_bg.wasm",
            "/app-0123456789a.js",
            "/app-0123456789ABCDEF.js",
            "/snippets/app-0123456789abcdef/inline0.js",
            "/app-0123456789abcdef",
        ] {
            assert!(!is_named_by_hash(name), "{name}");
        }
    }

    #[test]
    fn one_range_of_bytes_can_be_served_and_nothing_else() {
        for range in ["bytes=0-4", "bytes=5-", "bytes=-5", "Bytes=0-0"] {
            assert!(is_one_range(range), "{range}");
        }
        for range in
            ["items=0-4", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-4", "bytes=0-1,3-4", "bytes=+1-2", "=0-1"]
        {
            assert!(!is_one_range(range), "{range}");
        }
    }

    #[test]
    fn hidden_compressed_and_odd_names_have_no_address() {
        for path in ["/", "/index.html", "/content/en/plain.json", "/app-0123456789abcdef_bg.wasm"] {
            assert!(has_an_address(path), "{path}");
        }
        for path in [
            "/.git/config",
            "/a/.env",
            "/../data",
            "/%2e%2e/data",
            "/index.html.br",
            "/index.html.GZ",
            "//evil.example",
            "/a\\b",
        ] {
            assert!(!has_an_address(path), "{path}");
        }
    }
}
