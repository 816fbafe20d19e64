//! The first of several lists of places, merged.

use std::ops::Range;

use crate::store::StoreError;

/// The first places of several lists, each of which is in the same order.
pub struct MergedPlaces {
    most: usize,
    is_newest_first: bool,
    numbers: Vec<i64>,
    /// The places that there is room for.
    room: Range<i64>,
}

impl MergedPlaces {
    /// Collects the newest places within a range.
    pub fn newest(most: usize, room: Range<i64>) -> Self {
        Self { most, is_newest_first: true, numbers: Vec::new(), room }
    }

    /// Collects the oldest places within a range.
    pub fn oldest(most: usize, room: Range<i64>) -> Self {
        Self { is_newest_first: false, ..Self::newest(most, room) }
    }

    /// Returns the order of each list, in SQL.
    pub fn order(&self) -> &'static str {
        if self.is_newest_first { "DESC" } else { "ASC" }
    }

    /// Returns the most places of a list, for SQL.
    pub fn most(&self) -> i64 {
        i64::try_from(self.most).unwrap_or(i64::MAX)
    }

    /// Returns the range in which the next list may have places. It becomes smaller once there are enough of them.
    pub fn room(&self) -> Range<i64> {
        self.room.clone()
    }

    /// Adds a list.
    pub fn add(&mut self, list: impl Iterator<Item = rusqlite::Result<i64>>) -> Result<(), StoreError> {
        let before = self.numbers.len();
        for number in list {
            self.numbers.push(number?);
        }
        if self.numbers.len() == before {
            return Ok(());
        }
        // Two lists that are in order each: this sort finds them, and merges them.
        let is_newest_first = self.is_newest_first;
        self.numbers.sort_by(|one, other| if is_newest_first { other.cmp(one) } else { one.cmp(other) });
        self.numbers.truncate(self.most);
        if let (true, Some(last)) = (self.numbers.len() == self.most, self.numbers.last()) {
            if self.is_newest_first {
                self.room.start = *last;
            } else {
                self.room.end = *last;
            }
        }
        Ok(())
    }

    /// Returns the places, in their order.
    pub fn numbers(self) -> Vec<i64> {
        self.numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_the_first_of_all_lists() {
        let lists = [vec![2, 5, 9], vec![], vec![1, 3, 8], vec![4, 6, 7]];
        let mut newest = MergedPlaces::newest(4, 0..10);
        let mut oldest = MergedPlaces::oldest(4, 0..10);
        for list in &lists {
            newest.add(list.iter().rev().map(|number| Ok(*number))).unwrap();
            oldest.add(list.iter().map(|number| Ok(*number))).unwrap();
        }
        assert_eq!((newest.room(), oldest.room()), (6..10, 0..4));
        assert_eq!((newest.order(), oldest.order()), ("DESC", "ASC"));
        assert_eq!((newest.numbers(), oldest.numbers()), (vec![9, 8, 7, 6], vec![1, 2, 3, 4]));
    }
}
