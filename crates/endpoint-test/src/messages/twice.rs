//! Texts of findings about sending the same twice, and about files.

use super::{FindingText, change, consider, unknown, works};
use crate::finding::{Side, Subject};

pub const TWICE_UNTRIED: FindingText = unknown(
    Subject::Twice,
    "Whether the server knows the same complaint again was not tried",
    &["That can be tried once the first answer is a success."],
);
pub const TWICE_UNKEYED: FindingText = consider(
    Subject::Twice,
    Side::Either,
    "The server cannot know the same complaint again",
    &[
        "The council’s file has no \"idempotency\", so nothing is sent a second time by itself: where an answer is lost on \
         its way, people are told that it is not known whether their complaint arrived. If they send it again you may \
         have it twice, with the same copy number.",
        "If the server can give the same answer to the same key, say in \"idempotency\" where it wants the key.",
    ],
);
pub const TWICE_UNANSWERED: FindingText = unknown(
    Subject::Twice,
    "The same test sent a second time got no answer",
    &["The first time it was answered well. Try again; if it stays so, look in the server’s log."],
);
pub const TWICE_REFUSED: FindingText = change(
    Subject::Twice,
    Side::Server,
    "The same test sent a second time was not answered as the first time",
    &[
        "It was answered with status {again}. The form sends the very same again where no answer came. The server must \
         then give the answer of the first time, with the same reference; else people are told that it failed when you \
         have it.",
        "The second answer begins:",
    ],
);
pub const TWICE_ONCE: FindingText = works(
    Subject::Twice,
    "The same test sent twice was stored once",
    &["The server knew it again by its key, and gave the same answer."],
);
pub const TWICE_TWICE: FindingText = change(
    Subject::Twice,
    Side::Server,
    "The same test sent twice was stored twice",
    &[
        "Both had the same key, but they were given two references. Where no answer comes the form sends again by itself, \
         so you would have complaints twice.",
        "Make the server give the same answer to the same key. Until then, set \"idempotency\" and \"retry\" to null in the \
         council’s file. The references:",
    ],
);
pub const TWICE_UNKNOWN: FindingText = unknown(
    Subject::Twice,
    "Whether the same test sent twice was stored twice cannot be known from here",
    &[
        "The answers give no reference to compare. Look in the backend: the test must be there once.",
        "If it is there twice, make the server know the key again, or set \"idempotency\" and \"retry\" to null in the \
         council’s file.",
    ],
);
pub const FILES_UNTRIED: FindingText = unknown(
    Subject::Files,
    "Files were not tried",
    &["The council’s file lets people add files. They are tried once the test without one works."],
);
pub const FILES_WORK: FindingText = works(
    Subject::Files,
    "Files arrive",
    &[
        "A second test went with a file as large as you let people add, up to 10 MB, and the answer proves that it arrived.",
    ],
);
pub const FILES_NOT_PROVED: FindingText = unknown(
    Subject::Files,
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
pub const FILES_DROPPED: FindingText = change(
    Subject::Files,
    Side::Server,
    "The server dropped the file",
    &[
        "A second test went with a file as large as you let people add, up to 10 MB. The server took the rest, and says that it \
         has no file.",
        "Raise the server’s limit for uploads (for PHP: upload_max_filesize and post_max_size), or let people add less: \
         \"each_megabytes\" in the council’s file.",
    ],
);
pub const FILES_REFUSED: FindingText = change(
    Subject::Files,
    Side::Either,
    "A test with a file was not taken",
    &[
        "The test without a file works. With a file as large as you let people add, up to 10 MB, it was refused or failed.",
        "Raise the server’s limits for bodies and uploads, let people add less (\"each_megabytes\"), or take no files \
         (\"files\": { \"send\": \"none\" }) in the council’s file.",
    ],
);
pub const FILES_UNANSWERED: FindingText = change(
    Subject::Files,
    Side::Server,
    "No answer came to a test with a file",
    &[
        "The test without a file works. With a file as large as you let people add, up to 10 MB, no answer came that this page \
         may read. A proxy that allows less often breaks off.",
        "Raise the limits for bodies of every server on the way, or let people add less: \"each_megabytes\" in the council’s \
         file.",
    ],
);
