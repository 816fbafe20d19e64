// From what was measured to the page docs/performance.md: every word and every figure of it.

import { existsSync, readFileSync } from "node:fs";

import { BUSY, versions } from "./machine.mjs";
import { here } from "./journey.mjs";
import { profiles } from "./browser.mjs";

const sorted = (list) => list.filter((one) => Number.isFinite(one)).sort((a, b) => a - b);

/** The value that a part of them does not exceed. */
export function percentile(list, part) {
  const all = sorted(list);
  return all.length ? all[Math.min(all.length - 1, Math.ceil(part * all.length) - 1)] : NaN;
}

export function median(list) {
  const all = sorted(list);
  if (!all.length) return NaN;
  const middle = all.length / 2;
  return all.length % 2 ? all[Math.floor(middle)] : (all[middle - 1] + all[middle]) / 2;
}

const time = (ms) => !Number.isFinite(ms) ? "–" : ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${Math.round(ms)} ms`;
const size = (bytes) => !Number.isFinite(bytes) ? "–" : bytes >= 1e6 ? `${(bytes / 1e6).toFixed(2)} MB` : `${(bytes / 1000).toFixed(1)} kB`;
const plain = (value) => Number.isFinite(value) ? String(Math.round(value)) : "–";
const small = (value) => Number.isFinite(value) ? value.toFixed(3).replace(/\.?0+$/, "") : "–";

/** The rows: what it is, how it comes out of a run, how it is written, and whether a ratio says something. */
const rows = [
  { title: "**First visit**" },
  { title: "On the wire, all", of: (run) => run.totalBytes, as: size, ratio: true },
  ...["HTML", "CSS", "JS", "WASM", "JSON", "bundle", "other"].map((kind) => ({ title: `– ${kind}`, of: (run) => run.bytes[kind] ?? 0, as: size, drop: true })),
  { title: "Requests", of: (run) => run.requests, as: plain },
  { title: "First contentful paint", of: (run) => run.fcp, as: time, ratio: true },
  { title: "Largest contentful paint", of: (run) => run.lcp, as: time, ratio: true },
  { title: "The first question can be answered", of: (run) => run.answerable, as: time, ratio: true },
  { title: "– a choice made at once is kept, of all runs", of: (run) => Number(run.kept), as: (value) => `${Math.round(100 * value)} %`, mean: true },
  { title: "The app is up", of: (run) => run.up, as: time, ratio: true },
  { title: "An answer moves the page", of: (run) => run.moved, as: time, ratio: true },
  { title: "Total blocking time", of: (run) => run.blocked, as: time },
  { title: "Cumulative layout shift", of: (run) => run.cls, as: small },
  { title: "**A visit after that**" },
  { title: "On the wire", of: (run) => run.warmBytes, as: size, ratio: true },
  { title: "Requests that reach the server", of: (run) => run.warmRequests, as: plain },
  { title: "First contentful paint", of: (run) => run.warmFcp, as: time, ratio: true },
  { title: "The first question stands there", of: (run) => run.warmAnswerable, as: time, ratio: true },
  { title: "The app is up", of: (run) => run.warmUp, as: time, ratio: true },
  { title: "**On the way**" },
  { title: "Page turn, half of them within", all: (run) => run.turns, part: 0.5, as: time, ratio: true },
  { title: "– three of four within", all: (run) => run.turns, part: 0.75, as: time },
  { title: "– the slowest", all: (run) => run.turns, part: 1, as: time },
  { title: "Interaction (Event Timing), three of four within", all: (run) => run.interactions, part: 0.75, as: time },
  { title: "– the slowest", all: (run) => run.interactions, part: 1, as: time },
  { title: "A letter typed is seen, half of them within", all: (run) => run.typing, part: 0.5, as: time, ratio: true },
  { title: "– the slowest", all: (run) => run.typing, part: 1, as: time },
  { title: "**The whole journey**" },
  { title: "Screens up to sending", of: (run) => run.screens, as: plain },
  { title: "Waited, from the first request to “sent”", of: (run) => run.waited, as: time, ratio: true },
  { title: "– for each screen", of: (run) => run.waited / run.screens, as: time, ratio: true },
  { title: "Run through without a pause", of: (run) => run.wall, as: time },
  { title: "On the wire", of: (run) => run.journeyBytes, as: size, ratio: true },
  { title: "**Memory after the page turns**" },
  { title: "JavaScript and WebAssembly", of: (run) => run.memory.js + run.memory.wasm, as: size, ratio: true },
  { title: "– JavaScript", of: (run) => run.memory.js, as: size },
  { title: "– WebAssembly", of: (run) => run.memory.wasm, as: size },
];

/** The median over the runs; of what comes often in a run, over each run's own. */
function value(row, runs) {
  if (row.mean) return runs.reduce((sum, run) => sum + row.of(run), 0) / runs.length;
  if (row.all) return median(runs.map((run) => percentile(row.all(run), row.part)));
  return median(runs.map(row.of));
}

const line = (cells) => `| ${cells.join(" | ")} |`;
const table = (head, body) => [line(head), line(head.map((_, at) => (at ? "---:" : "---"))), ...body.map(line)].join("\n");

/** A table of a profile: a column an app, a row a measure, the ratio to Putright's own figure behind it. */
export function compare({ apps }) {
  const names = Object.keys(apps);
  const own = apps.putright?.runs;
  const body = [];
  for (const row of rows) {
    if (!row.as) {
      body.push([row.title, ...names.map(() => "")]);
      continue;
    }
    const values = names.map((name) => value(row, apps[name].runs));
    if (row.drop && values.every((one) => !one)) continue;
    const base = own && row.ratio ? value(row, own) : NaN;
    body.push([row.title, ...values.map((one, at) => {
      const ratio = one / base;
      const told = names[at] !== "putright" && Number.isFinite(ratio) ? ` (×${ratio >= 10 ? ratio.toFixed(0) : ratio.toPrecision(2)})` : "";
      return row.as(one) + told;
    })]);
  }
  return table(["", ...names.map((name) => apps[name].title)], body);
}

function moreQuestions(many) {
  const body = [];
  for (const { title, questions, plain: before, more } of many) {
    const of = (runs, pick) => median(runs.map(pick));
    const turn = (run) => percentile(run.turns, 0.5);
    for (const [what, pick, as] of [
      ["on the wire", (run) => run.totalBytes, size],
      ["the app is up", (run) => run.up, time],
      ["page turn, half of them within", turn, time],
      ["memory of JavaScript and WebAssembly", (run) => run.memory.js + run.memory.wasm, size],
    ]) {
      const [one, fifty] = [of(before, pick), of(more, pick)];
      body.push([`${title}: ${what}`, as(one), as(fifty), `×${(fifty / one).toPrecision(3)}`]);
    }
    body.push([`${title}: questions`, String(questions.from), questions.to.toLocaleString("en-GB"), `×${questions.to / questions.from}`]);
  }
  return table(["", "as it is", "50 times the questions", ""], body);
}

function held(steady) {
  return table(["Page turns", "JavaScript", "WebAssembly", "Nodes"],
    steady.map(({ turns, js, wasm, nodes }) => [String(turns), size(js), size(wasm), String(nodes)]));
}

/** What `cargo bench` said: each bench with its fastest and its median. */
function host() {
  const found = [];
  for (const name of ["domain", "prerender"]) {
    const file = `${here}results/${name}.txt`;
    if (!existsSync(file)) continue;
    for (const text of readFileSync(file, "utf8").split("\n")) {
      const cells = /^[├╰]─ (\w+)\s+(.*)$/.exec(text);
      const [fastest, , middle] = cells?.[2].split("│").map((cell) => cell.trim()) ?? [];
      if (middle) found.push([cells[1].replaceAll("_", " "), fastest, middle]);
    }
  }
  return found.length ? table(["", "fastest", "median"], found) : "Not measured: `cargo bench` was not run.";
}

export function report({ machine, options, compared, many, steady, failed }) {
  const of = versions(["survey-core", "survey-js-ui", "@formio/js", "bootstrap", "govuk-frontend", "express", "nunjucks", "preact"]);
  const { phone } = profiles;
  const kbit = (bytes) => `${(bytes * 8) / 1000} kbit/s`;
  const busy = machine.inUse > BUSY
    ? `\n**The machine was busy (${Math.round(machine.inUse * 100)} % of its processors) when this was measured: the times are too long, all of them.**\n` : "";
  return `# Performance

Written by \`make bench\`; do not edit. Every figure here was measured by that command, on ${machine.day}, of commit ${machine.commit}.
${busy}${failed.length ? `\nLeft out, because it failed twice: ${failed.join("; ")}.\n` : ""}
## What is compared

The same journey with the same words, options and answers ([\`bench/journey.json\`](../bench/journey.json), made from Putright's own
files): eleven questions, a page each, a page to check the answers, and sending.

| | what it is | version |
|---|---|---|
| Putright | this app as released: static files, Leptos, the first page prerendered | ${machine.commit} |
| Preact by hand | what a careful team would write for these twelve screens alone: same markup, a stylesheet of the parts in use | ${of.preact} |
| Preact, prerendered | the same with its first page in the HTML | ${of.preact} |
| govuk-frontend, server | a page a question from a server: POST, redirect, GET; the whole of govuk-frontend | govuk-frontend ${of["govuk-frontend"]}, Express ${of.express}, Nunjucks ${of.nunjucks} |
| SurveyJS | its library with its lightest view | survey-core ${of["survey-core"]}, survey-js-ui ${of["survey-js-ui"]} |
| Form.io | its renderer (a wizard) and Bootstrap | @formio/js ${of["@formio/js"]}, Bootstrap ${of.bootstrap} |

They do not do the same. Putright decides which procedure applies, counts its days, shows an advice page, asks ten questions more on
this way (each a screen of its own), and offers drafts, files, reading aloud, safety features and three councils. The two Preact
forms are the floor: nothing that does what Putright does can be as small. So the journey is given whole and for each screen.

## How

- Command: \`make bench${options.given ? ` BENCH="${options.given}"` : ""}\`: ${options.runs === 1 ? "one run" : `medians of ${options.runs} runs`}. The apps take turns within each run, and each run starts with another.
- ${machine.cpu}, ${machine.cores} cores, ${machine.memory}; ${machine.system}; Chromium ${machine.chromium}; Node ${machine.node}; ${machine.rust}.
- **${phone.title}**: the page's thread ${phone.cpu} times slower, ${kbit(phone.network.downloadThroughput)} down, ${kbit(phone.network.uploadThroughput)} up, ${phone.network.latency} ms for each request, a window of ${phone.viewport.width} × ${phone.viewport.height}.
  Chromium slows down neither its other threads (some of the compiling) nor the making of connections.
- One server for all: HTTP/1.1 that keeps connections, Brotli (quality 11; 5 for what is drawn on request), files with a hash in their
  name kept for a year, all others asked for again. Bytes are those that it wrote, headers included.
- Clicks and keys are the browser's own input. **A page turn** is the time from the click to the message after the frame that shows the
  new page's heading, ${options.turns} in a row in each run, forward and back over the same first questions.
- Putright's address is its page of the council's own, \`/bromley.html\`. **The first question can be answered** when an input is there, enabled, and a choice made at once still stands when the app is up; else when
  the app is up. **An answer moves the page**: somebody chooses at once and presses Continue again and again until the next page stands there.
- **Waited**: until the app is up, then from each click on Continue to the next page, then from Send to the reference. No time to read or type.
- **A visit after that**: another page in the same profile, with its cache of files; compiled code is not kept there.
- **Memory** after a collection of garbage. WebAssembly's is the size of its memory, which never shrinks.
- **Interaction**: by the browser's Event Timing, of every click of those page turns; “–” where each page is a document of its own, which
  is gone before that is told.
- Behind a figure: how many times Putright's it is; above 1, Putright is better.

${compared.map((one) => `## ${profiles[one.profile].title}\n\n${compare(one)}`).join("\n\n")}

## 50 times the questions

Putright's ${many?.find((one) => one.title === "Putright")?.questions.from ?? ""} questions become 50 times as many: a chain of them between two questions of the way, each with words of its own, picked from all of them at
random, which compress a little worse than sentences. SurveyJS's eleven likewise. On the slow phone; the turns are over the same pages
in both.

${many ? moreQuestions(many) : "Not measured."}

## Page after page

What Putright holds on to in one visit, back and forth over its pages, on this machine without throttling:

${steady ? held(steady) : "Not measured."}

## The rules, on the host

\`cargo bench\`: native code on this machine, for what changes between two commits.

${host()}
`;
}
