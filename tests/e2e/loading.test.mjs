// What is fetched when: everything at once, nothing twice, and on another visit only what a council may have changed.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request as ask } from "node:http";
import { after, before, describe, test } from "node:test";

import { Browser, mounted } from "./support/browser.mjs";
import { Receiver } from "./support/receiver.mjs";

const DELAY = 300;

let receiver, browser, server, origin;
let asked = [];

before(async () => {
  [receiver, browser] = await Promise.all([Receiver.start(), Browser.start()]);
  // Before the release as it is served: each answer takes its time, as over a mobile network.
  server = createServer((request, response) => {
    asked.push(request.url);
    setTimeout(() => {
      const onward = ask(receiver.origin + request.url, { method: request.method, headers: request.headers, agent: false }, (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      });
      // A page that is left breaks off what it has asked for.
      onward.on("error", () => response.destroy());
      request.pipe(onward);
    }, DELAY);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${server.address().port}`;
});
after(async () => {
  server.closeAllConnections();
  server.close();
  await Promise.all([browser?.stop(), receiver?.stop()]);
});

const files = (urls) => urls.map((url) => url.replace(/\?.*/, "")).sort();

/** Visits a page in a browser that may have been there before. Gives what reached the server, and how deep each lies: one for what the page
 * names, else one more than the deepest of what had come when it was asked for. */
async function visit(page, path) {
  asked = [];
  const depths = new Map();
  let deepest = 0;
  // What the page itself names waits for nothing, whenever the browser comes to it.
  const html = await (await fetch(receiver.origin + path)).text();
  const named = new Set([...html.matchAll(/(?:href|src)="\.?\/?([^"?#]+)/g)].map(([, name]) => `/${name}`));
  const deep = (request) => {
    if (request.isNavigationRequest()) return;
    const { pathname } = new URL(request.url());
    depths.set(pathname, named.has(pathname) ? 1 : deepest + 1);
  };
  // Nothing waits for a picture.
  const came = (request) => {
    const { pathname } = new URL(request.url());
    if (!pathname.endsWith(".svg")) deepest = Math.max(deepest, depths.get(pathname) ?? 0);
  };
  page.on("request", deep);
  page.on("requestfinished", came);
  await page.goto(origin + path, { waitUntil: "commit" });
  await mounted(page);
  page.off("request", deep);
  page.off("requestfinished", came);
  return { asked, depths };
}

async function open(t) {
  const session = await browser.open("about:blank", { wait: false, now: null, allow: [/./] });
  t.after(() => session.close());
  return session.page;
}

/** The bundles among some addresses, without their versions. */
const bundles = (urls) => files(urls).filter((file) => file.startsWith("/bundles/")).map((file) => file.replace(/-[0-9a-f]{16}\.bin$/, ""));

for (const [path, bundle, deepest = 1] of [
  ["/bromley.html", "bromley-adult"],
  ["/bromley-8-11.html", "bromley-8-11"],
  ["/westminster.html", "westminster-adult"],
  ["/westminster-12-17.html", "westminster-12-17"],
  // The address says only to a script which bundle it will be.
  ["/?council=westminster", "westminster-adult", 2],
  ["/", "bromley-adult", 2],
]) {
  describe(path, () => {
    test("a first visit waits for two answers in a row at most after the page's own, asks for one bundle, and for nothing twice", async (t) => {
      const page = await open(t);
      const { asked, depths } = await visit(page, path);
      const all = files(asked);
      assert.deepEqual(all, [...new Set(all)]);
      assert.deepEqual(bundles(asked), [`/bundles/${bundle}`]);
      assert.ok(!all.some((file) => file.endsWith(".json")), all.join());
      assert.ok(all.filter((file) => !file.endsWith(".svg")).length <= 6, all.join());
      const late = [...depths].filter(([, depth]) => depth > deepest);
      assert.deepEqual(late, []);
      const used = await page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => /\.(bin|wasm)/.test(name)).length);
      assert.equal(used, 2, "what was asked for ahead is what is used");
    });

    test("another visit asks for the page alone", async (t) => {
      const page = await open(t);
      await visit(page, path);
      // Pictures may come after the app.
      await page.waitForLoadState("networkidle");
      await page.goto("about:blank");
      const { asked } = await visit(page, path);
      const { pathname } = new URL(path, origin);
      assert.deepEqual(files(asked), [pathname]);
    });
  });
}

test("the words for children come by an address that may be kept, and once", async (t) => {
  const page = await open(t);
  await visit(page, "/bromley.html");
  asked = [];
  await page.locator('.pr-registers a[href="#/words/8-11"]').click();
  await page.waitForFunction(() => document.querySelector('.pr-registers [aria-current]')?.textContent.includes("8"));
  const words = asked.filter((url) => !url.includes(".svg"));
  assert.deepEqual(bundles(words), ["/bundles/bromley-8-11"]);
  assert.equal(words.length, 1);
  assert.match((await fetch(origin + words[0])).headers.get("cache-control"), /immutable/);
});

test("the WebAssembly is compiled as it comes", async (t) => {
  const page = await open(t);
  await page.addInitScript(() => {
    window.compiled = [];
    for (const name of ["instantiate", "instantiateStreaming"]) {
      const original = WebAssembly[name];
      WebAssembly[name] = (...given) => {
        window.compiled.push(name);
        return original.apply(WebAssembly, given);
      };
    }
  });
  await visit(page, "/bromley.html");
  assert.deepEqual(await page.evaluate(() => window.compiled), ["instantiateStreaming"]);
});
