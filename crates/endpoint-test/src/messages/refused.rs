//! Texts of findings about refusals, of a test and of an empty submission.

use super::{FindingText, change, consider, works};
use crate::finding::{Side, Subject};

pub const SIGN_IN: FindingText = change(
    Subject::Answer,
    Side::Server,
    "The server wants to know who is sending",
    &[
        "It answered with status {status}. People who complain have no account, and this site can keep no password: \
         whatever is in its files can be read by anybody. The address must take complaints from everybody.",
        "Some servers answer so where a token is missing: then the council’s file needs \"csrf\". Others, where they do \
         not know this site: then add {page} to those that they allow.",
    ],
);
pub const NOT_HERE: FindingText = change(
    Subject::Answer,
    Side::Either,
    "Nothing takes complaints at this address",
    &[
        "{method} {url} was answered with status {status}.",
        "On the side of this site: are \"url\" and \"method\" in the council’s file right? On the side of the server: is \
         the program there, and does it take this method?",
    ],
);
pub const NOT_ACCEPTABLE: FindingText = change(
    Subject::Answer,
    Side::Either,
    "The server cannot answer in the form that it is asked for",
    &[
        "It answered with status 406. Look at the header Accept below: \"headers\" in the council’s file may give another.",
    ],
);
pub const WRONG_MEDIA: FindingText = change(
    Subject::Answer,
    Side::Either,
    "The server does not take this type of content",
    &["It answered with status 415. The test was sent as \"{encoding}\". Either the server must take that, or \
       \"encoding\" in the council’s file must be another."],
);
pub const TOKEN_REFUSED: FindingText = change(
    Subject::Answer,
    Side::Either,
    "The server did not take the token",
    &["It answered with status 419. The token goes with a cookie, which the browser must keep and send back: look at \
       \"csrf\" and \"credentials\" in the council’s file."],
);
pub const YES_AND_NO: FindingText = change(
    Subject::Answer,
    Side::Either,
    "The status says yes, but the answer says no",
    &["It answered with status {status}, and reports an error. This site reads the error, and tells nobody that the \
       complaint was sent. A program that looks at the status alone takes it for stored: 400 or 422 is better."],
);
pub const REFUSED: FindingText = change(
    Subject::Answer,
    Side::Either,
    "The server refused the test",
    &[
        "It answered with status {status}. Nothing was stored. Either the server wants less, or \"fields\" in the council’s \
       file must give it what it wants.",
    ],
);
pub const ITS_WORDS: &str = "In its own words:";
pub const UNREAD_ERRORS: FindingText = consider(
    Subject::Errors,
    Side::Site,
    "People would not be told what is wrong",
    &[
        "Nothing in the answer stands where \"errors\" in the council’s file says. If it holds words for people, say there \
       where they are. The answer begins:",
    ],
);
pub const EMPTY_TAKEN: FindingText = consider(
    Subject::Errors,
    Side::Server,
    "The server took a submission with nothing in it",
    &[
        "It answered with status {status}, as to a good one, and may now have a record of it: please delete that. The form \
       never sends one like this, but a server that checks what it is sent is safer.",
    ],
);
pub const EMPTY_REFUSED: FindingText = works(
    Subject::Errors,
    "A refusal can be read",
    &["The server refused with status {status}, and people would be told, in its own words:"],
);
pub const EMPTY_FAULT: FindingText = consider(
    Subject::Errors,
    Side::Server,
    "A refusal looks like a failure",
    &[
        "The server answered with status {status}, so people would be told that it is not known whether their complaint \
       arrived. Better is 400 or 422, with what is wrong in words.",
    ],
);
