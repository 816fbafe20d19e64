//! The closed lists of a finding: its subject, its verdict, and who can change it.

use putright_domain::id_enum::id_enum;
use serde::Serialize;

id_enum! {
    /// The subject of a finding.
    Subject {
        /// Nothing is sent at all.
        Nothing = "nothing",
        Device = "device", Address = "address", Policy = "policy", Reached = "reached", Cors = "cors", Token = "token",
        /// The council's own page.
        Page = "page",
        Redirect = "redirect",
        /// The status, and what it stands for.
        Answer = "answer",
        /// The content that the body must have.
        Body = "body",
        Reference = "reference",
        /// The content type of the response.
        Type = "type",
        Time = "time",
        /// The same sent twice.
        Twice = "twice",
        /// How it is told what is wrong.
        Errors = "errors",
        Files = "files",
    }
}

id_enum! {
    /// How it stands.
    Verdict {
        Works = "works",
        /// Complaints would not arrive, or not be known to have.
        Change = "change",
        /// It works, and could be better.
        Consider = "consider",
        /// It cannot be told from here.
        Unknown = "unknown",
    }
}

id_enum! {
    /// The side that can change it.
    Side {
        /// This site: a council's file, or its web server.
        Site = "site",
        /// The server that takes submissions.
        Server = "server",
        /// One of the two.
        Either = "either",
        /// The device that the page is open on.
        Device = "device",
        Nobody = "nobody",
    }
}

/// One thing that a dry run showed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// About what.
    pub about: Subject,
    /// How it stands.
    pub verdict: Verdict,
    /// The side that can change it.
    pub side: Side,
    /// In a few words.
    pub title: &'static str,
    /// The meaning and what to do, one paragraph each.
    pub says: Vec<String>,
    /// Lines to copy, or that came from the server. They follow the last paragraph.
    pub lines: Vec<String>,
}

impl Finding {
    pub(crate) fn shows(mut self, lines: Vec<String>) -> Self {
        self.lines = lines;
        self
    }

    pub(crate) fn says(mut self, text: &str) -> Self {
        self.says.push(text.to_owned());
        self
    }
}

/// The whole in one line.
pub fn headline(findings: &[Finding]) -> &'static str {
    let has = |verdict| findings.iter().any(|finding| finding.verdict == verdict);
    if has(Verdict::Change) {
        "Not ready: something must be changed"
    } else if has(Verdict::Unknown) {
        "It works, as far as this page can tell"
    } else if has(Verdict::Works) {
        "It works"
    } else {
        "There is nothing to try"
    }
}
