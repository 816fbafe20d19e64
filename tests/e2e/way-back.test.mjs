// The way through the pages: back, forward, reload, and addresses that are typed.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { shortest, statutory } from "./support/answers.mjs";
import { mounted } from "./support/browser.mjs";
import { accessible, fits, shoot } from "./support/checks.mjs";
import { mouse } from "./support/hands.mjs";
import { goOn, send, walk } from "./support/journey.mjs";
import { address, focused, heading, place, standing, turning } from "./support/page.mjs";
import { at, open, words } from "./support/pages.mjs";

describe("the way", () => {
  test("an address before its turn leads to the first page that is open", async (t) => {
    const page = await open(t, "/?council=bromley#/check");
    assert.equal(await place(page), "want");
    await walk(page, shortest, { until: "child_name" });
    for (const hash of ["#/check", "#/sent", "#/question/sharing", "#/question/no_such_page"]) {
      await address(page, hash);
      await page.waitForFunction(() => location.hash === "#/question/child_name");
      assert.equal(await place(page), "child_name");
    }
  });

  for (const name of ["guide", "contacts"]) {
    test(`the ${name} may be opened directly`, async (t) => {
      const page = await open(t, `/?council=bromley#/${name}`);
      assert.equal(await heading(page), words.words[`${name}_title`]);
      await shoot(page, name);
      await fits(page, name);
      await accessible(page, name);
    });
  }

  test("Back is no dead link on a page that was opened in a window of its own", async (t) => {
    const page = await open(t);
    const [other] = await Promise.all([page.waitForEvent("popup"), page.evaluate(() => { window.open("?council=bromley#/guide"); })]);
    await mounted(other);
    const back = other.getByRole("link", { name: words.words.back, exact: true });
    if (await back.count() === 0) return; // None is as good.
    await turning(other, () => back.click());
    assert.equal(await place(other), "want");
  });

  test("a new page has the focus on its heading, which is no stop for the Tab key, and its top in view", async (t) => {
    const page = await at(t, "topics");
    await mouse.tick(page, "topics", ["other_body"]);
    await goOn(page);
    assert.equal(await page.evaluate(() => scrollY), 0);
    const title = page.locator("main h1");
    assert.equal(await title.getAttribute("tabindex"), "-1");
    await page.keyboard.press("Tab");
    assert.equal(await title.getAttribute("tabindex"), null);
    assert.equal(await focused(page), "choice-0");
  });

  test("the skip link leads to the content and leaves the page as it is", async (t) => {
    const page = await open(t);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "govuk-skip-link");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.id === "main");
    assert.equal(await page.locator("main h1").count(), 1);
  });

  test("one heading leads each page, and the title repeats it", async (t) => {
    const page = await open(t);
    await walk(page, statutory, {
      visit: async (here) => {
        assert.equal(await page.locator("h1").count(), 1, here);
        // The heading, but for the page whose heading tells what was answered.
        const title = here === "advice" ? words.questions.advice.title : (await heading(page)).replace(/ \(optional\)$/, "");
        assert.equal(await page.title(), `${title} – ${words.words.service_name}`, here);
      },
    });
  });

  test("once it is sent nothing leads back to the form, and finishing forgets everything", async (t) => {
    const page = await at(t, "check");
    await send(page);
    await page.goBack();
    await page.waitForFunction(() => location.hash === "#/sent");
    assert.equal(await heading(page), words.words.sent_title);
    await turning(page, () => page.getByRole("button", { name: words.words.start_again }).click());
    assert.deepEqual(await standing(page), { chosen: [], text: {} });
    await address(page, "#/sent");
    await page.waitForFunction(() => location.hash === "#/");
    assert.ok(!(await page.content()).includes(shortest.what_happened));
  });
});
