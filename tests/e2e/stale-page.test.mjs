// A browser has kept a page longer than its files stay on the server: the newest page comes, and no answer is lost.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { shortest } from "./support/answers.mjs";
import { Browser, mounted } from "./support/browser.mjs";
import { mouse } from "./support/hands.mjs";
import { walk } from "./support/journey.mjs";
import { heading, place, standing } from "./support/page.mjs";
import { Receiver } from "./support/receiver.mjs";

const half = "They said they would ring and";

let receiver, browser;

before(async () => {
  [receiver, browser] = await Promise.all([Receiver.start(), Browser.start()]);
});
after(() => Promise.all([browser?.stop(), receiver?.stop()]));

/** Opens a page, of which the first copy names a file of a release that is gone; `gone` is called where that is asked for. */
async function open(t, file, gone = () => {}) {
  const pages = { asked: 0 };
  const session = await browser.open(`${receiver.origin}/bromley.html`, {
    wait: false,
    allow: [/./],
    before: async (page) => {
      await page.route("**/bromley.html", async (route) => {
        const response = await route.fetch();
        const html = await response.text();
        pages.asked++;
        // Trunk leaves the zeros at the beginning of a hash out.
        const old = html.replace(new RegExp(`(${file})[0-9a-f]{8,16}`, "g"), `$1${"0".repeat(16)}`);
        assert.ok(old !== html, `no ${file} in the page`);
        await route.fulfill({ response, body: pages.asked === 1 ? old : html });
      });
      await page.route(/0{16}/, async (route) => {
        await gone();
        await route.fulfill({ status: 404, contentType: "text/plain", body: "Not found" });
      });
    },
  });
  t.after(session.close);
  return { page: session.page, pages };
}

/** What was chosen and typed before the app was there is not kept any longer than it takes. */
const isForgotten = async (page) => assert.equal(await page.evaluate(() => sessionStorage.getItem("putright/first-answers")), null);

for (const [what, file] of [["a bundle", "bundles/bromley-adult-"], ["the app", "putright-app-"]]) {
  test(`${what} that is gone brings the newest page, with the answers given before`, async (t) => {
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    const { page, pages } = await open(t, file, () => held);
    await page.locator('[name="want"]').first().waitFor({ state: "visible" });
    await mouse.choose(page, "want", "complaint");
    release();
    await mounted(page);
    assert.deepEqual((await standing(page, "want")).chosen, ["complaint"]);
    // The page, what was asked of the server by the script, and the page once more, which a browser may have from that.
    assert.ok(pages.asked === 2 || pages.asked === 3, `${pages.asked} times`);
    assert.ok(await page.locator("#fault-data").isHidden().catch(() => true));
    await isForgotten(page);
  });
}

test("words for children that are gone bring the newest page, with every answer", async (t) => {
  const { page, pages } = await open(t, "bundles/bromley-8-11-");
  await mounted(page);
  await walk(page, shortest, { until: "what_happened" });
  await mouse.type(page, "text", half);
  const before = [await place(page), await heading(page)];
  await page.evaluate(() => { globalThis.isOld = true; });
  await page.locator('.pr-registers a[href="#/words/8-11"]').click();
  await page.waitForFunction(() => !globalThis.isOld);
  await mounted(page);
  assert.deepEqual([await place(page), await heading(page)], before);
  assert.equal((await standing(page)).text.text, half);
  assert.ok(pages.asked > 1);
  await page.locator('.pr-registers a[href="#/words/8-11"]').click();
  await page.waitForFunction(() => document.documentElement.dataset.register === "8-11" || document.querySelector('.pr-registers [aria-current]')?.textContent.includes("8"));
});

test("a page that is the newest, and whose bundle is gone, is not asked for again and again", async (t) => {
  let asked = 0;
  const session = await browser.open(`${receiver.origin}/bromley.html`, {
    wait: false,
    allow: [/./],
    before: async (page) => {
      page.on("request", (request) => { if (request.url().endsWith("/bromley.html")) asked++; });
      await page.route("**/bundles/*", (route) => route.fulfill({ status: 404, body: "" }));
    },
  });
  t.after(session.close);
  await mouse.choose(session.page, "want", "complaint");
  await session.page.locator("#fault-data").waitFor({ state: "visible" });
  await session.page.waitForTimeout(500);
  assert.equal(asked, 2);
  assert.ok(await session.page.locator('[name="want"][value="complaint"]').isChecked(), "what was chosen stays");
});
