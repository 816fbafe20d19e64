// The look of the page: text size, spacing and background, as a person chooses them.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { shortest, statutory } from "./support/answers.mjs";
import { desktop, narrow } from "./support/browser.mjs";
import { accessible, fits, shoot } from "./support/checks.mjs";
import { send, walk } from "./support/journey.mjs";
import { address, arrived, turning } from "./support/page.mjs";
import { british, exitButton, open, speaking, words } from "./support/safety.mjs";

describe("the look of the page", () => {
  const choose = (page, id) => page.locator(`label[for="${id}"]`).click();
  const look = (page) => page.evaluate(() => {
    const { prText, prSpacing, prBackground } = document.documentElement.dataset;
    return [prText ?? "normal", prSpacing ?? "normal", prBackground ?? "white"];
  });
  const size = (page) => page.evaluate(() => parseFloat(getComputedStyle(document.querySelector("main p")).fontSize));

  test("each choice is seen at once, and axe finds nothing wrong with any combination", async (t) => {
    const page = await open(t);
    await turning(page, () => page.getByRole("link", { name: words.words.look_link }).click());
    await shoot(page, "look");
    const sizes = [];
    for (const text of ["normal", "large", "larger"]) {
      await choose(page, `text-${text}`);
      sizes.push(await size(page));
      for (const spacing of ["normal", "wide"]) {
        await choose(page, `spacing-${spacing}`);
        for (const background of ["white", "cream", "dark"]) {
          await choose(page, `background-${background}`);
          assert.deepEqual(await look(page), [text, spacing, background]);
          await accessible(page, `${text}, ${spacing}, ${background}`);
        }
      }
    }
    assert.ok(sizes[0] < sizes[1] && sizes[1] < sizes[2], sizes.join(" "));
    await shoot(page, "look-dark-larger");
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal(background, "rgb(21, 25, 30)");
    // It stays from page to page, and is shown as chosen on the way back.
    await page.locator(".pr-header__service").click();
    await arrived(page, "start");
    await address(page, "#/look");
    await arrived(page, "look");
    assert.deepEqual(await page.locator("main input:checked").evaluateAll((all) => all.map(({ id }) => id)), ["text-larger", "spacing-wide", "background-dark"]);
    assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
  });

  for (const background of ["cream", "dark"]) {
    test(`${background}, at the largest and widest, every page is whole at 320 pixels and axe finds nothing`, async (t) => {
      const page = await open(t, { viewport: narrow, path: "/?council=bromley#/look", before: speaking([british]) });
      for (const id of ["text-larger", "spacing-wide", `background-${background}`]) await choose(page, id);
      await page.locator(".pr-header__service").click();
      await page.waitForFunction(() => document.querySelector("input[name=want]"));
      const look = async (where) => {
        await fits(page, where);
        await accessible(page, where);
        if (["want", "event_date", "what_happened", "advice", "check"].includes(where)) await shoot(page, `${background}-${where}`);
      };
      await walk(page, { ...statutory, what_happened: "He is hitting me" }, { visit: look });
      await send(page);
      await look("sent");
      for (const name of ["guide", "contacts", "exit-help"]) {
        await address(page, `#/${name}`);
        await arrived(page, name);
        await look(name);
      }
    });
  }

  test("on a desk the button, what explains it and Back stand in a row", async (t) => {
    const page = await open(t, { viewport: desktop });
    await walk(page, shortest, { until: "who" });
    const middles = [];
    for (const selector of [exitButton, ".pr-exit > .govuk-link", ".govuk-back-link"]) {
      const box = await page.locator(selector).boundingBox();
      middles.push(box.y + box.height / 2);
    }
    assert.ok(Math.max(...middles) - Math.min(...middles) < 24, middles.join(" "));
    await accessible(page, "who, on a desk");
  });
});
