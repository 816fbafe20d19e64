//! Tells whether an officer should read a submission first.

use putright_domain::{
    guidance::triage::Flag,
    submission::format::{Said, Submission},
};

/// Returns whether the rules called a submission urgent, or somebody may not be safe.
pub fn is_urgent(submission: &Submission) -> bool {
    let flags = submission.guidance.as_ref().map(|guidance| &guidance.flags);
    let is_flagged = |flag: Flag| flags.is_some_and(|flags| flags.contains(flag));
    let is_unsafe = submission.child.as_ref().is_some_and(|child| child.safe_now == Some(Said::No));
    is_flagged(Flag::Urgent) || is_flagged(Flag::SafeguardingWorry) || submission.about.safeguarding_worry || is_unsafe
}
