// Mutation testing of the rules, and docs/mutation.md:
//
//   node scripts/mutants.mjs run K/N   tries one part in N of the mutants, K from 0; writes the page
//   node scripts/mutants.mjs again     tries again what was missed so far, with all tests; writes the page
//   node scripts/mutants.mjs write     writes the page from what has been tried
//   node scripts/mutants.mjs missed    lists what nothing catches and nobody has justified
//
// Results stay in target/mutants. A mutant counts as it came out last, and is known again after its code has moved: by the change, which
// names the function, and its line of source.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const results = join(root, "target/mutants");
const justified = "tests/mutants-justified.txt";
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

const environment = { ...process.env, PATH: `${join(root, ".tools/bin")}:${process.env.PATH}`, CARGO_INCREMENTAL: "1", PROPTEST_CASES: process.env.PROPTEST_CASES ?? "64" };

/** Runs cargo-mutants, which says by its exit that mutants were missed: only not to run is an error. */
function mutate(folder, options, tests = []) {
  const output = join(results, folder);
  const jobs = process.env.JOBS ?? "2";
  const keys = Object.fromEntries([...all()].map(([name, { key }]) => [name, key]));
  writeFileSync(join(output, "keys.json"), JSON.stringify(keys));
  const ended = spawnSync(
    "cargo",
    ["mutants", "--package", "putright", "--jobs", jobs, "--output", output, ...options, "--", "--", ...tests],
    { cwd: root, env: environment, stdio: "inherit" },
  );
  if (![0, 2, 3].includes(ended.status)) throw new Error(`cargo mutants ended with ${ended.status ?? ended.error}`);
}

function empty(folder) {
  rmSync(join(results, folder), { recursive: true, force: true });
  mkdirSync(join(results, folder, "mutants.out"), { recursive: true });
}

/** With all tests, the slow ones and those inside src among them. */
function tryAgain(names, folder) {
  if (names.length === 0) return;
  empty(folder);
  // To try exactly these: all others are said to have been caught. A pattern (--re) lets through every deleted field of a struct.
  const others = [...all().keys()].filter((name) => !names.includes(name));
  writeFileSync(join(results, folder, "mutants.out/caught.txt"), others.join("\n"));
  mutate(folder, ["--iterate", "--cargo-arg=--lib", "--cargo-arg=--test=rules"]);
}

/** The lines of each file that was looked at. */
const sources = new Map();
function sourceLine(file, line) {
  if (!sources.has(file)) sources.set(file, readFileSync(join(root, file), "utf8").split("\n"));
  return sources.get(file)[line - 1].trim();
}

/** The mutants that the source has now: by name, the file, the line of source, the change, and what outlives a move. */
function all() {
  const text = execFileSync("cargo", ["mutants", "--package", "putright", "--list"], {
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

/** From the oldest to the newest. */
function runs() {
  const found = [];
  for (const folder of existsSync(results) ? readdirSync(results) : []) {
    const file = join(results, folder, "mutants.out/outcomes.json");
    const keys = join(results, folder, "keys.json");
    if (existsSync(file) && existsSync(keys)) {
      found.push({ folder, keys: JSON.parse(readFileSync(keys, "utf8")), ...JSON.parse(readFileSync(file, "utf8")) });
    }
  }
  return found.sort((one, other) => one.start_time.localeCompare(other.start_time));
}

/** How each came out last, by its key. */
function outcomes() {
  const found = new Map();
  for (const { keys, outcomes } of runs()) {
    for (const { scenario, summary, phase_results: phases } of outcomes) {
      const seconds = phases.reduce((sum, { duration }) => sum + duration, 0);
      if (scenario.Mutant) found.set(keys[scenario.Mutant.name], { summary, seconds });
    }
  }
  return found;
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

const CAUGHT = ["CaughtMutant", "Timeout"];

/** What the quick tests caught of the parts as they were tried, before anything was written for what they missed. */
function atFirst() {
  const first = new Map();
  for (const { folder, keys, outcomes } of runs()) {
    if (!/^\d+-of-\d+$/.test(folder)) continue;
    for (const { scenario, summary } of outcomes) {
      const key = scenario.Mutant && keys[scenario.Mutant.name];
      // Parts overlap where the code has changed between them.
      if (key && !first.has(key)) first.set(key, summary);
    }
  }
  const compiled = [...first.values()].filter((summary) => summary !== "Unviable");
  const caught = compiled.filter((summary) => CAUGHT.includes(summary));
  return first.size ? `: of the ${compiled.length} that compiled, the quick tests caught ${caught.length} when they were first tried` : "";
}

/** What is known of all: tried ones, each with how it came out and, if it stays, why. */
function tried() {
  const [mutants, found, why] = [all(), outcomes(), reasons()];
  const rows = [];
  for (const [name, mutant] of mutants) {
    const outcome = found.get(mutant.key);
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
    const caught = by(({ summary }) => summary === "CaughtMutant");
    const timeout = by(({ summary }) => summary === "Timeout");
    const stays = by(({ summary, reason }) => summary === "MissedMutant" && reason);
    const missed = by(({ summary, reason }) => summary === "MissedMutant" && !reason);
    const score = ((100 * (caught + timeout)) / (caught + timeout + stays + missed || 1)).toFixed(1);
    return [of.length, caught, timeout, stays, missed, by(({ summary }) => summary === "Unviable"), `${score} %`];
  };
  const short = (file) => file.replace("src/domain/", "").replace(".rs", "");
  const table = modules.map((file) => [short(file), ...count(rows.filter((row) => row.file === file))]);
  const whole = count(rows);
  const seconds = Math.round(rows.reduce((sum, row) => sum + row.seconds, 0) / (rows.length || 1));
  const cell = (text) => String(text).replaceAll("|", "\\|");
  const survivors = rows.filter(({ summary }) => summary === "MissedMutant");
  const kept = survivors.filter(({ reason }) => reason);
  const open = survivors.filter(({ reason }) => !reason);
  const share = rows.length === total ? `All ${total} mutants of the source as it stands were tried.`
    : `${rows.length} of the ${total} mutants of the source as it stands were tried.`;
  writeFileSync(join(root, page), `# Mutation testing

[cargo-mutants](https://mutants.rs) changes the rules (\`src/domain\`) in one place at a time: a comparison turned round, a function that
always says the same, an arm of a \`match\` gone. A change that no test notices is a rule that no test holds. \`make mutants\` tries them and
writes this page; \`make mutants SHARD=3/16\` tries one part in sixteen and adds it to what was tried before.

${share} ${whole[1] + whole[2]} were caught${whole[2] ? `, ${whole[2]} of them because the tests no longer ended` : ""}; ${whole[3] + whole[4]} were missed, of which
${whole[3]} stay for a reason that stands below. ${whole[5]} did not compile and count for nothing. **Score: ${whole[6]}**, what was caught of
what compiles; nothing is left out of it for a reason given.

${rows.length === total ? "" : `The parts are fair samples: part *k* of *n* takes every *n*th mutant of the list, whatever its file. But tests were then written for what
was missed, and the score is of what was tried: expect less of the rest${atFirst()}.
`}
The tests are those of \`tests/rules\`, without the slowest; what they miss is tried again with those and with the tests inside \`src\`. A mutant
took ${seconds} seconds to build and test, one beside another. \`JOBS\` says how many at a time (2); each job builds the dependencies for itself.

## By module

| \`src/domain/…\` | tried | caught | timed out | stay | missed | did not compile | score |
|---|--:|--:|--:|--:|--:|--:|--:|
${[...table, ["**all**", ...whole]].map((cells) => `| ${cells.map(cell).join(" | ")} |`).join("\n")}

## What stays, and why

Reasons come from \`${justified}\`.

${kept.length === 0 ? "Nothing." : `| where | change | why it stays |
|---|---|---|
${kept.map(({ file, source, change, reason }) => `| ${short(file)}: \`${cell(source)}\` | ${cell(change)} | ${cell(reason)} |`).join("\n")}`}

## What is missed

${open.length === 0 ? "Nothing that was tried." : open.map(({ name, source }) => `- \`${name.replace("src/domain/", "")}\`, in \`${source}\``).join("\n")}
`);
  process.stdout.write(`${page}: ${rows.length} of ${total} tried, score ${whole[6]}, ${whole[4]} missed without a reason\n`);
}

const [command, shard] = process.argv.slice(2);
const missed = () => tried().rows.filter(({ summary }) => !["Unviable", ...CAUGHT].includes(summary));
switch (command) {
  case "run": {
    if (!/^\d+\/\d+$/.test(shard ?? "")) throw new Error("usage: node scripts/mutants.mjs run K/N");
    const folder = shard.replace("/", "-of-");
    empty(folder);
    mutate(folder, ["--cargo-arg=--test=rules", "--shard", shard, "--sharding", "round-robin"], SLOW.flatMap((test) => ["--skip", test]));
    const list = join(results, folder, "mutants.out/missed.txt");
    tryAgain(readFileSync(list, "utf8").trim().split("\n").filter(Boolean), `${folder}-again`);
    write();
    break;
  }
  case "again":
    tryAgain(missed().map(({ name }) => name), `again-${readdirSync(results).length}`);
    write();
    break;
  case "write":
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
