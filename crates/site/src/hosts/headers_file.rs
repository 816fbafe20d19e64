//! `_headers` for Netlify and for Cloudflare Pages, and what else Cloudflare needs.
//!
//! Both send `Cache-Control: public, max-age=0, must-revalidate` where nothing else is said. Cloudflare joins the values of two rules for
//! one header unless the later rule takes the earlier value away with `!`, which Netlify does not know.

use super::{FOR_EVER, FOR_OTHERS, Host, HostFile, RESOURCE_POLICY, SiteFacts};
use crate::command::CliError;

/// The most characters of a line, and the most rules, that Cloudflare Pages reads.
const LONGEST_LINE: usize = 2_000;
const MOST_RULES: usize = 100;
/// The page for an address that is not there. Without one Cloudflare answers with the first page, as if it were there.
const NOT_FOUND: &str = "<!DOCTYPE html>\n\
    <html lang=\"en\">\n\
    <meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
    <title>Page not found</title>\n\
    <h1>Page not found</h1>\n\
    <p><a href=\"/\">Go to the first page</a></p>\n\
    </html>\n";

/// Makes the files.
///
/// # Errors
/// Returns an error if Cloudflare would not read all of it.
pub fn files(facts: &SiteFacts, host: Host) -> Result<Vec<HostFile>, CliError> {
    let is_cloudflare = host == Host::Cloudflare;
    let path = facts.inside("_headers");
    let mut text = String::from("# Written by putright build.\n/*\n");
    for (name, value) in &facts.headers {
        text += &["  ", name, ": ", value, "\n"].concat();
    }
    if is_cloudflare {
        text += "  ! Access-Control-Allow-Origin\n";
    }
    for kept in ["bundles/*".to_owned()].iter().chain(&facts.hashed) {
        text += &["/", kept, "\n  Cache-Control: ", FOR_EVER, "\n"].concat();
        if is_cloudflare && kept.starts_with("bundles/") {
            // Cloudflare compresses no application/octet-stream.
            text += "  Content-Type: text/plain\n";
        }
    }
    if !is_cloudflare {
        return Ok(vec![HostFile { path, text, advice: "copy it with the site" }]);
    }
    text += &["/", FOR_OTHERS, "\n  ! ", RESOURCE_POLICY, "\n  ", RESOURCE_POLICY, ": cross-origin\n"].concat();
    let rules = text.lines().filter(|line| line.starts_with('/')).count();
    let longest = text.lines().map(|line| line.chars().count()).max().unwrap_or_default();
    if longest > LONGEST_LINE || rules > MOST_RULES {
        let problem = format!(
            "would have {rules} rules and a line of {longest} characters, and Cloudflare reads {MOST_RULES} rules and lines of \
             {LONGEST_LINE}. Remove the files of older releases, or send to fewer addresses"
        );
        return Err(CliError::Wrong(format!("{}: {problem}", path.display())));
    }
    let not_found = HostFile {
        path: facts.inside("404.html"),
        text: NOT_FOUND.to_owned(),
        advice: "copy it with the site, so that an address that is not there says so",
    };
    Ok(vec![HostFile { path, text, advice: "copy it with the site" }, not_found])
}
