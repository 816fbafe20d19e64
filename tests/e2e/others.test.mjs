// Acting for others, several points, and what went well: each to a stored submission.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { shortest, siblings, typed } from "./support/answers.mjs";
import { Browser } from "./support/browser.mjs";
import { accessible, discreet, shoot } from "./support/checks.mjs";
import { hurry, keyboard, mouse } from "./support/hands.mjs";
import { send, walk } from "./support/journey.mjs";
import { standing, turning, place } from "./support/page.mjs";
import { data, Receiver } from "./support/receiver.mjs";

let receiver, browser, words;

before(async () => {
  [receiver, browser, words] = await Promise.all([Receiver.start(), Browser.start(), data("content/en/adult.json")]);
});
after(() => Promise.all([browser?.stop(), receiver?.stop()]));

const open = (t, council = "bromley") => browser.page(t, `${receiver.origin}/?council=${council}`);

/** Walks to the end with every page judged, and sends. */
async function sent(page, answers, { hands = hurry, name } = {}) {
  const visit = async (here) => {
    await discreet(page, typed(answers), here);
    if (!name) return;
    await accessible(page, `${name}: ${here}`);
    await shoot(page, `${name}-${here}`);
  };
  const been = await walk(page, answers, { hands, visit });
  assert.equal(been.at(-1), "check");
  const reference = await send(page, hands);
  return { been, submission: await receiver.show(reference) };
}

describe("an advocate for two siblings", () => {
  for (const hands of [mouse, keyboard]) {
    test(`by ${hands.name}: each child’s own words, agreement and age arrive apart from the advocate’s`, async (t) => {
      const page = await open(t, "westminster");
      const { submission } = await sent(page, { ...siblings, borough: "westminster" }, { hands, name: hands === mouse ? "siblings" : undefined });
      assert.deepEqual(submission.representative, { role: siblings.helper_role, authority: "appointed", reply_to: "both" });
      assert.deepEqual(submission.children, [
        { name: "Jo", age_band: "12-15", agrees: "yes", own_words: siblings.child_words },
        { name: "Sam", age_band: "under-8", agrees: "cannot_say", agrees_why: siblings["child_agrees_why-2"], own_words: siblings["child_words-2"] },
      ]);
      assert.equal(submission.about.child_agrees, "cannot_say");
      assert.deepEqual(submission.points.map((point) => point.what_happened), [siblings.what_happened, siblings["what_happened-2"]]);
      assert.equal(submission.contact.name, siblings.full_name);
      assert.ok(submission.guidance.flags.includes("childs_view_needed"));
    });
  }

  test("goes on to the next person with nothing left but their own details", async (t) => {
    const page = await open(t);
    await sent(page, siblings);
    await turning(page, () => page.getByRole("button", { name: words.words.next_person }).click());
    assert.equal(await place(page), "want");
    const text = await page.content();
    for (const own of [siblings.child_words, "Jo", siblings.what_happened]) assert.ok(!text.includes(`>${own}<`), own);
    const other = {
      ...shortest, want: "complaint", who: null, helper_role: null, authority: "parent_asked", child_name: "Kim", child_agrees: "yes",
      reply_to: "helper", full_name: null, reach: null,
    };
    const seen = new Map();
    await walk(page, other, { visit: async (here) => { seen.set(here, await standing(page).catch(() => null)); } });
    assert.deepEqual(seen.get("who")?.chosen ?? ["advocate"], ["advocate"], "what is known stands there already, and nothing else");
    assert.equal(seen.get("who")?.text["helper_role-text"] ?? siblings.helper_role, siblings.helper_role);
    for (const [here, state] of seen) {
      assert.ok(!JSON.stringify(state).includes("Sam"), `${here} still holds what was said for the last child`);
    }
    const reference = await send(page);
    const submission = await receiver.show(reference);
    assert.equal(submission.contact.name, siblings.full_name);
    assert.equal(submission.representative.role, siblings.helper_role);
    assert.deepEqual(submission.children, [{ name: "Kim", agrees: "yes" }]);
    assert.equal(submission.points.length, 1);
  });

  test("clearing leaves nothing at all", async (t) => {
    const page = await open(t);
    await sent(page, siblings);
    await turning(page, () => page.getByRole("button", { name: words.words.start_again }).click());
    const been = await walk(page, { want: "complaint" }, { until: "who" });
    assert.deepEqual(been, ["want", "who"]);
    assert.deepEqual((await standing(page)).chosen, []);
  });
});

describe("what went well, and what could be better", () => {
  for (const hands of [mouse, keyboard]) {
    test(`a compliment, by ${hands.name}, in a few pages`, async (t) => {
      const page = await open(t);
      const answers = { want: "compliment", about_whom: "The “duty” team", what_was_good: "They rang <b>back</b> 🦊", may_tell: "yes", reach: { none: true }, sharing: true };
      const { been, submission } = await sent(page, answers, { hands, name: hands === mouse ? "compliment" : undefined });
      assert.deepEqual(been, ["want", "what_was_good", "about_whom", "may_tell", "sender_name", "sharing_thanks", "check"]);
      assert.equal(submission.kind, "compliment");
      assert.equal(submission.about_whom, answers.about_whom);
      assert.equal(submission.may_tell, true);
      assert.deepEqual(submission.points, [{ what_happened: answers.what_was_good }]);
      assert.equal(submission.guidance, undefined);
      const told = await page.locator("main").innerText();
      assert.ok(told.includes(words.words.sent_thanks) && !told.includes("working days"), "no promise is made that is not kept");
    });
  }

  test("a comment", async (t) => {
    const page = await open(t, "westminster");
    const { submission } = await sent(page, { want: "comment", borough: "westminster", comment: "Put bus times in letters.", may_tell: "no", reach: { none: true }, sharing: true });
    assert.equal(submission.kind, "comment");
    assert.equal(submission.council, "westminster");
    assert.equal(submission.may_tell, false);
  });
});
