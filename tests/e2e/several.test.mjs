// Pages that hold several questions: what is wrong on them, what comes and goes, what is filled in once more, and the way there and back.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";

import { shortest, split, story } from "./support/answers.mjs";
import { keyboard, mouse, tabTo } from "./support/hands.mjs";
import { answer, fill, goOn, send, walk } from "./support/journey.mjs";
import { arrived, changeLink, control, heading, holds, place, questions, standing, summary, turning } from "./support/page.mjs";
import { at, error, focus, receiver, told, whole, words, wrong } from "./support/several.mjs";

const relative = {
  ...shortest, who: "relative", helper_role: "Her <aunt>", authority: "child_asked", parent_agrees: "not_known", child_name: "Jo",
  child_age: "8-11", child_words: "I want to stay", reply_to: "both", full_name: "Ama",
};

describe("what is wrong with several questions", () => {
  const pages = {
    "text and date": {
      question: "what_happened", wrong: [["what_happened", "field-text"], ["event_date", "event_date-field-day"]],
    },
    "ways to be reached and choices": {
      question: "reach", answers: relative, given: { help: ["interpreter"] },
      wrong: [["reach", "reach-choice-0"], ["interpreter_language", "interpreter_language-field-text"]],
    },
    "boxes and radios": {
      question: "proceedings", wrong: [["proceedings", "choice-0"], ["about_to_happen", "about_to_happen-choice-0"]],
    },
  };
  for (const [name, { question, answers, given = {}, wrong: expected }] of Object.entries(pages)) {
    for (const hands of [mouse, keyboard]) {
      test(`${name}: all are told at once in the order of the page, and each entry leads to its field (${hands.name})`, async (t) => {
        const page = await at(t, question, answers);
        for (const [one, value] of Object.entries(given)) await answer(page, one, value);
        await wrong(page);
        assert.ok((await page.title()).startsWith("Error: "));
        assert.deepEqual(await told(page), expected.map(([id, target]) => [error(id), target]));
        await whole(page, `${name}, refused`);
        const before = page.url();
        for (const [id, target] of expected) {
          await page.evaluate(() => { document.activeElement?.blur(); scrollTo(0, 0); });
          await hands.press(page, `#summary a[href="#${target}"]`);
          await focus(page, target);
          assert.equal(page.url(), before);
          const { message, described, top, bottom, height } = await page.evaluate(([part, field]) => {
            const element = document.getElementById(field);
            const around = [element, element.closest("fieldset")].flatMap((one) => one?.getAttribute("aria-describedby")?.split(" ") ?? []);
            const { top, bottom } = element.getBoundingClientRect();
            const message = [...document.querySelectorAll(`[id="question-${part}"] .govuk-error-message`)].map((one) => one.innerText);
            return { message, described: around.map((one) => document.getElementById(one).innerText), top, bottom, height: innerHeight };
          }, [id, target]);
          assert.ok(message.some((text) => text.endsWith(error(id))), `${id}: ${message}`);
          assert.ok(described.some((text) => text.endsWith(error(id))), `${id} is described by ${described}`);
          assert.ok(top >= 0 && bottom <= height, `${id} is out of view: ${top} to ${bottom} of ${height}`);
        }
      });
    }
  }

  test("what was right stays and is told no longer, and what was wrong is told again until it is mended", async (t) => {
    const page = await at(t, "what_happened");
    await mouse.type(page, "text", story);
    await mouse.type(page, "day", "31", "event_date-");
    await wrong(page);
    assert.deepEqual(await told(page), [[error("event_date", "date_incomplete"), "event_date-field-month"]]);
    assert.equal((await standing(page, "what_happened")).text.text, story);
    assert.equal((await standing(page, "event_date")).text.day, "31");
    await answer(page, "event_date", { day: "31", month: "2", year: "2026" });
    await wrong(page);
    assert.deepEqual(await told(page), [[error("event_date", "date_impossible"), "event_date-field-day"]]);
    await answer(page, "event_date", { day: "28" });
    await goOn(page);
    assert.ok(!(await page.title()).startsWith("Error: "));
  });

  test("nothing of a page is taken while something on it is wrong", async (t) => {
    const page = await at(t, "check");
    await turning(page, () => changeLink(page, "what_happened").click());
    await mouse.type(page, "text", "It was worse.");
    await mouse.type(page, "day", "45", "event_date-");
    await wrong(page);
    await page.evaluate(() => { location.hash = "#/contacts"; });
    await arrived(page, "contacts");
    await page.goBack();
    await arrived(page, "what_happened");
    assert.equal((await standing(page, "what_happened")).text.text, "It was worse.", "what was typed is still there");
    assert.equal((await standing(page, "event_date")).text.day, "45");
  });
});

describe("a question that comes by an answer", () => {
  for (const hands of [mouse, keyboard]) {
    test(`comes and goes with it, and is asked only while it is there (${hands.name})`, async (t) => {
      const page = await at(t, "helper_role", relative);
      const always = ["helper_role", "authority", "reply_to"];
      assert.deepEqual(await questions(page), always);
      assert.ok(await holds(page, "parent_agrees") && await page.locator("#question-parent_agrees").isHidden(), "it is not hidden");
      await hands.choose(page, "authority", "own_concern");
      assert.deepEqual(await questions(page), ["helper_role", "authority", "parent_agrees", "reply_to"]);
      await whole(page, "revealed");
      await hands.choose(page, "reply_to", "helper");
      await wrong(page);
      assert.deepEqual(await told(page), [[error("parent_agrees"), "parent_agrees-choice-0"]]);
      await hands.choose(page, "authority", "died");
      assert.deepEqual(await questions(page), always);
      await goOn(page, hands);
      assert.equal(await place(page), "what_happened");
    });
  }

  test("hidden, it is out of the way of the Tab key and of screen readers", async (t) => {
    const page = await at(t, "who");
    const hidden = page.locator('main form [id^="question-"]').filter({ visible: false });
    assert.ok(await hidden.count() > 2);
    const boxes = await hidden.locator("input, textarea, summary, label, legend").evaluateAll((all) => all.filter((one) => one.getClientRects().length > 0).length);
    assert.equal(boxes, 0);
  });

  test("what was given before it went is neither required, nor shown, nor sent, and is there again where it comes back", async (t) => {
    const page = await at(t, "who");
    await fill(page, { who: "care_leaver", care_leaver_age: "18-25" }, mouse);
    await mouse.choose(page, "who", "parent");
    await mouse.choose(page, "who", "care_leaver");
    assert.deepEqual((await standing(page, "care_leaver_age")).chosen, ["18-25"]);
    await mouse.choose(page, "who", "parent");
    await goOn(page);
    await walk(page, shortest);
    for (const id of ["care_leaver_age", "helper_role", "authority", "reply_to"]) assert.equal(await changeLink(page, id).count(), 0, id);
    const submission = await receiver.show(await send(page));
    assert.deepEqual([submission.representative, submission.about.age_band], [undefined, undefined]);
  });

  for (const hands of [mouse, keyboard]) {
    test(`stands under its option where it depends on one, also one within another (${hands.name})`, async (t) => {
      const page = await at(t, "topics");
      await answer(page, "topics", ["school", "send_transport"], hands);
      for (const [id, option] of [["school_type", "school"], ["transport_issue", "send_transport"]]) {
        const box = page.locator(`input[name="topics"][value="${option}"]`);
        assert.equal(await box.getAttribute("aria-expanded"), "true", option);
        const inside = await page.evaluate(([part, block]) => document.getElementById(block).contains(document.getElementById(part)),
          [`question-${id}`, await box.getAttribute("aria-controls")]);
        assert.ok(inside, `${id} does not stand under ${option}`);
      }
      assert.deepEqual(await questions(page), ["topics", "transport_issue", "school_type"]);
      await hands.choose(page, "transport_issue", "service");
      assert.ok((await questions(page)).includes("told_provider"));
      await whole(page, "under options");
      await wrong(page);
      assert.deepEqual((await told(page)).map(([, target]) => target), ["told_provider-choice-0", "school_type-choice-0"]);
      await hands.choose(page, "school_type", "academy");
      await hands.choose(page, "told_provider", "no");
      await hands.tick(page, "topics", ["send_transport"]);
      assert.deepEqual(await questions(page), ["topics", "school_type"]);
      assert.equal(await page.locator('input[name="topics"][value="send_transport"]').getAttribute("aria-expanded"), "false");
      await goOn(page, hands);
      await walk(page, shortest);
      const { about } = await receiver.show(await send(page));
      assert.deepEqual([about.topics, about.school_type, about.transport_issue], [["school"], "academy", undefined]);
    });
  }

  test("comes by a date that lies more than a year back, and goes with it", async (t) => {
    const page = await at(t, "event_date");
    assert.ok(!(await questions(page)).includes("late_reason"));
    await answer(page, "event_date", { day: "2", month: "11", year: "2024" });
    await page.locator("#question-late_reason").waitFor();
    await mouse.type(page, "text", "I was ill", "late_reason-");
    await whole(page, "late");
    await answer(page, "event_date", { year: "2026" });
    await page.locator("#question-late_reason").waitFor({ state: "hidden" });
    await goOn(page);
    await walk(page, shortest);
    assert.ok(!JSON.stringify(await receiver.show(await send(page))).includes("I was ill"));
  });
});

describe("the way", () => {
  // A question that is not the first of its page, and what has the focus there.
  const changed = {
    "a date": { question: "event_date", target: "event_date-field-day" },
    "a text": { question: "effect", target: "effect-field-text", answers: { ...shortest, effect: "He cries" } },
    "a group of radios": { question: "told_team", target: "told_team-choice-0" },
    "a group of radios under an option": { question: "school_type", target: "school_type-choice-0", answers: split },
    "radios under radios under an option": { question: "told_provider", target: "told_provider-choice-0", answers: split },
    "ways to be reached": { question: "reach", target: "reach-choice-0" },
  };
  for (const [name, { question, target, answers }] of Object.entries(changed)) {
    for (const hands of [mouse, keyboard]) {
      test(`Change beside ${name} leads to that question, and Continue back to check answers (${hands.name})`, async (t) => {
        const page = await at(t, "check", answers);
        await turning(page, () => hands.press(page, `main a[href="#/question/${question}"]`));
        await focus(page, target);
        assert.ok(await holds(page, question));
        const seen = await page.evaluate(() => {
          const { top, bottom } = document.activeElement.getBoundingClientRect();
          return top >= 0 && bottom <= innerHeight;
        });
        assert.ok(seen, "it is not in view");
        await goOn(page, hands);
        assert.equal(await place(page), "check");
        assert.equal(await heading(page), words.words.check_title);
      });
    }
  }

  test("what is changed there counts, and the rest of the page stays as it was", async (t) => {
    const answers = { ...shortest, effect: "He cries", people_and_teams: "Bridge" };
    const page = await at(t, "check", answers);
    await turning(page, () => changeLink(page, "effect").click());
    await mouse.type(page, "text", "He sleeps again", "effect-");
    await goOn(page);
    const submission = await receiver.show(await send(page));
    assert.deepEqual(submission.points, [{ what_happened: answers.what_happened, people_and_teams: "Bridge", effect: "He sleeps again" }]);
  });

  test("an address of any question of a page leads to that page", async (t) => {
    const page = await at(t, "topics");
    for (const question of ["event_date", "effect"]) {
      await page.evaluate((id) => { location.hash = `#/question/${id}`; }, question);
      await page.waitForFunction(() => location.hash === "#/question/what_happened");
      await page.waitForFunction(() => document.activeElement?.matches("main h1"));
    }
  });

  test("Back and forward keep what stands on the page, also what is half typed and what has come by an answer", async (t) => {
    const page = await at(t, "what_happened", relative);
    await fill(page, { ...relative, event_date: { day: "2", month: "11", year: "2024" }, late_reason: "I was ill", effect: "Half a sen" }, mouse);
    await turning(page, () => page.getByRole("link", { name: words.words.back, exact: true }).click());
    assert.equal(await place(page), "helper_role");
    assert.deepEqual(await questions(page), ["helper_role", "authority", "parent_agrees", "reply_to"]);
    assert.equal((await standing(page, "helper_role")).text.text, relative.helper_role);
    await mouse.choose(page, "authority", "appointed");
    await turning(page, () => page.goForward().catch(() => {}));
    assert.equal(await place(page), "what_happened");
    assert.equal((await standing(page, "effect")).text.text, "Half a sen");
    assert.equal((await standing(page, "event_date")).text.year, "2024");
    assert.ok((await questions(page)).includes("late_reason"));
    assert.equal((await standing(page, "late_reason")).text.text, "I was ill");
    await turning(page, () => page.goBack());
    assert.deepEqual((await standing(page, "authority")).chosen, ["appointed"]);
  });
});

describe("the agreement", () => {
  for (const hands of [mouse, keyboard]) {
    test(`missing, it is told with the focus and nothing is sent; ticked, it is sent (${hands.name})`, async (t) => {
      const page = await at(t, "check", { ...shortest, sharing: false });
      const stored = (await receiver.list()).length;
      await hands.press(page, "main form button[type=submit]");
      await focus(page, "summary");
      assert.ok((await page.title()).startsWith("Error: "));
      const [[text, target], ...more] = await told(page);
      assert.deepEqual([text, more], [error("sharing"), []]);
      assert.equal(await summary(page).locator("h2").innerText(), words.words.error_summary);
      await whole(page, "check, not agreed");
      await hands.press(page, `#summary a[href="#${target}"]`);
      await focus(page, target);
      assert.equal((await control(page, "sharing")).prefix, "sharing-");
      assert.ok((await page.locator("#question-sharing .govuk-error-message").innerText()).endsWith(text));
      assert.equal((await receiver.list()).length, stored);
      await hands.tick(page, "sharing", ["agreed"]);
      const submission = await receiver.show(await send(page, hands));
      assert.equal(submission.agreed_to_sharing, true);
      assert.equal((await receiver.list()).length, stored + 1);
    });
  }

  test("ticked, it stays so while something else is changed", async (t) => {
    const page = await at(t, "check");
    assert.deepEqual((await standing(page, "sharing")).chosen, ["agreed"]);
    await turning(page, () => changeLink(page, "what_happened").click());
    await goOn(page);
    assert.deepEqual((await standing(page, "sharing")).chosen, ["agreed"]);
    assert.ok(await send(page));
  });

  test("is asked above Send, with who will see it", async (t) => {
    const page = await at(t, "check", { ...shortest, sharing: false });
    const { agreed, sends } = await page.evaluate(() => ({
      agreed: document.querySelector("#question-sharing").getBoundingClientRect().bottom,
      sends: document.querySelector("main form button[type=submit]").getBoundingClientRect().top,
    }));
    assert.ok(agreed <= sends);
    assert.ok((await page.locator("#question-sharing").innerText()).includes(words.questions.sharing.title));
    await whole(page, "check");
  });
});

describe("topics in groups that are closed", () => {
  const group = 'details:has(input[name="topics"][value="nhs"])';

  test("are opened by keyboard, stay open where something in them is chosen, and what is closed is no stop of the Tab key", async (t) => {
    const page = await at(t, "topics");
    assert.equal(await page.locator(`${group}[open]`).count(), 0);
    await tabTo(page, `${group} > summary`);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate((selector) => document.activeElement.closest(selector) !== null, group), false);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    assert.equal(await page.locator(`${group}[open]`).count(), 1);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.value), "nhs");
    await page.keyboard.press("Space");
    await whole(page, "groups opened");
    await goOn(page, keyboard);
    await turning(page, () => page.goBack());
    assert.equal(await page.locator(`${group}[open]`).count(), 1);
    assert.deepEqual((await standing(page, "topics")).chosen, ["nhs"]);
    await goOn(page);
    await walk(page, shortest);
    assert.deepEqual((await receiver.show(await send(page))).about.topics, ["nhs"]);
  });

  // The first group is closed for carers.
  for (const hands of [mouse, keyboard]) {
    test(`the summary's link leads to an option though its group is closed (${hands.name})`, async (t) => {
      const page = await at(t, "topics", { ...shortest, who: "foster_carer" });
      await wrong(page);
      const [[text, target]] = await told(page);
      assert.equal(text, error("topics"));
      await hands.press(page, `#summary a[href="#${target}"]`);
      await focus(page, target);
      assert.ok(await page.locator(`label[for="${target}"]`).isVisible());
      await whole(page, "topics, refused");
    });
  }

  test("the summary's link leads to a question in a group that was closed again", async (t) => {
    const page = await at(t, "topics");
    await answer(page, "topics", ["school"]);
    await page.locator('details:has(input[name="topics"][value="school"]) > summary').click();
    await wrong(page);
    await summary(page).locator("a").first().click();
    await focus(page, "school_type-choice-0");
    assert.ok(await page.locator('label[for="school_type-choice-0"]').isVisible());
  });
});
