//! The dates ahead as a calendar file.

use crate::{
    effect::File,
    model::Model,
    view_model::{
        reference,
        timeline::{self, is_ahead},
    },
};
use putright_domain::{
    delivery::state_machine::Delivery,
    documents::calendar::{self, Entry},
    guidance::timeline::{Standing, TimelineEvent},
    messages::MessageId,
};

/// Returns the dates that lie ahead as a calendar file. Others may see a calendar, so its titles say nothing of a complaint.
pub fn calendar_file(model: &Model, reminders: bool) -> File {
    let content = &model.bundle().content;
    let known = reference::known_as(model).join("\n");
    let is_sent = matches!(model.delivery(), Delivery::Delivered(_));
    let mut entries = Vec::new();
    for moment in timeline::timeline(model, &model.advice()).moments {
        let (clock, latest, title) = match moment.event {
            TimelineEvent::Due(clock) if clock.is_the_persons() => (clock, "", MessageId::CalendarOwn),
            TimelineEvent::Due(clock) => (clock, "", MessageId::CalendarReply),
            TimelineEvent::Latest(clock) => (clock, ".latest", MessageId::CalendarLatest),
            TimelineEvent::Past(_) | TimelineEvent::Today => continue,
        };
        if !is_ahead(&moment) {
            continue;
        }
        let only_if = moment.standing == Standing::IfAsked && !is_sent;
        let [asked, end] = if only_if { [content.word(MessageId::TimelineIfAsked), "\n"] } else { [""; 2] };
        entries.push(Entry {
            uid: [clock.id(), latest, ".", &moment.day.to_string(), "@", &model.council().id, ".putright"].concat(),
            day: moment.day,
            summary: content.owned_word(title),
            description: [asked, end, &known].concat(),
        });
    }
    File {
        name: [content.word(MessageId::CalendarFile), ".ics"].concat(),
        media_type: "text/calendar;charset=utf-8",
        text: calendar::write(&entries, model.day(), reminders),
    }
}
