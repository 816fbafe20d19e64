//! The reference a person is given: what they read out on the telephone and write on a letter.
//!
//! Eight random symbols and a check symbol, shown in three groups of three. The alphabet has 31 symbols, none of which can be
//! taken for another: no I, L, O, 0 or 1. 31 is prime, and the check is a sum weighted by position modulo 31, so any one
//! wrong symbol, and any two symbols that changed places, are noticed. A reference says nothing about the person or when
//! they wrote. None is made with a vowel, so that none reads as a word.
//!
//! [`Reference::parse`] forgives case, spaces and dashes, and nothing else: it never guesses what a wrong symbol meant.

use std::fmt;

const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const LENGTH: usize = 9;
const VOWELS: [u8; 3] = *b"AEU";

/// A reference whose check symbol fits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reference([u8; LENGTH]);

/// A reason why a text is no reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceError {
    /// It is too short or too long.
    #[error("it has nine letters and figures, in three groups of three")]
    Length,
    /// It has a symbol that no reference has.
    #[error("it has figures from 2 to 9 and letters except I, L and O")]
    Symbol,
    /// The check symbol is not that of the others.
    #[error("the check symbol at its end does not fit, so a letter or figure is wrong or out of its place")]
    Check,
}

impl Reference {
    /// A new one, by chance.
    ///
    /// # Errors
    /// Returns an error if the machine gives no random numbers.
    pub fn random() -> Result<Self, getrandom::Error> {
        loop {
            let mut bytes = [0_u8; LENGTH - 1];
            getrandom::fill(&mut bytes)?;
            if let Some(reference) = Self::from_random(bytes) {
                return Ok(reference);
            }
        }
    }

    /// The reference of some random bytes; `None` where a byte would favour a symbol or a vowel came up.
    fn from_random(bytes: [u8; LENGTH - 1]) -> Option<Self> {
        let mut symbols = [0_u8; LENGTH];
        for (symbol, byte) in symbols.iter_mut().zip(bytes) {
            // 248 is the largest multiple of 31 a byte can hold.
            *symbol = (byte < 248).then(|| ALPHABET.get(usize::from(byte % 31)).copied()).flatten()?;
        }
        if let Some(last) = symbols.last_mut() {
            // The check symbol's weight is 1.
            *last = *ALPHABET.first()?;
        }
        let rest = weighted_sum(&symbols)?;
        if let Some(last) = symbols.last_mut() {
            *last = *ALPHABET.get((31 - rest) % 31)?;
        }
        (!symbols.iter().any(|symbol| VOWELS.contains(symbol))).then_some(Self(symbols))
    }

    /// Reads what a person typed.
    ///
    /// # Errors
    /// Returns an error for another length, an unknown symbol, or a check symbol that does not fit.
    pub fn parse(typed: &str) -> Result<Self, ReferenceError> {
        let mut symbols = [0_u8; LENGTH];
        let mut places = symbols.iter_mut();
        for character in typed.chars().filter(|character| !matches!(character, ' ' | '-')) {
            let symbol = u8::try_from(character).map_err(|_| ReferenceError::Symbol)?.to_ascii_uppercase();
            if value_of(symbol).is_none() {
                return Err(ReferenceError::Symbol);
            }
            *places.next().ok_or(ReferenceError::Length)? = symbol;
        }
        if places.next().is_some() {
            return Err(ReferenceError::Length);
        }
        if weighted_sum(&symbols) == Some(0) { Ok(Self(symbols)) } else { Err(ReferenceError::Check) }
    }
}

fn value_of(symbol: u8) -> Option<usize> {
    ALPHABET.iter().position(|known| *known == symbol)
}

/// Weights 9 to 1, from the left. They differ from one another and none is a multiple of 31.
fn weighted_sum(symbols: &[u8; LENGTH]) -> Option<usize> {
    let mut sum = 0;
    for (place, symbol) in symbols.iter().enumerate() {
        sum += (LENGTH - place) * value_of(*symbol)?;
    }
    Some(sum % 31)
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, symbol) in self.0.iter().enumerate() {
            let dash = if place > 0 && place % 3 == 0 { "-" } else { "" };
            write!(f, "{dash}{}", char::from(*symbol))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    fn references() -> impl Strategy<Value = Reference> {
        any::<[u8; LENGTH - 1]>().prop_filter_map("a byte would favour a symbol", Reference::from_random)
    }

    proptest! {
        #[test]
        fn a_reference_is_read_back_however_it_is_spaced_and_cased(reference in references()) {
            let shown = reference.to_string();
            prop_assert_eq!(shown.len(), 11);
            for typed in [shown.clone(), shown.to_lowercase(), shown.replace('-', ""), format!(" {} ", shown.replace('-', " "))] {
                prop_assert_eq!(Reference::parse(&typed), Ok(reference));
            }
        }

        #[test]
        fn every_single_wrong_symbol_is_noticed(reference in references()) {
            for place in 0..LENGTH {
                for symbol in ALPHABET {
                    let mut typed = reference.0;
                    typed[place] = *symbol;
                    let read = Reference::parse(std::str::from_utf8(&typed).unwrap());
                    prop_assert_eq!(read.is_ok(), typed == reference.0);
                }
            }
        }

        #[test]
        fn every_two_symbols_that_changed_places_are_noticed(reference in references()) {
            for one in 0..LENGTH {
                for other in one + 1..LENGTH {
                    let mut typed = reference.0;
                    typed.swap(one, other);
                    let read = Reference::parse(std::str::from_utf8(&typed).unwrap());
                    prop_assert_eq!(read.is_ok(), typed == reference.0);
                }
            }
        }

        #[test]
        fn no_text_makes_the_reader_fall_over(typed in ".{0,20}") {
            let _ = Reference::parse(&typed);
        }
    }

    #[test]
    fn what_is_not_a_reference_is_refused_and_never_guessed_at() {
        for (typed, error) in [
            ("", ReferenceError::Length),
            ("222-222-22", ReferenceError::Length),
            ("222-222-2222", ReferenceError::Length),
            ("22O-222-222", ReferenceError::Symbol),
            ("221-222-222", ReferenceError::Symbol),
            ("222.222.222", ReferenceError::Symbol),
            ("２22-222-222", ReferenceError::Symbol),
            ("222-222-223", ReferenceError::Check),
        ] {
            assert_eq!(Reference::parse(typed), Err(error), "{typed}");
        }
        assert!(Reference::parse("222-222-222").is_ok());
    }

    #[test]
    fn references_differ_and_hold_no_vowel() {
        let made: HashSet<_> = (0..2_000).map(|_| Reference::random().unwrap()).collect();
        assert_eq!(made.len(), 2_000);
        assert!(made.iter().all(|reference| !reference.to_string().contains(['A', 'E', 'I', 'O', 'U'])));
    }
}
