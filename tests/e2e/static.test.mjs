// What a council's host serves: the first page without a script, its markup, its print, its headers.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { statutory, story } from "./support/answers.mjs";
import { Browser, narrow } from "./support/browser.mjs";
import { fits, invalid, shoot } from "./support/checks.mjs";
import { mouse } from "./support/hands.mjs";
import { refused, send, walk } from "./support/journey.mjs";
import { address, arrived, needed, submitButton } from "./support/page.mjs";
import { data, dist, Receiver } from "./support/receiver.mjs";

let receiver, browser, words, councils;

before(async () => {
  [receiver, browser, words] = await Promise.all([Receiver.start(), Browser.start(), data("content/en/adult.json")]);
  const { councils: ids } = await data("councils/index.json");
  councils = await Promise.all(ids.map((id) => data(`councils/${id}.json`)));
});
after(() => Promise.all([browser?.stop(), receiver?.stop()]));

describe("with JavaScript off", () => {
  let session, text;
  before(async () => {
    session = await browser.open(`${receiver.origin}/`, { javaScript: false, viewport: narrow });
    text = await session.page.locator("body").innerText();
  });
  after(() => session?.close());

  test("the page says why the form does not start, and asks nothing of the notices for other faults", async () => {
    assert.ok(text.includes(words.words.no_script));
    for (const id of ["fault-data", "fault-council"]) assert.ok(!(await session.page.locator(`#${id}`).isVisible()));
  });

  test("danger comes first, with every number in sight", async () => {
    const first = await session.page.locator("main :is(h1, section):visible").first();
    assert.equal(await first.getAttribute("aria-label"), words.words.danger_title);
    assert.match(await first.innerText(), /^In danger now\? Call 999/);
    for (const { number } of councils[0].safeguarding.telephone) assert.ok(await first.getByText(number).isVisible(), number);
  });

  test("no form and no link leads nowhere: there is a button to the plain form, which sends", async () => {
    const { page } = session;
    assert.equal(await page.locator("main :is(form, input, button):visible").count(), 0);
    assert.equal(await page.locator("h1:visible").count(), 1);
    for (const href of await page.locator("a[href^='#']:visible").evaluateAll((all) => all.map((one) => one.getAttribute("href").slice(1)))) {
      // `#/` is this page.
      assert.ok(href === "/" || await page.locator(`[id="${href}"]`).count() === 1, href);
    }
    const button = page.locator("main a.govuk-button:visible").first();
    assert.match(await button.innerText(), /form that works without JavaScript/);
    const to = new URL(await button.getAttribute("href"), page.url());
    const form = await (await fetch(to)).text();
    assert.match(form, /<form[^>]* method="post"/);
  });

  test("the guide can be read, with every limit filled in", async () => {
    for (const part of words.guide) assert.ok(text.includes(part.title), part.title);
    assert.ok(!/\{[a-z0-9_.:]+\}/.test(text), "a gap is left in the words");
  });

  test("every council's telephone numbers are links, and its address can be read", async () => {
    for (const council of councils) {
      assert.ok(text.includes(council.name) && text.includes(council.contact.post.at(-1)), council.id);
      for (const { number } of [...council.contact.telephone, ...council.safeguarding.telephone]) {
        const link = session.page.locator(`main a[href="tel:${number.replaceAll(" ", "")}"]`, { hasText: number }).first();
        assert.ok(await link.isVisible(), `${council.id}: ${number}`);
      }
    }
  });

  test("the links of the help lead to the guide and the contacts on the page", async () => {
    for (const id of ["/guide", "/contacts"]) {
      await session.page.locator(`.pr-help a[href="#${id}"]`).click();
      const box = await session.page.locator(`[id="${id}"]`).boundingBox();
      assert.ok(Math.abs(box.y) < 100, `${id} is at ${box.y}`);
    }
  });

  test("the guide's list of contents leads to its parts", async () => {
    for (const { id } of words.guide.slice(0, 3)) {
      await session.page.locator(`main nav a[href="#/guide/${id}"]`).click();
      const box = await session.page.locator(`[id="/guide/${id}"]`).boundingBox();
      assert.ok(Math.abs(box.y) < 150, `${id} is at ${box.y}`);
    }
  });

  test("it fits into a window of 320 pixels", async () => {
    await fits(session.page, "without JavaScript");
    await shoot(session.page, "no-javascript");
  });
});

test("the HTML of the file that is served and of each page that is drawn is valid", async (t) => {
  const pages = { index: await readFile(join(dist, "index.html"), "utf8") };
  const { page, close } = await browser.open(`${receiver.origin}/?council=westminster`, { allow: [/Failed to load/] });
  t.after(close);
  const take = async (name) => { pages[name] = await page.content(); };
  await address(page, "#/draft");
  await arrived(page, "draft");
  await take("draft");
  await page.goBack();
  await walk(page, { ...statutory, borough: "westminster" }, {
    visit: async (here) => {
      await take(here);
      if ((await needed(page)).length === 0) return;
      await refused(page);
      await take(`${here}-refused`);
    },
  });
  await page.route("**/api/submissions", (route) => route.fulfill({ status: 500 }), { times: 1 });
  await submitButton(page).click();
  await page.locator("#summary").waitFor();
  await take("check-not-sent");
  await send(page);
  await take("sent");
  for (const name of ["guide", "contacts"]) {
    await address(page, `#/${name}`);
    await arrived(page, name);
    await take(name);
  }
  const told = await invalid(pages);
  for (const { where, type, message } of told) {
    // A file has another origin than its styles; and the colour is set by the style object, which the policy allows.
    if (type !== "error" && !message.includes("Content Security Policy")) t.diagnostic(`${where}: ${type}: ${message}`);
  }
  const errors = told.filter(({ type }) => type === "error" || type === "fatal");
  assert.deepEqual(errors.map(({ where, message, extract }) => `${where}: ${message}: ${extract}`), []);
});

test("answers that are printed before they are sent say so, on paper alone", async (t) => {
  const { page, close } = await browser.open(`${receiver.origin}/?council=bromley`);
  t.after(close);
  await walk(page, statutory);
  const told = words.words.copy_not_sent;
  assert.equal((await page.locator("main").innerText()).includes(told), false);
  await page.emulateMedia({ media: "print" });
  assert.ok((await page.locator("main").innerText()).includes(told));
});

test("the confirmation prints: reference, dates, contacts and answers, dark on white, and no buttons", async (t) => {
  const { page, close } = await browser.open(`${receiver.origin}/?council=bromley`);
  t.after(close);
  await walk(page, statutory);
  const reference = await send(page);
  await page.emulateMedia({ media: "print" });
  const text = await page.locator("body").innerText();
  for (const shown of [reference, "Tuesday 5 January 2027", councils[0].contact.telephone[0].number, statutory.full_name]) {
    assert.ok(text.includes(shown), shown);
  }
  assert.equal(await page.locator("button:visible, .govuk-skip-link:visible, .govuk-back-link:visible").count(), 0);
  const ink = await share(await page.screenshot({ fullPage: true }));
  assert.ok(ink.dark > 0.005, `hardly anything is printed: ${JSON.stringify(ink)}`);
  assert.ok(ink.light > 0.8, `too much ink: ${JSON.stringify(ink)}`);
});

/** How much of a picture is dark, and how much is nearly white. Another page reads it: ours may not. */
async function share(png) {
  const { page, close } = await browser.open("about:blank", { wait: false, now: null });
  const found = await page.evaluate(async (source) => {
    const picture = new Image();
    picture.src = source;
    await picture.decode();
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const context = canvas.getContext("2d");
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let dark = 0, light = 0;
    for (let at = 0; at < data.length; at += 4) {
      const sum = data[at] + data[at + 1] + data[at + 2];
      if (sum < 192) dark += 1;
      if (sum > 720) light += 1;
    }
    return { dark: (dark * 4) / data.length, light: (light * 4) / data.length };
  }, `data:image/png;base64,${png.toString("base64")}`);
  await close();
  return found;
}

describe("the headers", () => {
  test("the policy allows no inline script, the style of adults’ and of young people’s pages by its hash, and nobody else's, by header and by meta element", async () => {
    const response = await fetch(`${receiver.origin}/`);
    const html = await response.text();
    const meta = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)[1];
    const own = [html, await (await fetch(`${receiver.origin}/bromley-8-11.html`)).text()].map((text) => {
      const [[, style], ...others] = text.matchAll(/<style>([^<]+)<\/style>/g);
      assert.equal(others.length, 0);
      return `'sha256-${createHash("sha256").update(style).digest("base64")}'`;
    });
    for (const policy of [response.headers.get("content-security-policy"), meta]) {
      const directives = new Map(policy.split(";").map((one) => one.trim().split(/\s+/)).map(([name, ...values]) => [name, values]));
      assert.deepEqual(directives.get("default-src"), ["'none'"]);
      assert.deepEqual(directives.get("script-src"), ["'self'", "'wasm-unsafe-eval'"]);
      assert.deepEqual(directives.get("style-src"), ["'self'", ...own]);
      assert.deepEqual(directives.get("connect-src"), ["'self'"]);
    }
  });

  test("a browser neither guesses types nor tells where people came from, and no cookie is set", async () => {
    const { headers } = await fetch(`${receiver.origin}/`);
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.equal(headers.get("referrer-policy"), "no-referrer");
    assert.equal(headers.get("set-cookie"), null);
  });

  test("nothing in the files that are served names an inline handler or style", async () => {
    const html = await readFile(join(dist, "index.html"), "utf8");
    assert.ok(!/<script(?![^>]*\ssrc=)[^>]*>/.test(html) && !/\son[a-z]+="|\sstyle="/.test(html));
  });
});

test("the page leaves the confirmation in the tab, and nothing else in the browser", async (t) => {
  const { page, close } = await browser.open(`${receiver.origin}/?council=bromley`);
  t.after(close);
  await walk(page, statutory, { until: "check" });
  await mouse.press(page, "main form button[type=submit]");
  await arrived(page, "sent");
  const left = await page.evaluate(async () => ({
    local: localStorage.length, session: Object.keys(sessionStorage), cookie: document.cookie,
    databases: (await indexedDB.databases()).length, workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
  assert.deepEqual(left, { local: 0, session: ["putright/draft"], cookie: "", databases: 0, workers: 0 });
  const kept = await page.evaluate(() => sessionStorage["putright/draft"]);
  assert.ok(!kept.includes(story.slice(0, 20)) && kept.includes("putright/sent/1"), "nothing that was written");
});
