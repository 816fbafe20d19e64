//! The texts of findings, for adults who look after a website. `{mark}` stands for a value that [`crate::diagnose`]
//! fills in.
//!
//! Here and not in a file of words: nobody from the public reads them, and they must change with the code that says them.

use crate::finding::{About, Side, Verdict};

/// The text of one finding, with its subject, verdict and side.
pub struct Words {
    pub about: About,
    pub verdict: Verdict,
    pub side: Side,
    pub title: &'static str,
    /// A paragraph each.
    pub says: &'static [&'static str],
}

const fn works(about: About, title: &'static str, says: &'static [&'static str]) -> Words {
    Words { about, verdict: Verdict::Works, side: Side::Nobody, title, says }
}

const fn change(about: About, side: Side, title: &'static str, says: &'static [&'static str]) -> Words {
    Words { about, verdict: Verdict::Change, side, title, says }
}

const fn consider(about: About, side: Side, title: &'static str, says: &'static [&'static str]) -> Words {
    Words { about, verdict: Verdict::Consider, side, title, says }
}

const fn unknown(about: About, title: &'static str, says: &'static [&'static str]) -> Words {
    Words { about, verdict: Verdict::Unknown, side: Side::Nobody, title, says }
}

/// The paragraph for a test whose arrival is not proved.
const NOT_KNOWN: &str = "The test may have been stored all the same: look for it. People would be told that it is not \
                         known whether their complaint arrived.";

// --- Before anything is sent --------------------------------------------------------------------------------------

pub const SENDS_NOTHING: Words = consider(
    About::Nothing,
    Side::Site,
    "This council’s file sends nothing",
    &["Its delivery has \"send\": \"none\": people are given other ways, such as printing. There is nothing to try."],
);
pub const OFFLINE: Words = change(
    About::Device,
    Side::Device,
    "This device is offline",
    &["Nothing was sent. Connect the device to the network, and try again."],
);
pub const LOOPBACK: Words = change(
    About::Address,
    Side::Site,
    "The address is only good on one machine",
    &[
        "\"url\" in the council’s file is {url}. To everybody who opens this site that means their own device, and a \
         browser may refuse it as mixed content.",
        "Write the address that your server has on the internet. It must begin with https://.",
    ],
);
pub const NOT_HTTPS: Words = change(
    About::Address,
    Side::Site,
    "This page did not come by https",
    &[
        "Complaints go to the server that this page came from, and would cross the network where others can read them.",
        "Give the web server of this site a certificate, and send people from http:// to https://.",
    ],
);

// --- No answer ----------------------------------------------------------------------------------------------------

pub const BLOCKED: Words = change(
    About::Policy,
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
pub const LATE: Words = change(
    About::Time,
    Side::Server,
    "No answer came in time",
    &[
        "Nothing had answered at {url} after {timeout} seconds.",
        NOT_KNOWN,
        "The server’s log may say what it was doing. If all is well and it is only slow, raise \"timeout_seconds\" in \
         the council’s file.",
    ],
);
pub const TOKEN_LATE: Words = change(
    About::Time,
    Side::Server,
    "The token did not come in time",
    &["Nothing had answered at {url} after {timeout} seconds. The test was not sent."],
);
pub const UNREACHED: Words = change(
    About::Reached,
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
pub const BROKEN_OFF: Words = change(
    About::Reached,
    Side::Server,
    "The server was reached, but broke off without an answer",
    &[
        "{url} can be reached, but no answer came to the test.",
        "Most often the server, or a proxy in front of it, closed the connection while it worked on the test: look in \
         their logs.",
        NOT_KNOWN,
    ],
);
pub const BROKEN_OFF_OR_HIDDEN: Words = change(
    About::Reached,
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
pub const CORS: Words = change(
    About::Cors,
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

pub const OPENED: Words = unknown(
    About::Page,
    "The council’s own page was opened",
    &[
        "The test was sent as a form to {url}, which answers with a page of its own. This page cannot read that.",
        "Look at the page that was opened: does it say that the form was received? Then look in the backend whether the \
         test is there.",
        "If no page was opened, the browser kept it back: allow this site to open new tabs.",
    ],
);

// --- An answer ----------------------------------------------------------------------------------------------------

pub const REACHED: Words =
    works(About::Reached, "The server was reached", &["{url} answered with status {status} after {seconds} seconds."]);
pub const CORS_WORKS: Words = works(
    About::Cors,
    "The server allows this site to send and to read (CORS)",
    &["It is of another origin than this page, and its headers let {page} read the answer."],
);
pub const TOKEN_WORKS: Words =
    works(About::Token, "A token was fetched", &["It stood where the council’s file says, and went with the test."]);
pub const NO_TOKEN: Words = change(
    About::Token,
    Side::Either,
    "The token was not given out",
    &[
        "The address in \"csrf\" answered with status {status}. The test was not sent.",
        "Is the address right? Does the server give a token to somebody who is not signed in?",
    ],
);
pub const TOKEN_ELSEWHERE: Words = change(
    About::Token,
    Side::Either,
    "There is no token where the file says",
    &[
        "The address in \"csrf\" answered, but \"read\" finds no token in that. The test was not sent. The answer begins:",
    ],
);
pub const TOKEN_COOKIE: Words = change(
    About::Token,
    Side::Server,
    "The answer sets no cookie that holds the token",
    &["\"csrf\" wants it in the cookie {cookie}. There is none of this name that a script may read: it must not be \
       HttpOnly. The test was not sent."],
);
pub const TOKEN_FOREIGN_COOKIE: Words = change(
    About::Token,
    Side::Site,
    "The token is in a cookie of another site",
    &[
        "\"csrf\" wants it in the cookie {cookie}, and no page can read a cookie of another site. Serve this site from the \
       same host as the server, or fetch the token in another way. The test was not sent.",
    ],
);
pub const REDIRECTED: Words = change(
    About::Redirect,
    Side::Site,
    "The address leads to another one",
    &[
        "The server sent the browser on. Most answers of that kind drop what was sent on the way. Write the last address \
       into the council’s file as \"url\":",
    ],
);
pub const SUCCESS: Words = works(
    About::Answer,
    "The answer is a success",
    &["Status {status} and the body are what the council’s file calls a success."],
);
pub const TOO_LARGE: Words = change(
    About::Answer,
    Side::Server,
    "The test is too large for the server",
    &[
        "It answered with status 413 to a test of about a thousand bytes. Raise the largest request that the server, or a \
       proxy in front of it, takes: a long complaint has 100 KB, and files have more.",
    ],
);
pub const BUSY: Words = change(
    About::Answer,
    Side::Server,
    "The server asks to wait",
    &[
        "It answered with status {status}. Nothing was stored. Try again in some minutes; if it is the same then, its limit \
       is too low.",
    ],
);
pub const BUSY_EXPOSE: &str = "If it says how long to wait, it must let this site read that:";
pub const STATUS: Words = change(
    About::Answer,
    Side::Either,
    "The status is not one that the file calls a success",
    &[
        "It is {status}; \"success\" in the council’s file lists {statuses}. If the server means by it that it has the \
         complaint, add it there. If not, the server must answer otherwise.",
        NOT_KNOWN,
    ],
);
pub const PROXY: Words = change(
    About::Answer,
    Side::Server,
    "A server in front of it got no good answer",
    &[
        "Status {status} comes from a proxy or a gateway: the program behind it is down, busy or too slow. Look in the \
         logs of both.",
        NOT_KNOWN,
    ],
);
pub const SERVER_FAILED: Words = change(
    About::Answer,
    Side::Server,
    "The server failed",
    &["It answered with status {status}. What went wrong stands in its log.", NOT_KNOWN],
);
pub const CLASH: Words = change(
    About::Answer,
    Side::Server,
    "The server says that the test clashes with something it has",
    &["It answered with status 409 to a test that it had never seen.", NOT_KNOWN],
);
pub const NO_SUCCESS: Words =
    change(About::Answer, Side::Server, "The answer is no success", &["Its status is {status}.", NOT_KNOWN]);

// --- A refusal ----------------------------------------------------------------------------------------------------

pub const SIGN_IN: Words = change(
    About::Answer,
    Side::Server,
    "The server wants to know who is sending",
    &[
        "It answered with status {status}. People who complain have no account, and this site can keep no password: \
         whatever is in its files can be read by anybody. The address must take complaints from everybody.",
        "Some servers answer so where a token is missing: then the council’s file needs \"csrf\". Others, where they do \
         not know this site: then add {page} to those that they allow.",
    ],
);
pub const NOT_HERE: Words = change(
    About::Answer,
    Side::Either,
    "Nothing takes complaints at this address",
    &[
        "{method} {url} was answered with status {status}.",
        "On the side of this site: are \"url\" and \"method\" in the council’s file right? On the side of the server: is \
         the program there, and does it take this method?",
    ],
);
pub const NOT_ACCEPTABLE: Words = change(
    About::Answer,
    Side::Either,
    "The server cannot answer in the form that it is asked for",
    &[
        "It answered with status 406. Look at the header Accept below: \"headers\" in the council’s file may give another.",
    ],
);
pub const WRONG_MEDIA: Words = change(
    About::Answer,
    Side::Either,
    "The server does not take this type of content",
    &["It answered with status 415. The test was sent as \"{encoding}\". Either the server must take that, or \
       \"encoding\" in the council’s file must be another."],
);
pub const TOKEN_REFUSED: Words = change(
    About::Answer,
    Side::Either,
    "The server did not take the token",
    &["It answered with status 419. The token goes with a cookie, which the browser must keep and send back: look at \
       \"csrf\" and \"credentials\" in the council’s file."],
);
pub const YES_AND_NO: Words = change(
    About::Answer,
    Side::Either,
    "The status says yes, but the answer says no",
    &["It answered with status {status}, and reports an error. This site reads the error, and tells nobody that the \
       complaint was sent. A program that looks at the status alone takes it for stored: 400 or 422 is better."],
);
pub const REFUSED: Words = change(
    About::Answer,
    Side::Either,
    "The server refused the test",
    &[
        "It answered with status {status}. Nothing was stored. Either the server wants less, or \"fields\" in the council’s \
       file must give it what it wants.",
    ],
);
pub const ITS_WORDS: &str = "In its own words:";
pub const UNREAD_ERRORS: Words = consider(
    About::Errors,
    Side::Site,
    "People would not be told what is wrong",
    &[
        "Nothing in the answer stands where \"errors\" in the council’s file says. If it holds words for people, say there \
       where they are. The answer begins:",
    ],
);

// --- The body of an answer ----------------------------------------------------------------------------------------

pub const UNPROVED: Words = change(
    About::Body,
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

pub const REFERENCE: Words = works(About::Reference, "The reference was found", &["People are given:"]);
pub const NO_REFERENCE_NAMED: Words = consider(
    About::Reference,
    Side::Site,
    "The file names no reference",
    &["People are given only the number that their own device made. If the server’s answer holds a reference, say in \
       \"reference\" where."],
);
pub const REFERENCE_HIDDEN: Words = change(
    About::Reference,
    Side::Server,
    "The header with the reference cannot be read",
    &["The council’s file says that it stands in the header {header}. A browser hides that from a page of another \
       origin, unless the answer also has:"],
);
pub const NO_REFERENCE: Words = consider(
    About::Reference,
    Side::Either,
    "The answer has no reference",
    &[
        "Nothing stands where \"reference\" in the council’s file says, so people are given only the number that their own \
       device made. It was looked for here:",
    ],
);
pub const WRONG_TYPE: Words = consider(
    About::Type,
    Side::Server,
    "The answer is not called what it is",
    &[
        "It is JSON, but its Content-Type is {type}. This site reads it all the same; a firewall or another program may \
       not. Better:",
    ],
);
pub const TYPE: Words = works(About::Type, "The answer is called what it is", &["Its Content-Type is {type}."]);
pub const SLOW: Words = consider(
    About::Time,
    Side::Either,
    "The answer took more than half the time there is",
    &[
        "It took {seconds} seconds, and \"timeout_seconds\" in the council’s file is {timeout}. On a slow line people would \
       not see it.",
    ],
);

// --- The same twice -----------------------------------------------------------------------------------------------

pub const TWICE_UNTRIED: Words = unknown(
    About::Twice,
    "Whether the server knows the same complaint again was not tried",
    &["That can be tried once the first answer is a success."],
);
pub const TWICE_UNKEYED: Words = consider(
    About::Twice,
    Side::Either,
    "The server cannot know the same complaint again",
    &[
        "The council’s file has no \"idempotency\", so nothing is sent a second time by itself: where an answer is lost on \
         its way, people are told that it is not known whether their complaint arrived. If they send it again you may \
         have it twice, with the same copy number.",
        "If the server can give the same answer to the same key, say in \"idempotency\" where it wants the key.",
    ],
);
pub const TWICE_UNANSWERED: Words = unknown(
    About::Twice,
    "The same test sent a second time got no answer",
    &["The first time it was answered well. Try again; if it stays so, look in the server’s log."],
);
pub const TWICE_REFUSED: Words = change(
    About::Twice,
    Side::Server,
    "The same test sent a second time was not answered as the first time",
    &[
        "It was answered with status {again}. The form sends the very same again where no answer came. The server must \
         then give the answer of the first time, with the same reference; else people are told that it failed when you \
         have it.",
        "The second answer begins:",
    ],
);
pub const TWICE_ONCE: Words = works(
    About::Twice,
    "The same test sent twice was stored once",
    &["The server knew it again by its key, and gave the same answer."],
);
pub const TWICE_TWICE: Words = change(
    About::Twice,
    Side::Server,
    "The same test sent twice was stored twice",
    &[
        "Both had the same key, but they were given two references. Where no answer comes the form sends again by itself, \
         so you would have complaints twice.",
        "Make the server give the same answer to the same key. Until then, set \"idempotency\" and \"retry\" to null in the \
         council’s file. The references:",
    ],
);
pub const TWICE_UNKNOWN: Words = unknown(
    About::Twice,
    "Whether the same test sent twice was stored twice cannot be known from here",
    &[
        "The answers give no reference to compare. Look in the backend: the test must be there once.",
        "If it is there twice, make the server know the key again, or set \"idempotency\" and \"retry\" to null in the \
         council’s file.",
    ],
);
pub const FILES_UNTRIED: Words = unknown(
    About::Files,
    "Files were not tried",
    &["The council’s file lets people add files. They are tried once the test without one works."],
);
pub const FILES_WORK: Words = works(
    About::Files,
    "Files arrive",
    &[
        "A second test went with a file as large as you let people add, up to 10 MB, and the answer proves that it arrived.",
    ],
);
pub const FILES_NOT_PROVED: Words = unknown(
    About::Files,
    "Whether files arrive cannot be known from here",
    &[
        "A second test went with a file as large as you let people add, up to 10 MB, and was taken. Nothing in the answer says \
         that the file is there: a server may drop a file and keep the rest, as PHP does above 2 MB until \
         upload_max_filesize and post_max_size are raised.",
        "Look in the backend whether the test has its file. People are told on the confirmation page that it is not known.",
        "To prove it, let the server answer with how many files it has kept, as in {\"reference\":\"…\",\"files\":1}, and write \
         \"proof\": \"/files\" into \"files\" of the council’s file. If it refuses everything where one file is missing, \
         write \"proof\": \"success\".",
    ],
);
pub const FILES_DROPPED: Words = change(
    About::Files,
    Side::Server,
    "The server dropped the file",
    &[
        "A second test went with a file as large as you let people add, up to 10 MB. The server took the rest, and says that it \
         has no file.",
        "Raise the server’s limit for uploads (for PHP: upload_max_filesize and post_max_size), or let people add less: \
         \"each_megabytes\" in the council’s file.",
    ],
);
pub const FILES_REFUSED: Words = change(
    About::Files,
    Side::Either,
    "A test with a file was not taken",
    &[
        "The test without a file works. With a file as large as you let people add, up to 10 MB, it was refused or failed.",
        "Raise the server’s limits for bodies and uploads, let people add less (\"each_megabytes\"), or take no files \
         (\"files\": { \"send\": \"none\" }) in the council’s file.",
    ],
);
pub const FILES_UNANSWERED: Words = change(
    About::Files,
    Side::Server,
    "No answer came to a test with a file",
    &[
        "The test without a file works. With a file as large as you let people add, up to 10 MB, no answer came that this page \
         may read. A proxy that allows less often breaks off.",
        "Raise the limits for bodies of every server on the way, or let people add less: \"each_megabytes\" in the council’s \
         file.",
    ],
);

// --- One with nothing in it ---------------------------------------------------------------------------------------

pub const EMPTY_TAKEN: Words = consider(
    About::Errors,
    Side::Server,
    "The server took a submission with nothing in it",
    &[
        "It answered with status {status}, as to a good one, and may now have a record of it: please delete that. The form \
       never sends one like this, but a server that checks what it is sent is safer.",
    ],
);
pub const EMPTY_REFUSED: Words = works(
    About::Errors,
    "A refusal can be read",
    &["The server refused with status {status}, and people would be told, in its own words:"],
);
pub const EMPTY_FAULT: Words = consider(
    About::Errors,
    Side::Server,
    "A refusal looks like a failure",
    &[
        "The server answered with status {status}, so people would be told that it is not known whether their complaint \
       arrived. Better is 400 or 422, with what is wrong in words.",
    ],
);
