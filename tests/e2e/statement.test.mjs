// The accessibility statement: found from the app and without JavaScript, whole at 320 pixels, valid, and nothing for axe to find.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { brotliCompressSync } from "node:zlib";

import { Browser, narrow, phone } from "./support/browser.mjs";
import { accessible, fits, invalid, shoot } from "./support/checks.mjs";
import { data, dist, Receiver } from "./support/receiver.mjs";

let receiver, browser, words, index;

before(async () => {
  [receiver, browser, words, index] = await Promise.all([
    Receiver.start(), Browser.start(), data("content/en/accessibility.json"), data("councils/index.json"),
  ]);
});
after(() => Promise.all([browser?.stop(), receiver?.stop()]));

const named = (text, council) => text.replaceAll("{council}", council.short_name);

test("the footer of the app leads to it, in the words of each register", async (t) => {
  for (const register of ["adult", "12-17", "8-11"]) {
    const { words: shown } = await data(`content/en/${register}.json`);
    const council = await data("councils/westminster.json");
    const page = await browser.page(t, `${receiver.origin}/?council=westminster`, { viewport: phone });
    if (register !== "adult") await page.locator(`.pr-footer a[href="#/words/${register}"]`).click();
    const link = page.locator(".pr-footer").getByRole("link", { name: shown.statement_link, exact: true });
    await link.click();
    await page.waitForURL("**/westminster-accessibility.html");
    assert.equal(await page.locator("h1").innerText(), named(words.title, council));
  }
});

test("it is found from the plain form with JavaScript off, and leads back", async (t) => {
  const page = await browser.page(t, `${receiver.origin}/bromley-form.html`, { javaScript: false, viewport: phone });
  await page.locator(".pr-footer a[href$=\"bromley-accessibility.html\"]").click();
  await page.waitForURL("**/bromley-accessibility.html");
  assert.ok((await page.locator("main").innerText()).includes("Equality and Human Rights Commission"));
  await page.locator(".pr-header__service").click();
  await page.waitForURL("**/bromley.html");
});

describe("each council's", () => {
  test("has one h1, fits 320 pixels, and axe finds nothing", async (t) => {
    for (const id of index.councils) {
      const page = await browser.page(t, `${receiver.origin}/${id}-accessibility.html`, { viewport: narrow, wait: false, now: null });
      await page.waitForLoadState();
      assert.equal(await page.locator("h1").count(), 1);
      const levels = await page.locator("main :is(h1, h2, h3, h4)").evaluateAll((all) => all.map(({ tagName }) => Number(tagName[1])));
      assert.equal(levels[0], 1);
      levels.slice(1).forEach((level, at) => assert.ok(level <= levels[at] + 1, `${id}: h${levels[at]}, then h${level}`));
      await fits(page, id);
      await accessible(page, id);
      await shoot(page, `statement-${id}`);
    }
  });

  test("is valid HTML of no more than 15 KB, without a script", async () => {
    const pages = {};
    for (const id of index.councils) {
      const html = await readFile(join(dist, `${id}-accessibility.html`), "utf8");
      assert.ok(!html.includes("<script"));
      assert.ok(brotliCompressSync(html).length <= 15 * 1024);
      pages[id] = html;
    }
    const wrong = (await invalid(pages)).filter(({ type }) => type === "error" || type === "fatal");
    assert.deepEqual(wrong, []);
  });
});
