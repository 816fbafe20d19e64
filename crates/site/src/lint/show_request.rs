//! The exact request that a test submission makes, to be read, or to be sent by curl. Nothing is sent here.

use std::{
    fmt::Write as _,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use putright_domain::{
    bundle::FIRST_REGISTER,
    council::Council,
    data::InvalidFile,
    date::Date,
    delivery::{
        config::{Credentials, Encoding, Endpoint, Method, SendBy, TokenAt},
        request::{Body, BodyPart, Request},
    },
};

use super::sample_submission::{Length, Sample, forms};
use crate::{command::CliError, files::Site};

/// Draws the line between parts. A browser draws its own.
const BOUNDARY: &str = "----PutrightTest7e577e57";
/// Stands for a token until one is fetched.
const TOKEN: &str = "{the token}";

/// The request to show.
pub struct Wanted<'a> {
    /// A council's id, or the path of its file; `None` for the site's default.
    pub council: Option<&'a str>,
    /// True for a script with curl, false for the request as HTTP.
    pub curl: bool,
    /// The address of the site, which completes an address that is a path.
    pub site: &'a str,
}

/// Shows it.
///
/// # Errors
/// Returns an error if the council's file cannot be read, or nothing is sent to it.
pub fn run(site: &Site, wanted: &Wanted<'_>, today: Date) -> Result<(), CliError> {
    let (site, council) = find(site, wanted.council)?;
    let delivery = &council.delivery;
    let endpoint = if delivery.send == SendBy::None { forms(&council).next() } else { Some(&delivery.endpoint) };
    let Some(endpoint) = endpoint else {
        return Err(CliError::Wrong(format!(
            "nothing is sent to {}: its file says \"send\": \"none\", so people print, copy, ring or post",
            council.id
        )));
    };
    let by_form = delivery.send != SendBy::Fetch;
    let partners = council.shares_service_with.iter().filter_map(|id| site.council(id).ok()).collect();
    let bundle = site.load_in(FIRST_REGISTER, council.clone(), partners)?;
    let sample = Sample::new(bundle, today, Length::AsWritten, !by_form)?;
    let (request, cuts) = sample.request(endpoint);
    let whole = Whole { request, sample: &sample, endpoint, by_form, site: wanted.site };
    let text = if wanted.curl { whole.as_curl() } else { whole.as_http() };
    let _ = writeln!(io::stderr(), "putright: a test submission to {}; nothing has been sent", council.id);
    for cut in cuts {
        let _ = writeln!(io::stderr(), "putright: {} holds {} of {} characters", cut.target, cut.max, cut.length);
    }
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CliError::unusable("standard output", error)),
        _ => Ok(()),
    }
}

/// The council by its id in the site, or by its own file, with the site that it is of.
fn find(site: &Site, named: Option<&str>) -> Result<(Site, Council), CliError> {
    let unusable = |error: InvalidFile| CliError::Unusable(error.to_string());
    let Some(path) = named.map(PathBuf::from).filter(|path| path.extension().is_some_and(|kind| kind == "json")) else {
        let index = site.index().map_err(unusable)?;
        let id = index.choose(named).map_err(|_| {
            let known = index.councils.join(", ");
            CliError::unusable(
                named.unwrap_or_default(),
                format!("is neither a file.json nor a council; there are {known}"),
            )
        })?;
        let council = site.council(id).map_err(unusable)?;
        return Ok((site.clone(), council));
    };
    let text = std::fs::read_to_string(&path).map_err(|error| CliError::unusable(path.display(), error))?;
    let council = Council::parse(&path.display().to_string(), &text).map_err(unusable)?;
    // A file on its own is tried with the questions of the site.
    let around = path.parent().and_then(Path::parent).filter(|around| around.join("flows").is_dir());
    Ok((around.map_or_else(|| site.clone(), Site::new), council))
}

/// A request with all that it needs to be whole.
struct Whole<'a> {
    request: Request,
    sample: &'a Sample,
    endpoint: &'a Endpoint,
    by_form: bool,
    site: &'a str,
}

impl Whole<'_> {
    fn address(&self, url: &str) -> String {
        if url.contains("://") {
            return url.to_owned();
        }
        let (scheme, rest) = self.site.split_once("://").unwrap_or(("https", self.site));
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        match (url.strip_prefix("//"), url.strip_prefix('/')) {
            (Some(other), _) => format!("{scheme}://{other}"),
            (None, Some(url)) => format!("{scheme}://{host}/{url}"),
            (None, None) => {
                let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                let between = if folder.is_empty() { "" } else { "/" };
                format!("{scheme}://{host}/{folder}{between}{url}")
            }
        }
    }

    /// A file's content takes the place of its mark.
    fn with_content(&self, text: &str) -> String {
        let content = STANDARD.encode(&self.sample.file.content);
        self.request.marks.iter().fold(text.to_owned(), |text, (mark, _)| text.replace(mark, &content))
    }

    /// Returns the text with the line ends that a browser writes in a field.
    fn line_ends(&self, text: &str) -> String {
        if self.by_form || self.endpoint.encoding == Encoding::Multipart {
            return text.replace("\r\n", "\n").replace('\n', "\r\n");
        }
        text.to_owned()
    }

    fn urlencoded(&self, pairs: &[(String, String)]) -> String {
        let pairs = pairs.iter().map(|(name, text)| (name, self.line_ends(text)));
        form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
    }

    /// Returns the headers. A form of the page sends `Content-Type` alone, without its parameters.
    fn headers(&self, request: &Request) -> Vec<(String, String)> {
        if !self.by_form {
            return request.headers.clone();
        }
        let own = request.headers.iter().filter(|(name, _)| name == "Content-Type");
        own.map(|(name, text)| (name.clone(), text.split(';').next().unwrap_or_default().to_owned())).collect()
    }

    /// Writes the request as HTTP, without the headers that a browser adds to every request.
    fn as_http(&self) -> String {
        let mut out = String::new();
        if let Some(first) = self.request.for_token() {
            let _ = writeln!(out, "{} {}", first.method.id(), self.address(&first.url));
            for (name, value) in &first.headers {
                let _ = writeln!(out, "{name}: {value}");
            }
            out.push_str(cookies(first.credentials));
            out.push('\n');
        }
        let request = self.request.clone().with_token(TOKEN);
        let _ = writeln!(out, "{} {}", request.method.id(), self.address(&request.url));
        for (name, value) in self.headers(&request) {
            let _ = writeln!(out, "{name}: {value}");
        }
        if matches!(request.body, Body::Parts(_)) {
            let _ = writeln!(out, "Content-Type: multipart/form-data; boundary={BOUNDARY}");
        }
        out.push_str(cookies(request.credentials));
        out.push('\n');
        match &request.body {
            Body::Text(text) => out.push_str(&self.with_content(text)),
            Body::Form(pairs) => out.push_str(&self.urlencoded(pairs)),
            Body::Parts(parts) => {
                for part in parts {
                    self.part(&mut out, part);
                }
                let _ = write!(out, "--{BOUNDARY}--");
            }
        }
        out.push('\n');
        out
    }

    fn part(&self, out: &mut String, part: &BodyPart) {
        let start = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name");
        let _ = match part {
            BodyPart::Text { name, text, is_json: false } => {
                write!(out, "{start}=\"{name}\"\r\n\r\n{}\r\n", self.line_ends(text))
            }
            // As a browser sends what a script hands to it as JSON.
            BodyPart::Text { name, text, is_json: true } => {
                write!(out, "{start}=\"{name}\"; filename=\"blob\"\r\nContent-Type: application/json\r\n\r\n{text}\r\n")
            }
            BodyPart::File { name, file } => write!(
                out,
                "{start}=\"{name}\"; filename=\"{}\"\r\nContent-Type: {}\r\n\r\n{}\r\n",
                file.name, file.media_type, self.sample.file.content
            ),
        };
    }

    /// Writes a shell script with curl, to be copied.
    fn as_curl(&self) -> String {
        let mut out = String::new();
        let keeps_cookies = self.request.credentials != Credentials::Omit && !self.by_form;
        if keeps_cookies {
            out.push_str("jar=$(mktemp)\n");
        }
        if let (Some(first), Some(csrf)) = (self.request.for_token(), &self.request.csrf) {
            let mut line = vec!["curl --silent --show-error --fail".to_owned()];
            if keeps_cookies {
                line.push("--cookie \"$jar\" --cookie-jar \"$jar\"".to_owned());
            }
            line.extend(first.headers.iter().map(header));
            line.push(quoted(&self.address(&first.url)));
            let line = line.join(" ");
            let _ = match &csrf.read {
                TokenAt::Text => writeln!(out, "token=$({line})"),
                TokenAt::Json(pointer) => {
                    let name = pointer.rsplit('/').next().unwrap_or_default();
                    let find = quoted(&format!("s/.*\"{name}\" *: *\"\\([^\"]*\\)\".*/\\1/p"));
                    writeln!(out, "token=$({line} | tr -d '\\n' | sed -n {find})")
                }
                TokenAt::Cookie(name) => {
                    let find = quoted(&format!("$6 == \"{name}\" {{ print $7 }}"));
                    let unescape = "sed 's/%2B/+/g; s/%2F/\\//g; s/%3D/=/g'";
                    writeln!(out, "{line} --output /dev/null\ntoken=$(awk {find} \"$jar\" | {unescape})")
                }
            };
        }
        let request = self.request.clone().with_token(TOKEN);
        let mut lines = vec![format!("curl --silent --show-error --include --max-time {}", request.timeout_seconds)];
        if request.method == Method::Put {
            lines.push("--request PUT".to_owned());
        }
        if keeps_cookies {
            lines.push("--cookie \"$jar\"".to_owned());
        }
        lines.extend(self.headers(&request).iter().map(header));
        match &request.body {
            Body::Text(text) => lines.push(format!("--data-raw {}", quoted(&self.with_content(text)))),
            Body::Form(pairs) => {
                let (with, without): (Vec<_>, Vec<_>) = pairs.iter().cloned().partition(|(_, text)| text == TOKEN);
                lines.push(format!("--data-raw {}", quoted(&self.urlencoded(&without))));
                lines.extend(
                    with.iter().map(|(name, text)| format!("--data-urlencode {}", quoted(&format!("{name}={text}")))),
                );
            }
            Body::Parts(parts) => lines.extend(parts.iter().map(|part| self.part_for_curl(part))),
        }
        lines.push(quoted(&self.address(&request.url)));
        out.push_str(&lines.join(" \\\n  "));
        out.push('\n');
        if keeps_cookies {
            out.push_str("rm \"$jar\"\n");
        }
        out
    }

    fn part_for_curl(&self, part: &BodyPart) -> String {
        match part {
            BodyPart::Text { name, text, is_json: false } => {
                format!("--form-string {}", quoted(&format!("{name}={text}")))
            }
            BodyPart::Text { name, text, is_json: true } => {
                let part = format!("{name}={};type=application/json;filename=blob", in_quotes(text));
                format!("--form {}", quoted(&part))
            }
            BodyPart::File { name, file } => {
                let content = in_quotes(&self.sample.file.content);
                let part = format!("{name}={content};type={};filename={}", file.media_type, in_quotes(&file.name));
                format!("--form {}", quoted(&part))
            }
        }
    }
}

fn cookies(credentials: Credentials) -> &'static str {
    if credentials == Credentials::Omit { "" } else { "Cookie: {those that the browser has}\n" }
}

fn header((name, value): &(String, String)) -> String {
    // To curl, a name with a colon and nothing behind it takes a header away.
    let text = if value.is_empty() { format!("{name};") } else { format!("{name}: {value}") };
    format!("--header {}", quoted(&text))
}

/// Quotes a text for a shell, and puts the token in its place.
fn quoted(text: &str) -> String {
    let quoted = format!("'{}'", text.replace('\'', "'\\''").replace(TOKEN, "'\"$token\"'"));
    // Nothing behind the token needs no quotes.
    if text.ends_with(TOKEN) { quoted.trim_end_matches('\'').to_owned() } else { quoted }
}

/// Quotes a text for curl's `--form`.
fn in_quotes(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
