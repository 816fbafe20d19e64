// What people answer, by question id. A question that a map does not name is left out where it may be, else answered
// with its last option, so that a new question needs no new map.

/** What breaks forms: quotes, markup, newlines, a script that runs from right to left, and characters beyond the BMP. */
export const story = [
  "They didn’t come on \"the 3rd\" & nobody rang — <script>alert('x')</script> 👩‍👧 𝒳.",
  "",
  "قال لي إنها ستتصل، ولم تتصل. היא לא התקשרה.",
  "{council} [link](javascript:alert(1)) \\u0000 %s ${1} </textarea><b>end</b>",
].join("\n");

/** A child in need whose visits did not happen: the law's three stages. */
export const statutory = {
  want: "complaint",
  borough: "kensington-and-chelsea",
  who: "parent",
  child_status: "in_need",
  topics: ["staff_conduct", "visits_missed"],
  proceedings: ["none"],
  about_to_happen: "no",
  event_date: { day: "2", month: "nov", year: "2026" },
  told_team: "yes",
  what_happened: story,
  people_and_teams: "Ms O’Neil & the “Bridge” team",
  effect: "לא ישנה 😢\nשלושה לילות",
  wishes: ["apologise", "put_right"],
  wish_words: "A visit each week; 'as agreed'",
  full_name: "Zoë Ngô-O’Brien 🦊",
  reach: { email: "zoe+test@example.org", telephone: "07700 900 123 (after 6)", post: "1 Low Road\nOrpington\nBR6 0ZZ" },
  safe_contact: "Don’t ring before 18:00.\nNo voicemail!",
  help: ["interpreter", "large_print"],
  interpreter_language: "العربية",
  help_words: "20 points & <b>bold</b>",
  sharing: true,
};

/** The shortest way that still sends: nothing optional, nobody to answer to. */
export const shortest = {
  ...statutory, topics: ["support"], what_happened: "Nobody came.", people_and_teams: null,
  effect: null, wishes: null, wish_words: null, full_name: null, reach: { none: true }, help: ["none"],
};

/** Parts that go different ways. */
export const split = {
  ...shortest, topics: ["short_breaks", "school", "send_transport"], school_type: "academy", transport_issue: "service",
  told_provider: "yes",
};

/** What the council's general procedure is for. */
export const corporate = { ...shortest, child_status: "none", topics: ["ehc_plan_delay"] };

/** What somebody else looks at first. */
export const signpost = { ...shortest, child_status: "none", topics: ["nhs"] };

/** The answers of the adult flow, which asks for the last step first and then for the stage, to a stage that is named in one. */
export function stage(id) {
  if (id === "stopped") return { last_step: "stopped" };
  if (["stage1_waiting", "corporate_stage1_waiting", "not_known"].includes(id)) return { last_step: "complained", stage_waiting: id };
  return id.endsWith("_reply") ? { last_step: "answered", stage_answered: id } : { last_step: "asked", stage_asked: id };
}

/** A complaint whose longest time ran out on Thursday 10 December: a week before the day of the tests. */
export const late = {
  want: "progress",
  ...stage("stage1_waiting"),
  stage1_sent: { day: "12", month: "11", year: "2026" },
  letter: null,
  council_reference: "CC/2026/17 <b>",
  full_name: "Zoë Ngô-O’Brien 🦊",
  reach: { email: "zoe+test@example.org" },
  safe_contact: "Don’t ring before 18:00.",
  help: ["none"],
  sharing: true,
};

/** An answer that does not settle it. */
export const ownLetter = {
  ...late,
  ...stage("stage1_reply"),
  stage1_sent: { day: "2", month: "11", year: "2026" },
  stage1_reply_received: { day: "4", month: "12", year: "2026" },
  letter_parts: "The visits in March, & the move",
  letter_why: "It “leaves out” <i>March</i> {council}",
  letter_wants: "An apology. العربية",
};

/** All three stages are over. */
export const pack = {
  ...ownLetter,
  ...stage("stage3_reply"),
  stage2_sent: { month: "5", year: "2026" },
  panel_report_received: { day: "9", month: "11", year: "2026" },
  aware_since: { month: "2", year: "2026" },
  council_said: "That it was right",
};

/** An advocate speaks for two siblings. */
export const siblings = {
  ...shortest,
  who: "advocate",
  helper_role: "Advocate at “Harbour Voices”",
  authority: "appointed",
  child_name: "Jo",
  child_age: "12-15",
  child_agrees: "yes",
  child_words: "I don’t want to move <again>",
  another_child: "yes",
  "child_name-2": "Sam",
  "child_age-2": "under-8",
  "child_agrees-2": "cannot_say",
  "child_agrees_why-2": "Sam is four & shy",
  "child_words-2": "Sam drew the old house 🏠",
  reply_to: "both",
  child_status: "looked_after",
  topics: ["placement"],
  another_point: "yes",
  "what_happened-2": "The review was moved three times.",
  "other_dates-2": "From “spring” to <b>now</b> 🗓️",
  full_name: "Ifeoma Grant",
};

/** A girl of nine, by herself, in the words for 8 to 11. */
export const nine = {
  register: "8-11",
  want: "complaint", feeling: "sad", safe_now: "yes", topics: ["family_time"], about_to_happen: "no", tell_how: "write",
  what_happened: "I did not see my mum on Sunday. Nobody said why.", wishes: ["explain"], wish_words: null,
  reach: { none: true }, trusted_adult: "Miss Patel", advocate: "not_now", full_name: "Star", sharing: true,
};

/** A boy of fourteen who is about to be moved, in the words for 12 to 17. */
export const fourteen = {
  register: "12-17",
  want: "complaint", borough: "westminster", feeling: "angry", safe_now: "yes",
  topics: ["placement"], child_status: "looked_after", about_to_happen: "on_a_day",
  about_to_happen_on: { day: "18", month: "12", year: "2026" }, tell_how: "write",
  what_happened: "They are moving me on Friday and I want to stay.", event_date: { month: "12", year: "2026" },
  advocate: "yes_get_me_one", full_name: "J.", age_band: "12-15", reach: { telephone: "07700 900 456" },
  safe_contact: "Don’t phone home. Text me after school.", help: ["none"], sharing: true,
};

/** A care leaver of nineteen. */
export const careLeaver = { ...shortest, who: "care_leaver", care_leaver_age: "18-25", advocate: "not_now", topics: ["leaving_care"] };

/** Every string that a person typed. */
export function typed(answers) {
  const own = ["helper_role", "child_words", "child_agrees_why-2", "child_words-2", "what_happened-2", "letter_parts", "letter_why", "letter_wants", "council_said", "council_reference", "what_happened", "other_dates-2", "people_and_teams", "effect", "wish_words", "full_name", "safe_contact", "interpreter_language", "help_words"];
  return [...own.map((id) => answers[id]), ...Object.values(answers.reach ?? {})].filter((text) => typeof text === "string");
}
