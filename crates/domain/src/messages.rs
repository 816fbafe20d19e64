//! The words of one language and one register: `content/<language>/<register>.json`, complete or refused.
//!
//! The domain has no words of its own; it holds these and says which are needed. A missing one is told by file and pointer
//! before anybody sees a page without it.

use crate::{
    data::{Diagnostics, Document, InvalidFile, Place, pointer_step, problem},
    date::Date,
    documents::letter::LetterKind,
    form::{
        answer::{AGREED, unnumbered},
        flow::Flow,
        mistake::Cause,
        question::QuestionKind,
    },
    guidance::{
        signpost::SignpostId,
        time_limits::{Basis, Milestone, TimeLimit},
        triage::{Flag, Outcome, Route, Topic},
    },
    id_enum::{IdEnum, IdMap, id_enum},
    key_map::KeyMap,
};

id_enum! {
    /// A word, or a sentence, of the pages themselves.
    MessageId {
        ServiceName = "service_name", SkipLink = "skip_link", Back = "back", Continue = "continue", Optional = "optional", StepsLabel = "steps_label",
        ErrorPrefix = "error_prefix", ErrorHidden = "error_hidden", ErrorSummary = "error_summary",
        CharactersMax = "characters_max", CharactersLeft = "characters_left", CharactersOneLeft = "characters_one_left",
        CharactersOver = "characters_over", CharactersOneOver = "characters_one_over",
        Day = "day", Month = "month", Year = "year", DateDetails = "date_details", DateAbout = "date_about",
        DateNotKnown = "date_not_known",  Email = "email", Telephone = "telephone", Post = "post",
        School = "school", TrustedAdult = "trusted_adult",
        NoneDivider = "none_divider", BoroughNotKnown = "borough_not_known",
        DangerTitle = "danger_title", DangerLine = "danger_line", DangerOther = "danger_other", DangerBody = "danger_body", DangerCouncil = "danger_council",
        AdviceParts = "advice_parts", AdviceDates = "advice_dates", AdviceSignposts = "advice_signposts",
        HelpFirst = "help_first", AdviceCount = "advice_count", AdviceLaw = "advice_law",
        NoWayBackTitle = "no_way_back_title", NoWayBack = "no_way_back", NoWayBackAdvocate = "no_way_back_advocate",
        ChangeReach = "change_reach", TalkTitle = "talk_title", UrgentOfficer = "urgent_officer",
        AdviceContinue = "advice_continue", WhichProcedureQuestion = "which_procedure_question",
        RowImportant = "row_important", RowQuestion = "row_question",
        UrgentHead = "urgent_head", SafeguardingHead = "safeguarding_head", InterestTitle = "interest_title",
        WorryTitle = "worry_title", WorryBody = "worry_body", AdviceFlags = "advice_flags",
        DueBy = "due_by", LatestBy = "latest_by", AboutDate = "about_date", Skipped = "skipped",
        AboutNote = "about_note", AboutMonth = "about_month", SubstituteDay = "substitute_day",
        CheckTitle = "check_title", CheckIntro = "check_intro", Change = "change",
        Send = "send", Sending = "sending", TryAgain = "try_again", NotSentTitle = "not_sent_title",
        NotSentKept = "not_sent_kept", FailedUnknown = "failed_unknown", FailedUnreachable = "failed_unreachable",
        FailedRefused = "failed_refused", FailedBusy = "failed_busy", FailedFault = "failed_fault",
        FailedOffline = "failed_offline", FailedStopped = "failed_stopped", FailedElsewhere = "failed_elsewhere",
        FailedTooLarge = "failed_too_large", FailedEarlier = "failed_earlier", BackOnline = "back_online",
        NotSentSure = "not_sent_sure", AgainSafe = "again_safe", AgainSame = "again_same", AgainTwice = "again_twice",
        CutShort = "cut_short", SendingAgain = "sending_again", StopSending = "stop_sending",
        WaysTitle = "ways_title", WaysNone = "ways_none", WaysNotSent = "ways_not_sent",
        WayPrint = "way_print", WayPrintHint = "way_print_hint", WayDownload = "way_download",
        WayDownloadHint = "way_download_hint", WayData = "way_data", WayDataHint = "way_data_hint",
        WayCopy = "way_copy", WayCopyHint = "way_copy_hint", WayEmail = "way_email", WayEmailHint = "way_email_hint",
        WayTelephone = "way_telephone", WayTelephoneHint = "way_telephone_hint", WayPost = "way_post",
        WayPostHint = "way_post_hint", WayForm = "way_form", WayFormHint = "way_form_hint",
        ReadOutTitle = "read_out_title", ReadOutTold = "read_out_told", PostTitle = "post_title",
        PostTold = "post_told", PostOpening = "post_opening", CopyTitle = "copy_title", CopyNotSent = "copy_not_sent",
        CopyMaybe = "copy_maybe", CopySent = "copy_sent", CopyFile = "copy_file", EmailTooLong = "email_too_long",
        SentNoReference = "sent_no_reference", KeepCopy = "keep_copy",
        RefusedAnswers = "refused_answers", SendWithout = "send_without", FilesNotProved = "files_not_proved",
        FilesMissing = "files_missing", SentElsewhere = "sent_elsewhere", DraftNewer = "draft_newer",
        SentTitle = "sent_title", SentReference = "sent_reference", SentCopyNumber = "sent_copy_number",
        SentKeep = "sent_keep", SentNext = "sent_next", SentNextNone = "sent_next_none", SentNextLetter = "sent_next_letter", SentAsk = "sent_ask",
        SentAnswers = "sent_answers", Print = "print", StartAgain = "start_again", NextPerson = "next_person", LeafletTitle = "leaflet_title",
        LeafletHow = "leaflet_how", LeafletLink = "leaflet_link", SentThanks = "sent_thanks",
        SentOn = "sent_on",
        ProgressNow = "progress_now", ProgressPackNow = "progress_pack_now", ProgressTurnCouncil = "progress_turn_council",
        ProgressTurnDue = "progress_turn_due",
        AnyTitle = "any_title", ProgressTimeline = "progress_timeline", DatesCounted = "dates_counted", ProgressNext = "progress_next", ProgressMore = "progress_more", ProgressNoDateTitle = "progress_no_date_title",
        PausedTitle = "paused_title", PausedBody = "paused_body",
        ProgressNoDateBody = "progress_no_date_body", ProgressContinue = "progress_continue",
        ProgressPackContinue = "progress_pack_continue", TimelineToday = "timeline_today", TimelineDue = "timeline_due",
        TimelineLatest = "timeline_latest", TimelineKept = "timeline_kept", TimelinePassed = "timeline_passed",
        TimelineLate = "timeline_late", TimelineOneLate = "timeline_one_late", TimelineIfAsked = "timeline_if_asked",
        DaysGone = "days_gone", DaysExtended = "days_extended", DaysOver = "days_over", DaysAsSoon = "days_as_soon",
        LetterOwn = "letter_own", LetterRestore = "letter_restore", LetterContinue = "letter_continue",
        Copy = "copy", Copied = "copied", CopyFailed = "copy_failed", SaveFile = "save_file", Saved = "saved",
        RegistersTitle = "registers_title", RegisterFailed = "register_failed",
        BlankName = "blank_name", BlankAddress = "blank_address", BlankReference = "blank_reference",
        LetterSendTo = "letter_send_to",
        CalendarTitle = "calendar_title", CalendarReply = "calendar_reply", CalendarLatest = "calendar_latest",
        CalendarOwn = "calendar_own", SaveReminders = "save_reminders", SaveCalendar = "save_calendar", CalendarNote = "calendar_note", CalendarFile = "calendar_file",
        ContactsTitle = "contacts_title", ContactsLink = "contacts_link", ContactUnconfirmed = "contact_unconfirmed",
        SafeguardingTitle = "safeguarding_title", SafeguardingFor = "safeguarding_for", WriteTo = "write_to",
        Website = "website", Checked = "checked", HelpTitle = "help_title",
        GuideTitle = "guide_title", GuideContents = "guide_contents", GuideLink = "guide_link", StartLink = "start_link",
        NoScript = "no_script", FaultTitle = "fault_title", FaultBody = "fault_body",
        WaitTitle = "wait_title", WaitBody = "wait_body",
        UnknownCouncilTitle = "unknown_council_title", UnknownCouncilBody = "unknown_council_body",
        FooterNote = "footer_note", StatementLink = "statement_link",
        PromisesTitle = "promises_title", PromisesNote = "promises_note", PromisesNoTimes = "promises_no_times",
        ExclusionsTitle = "exclusions_title", ExclusionsNote = "exclusions_note", ExclusionSays = "exclusion_says",
        SourceNote = "source_note",
        ExitButton = "exit_button", ExitEmergency = "exit_emergency", ExitLoading = "exit_loading",
        ExitTwoMore = "exit_two_more", ExitOneMore = "exit_one_more", ExitTimedOut = "exit_timed_out",
        ExitHelpLink = "exit_help_link", ExitHelpTitle = "exit_help_title", ExitHelpWhat = "exit_help_what",
        ExitHelpKeys = "exit_help_keys", ExitHelpAfter = "exit_help_after", ExitHelpCannot = "exit_help_cannot",
        ExitHelpHistory = "exit_help_history", ExitHelpScript = "exit_help_script",
        ExitHelpFrame = "exit_help_frame",
        DangerPanelTitle = "danger_panel_title", DangerPanelNow = "danger_panel_now",
        DangerPanelNobody = "danger_panel_nobody", DangerSelfNow = "danger_self_now",
        DangerConfirm = "danger_confirm", DangerConfirmed = "danger_confirmed",
        ReadAloud = "read_aloud", ReadStop = "read_stop",
        LookTitle = "look_title", LookLink = "look_link", LookIntro = "look_intro", LookText = "look_text",
        LookNormal = "look_normal", LookLarge = "look_large", LookLarger = "look_larger",
        LookSpacing = "look_spacing", LookWide = "look_wide", LookBackground = "look_background",
        LookWhite = "look_white", LookCream = "look_cream", LookDark = "look_dark",
        DraftTitle = "draft_title", DraftNone = "draft_none", DraftTab = "draft_tab",
        DraftDevice = "draft_device", DraftLocked = "draft_locked",
        DraftPassphrase = "draft_passphrase", DraftPassphraseHint = "draft_passphrase_hint",
        DraftPassphraseShow = "draft_passphrase_show", DraftKeep = "draft_keep", DraftBusy = "draft_busy",
        DraftGoOn = "draft_go_on", DraftDelete = "draft_delete", DraftDeleted = "draft_deleted",
        DraftAsk = "draft_ask", DraftAskAgain = "draft_ask_again", DraftStartAgain = "draft_start_again",
        DraftOff = "draft_off", DraftShared = "draft_shared", DraftStale = "draft_stale", DraftReplaces = "draft_replaces",
        DraftOpen = "draft_open", DraftClose = "draft_close", DraftPick = "draft_pick",
        DraftPickLabel = "draft_pick_label", DraftFileName = "draft_file_name", DraftPartly = "draft_partly",
        DraftNoPassphrase = "draft_no_passphrase",
        DraftShortPassphrase = "draft_short_passphrase", DraftWrongPassphrase = "draft_wrong_passphrase",
        DraftCannotSeal = "draft_cannot_seal", DraftForbidden = "draft_forbidden", DraftFull = "draft_full",
        DraftGone = "draft_gone", DraftExpired = "draft_expired", DraftOtherCouncil = "draft_other_council",
        DraftOtherVersion = "draft_other_version", DraftDamaged = "draft_damaged",
        FilesLimits = "files_limits", FilesPhotos = "files_photos", FilesPdf = "files_pdf", FilesWord = "files_word",
        FilesText = "files_text", FilesKilobytes = "files_kilobytes", FilesMegabytes = "files_megabytes",
        FilesAdded = "files_added", FilesRemove = "files_remove", FilesBusy = "files_busy", FilesReady = "files_ready",
        FilesRemoved = "files_removed", FilesTooMany = "files_too_many", FilesTooLarge = "files_too_large",
        FilesAllTooLarge = "files_all_too_large", FilesWrongType = "files_wrong_type",
        FilesUnreadable = "files_unreadable", FilesEmpty = "files_empty",
    }
}

id_enum! {
    /// The words for a route. Where the council decides, the words also name the procedure that councils more often use.
    RouteWords {
        Statutory = "statutory", Corporate = "corporate", CouncilDecidesStatutory = "council_decides_statutory",
        CouncilDecidesCorporate = "council_decides_corporate", Signpost = "signpost",
    }
}
id_enum! {
    /// The words for a council that is late, where it is not late by regulations 14 or 17. For those, the words of the flag.
    LateWords {
        /// The review panel (regulations 19 and 20).
        Panel = "panel",
        /// The Complaint Handling Code: advice, not law.
        Code = "code",
    }
}

/// A heading and what stands under it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TextBlock {
    /// The heading.
    pub title: String,
    /// Paragraphs. `## ` begins a heading and `### ` one below it, `* ` an item of a list, `> ` something set apart;
    /// `[words](address)` is a link. Paragraphs that begin with `>> ` stand in one block, as the words of somebody else.
    pub body: Vec<String>,
}

/// The words of a question.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct QuestionWords {
    /// The question itself.
    pub title: String,
    /// A shorter name for the check-answers page; the title where it is empty.
    pub short: String,
    /// For a question that may come several times: which time it is, as in "Point {number}".
    pub caption: String,
    /// For a page that check answers offers: the words of the link to it.
    pub add: String,
    /// One sentence without links.
    pub hint: String,
    /// The text before the question, written as [`TextBlock::body`].
    pub body: Vec<String>,
    /// Each option's words.
    pub options: KeyMap<OptionWords>,
    /// The headings of groups of options.
    pub groups: KeyMap<String>,
    /// Errors in this question's own words.
    pub errors: IdMap<Cause, String>,
}

/// The words of an option.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct OptionWords {
    /// The option.
    pub label: String,
    /// One sentence more.
    pub hint: String,
    /// The name of a picture beside the words, a file of `pictures/` without its ending; empty for none.
    pub picture: String,
    /// The flag for an option that indicates danger.
    pub danger: bool,
}

/// The words of a signpost.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SignpostWords {
    /// The name of the body.
    pub name: String,
    /// The action to take, in a plain sentence.
    pub about: String,
}

/// A section of the guide.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct GuideSection {
    /// Its id, for links.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Written as [`TextBlock::body`]. `{limit:<clock>}` and `{latest:<clock>}` stand for a limit's length. A paragraph
    /// `{promises:<stage>}` stands for what the council promises there, `{exclusions:<effect>}` for that part of its list.
    pub body: Vec<String>,
    /// The flag for a section that is in the leaflet too.
    pub leaflet: bool,
}

id_enum! {
    /// Reading direction.
    #[derive(Default)]
    Direction { #[default] Ltr = "ltr", Rtl = "rtl" }
}

/// The words of one language and register.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Messages {
    /// A BCP 47 tag.
    pub language: String,
    /// Reading direction.
    pub direction: Direction,
    /// The register: the readers that the words are for.
    pub register: String,
    /// Every register that can be chosen: its id, and what it is called here.
    pub registers: Vec<(String, String)>,
    /// January to December.
    pub months: Vec<String>,
    /// Monday to Sunday.
    pub weekdays: Vec<String>,
    words: IdMap<MessageId, String>,
    /// Each question's words. [`Self::question`] finds those of one that comes several times.
    pub questions: KeyMap<QuestionWords>,
    /// The words of pages whose heading is not their first question's, by the id of that.
    pub pages: KeyMap<TextBlock>,
    /// The names of the steps.
    pub steps: KeyMap<String>,
    errors: IdMap<Cause, String>,
    outcomes: IdMap<Outcome, TextBlock>,
    flags: IdMap<Flag, TextBlock>,
    routes: IdMap<RouteWords, TextBlock>,
    late: IdMap<LateWords, TextBlock>,
    clocks: IdMap<TimeLimit, String>,
    clock_names: IdMap<TimeLimit, String>,
    milestones: IdMap<Milestone, String>,
    letters: IdMap<LetterKind, TextBlock>,
    bases: IdMap<Basis, String>,
    signposts: IdMap<SignpostId, SignpostWords>,
    /// The guide's sections.
    pub guide: Vec<GuideSection>,
}

/// Puts values in the place of `{name}`, in one pass: what stands in a value is not looked at again. A name without a value
/// stays as it is.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let value = after.split_once('}').and_then(|(name, after)| {
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value, after))
        });
        rest = after;
        if let Some((value, after)) = value {
            filled.push_str(value);
            rest = after;
        } else {
            filled.push('{');
        }
    }
    filled.push_str(rest);
    filled
}

impl Messages {
    /// Reads a file of words.
    ///
    /// # Errors
    /// Returns an error if the file does not have the right shape, or if a word is missing.
    pub fn parse(file: &str, text: &str) -> Result<Box<Self>, InvalidFile> {
        let document = Document::parse(file, text)?;
        let object = document.root().object(&KEYS);
        object.expect_version();
        let need = |key: &str| object.need(key);
        let mut registers = Vec::new();
        for (id, name) in need("registers").entries() {
            registers.push((id.to_owned(), name.owned_text()));
        }
        // They come sorted by their ids, and those for adults are the first of all.
        let adults = usize::from(!registers.is_empty());
        registers.rotate_right(adults);
        let read = Box::new(Self {
            language: object.text("language"),
            direction: need("direction").id(),
            register: object.text("register"),
            registers,
            months: names(need("months"), 12),
            weekdays: names(need("weekdays"), 7),
            words: all(need("words"), Place::owned_text),
            questions: need("questions").named(QuestionWords::read),
            pages: object.get("pages").map(|pages| pages.named(TextBlock::read)).unwrap_or_default(),
            steps: object.get("steps").map(|steps| steps.named(Place::owned_text)).unwrap_or_default(),
            errors: all(need("errors"), Place::owned_text),
            outcomes: all(need("outcomes"), TextBlock::read),
            flags: all(need("flags"), TextBlock::read),
            routes: all(need("routes"), TextBlock::read),
            late: all(need("late"), TextBlock::read),
            clocks: all(need("clocks"), Place::owned_text),
            clock_names: all(need("clock_names"), Place::owned_text),
            milestones: all(need("milestones"), Place::owned_text),
            letters: all(need("letters"), TextBlock::read),
            bases: all(need("bases"), Place::owned_text),
            signposts: all(need("signposts"), SignpostWords::read),
            guide: need("guide").each(GuideSection::read),
        });
        document.finish(read)
    }

    /// Checks that every question of a flow, and every option of it, has words.
    ///
    /// # Errors
    /// Returns an error that names the file of words and all that it lacks.
    pub fn check_covers(&self, file: &str, flow: &Flow) -> Result<(), InvalidFile> {
        let ledger = Diagnostics::new(file);
        for step in flow.steps().iter().filter(|step| self.steps.get(step).is_none()) {
            ledger.note(&["/steps", &pointer_step(step)].concat(), "is missing: the flow has this step");
        }
        for question in flow.questions() {
            let pointer = ["/questions", &pointer_step(unnumbered(&question.id).0)].concat();
            let Some(words) = self.question(&question.id) else {
                ledger.note(&pointer, "is missing: the flow asks this question");
                continue;
            };
            let note = |step: &str, id: &str, problem: &str| {
                ledger.note(&[&pointer, step, &pointer_step(id)].concat(), problem);
            };
            if words.title.trim().is_empty() {
                note("", "title", "is empty: every page needs a heading");
            }
            let mut options = question.options();
            if matches!(question.kind, QuestionKind::Agreement) {
                options.push(AGREED);
            }
            for option in options {
                if words.options.get(option).is_none() {
                    note("/options", option, "is missing: the flow offers this option");
                }
            }
            let QuestionKind::ChooseMany { groups, .. } = &question.kind else { continue };
            for group in groups {
                if !group.id.is_empty() && words.groups.get(&group.id).is_none() {
                    note("/groups", &group.id, "is missing: the flow groups options under it");
                }
            }
        }
        ledger.finish(())
    }

    /// The words of a question. One that may come several times has the same words each time.
    pub fn question(&self, id: &str) -> Option<&QuestionWords> {
        self.questions.get(id).or_else(|| self.questions.get(unnumbered(id).0))
    }

    /// The words of a question; where somebody complains for themselves and there are others for that, those.
    pub fn question_of(&self, id: &str, oneself: bool) -> Option<&QuestionWords> {
        let own = [unnumbered(id).0, OF_ONESELF].concat();
        self.questions.get(&own).filter(|_| oneself).or_else(|| self.question(id))
    }

    /// The words of a page whose heading is its own, likewise. A page that may be filled in several times has the same each time.
    pub fn page(&self, id: &str, oneself: bool) -> Option<&TextBlock> {
        let name = unnumbered(id).0;
        self.pages.get(&[name, OF_ONESELF].concat()).filter(|_| oneself).or_else(|| self.pages.get(name))
    }

    /// A word.
    pub fn word(&self, word: MessageId) -> &str {
        self.words.get(word).map_or("", String::as_str)
    }

    /// A word, to keep.
    #[inline(never)]
    pub fn owned_word(&self, word: MessageId) -> String {
        self.word(word).to_owned()
    }

    /// A word with values in it.
    pub fn fill(&self, word: MessageId, values: &[(&str, &str)]) -> String {
        fill(self.word(word), values)
    }

    /// The words of a cause, in a question's own where it has them.
    pub fn error(&self, question: &str, cause: Cause) -> &str {
        let own = self.question(question).and_then(|words| words.errors.get(cause));
        own.or_else(|| self.errors.get(cause)).map_or("", String::as_str)
    }

    /// The words of an outcome.
    pub fn outcome(&self, outcome: Outcome) -> Option<&TextBlock> {
        self.outcomes.get(outcome)
    }

    /// The words of a flag.
    pub fn flag(&self, flag: Flag) -> Option<&TextBlock> {
        self.flags.get(flag)
    }

    /// Returns the procedure for a topic in words, and why.
    pub fn route(&self, topic: Topic, route: Route) -> Option<&TextBlock> {
        self.routes.get(match (route, topic.lean()) {
            (Route::Statutory, _) => RouteWords::Statutory,
            (Route::Corporate, _) => RouteWords::Corporate,
            (Route::CouncilDecides, Route::Statutory) => RouteWords::CouncilDecidesStatutory,
            (Route::CouncilDecides, _) => RouteWords::CouncilDecidesCorporate,
            (Route::Signpost, _) => RouteWords::Signpost,
        })
    }

    /// Returns the words for a council that is late with the limit of a clock.
    pub fn late(&self, clock: TimeLimit) -> Option<&TextBlock> {
        match clock {
            TimeLimit::Panel | TimeLimit::PanelReport | TimeLimit::PanelResponse => self.late.get(LateWords::Panel),
            _ if clock.basis() == Basis::Code => self.late.get(LateWords::Code),
            _ => self.flag(Flag::CouncilLate),
        }
    }

    /// Returns the words for what must happen when a limit ends.
    pub fn clock(&self, clock: TimeLimit) -> &str {
        self.clocks.get(clock).map_or("", String::as_str)
    }

    /// Returns the subject of a limit, in a few words that make sense alone.
    pub fn clock_name(&self, clock: TimeLimit) -> &str {
        self.clock_names.get(clock).map_or("", String::as_str)
    }

    /// Returns the words for an event of a day.
    pub fn milestone(&self, milestone: Milestone) -> &str {
        self.milestones.get(milestone).map_or("", String::as_str)
    }

    /// A letter's name, and its template for [`crate::documents::letter::compose`].
    pub fn letter(&self, kind: LetterKind) -> Option<&TextBlock> {
        self.letters.get(kind)
    }

    /// Returns the words for who sets a limit.
    pub fn basis(&self, basis: Basis) -> &str {
        self.bases.get(basis).map_or("", String::as_str)
    }

    /// The words of a signpost.
    pub fn signpost(&self, id: SignpostId) -> Option<&SignpostWords> {
        self.signposts.get(id)
    }

    /// A day, as people write it: Monday 21 December 2026.
    pub fn date(&self, date: Date) -> String {
        let weekday = self.weekdays.get(date.weekday() as usize).map_or("", String::as_str);
        [weekday, " ", &self.day_of_month(date), " ", &date.year().to_string()].concat()
    }

    /// A day without its weekday and year: 21 December.
    pub fn day_of_month(&self, date: Date) -> String {
        [&date.day().to_string(), " ", self.month(date.month())].concat()
    }

    /// When a fact was last checked.
    pub fn checked(&self, date: Date) -> String {
        let day = [&self.day_of_month(date), " ", &date.year().to_string()].concat();
        self.fill(MessageId::Checked, &[("date", &day)])
    }

    /// The name of a month, 1 to 12.
    pub fn month(&self, month: u32) -> &str {
        self.months.get((month as usize).wrapping_sub(1)).map_or("", String::as_str)
    }
}

/// The names of a fixed number of things.
fn names(place: Place<'_>, wanted: usize) -> Vec<String> {
    let names = place.texts();
    if names.len() != wanted {
        place.note(&problem!["must name all ", &wanted.to_string()]);
    }
    names
}

/// Reads a value for each id of a list, and notes any id that is left out.
fn all<'a, K: IdEnum, V>(place: Place<'a>, read: fn(Place<'a>) -> V) -> IdMap<K, V> {
    place.need_all(K::NAMES, "is missing; write its words");
    place.map(read)
}

/// The ending of the id of a question or page in the words for somebody who complains for themselves.
const OF_ONESELF: &str = "@oneself";

/// The keys of a file of words.
const KEYS: [&str; 23] = [
    "schema_version",
    "language",
    "direction",
    "register",
    "registers",
    "months",
    "weekdays",
    "words",
    "questions",
    "pages",
    "steps",
    "errors",
    "outcomes",
    "flags",
    "routes",
    "late",
    "clocks",
    "clock_names",
    "milestones",
    "letters",
    "bases",
    "signposts",
    "guide",
];

impl TextBlock {
    /// The same with values in the place of `{name}`.
    #[must_use]
    pub fn fill(&self, values: &[(&str, &str)]) -> Self {
        Self { title: fill(&self.title, values), body: self.body.iter().map(|text| fill(text, values)).collect() }
    }

    fn read(place: Place<'_>) -> Self {
        let object = place.object(&["title", "body"]);
        Self { title: object.text("title"), body: object.texts("body") }
    }
}

impl SignpostWords {
    fn read(place: Place<'_>) -> Self {
        let object = place.object(&["name", "about"]);
        Self { name: object.text("name"), about: object.text("about") }
    }
}

impl GuideSection {
    fn read(place: Place<'_>) -> Self {
        let object = place.object(&["id", "title", "body", "leaflet"]);
        Self {
            id: object.text("id"),
            title: object.text("title"),
            body: object.need("body").texts(),
            leaflet: object.truth("leaflet"),
        }
    }
}

impl QuestionWords {
    fn read(place: Place<'_>) -> Self {
        let object = place.object(&["title", "short", "caption", "add", "hint", "body", "options", "groups", "errors"]);
        Self {
            title: object.text("title"),
            short: object.text_or_empty("short"),
            caption: object.text_or_empty("caption"),
            add: object.text_or_empty("add"),
            hint: object.text_or_empty("hint"),
            body: object.texts("body"),
            options: object.get("options").map(|place| place.named(OptionWords::read)).unwrap_or_default(),
            groups: object.get("groups").map(|place| place.named(Place::owned_text)).unwrap_or_default(),
            errors: object.get("errors").map(|place| place.map(Place::owned_text)).unwrap_or_default(),
        }
    }
}

impl OptionWords {
    fn read(place: Place<'_>) -> Self {
        let object = place.object(&["label", "hint", "picture", "danger"]);
        Self {
            label: object.text("label"),
            hint: object.text_or_empty("hint"),
            picture: object.text_or_empty("picture"),
            danger: object.truth("danger"),
        }
    }
}
