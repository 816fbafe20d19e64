//! The name that is meant by one that is nearly right.

/// Returns the name that is meant: the same but for capital letters and dashes, or with one or two letters wrong.
pub fn nearest<'a>(name: &str, names: &[&'a str]) -> Option<&'a str> {
    let wanted = plain(name);
    let most = match wanted.len() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    };
    let near = names.iter().map(|known| (distance(&wanted, &plain(known)), *known)).filter(|(far, _)| *far <= most);
    near.min_by_key(|(far, _)| *far).map(|(_, known)| known)
}

/// A name without what people write in different ways.
fn plain(name: &str) -> Vec<char> {
    name.chars().filter(|one| one.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The number of letters to add, to take away or to change (Levenshtein).
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.iter().enumerate() {
        let mut before = at;
        let mut last = at + 1;
        for (cell, known) in row.iter_mut().skip(1).zip(other) {
            let changed = before + usize::from(letter != known);
            before = *cell;
            last = changed.min(before + 1).min(last + 1);
            *cell = last;
        }
        if let Some(first) = row.first_mut() {
            *first = at + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn a_slip_of_the_keyboard_is_told_from_another_name() {
        let names = ["colour", "short_name", "name", "source", "service_name"];
        for (name, meant) in [
            ("color", Some("colour")),
            ("Name", Some("name")),
            ("short-name", Some("short_name")),
            ("shortname", Some("short_name")),
            ("sourse", Some("source")),
            ("servise_name", Some("service_name")),
            ("text", None),
            ("no", None),
        ] {
            assert_eq!(nearest(name, &names), meant, "{name}");
        }
        let letters = |word: &str| word.chars().collect::<Vec<_>>();
        assert_eq!(distance(&letters("kitten"), &letters("sitting")), 3);
        assert_eq!(distance(&letters(""), &letters("abc")), 3);
    }
}
