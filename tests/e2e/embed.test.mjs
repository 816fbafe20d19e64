// The form within a page of another site: height, title, scroll, the way out, and who may show it.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";

import { statutory } from "./support/answers.mjs";
import { Browser, desktop, phone } from "./support/browser.mjs";
import { accessible, shoot } from "./support/checks.mjs";
import { mouse } from "./support/hands.mjs";
import { send, walk } from "./support/journey.mjs";
import { binary, data, dist, Receiver } from "./support/receiver.mjs";

const run = promisify(execFile);
let receiver, browser, words, parent, folder, exit;

const styles = "body { margin: 0; font-family: sans-serif } header, footer { padding: 30px; background: #ddd }";

/** The policies of content management systems, each with the site of the form let in as docs/embedding.md says. */
const policies = {
  /** As strict as a form in a frame allows. */
  strict: (site) => `default-src 'self'; script-src 'self' ${site}; frame-src ${site}; style-src 'self'`,
  /** LocalGov Drupal with Security Kit, by the settings that Essex County Council publishes: essexcountycouncil/send-lgdrupal. */
  localgov: () => "frame-ancestors 'self'; report-uri /report-csp-violation",
  /** Drupal with the module Content Security Policy, by the settings that NIDirect publishes: dof-dss/nidirect-drupal. */
  drupal: (site) => `default-src 'self'; frame-src 'self' ${site}; script-src 'self' ${site}; script-src-attr 'self'; ` +
    `script-src-elem 'self' ${site}; style-src 'self'; style-src-attr 'self' 'unsafe-inline'; style-src-elem 'self'`,
  /** Nobody has let the form in. */
  unchanged: () => "default-src 'self'; style-src 'self'",
};

/** The pages of a content management system, at an origin of its own. */
async function contentSite() {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    if (pathname === "/styles.css") return response.setHeader("Content-Type", "text/css").end(styles);
    if (pathname !== "/page") return response.writeHead(204).end();
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.setHeader("Content-Security-Policy", policies[searchParams.get("policy") ?? "strict"](receiver.origin));
    response.setHeader("X-Frame-Options", "SAMEORIGIN");
    const more = searchParams.has("want") ? ` data-want="${searchParams.get("want")}"` : "";
    const line = `<script src="${receiver.origin}/embed.js" data-council="bromley"${more} async></script>`;
    const [head, main] = searchParams.has("head") ? [line, ""] : ["", line];
    response.end(`<!doctype html><html lang="en"><title>Complaints – Anytown</title><meta name="viewport" content="width=device-width">
      <link rel="stylesheet" href="/styles.css">${head}
      <header><a href="/">Anytown Council</a></header><main><h1>Complain about children’s services</h1>
      ${main}</main><footer>Footer of the council</footer></html>`);
  });
  await once(server.listen(0, "localhost"), "listening");
  return server;
}

before(async () => {
  [browser, words] = await Promise.all([Browser.start(), data("content/en/adult.json")]);
  // The address of the site must be known before the form says who may show it.
  const known = createServer();
  await once(known.listen(0, "localhost"), "listening");
  const { port } = known.address();
  known.close();
  folder = await mkdtemp(join(tmpdir(), "putright-embed-"));
  await cp(dist, folder, { recursive: true });
  const file = join(folder, "councils/bromley.json");
  const council = JSON.parse(await readFile(file, "utf8"));
  exit = council.exit_to ?? "https://www.bbc.co.uk/weather";
  await writeFile(file, JSON.stringify({ ...council, embed: { allow: [`http://localhost:${port}`] } }));
  await run(binary, ["build", folder]);
  receiver = await Receiver.start(folder);
  parent = await contentSite();
  parent.close();
  parent.listen(port, "localhost");
  await once(parent, "listening");
  parent.origin = `http://localhost:${port}`;
});
after(async () => {
  parent?.close();
  await Promise.all([browser?.stop(), receiver?.stop()]);
  await rm(folder, { recursive: true, force: true });
});

/** The page of the council's with the form in it. */
async function embedded(t, { viewport = phone, query = "", allow = [] } = {}) {
  const session = await browser.open(`${parent.origin}/page${query}`, {
    viewport, wait: false, allow: [new RegExp(`request to ${receiver.origin}`), ...allow],
  });
  t.after(async () => {
    await session.close();
    session.watch.clean();
  });
  const element = await session.page.waitForSelector("iframe");
  const frame = await element.contentFrame();
  await frame.waitForFunction(() => document.querySelector("#app h1") && !document.querySelector("#fault-data"));
  return { page: session.page, element, frame };
}

const heights = (page, frame) => Promise.all([
  page.evaluate(() => document.querySelector("iframe").getBoundingClientRect().height),
  frame.evaluate(() => document.body.getBoundingClientRect().height),
]);

/** Waits until the frame is as high as its page. */
async function fitted(page, frame) {
  for (let tries = 0; tries < 60; tries++) {
    const [outer, inner] = await heights(page, frame);
    if (Math.abs(outer - inner) <= 1) return outer;
    await page.waitForTimeout(50);
  }
  assert.fail(`the frame is ${await heights(page, frame)} px high, and its page`);
}

for (const viewport of [phone, desktop]) {
  describe(`in a page of another site at ${viewport.width} px`, () => {
    test("the frame is as high as its page, on every page, and has its title", async (t) => {
      const { page, frame } = await embedded(t, { viewport });
      const first = await fitted(page, frame);
      assert.equal(await page.evaluate(() => document.querySelector("iframe").title), await frame.evaluate(() => document.title));
      await shoot(page, `embed-${viewport.width}`);
      await frame.locator("[name=want][value=complaint]").check();
      await frame.locator("main form button[type=submit]").click();
      await frame.waitForFunction(() => location.hash.includes("/question/"));
      const second = await fitted(page, frame);
      assert.notEqual(first, second);
      assert.equal(await page.evaluate(() => document.querySelector("iframe").title), await frame.evaluate(() => document.title));
      assert.ok(await frame.evaluate(() => document.documentElement.scrollHeight <= innerHeight + 1), "the frame has no scroll of its own");
    });

    test("a page that turns begins at its top, and the way out stays in sight", async (t) => {
      const { page, frame } = await embedded(t, { viewport });
      await fitted(page, frame);
      await frame.locator("[name=want][value=complaint]").check();
      const button = frame.locator("main form button[type=submit]");
      await button.scrollIntoViewIfNeeded();
      const exits = async () => {
        await page.waitForTimeout(150);
        const box = await frame.locator(".govuk-exit-this-page__button").boundingBox();
        assert.ok(box.y >= 0 && box.y + box.height <= viewport.height, `the way out is at ${box.y} px of ${viewport.height}`);
      };
      await exits();
      await button.click();
      await frame.waitForFunction(() => location.hash.includes("/question/"));
      await fitted(page, frame);
      const heading = await frame.locator("h1").boundingBox();
      assert.ok(heading.y >= 0 && heading.y < viewport.height, `the heading is at ${heading.y} px`);
      await exits();
    });
  });
}

for (const policy of ["localgov", "drupal"]) {
  test(`under the policy of a ${policy} site the frame fits, a complaint is sent, and three Shifts around it count`, async (t) => {
    const { page, frame } = await embedded(t, { query: `?policy=${policy}` });
    await fitted(page, frame);
    await page.locator("header a").focus();
    await page.keyboard.press("Shift");
    await frame.locator(".govuk-exit-this-page__indicator-light--on").first().waitFor({ state: "attached" });
    await walk(frame, statutory, { hands: mouse });
    assert.equal((await receiver.show(await send(frame, mouse))).council, "bromley");
    await fitted(page, frame);
  });
}

test("a policy that does not let the form in shows the rest of the page, and the console names the script", async (t) => {
  const session = await browser.open(`${parent.origin}/page?policy=unchanged`, { wait: false, allow: [/request to/, /embed\.js/, /Failed to load/] });
  t.after(() => session.close());
  const refused = [];
  await session.page.getByText("Footer of the council").waitFor();
  await session.page.waitForLoadState();
  session.page.on("console", (message) => refused.push(message.text()));
  await session.page.reload();
  assert.equal(await session.page.locator("iframe").count(), 0);
  assert.ok(await session.page.getByText("Footer of the council").isVisible());
  assert.ok(refused.some((text) => text.includes("embed.js") && text.includes("Content Security Policy")), refused.join("\n"));
});

describe("the way out of a frame", () => {
  const left = async (page) => {
    await page.route(`${exit}**`, (route) => route.fulfill({ body: "Weather" }));
    // The frame and the page around it both go there: one of the two is cut off by the other.
    return async () => {
      for (let tries = 0; tries < 100 && !page.url().startsWith(exit); tries++) await page.waitForTimeout(50);
      assert.ok(page.url().startsWith(exit), page.url());
      await page.getByText("Weather").waitFor();
    };
  };
  const allow = () => [/request to https:/, /Unsafe attempt|Failed to load resource|is not allowed|frame/i];

  test("the button takes the whole window", async (t) => {
    const { page, frame } = await embedded(t, { allow: allow() });
    const arrived = await left(page);
    await frame.locator(".govuk-exit-this-page__button").click();
    await arrived();
  });

  test("three Shifts in the form take the whole window", async (t) => {
    const { page, frame } = await embedded(t, { allow: allow() });
    const arrived = await left(page);
    await frame.locator("[name=want]").first().focus();
    for (let press = 0; press < 3; press++) await page.keyboard.press("Shift");
    await arrived();
  });

  test("three Shifts in the page around take the whole window; a key between begins again", async (t) => {
    const { page, frame } = await embedded(t, { allow: allow() });
    const arrived = await left(page);
    await page.locator("header a").focus();
    for (const key of ["Shift", "Shift", "a", "Shift"]) await page.keyboard.press(key);
    await page.waitForTimeout(300);
    assert.equal(new URL(page.url()).origin, parent.origin);
    await frame.locator(".govuk-exit-this-page__indicator-light--on").first().waitFor({ state: "attached" });
    assert.equal(await frame.locator(".govuk-exit-this-page__indicator-light--on").count(), 1);
    for (let press = 0; press < 2; press++) await page.keyboard.press("Shift");
    await arrived();
  });

  test("the page on leaving says what a frame cannot do, and only there", async (t) => {
    const { frame } = await embedded(t);
    await frame.locator(".pr-exit > a").click();
    const told = words.words.exit_help_frame;
    await frame.getByText(told).waitFor();
    const alone = await browser.page(t, `${receiver.origin}/bromley.html#/exit-help`);
    assert.equal(await alone.getByText(told).isVisible(), false);
  });
});

test("a line in the head of a page shows the form at the end of the main part", async (t) => {
  const { page, frame } = await embedded(t, { query: "?head" });
  await fitted(page, frame);
  assert.equal(await page.evaluate(() => document.querySelector("iframe").parentElement.localName), "main");
});

test("a complaint is walked through and sent from within the frame", async (t) => {
  const { page, frame } = await embedded(t);
  await walk(frame, statutory, { hands: mouse });
  const reference = await send(frame, mouse);
  assert.equal((await receiver.show(reference)).council, "bromley");
  await shoot(page, "embed-sent");
  await accessible(page, "the page around the form");
});

test("only the sites that the council's file names may show it", async () => {
  const { headers } = await fetch(`${receiver.origin}/bromley.html`);
  assert.match(headers.get("content-security-policy"), new RegExp(`frame-ancestors 'self' ${parent.origin};`));
  const script = await fetch(`${receiver.origin}/embed.js`);
  assert.equal(script.headers.get("cross-origin-resource-policy"), "cross-origin");
  const other = await fetch(`${receiver.origin}/framed.js`);
  assert.equal(other.headers.get("cross-origin-resource-policy"), "same-origin");
});

describe("a link with an answer chosen", () => {
  for (const want of ["complaint", "compliment", "comment", "progress"]) {
    test(`${want} stands chosen, and the address says nothing of it`, async (t) => {
      const page = await browser.page(t, `${receiver.origin}/bromley.html#/start?want=${want}`);
      assert.deepEqual(await page.locator("[name=want]:checked").evaluateAll((all) => all.map(({ value }) => value)), [want]);
      assert.equal(await page.evaluate(() => location.hash), "#/");
    });
  }

  test("nothing else is taken from an address", async (t) => {
    for (const query of ["want=guide", "want=%22%5D", "who=parent", "want=complaint%22"]) {
      const page = await browser.page(t, `${receiver.origin}/bromley.html#/start?${query}`);
      assert.equal(await page.locator("[name=want]:checked").count(), 0, query);
      assert.equal(await page.evaluate(() => location.hash), "#/");
    }
  });

  test("a page of another site may choose it too", async (t) => {
    const { frame } = await embedded(t, { query: "?want=compliment" });
    assert.deepEqual(await frame.locator("[name=want]:checked").evaluateAll((all) => all.map(({ value }) => value)), ["compliment"]);
  });
});
