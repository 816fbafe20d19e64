//! Telling: which procedure, what will probably happen, by when, and who else can help.
//!
//! The guide advises and the council decides: apart from an emergency, every outcome lets the person go on. Knows nothing of
//! how a complaint is sent, nor of a council's file: what the rules need of a council is [`triage::CouncilRules`].

pub mod deadline;
pub mod facts;
pub mod signpost;
pub mod time_limits;
pub mod timeline;
pub mod triage;
pub mod working_days;
