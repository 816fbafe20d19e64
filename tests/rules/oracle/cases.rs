//! Random cases from a seed: every answer that the rules read, each of them missing now and then, with dates close to where
//! a clock ends.

use putright_domain::{
    date::Date,
    guidance::triage::{
        AgeBand, Agreement, ChildStatus, CouncilResponse, ParentAgreement, Proceeding, RefusalReason, SchoolType,
        StageReached, Topic, TransportIssue, Who,
    },
};
use serde_json::{Map, Value, json};

use crate::common::{date, naive::Naive};

/// Days on which something is special: Christmas, a leap day and the days a year on, the end of the data.
const DAYS: [&str; 8] =
    ["2026-12-17", "2027-01-04", "2027-03-31", "2028-02-29", "2025-02-28", "2025-03-01", "2028-11-20", "2029-05-01"];

/// The lengths of clocks in working days.
const LENGTHS: [u32; 9] = [3, 5, 10, 15, 20, 25, 30, 40, 65];

/// Numbers from a seed: `SplitMix64`.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: u32) -> u32 {
        u32::try_from(self.next() % u64::from(end)).unwrap()
    }

    /// Returns true in so many of a hundred.
    fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    pub fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(u32::try_from(list.len()).unwrap()) as usize]
    }
}

/// One case: its answers as JSON.
pub fn case(random: &mut Random) -> Value {
    let mut facts = Map::new();
    people(random, &mut facts);
    topics(random, &mut facts);
    let any_day = date("2024-06-01").plus_days(random.below(365 * 5));
    let today = if random.chance(40) { date(random.of(&DAYS)) } else { any_day };
    if random.chance(95) {
        facts.insert("sent_date".to_owned(), json!(today));
    }
    stage(random, &mut facts);
    dates(random, &mut facts, today);
    Value::Object(facts)
}

/// Puts an answer in, most of the time.
fn maybe(random: &mut Random, facts: &mut Map<String, Value>, key: &str, percent: u32, ids: &[&str]) {
    if random.chance(percent) {
        facts.insert(key.to_owned(), json!(random.of(ids)));
    }
}

fn people(random: &mut Random, facts: &mut Map<String, Value>) {
    maybe(random, facts, "who", 92, Who::IDS);
    maybe(random, facts, "age_band", 40, AgeBand::IDS);
    let mut acting_for = Map::new();
    maybe(random, &mut acting_for, "child_agrees", 60, Agreement::IDS);
    maybe(random, &mut acting_for, "parent_agrees", 60, ParentAgreement::IDS);
    if !acting_for.is_empty() {
        facts.insert("acting_for".to_owned(), Value::Object(acting_for));
    }
    maybe(random, facts, "child_status", 85, ChildStatus::IDS);
    for (key, percent) in [("child_died", 8), ("safeguarding_worry", 10), ("immediate_danger", 1)] {
        if random.chance(percent) {
            facts.insert(key.to_owned(), json!(random.chance(85)));
        }
    }
}

fn topics(random: &mut Random, facts: &mut Map<String, Value>) {
    let several = |random: &mut Random, count: u32, ids: &[&'static str]| {
        let mut chosen: Vec<&str> = (0..count).map(|_| random.of(ids)).collect();
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    };
    let count = random.below(5);
    let mut chosen = several(random, count, Topic::IDS);
    // The two with details of their own come up more often.
    if random.chance(8) && chosen.len() < 4 {
        let more = random.of(&["school", "send_transport"]);
        chosen.retain(|topic| *topic != more);
        chosen.push(more);
    }
    if !chosen.is_empty() || random.chance(50) {
        facts.insert("topics".to_owned(), json!(chosen));
    }
    maybe(random, facts, "school_type", 60, SchoolType::IDS);
    maybe(random, facts, "transport_issue", 60, TransportIssue::IDS);
    if random.chance(60) {
        facts.insert("told_provider".to_owned(), json!(random.chance(50)));
    }
    if random.chance(50) {
        let count = random.below(4);
        facts.insert("proceedings".to_owned(), json!(several(random, count, Proceeding::IDS)));
    }
}

fn stage(random: &mut Random, facts: &mut Map<String, Value>) {
    // Half are first complaints: there the topics decide most.
    if random.chance(55) {
        maybe(random, facts, "stage_reached", 90, StageReached::IDS);
        maybe(random, facts, "council_response", 45, CouncilResponse::IDS);
        maybe(random, facts, "refusal_reason", 45, RefusalReason::IDS);
    }
}

/// Returns a date for a stage: a time limit or two before today, to the day or close to it.
fn before(random: &mut Random, today: Date) -> Date {
    let naive = Naive::shipped();
    let near = |random: &mut Random, day: Date| back(day, 1).plus_days(random.below(3));
    match random.below(10) {
        0 | 1 => back(today, random.below(160)),
        2 => back(today, random.below(30)),
        3 => today.plus_days(random.below(40)),
        4 => {
            let year = back(today, 366);
            near(random, year)
        }
        _ => {
            let length = random.of(&LENGTHS) + random.of(&[0, 0, 5]);
            let mut end = today;
            while !naive.is_working(end) {
                end = back(end, 1);
            }
            let start = naive.before(end, length);
            near(random, start)
        }
    }
}

/// Returns the day `count` days earlier.
fn back(day: Date, count: u32) -> Date {
    let first = date("2019-01-01");
    first.plus_days(u32::try_from(day.days_since(first)).unwrap() - count)
}

/// A day, or now and then its month alone.
fn written(random: &mut Random, day: Date) -> Value {
    let text = day.to_string();
    if random.chance(25) { json!(text[..7]) } else { json!(text) }
}

fn dates(random: &mut Random, facts: &mut Map<String, Value>, today: Date) {
    let later = facts.contains_key("stage_reached") || facts.contains_key("council_response");
    let keys = [
        "stage1_sent",
        "acknowledged",
        "stage1_reply_received",
        "stage2_sent",
        "statement_agreed",
        "stage2_reply_received",
        "stage3_sent",
        "panel_met",
        "panel_report_received",
        "aware_since",
    ];
    for key in keys {
        if random.chance(if later { 55 } else { 8 }) {
            let day = before(random, today);
            facts.insert(key.to_owned(), written(random, day));
        }
    }
    for key in ["event_date", "aware_since"] {
        if random.chance(35) {
            let day = back(today, 420).plus_days(random.below(110));
            let day = if random.chance(50) { back(today, 367).plus_days(random.below(4)) } else { day };
            facts.insert(key.to_owned(), written(random, day));
        }
    }
    if random.chance(35) {
        let near = Naive::shipped().after(today, 9).plus_days(random.below(5));
        let any = back(today, 40).plus_days(random.below(100));
        let day = if random.chance(60) { near } else { any };
        let given = if random.chance(30) { json!(random.of(&["today", "not_known"])) } else { written(random, day) };
        facts.insert("about_to_happen".to_owned(), given);
    }
    if random.chance(5) {
        facts.insert("late_reason".to_owned(), json!("I was ill."));
    }
}
