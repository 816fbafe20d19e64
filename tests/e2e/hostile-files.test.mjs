// Hostile text in every string of a council's files: shown as it was, and nothing runs.

import assert from "node:assert/strict";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { fourteen, nine, shortest } from "./support/answers.mjs";
import { shoot } from "./support/checks.mjs";
import { serveCompiled } from "./support/compiled.mjs";
import { count } from "./support/evidence.mjs";
import { report, standing } from "./support/guard.mjs";
import { known, open, receiver, run } from "./support/hostile.mjs";
import { walk } from "./support/journey.mjs";
import { address, place } from "./support/page.mjs";
import { binary, data, dist } from "./support/receiver.mjs";
import { running } from "./support/vectors.mjs";

describe("a council's files", () => {
  let folder;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "putright-hostile-"));
    await cp(dist, folder, { recursive: true, filter: (path) => !/(\.(br|gz|wasm|html)|prerendered\.json)$/.test(path) });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** Every text of a value, told to `change` with its place. */
  function each(value, change, at = "") {
    if (typeof value === "string") return change(value, at);
    if (Array.isArray(value)) return value.map((inner, index) => each(inner, change, `${at}/${index}`));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => (
        [key, each(inner, change, `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`)]
      )));
    }
    return value;
  }

  /** What a council's file may hold, in which whole tags, entities and addresses for examples are refused. */
  const withoutTags = (number) => [
    `"><img src=x onerror=__ran(${number}) `, `' onfocus=__ran(${number}) autofocus tabindex=1 x='`, `<svg/onload=__ran(${number})//`,
    `[link](javascript:__ran(${number}))`, `</textarea </title </script <script src=data:,__ran(${number}) `,
  ][number % 5];

  /** A file with something that runs behind every text, as far as `putright check` lets it load: what it names is put back. */
  async function poisoned(file) {
    const original = await data(file);
    // A flow is ids, each named elsewhere: with anything behind them it is refused. Its title is text.
    const kept = new Set(file.startsWith("flows/") ? ["/pages", "/extras", "/check", "/steps", "/start", "/given"] : []);
    for (let turn = 0; turn < 40; turn++) {
      let strings = 0;
      const changed = each(original, (text, at) => {
        // A place for a value may have nothing beside it.
        if (text.includes("{") || [...kept].some((place) => at === place || at.startsWith(`${place}/`))) return text;
        strings += 1;
        return `${text} ${(file.startsWith("councils/") ? withoutTags : running)(strings)}\u202e`;
      });
      await writeFile(join(folder, file), JSON.stringify(changed));
      const told = await run(binary, ["check", folder]).then(() => "", ({ stdout, stderr }) => stdout + stderr);
      const faults = [...told.matchAll(/^error: (\S+?)(?::\d+:\d+)? at (\/[^:]*):/gm)].filter(([, where]) => where.endsWith(file));
      if (!faults.length) {
        assert.ok(!/^error/m.test(told), told);
        await writeFile(join(folder, file), JSON.stringify(original));
        return { changed, strings };
      }
      const before = kept.size;
      for (const [, , pointer] of faults) kept.add(pointer);
      // What only the whole of a thing was wrong with is put back whole.
      if (kept.size === before) for (const [, , pointer] of faults) kept.add(pointer.slice(0, pointer.lastIndexOf("/")));
    }
    throw new Error(`${file} can never be loaded`);
  }

  /** Each page of the app with these files, judged. Gives all the text that stood there. */
  async function toured(t, files, { register = "adult", learn = false } = {}) {
    const { page, guard } = await open(t, receiver.origin, {
      routes: async (page) => {
        await page.route((url) => url.pathname === "/" || url.pathname.endsWith(".html"), report);
        if (Object.keys(files).length) await serveCompiled(page, files);
      },
    });
    let shown = "";
    const look = async (where) => {
      const { wrong, kinds } = await standing(page);
      assert.deepEqual(wrong, [], where);
      assert.deepEqual(guard.ran, [], where);
      if (learn) for (const kind of kinds) known.add(kind);
      else assert.deepEqual(kinds.filter((kind) => !known.has(kind)), [], `${where}: elements that nobody made`);
      shown += await page.evaluate(() => `\n${document.title}\n${document.body.textContent}`);
      count("pages of hostile files", learn ? 0 : 1);
    };
    if (register !== "adult") {
      await page.locator(`a[href="#/words/${register}"]`).first().click();
      await page.waitForFunction((id) => !document.querySelector(`.pr-registers a[href="#/words/${id}"]`), register);
    }
    for (const name of ["guide", "contacts", "leaflet", "look", "draft", "exit-help"]) {
      await address(page, `#/${name}`);
      await page.waitForFunction((wanted) => location.hash === `#/${wanted}` && document.activeElement?.matches("main h1"), name);
      await look(name);
    }
    await address(page, "#/");
    await page.waitForFunction(() => document.activeElement?.matches("main h1"));
    await look("start");
    const answers = { adult: shortest, "8-11": nine, "12-17": { ...fourteen, files: null } }[register];
    await walk(page, answers, { visit: look });
    await shoot(page, `hostile-files-${register}`);
    return shown;
  }

  const tell = (shown, changed) => {
    let seen = 0;
    each(changed, (text) => { seen += text.includes("\u202e") && shown.includes(text.slice(0, -1).trim()); return text; });
    return seen;
  };

  test("harmless ones first", async (t) => {
    for (const register of ["adult", "8-11", "12-17"]) await toured(t, {}, { register, learn: true });
  });

  test("every string of a council's file", async (t) => {
    const { changed, strings } = await poisoned("councils/bromley.json");
    const shown = await toured(t, { "councils/bromley.json": changed });
    for (const text of [changed.name, changed.team, changed.contact.post[0], changed.contact.telephone[0].hours].filter(Boolean)) {
      assert.ok(shown.includes(text), `not shown as it is: ${text}`);
    }
    t.diagnostic(`${strings} strings, ${tell(shown, changed)} of them seen whole`);
    assert.ok(strings > 40 && tell(shown, changed) > 15, `${strings}, ${tell(shown, changed)}`);
    count("hostile strings in files", strings);
  });

  for (const register of ["adult", "8-11", "12-17"]) {
    test(`every word and every string of the flow: ${register}`, async (t) => {
      const content = await poisoned(`content/en/${register}.json`);
      const flow = await poisoned(`flows/${register}.json`);
      // The names of the registers are what is clicked.
      const shown = await toured(t, { [`content/en/${register}.json`]: content.changed, [`flows/${register}.json`]: flow.changed }, { register });
      t.diagnostic(`${content.strings} words and ${flow.strings} of the flow, ${tell(shown, content.changed)} of them seen whole`);
      assert.ok(content.strings > 500 && tell(shown, content.changed) > 60, `${content.strings}, ${tell(shown, content.changed)}`);
      count("hostile strings in files", content.strings + flow.strings);
    });
  }
});
