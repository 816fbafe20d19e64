//! The part of a visit that sends, or hands over by other means: the very same each time, and nothing called lost that may have
//! arrived. [`Courier`] says how far it has come; here is what of the visit goes into it.

use crate::model::{Effect, Event, Focus, Model, only};
use putright_domain::{
    date::Date,
    delivery::{
        attachments::Attachment,
        config::{Channel, DeliveryConfig, Endpoint},
        request::{self, Request, RequestContext, Truncation},
        response::{self, DeliveryError, Receipt, evaluate_response},
        state_machine::{Delivery, DeliveryEffect, DeliveryEvent, Rules},
    },
    form::{
        answer::{Answer, Answers},
        journey::JourneyEnd,
    },
    guidance::facts::ids,
    messages::MessageId,
    route::Route,
    submission::{
        format::Submission,
        from_answers::{self, CompleteAnswers, MissingAnswer},
    },
};

/// The id of the words that say how far it is.
pub const SENDING_STATUS: &str = "sending-status";

/// A submission to send. It is the same on every try, so that the council can recognise it.
#[derive(Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The person's own copy number, and the idempotency key.
    pub id: String,
    /// The submission, as JSON.
    pub body: String,
    /// All questions and answers, in words.
    pub summary: String,
    /// The files that go with it.
    pub files: Vec<Attachment>,
}

impl std::fmt::Debug for Attempt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attempt").field("id", &self.id).finish_non_exhaustive()
    }
}

/// An attempt, with the answers it was made from.
#[derive(Debug)]
pub(super) struct Sent {
    pub attempt: Attempt,
    pub answers: Answers,
    /// The day it says it was sent on.
    pub day: Date,
}

/// The purpose of the number that is being made: sending, or another channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Wanted {
    #[default]
    Sending,
    By(Channel),
}

impl Model {
    fn can_send(&self) -> bool {
        let open = matches!(self.courier.state(), Delivery::Ready | Delivery::Failed(_));
        open && self.elsewhere.is_none() && self.walk().end == JourneyEnd::Check
    }

    /// Send was pressed, or another way was chosen.
    pub(super) fn send_by(&mut self, wanted: Wanted) -> Vec<Effect> {
        if let (Delivery::Delivered(_), Wanted::By(Channel::DownloadHtml)) = (self.courier.state(), wanted) {
            return self.save(self.copy_as_page());
        }
        if self.elsewhere.is_some() {
            return only(Effect::Focus(Focus::Summary));
        }
        if !self.can_send() {
            return Vec::new();
        }
        if !self.agreed() {
            return only(Effect::Focus(Focus::Summary));
        }
        if self.has_files() && self.answers.get(ids::FILES).is_none() {
            // Another council than they were chosen for may not take them.
            if self.hold_files().is_some() {
                return only(Effect::Go(self.route_of(ids::FILES)));
            }
            let answer = self.files_answer();
            self.answers.set(ids::FILES, answer);
        }
        self.wanted = wanted;
        only(Effect::MakeId)
    }

    /// The file of the last try that a place in the submission is about.
    pub fn file_at(&self, pointer: &str) -> Option<&Attachment> {
        let place = pointer.strip_prefix("/files/")?.split('/').next()?.parse::<usize>().ok()?;
        self.attempt()?.files.get(place)
    }

    /// The files for which the backend refused the last try: those that it names, or all where it may be any.
    pub fn files_refused(&self) -> Vec<&Attachment> {
        let all = || self.attempt().map(|attempt| attempt.files.iter().collect()).unwrap_or_default();
        match self.courier.state() {
            Delivery::Failed(DeliveryError::TooLarge) => all(),
            Delivery::Failed(DeliveryError::Refused(refusals)) => {
                let named: Vec<&Attachment> =
                    refusals.iter().filter_map(|refusal| self.file_at(&refusal.pointer)).collect();
                let some = refusals.iter().any(|refusal| refusal.pointer.starts_with("/files"));
                if named.is_empty() && some { all() } else { named }
            }
            _ => Vec::new(),
        }
    }

    /// It is to be sent without the files that were refused.
    pub(super) fn send_without(&mut self) -> Vec<Effect> {
        let refused: Vec<u32> = self.files_refused().into_iter().map(|file| file.id).collect();
        let mut commands = self.take_out(&refused);
        commands.extend(self.send_by(Wanted::Sending));
        commands
    }

    /// A number has come: what is wanted is made, or taken up again where it is the same, and goes its way.
    pub(super) fn number_made(&mut self, fresh_id: &str) -> Vec<Effect> {
        if !self.can_send() {
            return Vec::new();
        }
        let answers = self.answers_on_the_way();
        let files = self.files().to_vec();
        match self.attempt.take() {
            // The very same again, so that a backend that has it already can tell.
            Some(sent) if sent.answers == answers && sent.attempt.files == files => self.attempt = Some(sent),
            earlier => {
                // Of several tabs with the same draft, the first try is the same: a backend that has it already can tell.
                let visit = self.visit.clone();
                let fresh_id = if earlier.is_none() && !visit.is_empty() { &visit } else { fresh_id };
                let lost = earlier.filter(|_| self.courier.may_have_arrived());
                let replaces = lost.as_ref().map(|sent| sent.attempt.id.as_str());
                match self.new_attempt(&answers, files, fresh_id, replaces) {
                    Ok(attempt) => self.attempt = Some(Sent { attempt, answers, day: self.today }),
                    Err(MissingAnswer(question)) => {
                        self.attempt = lost;
                        return only(Effect::Go(self.route_of(question)));
                    }
                }
                self.courier.another();
            }
        }
        match self.wanted {
            Wanted::Sending => self.send(),
            Wanted::By(means) => self.hand_over(means),
        }
    }

    fn send(&mut self) -> Vec<Effect> {
        let told = std::mem::take(&mut self.cut);
        if told.is_none()
            && let Some((_, cut)) = self.request(&self.delivery_config().endpoint)
            && let Some(cut) = cut.into_iter().next()
        {
            // What does not fit is said before it is sent.
            self.cut = Some(cut);
            return only(Effect::Focus(Focus::Summary));
        }
        self.delivery_happened(DeliveryEvent::Asked)
    }

    /// Something happened to what is sent: what the browser has to do, and what the person must see.
    pub(super) fn delivery_happened(&mut self, happened: DeliveryEvent) -> Vec<Effect> {
        let Some(id) = self.attempt.as_ref().map(|sent| sent.attempt.id.clone()) else { return Vec::new() };
        let before = self.courier.state().clone();
        let asked = matches!(happened, DeliveryEvent::Asked | DeliveryEvent::HandedOver(Channel::Form));
        let rules = Rules::of(self.delivery_config());
        let step = self.courier.update(happened, rules, &id);
        let mut commands = match step {
            Some(DeliveryEffect::Send) => {
                let request = self.request(&self.delivery_config().endpoint);
                request.map(|(request, _)| Effect::Deliver(Box::new(request))).into_iter().collect()
            }
            Some(DeliveryEffect::Open) => self.open_form(),
            Some(DeliveryEffect::Wait { milliseconds, number }) => only(Effect::WaitToSend { milliseconds, number }),
            Some(DeliveryEffect::Stop) => only(Effect::StopSending),
            None => Vec::new(),
        };
        if *self.courier.state() == before && !asked {
            return commands;
        }
        match self.courier.state() {
            Delivery::Delivered(receipt) => {
                commands.extend(self.tell_sent(receipt.reference.clone()));
                commands.extend(self.drop_sent());
                commands.extend(self.files_delivered());
                commands.extend([Effect::WarnOnLeaving(false), Effect::Replace(Route::Sent)]);
            }
            Delivery::Failed(_) => {
                // Whoever is reading the guide meanwhile must see it.
                let away = self.route != Route::Check;
                commands.extend(self.keep_now());
                commands.push(if away { Effect::Go(Route::Check) } else { Effect::Focus(Focus::Summary) });
            }
            // Should the browser die on the way, what is kept knows that it may have arrived.
            Delivery::Sending => {
                commands.extend(self.keep_now());
                // The page gets shorter above what was pressed.
                if asked {
                    commands.push(Effect::Focus(Focus::Element(SENDING_STATUS.to_owned())));
                }
            }
            Delivery::Ready | Delivery::Waiting(_) => {}
        }
        commands
    }

    /// Another tab with the same draft has sent it: it is not sent a second time.
    pub(super) fn sent_elsewhere(&mut self, visit: &str, reference: String) -> Vec<Effect> {
        let unopened = self.drop_sent_elsewhere(visit);
        if !unopened.is_empty() {
            return unopened;
        }
        if visit != self.visit || matches!(self.courier.state(), Delivery::Delivered(_)) {
            return Vec::new();
        }
        self.elsewhere = Some(reference);
        let mut commands = self.drop_sent();
        commands.push(Effect::Tell(self.elsewhere_words().unwrap_or_default()));
        commands
    }

    /// Returns the message that another tab has sent the submission. Returns `None` if none has.
    pub fn elsewhere_words(&self) -> Option<String> {
        let (reference, content) = (self.elsewhere.as_ref()?, &self.bundle.content);
        let told = content.owned_word(MessageId::SentElsewhere);
        let known = !reference.is_empty();
        Some(if known { [&told, " ", content.word(MessageId::SentReference), " ", reference].concat() } else { told })
    }

    fn hand_over(&mut self, means: Channel) -> Vec<Effect> {
        let offered = self.means_offered().into_iter().any(|fallback| fallback.means == means);
        if !offered {
            return Vec::new();
        }
        let mut commands = self.delivery_happened(DeliveryEvent::HandedOver(means));
        match means {
            Channel::Print => commands.push(Effect::Print),
            Channel::DownloadHtml => commands.extend(self.save(self.copy_as_page())),
            Channel::DownloadJson => commands.extend(self.save(self.copy_as_data())),
            Channel::Copy => commands.extend(self.copy_as_text().map(Effect::Copy)),
            Channel::Email => commands.extend(self.copy_by_email()),
            Channel::Telephone => commands.push(Effect::Go(Route::ReadOut)),
            Channel::Post => commands.push(Effect::Go(Route::ByPost)),
            Channel::Form => {}
        }
        commands
    }

    /// The council's own page, by the way itself or by a way besides.
    fn open_form(&self) -> Vec<Effect> {
        let config = self.delivery_config();
        let besides = config.fallbacks.iter().find_map(|fallback| fallback.form.as_deref());
        let asked = matches!(self.wanted, Wanted::By(Channel::Form));
        let endpoint = if asked { besides.unwrap_or(&config.endpoint) } else { &config.endpoint };
        let request = self.request(endpoint);
        let opens = endpoint.opens;
        request.map(|(request, _)| Effect::OpenForm(Box::new(request), opens)).into_iter().collect()
    }

    /// Returns the request to an endpoint, and the truncations it causes.
    fn request(&self, endpoint: &Endpoint) -> Option<(Request, Vec<Truncation>)> {
        let attempt = self.attempt()?;
        Some(Request::new(
            endpoint,
            RequestContext {
                json: &attempt.body,
                summary: &attempt.summary,
                id: &attempt.id,
                files: &attempt.files,
                rules: self.delivery_config().files.as_ref(),
            },
        ))
    }

    /// How the council that it is about takes submissions.
    pub fn delivery_config(&self) -> &DeliveryConfig {
        &self.council().delivery
    }

    fn new_attempt(
        &self,
        answers: &Answers,
        files: Vec<Attachment>,
        id: &str,
        replaces: Option<&str>,
    ) -> Result<Attempt, MissingAnswer> {
        let advice = self.advice();
        let content = &self.bundle.content;
        let rules = self.delivery_config().files.as_ref();
        let submission = Submission::try_from(CompleteAnswers {
            answers,
            advice: &advice,
            questions: self.questions_for_council(&advice),
            letter: self.letter_to_send(),
            instead: self.said_instead(answers),
            files: &request::listed(&files, rules, id),
            council: &self.council().id,
            language: &content.language,
            register: &content.register,
            id,
            replaces,
            today: self.today,
        })?;
        Ok(Attempt { id: id.to_owned(), body: submission.to_json(), summary: self.summary(), files })
    }

    /// Returns the label of the option ticked in place of an account of what happened.
    fn said_instead(&self, answers: &Answers) -> Option<String> {
        let question = self.bundle.flow.question(ids::TELL_HOW)?;
        match answers.get(ids::TELL_HOW)? {
            Answer::One(option) if option != from_answers::WRITE => Some(self.option_label(question, option)),
            _ => None,
        }
    }

    /// Evaluates the response to the last try, and notes how many files arrived.
    ///
    /// # Errors
    /// Returns an error for every response that does not prove success.
    pub fn evaluate_response(&mut self, answer: &response::Response) -> Result<Receipt, DeliveryError> {
        let sent = self.attempt().map_or(0, |attempt| attempt.files.len());
        let config = self.delivery_config();
        let receipt = evaluate_response(&config.endpoint, answer);
        self.files.arrived = config.files.as_ref().and_then(|rules| rules.arrived(answer, sent));
        receipt
    }

    /// How many files went with what was sent, and how many of them the council's backend says that it has.
    pub fn files_arrived(&self) -> (usize, Option<usize>) {
        (self.attempt().map_or(0, |attempt| attempt.files.len()), self.files.arrived)
    }

    /// A try came to its end.
    pub(super) fn delivered(&mut self, result: Result<Receipt, DeliveryError>) -> Vec<Effect> {
        self.delivery_happened(DeliveryEvent::Ended(result))
    }

    /// The device is connected again, or no longer.
    pub(super) fn connected(&mut self, online: bool) -> Vec<Effect> {
        self.courier.connected(online);
        Vec::new()
    }
}

/// Returns whether an event may change the check page.
pub(super) fn shows(event: &Event, model: &Model) -> bool {
    match event {
        Event::Delivered(_) | Event::SendingStopped | Event::WaitedToSend(_) => true,
        Event::Online(online) => {
            *online != model.courier.is_online() && matches!(model.courier.state(), Delivery::Failed(_))
        }
        _ => false,
    }
}
