// Checks the prose of the code and its documents. `make lint` runs it.
//
//   node scripts/prose.mjs            fails where a file has more faults than scripts/prose.json allows
//   node scripts/prose.mjs --list     lists every fault
//   node scripts/prose.mjs --lower    lowers the numbers in scripts/prose.json to what is there; it never raises one
//
// A comment opens with a verb or a noun, not with a relative clause, and uses the plain word. Older faults are counted file by file, so that no
// new one comes in; lower the numbers when you correct some.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const kept = new URL("prose.json", import.meta.url);

/** The first words that a comment of the code must not have. */
const OPENERS = /^(What|Where|Whether|Which|Who|Whoever|Of|That|So|Whose)\b/;

/** Words with a plainer one: in comments and in documents. */
const PLAINER = [
  [/\bmend(s|ed|ing)?\b/i, "fix, correct"],
  [/\bnought\b/i, "zero"],
  [/\bheed(s|ed)?\b/i, "check"],
  [/\bwhom\b/i, "who"],
  [/\banew\b/i, "again"],
  [/\bat the least\b/i, "at least"],
  [/\bso-manieth\b/i, "nth"],
];

/** The comments of a Rust file: each run of lines of one kind, with the number of its first line. */
function comments(text) {
  const found = [];
  let open;
  text.split("\n").forEach((line, at) => {
    const [, kind, words] = /^\s*(\/\/[/!])\s?(.*)$/.exec(line) ?? [];
    if (!kind) {
      open = undefined;
    } else if (open && words.trim() !== "") {
      open.words += ` ${words}`;
    } else {
      open = words.trim() === "" ? undefined : { line: at + 1, words };
      if (open) found.push(open);
    }
  });
  return found;
}

/** The paragraphs of a document, without code. */
function paragraphs(text) {
  let code = false;
  return text.split("\n").flatMap((line, at) => {
    if (line.startsWith("```")) code = !code;
    return code || line.startsWith("```") ? [] : [{ line: at + 1, words: line.replace(/`[^`]*`/g, "") }];
  });
}

function faults(file, text) {
  const rust = file.endsWith(".rs");
  return (rust ? comments : paragraphs)(text).flatMap(({ line, words }) => {
    const opener = rust && OPENERS.exec(words);
    return [
      ...(opener ? [`${file}:${line}: opens with “${opener[0]}”; open with a verb or a noun, as in “Returns …” or “A …”: ${words.slice(0, 60)}`] : []),
      ...PLAINER.filter(([pattern]) => pattern.test(words))
        .map(([pattern, plain]) => `${file}:${line}: write “${plain}” in place of “${pattern.exec(words)[0]}”`),
    ];
  });
}

const files = execFileSync("git", ["ls-files", "*.rs", "*.md"], { cwd: root, encoding: "utf8" }).split("\n")
  .filter((file) => file && existsSync(new URL(`../${file}`, import.meta.url)) && !/^(NOTICES|CHANGELOG)\.md$/.test(file) && file !== "docs/evidence.md");
const found = new Map(files.map((file) => [file, faults(file, readFileSync(new URL(`../${file}`, import.meta.url), "utf8"))]));
const allowed = existsSync(kept) ? JSON.parse(readFileSync(kept, "utf8")) : undefined;

if (process.argv.includes("--list")) {
  for (const list of found.values()) for (const fault of list) console.log(fault);
} else if (process.argv.includes("--lower")) {
  const lowered = [...found].map(([file, list]) => [file, Math.min(list.length, allowed ? allowed[file] ?? 0 : list.length)]).filter(([, count]) => count);
  writeFileSync(kept, `${JSON.stringify(Object.fromEntries(lowered), null, 1)}\n`);
} else {
  let more = 0;
  for (const [file, list] of found) {
    const most = allowed?.[file] ?? 0;
    if (list.length <= most) continue;
    more += 1;
    console.error(`${file}: ${list.length} faults of prose, and ${most} of before. Of these at least ${list.length - most} are new:`);
    for (const fault of list) console.error(`  ${fault}`);
  }
  const all = [...found.values()].reduce((sum, list) => sum + list.length, 0);
  console.log(`prose: ${all} faults left in ${[...found.values()].filter((list) => list.length).length} of ${files.length} files${more ? "" : ", none of them new"}`);
  process.exitCode = more ? 1 : 0;
}
