// The page that tries a council's endpoint: what it finds of each way a server can behave, and that it sends nothing unasked.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { Mock, site } from "./support/backend.mjs";
import { Browser, narrow } from "./support/browser.mjs";
import { accessible, fits, invalid, shoot } from "./support/checks.mjs";
import { dist, Receiver } from "./support/receiver.mjs";

/** A server that sends on whatever comes to /old. */
async function mover() {
  const server = createServer((request, response) => {
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Access-Control-Allow-Headers", "Content-Type, Idempotency-Key");
    if (request.method === "OPTIONS") response.writeHead(204).end();
    else if (request.url === "/old") response.writeHead(307, { Location: "/new" }).end();
    else response.writeHead(201, { "Content-Type": "application/json" }).end('{"reference":"A1"}');
  });
  await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  const stop = () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); });
  return { origin: `http://127.0.0.1:${server.address().port}`, stop };
}

let moving, own, receiver, browser, putright, open311, formHandler, away;

before(async () => {
  [moving, putright, open311, formHandler, away] = await Promise.all([
    mover(), Mock.start("putright"), Mock.start("open311"), Mock.start("form-handler"), Mock.start("putright"),
  ]);
  own = await site({
    here: { url: "api/submissions" },
    there: { url: `${putright.origin}/complaints`, timeout_seconds: 2 },
    form: { preset: "open311", url: `${open311.origin}/requests.json` },
    // Taken for one that knows keys, which it does not.
    forgetful: { preset: "open311", url: `${open311.origin}/requests.json`, idempotency: { field: "key" } },
    page: { preset: "form-handler", url: `${formHandler.origin}/form` },
    nothing: { preset: "no-endpoint" },
    moved: { url: `${moving.origin}/old` },
    gone: { url: "http://127.0.0.1:9/complaints" },
  });
  [receiver, browser] = await Promise.all([Receiver.start(own.folder), Browser.start()]);
});
after(async () => {
  await Promise.all([browser, receiver, moving, putright, open311, formHandler, away].map((one) => one?.stop()));
  await own?.remove();
});

/** The page, ready to send. What goes to a backend is no word to anybody else; what fails, fails on purpose. */
async function opened(t, council, { before: prepare, viewport } = {}) {
  const page = await browser.page(t, `${receiver.origin}/check.html?council=${council}`, {
    wait: false, viewport, before: prepare, allow: [/^request to http:\/\/127\.0\.0\.1/, /Failed to load/, /CORS policy/, /^console: CSP/, /Content Security Policy/, /ERR_/],
  });
  await page.locator("#form").waitFor();
  return page;
}

/** Presses the button, and waits until all is found and the focus is on what was found. */
async function pressed(page, button = "Send the test") {
  await page.getByRole("button", { name: button }).click();
  await page.waitForFunction(() => document.activeElement?.id === "headline", undefined, { timeout: 20_000 });
}

/** What was found, by what it is about. */
async function found(page) {
  const list = await page.locator(".ck-finding").evaluateAll((sections) => sections.map((section) => ({
    about: section.dataset.about, verdict: section.dataset.verdict, title: section.querySelector("h3").innerText,
    text: section.innerText, lines: section.querySelector("pre").textContent,
  })));
  return Object.fromEntries(list.map((one) => [one.about, one]));
}

async function tried(t, council, fault, mock = putright) {
  await mock.fault(fault);
  const page = await opened(t, council);
  await pressed(page);
  const findings = await found(page);
  return { page, findings, headline: await page.locator("#headline").innerText() };
}

test("nothing is sent before a click, and it warns of the record that it makes", async (t) => {
  await putright.fault("none");
  const asked = [];
  const page = await opened(t, "there", {
    before: (page) => page.on("request", (request) => { if (request.method() !== "GET" || request.url().startsWith(putright.origin)) asked.push(request.url()); }),
  });
  assert.ok((await page.locator(".govuk-warning-text").innerText()).includes("makes a real record"));
  assert.ok((await page.locator("#plan").innerText()).includes(`${putright.origin}/complaints`));
  await page.waitForTimeout(300);
  assert.deepEqual(asked, []);
  assert.deepEqual(await putright.received(), []);
  await accessible(page, "before");
  await shoot(page, "check-page-before");
});

test("a good server of another origin: all works, and two records that say what they are, one with a file", async (t) => {
  const { page, findings, headline } = await tried(t, "there", "none");
  assert.equal(headline, "It works");
  for (const about of ["reached", "cors", "answer", "reference", "type", "twice", "files"]) {
    assert.equal(findings[about].verdict, "works", JSON.stringify(findings[about]));
  }
  assert.equal(findings.reference.lines, "MOCK-000001");
  assert.equal(findings.address, undefined);
  const [stored, ...more] = await putright.received();
  assert.equal(more.length, 1);
  assert.deepEqual(more[0].json.files.map(({ name, bytes }) => [name, bytes]), [["test.jpg", 10_000_000]]);
  assert.match(more[0].json.points[0].what_happened, /^THIS IS A TEST/);
  assert.match(stored.json.points[0].what_happened, /^THIS IS A TEST, not a complaint/);
  assert.match(stored.json.contact.name, /^TEST/);
  assert.equal(stored.key, stored.id);
  const details = page.locator("#exchanges details");
  assert.equal(await details.count(), 3);
  await details.first().locator("summary").click();
  const shown = await details.first().innerText();
  for (const text of [`POST ${putright.origin}/complaints`, `Idempotency-Key: ${stored.key}`, "Status 201", "content-type: application/json", '"reference":"MOCK-000001"']) {
    assert.ok(shown.includes(text), `${text} in ${shown}`);
  }
  await accessible(page, "all works");
  await fits(page, "all works");
  await shoot(page, "check-page-works");
  const told = await invalid({ check: await readFile(join(dist, "check.html"), "utf8"), works: await page.content() });
  assert.deepEqual(told.filter(({ type }) => type === "error" || type === "fatal").map(({ where, message }) => `${where}: ${message}`), []);
});

test("our own receiver, on the page's own origin, takes the test as a submission and keeps it once, and one with a file", async (t) => {
  const page = await opened(t, "here");
  await pressed(page);
  const findings = await found(page);
  assert.equal(findings.cors, undefined);
  for (const about of ["reached", "answer", "reference", "twice", "files"]) assert.equal(findings[about].verdict, "works", JSON.stringify(findings));
  const list = await receiver.list();
  assert.equal(list.length, 2);
  assert.ok(list.some(({ reference }) => reference === findings.reference.lines));
  for (const { reference } of list) assert.match((await receiver.show(reference)).points[0].what_happened, /^THIS IS A TEST/);
  await page.getByRole("button", { name: "Send one with nothing in it" }).click();
  await page.waitForFunction(() => document.querySelector('[data-about="errors"]'));
  assert.equal((await found(page)).errors.title, "A refusal can be read");
  assert.equal((await receiver.list()).length, 2);
  await shoot(page, "check-page-empty");
});

describe("each way in which a server goes wrong", () => {
  const table = [
    ["there", "cors", "cors", "change", "The server was reached, but does not allow this site (CORS)", [
      "nothing was sent", "OPTIONS", "Access-Control-Allow-Headers: Idempotency-Key, Content-Type", "Access-Control-Allow-Methods: POST",
      "the server that takes complaints",
    ], 0],
    ["there", "timeout", "time", "change", "No answer came in time", ["after 2 seconds", "look for it"], 1],
    ["there", "reset-before", "reached", "change", "The server was reached, but no answer came that can be read", ["closed the connection"], 0],
    ["there", "reset-after", "reached", "change", "The server was reached, but no answer came that can be read", ["look for it"], 1],
    ["there", "ok-error", "answer", "change", "The status says yes, but the answer says no", ["status 200", "Say more about what happened."], 0],
    ["there", "accepted-empty", "body", "change", "The answer does not prove that the test was stored", ["The answer is empty", "/reference"], 1],
    ["there", "wrong-type", "type", "consider", "The answer is not called what it is", ["application/octet-stream", "Content-Type: application/json"], 2],
    ["there", "wrong-reference", "body", "change", "The answer does not prove that the test was stored", ["a list or an object is there"], 1],
    ["there", "server-error", "answer", "change", "The server failed", ["status 500"], 0],
    ["there", "unavailable", "answer", "change", "A server in front of it got no good answer", ["Status 503"], 0],
    ["there", "html-error", "answer", "change", "A server in front of it got no good answer", ["Status 502"], 0],
    ["there", "too-large", "answer", "change", "The test is too large for the server", ["status 413"], 0],
    ["there", "too-many", "answer", "change", "The server asks to wait", ["status 429"], 0],
    ["there", "refused-problem", "answer", "change", "The server refused the test", ["/points/0/what_happened: Say more about what happened."], 0],
    ["there", "refused-list", "answer", "change", "The server refused the test", ["status 400"], 0],
    ["there", "huge", "body", "change", "The answer does not prove that the test was stored", ["longer than 1 MB"], 1],
    ["form", "none", "twice", "consider", "The server cannot know the same complaint again", ["idempotency"], 1],
    ["form", "cors", "cors", "change", "The server was reached, but does not allow this site (CORS)", ["may have been stored", "Access-Control-Allow-Origin"], 1],
    ["forgetful", "none", "twice", "change", "The same test sent twice was stored twice", ["Both had the same key", "638"], 2],
  ];
  for (const [council, fault, about, verdict, title, says, stored] of table) {
    test(`${council}: ${fault}`, async (t) => {
      const mock = council === "there" ? putright : open311;
      const { page, findings, headline } = await tried(t, council, fault, mock);
      const finding = findings[about];
      assert.ok(finding, JSON.stringify(findings));
      assert.deepEqual([finding.verdict, finding.title], [verdict, title]);
      for (const text of says) assert.ok(finding.text.includes(text), `${text} in ${finding.text}`);
      assert.ok(!/\{[a-z]+\}|undefined/.test(finding.text), finding.text);
      assert.equal(headline.includes("Not ready"), verdict === "change");
      assert.equal((await mock.received()).length, stored);
      await accessible(page, fault);
      await fits(page, fault);
      if (["cors", "accepted-empty", "none"].includes(fault)) await shoot(page, `check-page-${council}-${fault}`);
    });
  }
});

test("nobody there: not reached", async (t) => {
  const page = await opened(t, "gone");
  await pressed(page);
  const { reached } = await found(page);
  assert.deepEqual([reached.verdict, reached.title], ["change", "The server was not reached"]);
});

test("an address that the policy does not allow is told with the line to add, and nothing goes there", async (t) => {
  const page = await opened(t, "there", {
    before: (page) => page.route("**/councils/there.json", async (route) => {
      const file = await (await route.fetch()).json();
      await route.fulfill({ json: { ...file, delivery: { url: `${away.origin}/complaints` } } });
    }),
  });
  await pressed(page);
  const { policy } = await found(page);
  assert.equal(policy.title, "This site’s own policy stopped it");
  assert.equal(policy.lines, `connect-src 'self' ${away.origin}`);
  assert.ok(policy.text.includes("putright build"));
  assert.deepEqual(await away.received(), []);
  await shoot(page, "check-page-policy");
});

test("offline: nothing is sent", async (t) => {
  await putright.fault("none");
  const page = await opened(t, "there");
  await page.context().setOffline(true);
  await pressed(page);
  assert.equal((await found(page)).device.title, "This device is offline");
  assert.deepEqual(await putright.received(), []);
});

test("a redirect is told with where it leads", async (t) => {
  const page = await opened(t, "moved");
  await pressed(page);
  const { redirect, answer } = await found(page);
  assert.deepEqual([redirect.verdict, redirect.lines], ["change", `${moving.origin}/new`]);
  assert.equal(answer.verdict, "works", "this one keeps what was sent");
});

test("a council whose own page takes it: that page opens, and what it says cannot be read", async (t) => {
  await formHandler.fault("none");
  const page = await opened(t, "page");
  await pressed(page);
  const findings = await found(page);
  // Or the policy lets forms go to this site alone.
  if (findings.policy) assert.equal(findings.policy.lines, `form-action 'self' ${formHandler.origin}`);
  else assert.equal(findings.page.title, "The council’s own page was opened");
});

test("a council that sends nothing has no button; another may be chosen with the keyboard alone", async (t) => {
  await putright.fault("none");
  const page = await opened(t, "nothing");
  assert.ok(await page.locator("#send").isHidden());
  assert.ok((await page.locator("#plan").innerText()).includes("sends nothing"));
  for (let presses = 0; presses < 9 && !(await page.evaluate(() => document.activeElement?.name === "council")); presses += 1) await page.keyboard.press("Tab");
  for (let presses = 0; presses < 9 && (await page.evaluate(() => document.activeElement.value)) !== "there"; presses += 1) await page.keyboard.press("ArrowUp");
  assert.ok((await page.locator("#plan").innerText()).includes(putright.origin));
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "send");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "headline");
  assert.equal((await putright.received()).length, 2);
});

test("pressing twice sends one test, and the wait is said", async (t) => {
  await putright.fault("timeout");
  const page = await opened(t, "there");
  await page.getByRole("button", { name: "Send the test" }).dblclick();
  await page.getByRole("status").filter({ hasText: "waiting for up to 2 seconds" }).waitFor();
  await accessible(page, "waiting");
  await page.waitForFunction(() => document.activeElement?.id === "headline");
  assert.equal((await putright.received()).length, 1);
});

test("a council's file that cannot be read is told with the place", async (t) => {
  const page = await opened(t, "there", {
    before: (page) => page.route("**/councils/there.json", async (route) => {
      const file = await (await route.fetch()).json();
      await route.fulfill({ json: { ...file, delivery: { url: "http://forms.example.gov.uk" } } });
    }),
  });
  assert.ok((await page.locator("#fault").innerText()).includes("councils/there.json at /delivery/url: must begin with https://"));
  assert.ok(await page.locator("#send").isHidden());
  await accessible(page, "a fault");
});

test("it fits into a window of 320 pixels", async (t) => {
  await putright.fault("cors");
  const page = await opened(t, "there", { viewport: narrow });
  await pressed(page);
  for (const summary of await page.locator("#exchanges summary").all()) await summary.click();
  await fits(page, "320 px");
});

test("it is served with the right types and the site's policy, and is in no search", async () => {
  const types = {
    "check.html": "text/html", "check/check.js": "text/javascript", "check/check.css": "text/css",
    "check/putright-trial.js": "text/javascript", "check/putright-trial_bg.wasm": "application/wasm",
  };
  const policy = (await fetch(`${receiver.origin}/`)).headers.get("content-security-policy");
  for (const [path, type] of Object.entries(types)) {
    const answer = await fetch(`${receiver.origin}/${path}`);
    assert.equal(answer.status, 200, path);
    assert.ok(answer.headers.get("content-type").startsWith(type), path);
    assert.equal(answer.headers.get("content-security-policy"), policy);
    assert.equal(answer.headers.get("cache-control"), "no-cache", path);
  }
  const html = await (await fetch(`${receiver.origin}/check.html`)).text();
  assert.ok(html.includes('<meta name="robots" content="noindex">'));
  assert.ok(html.includes(`connect-src 'self'`) && html.includes(putright.origin), "the policy, for hosts that send no headers");
  assert.ok(!/<script(?![^>]*\ssrc=)[^>]*>|\son[a-z]+="|\sstyle="|<style/.test(html));
});
