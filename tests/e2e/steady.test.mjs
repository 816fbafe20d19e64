// A long visit: page after page, and no more memory than at the start.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Browser } from "./support/browser.mjs";
import { Receiver } from "./support/receiver.mjs";

const PAGE_OF_MEMORY = 65_536;

let receiver, browser;
before(async () => { [receiver, browser] = await Promise.all([Receiver.start(), Browser.start()]); });
after(() => Promise.all([browser?.stop(), receiver?.stop()]));

test("after two hundred page turns, 1,500 more take no memory", async (t) => {
  const { page, close, watch } = await browser.open(`${receiver.origin}/bromley.html`, {
    before: (page) => page.addInitScript(() => {
      const original = WebAssembly.instantiateStreaming;
      WebAssembly.instantiateStreaming = async (...given) => {
        const result = await original.apply(WebAssembly, given);
        window.held = () => result.instance.exports.memory.buffer.byteLength;
        return result;
      };
    }),
  });
  t.after(async () => { await close(); watch.clean(); });
  await page.locator("main [value=complaint]").check();
  await page.locator("main form button[type=submit]").click();
  await page.waitForFunction(() => location.hash === "#/question/who");
  const session = await page.context().newCDPSession(page);
  /** A hundred turns between two questions, by their addresses, each waited for until it stands there; then the rubbish is taken
   * away, for what a script has handed over is let go only with it. */
  const turns = async (hundreds) => {
    for (let at = 0; at < hundreds; at += 1) {
      await page.evaluate(async () => {
        const heading = () => document.querySelector("main h1").textContent;
        for (let at = 0; at < 100; at += 1) {
          const before = heading();
          location.hash = at % 2 ? "#/question/who" : "#/";
          while (heading() === before) await new Promise((done) => setTimeout(done));
          await new Promise(requestAnimationFrame);
        }
      });
      await session.send("HeapProfiler.collectGarbage");
    }
    return page.evaluate(() => window.held());
  };
  const before = await turns(2);
  const after = await turns(15);
  assert.ok(after - before <= PAGE_OF_MEMORY, `${before} bytes, then ${after}`);
});
