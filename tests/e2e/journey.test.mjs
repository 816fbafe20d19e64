// The whole complaint, from the first page to the council's store, by mouse and by keyboard alone.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { corporate, shortest, signpost, split, statutory, story, typed } from "./support/answers.mjs";
import { Browser } from "./support/browser.mjs";
import { accessible, discreet, findings, shoot } from "./support/checks.mjs";
import { hurry, keyboard, mouse } from "./support/hands.mjs";
import { send, walk } from "./support/journey.mjs";
import { heading, openAll, place } from "./support/page.mjs";
import { data, Receiver } from "./support/receiver.mjs";

const councils = [
  { id: "bromley", shared: false },
  { id: "kensington-and-chelsea", shared: true },
  { id: "westminster", shared: true },
];
// Sent on Thursday 17 December 2026. Christmas Day, Boxing Day's substitute and New Year's Day do not count.
const answered = ["by Tuesday 5 January 2027", "by Tuesday 19 January 2027 at the latest"];
const inTouch = "by Tuesday 22 December 2026";
const skipped = ["25 December (Christmas Day)", "28 December (Boxing Day", "1 January (New Year’s Day)"];

let receiver, browser, words;
/** Seen on the way, and judged at the end: what axe found, by council; the titles, by page. */
const broken = new Map();
const titles = new Map();

before(async () => {
  [receiver, browser, words] = await Promise.all([Receiver.start(), Browser.start(), data("content/en/adult.json")]);
});
after(() => Promise.all([browser?.stop(), receiver?.stop()]));

/** Walks to the end, sends, and gives what arrived. `look` sees every page. */
async function complain(council, answers, { hands = hurry, look = async () => {}, filled } = {}) {
  const session = await browser.open(`${receiver.origin}/?council=${council}`);
  const { page, watch } = session;
  const visit = async (here) => {
    await discreet(page, typed(answers), here);
    const title = await page.title();
    titles.set(here, (titles.get(here) ?? new Set()).add(title));
    await look(page, here);
  };
  const been = await walk(page, answers, { hands, visit, filled: filled && ((here) => filled(page, here)) });
  assert.equal(been.at(-1), "check");
  const reference = await send(page, hands);
  await visit(await place(page));
  watch.clean();
  await session.close();
  return { been, reference, submission: await receiver.show(reference) };
}

/** The dates on a page, as one text. */
const dates = async (page) => (await page.locator(".pr-dates").allInnerTexts()).join("\n").replace(/\s+/g, " ");

describe("a complaint of a parent of a child in need", () => {
  for (const { id, shared } of councils) {
    broken.set(id, []);
    for (const hands of [mouse, keyboard]) {
      test(`${id}: by ${hands.name} it arrives as it was typed, with the dates of the law`, async () => {
        const answers = { ...statutory, borough: id };
        let pages = 0;
        const look = async (page, here) => {
          pages += 1;
          if (hands === mouse) {
            for (const finding of await findings(page)) broken.get(id).push([finding, here]);
            await shoot(page, `${id}-${String(pages).padStart(2, "0")}-${here}`);
          }
          if (here === "advice" || here === "sent") await openAll(page);
          if (here === "check" || here === "sent") {
            const shown = (await page.locator(".govuk-summary-list").innerText()).replace(/\s+/g, " ");
            for (const text of typed(answers)) assert.ok(shown.includes(text.replace(/\s+/g, " ")), `${here} lacks: ${text}`);
          }
          if (here === "advice" || here === "sent") {
            const told = await dates(page);
            for (const day of [...answered, ...skipped]) assert.ok(told.includes(day), `${here} lacks ${day}: ${told}`);
            assert.equal(told.includes(inTouch), shared, `${here}: ${told}`);
          }
        };
        const filled = hands === mouse ? async (page, here) => {
          for (const finding of await findings(page)) broken.get(id).push([finding, `${here}, answered`]);
          await shoot(page, `${id}-${String(pages).padStart(2, "0")}-${here}-answered`);
        } : undefined;
        const { been, reference, submission } = await complain(id, answers, { hands, look, filled });

        assert.equal(been.includes("borough"), shared);
        assert.match(reference, /^\S{6,}$/);
        assert.equal(submission.council, id);
        assert.equal(submission.council_not_known, false);
        assert.equal(submission.sent_on, "2026-12-17");
        assert.deepEqual(submission.points, [{
          what_happened: story, people_and_teams: answers.people_and_teams, effect: answers.effect,
        }]);
        assert.deepEqual(submission.contact, {
          name: answers.full_name, methods: ["email", "telephone", "post"], ...answers.reach, safety: answers.safe_contact,
        });
        assert.deepEqual(submission.wishes, { chosen: answers.wishes, words: answers.wish_words });
        assert.deepEqual(submission.help, {
          chosen: answers.help, language: answers.interpreter_language, words: answers.help_words,
        });
        assert.deepEqual(submission.about.topics, answers.topics);
        assert.deepEqual(submission.about.when, { known: "day", date: "2026-11-02" });
        assert.equal(submission.guidance.outcome, "statutory_stage1");
        const limits = Object.fromEntries(submission.guidance.deadlines.map((limit) => [limit.clock, limit]));
        assert.equal(limits["statutory.s1.response"].due, "2027-01-05");
        assert.equal(limits["statutory.s1.response"].latest, "2027-01-19");
        assert.equal(limits["council.s1.contact"]?.due, shared ? "2026-12-22" : undefined);
      });
    }
  }

  for (const { id } of councils) {
    test(`${id}: axe finds nothing wrong on any page of it`, () => {
      assert.deepEqual(broken.get(id), []);
    });
  }

  test("someone who does not know which borough it is can send it all the same", async () => {
    const { submission } = await complain("westminster", { ...shortest, borough: "not_known" });
    assert.equal(submission.council, "westminster");
    assert.equal(submission.council_not_known, true);
  });
});

describe("whatever we think, it can be sent", () => {
  const cases = [
    { name: "parts that go different ways", answers: split, outcome: "split",
      parts: { short_breaks: "statutory", school: "signpost", send_transport: "corporate" } },
    { name: "a general complaint", answers: corporate, outcome: "corporate_stage1", parts: { ehc_plan_delay: "corporate" } },
    { name: "something that somebody else looks at first", answers: signpost, outcome: "signpost", parts: { nhs: "signpost" } },
  ];
  for (const { name, answers, outcome, parts } of cases) {
    test(name, async () => {
      const look = async (page, here) => {
        if (here !== "advice") return;
        await accessible(page, `advice: ${outcome}`);
        await shoot(page, `advice-${outcome}`);
        await openAll(page);
        assert.equal(await heading(page), words.outcomes[outcome].title.replace("{council}", "Bromley"));
        const routes = (await page.locator(".pr-parts span").allInnerTexts()).map((text) => text.trim());
        const expected = Object.values(parts).map((route) => words.routes[route].title);
        assert.deepEqual(routes.sort(), expected.length > 1 ? expected.sort() : []);
        if (outcome !== "corporate_stage1") assert.ok(await page.locator(".pr-signpost").count() > 0, "nobody is named");
      };
      const { submission } = await complain("bromley", answers, { look });
      assert.equal(submission.guidance.outcome, outcome);
      assert.deepEqual(submission.guidance.parts, parts);
    });
  }
});

test("a page's title is the same whatever was answered", () => {
  const differing = [...titles].filter(([, found]) => found.size > 1).map(([here, found]) => [here, ...found]);
  assert.deepEqual(differing, []);
});
