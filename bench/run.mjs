// Measures all apps in turn, and writes docs/performance.md.
//
//   node run.mjs [--runs 5] [--turns 60] [--only name,name] [--profile phone|desktop] [--quick] [--out file]
//
// --quick       3 runs of 24 turns on the phone alone
// --only        tables of these apps to standard output, and nothing else
// --parts       of compare,many,steady: only these
//
// PUTRIGHT_CHROMIUM   the browser        (/usr/bin/chromium)
// PUTRIGHT_DIST       the built app      (dist)

import { mkdir, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";

import { apps, missing } from "./lib/apps.mjs";
import { launch, profiles } from "./lib/browser.mjs";
import { here, journey, root } from "./lib/journey.mjs";
import { BUSY, machine } from "./lib/machine.mjs";
import { many } from "./lib/many.mjs";
import { measure, scale, steady } from "./lib/measure.mjs";
import { compare, report } from "./lib/report.mjs";

const { values } = parseArgs({ options: {
  runs: { type: "string" }, turns: { type: "string" }, only: { type: "string" }, profile: { type: "string" },
  parts: { type: "string" }, quick: { type: "boolean", default: false }, out: { type: "string" },
} });
const whole = (given, fallback) => {
  const value = Number(given ?? fallback);
  if (!Number.isInteger(value) || value < 1) throw new Error(`not a number of times: ${given}`);
  return value;
};
const known = (list, names, what) => {
  for (const one of list) if (!names.includes(one)) throw new Error(`no such ${what}: ${one}; there is ${names.join(", ")}`);
  return list;
};
const options = { given: process.argv.slice(2).join(" "), quick: values.quick, runs: whole(values.runs, values.quick ? 3 : 5), turns: whole(values.turns, values.quick ? 24 : 60) };
const chosen = known(values.only?.split(",") ?? Object.keys(apps), Object.keys(apps), "app");
const inProfiles = known([values.profile ?? (values.quick ? "phone" : Object.keys(profiles))].flat(), Object.keys(profiles), "profile");
const all = ["compare", "many", "steady"];
const parts = known(values.parts?.split(",") ?? (values.only ? ["compare"] : all), all, "part");

for (const [file, how] of missing()) throw new Error(`${file} is not there: ${how}`);

const browser = await launch();
const began = Date.now();
const say = (text) => console.error(`${String(Math.round((Date.now() - began) / 1000)).padStart(5)} s  ${text}`);
const about = await machine(browser);
if (about.inUse > BUSY) say(`the machine is busy (${Math.round(about.inUse * 100)} % of its processors): the times will be too long`);
const given = { journey: await journey(), turns: options.turns };

const failed = [];
/** One that fails once is measured again. One that fails twice is left out, and the page says so. */
async function again(what, act) {
  say(what);
  for (const last of [false, true]) {
    try {
      return await act();
    } catch (error) {
      say(`${last ? "left out" : "again"}, after: ${error.message.split("\n").slice(0, 3).join(" | ")}`);
    }
  }
  failed.push(what);
  return null;
}

const compared = [];
if (parts.includes("compare")) {
  for (const profile of inProfiles) {
    const found = Object.fromEntries(chosen.map((name) => [name, { title: apps[name].title, runs: [] }]));
    for (let run = 0; run < options.runs; run += 1) {
      // Each run starts with another: what comes first finds a cooler machine.
      const order = chosen.map((_, at) => chosen[(at + run) % chosen.length]);
      for (const name of order) {
        found[name].runs.push(await again(`${profile}, run ${run + 1}: ${name}`, () => measure(browser, apps[name], profiles[profile], given)));
      }
    }
    for (const name of chosen) {
      found[name].runs = found[name].runs.filter(Boolean);
      if (!found[name].runs.length) throw new Error(`${name} could not be measured`);
    }
    compared.push({ profile, apps: found });
  }
}

let more = null;
if (parts.includes("many")) {
  const { variants, remove } = await many();
  more = Object.values(variants).map(({ title, questions, plain, more: big }) => ({ title, questions, apps: { plain, more: big }, plain: [], more: [] }));
  for (let run = 0; run < Math.min(options.quick ? 2 : 3, options.runs); run += 1) {
    for (const one of more) {
      for (const which of ["plain", "more"]) {
        one[which].push(await again(`50 times the questions, run ${run + 1}: ${one.title}, ${which}`,
          () => scale(browser, one.apps[which], profiles.phone, { ...given, turns: 24 })));
      }
    }
  }
  for (const one of more) {
    one.plain = one.plain.filter(Boolean);
    one.more = one.more.filter(Boolean);
    delete one.apps;
  }
  await remove();
}

const held = parts.includes("steady")
  ? await again("500 page turns", () => steady(browser, apps.putright, profiles.desktop, { ...given, turns: 500 })) : null;
await browser.close();
say("measured");

const result = { machine: about, options, compared, many: more, steady: held, failed };
await mkdir(`${here}results`, { recursive: true });
await writeFile(`${here}results/last.json`, JSON.stringify(result));
if (values.only || parts.length < all.length) {
  for (const one of compared) console.log(`\n${profiles[one.profile].title}\n\n${compare(one)}`);
  if (more || held) console.log(JSON.stringify({ more, held }, null, 1));
}
if (values.out || (!values.only && parts.length === all.length)) {
  const out = values.out ?? `${root}docs/performance.md`;
  await writeFile(out, report(result));
  say(`written: ${out}`);
}
