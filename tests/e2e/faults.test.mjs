// A file is missing or wrong: the page says so, and still says how to reach the council.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Browser } from "./support/browser.mjs";
import { accessible, shoot } from "./support/checks.mjs";
import { mouse } from "./support/hands.mjs";
import { data, Receiver } from "./support/receiver.mjs";

let receiver, browser, council;

before(async () => {
  [receiver, browser, council] = await Promise.all([Receiver.start(), Browser.start(), data("councils/bromley.json")]);
});
after(() => Promise.all([browser?.stop(), receiver?.stop()]));

const missing = (route) => route.fulfill({ status: 404, contentType: "text/plain", body: "Not found" });
const cut = (route) => route.abort();
const body = (change) => async (route) => {
  const response = await route.fetch();
  await route.fulfill({ response, body: change(await response.body()) });
};

const faults = [
  ["is missing", missing],
  ["does not come", cut],
  ["is a page of HTML", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><p>Hello" })],
  ["is empty", body(() => Buffer.alloc(0))],
  ["is cut off", body((bytes) => bytes.subarray(0, bytes.length / 2))],
  ["was made by another version", body((bytes) => Buffer.concat([bytes.subarray(0, 4), Buffer.alloc(16, "0"), bytes.subarray(20)]))],
];

/** Opens the app with one of its files answered otherwise. */
async function openWith(t, pattern, answer, path = "/?council=bromley") {
  const session = await browser.open(receiver.origin + path, {
    wait: false, allow: [/^console:/], before: (page) => page.route(pattern, answer),
  });
  t.after(async () => {
    await session.close();
    session.watch.clean(); // Nothing uncaught: what is wrong is told to the web officer in the console.
  });
  return session;
}

/** The notice has come, has the focus, and the council can be reached. */
async function saysSo(page, notice = "fault-data") {
  await page.waitForFunction((id) => document.activeElement?.id === id, notice);
  assert.ok(await page.locator(`#${notice}`).isVisible());
  await reachable(page);
}

async function reachable(page) {
  const number = `tel:${council.contact.telephone[0].number.replaceAll(" ", "")}`;
  await page.locator(`a[href="${number}"]`).first().waitFor({ state: "visible" });
  assert.ok((await page.locator("main").innerText()).includes(council.contact.post.at(-1)));
}

describe("the form cannot start, and the page says so, when", () => {
  for (const [what, answer] of faults) {
    test(`the bundle ${what}`, async (t) => {
      const { page, watch } = await openWith(t, "**/bundles/bromley-adult-*", answer);
      await saysSo(page);
      await page.waitForFunction(() => document.querySelector("#fault-council").hidden);
      assert.ok(watch.console.some((line) => line.includes("bundles/bromley-adult-")), "the web officer is told which file it is");
    });
  }
});

test("the notice's link leads to the contacts on the same page", async (t) => {
  const { page } = await openWith(t, "**/bundles/*", missing);
  await saysSo(page);
  await accessible(page, "fault");
  await shoot(page, "fault-data");
  await page.locator("#fault-data a[href='#/contacts']").click();
  await page.waitForFunction(() => {
    const { top } = document.getElementById("/contacts").getBoundingClientRect();
    return top >= -1 && top < innerHeight;
  });
});

test("an address with a council that is not here offers those that are", async (t) => {
  const { page } = await openWith(t, "**/no-such-file", missing, "/?council=croydon");
  await saysSo(page, "fault-council");
  await accessible(page, "unknown council");
  await shoot(page, "fault-council");
  const { councils } = await data("councils/index.json");
  const offered = await page.locator("#fault-council a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  assert.deepEqual(offered, councils.map((id) => `?council=${id}`));
  await page.locator("#fault-council a").last().click();
  await page.waitForFunction(() => !document.querySelector("#fault-council"));
});

for (const [pattern, what] of [["**/*.wasm", "the WebAssembly"], ["**/putright-app-*.js", "the script"]]) {
  for (const [how, answer] of [["is missing", missing], ["does not come", cut]]) {
    test(`when ${what} ${how}, the page says so`, async (t) => {
      const session = await browser.open(`${receiver.origin}/?council=bromley`, {
        wait: false, allow: [/./], before: (page) => page.route(pattern, answer),
      });
      t.after(session.close);
      await reachable(session.page);
      await saysSo(session.page);
    });
  }
}

test("nothing that a person chose is told to the console", async (t) => {
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  const { page, watch } = await openWith(t, "**/bundles/*", async (route) => { await held; await missing(route); });
  await mouse.choose(page, "want", "complaint");
  release();
  await saysSo(page);
  assert.ok(!watch.console.some((line) => /\bcomplaint\b/.test(line)), watch.console.join("\n"));
});
