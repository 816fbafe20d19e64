// Drafts: in the tab by default, elsewhere where a person asks for it; a reload loses nothing, and every other start asks.

import assert from "node:assert/strict";
import { before, test } from "node:test";

import { fourteen, shortest, story } from "./support/answers.mjs";
import { mounted, narrow } from "./support/browser.mjs";
import { accessible, discreet, fits, shoot } from "./support/checks.mjs";
import {
  asked, button, choose, comeBack, goOnWithIt, half, halfWay, keep, kept, open, passphrase, receiver, reload, toDraft, words,
} from "./support/draft.mjs";
import { keyboard } from "./support/hands.mjs";
import { besides, goOn, send, walk } from "./support/journey.mjs";
import { address, arrived, heading, place, standing, summary, turning } from "./support/page.mjs";
import { data } from "./support/receiver.mjs";

test("it is kept in the tab from the first answer, in one key, and not at all where a person says so", async (t) => {
  const page = await open(t);
  const line = page.locator(".pr-keep");
  assert.ok((await line.innerText()).includes(words.draft_tab));
  await shoot(page, "draft-default");
  assert.equal((await kept(page)).all, 0, "an empty form is not stored");
  await button(page, words.draft_off).click();
  await page.locator(".pr-notice", { hasText: words.draft_deleted }).waitFor();
  await walk(page, shortest, { until: "who" });
  assert.equal((await kept(page)).all, 0);
  assert.ok((await line.innerText()).includes(words.draft_none));

  const other = await halfWay(t);
  await other.waitForFunction((half) => sessionStorage["putright/draft"]?.includes(half), half);
  const { tab, all, device } = await kept(other);
  assert.deepEqual([all, device], [1, undefined]);
  const [time, text] = [tab.slice(0, tab.indexOf(" ")), tab.slice(tab.indexOf(" "))];
  const draft = JSON.parse(text);
  assert.equal(new Date(time * 60_000).toISOString().slice(0, 10), "2026-12-17");
  assert.deepEqual([draft.format, draft.council, draft.route], ["putright/draft/1", "bromley", "#/question/what_happened"]);
  assert.deepEqual((await standing(other)).chosen, ["tab"]);
  await shoot(other, "draft");
  await accessible(other, "draft");
  await discreet(other, [half, passphrase], "draft");
  await button(other, words.draft_delete).click();
  await other.waitForFunction(() => sessionStorage.length + localStorage.length === 0);
  await turning(other, () => other.getByRole("link", { name: words.draft_go_on }).click());
  assert.equal((await standing(other)).text.text, half, "what is on the page stays");
});

/** Types into the field of a page, and presses its first choice: a second time takes a tick off again. */
const touch = (page, text) => page.evaluate((typed) => {
  const field = document.querySelector("#field-text, #field-day");
  if (field && field.type !== "password") {
    field.value = typed;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  document.querySelector("main form input[type=radio], main form input[type=checkbox]")?.click();
}, text);

test("a reload on every page of a journey loses nothing, and needs no question", async (t) => {
  const page = await open(t);
  let pages = 0;
  const visit = async (here) => {
    if (["sent", "guide", "contacts"].includes(here)) return;
    await touch(page, "half a sen");
    const before = await standing(page);
    await reload(page);
    assert.equal(await place(page), here);
    assert.deepEqual(await standing(page), before, here);
    await touch(page, "");
    pages += 1;
  };
  await walk(page, shortest, { visit });
  assert.ok(pages > 5, `${pages} pages`);
  await reload(page);
  const reference = await send(page);
  await page.locator(".govuk-panel").waitFor();
  await reload(page);
  assert.equal(await page.locator(".govuk-panel .pr-reference").innerText(), reference);
  const shown = await page.locator("main").innerText();
  assert.ok(/20\d\d/.test(shown) && /0\d{2,4} ?\d{3}/.test(shown), `dates and telephone: ${shown}`);
  assert.ok(!shown.includes(story.slice(0, 20)));
  assert.ok(!(await kept(page)).tab.includes(story.slice(0, 20)), "nothing that was written stays");
  await shoot(page, "sent-reloaded");
  await accessible(page, "the confirmation after a reload");
  await comeBack(page);
  assert.equal((await kept(page)).all, 0, "every other start forgets it");
  assert.equal(await page.locator(".govuk-panel").count(), 0);
});

test("every start but a reload asks whether to go on, and shows nothing else", async (t) => {
  const page = await halfWay(t);
  await comeBack(page);
  await asked(page).waitFor();
  assert.equal(await place(page), "draft");
  assert.ok((await page.title()).startsWith(words.draft_ask));
  assert.ok(!(await page.content()).includes(half), "nothing of it is shown");
  await shoot(page, "draft-asked");
  await accessible(page, "asked");
  // Somebody else does not get round the question by a reload, or by an address.
  await reload(page);
  await asked(page).waitFor();
  await address(page, "#/question/what_happened");
  await page.waitForFunction(() => location.hash === "#/draft");
  await goOnWithIt(page);
  await arrived(page, "what_happened");
  assert.equal((await standing(page)).text.text, half);
  await reload(page);
  await arrived(page, "what_happened");
  assert.equal((await standing(page)).text.text, half);

  await comeBack(page);
  await asked(page).waitFor();
  await button(page, words.draft_start_again).click();
  await arrived(page, "start");
  assert.equal((await kept(page)).all, 0);
  await reload(page);
  assert.equal(await asked(page).count(), 0);
});

test("in the tab it is kept for an hour after the last change", async (t) => {
  for (const [minutes, there] of [[59, true], [61, false]]) {
    const page = await halfWay(t);
    await page.waitForFunction((half) => sessionStorage["putright/draft"]?.includes(half), half);
    await page.clock.setFixedTime(Date.parse("2026-12-17T11:00:00Z") + minutes * 60_000);
    await address(page, "#/question/what_happened");
    await reload(page);
    if (there) {
      await arrived(page, "what_happened");
      assert.equal((await standing(page)).text.text, half);
    } else {
      await page.locator(".pr-notice", { hasText: words.draft_stale }).waitFor();
      assert.equal((await kept(page)).all, 0);
      assert.ok(!(await page.content()).includes(half));
    }
  }
});

test("the young start with nothing kept, and are offered it once they are safe", async (t) => {
  const young = await data("content/en/12-17.json");
  const page = await open(t, {}, "/bromley-12-17.html");
  await walk(page, fourteen, { until: "safe_now" });
  assert.equal((await kept(page)).all, 0);
  assert.equal(await page.getByRole("link", { name: young.words.draft_title }).count(), 0);
  await walk(page, { ...fourteen, safe_now: "yes" }, { until: "topics" });
  await turning(page, () => page.locator(".pr-keep").getByRole("link", { name: young.words.draft_title }).click());
  assert.ok((await page.locator("main").innerText()).includes(young.words.draft_none));
  await shoot(page, "draft-young");
  await accessible(page, "draft, for the young");
  await choose(page, "device");
  await summary(page).waitFor();
  assert.ok((await summary(page).innerText()).includes(young.words.draft_no_passphrase));
  assert.equal((await kept(page)).all, 0);
  await choose(page, "device", { secret: passphrase });
  await page.waitForFunction(() => localStorage["putright/draft"]);
  assert.ok((await kept(page)).device.startsWith('{"format":"putright/sealed/1"'));
});

test("on the device it is kept alone, until its last day, and opened where the person was", async (t) => {
  const page = await halfWay(t);
  await keep(page, "device");
  const now = await kept(page);
  assert.deepEqual([typeof now.device, now.all], ["string", 1]);
  assert.equal(JSON.parse(now.device).until, "2026-12-24");
  await shoot(page, "draft-kept-device");
  await accessible(page, "draft kept on the device");
  const other = await page.context().newPage();
  await other.clock.setFixedTime("2026-12-18T20:00:00Z");
  await other.goto(receiver.origin + "/?council=bromley");
  await mounted(other);
  await goOnWithIt(other);
  await arrived(other, "what_happened");
  assert.equal((await standing(other)).text.text, half);
  await reload(other);
  await arrived(other, "what_happened");
  assert.equal((await standing(other)).text.text, half);
  await page.close();
});

test("answers are kept at once and typing after a pause, and whoever types keeps the focus", async (t) => {
  const page = await halfWay(t);
  await keep(page, "device");
  await turning(page, () => page.getByRole("link", { name: words.draft_go_on }).click());
  const field = page.locator("#field-text");
  await field.fill("");
  await field.pressSequentially("It goes on", { delay: 20 });
  await page.waitForFunction(() => localStorage["putright/draft"].includes("It goes on"), undefined, { timeout: 4000 });
  assert.equal(await page.evaluate(() => document.activeElement.id), "field-text");
  await shoot(page, "draft-line");
  await accessible(page, "a question while it is kept");
  await field.fill(story);
  await besides(page, "what_happened", shortest);
  await goOn(page);
  const draft = JSON.parse((await kept(page)).device);
  assert.equal(draft.answers.what_happened.text.text, story);
  assert.deepEqual(draft.pending, {});
  // What was typed a moment before the page was hidden is there too.
  await page.locator("#field-text").fill("at the last moment");
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  assert.ok((await kept(page)).device.includes("at the last moment"));
});

test("it can be deleted on every page, and what is deleted in one tab does not come back from another", async (t) => {
  const page = await halfWay(t);
  await keep(page, "device");
  await address(page, "#/guide");
  await button(page, words.draft_delete).click();
  await page.waitForFunction(() => localStorage.length === 0);
  assert.equal(await button(page, words.draft_delete).count(), 0);
  await address(page, "#/question/what_happened");
  await arrived(page, "what_happened");
  assert.equal((await standing(page)).text.text, half, "what stands on the page stays");

  await toDraft(page);
  await keep(page, "device");
  await page.evaluate(() => localStorage.clear()); // As another tab would.
  await turning(page, () => page.getByRole("link", { name: words.draft_go_on }).click());
  await page.locator("#field-text").pressSequentially(" more");
  await page.locator(".pr-notice", { hasText: words.draft_gone }).waitFor();
  assert.equal((await kept(page)).all, 0);
});

test("once it is sent, or finished, nothing is left", async (t) => {
  const page = await halfWay(t);
  await keep(page, "device");
  await turning(page, () => page.getByRole("link", { name: words.draft_go_on }).click());
  await walk(page, shortest);
  assert.equal((await kept(page)).all, 1);
  await send(page);
  const left = await kept(page);
  assert.ok(left.device === undefined && !left.tab.includes("what_happened"), "the confirmation, and nothing else");
  assert.equal(await page.locator(".pr-keep").count(), 0);
  await turning(page, () => button(page, words.start_again).click());
  assert.equal((await kept(page)).all, 0);
  await reload(page);
  assert.equal(await asked(page).count(), 0);
});

test("while it is kept, leaving asks nothing; while it is not, it does", async (t) => {
  const page = await halfWay(t);
  let warned = 0;
  page.on("dialog", (dialog) => { warned += 1; dialog.accept(); });
  await page.mouse.click(5, 5);
  await reload(page);
  assert.equal(warned, 0);
  await button(page, words.draft_delete).click();
  await page.mouse.click(5, 5);
  await reload(page);
  assert.equal(warned, 1);
});

test("by keyboard alone, in a window of 320 pixels", async (t) => {
  const page = await open(t, { viewport: narrow });
  await walk(page, shortest, { until: "who" });
  await turning(page, () => keyboard.press(page, ".pr-keep a"));
  await fits(page, "draft");
  await keep(page, "device", { secret: "three odd words", hands: keyboard });
  await fits(page, "kept");
  await reload(page);
  await fits(page, "asked");
  await keyboard.type(page, "text", "three odd words");
  await keyboard.press(page, "main form button[type=submit]");
  await arrived(page, "who");
  assert.equal(await heading(page), (await data("content/en/adult.json")).questions.who.title);
});
