// Mutation testing of the rules, and docs/mutation.md:
//
//   node scripts/mutants.mjs run K/N   tries one part in N, K from 0, of the mutants not tried yet; writes the page
//   node scripts/mutants.mjs again     tries again what was missed so far, with all tests; writes the page
//   node scripts/mutants.mjs write     writes the page from what has been tried
//   node scripts/mutants.mjs missed    lists what nothing catches and nobody has justified
//
// How each came out is kept in tests/mutants-tried.txt, so that one goes on where another stopped. A mutant is known again after its code
// has moved: by the change, which names the function, and its line of source. Tests that are changed may miss what they caught before:
// who wants to know takes its line out of the file, or all of them.

import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const results = join(root, "target/mutants");
const justified = "tests/mutants-justified.txt";
const kept = "tests/mutants-tried.txt";
const page = "docs/mutation.md";

/** Most of the time of all tests. A mutant that the others miss is tried with these too, before it counts as missed. */
const SLOW = [
  "every_page_that_a_child_can_come_to",
  "whatever_is_typed_arrives",
  "every_stage_of_every_council",
  "every_persona_comes",
  "every_first_complaint_about",
  "every_later_stage_with",
  "what_is_read_aloud",
  "one_such_sentence",
  "what_is_kept_is_read",
];

const environment = {
  ...process.env,
  PATH: `${join(root, ".tools/bin")}:${process.env.PATH}`,
  CARGO_INCREMENTAL: "1",
  PROPTEST_CASES: process.env.PROPTEST_CASES ?? "64",
  RUSTC_BOOTSTRAP: "1", // For FAIL_FAST.
};

/** One failure is enough, and the test programs know how to stop at it: not yet in a stable version. */
const FAIL_FAST = ["-Zunstable-options", "--fail-fast"];

/** The folders of what was tried with the quick tests, and of what was tried again. */
const [FIRST, AGAIN] = ["first", "again"];

/** Tries exactly these. cargo-mutants says by its exit that some were missed: only not to run is an error. */
function mutate(names, kind, options, tests) {
  if (names.length === 0) return;
  const folder = join(results, `${kind}-${existsSync(results) ? readdirSync(results).length : 0}`);
  mkdirSync(join(folder, "mutants.out"), { recursive: true });
  const [mutants, chosen] = [all(), new Set(names)];
  writeFileSync(join(folder, "keys.json"), JSON.stringify(Object.fromEntries([...mutants].map(([name, { key }]) => [name, key]))));
  // All others are said to have been caught. A pattern (--re) lets through every deleted field of a struct.
  const others = [...mutants.keys()].filter((name) => !chosen.has(name));
  writeFileSync(join(folder, "mutants.out/caught.txt"), others.join("\n"));
  const ended = spawnSync(
    "cargo",
    ["mutants", "--package", "putright-domain", "--package", "putright-app", "--test-package", "putright-app", "--jobs", process.env.JOBS ?? "2", "--output", folder, "--iterate", "--cargo-arg=--test=rules", ...options,
      "--", "--", ...FAIL_FAST, ...tests],
    { cwd: root, env: environment, stdio: "inherit" },
  );
  if (![0, 2, 3].includes(ended.status)) throw new Error(`cargo mutants ended with ${ended.status ?? ended.error}`);
}

/** With the quick tests. */
const tryFirst = (names) => mutate(names, FIRST, [], SLOW.flatMap((test) => ["--skip", test]));

/** With all tests, the slow ones and those inside src among them. */
const tryAgain = (names) => mutate(names, AGAIN, ["--cargo-arg=--lib"], []);

/** The lines of each file that was looked at. */
const sources = new Map();
function sourceLine(file, line) {
  if (!sources.has(file)) sources.set(file, readFileSync(join(root, file), "utf8").split("\n"));
  return sources.get(file)[line - 1].trim();
}

/** The mutants that the source has now: by name, the file, the line of source, the change, and what outlives a move. */
function all() {
  const text = execFileSync("cargo", ["mutants", "--package", "putright-domain", "--package", "putright-app", "--list"], {
    cwd: root,
    env: environment,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  const alike = new Map();
  return new Map(text.trim().split("\n").map((name) => {
    const [, file, line, change] = /^(.*?):(\d+):\d+: (.*)$/.exec(name);
    const source = sourceLine(file, Number(line));
    const same = [change, source].join(" @ ");
    const before = alike.get(same) ?? 0;
    alike.set(same, before + 1);
    return [name, { file, change, source, key: `${same} #${before}` }];
  }));
}

const LETTERS = { CaughtMutant: "c", Timeout: "t", MissedMutant: "m", Unviable: "u" };
const mark = (key) => createHash("sha256").update(key).digest("hex").slice(0, 12);

/** How each came out when the quick tests alone tried it for the first time, and how it came out last: by its mark. */
function outcomes() {
  const found = new Map();
  for (const line of existsSync(join(root, kept)) ? readFileSync(join(root, kept), "utf8").split("\n") : []) {
    const [, which, first, last] = /^([0-9a-f]{12}) ([ctmu])([ctmu])$/.exec(line) ?? [];
    if (which) found.set(which, { first, last });
  }
  return found;
}

/** Takes up what came out of runs since, in their order, and leaves nothing of what the source no longer has. */
function takeUp() {
  const found = outcomes();
  const runs = [];
  for (const folder of existsSync(results) ? readdirSync(results) : []) {
    const [file, keys] = ["mutants.out/outcomes.json", "keys.json"].map((name) => join(results, folder, name));
    if (!existsSync(file) || !existsSync(keys)) continue;
    runs.push({ folder, keys: JSON.parse(readFileSync(keys, "utf8")), ...JSON.parse(readFileSync(file, "utf8")) });
  }
  for (const { folder, keys, outcomes } of runs.sort((one, other) => one.start_time.localeCompare(other.start_time))) {
    for (const { scenario, summary } of outcomes) {
      const key = scenario.Mutant && keys[scenario.Mutant.name];
      const last = LETTERS[summary];
      if (!key || !last) continue;
      const before = found.get(mark(key));
      found.set(mark(key), { first: before?.first ?? last, last });
    }
    rmSync(join(results, folder), { recursive: true });
  }
  const marks = new Set([...all().values()].map(({ key }) => mark(key)));
  const lines = [...found].filter(([which]) => marks.has(which)).map(([which, { first, last }]) => `${which} ${first}${last}`).sort();
  writeFileSync(join(root, kept), `# Which mutants of the rules were tried, and how they came out: scripts/mutants.mjs says more.
# The mark of the change and its line; then when first tried with the quick tests, and last: c caught, t out of time, m missed, u did not compile.
${lines.join("\n")}
`);
}

/** The reason for each that stays, by file, change and line of source, which outlive a change elsewhere in the file. */
function reasons() {
  const found = new Map();
  let keys = [];
  let reason = [];
  const end = () => {
    for (const key of keys) found.set(key, reason.join(" "));
    [keys, reason] = [[], []];
  };
  for (const line of readFileSync(join(root, justified), "utf8").split("\n")) {
    if (line.startsWith("#")) continue;
    const key = /^(src\/\S+): (.*?) @ (.*)$/.exec(line);
    if (key) keys.push(key.slice(1).join("\0"));
    else if (line.trim()) reason.push(line.trim());
    else end();
  }
  end();
  return found;
}

const CAUGHT = ["c", "t"];

/** What is known of all: tried ones, each with how it came out and, if it stays, why. */
function tried() {
  const [mutants, found, why] = [all(), outcomes(), reasons()];
  const rows = [];
  for (const [name, mutant] of mutants) {
    const outcome = found.get(mark(mutant.key));
    if (!outcome) continue;
    rows.push({ name, ...mutant, ...outcome, reason: why.get([mutant.file, mutant.change, mutant.source].join("\0")) });
  }
  return { total: mutants.size, rows };
}

function write() {
  const { total, rows } = tried();
  const modules = [...new Set(rows.map(({ file }) => file))].sort();
  const count = (of) => {
    const by = (test) => of.filter(test).length;
    const caught = by(({ last }) => last === "c");
    const timeout = by(({ last }) => last === "t");
    const stays = by(({ last, reason }) => last === "m" && reason);
    const missed = by(({ last, reason }) => last === "m" && !reason);
    const score = ((100 * (caught + timeout)) / (caught + timeout + stays + missed || 1)).toFixed(1);
    return [of.length, caught, timeout, stays, missed, by(({ last }) => last === "u"), `${score} %`];
  };
  const short = (file) => file.replace("crates/", "").replace(".rs", "");
  const table = modules.map((file) => [short(file), ...count(rows.filter((row) => row.file === file))]);
  const whole = count(rows);
  const compiled = rows.filter(({ first }) => first !== "u");
  const atFirst = `${compiled.filter(({ first }) => CAUGHT.includes(first)).length} of the ${compiled.length} that compiled`;
  const cell = (text) => String(text).replaceAll("|", "\\|");
  const survivors = rows.filter(({ last }) => last === "m");
  const kept = survivors.filter(({ reason }) => reason);
  const open = survivors.filter(({ reason }) => !reason);
  const share = rows.length === total ? `All ${total} mutants of the source as it stands were tried.`
    : `${rows.length} of the ${total} mutants of the source as it stands were tried.`;
  writeFileSync(join(root, page), `# Mutation testing

[cargo-mutants](https://mutants.rs) changes the rules (\`crates/domain\` and \`crates/app\`) in one place at a time: a comparison turned round, a function that
always says the same, an arm of a \`match\` gone. A change that no test notices is a rule that no test holds. \`make mutants\` tries them and
writes this page; \`make mutants SHARD=3/16\` tries one part in sixteen and adds it to what was tried before.

${share} ${whole[1] + whole[2]} were caught${whole[2] ? `, ${whole[2]} of them because the tests no longer ended` : ""}; ${whole[3] + whole[4]} were missed, of which
${whole[3]} stay for a reason that stands below. ${whole[5]} did not compile and count for nothing. **Score: ${whole[6]}**, what was caught of
what compiles; nothing is left out of it for a reason given.

Of what was tried, the quick tests caught ${atFirst} when it was first tried; tests were then written for what was missed.

The tests are those of \`tests/rules\`, without the slowest; what they miss is tried again with those and with the tests inside \`src\`.
\`JOBS\` says how many are tried at a time (2); each job builds the dependencies for itself.

## By module

| \`crates/…\` | tried | caught | timed out | stay | missed | did not compile | score |
|---|--:|--:|--:|--:|--:|--:|--:|
${[...table, ["**all**", ...whole]].map((cells) => `| ${cells.map(cell).join(" | ")} |`).join("\n")}

## What stays, and why

Reasons come from \`${justified}\`.

${kept.length === 0 ? "Nothing." : `| where | change | why it stays |
|---|---|---|
${kept.map(({ file, source, change, reason }) => `| ${short(file)}: \`${cell(source)}\` | ${cell(change)} | ${cell(reason)} |`).join("\n")}`}

## What is missed

${open.length === 0 ? "Nothing that was tried." : open.map(({ name, source }) => `- \`${name.replace("crates/", "")}\`, in \`${source}\``).join("\n")}
`);
  process.stdout.write(`${page}: ${rows.length} of ${total} tried, score ${whole[6]}, ${whole[4]} missed without a reason\n`);
}

const [command, shard] = process.argv.slice(2);
const missed = () => tried().rows.filter(({ last }) => last === "m");
switch (command) {
  case "run": {
    takeUp();
    const [part, of] = /^(\d+)\/([1-9]\d*)$/.exec(shard ?? "")?.slice(1) ?? [];
    if (!of) throw new Error("usage: node scripts/mutants.mjs run K/N");
    const known = outcomes();
    const untried = [...all()].filter(([, { key }]) => !known.has(mark(key))).map(([name]) => name);
    const names = new Set(untried.filter((_, at) => at % of === Number(part)));
    tryFirst([...names]);
    takeUp();
    tryAgain(missed().map(({ name }) => name).filter((name) => names.has(name)));
    takeUp();
    write();
    break;
  }
  case "again":
    takeUp();
    tryAgain(missed().map(({ name }) => name));
    takeUp();
    write();
    break;
  case "write":
    takeUp();
    write();
    break;
  case "missed":
    for (const { name, file, change, source } of missed().filter(({ reason }) => !reason)) {
      process.stdout.write(`${name}\n  ${file}: ${change} @ ${source}\n`);
    }
    break;
  default:
    throw new Error("usage: node scripts/mutants.mjs run K/N | again | write | missed");
}
