//! Texts of findings before anything is sent, and where no answer came.

use super::{FindingText, NOT_KNOWN, change, consider, unknown};
use crate::finding::{Side, Subject};

pub const SENDS_NOTHING: FindingText = consider(
    Subject::Nothing,
    Side::Site,
    "This council’s file sends nothing",
    &["Its delivery has \"send\": \"none\": people are given other ways, such as printing. There is nothing to try."],
);
pub const OFFLINE: FindingText = change(
    Subject::Device,
    Side::Device,
    "This device is offline",
    &["Nothing was sent. Connect the device to the network, and try again."],
);
pub const LOOPBACK: FindingText = change(
    Subject::Address,
    Side::Site,
    "The address is only good on one machine",
    &[
        "\"url\" in the council’s file is {url}. To everybody who opens this site that means their own device, and a \
         browser may refuse it as mixed content.",
        "Write the address that your server has on the internet. It must begin with https://.",
    ],
);
pub const NOT_HTTPS: FindingText = change(
    Subject::Address,
    Side::Site,
    "This page did not come by https",
    &[
        "Complaints go to the server that this page came from, and would cross the network where others can read them.",
        "Give the web server of this site a certificate, and send people from http:// to https://.",
    ],
);
pub const BLOCKED: FindingText = change(
    Subject::Policy,
    Side::Site,
    "This site’s own policy stopped it",
    &[
        "The Content-Security-Policy of this site does not allow a browser to send to {url}. Nothing was sent there.",
        "After every change of an address in a council’s file, run: putright build FOLDER. It writes the \
         policy into the pages and into headers.json. If your web server sends a policy of its own, that must be the \
         one in headers.json.",
        "If the policy allows this address already, the server sends the browser on to another one, and may have stored \
         the test: write that address into the council’s file.",
        "The policy must have:",
    ],
);
pub const LATE: FindingText = change(
    Subject::Time,
    Side::Server,
    "No answer came in time",
    &[
        "Nothing had answered at {url} after {timeout} seconds.",
        NOT_KNOWN,
        "The server’s log may say what it was doing. If all is well and it is only slow, raise \"timeout_seconds\" in \
         the council’s file.",
    ],
);
pub const TOKEN_LATE: FindingText = change(
    Subject::Time,
    Side::Server,
    "The token did not come in time",
    &["Nothing had answered at {url} after {timeout} seconds. The test was not sent."],
);
pub const UNREACHED: FindingText = change(
    Subject::Reached,
    Side::Either,
    "The server was not reached",
    &[
        "Nothing answers at {url}: neither to the test nor to a plain request for the same address.",
        "On the side of this site: is the address in the council’s file spelt right?",
        "On the side of the server: is it running, is its name known on the internet, is its certificate valid, does a \
         firewall stand in between? A browser does not tell a page which. Open the address in a new tab: there it says \
         more.",
    ],
);
pub const BROKEN_OFF: FindingText = change(
    Subject::Reached,
    Side::Server,
    "The server was reached, but broke off without an answer",
    &[
        "{url} can be reached, but no answer came to the test.",
        "Most often the server, or a proxy in front of it, closed the connection while it worked on the test: look in \
         their logs.",
        NOT_KNOWN,
    ],
);
pub const BROKEN_OFF_OR_HIDDEN: FindingText = change(
    Subject::Reached,
    Side::Server,
    "The server was reached, but no answer came that can be read",
    &[
        "{url} can be reached and lets this site read its answers (CORS), but no answer came to the test.",
        "Most often the server, or a proxy in front of it, closed the connection while it worked on the test. Or it did \
         answer, without the headers below: many servers leave them out when they fail. Which of the two, a browser \
         does not tell: look in the server’s log.",
        NOT_KNOWN,
        "Every answer must have these headers, also one that reports an error:",
    ],
);

/// The finding about CORS. One of the next three texts adds how far the request came.
pub const CORS: FindingText = change(
    Subject::Cors,
    Side::Server,
    "The server was reached, but does not allow this site (CORS)",
    &[
        "This page is from {page} and the test goes to {other}, which is another origin. A browser lets a page send there \
       and read the answer only if the server says so, in headers.",
    ],
);
pub const CORS_NOT_SENT: &str = "Most likely nothing was sent: the browser asks the server first (a preflight), and the \
                                 server did not allow it. But where a server allows that and leaves the headers out of \
                                 its answer to the test itself, the test was sent: look for it.";
pub const CORS_NOT_THESE: &str = "The server lets this site read, but not send the headers that the test has. Most likely \
                                  nothing was sent: the browser asks first (a preflight).";
pub const CORS_SENT: &str = "The test itself was sent, and may have been stored: look for it. Only the answer was kept \
                             from this page, so people would be told that it is not known whether their complaint arrived.";
pub const CORS_PREFLIGHT: &str = "The browser’s first question is an OPTIONS request to the same address. It must be \
                                  answered with 200 or 204 and the headers below, without signing in and without being sent on.";
pub const CORS_COOKIES: &str =
    "Cookies go with it, so Access-Control-Allow-Origin must name this site: * is not enough.";
pub const CORS_SIMPLE: &str = "If the server cannot be changed so far: with \"encoding\": \"form\" or \"multipart\", no \
                               \"headers\" of your own but Accept, and \"idempotency\" in a field, the browser does not ask \
                               first. Access-Control-Allow-Origin is needed all the same.";
pub const CORS_HEADERS: &str = "Every answer of the server must have these headers, also one that reports an error:";

pub const OPENED: FindingText = unknown(
    Subject::Page,
    "The council’s own page was opened",
    &[
        "The test was sent as a form to {url}, which answers with a page of its own. This page cannot read that.",
        "Look at the page that was opened: does it say that the form was received? Then look in the backend whether the \
         test is there.",
        "If no page was opened, the browser kept it back: allow this site to open new tabs.",
    ],
);
