// The sentences that a journey must show, by where they are in the words of a register. A journey is not made short by leaving
// them out, or by closing them away: only text that is visible without opening anything counts.

import { flat } from "./measure.mjs";

/**
 * What each register must say. One text under `ids` that `says` this must be shown: on the first screen (`by: "start"`), before or
 * on the page of the story (`by: "story"`), or anywhere.
 */
export const sentences = {
  adult: {
    danger: { ids: ["words.danger_line"], says: /danger.*999/i, by: "start" },
    seen: { ids: ["questions.sharing.body", "questions.what_happened.body"], says: /complaints team/, by: "story" },
    private: { ids: ["questions.sharing.body", "questions.what_happened.body"], says: /not safe.*private/, by: "story" },
    harmless: { ids: ["questions.sharing.body"], says: /must not affect the help/ },
    advocate: { ids: ["pages.full_name.body", "flags.advocate_offer"], says: /free advocate|It is free/ },
  },
  "12-17": {
    danger: { ids: ["words.danger_line"], says: /danger.*999/i, by: "start" },
    childline: { ids: ["words.danger_line", "questions.in_charge.body"], says: /Childline.*0800 1111/, by: "start" },
    seen: { ids: ["questions.tell_how.body", "questions.what_happened.body"], says: /complaints team/, by: "story" },
    private: { ids: ["questions.tell_how.body", "questions.what_happened.body"], says: /not safe.*secret/, by: "story" },
    unread: { ids: ["questions.tell_how.body", "words.danger_body"], says: /Nobody reads (this|it) straight away/, by: "story" },
    harmless: { ids: ["questions.in_charge.body"], says: /not be in trouble/, by: "story" },
    advocate: { ids: ["questions.advocate.body", "questions.in_charge.body"], says: /on your side/ },
    free: { ids: ["questions.advocate.body", "questions.in_charge.body"], says: /free/ },
  },
  "8-11": {
    danger: { ids: ["words.danger_line"], says: /danger.*999/i, by: "start" },
    childline: { ids: ["words.danger_line", "questions.in_charge.body"], says: /Childline.*0800 1111/, by: "start" },
    seen: { ids: ["questions.tell_how.body", "questions.what_happened.body"], says: /people at .* read it/, by: "story" },
    private: { ids: ["questions.tell_how.body", "questions.what_happened.body"], says: /not safe.*secret/, by: "story" },
    unread: { ids: ["questions.tell_how.body", "words.danger_body"], says: /Nobody reads (this page|it) right away/, by: "story" },
    harmless: { ids: ["questions.in_charge.body"], says: /not in trouble/, by: "story" },
    advocate: { ids: ["questions.advocate.body"], says: /help you say/ },
    free: { ids: ["questions.advocate.body"], says: /costs nothing|free/ },
  },
};

/**
 * The required sentences that a journey lacks, each with its id and the reason, and those that it shows too late (`late`). `story` is
 * the index of the page of the story.
 */
export function lacking(names, words, screens, story) {
  const known = sentences[words.register];
  const lacks = { missing: [], late: [] };
  for (const name of names) {
    const { ids, says, by } = known[name];
    const texts = ids.flatMap((id) => strings(at(words, id))).map(plain).filter((text) => says.test(text));
    const where = `${name} (${ids.join(", ")}: ${says})`;
    const last = by === "start" ? 0 : by === "story" ? story : screens.length - 1;
    const shown = screens.findIndex((screen) => texts.some((text) => pattern(text).test(flat(screen.text).replace(/ (?=[.,])/g, ""))));
    if (texts.length === 0) lacks.missing.push(`${where}: there are no such words`);
    else if (shown < 0) lacks.missing.push(`${where}: not shown`);
    else if (shown > last) lacks.late.push(`${where}: on screen ${shown + 1}, wanted by ${last + 1}`);
  }
  return lacks;
}

const at = (words, id) => id.split(".").reduce((value, key) => value?.[key], words);

function strings(value) {
  if (typeof value === "string") return [value];
  return value && typeof value === "object" ? Object.values(value).flatMap(strings) : [];
}

/** As it is shown: without the marks of links, lists and insets. */
const plain = (text) => flat(text.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/^[*>] /, ""));

/** Finds a text whose gaps, `{council}`, are filled. */
function pattern(text) {
  const parts = text.split(/\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(parts.join(".{1,80}?"));
}
