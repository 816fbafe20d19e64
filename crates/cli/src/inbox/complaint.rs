//! One complaint, in words.

use putright::ui::{
    officer::{Cell, InboxPart, Table},
    parts::{self, Item, ItemControl},
};
use putright_domain::{messages::fill, submission::format::Submission};
use putright_server::{
    file_scan::FileScan,
    inbox::pages::{ComplaintView, Frame},
};

use super::{
    InboxDrawing, form, heading, prose,
    rows::{RowWriter, Rows},
    title,
};

impl InboxDrawing {
    /// The parts of the page.
    pub(super) fn complaint_parts(&self, frame: &Frame, view: &ComplaintView) -> Vec<InboxPart> {
        let (words, submission) = (&self.words, &view.submission);
        let mut parts = vec![self.back(frame), title(&view.line.reference)];
        if view.is_wrong {
            let errors = vec![("number".to_owned(), words.taken.wrong.clone())];
            parts.insert(0, InboxPart::Shared(parts::Part::Errors(errors)));
        }
        if view.line.is_urgent {
            parts.push(InboxPart::Warning(words.urgent_warning.clone()));
        }
        if view.scans.iter().any(FileScan::is_quarantined) {
            parts.push(InboxPart::Warning(words.quarantine_warning.clone()));
        }
        if let Some(safety) = submission.contact.safety.as_deref().filter(|safety| !safety.trim().is_empty()) {
            parts.push(InboxPart::Warning(fill(&words.safety_first, &[("words", safety)])));
        }
        let sections = &words.sections;
        let mut section = |head: &str, rows: Rows| {
            if !rows.is_empty() {
                parts.extend([heading(head), InboxPart::Shared(parts::Part::Rows(rows))]);
            }
        };
        section(&sections.summary, self.summary_rows(view));
        section(&sections.contact, self.contact_rows(submission));
        let is_one = submission.points.len() == 1;
        for (number, point) in (1..).zip(&submission.points) {
            let numbered = fill(&sections.point, &[("number", &number.to_string())]);
            section(if is_one { &sections.story } else { &numbered }, self.point_rows(point));
        }
        section(&sections.about, self.about_rows(submission));
        section(&sections.acting, self.acting_rows(submission));
        for (number, child) in (1..).zip(&submission.children) {
            section(&fill(&sections.child, &[("number", &number.to_string())]), self.child_rows(child));
        }
        if let Some(follow_up) = &submission.follow_up {
            section(&sections.follow_up, self.follow_up_rows(follow_up));
        }
        section(&sections.young, self.young_rows(submission));
        section(&sections.wishes, self.wish_rows(submission));
        let other = submission.other_answers.iter().map(|(id, all)| (id.to_owned(), all.join("\n")));
        section(&sections.other, other.collect());
        if let Some((told, rows)) = self.clocks(&view.line, submission) {
            parts.extend([heading(&sections.clocks), prose(vec![told]), InboxPart::Shared(parts::Part::Rows(rows))]);
        }
        let guidance = self.guidance_rows(submission);
        if !guidance.is_empty() {
            parts.extend([heading(&sections.guidance), InboxPart::Shared(parts::Part::Rows(guidance))]);
        }
        parts.extend(self.files(frame, view));
        parts.extend(self.actions(frame, view));
        parts
    }

    fn summary_rows(&self, view: &ComplaintView) -> Rows {
        let (line, submission) = (&view.line, &view.submission);
        let register = self.content().registers.iter().find(|(id, _)| *id == submission.register);
        let register = register.map_or(submission.register.as_str(), |(_, name)| name);
        RowWriter::new(self)
            .text("reference", Some(&line.reference))
            .text("received", Some(&self.received(&line.received_at)))
            .text("sent_on", Some(&self.day(submission.sent_on)))
            .text("council", Some(&self.council(&line.council)))
            .truth("council_not_known", submission.council_not_known.then_some(false))
            .text("kind", Some(&self.words.kind(&line.kind)))
            .text("state", Some(&self.words.state(line.state)))
            .text("taken_as", line.taken_as.as_deref())
            .text("held", line.is_held.then_some(self.words.held.as_str()))
            .text("language", Some(&submission.language))
            .text("register", Some(register))
            .text("replaces", submission.replaces.as_deref())
            .done()
    }

    fn guidance_rows(&self, submission: &Submission) -> Rows {
        let Some(guidance) = &submission.guidance else { return Rows::new() };
        let content = self.content();
        let council = self.council(&submission.council);
        let with_council = |words: &str| fill(words, &[("council", &council)]);
        let outcome = content.outcome(guidance.outcome).map(|words| with_council(&words.title));
        let routes = guidance.parts.iter().map(|(topic, route)| {
            let words = content.route(topic, *route).map_or("", |words| words.title.as_str());
            format!("{}: {}", self.option("topics", topic.id()), with_council(words))
        });
        let flags = guidance.flags.iter().filter_map(|flag| content.flag(flag)).map(|words| with_council(&words.title));
        RowWriter::new(self)
            .text("outcome", outcome.as_deref())
            .text("route", Some(&routes.collect::<Vec<_>>().join("\n")))
            .text("flags", Some(&flags.collect::<Vec<_>>().join("\n")))
            .text("questions", Some(&guidance.questions.join("\n")))
            .done()
    }

    fn files(&self, frame: &Frame, view: &ComplaintView) -> Vec<InboxPart> {
        let (words, reference) = (&self.words.file, &view.line.reference);
        if view.submission.files.is_empty() {
            return Vec::new();
        }
        let rows = (1_usize..).zip(&view.submission.files).map(|(place, file)| {
            let scan = view.scans.get(place - 1).cloned().unwrap_or_default();
            let place = place.to_string();
            vec![
                Cell::Link(
                    format!("{}inbox/{reference}/files/{place}", frame.up),
                    fill(&words.get, &[("place", &place)]),
                ),
                Cell::Text(file.name.clone()),
                Cell::Text(file.media_type.clone()),
                Cell::Text(self.size(file.bytes)),
                Cell::Text(self.words.scan(&scan)),
            ]
        });
        // The links of that column without their number.
        let which = fill(&words.get, &[("place", "")]).trim().to_owned();
        let head = vec![which, words.name.clone(), words.kind.clone(), words.size.clone(), words.scan.clone()];
        let table = Table { caption: words.caption.clone(), head, rows: rows.collect() };
        vec![heading(&self.words.sections.files), InboxPart::Table(table)]
    }

    fn actions(&self, frame: &Frame, view: &ComplaintView) -> Vec<InboxPart> {
        let (words, reference) = (&self.words, &view.line.reference);
        let number = Item {
            id: "number",
            name: "number".to_owned(),
            label: words.taken.label.clone(),
            hint: vec![words.taken.hint.clone()],
            needed: true,
            error: if view.is_wrong { words.taken.wrong.clone() } else { String::new() },
            value: view.line.taken_as.clone().unwrap_or_default(),
            control: ItemControl::Line("text", "off", None),
        };
        let to = format!("inbox/{reference}/taken");
        let mut parts =
            vec![heading(&words.sections.taken), InboxPart::Form(form(frame, &to, vec![number], &words.taken.send))];
        if view.grants.export {
            let to = format!("inbox/{reference}/export");
            parts.push(InboxPart::Form(form(frame, &to, Vec::new(), &words.export)));
        }
        if view.grants.delete && !view.line.is_held {
            parts.push(InboxPart::Link(format!("{}inbox/{reference}/delete", frame.up), words.delete.link.clone()));
        }
        parts
    }

    /// Returns the size of a file in words.
    pub(super) fn size(&self, bytes: u32) -> String {
        fill(&self.words.file.bytes, &[("kilobytes", &bytes.div_ceil(1024).to_string())])
    }
}
