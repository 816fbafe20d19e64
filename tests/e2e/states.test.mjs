// Every page in each register and in each state: empty, refused, filled with long words, and with words that run from right to
// left. What a rule of WCAG 2.2 AA can tell by itself is asked of each: by axe, by the HTML checker, and by measuring.
//
// Of one council. With PUTRIGHT_PROVE=1, as `make test-all` runs it, of every council that ships.

import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";

import { fourteen, late, nine, siblings, statutory } from "./support/answers.mjs";
import { Browser, narrow } from "./support/browser.mjs";
import { findings, invalid, shoot } from "./support/checks.mjs";
import { count } from "./support/evidence.mjs";
import { send, walk } from "./support/journey.mjs";
import { questions } from "./support/page.mjs";
import { binary, data, dist, Receiver } from "./support/receiver.mjs";
import { followed, forced, inEachState, measured, sideways, spaced } from "./support/states.mjs";

const run = promisify(execFile);
const councils = process.env.PUTRIGHT_PROVE ? (await data("councils/index.json")).councils : ["bromley"];
const journeys = [
  { name: "adult", answers: statutory },
  { name: "an advocate", answers: siblings },
  { name: "a complaint that is late", answers: late, sends: false },
  { name: "8 to 11", register: "8-11", answers: nine },
  { name: "12 to 17", register: "12-17", answers: fourteen },
];
let receiver, browser;

before(async () => {
  [receiver, browser] = await Promise.all([Receiver.start(), Browser.start()]);
});
after(() => Promise.all([browser?.stop(), receiver?.stop()]));

/** Judges a page as it stands, and keeps its HTML for the checker. */
async function judge(page, where, kept) {
  // From its top: half-way down, what stays in reach lies over part of something, as it should.
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForFunction(() => document.getAnimations().length === 0);
  assert.deepEqual(await findings(page), [], where);
  await measured(page, where);
  await sideways(page, where);
  await spaced(page, where);
  await forced(page, where);
  // As it stands now, and not as it was sent.
  kept[where.replace(/[^\w-]+/g, "_")] = await page.evaluate(() => {
    const whole = document.documentElement.cloneNode(true);
    // The policy speaks of an origin, which a file has not; the council's colour is set by script, as the policy allows.
    whole.querySelector("meta[http-equiv]")?.remove();
    whole.removeAttribute("style");
    return `<!DOCTYPE html>${whole.outerHTML}`;
  });
  count("pages measured, each in one state", 1);
}

async function every(page, journey, kept, titles) {
  if (journey.register) {
    await page.locator(`a[href="#/words/${journey.register}"]`).first().click();
    const { registers } = await data(`content/en/${journey.register}.json`);
    await page.waitForFunction((name) => document.querySelector(".pr-registers [aria-current]")?.textContent === name, registers[journey.register]);
  }
  let asked = 0;
  const visit = (here) => inEachState(page, here, async (state) => {
    if (!state) asked = (await questions(page)).length;
    const where = `${journey.name}, ${here}${state && `, ${state}`}`;
    await judge(page, where, kept);
    if (state) return;
    count("stops of the Tab key seen and free", await followed(page, where));
    const title = await page.title();
    assert.equal(titles.get(title) ?? here.replace(/-\d+$/, ""), here.replace(/-\d+$/, ""), `two pages have the title ${title}`);
    titles.set(title, here.replace(/-\d+$/, ""));
  });
  const filled = async (here) => {
    if ((await questions(page)).length > asked) await judge(page, `${journey.name}, ${here}, with what answers revealed`, kept);
  };
  const been = await walk(page, journey.answers, { visit, filled });
  if (journey.sends !== false) {
    await send(page);
    await judge(page, `${journey.name}, sent`, kept);
  }
  return been;
}

/** A warning: the design system's dates say so for screen readers that pass over a fieldset without it. */
const ofTheDesignSystem = /^The “group” role is unnecessary for element “fieldset”\.$/;

async function valid(kept) {
  const told = (await invalid(kept)).filter(({ message }) => !ofTheDesignSystem.test(message));
  assert.deepEqual(told.map(({ where, message, extract }) => `${where}: ${message}: ${extract}`), []);
}

for (const council of councils) {
  describe(council, () => {
    const titles = new Map();
    for (const journey of journeys) {
      test(`${journey.name}: every page in every state`, async (t) => {
        const { page, watch, close } = await browser.open(`${receiver.origin}/?council=${council}`, { viewport: narrow });
        t.after(close);
        const kept = {};
        const been = await every(page, { ...journey, answers: { ...journey.answers, borough: council } }, kept, new Map(titles));
        assert.ok(been.length >= 3, been.join());
        await valid(kept);
        watch.clean();
      });
    }
  });
}

describe("words that are read from right to left", () => {
  let site, folder;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "putright-rtl-"));
    await cp(dist, folder, { recursive: true, filter: (path) => !/\.(br|gz)$/.test(path) });
    for (const name of await readdir(join(folder, "content/en"))) {
      const path = join(folder, "content/en", name);
      const words = JSON.parse(await readFile(path, "utf8"));
      if (!("direction" in words)) continue;
      await writeFile(path, JSON.stringify({ ...words, direction: "rtl" }));
    }
    await run(binary, ["build", folder]);
    site = await Receiver.start(folder);
  });
  after(async () => {
    await site?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test("the page is read that way, and every page is whole in every state", async (t) => {
    const { page, watch, close } = await browser.open(`${site.origin}/?council=bromley`, { viewport: narrow });
    t.after(close);
    const kept = {};
    assert.deepEqual(await page.evaluate(() => [document.documentElement.dir, document.documentElement.lang]), ["rtl", "en-GB"]);
    const radio = await page.locator("main form label").first().evaluate((label) => {
      const { left, right } = label.closest(".govuk-radios__item").getBoundingClientRect();
      const input = label.parentElement.querySelector("input").getBoundingClientRect();
      return { besideStart: right - input.right < input.left - left, mark: getComputedStyle(label, "::before").right };
    });
    assert.ok(radio.besideStart, "the radio stands where reading begins");
    assert.equal(radio.mark, "2px", "and so does its mark");
    const groups = await page.locator("main .pr-phone").first().evaluate(({ firstChild }) => {
      const range = document.createRange();
      return [...firstChild.data.matchAll(/\d+/g)].map(({ index, 0: { length } }) => {
        range.setStart(firstChild, index);
        range.setEnd(firstChild, index + length);
        return range.getBoundingClientRect().left;
      });
    });
    assert.ok(groups.length > 1);
    assert.deepEqual(groups, [...groups].sort((a, b) => a - b), "a telephone number is read as it is dialled");
    await shoot(page, "rtl-want");
    await every(page, { name: "right to left", answers: { ...statutory, borough: "bromley" } }, kept, new Map());
    await shoot(page, "rtl-sent");
    await valid(kept);
    watch.clean();
  });
});
