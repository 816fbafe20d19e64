// A megabyte of text, in every field.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { shortest } from "./support/answers.mjs";
import { count } from "./support/evidence.mjs";
import { inRegister, journeys, open, site } from "./support/hostile.mjs";
import { walk } from "./support/journey.mjs";
import { address, arrived, place, submitButton } from "./support/page.mjs";

describe("a megabyte", () => {
  const long = {
    "of one word": "x".repeat(1_000_000),
    "of many words": "Nobody came. ".repeat(77_000),
    "of lines": "Nobody came, and nobody rang to say that they would.\n".repeat(19_000),
    "of markup": "<img src=x onerror=__ran(1)>".repeat(36_000),
    "from right to left, with marks": "قا\u0301ل\u202e ".repeat(110_000),
  };
  for (const [what, text] of Object.entries(long)) {
    test(`${what}, pasted: the page answers, says kindly that it is too long, and nothing is lost`, async (t) => {
      const { page, guard } = await open(t, site.origin);
      await walk(page, shortest, { until: "what_happened" });
      const took = await page.evaluate(async (text) => {
        const field = document.querySelector("#field-text");
        const start = performance.now();
        field.value = text;
        field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
        const handled = performance.now() - start;
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        return { handled: Math.round(handled), drawn: Math.round(performance.now() - start) };
      }, text);
      const again = await page.evaluate(async () => {
        const field = document.querySelector("#field-text");
        const start = performance.now();
        field.value += "y";
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        return Math.round(performance.now() - start);
      });
      const start = Date.now();
      await submitButton(page).click();
      await page.locator("#summary").waitFor();
      const answered = Date.now() - start;
      t.diagnostic(`${what}: ${text.length} characters; handled in ${took.handled} ms, drawn after ${took.drawn} ms, the next key ${again} ms, Continue ${answered} ms`);
      assert.ok(took.handled < 2000 && again < 2000 && answered < 8000, JSON.stringify({ ...took, again, answered }));
      const told = await page.locator("#summary").innerText();
      assert.match(told, /characters/);
      const kept = await page.evaluate(() => document.querySelector("#field-text").value);
      assert.equal(kept.length, text.length + 1);
      assert.ok(kept === `${text}y`, "it is not what was pasted");
      // It stays when somebody looks elsewhere and comes back.
      await address(page, "#/contacts");
      await arrived(page, "contacts");
      await page.goBack();
      await arrived(page, "what_happened");
      assert.ok(await page.evaluate((whole) => document.querySelector("#field-text").value === whole, `${text}y`), "it is lost");
      assert.deepEqual(guard.ran, []);
      count("megabytes pasted", 1);
    });
  }
});

describe("a megabyte in fields of one line, and in those for dates", () => {
  const line = "x".repeat(1_000_000);
  const small = "main form input:not([type=radio], [type=checkbox], [type=file])";

  /** Opens what stands behind a choice, or is folded, so that every field is there. */
  async function unfold(page) {
    const fold = page.locator("main form details:not([open]) > summary").filter({ visible: true });
    for (let left = await fold.count(); left > 0; left--) await fold.first().click();
    const behind = page.locator("main form input[aria-expanded=false]:not([value=none])").filter({ visible: true });
    for (let left = await behind.count(); left > 0; left--) await behind.first().evaluate((box) => box.click());
  }
  const fold = (page) => page.locator("main form input[type=checkbox][aria-expanded=true]").evaluateAll((boxes) => boxes.forEach((box) => box.click()));

  for (const name of ["a complaint", "an advocate for two", "a girl of nine", "a boy of fourteen"]) {
    test(name, async (t) => {
      const answers = journeys[name];
      const { page, guard } = await open(t, site.origin);
      await inRegister(page, answers.register);
      let fields = 0;
      let longest = 0;
      await walk(page, answers, {
        visit: async (here) => {
          await unfold(page);
          const ids = await page.locator(small).evaluateAll((inputs) => inputs.filter((input) => input.checkVisibility()).map((input) => input.id));
          for (const id of ids) {
            const field = page.locator(`#${id}`);
            const set = (text) => field.evaluate((input, text) => {
              const start = performance.now();
              input.value = text;
              input.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
              return performance.now() - start;
            }, text);
            const handled = await set(line);
            const start = Date.now();
            await submitButton(page).click();
            await page.locator("#summary").waitFor();
            const answered = Date.now() - start;
            longest = Math.max(longest, handled, answered);
            assert.ok(handled < 2000 && answered < 8000, `${here} ${id}: handled in ${handled} ms, answered in ${answered} ms`);
            assert.equal(await place(page), here);
            assert.ok(await field.evaluate((input, text) => input.value === text, line), `${here} ${id}: it is lost`);
            assert.ok((await page.locator("#summary").innerText()).length < 1000, `${here} ${id}: the summary tells all of it`);
            await set("");
            fields += 1;
          }
          await fold(page);
        },
      });
      assert.ok(fields > 2, `${fields} fields`);
      assert.deepEqual(guard.ran, []);
      t.diagnostic(`${fields} fields, the longest wait ${Math.round(longest)} ms`);
      count("megabytes pasted", fields);
    });
  }
});
