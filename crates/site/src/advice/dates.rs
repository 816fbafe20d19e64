//! Days as people write them, as a file must have them.

use putright_domain::date::Date;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Returns the day that a text means; in 03/04/2026 the day comes first, as people write it in Britain.
pub fn meant(text: &str) -> Option<Date> {
    // A time may follow: 2026-11-21T10:00:00Z.
    let day = text.split_once('T').filter(|(day, _)| day.contains('-')).map_or(text, |(day, _)| day);
    let parts: Vec<&str> = day.split(|one: char| !one.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let (year, month, date) = match parts.as_slice() {
        [whole] if whole.len() == 8 => (whole.get(..4)?, whole.get(4..6)?, whole.get(6..)?),
        [year, month, date] if year.len() == 4 && month_of(year).is_some() => (*year, *month, *date),
        [month, date, year] if month.starts_with(char::is_alphabetic) => (*year, *month, *date),
        [date, month, year] => (*year, *month, *date),
        _ => return None,
    };
    let ordinal = date.trim_end_matches(|one: char| one.is_alphabetic());
    let of = |month: u32, date: u32| Date::parse_iso(&format!("{year:0>4}-{month:02}-{date:02}"));
    let (month, date) = (month_of(month)?, ordinal.parse().ok()?);
    if year.len() != 4 {
        return None;
    }
    // 12/31/2026: the month comes first.
    of(month, date).or_else(|| (month > 12).then(|| of(date, month)).flatten())
}

/// Returns whether a text has the form of a day, of which there is none in the calendar.
pub fn is_no_day(text: &str) -> bool {
    let shape = |(at, byte): (usize, u8)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(shape)
}

/// The number of a month, by its name or as a number.
fn month_of(text: &str) -> Option<u32> {
    let name = text.to_lowercase();
    let named = MONTHS.iter().position(|month| name.starts_with(month)).and_then(|at| u32::try_from(at + 1).ok());
    named.or_else(|| text.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::{is_no_day, meant};

    #[test]
    fn days_are_understood_as_people_write_them() {
        for (text, day) in [
            ("21/11/2026", "2026-11-21"),
            ("12/31/2026", "2026-12-31"),
            ("03/04/2026", "2026-04-03"),
            ("31.12.2026", "2026-12-31"),
            ("2026/11/21", "2026-11-21"),
            ("2026-11-1", "2026-11-01"),
            ("20261121", "2026-11-21"),
            ("21 November 2026", "2026-11-21"),
            ("21st Nov 2026", "2026-11-21"),
            ("November 21, 2026", "2026-11-21"),
            ("2026-11-21T10:00:00Z", "2026-11-21"),
        ] {
            assert_eq!(meant(text).map(|day| day.to_string()).as_deref(), Some(day), "{text}");
        }
        for text in ["", "soon", "2026", "2026-02-30", "21/11/26", "1/2/3/4", "99/99/2026"] {
            assert_eq!(meant(text), None, "{text}");
        }
        assert!(is_no_day("2026-02-30") && !is_no_day("2026/02/30"));
    }
}
