// Whole journeys of people who need the form, on a phone, from the first page to what is stored. Their answers are those of
// tests/personas, and what must be stored is what stands there.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { Browser, phone } from "./support/browser.mjs";
import { accessible, fits, shoot } from "./support/checks.mjs";
import { keyboard, mouse } from "./support/hands.mjs";
import { send, walk } from "./support/journey.mjs";
import { Receiver, root } from "./support/receiver.mjs";

/** Each person, and the hands they use. */
const people = [
  ["father-refused-an-assessment", mouse],
  ["court-case", mouse],
  ["nine-year-old", mouse],
  ["fifteen-year-old-before-a-move", keyboard],
  ["care-leaver", mouse],
  ["advocate", keyboard],
  ["grandmother", mouse],
  ["foster-carer-whose-approval-ended", mouse],
  ["foster-carer", keyboard],
  ["compliment", mouse],
  ["mother-whose-stage-2-was-refused-as-late", mouse],
];

let receiver, browser;

before(async () => {
  [receiver, browser] = await Promise.all([Receiver.start(), Browser.start()]);
});
after(() => Promise.all([browser?.stop(), receiver?.stop()]));

/** A persona's answer, as the walks take it. */
function given(answer) {
  if (typeof answer === "string") return answer === "agreed" ? true : answer;
  if (typeof answer.text === "string") return answer.text;
  if (answer.chosen) return Object.fromEntries(answer.chosen.map((method) => [method, answer[method] ?? true]));
  return answer;
}

/** A date that is not known is a box of the date, and not an option. */
const dates = /_on$|_date$|_sent$|_received$|^aware_since$|^acknowledged$|^statement_agreed$/;

const at = (value, pointer) => pointer.split("/").slice(1).reduce((inner, step) => inner?.[step], value);

describe("from the first page to what is stored", { concurrency: 1 }, () => {
  for (const [name, hands] of people) {
    test(`${name}, by ${hands.name}`, async (t) => {
      const persona = JSON.parse(await readFile(join(root, `tests/personas/${name}.json`), "utf8"));
      // What the persona does not answer is left out.
      const answers = Object.fromEntries(persona.expected.asked.map((id) => [id, null]));
      for (const [id, answer] of Object.entries(persona.answers)) {
        const unknown = dates.test(id) && Array.isArray(answer);
        answers[id] = unknown ? { notKnown: true } : id === "reach" && Array.isArray(answer) ? { none: true } : given(answer);
      }
      const register = persona.register ?? "adult";
      const file = register === "adult" ? `${persona.council}.html` : `${persona.council}-${register}.html`;
      const page = await browser.page(t, `${receiver.origin}/${file}`, { viewport: phone, now: `${persona.today}T11:00:00Z` });
      let screens = 0;
      const asked = await walk(page, answers, {
        hands,
        visit: async (here) => {
          screens++;
          await fits(page, `${name}: ${here}`);
        },
        filled: async (here) => {
          await accessible(page, `${name}: ${here}`);
          await shoot(page, `whole-${name}-${String(screens).padStart(2, "0")}-${here}`);
        },
      });
      const wanted = persona.expected.asked.filter((id) => !["advice", "progress", "letter"].includes(id) && !/^(another_|sharing)/.test(id));
      const missing = wanted.filter((id) => !asked.includes(id) && persona.answers[id] !== undefined);
      assert.deepEqual(missing, [], "asked in the browser as in the rules");
      const submission = await receiver.show(await send(page, hands));
      await accessible(page, `${name}: sent`);
      await shoot(page, `whole-${name}-99-sent`);
      for (const [pointer, expected] of Object.entries(persona.expected.payload)) {
        assert.deepEqual(at(submission, pointer) ?? null, expected, pointer);
      }
    });
  }
});
