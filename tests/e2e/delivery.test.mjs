// Sending: never said to have arrived without a reference, never lost, never twice.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { shortest } from "./support/answers.mjs";
import { Browser } from "./support/browser.mjs";
import { accessible, shoot } from "./support/checks.mjs";
import { serveCompiled } from "./support/compiled.mjs";
import { mouse } from "./support/hands.mjs";
import { goOn, send, walk } from "./support/journey.mjs";
import { changeLink, heading, openAll, place, standing, submitButton, summary, turning } from "./support/page.mjs";
import { data, Receiver } from "./support/receiver.mjs";

const submissions = "**/api/submissions";
let receiver, browser, words, council;

before(async () => {
  [receiver, browser, words, council] = await Promise.all([
    Receiver.start(), Browser.start(), data("content/en/adult.json").then((file) => file.words), data("councils/bromley.json"),
  ]);
});
after(() => Promise.all([browser?.stop(), receiver?.stop()]));

/**
 * A finished complaint, and how many are in the store already. A browser tells of failed requests in its console.
 * Nothing is sent again by itself unless `retry` says so.
 */
async function finished(t, { before: prepare, retry = null } = {}) {
  const page = await browser.page(t, `${receiver.origin}/?council=bromley`, {
    allow: [/Failed to load resource/],
    before: async (page) => {
      const json = { ...council, delivery: { ...council.delivery, retry } };
      await serveCompiled(page, { "councils/bromley.json": json });
      await prepare?.(page);
    },
  });
  await walk(page, shortest);
  const stored = (await receiver.list()).length;
  return { page, added: async () => (await receiver.list()).length - stored };
}

/** Presses Send, or Try again, and waits until it is told that nothing is confirmed. */
async function fails(page) {
  await page.evaluate(() => document.querySelector("#summary")?.setAttribute("data-old", ""));
  await submitButton(page).click();
  await page.waitForFunction(() => document.activeElement?.id === "summary" && document.querySelector("main form button:enabled"));
}

/** What the page says when nothing is confirmed: why, that all is kept, and how else to reach the council. */
async function tellsHowToReachTheCouncil(page, why, { known = false } = {}) {
  const text = await page.locator("main").innerText();
  assert.ok((await page.title()).startsWith("Error: "));
  assert.ok((await summary(page).innerText()).includes(known ? words.not_sent_sure : words.not_sent_title));
  const again = known ? words.again_safe : words.again_same;
  for (const said of [why, again, words.ways_not_sent, words.not_sent_kept, ...council.contact.post]) assert.ok(text.includes(said), said);
  const number = `tel:${council.contact.telephone[0].number.replaceAll(" ", "")}`;
  assert.ok(await page.locator(`main a[href="${number}"]`).isVisible());
  assert.ok(text.includes(shortest.what_happened), "the answers are still there");
}

test("a receiver that is down: it may not have arrived, all is kept, and trying again delivers it once", async (t) => {
  const { page, added } = await finished(t);
  await receiver.down();
  t.after(() => receiver.up().catch(() => {})); // The others need it, whatever comes of this test.
  await fails(page);
  await tellsHowToReachTheCouncil(page, words.failed_unreachable);
  await accessible(page, "check, not sent");
  await shoot(page, "check-not-sent");
  assert.equal(await submitButton(page).innerText(), words.try_again);
  await fails(page);
  await receiver.up();
  const reference = await send(page);
  assert.equal(await added(), 1);
  assert.equal((await receiver.show(reference)).points[0].what_happened, shortest.what_happened);
});

test("an answer that was lost on its way: trying again gives the reference of the first and stores nothing more", async (t) => {
  const { page, added } = await finished(t);
  const given = [];
  await page.route(submissions, async (route) => {
    given.push((await (await route.fetch()).json()).reference);
    await route.abort();
  }, { times: 2 });
  await fails(page);
  assert.equal(await added(), 1);
  await fails(page);
  const reference = await send(page);
  assert.deepEqual(given, [reference, reference]);
  assert.equal(await added(), 1);
});

test("answers changed after a lost answer go under a new number that names the old one", async (t) => {
  const { page, added } = await finished(t);
  let first;
  await page.route(submissions, async (route) => {
    first = route.request().postDataJSON();
    await route.fetch();
    await route.abort();
  }, { times: 1 });
  await fails(page);
  await turning(page, () => changeLink(page, "what_happened").click());
  await mouse.type(page, "text", "Nobody came, twice.");
  await goOn(page);
  assert.ok(!(await page.title()).startsWith("Error: "));
  const submission = await receiver.show(await send(page));
  assert.equal(await added(), 2);
  assert.equal(submission.replaces, first.id);
  assert.notEqual(submission.id, first.id);
  assert.equal(submission.points[0].what_happened, "Nobody came, twice.");
});

test("a refusal names the question in the council's words and leads to it, and is mended there", async (t) => {
  const { page, added } = await finished(t);
  await page.route(submissions, (route) => route.fulfill({
    status: 422, contentType: "application/problem+json",
    body: JSON.stringify({ title: "Unprocessable", status: 422, errors: [
      { pointer: "#/points/0/what_happened", detail: "must be longer" }, { pointer: "#/nowhere", detail: "<b>is odd</b>" },
    ] }),
  }), { times: 1 });
  await fails(page);
  await tellsHowToReachTheCouncil(page, words.failed_refused, { known: true });
  const link = summary(page).getByRole("link", { name: "What happened: must be longer" });
  assert.ok((await summary(page).innerText()).includes("<b>is odd</b>"), "a receiver's words are text");
  await accessible(page, "check, refused");
  await shoot(page, "check-refused");
  await turning(page, () => link.click());
  assert.equal(await place(page), "what_happened");
  assert.equal((await standing(page)).text.text, shortest.what_happened);
  await mouse.type(page, "text", "Nobody came, though they had promised.");
  await goOn(page);
  assert.equal(await place(page), "check");
  const submission = await receiver.show(await send(page));
  assert.equal(submission.replaces, undefined, "what was refused has not arrived");
  assert.equal(await added(), 1);
});

const unconfirmed = [[429, "failed_busy", true], [503, "failed_fault"], [500, "failed_fault"], [200, "failed_fault"]];
for (const [status, why, known] of unconfirmed) {
  test(`an answer of ${status} without a reference is not called sent`, async (t) => {
    const { page } = await finished(t);
    await page.route(submissions, (route) => route.fulfill({ status, contentType: "text/html", body: "<p>Thank you</p>" }));
    await fails(page);
    await tellsHowToReachTheCouncil(page, words[why], { known });
  });
}

test("no answer in time says that it is not known whether it arrived", async (t) => {
  const { page } = await finished(t, { before: (page) => page.clock.install({ time: "2026-12-17T11:00:00Z" }) });
  await page.route(submissions, () => {});
  await submitButton(page).click();
  await page.getByRole("status").filter({ hasText: words.sending }).waitFor();
  await page.clock.fastForward("02:00");
  await page.waitForFunction(() => document.activeElement?.id === "summary");
  await tellsHowToReachTheCouncil(page, words.failed_unknown);
});

test("what does not get through is sent again by itself, the very same, and each wait is told", async (t) => {
  const { page, added } = await finished(t, { retry: { most: 3, wait_seconds: 1 } });
  const sent = [];
  await page.route(submissions, async (route) => {
    sent.push([route.request().headers()["idempotency-key"], route.request().postData()]);
    if (sent.length === 1) {
      await route.fetch();
      await route.abort();
    } else if (sent.length === 2) {
      await route.fulfill({ status: 503 });
    } else {
      await route.continue();
    }
  });
  await turning(page, async () => {
    await submitButton(page).click();
    await page.getByRole("status").filter({ hasText: words.sending_again }).waitFor();
    await shoot(page, "check-sending-again");
  });
  assert.equal(await heading(page), words.sent_title);
  assert.equal(sent.length, 3);
  assert.deepEqual(sent, [sent[0], sent[0], sent[0]]);
  assert.equal(await added(), 1);
});

test("stopping what is on its way says that it may have arrived, and sending it again counts once", async (t) => {
  const { page, added } = await finished(t);
  let come;
  const reached = new Promise((resolve) => { come = resolve; });
  await page.route(submissions, async (route) => { await route.fetch(); come(); }, { times: 1 });
  await submitButton(page).click();
  await reached;
  await page.getByRole("button", { name: words.stop_sending }).click();
  await page.waitForFunction(() => document.activeElement?.id === "summary");
  await tellsHowToReachTheCouncil(page, words.failed_stopped);
  await send(page);
  assert.equal(await added(), 1);
});

test("pressing Send twice sends once", async (t) => {
  const { page, added } = await finished(t);
  const posted = [];
  page.on("request", (request) => { if (request.method() === "POST") posted.push(request.url()); });
  await turning(page, () => submitButton(page).dblclick());
  assert.equal(await heading(page), words.sent_title);
  assert.equal(posted.length, 1);
  assert.equal(await added(), 1);
});

test("while it is sent the button is off, nothing can be changed, and it says so", async (t) => {
  const { page, added } = await finished(t);
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route(submissions, async (route) => { await held; await route.continue(); });
  await submitButton(page).click();
  await page.getByRole("status").filter({ hasText: words.sending }).waitFor();
  assert.ok(await submitButton(page).isDisabled());
  assert.equal(await page.locator("main .govuk-summary-list__actions").count(), 0);
  await accessible(page, "check, sending");
  await turning(page, async () => release());
  assert.equal(await heading(page), words.sent_title);
  assert.equal(await added(), 1);
});

/** Presses Send, with the answer held. Gives what lets it come. */
async function sendAndHold(page, end) {
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route(submissions, async (route) => { await held; await end(route); }, { times: 1 });
  await submitButton(page).click();
  await page.getByRole("status").filter({ hasText: words.sending }).waitFor();
  return release;
}

test("a failure that comes while another page is looked at is told on the check page, with how to reach the council", async (t) => {
  const { page } = await finished(t);
  const release = await sendAndHold(page, (route) => route.abort());
  await turning(page, () => page.locator(".pr-help a[href='#/guide']").click());
  release();
  await page.waitForFunction(() => location.hash === "#/check" && document.activeElement?.id === "summary");
  await tellsHowToReachTheCouncil(page, words.failed_unreachable);
});

test("what is on its way can no longer be changed, and what was sent is shown as it was sent", async (t) => {
  const { page } = await finished(t);
  const release = await sendAndHold(page, (route) => route.continue());
  for (const hash of ["#/question/what_happened", "#/"]) {
    await page.evaluate((hash) => { location.hash = hash; }, hash);
    await page.waitForFunction(() => location.hash === "#/check");
    assert.equal(await page.locator("main textarea, main input").count(), 0);
  }
  release();
  await page.waitForFunction(() => location.hash === "#/sent");
  await openAll(page);
  const shown = await page.locator("main").innerText();
  const [latest] = (await receiver.list()).slice(-1);
  const sent = (await receiver.show(latest.reference)).points[0].what_happened;
  assert.equal(sent, shortest.what_happened);
  assert.ok(shown.includes(sent));
});

test("the confirmation keeps the dates of the day it was sent, on the days after", async (t) => {
  const { page } = await finished(t);
  await send(page);
  const told = async () => page.locator("main").innerText();
  const before = await told();
  assert.ok(before.includes("Thursday 17 December 2026"));
  await page.clock.setFixedTime("2026-12-21T11:00:00Z");
  await turning(page, () => page.locator(".pr-help a[href='#/guide']").click());
  await turning(page, () => page.goBack());
  assert.equal(await told(), before);
});

test("the number the person keeps is the one the council has", async (t) => {
  const { page } = await finished(t);
  const reference = await send(page);
  const copy = await page.locator("main .pr-reference").last().textContent();
  assert.equal(copy.replaceAll("-", ""), (await receiver.show(reference)).id);
});
