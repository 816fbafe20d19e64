//! The error of a serializer or deserializer that cannot fail.

use std::fmt;

/// An error without a value: code that may return it can never fail, and no call checks for it.
#[derive(Debug)]
pub enum Never {}

impl fmt::Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

impl serde::ser::Error for Never {
    fn custom<T: fmt::Display>(_: T) -> Self {
        impossible()
    }
}

impl serde::de::Error for Never {
    fn custom<T: fmt::Display>(_: T) -> Self {
        impossible()
    }
}

/// Stops: a type has a kind of value that no format of ours has, or checked bytes hold something else than their source wrote.
#[allow(clippy::panic, reason = "no type and no bytes of ours lead here")]
pub(crate) fn impossible() -> ! {
    panic!("a value that no format of Putright has")
}
