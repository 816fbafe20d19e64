// Reading a page aloud: with a voice of the device alone, and never what somebody wrote.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";

import { shortest } from "./support/answers.mjs";
import { accessible, shoot } from "./support/checks.mjs";
import { mouse } from "./support/hands.mjs";
import { walk } from "./support/journey.mjs";
import { turning } from "./support/page.mjs";
import { british, exitButton, never, open, secret, speaking, words } from "./support/safety.mjs";

const remote = { name: "Cloud", lang: "en-GB", localService: false };

const french = { name: "Marie", lang: "fr-FR", localService: true };

const american = { name: "Sam", lang: "en_US", localService: true };

describe("reading aloud", () => {
  const button = (page) => page.getByRole("button", { name: words.words.read_aloud });
  const stop = (page) => page.getByRole("button", { name: words.words.read_stop });
  const heard = (page) => page.evaluate(() => ({ ...window.heard, now: Boolean(window.heard.now) }));

  for (const [name, before] of Object.entries({
    "no speech": (page) => page.addInitScript(() => Object.defineProperty(window, "speechSynthesis", { value: undefined })),
    "no voice": speaking([]),
    "voices of another language, or of somebody else's computer, alone": speaking([remote, french]),
  })) {
    test(`with ${name} there is no button`, async (t) => {
      const page = await open(t, { before });
      assert.equal(await button(page).count(), 0);
      await page.evaluate(() => window.found?.());
      assert.equal(await button(page).count(), 0);
    });
  }

  test("voices that are found later bring the button", async (t) => {
    const page = await open(t, { before: speaking([remote, american], true) });
    assert.equal(await button(page).count(), 0);
    await page.evaluate(() => window.found());
    await button(page).click();
    assert.equal((await heard(page)).said[0].voice, "Sam");
  });

  test("the page is read with a voice of the device, never what was answered or typed, and can be stopped", async (t) => {
    const page = await open(t, { before: speaking([remote, french, american, british]) });
    await accessible(page, "with a voice");
    await mouse.choose(page, "want", "complaint");
    await button(page).click();
    await stop(page).waitFor();
    let { said } = await heard(page);
    const { want } = words.questions;
    const plain = (text) => text.replace(/\[([^\]]+)\]\([^)]*\)/g, "$1");
    const wanted = [want.title, ...want.body.map(plain), ...Object.values(want.options).flatMap(({ label, hint }) => [label, hint].filter(Boolean))];
    assert.deepEqual(said, wanted.map((text) => ({ text, voice: "Kate", lang: "en-GB" })));
    await accessible(page, "speaking");
    await shoot(page, "reading-aloud");
    await page.evaluate(() => scrollTo(0, 1e6));
    const box = await stop(page).boundingBox();
    assert.ok(box.y >= 0 && box.y + box.height <= page.viewportSize().height, "Stop is always seen");
    await stop(page).click();
    await button(page).waitFor();
    assert.equal((await heard(page)).now, false);

    await button(page).click();
    await stop(page).waitFor();
    await page.evaluate(() => window.heard.now.onend());
    await button(page).waitFor();

    await walk(page, shortest, { until: "what_happened" });
    await mouse.type(page, "text", secret);
    await page.evaluate(() => { window.heard.said = []; });
    await button(page).click();
    ({ said } = await heard(page));
    assert.equal(said[0].text, words.questions.what_happened.title);
    assert.ok(!JSON.stringify(said).includes(secret));
    const { stopped } = await heard(page);
    await turning(page, () => page.goBack());
    assert.ok((await heard(page)).stopped > stopped, "another page");
    assert.equal(await stop(page).count(), 0);
  });

  test("leaving silences it", async (t) => {
    const page = await open(t, { before: speaking([british]), weather: never });
    await button(page).click();
    await stop(page).waitFor();
    await page.locator(exitButton).click();
    await page.waitForFunction(() => document.querySelector(".govuk-exit-this-page-overlay"));
    assert.equal((await heard(page)).now, false);
  });
});
