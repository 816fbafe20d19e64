//! How far a submission has come: a machine of states that `update(event) -> command` moves, and no other way.
//!
//! The tests check four rules over every order of events. It reports delivered only after a response that was judged a
//! success. One try is under way at a time. If the backend cannot recognise a submission, nothing is sent a second time
//! automatically. It never forgets that a submission may have arrived.

use crate::delivery::{
    config::{Channel, DeliveryConfig, SendBy},
    response::{DeliveryError, Receipt},
};
use crate::id_enum::IdSet;

/// The state of a submission.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Delivery {
    /// Nothing has been sent.
    #[default]
    Ready,
    /// It is on its way.
    Sending,
    /// A try failed, and the next comes by itself.
    Waiting(DeliveryError),
    /// The last try proved nothing.
    Failed(DeliveryError),
    /// It is with the council.
    Delivered(Receipt),
}

/// Something that happened to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeliveryEvent {
    /// The person asked for it to be sent.
    Asked,
    /// A try came to its end.
    Ended(Result<Receipt, DeliveryError>),
    /// A wait is over; its number.
    WaitOver(u32),
    /// The person stopped it.
    Stopped,
    /// The person handed it over by other means, or began to.
    HandedOver(Channel),
}

/// Something for the browser to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryEffect {
    /// Send it.
    Send,
    /// Open the council's own page with it.
    Open,
    /// Tell when so many milliseconds are over, with this number.
    Wait {
        /// How long.
        milliseconds: u32,
        /// The wait's number.
        number: u32,
    },
    /// Stop what is under way.
    Stop,
}

/// The part of a council's rules that the machine follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// How it is sent.
    pub send: SendBy,
    /// The number of automatic retries; zero if the backend cannot recognise a submission.
    pub retries: u32,
    /// The first wait, in milliseconds.
    pub wait: u32,
}

impl Rules {
    /// Those of a council.
    pub fn of(config: &DeliveryConfig) -> Self {
        Self {
            send: config.send,
            retries: if config.is_keyed() { config.endpoint.retries } else { 0 },
            wait: config.endpoint.wait_seconds.saturating_mul(1000),
        }
    }
}

/// Nobody waits longer than this for a try that comes by itself, in milliseconds.
const LONGEST_WAIT: u32 = 30_000;

/// A submission under way.
#[derive(Debug, Default)]
pub struct DeliveryMachine {
    state: Delivery,
    /// Tries since the person last asked.
    tries: u32,
    waits: u32,
    may_have_arrived: bool,
    handed_over: IdSet<Channel>,
    online: Option<bool>,
}

impl DeliveryMachine {
    /// One of a visit in which something may have been tried before.
    pub fn of_earlier(may_have_arrived: bool) -> Self {
        Self { may_have_arrived, ..Self::default() }
    }

    /// One of a visit that an earlier load of this page has sent.
    pub fn delivered(receipt: Receipt) -> Self {
        Self { state: Delivery::Delivered(receipt), ..Self::default() }
    }

    /// Returns the state of the submission.
    pub fn state(&self) -> &Delivery {
        &self.state
    }

    /// Returns whether any try may have arrived.
    pub fn may_have_arrived(&self) -> bool {
        self.may_have_arrived
    }

    /// By what other means it has been handed over, or was begun to be.
    pub fn handed_over(&self) -> IdSet<Channel> {
        self.handed_over
    }

    /// Returns whether a try is under way or scheduled.
    pub fn is_busy(&self) -> bool {
        matches!(self.state, Delivery::Sending | Delivery::Waiting(_))
    }

    /// Returns whether the device is connected, as far as is known. This is a hint and prevents no sending.
    pub fn is_online(&self) -> bool {
        self.online != Some(false)
    }

    /// The device was connected, or no longer is.
    pub fn connected(&mut self, online: bool) {
        self.online = Some(online);
    }

    /// A failure has been read: the page is as before.
    pub fn read(&mut self) {
        if matches!(self.state, Delivery::Failed(_)) {
            self.state = Delivery::Ready;
        }
    }

    /// Begins another submission, about which nothing is known yet. Does nothing while a try is under way.
    pub fn another(&mut self) {
        if !self.is_busy() {
            self.may_have_arrived = false;
        }
    }

    /// Moves the state by an event and returns the effect to carry out. `id` spreads the waits, so that not all devices
    /// come back at once.
    pub fn update(&mut self, happened: DeliveryEvent, rules: Rules, id: &str) -> Option<DeliveryEffect> {
        match (happened, &self.state) {
            (DeliveryEvent::Asked, Delivery::Ready | Delivery::Failed(_)) => {
                self.tries = 0;
                self.try_once(rules)
            }
            (DeliveryEvent::Ended(Ok(receipt)), Delivery::Sending) => {
                self.state = Delivery::Delivered(receipt);
                None
            }
            (DeliveryEvent::Ended(Err(error)), Delivery::Sending) => Some(self.failed(error, rules, id)?),
            (DeliveryEvent::WaitOver(number), Delivery::Waiting(_)) if number == self.waits => self.try_once(rules),
            (DeliveryEvent::Stopped, Delivery::Sending) => {
                self.fail(DeliveryError::Stopped);
                Some(DeliveryEffect::Stop)
            }
            (DeliveryEvent::Stopped, Delivery::Waiting(error)) => {
                let error = error.clone();
                self.fail(error);
                None
            }
            (DeliveryEvent::HandedOver(means), Delivery::Ready | Delivery::Failed(_)) => {
                self.handed_over.insert(means);
                if means == Channel::Form {
                    self.fail(DeliveryError::Elsewhere);
                    return Some(DeliveryEffect::Open);
                }
                None
            }
            // Too late, or too early: what is under way is not disturbed.
            _ => None,
        }
    }

    fn try_once(&mut self, rules: Rules) -> Option<DeliveryEffect> {
        if rules.send == SendBy::None {
            return None;
        }
        if rules.send == SendBy::Navigate {
            // That the device is offline is a hint, and may be wrong: it is told once, before the page is left for nothing.
            if !self.is_online() && self.state != Delivery::Failed(DeliveryError::Offline) {
                self.fail(DeliveryError::Offline);
                return None;
            }
            self.fail(DeliveryError::Elsewhere);
            return Some(DeliveryEffect::Open);
        }
        self.tries = self.tries.saturating_add(1);
        self.state = Delivery::Sending;
        Some(DeliveryEffect::Send)
    }

    fn failed(&mut self, error: DeliveryError, rules: Rules, id: &str) -> Option<DeliveryEffect> {
        self.may_have_arrived |= error.may_have_arrived();
        let asked = match &error {
            DeliveryError::Busy(Some(seconds)) => Some(seconds.saturating_mul(1000)),
            _ => None,
        };
        let wait = asked.unwrap_or_else(|| {
            let doubled = rules.wait.saturating_mul(1 << self.tries.saturating_sub(1).min(8));
            doubled.saturating_add(doubled / 32 * spread(id))
        });
        let goes_on = error.passes() && self.tries <= rules.retries && wait <= LONGEST_WAIT && self.is_online();
        if !goes_on {
            self.state = Delivery::Failed(error);
            return None;
        }
        self.state = Delivery::Waiting(error);
        self.waits = self.waits.wrapping_add(1);
        Some(DeliveryEffect::Wait { milliseconds: wait, number: self.waits })
    }

    fn fail(&mut self, error: DeliveryError) {
        self.may_have_arrived |= error.may_have_arrived();
        self.state = Delivery::Failed(error);
    }
}

/// From 0 to 15, by the first digit of a number that was drawn at random.
fn spread(id: &str) -> u32 {
    id.chars().next().and_then(|digit| digit.to_digit(16)).unwrap_or_default()
}
