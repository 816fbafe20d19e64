//! The state of the mock: the stored submissions, the number of requests, and the fault that is on.

use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;

use super::{fault::MockFault, preset::Preset, request::Arrived};

/// A backend that is not there.
pub struct Mock {
    /// The backend that it stands in for.
    pub preset: Preset,
    /// The token against forged requests, for backends that want one. It ends in `==`, which a cookie cannot hold as it is.
    pub token: String,
    state: Mutex<State>,
}

struct State {
    submissions: Vec<StoredRequest>,
    /// Never goes back, as a database's does not.
    last_number: u64,
    requests: u64,
    fault: MockFault,
    /// How many requests more it is for; `None` for all.
    left: Option<u64>,
}

struct StoredRequest {
    number: u64,
    arrived: Arrived,
}

/// The result of storing a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is stored, under this number.
    New(u64),
    /// It was, under the same key.
    Before(u64),
    /// The key stands for another one.
    KeyTaken,
}

impl Mock {
    /// One that has nothing yet.
    ///
    /// # Errors
    /// Where the machine gives no random numbers.
    pub fn new(preset: Preset) -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes)?;
        let token = STANDARD.encode(bytes);
        let state = State { submissions: Vec::new(), last_number: 0, requests: 0, fault: MockFault::None, left: None };
        Ok(Self { preset, token, state: Mutex::new(state) })
    }

    /// Stores a submission, unless it is stored under its key. Only Putright's own receiver knows keys.
    pub fn keep(&self, arrived: Arrived) -> Kept {
        let mut state = self.state();
        if let (Preset::Putright, Some(key)) = (self.preset, arrived.key())
            && let Some(before) = state.submissions.iter().find(|stored| stored.arrived.key() == Some(key))
        {
            let same = before.arrived.content == arrived.content;
            return if same { Kept::Before(before.number) } else { Kept::KeyTaken };
        }
        state.last_number += 1;
        let number = state.last_number;
        state.submissions.push(StoredRequest { number, arrived });
        Kept::New(number)
    }

    /// Counts a request.
    pub fn count(&self) {
        self.state().requests += 1;
    }

    /// How many requests came.
    pub fn requests(&self) -> u64 {
        self.state().requests
    }

    /// Returns the stored submissions, in the order of arrival.
    pub fn received(&self) -> Vec<Value> {
        self.state().submissions.iter().map(|stored| stored.arrived.told()).collect()
    }

    /// Forgets what was stored and counted. A fault stays on.
    pub fn clear(&self) {
        let mut state = self.state();
        state.submissions.clear();
        state.requests = 0;
    }

    /// Switches to a fault, for so many requests or for all.
    pub fn set_fault(&self, fault: MockFault, times: Option<u64>) {
        let mut state = self.state();
        state.fault = if times == Some(0) { MockFault::None } else { fault };
        state.left = times.filter(|times| *times > 0);
    }

    /// The fault that is on, if it is for this request, and one time less of it.
    pub fn take_fault(&self, is_for_this: impl FnOnce(MockFault) -> bool) -> MockFault {
        let mut state = self.state();
        let fault = state.fault;
        if !is_for_this(fault) {
            return MockFault::None;
        }
        if let Some(left) = &mut state.left {
            *left -= 1;
            if *left == 0 {
                state.fault = MockFault::None;
                state.left = None;
            }
        }
        fault
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
