//! The commands in the documents: each is one that this program understands.

use clap::Parser as _;

use crate::CommandLine;

/// Returns the lines of fenced blocks that call this program, and the calls in the cells of tables.
fn commands(document: &str) -> Vec<&str> {
    let mut is_within = false;
    let mut commands = Vec::new();
    for line in document.lines() {
        if line.starts_with("```") {
            is_within = !is_within;
        } else if is_within {
            commands.extend(Some(line).filter(|line| line.starts_with("putright ")));
        } else if line.starts_with('|') {
            let codes = line.split('`').skip(1).step_by(2);
            commands.extend(codes.filter(|code| code.starts_with("putright ")));
        }
    }
    commands
}

/// Parses a command without running it. `…` stands for more options.
fn fault(command: &str) -> Option<String> {
    let words = command.split_whitespace().filter(|word| *word != "…");
    CommandLine::try_parse_from(words).err().map(|error| format!("{command}: {error}"))
}

#[test]
fn every_command_in_the_documents_can_be_parsed() {
    let receiver = commands(include_str!("../../../docs/receiver.md"));
    let data_protection = commands(include_str!("../../../docs/data-protection.md"));
    assert!(receiver.len() >= 10 && data_protection.len() >= 8, "{receiver:?} {data_protection:?}");
    let faults: Vec<String> = receiver.into_iter().chain(data_protection).filter_map(fault).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn command_that_is_not_understood_is_a_fault() {
    for wrong in ["putright receive", "putright serve --notices a.json", "putright backup --data data"] {
        assert!(fault(wrong).is_some(), "{wrong}");
    }
}
