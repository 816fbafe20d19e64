//! Bounds the bytes of request bodies in memory, over all requests.
//!
//! Each request reserves bytes as its body arrives, and releases them when it has been answered. Files may take three quarters
//! of the budget, so that a complaint without files finds room among uploads. One sender may take half. A request that finds
//! no room is refused, and can be sent again soon.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{problem::Problem, rate_limit::counted_as};

/// The seconds after which a refused request may find room.
const SOON: u64 = 10;
/// A body grows by at least so many bytes at a time, and by a quarter of what it holds, up to the most.
const LEAST_STEP: usize = 4 << 10;
const MOST_STEP: usize = 1 << 20;

/// The budget of all requests.
pub struct Budget {
    most: usize,
    most_of_files: usize,
    most_of_sender: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    all: usize,
    files: usize,
    by_sender: HashMap<IpAddr, usize>,
}

/// The bytes that one request has reserved.
pub struct Held {
    budget: Arc<Budget>,
    sender: IpAddr,
    has_files: bool,
    bytes: usize,
}

impl Budget {
    /// Creates a budget of `most` bytes, for requests of at most `most_of_one`. A single request always fits.
    pub fn new(most: usize, most_of_one: usize) -> Arc<Self> {
        let at_least_one = |bytes: usize| bytes.max(Self::for_one(most_of_one));
        Arc::new(Self {
            most: at_least_one(most),
            most_of_files: at_least_one(most / 4 * 3),
            most_of_sender: at_least_one(most / 2),
            taken: Mutex::default(),
        })
    }

    /// Returns the bytes that a body of this length reserves while it grows.
    pub fn for_one(bytes: usize) -> usize {
        bytes.saturating_add(bytes / 4).saturating_add(MOST_STEP)
    }

    /// Returns the reservation of a new request.
    pub fn begin(self: &Arc<Self>, sender: IpAddr) -> Held {
        Held { budget: Arc::clone(self), sender: counted_as(sender), has_files: false, bytes: 0 }
    }

    /// Returns the bytes that are reserved.
    pub fn bytes_taken(&self) -> usize {
        self.taken().all
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    /// Marks a request as one with files, before it holds anything.
    pub fn with_files(&mut self) {
        self.has_files = true;
    }

    /// Appends to a body, if there is room.
    ///
    /// # Errors
    /// Returns an error if there is no room.
    pub fn extend(&mut self, body: &mut Vec<u8>, more: &[u8]) -> Result<(), Problem> {
        let room = body.capacity().saturating_sub(body.len());
        if more.len() > room {
            let step = (body.len() / 4).clamp(LEAST_STEP, MOST_STEP).max(more.len() - room);
            self.reserve(step)?;
            body.reserve_exact(room + step);
        }
        body.extend_from_slice(more);
        Ok(())
    }

    fn reserve(&mut self, bytes: usize) -> Result<(), Problem> {
        let budget = &self.budget;
        let mut taken = budget.taken();
        let of_sender = taken.by_sender.get(&self.sender).copied().unwrap_or_default();
        let fits = |held: usize, most: usize| held.saturating_add(bytes) <= most;
        let is_room = fits(taken.all, budget.most)
            && fits(of_sender, budget.most_of_sender)
            && (!self.has_files || fits(taken.files, budget.most_of_files));
        if !is_room {
            return Err(Problem::Busy(SOON));
        }
        taken.all += bytes;
        if self.has_files {
            taken.files += bytes;
        }
        taken.by_sender.insert(self.sender, of_sender + bytes);
        self.bytes += bytes;
        Ok(())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut taken = self.budget.taken();
        taken.all = taken.all.saturating_sub(self.bytes);
        if self.has_files {
            taken.files = taken.files.saturating_sub(self.bytes);
        }
        let left = taken.by_sender.get(&self.sender).copied().unwrap_or_default().saturating_sub(self.bytes);
        if left == 0 {
            taken.by_sender.remove(&self.sender);
        } else {
            taken.by_sender.insert(self.sender, left);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEBIBYTE: usize = 1 << 20;

    fn hold(budget: &Arc<Budget>, sender: u8, files: bool, bytes: usize) -> Result<Held, Problem> {
        let mut held = budget.begin(IpAddr::from([192, 0, 2, sender]));
        if files {
            held.with_files();
        }
        let mut body = Vec::new();
        for _ in 0..bytes / 4096 {
            held.extend(&mut body, &[0; 4096])?;
        }
        assert_eq!(body.len(), bytes);
        assert!(held.bytes >= body.capacity() && held.bytes <= Budget::for_one(bytes), "{}", held.bytes);
        Ok(held)
    }

    #[test]
    fn bytes_past_the_budget_are_refused_and_there_is_room_when_a_request_ends() {
        let budget = Budget::new(40 * MEBIBYTE, 8 * MEBIBYTE);
        let held: Vec<_> = (0..3).map(|sender| hold(&budget, sender, true, 8 * MEBIBYTE).unwrap()).collect();
        assert!(matches!(hold(&budget, 4, true, 8 * MEBIBYTE), Err(Problem::Busy(SOON))), "files have their part");
        drop(hold(&budget, 5, false, 4 * MEBIBYTE).unwrap());
        assert!(hold(&budget, 1, false, 16 * MEBIBYTE).is_err(), "so has a sender");
        drop(held);
        drop(hold(&budget, 4, true, 8 * MEBIBYTE).unwrap());
        let taken = budget.taken();
        assert_eq!((taken.all, taken.files, taken.by_sender.len()), (0, 0, 0));
    }

    #[test]
    fn single_request_fits_in_any_budget() {
        let budget = Budget::new(1, 8 * MEBIBYTE);
        drop(hold(&budget, 1, true, 8 * MEBIBYTE).unwrap());
    }
}
