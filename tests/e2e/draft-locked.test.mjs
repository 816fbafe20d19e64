// A draft with a passphrase, and a draft in a file.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, test } from "node:test";

import { shortest } from "./support/answers.mjs";
import { accessible, shoot } from "./support/checks.mjs";
import { asked, choose, half, halfWay, inset, keep, kept, open, passphrase, receiver, reload, stored, words } from "./support/draft.mjs";
import { mouse } from "./support/hands.mjs";
import { besides, goOn, send, walk } from "./support/journey.mjs";
import { arrived, place, standing, summary, turning } from "./support/page.mjs";

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
