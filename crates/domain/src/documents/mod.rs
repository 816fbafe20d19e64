//! What a person takes away: letters, the Ombudsman's pack, a calendar file. Made of words and dates that are handed in.

pub mod calendar;
pub mod letter;
pub mod personal_copy;
