//! Leaving fast by the Shift key: three presses within five seconds, counted in lights as the design system's "Exit this page"
//! counts them. A press is Shift down and up again, alone and short: Shift is also held for capital letters, clicks, wheels and
//! shortcuts, and input methods have uses of their own for it.

use crate::messages::MessageId;

/// The page that people are taken to, unless their council names another one. The page is plain and not personal to
/// anybody.
pub const DESTINATION: &str = "https://www.bbc.co.uk/weather";

const PRESSES: u8 = 3;

/// The longest press, in milliseconds.
const LONGEST: u32 = 1000;

/// An input, as far as leaving by the keyboard is concerned. Times are in milliseconds since any fixed moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// A Shift key went down.
    ShiftDown(u32),
    /// The last Shift key that was down came up.
    ShiftUp(u32),
    /// Anything else: another key, a button or the wheel of a mouse, a touch, an input method.
    Other,
}

/// A press under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Press {
    #[default]
    None,
    /// Shift has been down alone since this time.
    Alone(u32),
    /// Something else was done meanwhile: Shift is in use for that.
    Used,
}

/// How far Shift has been pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shift {
    lights: u8,
    said: Option<MessageId>,
    press: Press,
    /// The number of the last wait begun. Only that wait may end.
    turn: u32,
}

/// The effect of a key press.
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

    /// Returns the message for people who cannot see the lights.
    pub fn said(self) -> Option<MessageId> {
        self.said
    }

    /// Something was done.
    pub fn input(&mut self, input: Input) -> Pressed {
        match input {
            Input::ShiftDown(time) => {
                // Held, it repeats; and the other Shift may come to it.
                if self.press == Press::None {
                    self.press = Press::Alone(time);
                }
                Pressed::Nothing
            }
            Input::ShiftUp(time) => match std::mem::take(&mut self.press) {
                Press::Alone(since) if time.wrapping_sub(since) <= LONGEST => self.pressed(),
                Press::None => Pressed::Nothing,
                _ => self.interrupted(),
            },
            Input::Other => {
                if self.press != Press::None {
                    self.press = Press::Used;
                }
                self.interrupted()
            }
        }
    }

    fn interrupted(&mut self) -> Pressed {
        if self.lights > 0 { self.time_out() } else { Pressed::Nothing }
    }

    fn pressed(&mut self) -> Pressed {
        self.lights += 1;
        if self.lights >= PRESSES {
            *self = Self::default();
            return Pressed::Exit;
        }
        if self.lights > 1 {
            // All three within the time of the first: whoever presses now and then does not mean to leave.
            self.said = Some(MessageId::ExitOneMore);
            return Pressed::Nothing;
        }
        self.said = Some(MessageId::ExitTwoMore);
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
        self.said = Some(MessageId::ExitTimedOut);
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

    use Input::{Other, ShiftDown, ShiftUp};

    /// A press that begins at a time, and takes a tenth of a second.
    fn press(time: u32) -> [Input; 2] {
        [ShiftDown(time), ShiftUp(time + 100)]
    }

    fn after(inputs: &[Input]) -> (Shift, Pressed) {
        let mut shift = Shift::default();
        let mut last = Pressed::Nothing;
        for input in inputs {
            last = shift.input(*input);
            assert!(last != Pressed::Exit || input == inputs.last().unwrap(), "it left before the end");
        }
        (shift, last)
    }

    fn never_exits(what: &str, once: &[Input]) {
        let (shift, pressed) = after(&once.repeat(4));
        assert!(shift.lights() < 2 && pressed != Pressed::Exit, "{what}: {shift:?}");
    }

    #[test]
    fn three_presses_exit_and_each_is_said() {
        let (shift, pressed) = after(&press(0));
        assert_eq!((shift.lights(), shift.said(), pressed), (1, Some(MessageId::ExitTwoMore), Pressed::Wait(1)));
        let (shift, pressed) = after(&[press(0), press(300)].concat());
        assert_eq!((shift.lights(), shift.said(), pressed), (2, Some(MessageId::ExitOneMore), Pressed::Nothing));
        let (shift, pressed) = after(&[press(0), press(300), press(600)].concat());
        assert_eq!((shift.lights(), shift.said(), pressed), (0, None, Pressed::Exit));
    }

    #[test]
    fn shift_used_for_something_else_never_exits() {
        never_exits("a capital letter, a click, a wheel, an input method", &[ShiftDown(0), Other, ShiftUp(50)]);
        never_exits("held long", &[ShiftDown(0), ShiftUp(LONGEST + 1)]);
        never_exits("held long, repeating", &[ShiftDown(0), ShiftDown(500), ShiftDown(900), ShiftUp(1200)]);
        never_exits("Ctrl or Alt goes down first", &[Other, ShiftDown(0), Other, ShiftUp(50), Other]);
        never_exits("typing between presses", &[ShiftDown(0), ShiftUp(50), Other]);
        never_exits("its way down was not seen", &[ShiftUp(50)]);
    }

    #[test]
    fn both_shifts_together_are_one_press() {
        // The first to come up is not told while the other is down.
        let both = |time: u32| [ShiftDown(time), ShiftDown(time + 20), ShiftUp(time + 120)];
        let (shift, _) = after(&[both(0), both(300)].concat());
        assert_eq!(shift.lights(), 2);
        assert_eq!(after(&[both(0), both(300), both(600)].concat()).1, Pressed::Exit);
    }

    #[test]
    fn presses_that_take_more_than_five_seconds_together_never_exit() {
        // An input method's lone Shift, four seconds apart: the wait of the first ends before the third.
        let mut shift = Shift::default();
        let mut press = |time: u32| {
            shift.input(ShiftDown(time));
            (shift.input(ShiftUp(time + 50)), shift.lights())
        };
        assert_eq!(press(0), (Pressed::Wait(1), 1));
        assert_eq!(press(4000), (Pressed::Nothing, 2));
        assert_eq!(shift.waited(1), Pressed::Wait(2));
        shift.input(ShiftDown(8000));
        assert_eq!((shift.input(ShiftUp(8050)), shift.lights()), (Pressed::Wait(3), 1));
    }

    #[test]
    fn anything_else_or_five_seconds_begin_again_and_that_is_said_for_five_seconds() {
        let (shift, pressed) = after(&[press(0).as_slice(), &press(300), &[Other]].concat());
        assert_eq!((shift.lights(), shift.said(), pressed), (0, Some(MessageId::ExitTimedOut), Pressed::Wait(2)));
        let (mut shift, _) = after(&[press(0), press(300)].concat());
        assert_eq!(shift.waited(7), Pressed::Nothing, "a wait that something else has put off");
        assert_eq!(shift.lights(), 2);
        assert_eq!(shift.waited(1), Pressed::Wait(2));
        assert_eq!((shift.lights(), shift.said()), (0, Some(MessageId::ExitTimedOut)));
        assert_eq!((shift.waited(2), shift.said()), (Pressed::Nothing, None));
    }
}
