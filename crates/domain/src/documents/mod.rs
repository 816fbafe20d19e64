//! Documents that a person takes away: letters, the Ombudsman's pack, a calendar file. The caller passes in the words
//! and dates.

pub mod calendar;
pub mod letter;
pub mod personal_copy;
