//! Decides which notices a submission gets, and delivers them.

use std::{path::Path, sync::Arc};

use putright_domain::{
    guidance::triage::Who,
    submission::format::{ContactMethod, Submission},
};

use super::{
    Claimed, NoticeChannel,
    config::{Acknowledge, MailConfig, NotifyConfig, WebhookContent},
    facts::NoticeFacts,
    file_drop::FileDrop,
    mail::Mailer,
    webhook::Webhook,
};
use crate::{ServerError, check_result::CheckResult, stored_file::StoredFile};

/// The reason where another receiver wrote a notice for a channel that this one does not have.
const GONE: &str = "this receiver has no such channel: see --notify";
/// The content of a notice, in words.
const NOTICE: &str = "reference, kind, council, time, urgent or not and the number of files";

/// The channels of `--notify`, ready to be used.
pub struct Plan {
    webhook: Option<Webhook>,
    drop: Option<FileDrop>,
    mail: Option<(Mailer, MailConfig)>,
}

impl Plan {
    /// Reads the file that `--notify` names, and the secrets that it names.
    ///
    /// # Errors
    /// Returns an error if one of them cannot be used.
    pub fn read(path: &Path) -> Result<Arc<Self>, ServerError> {
        let config = NotifyConfig::read(path)?;
        let drop = config
            .drop
            .map(|drop| FileDrop::new(&drop.folder).map_err(|error| ServerError::new(drop.folder.display(), error)));
        Ok(Arc::new(Self {
            webhook: config.webhook.as_ref().map(Webhook::new).transpose()?,
            drop: drop.transpose()?,
            mail: config.mail.map(|mail| Ok::<_, ServerError>((Mailer::new(&mail)?, mail))).transpose()?,
        }))
    }

    /// Connects to the mail server, looks at the rest, and warns of the copies that each channel leaves.
    pub fn check(&self) -> Vec<CheckResult> {
        let mut findings = Vec::new();
        if let Some((mailer, config)) = &self.mail {
            let server = &config.server;
            findings.push(match mailer.test() {
                Ok(()) => CheckResult::fine(format!("mail: {server} lets us in")),
                Err(error) => CheckResult::error(format!("mail: {server}: {error}")),
            });
        }
        if self.webhook.is_some() {
            findings.push(CheckResult::fine("webhook: its settings can be used; it was not called"));
        }
        if self.drop.is_some() {
            findings.push(CheckResult::fine("drop: the folder is there"));
        }
        findings.extend(self.copies());
        findings
    }

    /// Warns of the copies that an erasure does not reach.
    fn copies(&self) -> Vec<CheckResult> {
        let mut copies = Vec::new();
        if let Some((_, config)) = &self.mail {
            if config.officers.values().any(|officers| !officers.is_empty()) {
                copies.push(format!(
                    "mail: an email to officers stays in their mailboxes with {NOTICE}; putright submissions delete does not \
                     reach it: delete it there too"
                ));
            }
            if !config.acknowledge.is_empty() {
                copies.push(
                    "mail: an acknowledgement stays with the person's mail service, with reference, day, and the council's name \
                     and telephone number; putright submissions delete does not reach it"
                        .to_owned(),
                );
            }
        }
        if let Some(webhook) = &self.webhook {
            let holds = match webhook.content() {
                WebhookContent::Notice => NOTICE,
                WebhookContent::Submission => "all that was written, without the files",
            };
            copies.push(format!(
                "webhook: the system that it calls gets {holds}; putright submissions delete does not reach what it keeps: \
                 erase it there too"
            ));
        }
        if self.drop.is_some() {
            copies.push(
                "drop: the folder holds all that was written, and the files, until somebody takes them away; putright \
                 submissions delete does not reach them, nor the system that gets them: erase them there too"
                    .to_owned(),
            );
        }
        copies.into_iter().map(CheckResult::warning).collect()
    }

    /// Returns the channels that this receiver delivers by.
    pub fn channels(&self) -> Vec<NoticeChannel> {
        let has = |channel: &NoticeChannel| match channel {
            NoticeChannel::Webhook => self.webhook.is_some(),
            NoticeChannel::Drop => self.drop.is_some(),
            NoticeChannel::Mail | NoticeChannel::Acknowledgement | NoticeChannel::Quarantine => self.mail.is_some(),
        };
        NoticeChannel::ALL.into_iter().filter(has).collect()
    }

    /// Returns the channels for a submission.
    pub fn channels_for(&self, submission: &Submission) -> Vec<NoticeChannel> {
        let wants = |channel: &NoticeChannel| match channel {
            NoticeChannel::Webhook | NoticeChannel::Drop => true,
            NoticeChannel::Mail => !self.officers(&submission.council).is_empty(),
            NoticeChannel::Acknowledgement => self.acknowledged(submission).is_some(),
            NoticeChannel::Quarantine => false,
        };
        self.channels().into_iter().filter(wants).collect()
    }

    /// Returns the channels by which somebody is told of a file in quarantine.
    pub fn channels_for_quarantine(&self, council: &str) -> Vec<NoticeChannel> {
        if self.officers(council).is_empty() { Vec::new() } else { vec![NoticeChannel::Quarantine] }
    }

    fn officers(&self, council: &str) -> &[String] {
        self.mail.as_ref().and_then(|(_, config)| config.officers.get(council)).map_or(&[], Vec::as_slice)
    }

    /// Returns the council's settings and the person's address, if an acknowledgement may be sent.
    fn acknowledged<'a>(&'a self, submission: &'a Submission) -> Option<(&'a Acknowledge, &'a str)> {
        let (_, config) = self.mail.as_ref()?;
        let council = config.acknowledge.get(&submission.council)?;
        let to = may_acknowledge(submission, council.children)?;
        Some((council, to))
    }

    /// Delivers a notice. May block.
    ///
    /// # Errors
    /// Returns the reason if the other side did not take it.
    pub fn deliver(&self, channel: NoticeChannel, claimed: &Claimed, files: &[StoredFile]) -> Result<(), String> {
        let submission: Submission =
            serde_json::from_str(&claimed.body).map_err(|_| "the submission cannot be read".to_owned())?;
        let facts = NoticeFacts::of(&submission);
        match channel {
            NoticeChannel::Webhook => self.webhook.as_ref().ok_or(GONE)?.send(claimed, &facts),
            NoticeChannel::Drop => self.drop.as_ref().ok_or(GONE)?.write(claimed, files),
            NoticeChannel::Mail => {
                let (mailer, _) = self.mail.as_ref().ok_or(GONE)?;
                mailer.tell_officers(claimed, &facts, self.officers(&submission.council))
            }
            NoticeChannel::Quarantine => {
                let (mailer, _) = self.mail.as_ref().ok_or(GONE)?;
                mailer.tell_of_quarantine(claimed, &facts, self.officers(&submission.council))
            }
            NoticeChannel::Acknowledgement => {
                let (mailer, _) = self.mail.as_ref().ok_or(GONE)?;
                let (council, to) = self.acknowledged(&submission).ok_or("acknowledgements were turned off")?;
                mailer.acknowledge(claimed, council, to)
            }
        }
    }
}

/// Returns the address to acknowledge to: only by email where the person chose email, said nothing about safe ways, and is not
/// a child, unless the council wants that.
fn may_acknowledge(submission: &Submission, children: bool) -> Option<&str> {
    let contact = &submission.contact;
    let is_safe = contact.safety.as_ref().is_none_or(|words| words.trim().is_empty());
    let is_chosen = contact.methods.contains(ContactMethod::Email);
    let email = contact.email.as_deref().filter(|_| is_safe && is_chosen)?;
    (children || !may_be_young(submission)).then_some(email)
}

/// Returns whether a child or young person may have written. The plain form does not ask for an age.
fn may_be_young(submission: &Submission) -> bool {
    matches!(submission.register.as_str(), "8-11" | "12-17")
        || submission.child.is_some()
        || submission.about.who.is_none()
        || matches!(submission.about.who, Some(Who::Child | Who::CareLeaver))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(change: impl FnOnce(&mut Submission)) -> Submission {
        let mut submission: Submission =
            serde_json::from_str(include_str!("../../../cli/tests/data/submission.json")).unwrap();
        submission.child = None;
        submission.contact.safety = None;
        change(&mut submission);
        submission
    }

    #[test]
    fn acknowledgement_goes_only_where_it_is_safe_and_wanted() {
        assert_eq!(may_acknowledge(&sample(|_| {}), false), Some("sam@example.org"));
        for submission in [
            sample(|one| one.contact.safety = Some("Do not email me.".to_owned())),
            sample(|one| one.contact.email = None),
            sample(|one| one.contact.methods = serde_json::from_str("[\"post\"]").unwrap()),
        ] {
            assert_eq!(may_acknowledge(&submission, true), None);
        }
        for submission in [
            sample(|one| one.about.who = Some(Who::Child)),
            sample(|one| one.about.who = Some(Who::CareLeaver)),
            sample(|one| one.about.who = None),
            sample(|one| one.register = "12-17".to_owned()),
            sample(|one| one.register = "8-11".to_owned()),
        ] {
            assert_eq!(may_acknowledge(&submission, false), None);
            assert_eq!(may_acknowledge(&submission, true), Some("sam@example.org"));
        }
    }

    #[test]
    fn urgent_is_what_the_rules_called_so_or_a_worry_about_safety() {
        assert!(!NoticeFacts::of(&sample(|_| {})).is_urgent);
        for submission in [
            sample(|one| one.about.safeguarding_worry = true),
            sample(|one| one.guidance.as_mut().unwrap().flags = serde_json::from_str("[\"urgent\"]").unwrap()),
            sample(|one| one.child = serde_json::from_str("{\"safe_now\":\"no\"}").unwrap()),
        ] {
            assert!(NoticeFacts::of(&submission).is_urgent);
        }
    }
}
