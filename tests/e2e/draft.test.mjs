// Drafts: in the tab by default, elsewhere where a person asks for it; a reload loses nothing, and every other start asks.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";

import { fourteen, shortest, story } from "./support/answers.mjs";
import { Browser, mounted, narrow } from "./support/browser.mjs";
import { accessible, discreet, fits, shoot } from "./support/checks.mjs";
import { keyboard, mouse } from "./support/hands.mjs";
import { besides, goOn, send, walk } from "./support/journey.mjs";
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
  const told = choice === "device" ? words.draft_device.split("{")[0] : words.draft_tab;
  await page.locator("main fieldset .govuk-inset-text", { hasText: told }).waitFor();
}

/** Everything in the browser's stores. */
const stored = (page) => page.evaluate(() => ({ local: { ...localStorage }, session: { ...sessionStorage } }));
const kept = async (page) => {
  const { local, session } = await stored(page);
  return { device: local["putright/draft"], tab: session["putright/draft"], all: Object.keys({ ...local, ...session }).length };
};

async function reload(page) {
  await page.reload();
  await mounted(page);
}

/** Comes to the page anew in the same tab: a start that is no reload. */
async function comeBack(page) {
  const url = page.url();
  await page.goto("about:blank");
  await page.goto(url);
  await mounted(page);
}

/** The question that every start asks but a reload. */
const asked = (page) => page.locator("main h1", { hasText: words.draft_ask });

async function goOnWithIt(page) {
  await asked(page).waitFor();
  await button(page, words.draft_open).click();
}

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

test("on a device it runs out, and is deleted and told", async (t) => {
  const page = await halfWay(t);
  await keep(page, "device");
  await page.clock.setFixedTime("2026-12-24T23:00:00Z");
  await comeBack(page);
  assert.equal(await asked(page).count(), 1, "the last day is a day");
  await page.clock.setFixedTime("2026-12-25T01:00:00Z");
  await comeBack(page);
  assert.equal(await asked(page).count(), 0);
  await address(page, "#/");
  await page.locator(".pr-keep", { hasText: words.draft_expired }).waitFor();
  assert.equal((await kept(page)).all, 0);
  await shoot(page, "draft-expired");
});

test("a passphrase locks it; a wrong one is told and can be tried again; anybody else can unlock it with the right one", async (t) => {
  const page = await halfWay(t);
  await mouse.choose(page, "draft", "shared");
  await choose(page, "device");
  await summary(page).waitFor();
  assert.ok((await summary(page).innerText()).includes(words.draft_no_passphrase), "others use the device");
  await choose(page, "device", { secret: "short" });
  await summary(page).getByText(words.draft_short_passphrase).waitFor();
  assert.deepEqual((await standing(page)).chosen, ["device", "shared"]);
  await shoot(page, "draft-short");
  await accessible(page, "draft with an error");
  await keep(page, "device", { secret: passphrase });
  assert.ok((await inset(page).innerText()).includes(words.draft_locked));
  const { device, all } = await kept(page);
  assert.ok(all === 1 && !device.includes("ring") && !device.includes("what_happened"));
  assert.equal(JSON.parse(await unlock(device, passphrase)).pending.what_happened.text.text, half);

  await reload(page);
  await asked(page).waitFor();
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
  await besides(page, "what_happened", shortest);
  await goOn(page);
  // The pause after typing stores the page half typed; then the answer is stored.
  let again, stored;
  for (let tries = 0; stored !== half && tries < 50; tries += 1) {
    await page.waitForTimeout(100);
    again = JSON.parse((await kept(page)).device);
    stored = JSON.parse(await unlock(JSON.stringify(again), passphrase)).answers.what_happened?.text?.text;
  }
  assert.equal(stored, half);
  assert.notEqual(again.iv, JSON.parse(device).iv);
});

test("a locked file carries it to another computer, and leaves nothing on this one", async (t) => {
  const page = await halfWay(t);
  const [download] = await Promise.all([page.waitForEvent("download"), choose(page, "file", { secret: passphrase })]);
  assert.equal(download.suggestedFilename(), "notes-2026-12-17.putright");
  const file = await readFile(await download.path(), "utf8");
  assert.equal((await kept(page)).device, undefined);
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
  assert.equal((await kept(other)).device, undefined, "what is opened from a file stays off the device");
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
        if (!window.name) localStorage.setItem("putright/draft", value);
        window.name = "done";
      }, text) });
      assert.ok((await page.locator(".pr-keep").innerText()).includes(words[word]));
      assert.equal(await asked(page).count(), 0);
      await walk(page, shortest, { until: "child_status" });
      await toDraft(page);
      await accessible(page, name);
      await button(page, words.draft_delete).click();
      await page.waitForFunction(() => !("putright/draft" in localStorage));
      await keep(page, "device");
    });
  }

  test("cut off: what stood before the cut is opened, and it is told that some is not", async (t) => {
    const page = await halfWay(t);
    await keep(page, "device");
    await page.evaluate(() => {
      const text = localStorage["putright/draft"];
      localStorage["putright/draft"] = text.slice(0, text.indexOf('"pending"') + 30);
    });
    const other = await page.context().newPage();
    await page.close();
    await other.goto(`${receiver.origin}/?council=bromley`);
    await goOnWithIt(other);
    await arrived(other, "what_happened");
    await other.locator(".pr-notice", { hasText: words.draft_partly }).waitFor();
    assert.equal((await standing(other)).text.text, "");
  });
});

test("where the browser keeps nothing, that is told, nothing is lost, and it can still be sent", async (t) => {
  const block = (page) => page.addInitScript(() => {
    const get = () => { throw new DOMException("The operation is insecure.", "SecurityError"); };
    for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { get });
  });
  const page = await open(t, { before: block });
  await walk(page, shortest, { until: "what_happened" });
  await mouse.type(page, "text", half);
  await page.locator(".pr-keep", { hasText: words.draft_forbidden }).getByRole("link").first().click();
  await page.locator("input[name=draft]").first().waitFor();
  for (const choice of ["tab", "device"]) {
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
  await choose(page, "device");
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
  assert.equal(await page.locator("#field-text, #draft-file, input[value=file], input[value=shared]").count(), 0);
  await shoot(page, "draft-no-lock");
  await accessible(page, "without WebCrypto");
  await keep(page, "device");
  assert.ok((await kept(page)).device.includes(half));
  await turning(page, () => page.getByRole("link", { name: words.draft_go_on }).click());
  await walk(page, shortest);
  assert.ok(await send(page));
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
