//! The result of a check of `putright doctor`.

/// The weight of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// All is well.
    Fine,
    /// Somebody should look at it.
    Warning,
    /// Complaints are not safe, or cannot come in.
    Error,
}

/// The result of a check, in words for an operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckResult {
    /// Its weight.
    pub weight: Weight,
    /// The place, and what to do.
    pub text: String,
}

impl CheckResult {
    /// Says that something is well.
    pub fn fine(text: impl Into<String>) -> Self {
        Self { weight: Weight::Fine, text: text.into() }
    }

    /// Warns.
    pub fn warning(text: impl Into<String>) -> Self {
        Self { weight: Weight::Warning, text: text.into() }
    }

    /// Writes a warning or an error into the log.
    pub fn log(&self) {
        match self.weight {
            Weight::Fine => {}
            Weight::Warning => tracing::warn!("{}", self.text),
            Weight::Error => tracing::error!("{}", self.text),
        }
    }

    /// Says that something is wrong.
    pub fn error(text: impl Into<String>) -> Self {
        Self { weight: Weight::Error, text: text.into() }
    }
}
