//! The results, as a table for people, between two marks of `docs/design-system.md`.

use std::{collections::BTreeMap, env, fmt::Write, fs, path::Path};

/// The outcome of a fixture.
pub enum Outcome {
    Matched,
    /// For these reasons.
    Differs(Vec<&'static str>),
    /// Ours has not these options, for these reasons.
    Lacks(Vec<(String, &'static str)>),
}

/// A fixture.
pub struct Found {
    pub name: String,
    pub outcome: Outcome,
}

const MARKS: [&str; 2] = ["<!-- compared -->\n", "<!-- /compared -->\n"];

/// The tables.
pub fn written(found: &BTreeMap<&str, Vec<Found>>, everywhere: &[(&str, &str)], absent: &[(&str, &str)]) -> String {
    let mut table = "| component | fixtures | matched | differs | not applicable |\n|---|---|---|---|---|\n".to_owned();
    let mut reasons = String::new();
    let mut total = [0; 4];
    for (component, all) in found {
        let count = |wanted: fn(&Outcome) -> bool| all.iter().filter(|one| wanted(&one.outcome)).count();
        let row = [
            all.len(),
            count(|one| matches!(one, Outcome::Matched)),
            count(|one| matches!(one, Outcome::Differs(_))),
            count(|one| matches!(one, Outcome::Lacks(_))),
        ];
        for (sum, more) in total.iter_mut().zip(row) {
            *sum += more;
        }
        writeln!(table, "| {component} | {} | {} | {} | {} |", row[0], row[1], row[2], row[3]).unwrap();
        reasons.push_str(&told(component, all, everywhere));
    }
    let mut general = String::new();
    for (option, why) in everywhere {
        let lacks = |one: &&Found| matches!(&one.outcome, Outcome::Lacks(options) if options.iter().any(|(path, given)| path == option && given == why));
        let count = found.values().flatten().filter(lacks).count();
        writeln!(general, "- `{option}`: {why} ({count} fixtures)").unwrap();
    }
    writeln!(table, "| **all** | {} | {} | {} | {} |", total[0], total[1], total[2], total[3]).unwrap();
    let mut text = format!(
        "{table}\n### Why\n\n**All**\n\n{general}\n{reasons}### Components that the app does without\n\n| component | why |\n|---|---|\n"
    );
    for (component, why) in absent {
        writeln!(text, "| {component} | {why} |").unwrap();
    }
    text
}

fn told(component: &str, all: &[Found], everywhere: &[(&str, &str)]) -> String {
    let mut differs: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut lacks: BTreeMap<&str, (&str, Vec<&str>)> = BTreeMap::new();
    for Found { name, outcome } in all {
        match outcome {
            Outcome::Matched => {}
            Outcome::Differs(reasons) => {
                for reason in reasons {
                    differs.entry(reason).or_default().push(name);
                }
            }
            Outcome::Lacks(options) => {
                for (option, why) in options.iter().filter(|(option, why)| !everywhere.contains(&(option, why))) {
                    let names = &mut lacks.entry(option).or_insert((why, Vec::new())).1;
                    if !names.contains(&name.as_str()) {
                        names.push(name);
                    }
                }
            }
        }
    }
    if differs.is_empty() && lacks.is_empty() {
        return String::new();
    }
    let mut text = format!("**{component}**\n\n");
    for (reason, names) in differs {
        writeln!(text, "- Differs: {reason} ({})", names.join("; ")).unwrap();
    }
    for (option, (why, names)) in lacks {
        writeln!(text, "- `{option}`: {why} ({})", names.join("; ")).unwrap();
    }
    text.push('\n');
    text
}

/// Writes the tables with `UPDATE=1`, and otherwise holds the document to them.
pub fn hold(tables: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/design-system.md");
    let document = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (before, rest) = document.split_once(MARKS[0]).expect("the mark where the tables begin");
    let (_, after) = rest.split_once(MARKS[1]).expect("the mark where the tables end");
    let wanted = [before, MARKS[0], "\n", tables, "\n", MARKS[1], after].concat();
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, wanted).unwrap();
    } else {
        assert!(
            document == wanted,
            "docs/design-system.md is not what was found; write it again with\n  UPDATE=1 cargo test --package putright --test design_system"
        );
    }
}
