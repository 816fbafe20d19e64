//! Leaving fast by the Shift key: three presses, each within five seconds of the one before, counted as the design system's
//! "Exit this page" counts them. A Shift held for a capital letter is no press.

use super::content::Word;

/// Where people are taken, unless their council names another page: plain, and nobody's own.
pub const DESTINATION: &str = "https://www.bbc.co.uk/weather";

const PRESSES: u8 = 3;

/// How far Shift has been pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shift {
    lights: u8,
    said: Option<Word>,
    /// Shift was down when the last key came up.
    held: bool,
    /// Which wait is the last one begun: only that may end.
    turn: u32,
}

/// What a key leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// Nothing.
    Nothing,
    /// Wait for five seconds.
    Wait(u32),
    /// Leave.
    Exit,
}

impl Shift {
    /// How many lights are on.
    pub fn lights(self) -> u8 {
        self.lights
    }

    /// What is said to those who cannot see the lights.
    pub fn said(self) -> Option<Word> {
        self.said
    }

    /// A key came up: whether it was Shift, and whether Shift was down.
    pub fn key_up(&mut self, shift: bool, held: bool) -> Pressed {
        let counts = shift && !self.held;
        self.held = held;
        if !counts {
            return if self.lights > 0 { self.time_out() } else { Pressed::Nothing };
        }
        self.lights += 1;
        if self.lights >= PRESSES {
            *self = Self::default();
            return Pressed::Exit;
        }
        self.said = Some(if self.lights == 1 { Word::ExitTwoMore } else { Word::ExitOneMore });
        self.wait()
    }

    /// Five seconds are over.
    pub fn waited(&mut self, turn: u32) -> Pressed {
        match (turn == self.turn, self.lights) {
            (false, _) => Pressed::Nothing,
            (true, 0) => {
                self.said = None;
                Pressed::Nothing
            }
            (true, _) => self.time_out(),
        }
    }

    fn time_out(&mut self) -> Pressed {
        self.lights = 0;
        self.said = Some(Word::ExitTimedOut);
        self.wait()
    }

    fn wait(&mut self) -> Pressed {
        self.turn = self.turn.wrapping_add(1);
        Pressed::Wait(self.turn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIFT: (bool, bool) = (true, false);
    const LETTER: (bool, bool) = (false, false);
    /// The letter comes up while Shift is down.
    const CAPITAL: (bool, bool) = (false, true);

    fn after(keys: &[(bool, bool)]) -> (Shift, Pressed) {
        let mut shift = Shift::default();
        let mut last = Pressed::Nothing;
        for (key, held) in keys {
            last = shift.key_up(*key, *held);
        }
        (shift, last)
    }

    #[test]
    fn three_presses_exit_and_each_is_said() {
        let (shift, pressed) = after(&[SHIFT]);
        assert_eq!((shift.lights(), shift.said(), pressed), (1, Some(Word::ExitTwoMore), Pressed::Wait(1)));
        let (shift, pressed) = after(&[SHIFT, SHIFT]);
        assert_eq!((shift.lights(), shift.said(), pressed), (2, Some(Word::ExitOneMore), Pressed::Wait(2)));
        let (shift, pressed) = after(&[SHIFT, SHIFT, SHIFT]);
        assert_eq!((shift.lights(), shift.said(), pressed), (0, None, Pressed::Exit));
    }

    #[test]
    fn capital_letters_never_exit() {
        let word = [CAPITAL, SHIFT, LETTER, CAPITAL, SHIFT, CAPITAL, SHIFT, CAPITAL, SHIFT];
        let (shift, pressed) = after(&word);
        assert_eq!((shift.lights(), pressed), (0, Pressed::Nothing));
    }

    #[test]
    fn another_key_or_five_seconds_begin_anew_and_that_is_said_for_five_seconds() {
        let (shift, pressed) = after(&[SHIFT, SHIFT, LETTER]);
        assert_eq!((shift.lights(), shift.said(), pressed), (0, Some(Word::ExitTimedOut), Pressed::Wait(3)));
        let (mut shift, _) = after(&[SHIFT, SHIFT]);
        assert_eq!(shift.waited(1), Pressed::Nothing, "a wait that another press has put off");
        assert_eq!(shift.lights(), 2);
        assert_eq!(shift.waited(2), Pressed::Wait(3));
        assert_eq!((shift.lights(), shift.said()), (0, Some(Word::ExitTimedOut)));
        assert_eq!((shift.waited(3), shift.said()), (Pressed::Nothing, None));
    }
}
