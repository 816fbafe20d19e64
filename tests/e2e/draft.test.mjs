// Keeping what was written: nothing before a person chose it, and then where they chose, as long as they chose.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";

import { shortest, story } from "./support/answers.mjs";
import { Browser, mounted, narrow } from "./support/browser.mjs";
import { accessible, discreet, fits, shoot } from "./support/checks.mjs";
import { keyboard, mouse } from "./support/hands.mjs";
import { goOn, send, walk } from "./support/journey.mjs";
import { address, arrived, heading, place, standing, summary, turning } from "./support/page.mjs";
import { data, Receiver } from "./support/receiver.mjs";

const passphrase = "Bär lamp – ribbon";
const half = "They said they would ring and";

let receiver, browser, words;

before(async () => {
  [receiver, browser, { words }] = await Promise.all([Receiver.start(), Browser.start(), data("content/en/adult.json")]);
});
after(() => Promise.all([browser?.stop(), receiver?.stop()]));

/** Opens a page of its own, for as long as the test runs, and fails where anything was amiss. */
const open = (t, options, path = "/?council=bromley") => browser.page(t, receiver.origin + path, options);

/** Half way through the story, and on the page that asks where to keep it. */
async function halfWay(t, options) {
  const page = await open(t, options);
  await walk(page, shortest, { until: "what_happened" });
  await mouse.type(page, "text", half);
  await toDraft(page);
  return page;
}

async function toDraft(page) {
  await turning(page, () => page.locator(".pr-keep").getByRole("link", { name: words.draft_title }).click());
}

const button = (page, name) => page.getByRole("button", { name, exact: true });
const inset = (page) => page.locator("main fieldset .govuk-inset-text").first();

async function choose(page, choice, { secret, hands = mouse } = {}) {
  await hands.choose(page, "draft", choice);
  if (secret) await hands.type(page, "text", secret);
  await hands.press(page, "main form button[type=submit]");
}

/** Chooses, and waits until it is kept. */
async function keep(page, choice, options) {
  await choose(page, choice, options);
  await button(page, words.draft_delete).waitFor();
}

/** Everything in the browser's stores. */
const stored = (page) => page.evaluate(() => ({ local: { ...localStorage }, session: { ...sessionStorage } }));
const kept = async (page) => {
  const { local, session } = await stored(page);
  return { device: local["putright/draft"], tab: session["putright/draft"], all: Object.keys({ ...local, ...session }).length };
};

/** Loads the page again, at its first page. */
async function reload(page) {
  await address(page, "#/");
  await page.reload();
  await mounted(page);
}

/** Goes on with what was kept, from the first page. */
async function goOnWithIt(page) {
  await page.locator(".pr-draft").waitFor();
  await button(page, words.draft_open).click();
}

test("nothing is in the browser before it was chosen, nor after nothing was", async (t) => {
  const page = await halfWay(t);
  assert.equal((await kept(page)).all, 0);
  assert.ok((await inset(page).innerText()).includes(words.draft_none));
  assert.deepEqual((await standing(page)).chosen, ["nothing"]);
  await shoot(page, "draft");
  await accessible(page, "draft");
  await discreet(page, [half, passphrase], "draft");
  await choose(page, "nothing");
  await page.locator(".pr-notice", { hasText: words.draft_deleted }).waitFor();
  assert.equal((await kept(page)).all, 0);
  await turning(page, () => page.getByRole("link", { name: words.draft_go_on }).click());
  assert.equal(await place(page), "what_happened");
  assert.equal((await standing(page)).text.text, half);
});

for (const [choice, where] of [["tab", "tab"], ["device_1", "device"], ["device_30", "device"]]) {
  test(`${choice}: it is kept there alone, offered after a reload, and opened where the person was`, async (t) => {
    const page = await halfWay(t);
    await keep(page, choice);
    const now = await kept(page);
    assert.deepEqual([typeof now[where], now.all], ["string", 1]);
    const draft = JSON.parse(now[where]);
    assert.deepEqual([draft.format, draft.council, draft.route], ["putright/draft/1", "bromley", "#/question/what_happened"]);
    assert.equal(draft.until, { tab: undefined, device_1: "2026-12-18", device_30: "2027-01-16" }[choice]);
    await shoot(page, `draft-kept-${choice}`);
    await accessible(page, `draft kept: ${choice}`);
    await page.clock.setFixedTime("2026-12-18T20:00:00Z");
    await reload(page);
    const offered = page.locator(".pr-draft");
    assert.ok((await offered.innerText()).includes("Thursday 17 December 2026"));
    assert.ok(!(await page.content()).includes(half), "it is not opened unasked");
    if (choice === "tab") {
      await shoot(page, "draft-offered");
      await accessible(page, "offered");
    }
    await goOnWithIt(page);
    await arrived(page, "what_happened");
    assert.equal((await standing(page)).text.text, half);
    assert.equal(await page.locator(".pr-keep").getByRole("button", { name: words.draft_delete }).count(), 1);
  });
}

test("answers are kept at once and typing after a pause, and whoever types keeps the focus", async (t) => {
  const page = await halfWay(t);
  await keep(page, "device_7");
  await turning(page, () => page.getByRole("link", { name: words.draft_go_on }).click());
  const field = page.locator("#field-text");
  await field.fill("");
  await field.pressSequentially("It goes on", { delay: 20 });
  await page.waitForFunction(() => localStorage["putright/draft"].includes("It goes on"), undefined, { timeout: 4000 });
  assert.equal(await page.evaluate(() => document.activeElement.id), "field-text");
  await shoot(page, "draft-line");
  await accessible(page, "a question while it is kept");
  await field.fill(story);
  await goOn(page);
  const draft = JSON.parse((await kept(page)).device);
  assert.equal(draft.answers.what_happened.text.text, story);
  assert.deepEqual(draft.pending, {});
  // What was typed a moment before the page was loaded again is there too.
  const next = await place(page);
  await page.locator("#field-text").fill("at the last moment");
  await page.reload();
  await mounted(page);
  await goOnWithIt(page);
  await arrived(page, next);
  assert.equal((await standing(page)).text.text, "at the last moment");
});

test("on a device it runs out, and is deleted and told", async (t) => {
  const page = await halfWay(t);
  await keep(page, "device_7");
  await page.clock.setFixedTime("2026-12-24T23:00:00Z");
  await reload(page);
  assert.equal(await button(page, words.draft_open).count(), 1, "the last day is a day");
  await page.clock.setFixedTime("2026-12-25T01:00:00Z");
  await reload(page);
  assert.ok((await page.locator(".pr-draft").innerText()).includes(words.draft_expired));
  assert.equal(await button(page, words.draft_open).count(), 0);
  assert.equal((await kept(page)).all, 0);
  await shoot(page, "draft-expired");
});

test("a passphrase locks it; a wrong one is told and can be tried again; anybody else can unlock it with the right one", async (t) => {
  const page = await halfWay(t);
  await choose(page, "device_7", { secret: "short" });
  await summary(page).waitFor();
  assert.ok((await summary(page).innerText()).includes(words.draft_short_passphrase));
  assert.deepEqual((await standing(page)).chosen, ["device_7"]);
  await shoot(page, "draft-short");
  await accessible(page, "draft with an error");
  await keep(page, "device_7", { secret: passphrase });
  assert.ok((await inset(page).innerText()).includes(words.draft_locked));
  const { device, all } = await kept(page);
  assert.ok(all === 1 && !device.includes("ring") && !device.includes("what_happened"));
  assert.equal(JSON.parse(await unlock(device, passphrase)).pending.what_happened.text.text, half);

  await reload(page);
  await turning(page, () => button(page, words.draft_open).click());
  assert.equal(await place(page), "draft");
  await shoot(page, "draft-locked");
  await accessible(page, "locked");
  await mouse.type(page, "text", "Bar lamp - ribbon");
  await page.locator("main form button[type=submit]").click();
  await summary(page).waitFor();
  assert.ok((await summary(page).innerText()).includes(words.draft_wrong_passphrase));
  await mouse.type(page, "text", passphrase);
  const shown = page.locator("#field-text");
  assert.equal(await shown.getAttribute("type"), "password");
  await page.getByLabel(words.draft_passphrase_show).check({ force: true });
  assert.equal(await shown.getAttribute("type"), "text");
  await page.locator("main form button[type=submit]").click();
  await arrived(page, "what_happened");
  assert.equal((await standing(page)).text.text, half);
  // It stays locked, with new numbers each time.
  await goOn(page);
  await page.waitForFunction((old) => localStorage["putright/draft"] !== old, device);
  const again = JSON.parse((await kept(page)).device);
  assert.notEqual(again.iv, JSON.parse(device).iv);
  assert.equal(JSON.parse(await unlock(JSON.stringify(again), passphrase)).answers.what_happened.text.text, half);
});

test("a locked file carries it to another computer, and leaves nothing on this one", async (t) => {
  const page = await halfWay(t);
  const [download] = await Promise.all([page.waitForEvent("download"), choose(page, "file", { secret: passphrase })]);
  assert.equal(download.suggestedFilename(), "notes-2026-12-17.putright");
  const file = await readFile(await download.path(), "utf8");
  assert.equal((await kept(page)).all, 0);
  const { format, kdf, iterations, salt, iv, ...rest } = JSON.parse(file);
  assert.deepEqual([format, kdf], ["putright/sealed/1", "PBKDF2-SHA-256"]);
  assert.ok(iterations >= 600_000);
  assert.deepEqual([salt, iv].map((text) => Buffer.from(text, "base64").length), [16, 12]);
  assert.deepEqual(Object.keys(rest), ["kept_on", "data"]);
  assert.equal(JSON.parse(await unlock(file, passphrase)).pending.what_happened.text.text, half);
  await assert.rejects(unlock(file, "another"));
  await assert.rejects(unlock(file.replace("2026-12-17", "2027-12-17"), passphrase), "the header is authenticated");

  const other = await open(t);
  await other.locator("summary", { hasText: words.draft_pick }).click();
  await shoot(other, "draft-pick");
  await accessible(other, "the first page with its field for a file");
  const buffer = Buffer.from(file);
  await other.locator("#draft-file").setInputFiles({ name: "notes.putright", mimeType: "", buffer });
  await arrived(other, "draft");
  await mouse.type(other, "text", passphrase);
  await other.locator("main form button[type=submit]").click();
  await arrived(other, "what_happened");
  assert.equal((await standing(other)).text.text, half);
  assert.equal((await kept(other)).all, 0, "what is opened from a file is not kept");
  await walk(other, { ...shortest, what_happened: `${half} nobody did.` });
  const submission = await receiver.show(await send(other));
  assert.equal(submission.points[0].what_happened, `${half} nobody did.`);
});

test("a file that is none of ours is told, and the next one can be tried", async (t) => {
  const page = await open(t);
  await page.locator("summary", { hasText: words.draft_pick }).click();
  for (const buffer of [Buffer.from("not ours"), Buffer.from([0, 255, 254, 1]), Buffer.alloc(0)]) {
    await page.locator("#draft-file").setInputFiles({ name: "x.putright", mimeType: "", buffer });
    await page.waitForFunction(() => location.hash === "#/draft" && document.activeElement?.id === "summary");
    assert.ok((await summary(page).innerText()).includes(words.draft_damaged));
    await page.locator("details:not([open]) > summary").click();
  }
  await shoot(page, "draft-bad-file");
  await accessible(page, "a file that is none of ours");
});

describe("what is in the store is", () => {
  const cases = {
    "no JSON": ["{", "draft_damaged"],
    "of other types": ['{"format":"putright/draft/1","council":7,"answers":[],"pending":"x"}', "draft_damaged"],
    "of another version": ['{"format":"putright/draft/2"}', "draft_other_version"],
    "about another council": ['{"format":"putright/draft/1","council":"camden","answers":{},"pending":{}}', "draft_other_council"],
    "locked and damaged": ['{"format":"putright/sealed/1","kdf":"PBKDF2-SHA-256","iterations":9}', "draft_damaged"],
  };
  for (const [name, [text, word]] of Object.entries(cases)) {
    test(`${name}: it is told, it can be deleted, and the form goes on`, async (t) => {
      const page = await open(t, { before: (page) => page.addInitScript((value) => {
        if (!sessionStorage.done) localStorage.setItem("putright/draft", value);
        sessionStorage.done = "1";
      }, text) });
      assert.ok((await page.locator(".pr-draft").innerText()).includes(words[word]));
      assert.equal(await button(page, words.draft_open).count(), 0);
      await walk(page, shortest, { until: "child_status" });
      await toDraft(page);
      await accessible(page, name);
      await button(page, words.draft_delete).click();
      await page.waitForFunction(() => !("putright/draft" in localStorage));
      await keep(page, "device_1");
    });
  }

  test("cut off: what stood before the cut is opened, and it is told that some is not", async (t) => {
    const page = await halfWay(t);
    await keep(page, "device_7");
    await page.evaluate(() => {
      const text = localStorage["putright/draft"];
      localStorage["putright/draft"] = text.slice(0, text.indexOf('"pending"') + 30);
    });
    await reload(page);
    await goOnWithIt(page);
    await arrived(page, "what_happened");
    await page.locator(".pr-notice", { hasText: words.draft_partly }).waitFor();
    assert.equal((await standing(page)).text.text, "");
  });
});

test("where the browser keeps nothing, that is told, nothing is lost, and it can still be sent", async (t) => {
  const block = (page) => page.addInitScript(() => {
    const get = () => { throw new DOMException("The operation is insecure.", "SecurityError"); };
    for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { get });
  });
  const page = await halfWay(t, { before: block });
  for (const choice of ["tab", "device_7"]) {
    await choose(page, choice);
    await page.waitForFunction(() => document.activeElement?.id === "summary");
    assert.ok((await summary(page).innerText()).includes(words.draft_forbidden));
  }
  await shoot(page, "draft-forbidden");
  await accessible(page, "storage forbidden");
  await turning(page, () => page.getByRole("link", { name: words.draft_go_on }).click());
  assert.equal((await standing(page)).text.text, half);
  await walk(page, shortest);
  assert.ok(await send(page));
});

test("where there is no room, that is told, and it can still be sent", async (t) => {
  const page = await halfWay(t);
  await page.evaluate(() => {
    for (let size = 5 << 20; size >= 1; size >>= 1) {
      try {
        for (let at = 0; ; at += 1) localStorage.setItem(`${size}-${at}`, "x".repeat(size));
      } catch {
        // Smaller ones may still find room.
      }
    }
  });
  await choose(page, "device_7");
  await page.waitForFunction(() => document.activeElement?.id === "summary");
  assert.ok((await summary(page).innerText()).includes(words.draft_full));
  await turning(page, () => page.getByRole("link", { name: words.draft_go_on }).click());
  await walk(page, shortest);
  assert.ok(await send(page));
});

test("without WebCrypto, as over plain http, passphrase and file are off, and the page says why", async (t) => {
  const before = (page) => page.addInitScript(() => {
    Object.defineProperty(Crypto.prototype, "subtle", { get: () => undefined });
  });
  const page = await halfWay(t, { before });
  assert.ok((await page.locator("main").innerText()).includes(words.draft_cannot_seal));
  assert.equal(await page.locator("#field-text, #draft-file, input[value=file]").count(), 0);
  await shoot(page, "draft-no-lock");
  await accessible(page, "without WebCrypto");
  await keep(page, "device_1");
  assert.ok((await kept(page)).device.includes(half));
  await turning(page, () => page.getByRole("link", { name: words.draft_go_on }).click());
  await walk(page, shortest);
  assert.ok(await send(page));
});

test("it can be deleted on every page, and what is deleted in one tab does not come back from another", async (t) => {
  const page = await halfWay(t);
  await keep(page, "device_7");
  await address(page, "#/guide");
  await button(page, words.draft_delete).click();
  await page.waitForFunction(() => localStorage.length === 0);
  assert.equal(await button(page, words.draft_delete).count(), 0);
  await address(page, "#/question/what_happened");
  await arrived(page, "what_happened");
  assert.equal((await standing(page)).text.text, half, "what stands on the page stays");

  await toDraft(page);
  await keep(page, "device_7");
  await page.evaluate(() => localStorage.clear()); // As another tab would.
  await turning(page, () => page.getByRole("link", { name: words.draft_go_on }).click());
  await page.locator("#field-text").pressSequentially(" more");
  await page.locator(".pr-notice", { hasText: words.draft_gone }).waitFor();
  assert.equal((await kept(page)).all, 0);
});

test("once it is sent, or finished, nothing is left", async (t) => {
  const page = await halfWay(t);
  await keep(page, "device_7");
  await turning(page, () => page.getByRole("link", { name: words.draft_go_on }).click());
  await walk(page, shortest);
  assert.equal((await kept(page)).all, 1);
  await send(page);
  assert.equal((await kept(page)).all, 0);
  assert.equal(await page.locator(".pr-keep").count(), 0);
  await turning(page, () => button(page, words.start_again).click());
  await reload(page);
  assert.equal(await page.locator(".pr-draft").count(), 0);
});

test("while it is kept, leaving asks nothing; while it is not, it does", async (t) => {
  const page = await halfWay(t);
  let asked = 0;
  page.on("dialog", (dialog) => { asked += 1; dialog.accept(); });
  await page.mouse.click(5, 5);
  await reload(page);
  assert.equal(asked, 1);
  await walk(page, shortest, { until: "who" });
  await toDraft(page);
  await keep(page, "tab");
  await reload(page);
  assert.equal(asked, 1);
});

test("by keyboard alone, in a window of 320 pixels", async (t) => {
  const page = await open(t, { viewport: narrow });
  await walk(page, shortest, { until: "who" });
  await turning(page, () => keyboard.press(page, ".pr-keep a"));
  await fits(page, "draft");
  await keep(page, "device_7", { secret: "three odd words", hands: keyboard });
  await fits(page, "kept");
  await reload(page);
  await fits(page, "offered");
  await turning(page, () => keyboard.press(page, ".pr-draft button"));
  await keyboard.type(page, "text", "three odd words");
  await keyboard.press(page, "main form button[type=submit]");
  await arrived(page, "who");
  assert.equal(await heading(page), (await data("content/en/adult.json")).questions.who.title);
});

/** What is in a locked draft, unlocked by Node and not by the page. */
async function unlock(text, secret) {
  const { data: locked, ...header } = JSON.parse(text);
  const bytes = (base64) => Buffer.from(base64, "base64");
  const { subtle } = globalThis.crypto;
  const raw = await subtle.importKey("raw", Buffer.from(secret.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  const key = await subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt: bytes(header.salt), iterations: header.iterations },
    raw, { name: "AES-GCM", length: 256 }, false, ["decrypt"],
  );
  const additionalData = Buffer.from(JSON.stringify(header));
  return Buffer.from(await subtle.decrypt({ name: "AES-GCM", iv: bytes(header.iv), additionalData }, key, bytes(locked))).toString();
}
