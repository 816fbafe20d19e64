// A complaint already made: where it stands, what is late, and the letter, taken away or sent.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import ICAL from "ical.js";

import { late, ownLetter, pack, stage, typed } from "./support/answers.mjs";
import { Browser, narrow } from "./support/browser.mjs";
import { accessible, discreet, fits, invalid, shoot } from "./support/checks.mjs";
import { hurry, keyboard, mouse } from "./support/hands.mjs";
import { refused, send, walk } from "./support/journey.mjs";
import { address, arrived, changeLink, heading, openAll, place, shownWords, standing, turning } from "./support/page.mjs";
import { data, Receiver } from "./support/receiver.mjs";

let receiver, browser, words;
const html = {};

before(async () => {
  [receiver, browser, words] = await Promise.all([Receiver.start(), Browser.start(), data("content/en/adult.json")]);
});
after(() => Promise.all([browser?.stop(), receiver?.stop()]));

const open = (t, council = "bromley", options) => browser.page(t, `${receiver.origin}/?council=${council}`, options);

async function at(t, question, answers = late, council = "bromley", options) {
  const page = await open(t, council, options);
  assert.equal((await walk(page, { ...answers, borough: council }, { until: question })).at(-1), question);
  return page;
}

const button = (page, word) => page.getByRole("button", { name: words.words[word], exact: true });
const letterOf = (page) => page.locator("#field-text").inputValue();
const notice = (page) => page.locator(".pr-notice");
const flat = (text) => text.replace(/\s+/g, " ");

describe("a stage 1 complaint that is overdue by a week", () => {
  for (const council of ["bromley", "kensington-and-chelsea", "westminster"]) {
    for (const hands of [mouse, keyboard]) {
      test(`${council}: by ${hands.name}, three pages lead to a letter, and it arrives`, async (t) => {
        const page = await open(t, council);
        const shared = council !== "bromley";
        let letter;
        const visit = async (here) => {
          await discreet(page, typed(late), here);
          await accessible(page, `${council}: ${here}`);
          if (hands === mouse) await shoot(page, `late-${council}-${here}`);
          if (here === "progress") {
            assert.equal(await heading(page), `5 working days late. ${words.outcomes.escalate_stage2.title}`);
            const count = await shownWords(page);
            assert.ok(count <= 120, `${count} words stand on the page`);
            await openAll(page);
            const told = flat(await page.locator("main").innerText());
            for (const part of ["Thursday 10 December 2026", "5 working days late", "If you ask today", "28 December (Boxing Day"]) {
              assert.ok(told.includes(part), `${part}: ${told}`);
            }
            assert.equal(await page.locator(".pr-strip__day--over").count(), 5);
          }
          if (here === "letter") letter = await letterOf(page);
        };
        const been = await walk(page, { ...late, borough: council }, { hands, visit });
        const questions = ["want", ...(shared ? ["borough"] : []), "last_step", "stage_waiting", "stage1_sent", "council_reference", "progress", "letter"];
        assert.deepEqual(been.slice(0, questions.length), questions);
        const reference = await send(page, hands);
        const submission = await receiver.show(reference);
        assert.equal(submission.kind, "follow_up");
        assert.equal(submission.council, council);
        assert.equal(submission.follow_up.asks_for, "stage2");
        assert.deepEqual(submission.follow_up.dates, { stage1_sent: { known: "day", date: "2026-11-12" } });
        assert.equal(submission.follow_up.council_reference, late.council_reference);
        const arrivedLetter = submission.points[0].what_happened;
        assert.ok(arrivedLetter.includes(late.council_reference) && arrivedLetter.endsWith(late.full_name), arrivedLetter);
        assert.ok(letter.includes("until Thursday 10 December 2026. I have had no answer."));
        const deadlines = Object.fromEntries(submission.guidance.deadlines.map((limit) => [limit.clock, limit]));
        assert.equal(deadlines["statutory.s2.response"].due, "2027-01-26");
        assert.equal(deadlines["statutory.s2.response"].latest, "2027-03-23");
        const told = flat(await page.locator("main").innerText());
        for (const day of ["26 January 2027", "23 March 2027"]) assert.ok(told.includes(day), `the confirmation lacks ${day}`);
      });
    }
  }

  test("the page is as it should be at 320 px, and valid", async (t) => {
    const page = await at(t, "progress", late, "westminster", { viewport: narrow });
    await fits(page, "progress");
    html.progress = await page.content();
    await turning(page, () => page.locator("main form button").click());
    await fits(page, "letter");
    html.letter = await page.content();
    const wrong = (await invalid(html)).filter(({ type }) => type === "error");
    assert.deepEqual(wrong, []);
  });
});

describe("the letter", () => {
  test("what the person says stands in it; their own words stay theirs", async (t) => {
    const page = await at(t, "letter", ownLetter);
    const ours = await letterOf(page);
    for (const part of [ownLetter.letter_parts, ownLetter.letter_why, ownLetter.letter_wants]) assert.ok(ours.includes(part), ours);
    await page.locator("#field-text").fill("<b>My own</b> words 🦊");
    await walk(page, { ...ownLetter, letter: null }, {});
    assert.equal(await place(page), "check");
    assert.ok((await page.locator(".govuk-summary-list").innerText()).includes("<b>My own</b> words 🦊"));
    await turning(page, () => changeLink(page, "letter_why").click());
    await page.locator("#letter_why-field-text").fill("Another reason.");
    await turning(page, () => page.locator("main form button[type=submit]").click());
    assert.equal(await place(page), "letter", "what it was made from has changed, so it is shown again");
    assert.equal(await letterOf(page), "<b>My own</b> words 🦊");
    await turning(page, () => button(page, "letter_restore").click()).catch(() => {});
    await page.waitForFunction(() => document.querySelector("#field-text").value.includes("Another reason."));
  });

  test("copied, it is in the clipboard as it stands on the page", async (t) => {
    const page = await at(t, "letter");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.locator("#field-text").fill("Line one\nLine two");
    await button(page, "copy").click();
    await notice(page).getByText(words.words.copied).waitFor();
    assert.equal((await page.evaluate(() => navigator.clipboard.readText())).replace(/\r\n/g, "\n"), "Line one\nLine two");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), words.words.copy, "the focus stays");
    await accessible(page, "after copying");
  });

  test("where there is no clipboard, that is said and nothing is lost", async (t) => {
    const page = await at(t, "letter", late, "bromley", {
      before: (page) => page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined })),
    });
    await button(page, "copy").click();
    await notice(page).getByText(words.words.copy_failed).waitFor();
    assert.ok((await letterOf(page)).includes("I have had no answer."));
  });

  test("as a file it is what stands on the page", async (t) => {
    const page = await at(t, "letter");
    const [download] = await Promise.all([page.waitForEvent("download"), button(page, "save_file").click()]);
    assert.equal(download.suggestedFilename(), `${words.letters.stage2.title}.txt`);
    const text = await readFile(await download.path(), "utf8");
    const [letter, to] = text.replace(/\r\n/g, "\n").split(`\n\n${words.words.letter_send_to}\n`);
    assert.equal(letter, await letterOf(page));
    assert.ok(to.includes("BR1 3UH"), to);
    await notice(page).getByText(download.suggestedFilename()).waitFor();
  });

  test("on paper there is the letter and nothing else of the page", async (t) => {
    const page = await at(t, "letter");
    await page.locator("#field-text").fill("A letter.\nWith two lines.");
    await page.emulateMedia({ media: "print" });
    assert.equal((await page.locator("main").innerText()).trim(), "A letter.\nWith two lines.");
  });

  test("an empty letter is not sent", async (t) => {
    const page = await at(t, "letter");
    await page.locator("#field-text").fill(" ");
    await refused(page);
    assert.equal(await place(page), "letter");
    await accessible(page, "an empty letter");
  });

  test("back and forward keep it", async (t) => {
    const page = await at(t, "letter");
    await page.locator("#field-text").fill("Half a sen");
    await page.goBack();
    await arrived(page, "progress");
    await page.goForward();
    await arrived(page, "letter");
    assert.deepEqual((await standing(page)).text, { text: "Half a sen" });
  });
});

describe("the Ombudsman’s pack", () => {
  test("holds what was said and every date, and cannot be sent to the council", async (t) => {
    const page = await at(t, "letter", pack, "westminster");
    await shoot(page, "pack");
    await accessible(page, "pack");
    const text = await letterOf(page);
    for (const part of [pack.letter_parts, pack.council_said, pack.letter_why, pack.letter_wants, "Complaint sent", "Westminster City Council"]) {
      assert.ok(text.includes(part), `${part}: ${text}`);
    }
    assert.equal(await page.locator("main form button[type=submit]").count(), 0);
    await address(page, "#/check");
    await page.waitForFunction(() => location.hash === "#/question/letter");
  });

  test("the page names the Ombudsman, with telephone and address", async (t) => {
    const page = await at(t, "progress", pack, "westminster");
    await shoot(page, "ombudsman");
    await openAll(page);
    const told = await page.locator(".pr-signposts").innerText();
    assert.ok(told.includes("0300 061 0614") && told.includes("PO Box 4771"), told);
  });
});

describe("the calendar file", () => {
  const cases = [["of a complaint that waits", { ...late, stage1_sent: { day: "7", month: "12", year: "2026" } }], ["of a request", ownLetter]];
  for (const [name, answers] of cases) {
    test(`${name} holds the days ahead, as another program reads it`, async (t) => {
      const page = await at(t, "progress", answers, "westminster");
      await openAll(page);
      const ahead = ".pr-timeline__day--coming .pr-timeline__date, .pr-timeline__day--if_asked .pr-timeline__date";
      const shown = await page.locator(ahead).allInnerTexts();
      const [download] = await Promise.all([page.waitForEvent("download"), button(page, "save_calendar").click()]);
      assert.equal(download.suggestedFilename(), "dates.ics");
      const calendar = new ICAL.Component(ICAL.parse(await readFile(await download.path(), "utf8")));
      const events = calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
      const written = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
      const titles = ["reply", "latest", "own"].map((name) => words.words[`calendar_${name}`]);
      const read = events.map((event) => {
        assert.ok(event.startDate.isDate && event.uid && titles.includes(event.summary), event.summary);
        assert.equal(event.component.getAllSubcomponents("valarm").length, 0);
        return written.format(new Date(`${event.startDate}T00:00:00Z`)).replace(",", "");
      });
      assert.deepEqual(read.sort(), shown.map((day) => day.trim()).sort());
      assert.equal(new Set(events.map((event) => event.uid)).size, events.length);
      const [reminding] = await Promise.all([page.waitForEvent("download"), button(page, "save_reminders").click()]);
      const asked = new ICAL.Component(ICAL.parse(await readFile(await reminding.path(), "utf8")));
      assert.ok(asked.getAllSubcomponents("vevent").every((event) => event.getAllSubcomponents("valarm").length === 1));
    });
  }

  test("can be had from the confirmation too", async (t) => {
    const page = await at(t, "check");
    await send(page);
    await page.locator("summary", { hasText: words.words.calendar_title }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), button(page, "save_calendar").click()]);
    assert.ok((await readFile(await download.path(), "utf8")).includes("20270126"));
  });
});

test("someone who does not know the stage gets a letter that asks for it", async (t) => {
  const page = await open(t);
  const answers = { ...late, ...stage("not_known") };
  const been = await walk(page, answers, { hands: hurry });
  assert.deepEqual(been.slice(0, 7), ["want", "last_step", "stage_waiting", "stage1_sent", "council_reference", "progress", "letter"]);
  const submission = await receiver.show(await send(page));
  assert.equal(submission.follow_up.asks_for, "stage");
  assert.ok(submission.points[0].what_happened.includes(words.words.which_procedure_question));
});
