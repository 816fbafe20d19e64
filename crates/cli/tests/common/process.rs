//! The memory and the processor time of a process, as Linux counts them.

use std::fs;

/// A process, by its number.
#[derive(Clone, Copy)]
pub struct Process(pub u32);

/// The memory and the time that a process used between two moments.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    /// How far its memory rose above what it had, in kilobytes.
    pub memory: u64,
    /// How long its threads ran, in milliseconds. The kernel counts in steps of 10.
    pub processor: u64,
}

impl Process {
    fn read(self, file: &str) -> String {
        fs::read_to_string(format!("/proc/{}/{file}", self.0)).unwrap()
    }

    fn status(self, name: &str) -> u64 {
        let status = self.read("status");
        let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// Its memory now, in kilobytes.
    pub fn memory(self) -> u64 {
        self.status("VmRSS")
    }

    /// The most memory it has had, in kilobytes.
    pub fn peak(self) -> u64 {
        self.status("VmHWM")
    }

    /// How long its threads have run, in milliseconds.
    pub fn processor(self) -> u64 {
        let stat = self.read("stat");
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
        let ticks = |at: usize| fields[at].parse::<u64>().unwrap();
        // Fields 14 and 15 of proc(5), in hundredths of a second.
        (ticks(11) + ticks(12)) * 10
    }

    /// Runs `of` and returns its result, with the memory and the time that the process used meanwhile.
    pub fn cost<T>(self, of: impl FnOnce() -> T) -> (T, Cost) {
        // The most so far is forgotten: proc(5), clear_refs.
        fs::write(format!("/proc/{}/clear_refs", self.0), "5").unwrap();
        let (memory, processor) = (self.memory(), self.processor());
        let result = of();
        let cost = Cost { memory: self.peak().saturating_sub(memory), processor: self.processor() - processor };
        (result, cost)
    }
}
