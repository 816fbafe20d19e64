// Firefox: the journeys to the end, every page in each state looked at by axe and measured. Left out, and said so, where there is no Firefox;
// `make test-all` asks for one.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { fourteen, late, nine, siblings, statutory } from "./support/answers.mjs";
import { count } from "./support/evidence.mjs";
import { Firefox, path } from "./support/firefox.mjs";
import { findings } from "./support/checks.mjs";
import { goOn, walk } from "./support/journey.mjs";
import { hurry, keyboard } from "./support/hands.mjs";
import { questions } from "./support/page.mjs";
import { data, Receiver } from "./support/receiver.mjs";
import { followed, inEachState, measured, sideways, spaced } from "./support/states.mjs";

const skip = path || process.env.PUTRIGHT_PROVE ? false : "there is no Firefox on this machine; PUTRIGHT_FIREFOX names one";

describe("in Firefox", { skip }, () => {
  let receiver, firefox;
  before(async () => {
    [receiver, firefox] = await Promise.all([Receiver.start(), Firefox.start()]);
  });
  after(() => Promise.all([firefox?.stop(), receiver?.stop()]));

  const journeys = [
    { name: "a parent’s complaint", answers: statutory, council: "kensington-and-chelsea" },
    { name: "an advocate for two siblings", answers: siblings, council: "westminster" },
    { name: "a complaint that is late", answers: late, council: "bromley" },
    { name: "a nine-year-old", answers: nine, council: "bromley", register: "8-11", hands: keyboard },
    { name: "a fourteen-year-old", answers: fourteen, council: "westminster", register: "12-17" },
  ];
  for (const { name, answers, council, register, hands = hurry } of journeys) {
    test(`${name} (${hands.name}) arrives, and each page on the way is as it should be`, async (t) => {
      const { page, seen, close } = await firefox.open(`${receiver.origin}/?council=${council}`);
      t.after(close);
      if (register) {
        await hands.press(page, `a[href="#/words/${register}"]`);
        const { registers } = await data(`content/en/${register}.json`);
        await page.waitForFunction((told) => document.querySelector(".pr-registers [aria-current]")?.textContent === told, registers[register]);
      }
      const before = (await receiver.list()).length;
      let asked = 0;
      const judge = async (where) => {
        await page.evaluate(() => scrollTo(0, 0));
        assert.deepEqual(await findings(page), [], where);
        await measured(page, where);
        await sideways(page, where);
        await spaced(page, where);
        count("pages in Firefox, each in one state", 1);
      };
      const been = await walk(page, { ...answers, borough: council }, {
        hands,
        filled: async (here) => {
          if ((await questions(page)).length > asked) await judge(`${here} with what answers revealed`);
        },
        visit: (here) => inEachState(page, here, async (state) => {
          if (!state) asked = (await questions(page)).length;
          const where = [here, state].join(" ");
          await judge(where);
          // Whoever walks by keyboard stands somewhere, and walks on from there.
          if (!state && hands !== keyboard) count("stops of the Tab key in Firefox", await followed(page, where, { brought: true }));
        }),
      });
      assert.equal(been.at(-1), "check");
      await goOn(page, hands);
      assert.ok(await page.evaluate(() => document.querySelector(".govuk-panel .pr-reference").textContent));
      assert.equal((await receiver.list()).length, before + 1);
      assert.deepEqual(seen, []);
    });
  }
});
