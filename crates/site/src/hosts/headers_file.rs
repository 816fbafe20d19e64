//! `_headers` for Netlify and for Cloudflare Pages.
//!
//! Both send `Cache-Control: public, max-age=0, must-revalidate` where nothing else is said, and join the values of two rules for
//! one header. Only the files that a browser may keep for ever are therefore named.

use super::{FOR_EVER, Facts, Host, HostFile};
use crate::command::CliError;

/// The most characters of a line, and the most rules, that Cloudflare Pages reads.
const LONGEST_LINE: usize = 2_000;
const MOST_RULES: usize = 100;

/// Makes the file.
///
/// # Errors
/// Returns an error if Cloudflare would not read all of it.
pub fn file(facts: &Facts, host: Host) -> Result<HostFile, CliError> {
    let path = facts.inside("_headers");
    let mut text = String::from("# Written by putright build.\n/*\n");
    for (name, value) in &facts.headers {
        text += &["  ", name, ": ", value, "\n"].concat();
    }
    for kept in ["bundles/*".to_owned()].iter().chain(&facts.hashed) {
        text += &["/", kept, "\n  Cache-Control: ", FOR_EVER, "\n"].concat();
    }
    let rules = text.lines().filter(|line| line.starts_with('/')).count();
    let longest = text.lines().map(|line| line.chars().count()).max().unwrap_or_default();
    if host == Host::Cloudflare && (longest > LONGEST_LINE || rules > MOST_RULES) {
        let problem = format!(
            "would have {rules} rules and a line of {longest} characters, and Cloudflare reads {MOST_RULES} rules and lines of \
             {LONGEST_LINE}. Remove the files of older releases, or send to fewer addresses"
        );
        return Err(CliError::Wrong(format!("{}: {problem}", path.display())));
    }
    Ok(HostFile { path, text, advice: "copy it with the site" })
}
