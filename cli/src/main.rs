//! Putright's command line.

fn main() {}
