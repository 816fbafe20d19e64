// The rules of a page: what is wrong is said, nothing is lost, and the way is always clear.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { shortest, statutory } from "./support/answers.mjs";
import { desktop, mounted, narrow } from "./support/browser.mjs";
import { accessible, fits, shoot } from "./support/checks.mjs";
import { keyboard, mouse } from "./support/hands.mjs";
import { answer, besides, goOn, refused, send, walk } from "./support/journey.mjs";
import {
  address, arrived, changeLink, control, focused, heading, needed, place, questions, standing, submitButton, summary, turning,
} from "./support/page.mjs";
import { at, open, receiver, words } from "./support/pages.mjs";

/** The words of an error of a question. */
const error = (question, cause) => words.questions[question].errors?.[cause] ?? words.errors[cause];

/** What a refused page says, and where its first entry leads. */
async function said(page) {
  const entries = summary(page).locator("li a");
  const texts = await entries.allInnerTexts();
  const target = (await entries.first().getAttribute("href")).slice(1);
  return { texts, target };
}

/** The text of the elements that describe an element or its fieldset. */
async function description(page, id) {
  return page.evaluate((of) => {
    const element = document.getElementById(of);
    return [element, element.closest("fieldset")]
      .flatMap((one) => one?.getAttribute("aria-describedby")?.split(" ") ?? [])
      .map((name) => document.getElementById(name).innerText)
      .join("\n");
  }, id);
}

describe("what is wrong", () => {
  test("an empty answer is refused in a summary with the focus and beside the field, and the summary leads to the field", async (t) => {
    const page = await open(t);
    const answers = { ...shortest, topics: ["school", "send_transport"], who: "relative" };
    await walk(page, answers, {
      hands: mouse,
      visit: async (here) => {
        const missing = [];
        for (const question of await needed(page)) {
          const { kind, prefix } = await control(page, question);
          const named = kind === "date" ? "field-day" : kind === "text" ? "field-text" : "choice-0";
          missing.push([question, error(question, "missing"), prefix + named]);
        }
        if (missing.length === 0) return;
        await refused(page);
        await page.waitForFunction(() => document.activeElement?.id === "summary");
        assert.ok((await page.title()).startsWith("Error: "), here);
        const told = await summary(page).locator("li a").evaluateAll((links) => links.map((link) => [link.innerText, link.getAttribute("href").slice(1)]));
        assert.deepEqual(told, missing.map(([, ...told]) => told), here);
        await accessible(page, `${here}, refused`);
        await shoot(page, `error-${here}`);
        for (const [question, text, target] of missing) {
          await summary(page).locator(`a[href="#${target}"]`).click();
          await page.waitForFunction((id) => document.activeElement?.id === id, target);
          assert.ok((await page.locator(`#question-${question} .govuk-error-message`).first().innerText()).endsWith(text), question);
          assert.ok((await description(page, target)).includes(text), `${question}: the field is not described by its error`);
          const top = await page.locator(`#question-${question} :is(legend, label)`).first().evaluate((element) => element.getBoundingClientRect().top);
          assert.ok(top >= 0 && top < page.viewportSize().height, `${question} is not in view`);
        }
      },
    });
    await send(page);
    assert.ok(!(await page.title()).startsWith("Error: "));
  });

  test("the summary can have the focus only until it loses it", async (t) => {
    const page = await open(t);
    await refused(page);
    await page.waitForFunction(() => document.activeElement?.id === "summary");
    await page.keyboard.press("Tab");
    assert.equal(await summary(page).getAttribute("tabindex"), null);
  });

  const dates = [
    { when: { day: "27" }, cause: "date_incomplete", field: "month" },
    { when: { day: "27", month: "3" }, cause: "date_incomplete", field: "year" },
    { when: { day: "31", month: "2", year: "2026" }, cause: "date_impossible", field: "day" },
    { when: { day: "1", month: "13", year: "2026" }, cause: "date_impossible", field: "month" },
    { when: { day: "1", month: "3", year: "26" }, cause: "year_short", field: "year" },
    { when: { day: "18", month: "12", year: "2026" }, cause: "date_in_future", field: "day" },
    { when: { day: "1", month: "12", year: "2026", about: "in spring" }, cause: "date_twice", field: "day" },
    { when: { about: "in spring", notKnown: true }, cause: "date_twice", field: "about" },
  ];
  test("a date says what is wrong with it, the missing before the impossible, and the impossible before other rules", async (t) => {
    const page = await at(t, "event_date");
    for (const { when, cause, field } of dates) {
      await address(page, "#/contacts");
      await arrived(page, "contacts");
      await page.goBack();
      await arrived(page, "event_date");
      await clear(page, "event_date");
      await answer(page, "event_date", when);
      await refused(page);
      const { texts, target } = await said(page);
      assert.deepEqual([texts, target], [[error("event_date", cause)], `event_date-field-${field}`], JSON.stringify(when));
      assert.ok((await description(page, target)).includes(texts[0]), JSON.stringify(when));
      assert.equal((await standing(page, "event_date")).text.year, when.year ?? "", "what was typed stays");
    }
    await accessible(page, "event_date, wrong");
  });

  for (const when of [{ day: "17", month: "12", year: "2026" }, { month: "jan", year: "2026" }, { about: "last spring" }, { notKnown: true }]) {
    test(`${JSON.stringify(when)} is an answer to when it happened`, async (t) => {
      const page = await at(t, "topics", { ...shortest, event_date: when });
      assert.equal(await heading(page), words.questions.topics.title);
    });
  }

  test("a text that is too long is never cut, is counted at once, and the count is spoken after a pause", async (t) => {
    const page = await at(t, "what_happened");
    await besides(page, "what_happened", shortest);
    const long = "👩".repeat(2) + "a".repeat(4999);
    await mouse.type(page, "text", long);
    const count = page.locator(".govuk-character-count__status").first();
    assert.equal(await count.innerText(), words.words.characters_one_over);
    await page.locator("[aria-live=polite]", { hasText: words.words.characters_one_over }).waitFor({ state: "attached" });
    await refused(page);
    assert.deepEqual((await said(page)).texts, [error("what_happened", "too_long_by_one").replace("{max}", "5000")]);
    assert.equal((await standing(page)).text.text, long);
    await shoot(page, "error-too-long");
    await mouse.type(page, "text", long.slice(0, -1));
    assert.equal(await count.innerText(), words.words.characters_left.replace("{count}", "0"));
    await goOn(page);
  });

  test("what is missing in contact details is said for each way that was chosen", async (t) => {
    const page = await at(t, "reach");
    await besides(page, "reach", shortest);
    await mouse.tick(page, "reach", ["email", "telephone", "post"]);
    await refused(page);
    const missing = ["email_missing", "telephone_missing", "post_missing"].map((cause) => error("reach", cause));
    assert.deepEqual((await said(page)).texts, missing);
    await accessible(page, "reach, refused");
    await shoot(page, "error-reach");
    for (const [at, name] of ["email", "telephone", "post"].entries()) {
      await summary(page).locator("a").nth(at).click();
      await page.waitForFunction((id) => document.activeElement?.id === id, `reach-field-${name}`);
      assert.ok((await description(page, `reach-field-${name}`)).includes(missing[at]), name);
    }
    await mouse.type(page, "email", "zoe at example.org", "reach-");
    await mouse.type(page, "telephone", "12", "reach-");
    await mouse.type(page, "post", "1 Low Road", "reach-");
    await submitButton(page).click();
    await page.waitForFunction((text) => document.querySelector("#summary")?.innerText.includes(text), error("reach", "email_shape"));
    assert.deepEqual((await said(page)).texts, ["email_shape", "telephone_shape"].map((cause) => error("reach", cause)));
    const { text } = await standing(page, "reach");
    assert.deepEqual([text.email, text.telephone, text.post], ["zoe at example.org", "12", "1 Low Road"]);
  });

  test("the box that excludes the others clears them, and they clear it", async (t) => {
    const page = await at(t, "reach");
    await mouse.tick(page, "reach", ["email", "post", "none"]);
    assert.deepEqual((await standing(page, "reach")).chosen, ["none"]);
    await mouse.tick(page, "reach", ["telephone"]);
    assert.deepEqual((await standing(page, "reach")).chosen, ["telephone"]);
    await page.locator("#reach-field-telephone").waitFor();
    await page.locator("#reach-field-email").waitFor({ state: "hidden" });
  });
});

/** Empties every field of a question. */
async function clear(page, question) {
  for (const input of await page.locator(`#question-${question} input[type=text]`).all()) {
    if (await input.isVisible()) await input.fill("");
  }
  for (const box of await page.locator(`#question-${question} input:checked`).all()) {
    await page.locator(`label[for="${await box.getAttribute("id")}"]`).click();
  }
}

describe("nothing is lost", () => {
  test("back and forward, by the browser and by the link, keep what was answered and what was only typed", async (t) => {
    const page = await at(t, "topics");
    await mouse.tick(page, "topics", ["delay"]);
    await turning(page, () => page.getByRole("link", { name: words.words.back, exact: true }).click());
    assert.equal(await place(page), "child_name");
    await turning(page, () => page.goBack());
    assert.deepEqual((await standing(page, "event_date")).text, { day: "2", month: "11", year: "2026", about: "" });
    assert.equal((await standing(page)).text.text, shortest.what_happened);
    await mouse.type(page, "text", "Half a sent");
    await turning(page, () => page.goBack());
    assert.deepEqual((await standing(page, "who")).chosen, [shortest.who]);
    for (const name of ["what_happened", "child_name", "topics"]) {
      await turning(page, () => page.goForward());
      assert.equal(await place(page), name);
      if (name === "what_happened") assert.equal((await standing(page)).text.text, "Half a sent");
    }
    assert.deepEqual((await standing(page, "topics")).chosen, ["delay"]);
  });

  test("looking at how complaints work and coming back loses nothing", async (t) => {
    const page = await at(t, "what_happened");
    await mouse.type(page, "text", "Half a sent");
    await turning(page, () => page.locator(".pr-help a[href='#/guide']").click());
    await turning(page, () => page.getByRole("link", { name: words.words.back, exact: true }).click());
    assert.equal((await standing(page)).text.text, "Half a sent");
  });

  for (const hands of [mouse, keyboard]) {
    test(`the guide's list of contents leads to each of its parts, and back (${hands.name})`, async (t) => {
      const page = await open(t);
      await turning(page, () => hands.press(page, ".pr-help a[href='#/guide']"));
      const parts = await page.locator("main nav a").evaluateAll((links) => links.map((link) => link.getAttribute("href").slice(1)));
      assert.deepEqual(parts, words.guide.map(({ id }) => `/guide/${id}`));
      for (const part of parts.slice(0, 3)) {
        await page.evaluate(() => { document.querySelector("main").dataset.same = "yes"; });
        await hands.press(page, `main nav a[href="#${part}"]`);
        await page.waitForFunction((part) => document.activeElement.id === part, part);
        const { top, told, same } = await page.evaluate(() => ({
          top: document.activeElement.getBoundingClientRect().top, told: document.activeElement.innerText,
          same: document.querySelector("main").dataset.same,
        }));
        assert.ok(top >= 0 && top < 150, `${part} is at ${top}`);
        assert.equal(told, words.guide.find(({ id }) => part.endsWith(`/${id}`)).title);
        assert.equal(same, "yes", "the page was drawn again");
        await page.goBack();
        await page.waitForFunction(() => location.hash === "#/guide" && document.activeElement.matches("main h1"));
      }
    });
  }

  test("an address leads to a part of the guide when the page is opened, and a part that is not there to the guide", async (t) => {
    const page = await open(t, "/?council=bromley#/guide/ombudsman");
    await page.waitForFunction(() => document.activeElement.id === "/guide/ombudsman");
    await page.evaluate(() => { location.hash = "#/guide/nowhere"; });
    await page.waitForFunction(() => location.hash === "#/guide");
  });

  test("leaving is asked about where nothing is kept and something was answered or typed, and not before", async (t) => {
    const page = await open(t);
    const asked = [];
    page.on("dialog", (dialog) => {
      asked.push(dialog.type());
      dialog.accept();
    });
    await page.reload();
    await mounted(page);
    assert.deepEqual(asked, []);
    await mouse.choose(page, "want", "complaint");
    await page.reload();
    await mounted(page);
    assert.deepEqual(asked, []);
    await page.locator(".pr-keep button").click();
    await mouse.choose(page, "want", "compliment");
    await page.reload();
    await mounted(page);
    assert.deepEqual(asked, ["beforeunload"]);
  });

  test("what was ticked before the app was there counts, and keeps the focus", async (t) => {
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    const page = await open(t, "/?council=bromley", {
      wait: false,
      before: (page) => page.route("**/*.wasm", async (route) => { await held; await route.continue(); }),
    });
    await mouse.choose(page, "want", "complaint");
    release();
    await mounted(page);
    assert.deepEqual(await standing(page, "want"), { chosen: ["complaint"], text: {} });
    assert.equal(await focused(page), "choice-0");
    await goOn(page);
    assert.equal(await place(page), "who");
  });

  test("Continue before the app is there neither forgets the council nor puts an answer in the address", async (t) => {
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    const page = await open(t, "/?council=westminster", {
      wait: false,
      before: (page) => page.route("**/*.wasm", async (route) => { await held; await route.continue(); }),
    });
    await mouse.choose(page, "want", "complaint");
    await page.locator(".pr-go:visible").click();
    release();
    await mounted(page);
    assert.equal(new URL(page.url()).search, "?council=westminster");
    assert.equal(await place(page), "want");
    assert.deepEqual((await standing(page, "want")).chosen, ["complaint"]);
    assert.ok((await questions(page)).includes("borough"));
  });
});

describe("changing an answer", () => {
  test("Change comes straight back to the check page", async (t) => {
    const page = await at(t, "check");
    await turning(page, () => changeLink(page, "what_happened").click());
    assert.equal((await standing(page)).text.text, shortest.what_happened);
    await mouse.type(page, "text", "Nobody came, twice.");
    await goOn(page);
    assert.equal(await place(page), "check");
    assert.ok((await page.locator("main").innerText()).includes("Nobody came, twice."));
  });

  test("a change that opens a question asks it, and says again what we think where that has changed", async (t) => {
    const page = await at(t, "check");
    await turning(page, () => changeLink(page, "topics").click());
    await mouse.tick(page, "topics", ["school"]);
    await mouse.choose(page, "school_type", "academy");
    await goOn(page);
    assert.equal(await place(page), "advice");
    assert.equal(await heading(page), words.outcomes.split.title);
    await goOn(page);
    assert.equal(await place(page), "check");
  });

  test("an answer to a question that is no longer asked is neither shown nor sent", async (t) => {
    const page = await at(t, "check", { ...shortest, topics: ["support", "school"], school_type: "academy" });
    assert.equal(await changeLink(page, "school_type").count(), 1);
    await turning(page, () => changeLink(page, "topics").click());
    await mouse.tick(page, "topics", ["school"]);
    await goOn(page);
    assert.equal((await walk(page, shortest)).at(-1), "check");
    assert.equal(await changeLink(page, "school_type").count(), 0);
    const submission = await receiver.show(await send(page));
    assert.deepEqual([submission.about.topics, submission.about.school_type], [["support"], undefined]);
  });

  test("what was left out is not listed, and every Change says of what", async (t) => {
    const page = await at(t, "check");
    const links = await page.locator("main .govuk-summary-list__actions a").allTextContents();
    assert.equal(new Set(links).size, links.length, "two links sound the same");
    assert.ok(links.length > 3);
    assert.equal(await changeLink(page, "effect").count(), 0);
  });

  test("who will see it is asked again when it goes to another council", async (t) => {
    const page = await at(t, "check", { ...shortest, borough: "westminster" }, "/?council=westminster");
    assert.deepEqual((await standing(page, "sharing")).chosen, ["agreed"]);
    await turning(page, () => changeLink(page, "borough").click());
    const been = await walk(page, { ...shortest, borough: "kensington-and-chelsea" }, { until: "sharing" });
    assert.equal(been.at(-1), "sharing");
    assert.deepEqual((await standing(page, "sharing")).chosen, []);
  });
});

test("no page is wider than a window of 320 pixels, whatever was typed", async (t) => {
  const page = await open(t, "/?council=kensington-and-chelsea", { viewport: narrow });
  const word = "Rindfleischetikettierungs".repeat(8);
  const answers = {
    ...statutory, what_happened: word, people_and_teams: word, full_name: word.slice(0, 100),
    reach: { email: `${word.slice(0, 60)}@${word.slice(0, 60)}.example.org`, telephone: "07700 900 123", post: word },
  };
  const wide = [];
  const look = (here) => fits(page, here).catch((error) => wide.push(error.message));
  await walk(page, answers, { visit: look });
  await send(page);
  await look("sent");
  assert.deepEqual(wide, []);
});

test("on a desk the first page fits, and axe finds nothing wrong with it", async (t) => {
  const page = await open(t, "/?council=bromley", { viewport: desktop });
  await accessible(page, "want, on a desk");
  await fits(page, "want, on a desk");
});
