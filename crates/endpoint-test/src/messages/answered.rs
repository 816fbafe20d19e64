//! Texts of findings about an answer and its body.

use super::{FindingText, NOT_KNOWN, change, consider, works};
use crate::finding::{Side, Subject};

pub const REACHED: FindingText = works(
    Subject::Reached,
    "The server was reached",
    &["{url} answered with status {status} after {seconds} seconds."],
);
pub const CORS_WORKS: FindingText = works(
    Subject::Cors,
    "The server allows this site to send and to read (CORS)",
    &["It is of another origin than this page, and its headers let {page} read the answer."],
);
pub const TOKEN_WORKS: FindingText =
    works(Subject::Token, "A token was fetched", &["It stood where the council’s file says, and went with the test."]);
pub const NO_TOKEN: FindingText = change(
    Subject::Token,
    Side::Either,
    "The token was not given out",
    &[
        "The address in \"csrf\" answered with status {status}. The test was not sent.",
        "Is the address right? Does the server give a token to somebody who is not signed in?",
    ],
);
pub const TOKEN_ELSEWHERE: FindingText = change(
    Subject::Token,
    Side::Either,
    "There is no token where the file says",
    &[
        "The address in \"csrf\" answered, but \"read\" finds no token in that. The test was not sent. The answer begins:",
    ],
);
pub const TOKEN_COOKIE: FindingText = change(
    Subject::Token,
    Side::Server,
    "The answer sets no cookie that holds the token",
    &["\"csrf\" wants it in the cookie {cookie}. There is none of this name that a script may read: it must not be \
       HttpOnly. The test was not sent."],
);
pub const TOKEN_FOREIGN_COOKIE: FindingText = change(
    Subject::Token,
    Side::Site,
    "The token is in a cookie of another site",
    &[
        "\"csrf\" wants it in the cookie {cookie}, and no page can read a cookie of another site. Serve this site from the \
       same host as the server, or fetch the token in another way. The test was not sent.",
    ],
);
pub const REDIRECTED: FindingText = change(
    Subject::Redirect,
    Side::Site,
    "The address leads to another one",
    &[
        "The server sent the browser on. Most answers of that kind drop what was sent on the way. Write the last address \
       into the council’s file as \"url\":",
    ],
);
pub const SUCCESS: FindingText = works(
    Subject::Answer,
    "The answer is a success",
    &["Status {status} and the body are what the council’s file calls a success."],
);
pub const TOO_LARGE: FindingText = change(
    Subject::Answer,
    Side::Server,
    "The test is too large for the server",
    &[
        "It answered with status 413 to a test of about a thousand bytes. Raise the largest request that the server, or a \
       proxy in front of it, takes: a long complaint has 100 KB, and files have more.",
    ],
);
pub const BUSY: FindingText = change(
    Subject::Answer,
    Side::Server,
    "The server asks to wait",
    &[
        "It answered with status {status}. Nothing was stored. Try again in some minutes; if it is the same then, its limit \
       is too low.",
    ],
);
pub const BUSY_EXPOSE: &str = "If it says how long to wait, it must let this site read that:";
pub const STATUS: FindingText = change(
    Subject::Answer,
    Side::Either,
    "The status is not one that the file calls a success",
    &[
        "It is {status}; \"success\" in the council’s file lists {statuses}. If the server means by it that it has the \
         complaint, add it there. If not, the server must answer otherwise.",
        NOT_KNOWN,
    ],
);
pub const PROXY: FindingText = change(
    Subject::Answer,
    Side::Server,
    "A server in front of it got no good answer",
    &[
        "Status {status} comes from a proxy or a gateway: the program behind it is down, busy or too slow. Look in the \
         logs of both.",
        NOT_KNOWN,
    ],
);
pub const SERVER_FAILED: FindingText = change(
    Subject::Answer,
    Side::Server,
    "The server failed",
    &["It answered with status {status}. What went wrong stands in its log.", NOT_KNOWN],
);
pub const CLASH: FindingText = change(
    Subject::Answer,
    Side::Server,
    "The server says that the test clashes with something it has",
    &["It answered with status 409 to a test that it had never seen.", NOT_KNOWN],
);
pub const NO_SUCCESS: FindingText =
    change(Subject::Answer, Side::Server, "The answer is no success", &["Its status is {status}.", NOT_KNOWN]);
pub const UNPROVED: FindingText = change(
    Subject::Body,
    Side::Either,
    "The answer does not prove that the test was stored",
    &[
        "Its status is {status}, but a status alone proves nothing: proxies and pages for signing in give the same.",
        NOT_KNOWN,
    ],
);
pub const UNPROVED_EMPTY: &str = "The answer is empty. Best is a server that answers with a reference. If it can never do \
                                  so, \"body\": [{ \"empty\": true }] in the council’s file takes an empty answer.";
pub const UNPROVED_PAGE: &str = "The answer is a web page, not JSON.";
pub const UNPROVED_TEXT: &str = "The answer is text, not JSON.";
pub const UNPROVED_CUT: &str = "The answer is longer than 1 MB, and the rest was not read: a receipt is short.";
pub const UNPROVED_SIDES: &str = "Either the server must answer with what \"success\" in the council’s file wants, or the \
                                  file must want what the server’s good answers have. Wanted, and not there:";

pub const REFERENCE: FindingText = works(Subject::Reference, "The reference was found", &["People are given:"]);
pub const NO_REFERENCE_NAMED: FindingText = consider(
    Subject::Reference,
    Side::Site,
    "The file names no reference",
    &["People are given only the number that their own device made. If the server’s answer holds a reference, say in \
       \"reference\" where."],
);
pub const REFERENCE_HIDDEN: FindingText = change(
    Subject::Reference,
    Side::Server,
    "The header with the reference cannot be read",
    &["The council’s file says that it stands in the header {header}. A browser hides that from a page of another \
       origin, unless the answer also has:"],
);
pub const NO_REFERENCE: FindingText = consider(
    Subject::Reference,
    Side::Either,
    "The answer has no reference",
    &[
        "Nothing stands where \"reference\" in the council’s file says, so people are given only the number that their own \
       device made. It was looked for here:",
    ],
);
pub const WRONG_TYPE: FindingText = consider(
    Subject::Type,
    Side::Server,
    "The answer is not called what it is",
    &[
        "It is JSON, but its Content-Type is {type}. This site reads it all the same; a firewall or another program may \
       not. Better:",
    ],
);
pub const TYPE: FindingText = works(Subject::Type, "The answer is called what it is", &["Its Content-Type is {type}."]);
pub const SLOW: FindingText = consider(
    Subject::Time,
    Side::Either,
    "The answer took more than half the time there is",
    &[
        "It took {seconds} seconds, and \"timeout_seconds\" in the council’s file is {timeout}. On a slow line people would \
       not see it.",
    ],
);
