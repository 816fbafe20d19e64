//! The texts of findings, for adults who look after a website. `{mark}` stands for a value that [`crate::diagnose`]
//! fills in.
//!
//! Here and not in a file of words: nobody from the public reads them, and they must change with the code that says them.

mod answered;
mod no_answer;
mod refused;
mod twice;

pub use answered::*;
pub use no_answer::*;
pub use refused::*;
pub use twice::*;

use crate::finding::{Side, Subject, Verdict};

/// The text of one finding, with its subject, verdict and side.
pub struct FindingText {
    pub about: Subject,
    pub verdict: Verdict,
    pub side: Side,
    pub title: &'static str,
    /// A paragraph each.
    pub says: &'static [&'static str],
}

const fn works(about: Subject, title: &'static str, says: &'static [&'static str]) -> FindingText {
    FindingText { about, verdict: Verdict::Works, side: Side::Nobody, title, says }
}

const fn change(about: Subject, side: Side, title: &'static str, says: &'static [&'static str]) -> FindingText {
    FindingText { about, verdict: Verdict::Change, side, title, says }
}

const fn consider(about: Subject, side: Side, title: &'static str, says: &'static [&'static str]) -> FindingText {
    FindingText { about, verdict: Verdict::Consider, side, title, says }
}

const fn unknown(about: Subject, title: &'static str, says: &'static [&'static str]) -> FindingText {
    FindingText { about, verdict: Verdict::Unknown, side: Side::Nobody, title, says }
}

/// The paragraph for a test whose arrival is not proved.
const NOT_KNOWN: &str = "The test may have been stored all the same: look for it. People would be told that it is not \
                         known whether their complaint arrived.";
