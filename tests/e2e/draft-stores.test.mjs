// A draft in the stores of the browser: what is in them, and what happens where they keep nothing.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { shortest } from "./support/answers.mjs";
import { accessible, shoot } from "./support/checks.mjs";
import {
  asked, button, choose, comeBack, goOnWithIt, half, halfWay, keep, kept, open, receiver, toDraft, words,
} from "./support/draft.mjs";
import { mouse } from "./support/hands.mjs";
import { send, walk } from "./support/journey.mjs";
import { address, arrived, standing, summary, turning } from "./support/page.mjs";

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
