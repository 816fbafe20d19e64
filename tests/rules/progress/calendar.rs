//! The dates ahead, as a calendar file.

use super::{OVERDUE, TODAY, asked, day, page, words};
use crate::common::{date, drive};
use icalendar::{Calendar, CalendarComponent, Component, DatePerhapsTime};
use putright_app::{Effect, Event, File, view_model};
use putright_domain::{date::Date, guidance::timeline::Standing};

/// The days of a calendar file, with the title, the description and the number of alarms of each.
fn read(file: &File) -> Vec<(String, String, String, usize)> {
    let calendar: Calendar = file.text.parse().unwrap_or_else(|error| panic!("{error}\n{}", file.text));
    let mut days: Vec<_> = calendar
        .components
        .iter()
        .map(|component| {
            let CalendarComponent::Event(event) = component else { panic!("not an event: {component:?}") };
            let Some(DatePerhapsTime::Date(day)) = event.get_start() else { panic!("not a whole day: {event:?}") };
            assert!(event.get_uid().is_some() && event.get_timestamp().is_some());
            let told = event.get_description().unwrap_or_default().to_owned();
            (day.to_string(), event.get_summary().unwrap().to_owned(), told, event.components().len())
        })
        .collect();
    days.sort();
    days
}

#[test]
fn calendar_file_holds_the_days_ahead_under_neutral_titles() {
    for (id, stage) in [("bromley", "stage1_waiting"), ("westminster", "stage2_reply"), ("bromley", "stage3_reply")] {
        let dates = ["stage1_sent", "stage2_sent", "stage2_reply_received", "panel_report_received", "aware_since"];
        let mut model = asked(id, stage, &dates.map(|question| (question, day(("1", "12", "2026")))));
        let commands = model.update(Event::SaveCalendar { reminders: false }, date(TODAY));
        let [Effect::Save(file), _] = commands.as_slice() else { panic!("{commands:?}") };
        assert!(file.name == "dates.ics" && file.media_type.starts_with("text/calendar"));
        let days = read(file);
        let content = &model.bundle().content;
        let ahead = |moment: &&putright_app::view_model::MomentLine| {
            matches!(moment.standing, Standing::Coming | Standing::IfAsked)
        };
        let mut shown: Vec<String> =
            page(&model).moments.iter().filter(ahead).map(|moment| moment.day.clone()).collect();
        let told = |(day, ..): &(String, String, String, usize)| content.date(Date::parse_iso(day).unwrap());
        let mut written: Vec<String> = days.iter().map(told).collect();
        shown.sort();
        written.sort();
        assert!(!written.is_empty() && written == shown, "{written:?} {shown:?}");
        let telephone = &model.council().contact.telephone[0].number;
        for (day, title, told, alarms) in &days {
            assert!(day.as_str() > TODAY, "{day} is over");
            assert!(["Reply due", "Last day for a reply", "Last day to ask"].contains(&title.as_str()), "{title}");
            assert!(told.contains(telephone), "{told}");
            assert_eq!(*alarms, 0, "nobody asked to be reminded");
        }
        let reminding = view_model::calendar_file(&model, true);
        assert!(read(&reminding).iter().all(|(.., alarms)| *alarms == 1), "{}", reminding.text);
        assert!(reminding.text.contains("TRIGGER:-PT15H"), "nine in the morning of the day before");
    }
}

#[test]
fn calendar_file_has_the_reference_that_the_person_knows() {
    let known = [("stage1_sent", day(OVERDUE)), ("council_reference", words("CC/17"))];
    let mut model = asked("bromley", "stage1_waiting", &known);
    drive::to_check(&mut model, &[]);
    assert!(read(&view_model::calendar_file(&model, false)).iter().all(|(_, _, told, _)| told.contains("CC/17")));
}
